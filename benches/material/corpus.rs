//! The messages to measure on: those of the file that `TOUSU_CORPUS` names, one a line, or messages made up of the
//! project's own samples.

use super::random::SplitMix64;
use super::rule_files::{root, rows, strings};
use std::path::PathBuf;
use std::{env, fs};
use tousu::Triage;

const SEED: u64 = 20_261_130;
const GENERATED: usize = 4_000;

/// The file whose lines are the messages, if one is named.
pub fn named_file() -> Option<PathBuf> {
    env::var_os("TOUSU_CORPUS").map(PathBuf::from)
}

/// # Panics
/// If the file that is named cannot be read.
pub fn messages() -> Vec<String> {
    let Some(path) = named_file() else { return generate(GENERATED) };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

pub fn bytes(messages: &[String]) -> usize {
    messages.iter().map(String::len).sum()
}

/// Messages with a complaint in them, and those where nothing is found.
pub struct Sorted {
    complaints: Vec<String>,
    others: Vec<String>,
}

impl Sorted {
    pub fn new(messages: Vec<String>, triage: &Triage) -> Self {
        let (complaints, others) = messages.into_iter().partition(|message| triage.classify(message).complaint);
        Self { complaints, others }
    }

    /// Some of both kinds in random order, so many of a hundred with a complaint.
    pub fn mixed(&self, count: usize, percent: usize) -> Vec<String> {
        let mut random = SplitMix64::new(SEED);
        let mut draw = |index: usize| {
            let complaint = index * percent / 100 < (index + 1) * percent / 100;
            random.pick(if complaint { &self.complaints } else { &self.others }).clone()
        };
        let mut messages: Vec<String> = (0..count).map(&mut draw).collect();
        random.shuffle(&mut messages);
        messages
    }
}

/// Three messages of four are one to four complaints in a row: sample complaints and sentences that rules must hit. The
/// fourth is made of sentences that no rule takes for a complaint: praise, and what rules must miss.
fn generate(count: usize) -> Vec<String> {
    let samples = fs::read_to_string(root().join("examples/complaints.txt")).expect("the sample complaints");
    let rules = rows("rule");
    let of_categories = || rules.iter().filter(|rule| rule.contains_key("category"));
    let of_praise = rules.iter().filter(|rule| rule.get("signal").and_then(|signal| signal.as_str()) == Some("praise"));
    let mut complaints: Vec<&str> = samples.lines().collect();
    complaints.extend(of_categories().flat_map(|rule| strings(rule, "hits")));
    let mut others: Vec<&str> = of_praise.flat_map(|rule| strings(rule, "hits")).collect();
    others.extend(of_categories().flat_map(|rule| strings(rule, "misses")));
    let mut random = SplitMix64::new(SEED);
    let mut message = || {
        let pool = if random.below(4) < 3 { &complaints } else { &others };
        let sentences: Vec<&str> = (0..=random.below(4)).map(|_| *random.pick(pool)).collect();
        sentences.join("，")
    };
    (0..count).map(|_| message()).collect()
}
