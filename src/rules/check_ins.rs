//! `[[check_in]]`: what to ask the buyer once a remedy should have been carried out.

use super::circumstances::Circumstances;
use super::due;
use super::remedies::RemedyBook;
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{When, closest};
use super::wording::{Slot, Wording};
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

/// One such message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CheckIn {
    pub id: Located<String>,
    /// Only behind one of these remedies; empty if behind any.
    with: Vec<Located<String>>,
    when: When,
    /// Minutes from when the remedy is due.
    pub due_minutes: u32,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// All such messages, in file order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct CheckInBook {
    entries: Vec<CheckIn>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<CheckIn> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let text = row.required("text", faults);
    let with = row.texts("with", faults);
    let when = When::read(&mut row, faults);
    let due_minutes = due::read(&mut row, faults);
    if due_minutes.is_none() {
        faults.report(origin, Diagnostic::new(Code::MissingKey, "缺少「due」").help("例如 due = \"24小时\""));
    }
    let sources = row.texts("sources", faults);
    row.finish(faults);
    Some(CheckIn { id: id?, with, when, due_minutes: due_minutes?, text: text?, wording: None, sources })
}

pub(crate) fn compile(
    mut rows: Vec<CheckIn>,
    known_categories: &[&str],
    known_remedies: &RemedyBook,
    known_sources: &SourceBook,
    slots: &[Slot],
    faults: &mut Faults,
) -> CheckInBook {
    check_unique("回访", rows.iter().map(|row| &row.id), faults);
    for row in &mut rows {
        row.when.resolve(known_categories, faults);
        known_sources.check(&row.sources, faults);
        for id in row.with.iter().filter(|id| known_remedies.get(&id.value).is_none()) {
            let known = known_remedies.entries().iter().map(|remedy| remedy.id.value.as_str());
            let fault = Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的办法", id.value));
            faults.report(id.origin, fault.nearest(&id.value, known));
        }
        row.wording = Wording::new(&row.text, slots, faults);
    }
    CheckInBook { entries: rows }
}

impl CheckInBook {
    /// The message behind a remedy: one written for it before one for any remedy, then the closest.
    pub fn behind(&self, remedy: &str, case: &Circumstances<'_>) -> Option<&CheckIn> {
        closest(&self.entries, |row| {
            let named = row.with.iter().any(|id| id.value == remedy);
            let suits = named || row.with.is_empty();
            Some(row.when.closeness(case).filter(|_| suits)? + if named { NAMED } else { 0 })
        })
    }
}

/// Outweighs every other condition.
const NAMED: u32 = 1000;

impl CheckIn {
    /// Whether it may stand behind any remedy.
    pub fn is_general(&self) -> bool {
        self.with.is_empty()
    }

    /// Its text; present in every message of a compiled book.
    pub fn wording(&self) -> Option<&Wording> {
        self.wording.as_ref()
    }
}
