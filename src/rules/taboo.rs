//! `[[taboo]]`: words of a buyer that a reply does not repeat to him.

use super::source::{Faults, Located, Row};
use super::stored::Strings;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::to_traditional_taiwan;
use serde::{Deserialize, Serialize};

/// The terms of one row.
pub(crate) type TabooSource = Vec<Located<String>>;

/// All such words, in both scripts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Taboo {
    terms: Strings,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> TabooSource {
    let origin = row.origin();
    let terms = row.texts("terms", faults);
    row.finish(faults);
    if terms.is_empty() {
        faults.report(origin, Diagnostic::new(Code::MissingKey, "缺少「terms」"));
    }
    for term in terms.iter().filter(|term| term.value.trim().is_empty()) {
        faults.report(term.origin, Diagnostic::new(Code::BadValue, "「terms」里不能有空的词"));
    }
    terms
}

pub(crate) fn compile(rows: Vec<TabooSource>) -> Taboo {
    let terms: Vec<String> = rows
        .into_iter()
        .flatten()
        .map(|term| term.value)
        .filter(|term| !term.trim().is_empty())
        .flat_map(|term| [to_traditional_taiwan(&term).into_owned(), term])
        .collect();
    // Building fails only beyond gigabytes of terms; without them nothing would be repeated that is safe.
    Taboo { terms: Strings::new(terms).unwrap_or_default() }
}

impl Taboo {
    /// Whether none of the words stands in a text.
    pub fn allows(&self, text: &str) -> bool {
        self.terms.automaton().is_some_and(|terms| !terms.is_match(text))
    }
}
