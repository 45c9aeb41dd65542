//! Automata and regular expressions, stored as the words they were made of.

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A regular expression may take so many bytes compiled.
const SHAPE_SIZE: usize = 1 << 18;

/// Some strings, and the automaton that finds the longest of them that begins first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub(crate) struct Strings {
    strings: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl Strings {
    /// # Errors
    /// There are gigabytes of strings.
    pub fn new(strings: Vec<String>) -> Result<Self, BuildError> {
        let automaton = match strings.is_empty() {
            true => None,
            false => Some(AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&strings)?),
        };
        Ok(Self { strings, automaton })
    }

    /// `None` if there are no strings.
    pub fn automaton(&self) -> Option<&AhoCorasick> {
        self.automaton.as_ref()
    }
}

impl From<Vec<String>> for Strings {
    fn from(strings: Vec<String>) -> Self {
        // These were an automaton before.
        Self::new(strings).unwrap_or_default()
    }
}

impl From<Strings> for Vec<String> {
    fn from(stored: Strings) -> Self {
        stored.strings
    }
}

/// A regular expression, compiled when it is first asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Shape {
    written: String,
    /// Whether its classes know other letters than those of ASCII.
    unicode: bool,
    #[serde(skip)]
    regex: OnceLock<Option<Regex>>,
}

impl Shape {
    /// # Errors
    /// It is no regular expression, or too large a one.
    pub fn new(written: &str, unicode: bool) -> Result<Self, regex::Error> {
        let regex = build(written, unicode)?;
        Ok(Self { written: written.to_owned(), unicode, regex: OnceLock::from(Some(regex)) })
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.find_iter(text).next().is_some()
    }

    /// Where it matches, in bytes.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = regex::Match<'t>> {
        // What was compiled once compiles again.
        let regex = self.regex.get_or_init(|| build(&self.written, self.unicode).ok());
        regex.iter().flat_map(move |regex| regex.find_iter(text))
    }
}

fn build(written: &str, unicode: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(written).unicode(unicode).size_limit(SHAPE_SIZE).build()
}
