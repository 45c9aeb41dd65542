//! `[[question]]`: how to ask for a fact on which the advice hinges.

use super::circumstances::Circumstances;
use super::names::named;
use super::source::{Faults, Located, Row};
use super::when::{When, closest};
use crate::taxonomy::Fact;
use serde::{Deserialize, Serialize};

/// One way to ask for a fact.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct QuestionEntry {
    fact: Fact,
    when: When,
    /// In Chinese, to whoever knows: the order system or the buyer.
    pub text: Located<String>,
}

/// All questions, in file order. A fact without one is never asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct QuestionBook {
    entries: Vec<QuestionEntry>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<QuestionEntry> {
    let fact = row.required("fact", faults);
    let text = row.required("text", faults);
    let when = When::read(&mut row, faults);
    row.finish(faults);
    let fact = fact?;
    let fact = named(&fact, Fact::ALL, Fact::as_str, faults)?;
    Some(QuestionEntry { fact, when, text: text? })
}

pub(crate) fn compile(mut rows: Vec<QuestionEntry>, known_categories: &[&str], faults: &mut Faults) -> QuestionBook {
    for row in &mut rows {
        row.when.resolve(known_categories, faults);
    }
    QuestionBook { entries: rows }
}

impl QuestionBook {
    /// The question for a fact that suits the case best.
    pub fn on(&self, fact: Fact, case: &Circumstances<'_>) -> Option<&QuestionEntry> {
        closest(self.entries.iter().filter(|entry| entry.fact == fact), |entry| entry.when.closeness(case))
    }
}
