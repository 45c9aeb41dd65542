//! What is to be done around a remedy, in nine kinds of row:
//! `[[answer]]`, `[[verify]]`, `[[handling]]`, `[[fallback]]` and `[[follow_up]]` are steps of a plan with a deadline,
//! `[[closing]]` must be so before the matter is closed, `[[root_cause]]` says where to look for the cause,
//! `[[prevention]]` keeps the trouble from coming back, `[[guideline]]` says how to speak and what never to do.

use super::circumstances::Circumstances;
use super::due;
use super::names::named;
use super::remedies::RemedyBook;
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::When;
use crate::diagnostic::{Code, Diagnostic};
use crate::taxonomy::Role;
use serde::{Deserialize, Serialize};

/// The kinds of row, under the names of their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Answer,
    Verify,
    /// A step of carrying out a remedy that has a deadline or an actor of its own.
    Handling,
    Fallback,
    FollowUp,
    Closing,
    RootCause,
    Prevention,
    Guideline,
}

impl Kind {
    pub const ALL: [(&'static str, Kind); 9] = [
        ("answer", Kind::Answer),
        ("verify", Kind::Verify),
        ("handling", Kind::Handling),
        ("fallback", Kind::Fallback),
        ("follow_up", Kind::FollowUp),
        ("closing", Kind::Closing),
        ("root_cause", Kind::RootCause),
        ("prevention", Kind::Prevention),
        ("guideline", Kind::Guideline),
    ];

    /// The name of its table.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The kind whose rows stand in that table.
    pub fn of_table(table: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == table).map(|(_, kind)| *kind)
    }
}

/// One such row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub kind: Kind,
    pub id: Located<String>,
    /// What to do, in Chinese, to the agent.
    pub text: String,
    /// What never to do or say, to the agent.
    pub never: String,
    /// What to ask the buyer for.
    pub ask_for: Vec<String>,
    pub who: Role,
    pub due_minutes: Option<u32>,
    /// Steps with the same topic are alternatives: only the closest is taken.
    topic: String,
    /// Only beside one of these remedies; empty if beside any.
    with: Vec<Located<String>>,
    /// The same remedies by their index.
    remedies: Vec<usize>,
    when: When,
    pub sources: Vec<Located<String>>,
}

/// All such rows, in file order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Playbook {
    entries: Vec<Entry>,
    /// The entries of each kind, in file order.
    by_kind: [Vec<usize>; Kind::ALL.len()],
}

pub(crate) fn read(kind: Kind, mut row: Row<'_>, faults: &mut Faults) -> Option<Entry> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let text = row.required("text", faults);
    let never = row.text("never", faults).map_or_else(String::new, |never| never.value);
    let topic = row.text("topic", faults);
    let ask_for = row.texts("ask_for", faults);
    let who = row.text("who", faults);
    let who = who.and_then(|who| named(&who, Role::ALL, Role::as_str, faults));
    let with = row.texts("with", faults);
    let due_minutes = due::read(&mut row, faults);
    let when = When::read(&mut row, faults);
    let sources = row.texts("sources", faults);
    let dated = !matches!(kind, Kind::Closing | Kind::RootCause | Kind::Prevention | Kind::Guideline);
    if dated && due_minutes.is_none() {
        faults.report(origin, Diagnostic::new(Code::MissingKey, "缺少「due」").help("例如 due = \"24小时\""));
    }
    row.finish(faults);
    let (id, text) = (id?, text?);
    Some(Entry {
        kind,
        topic: topic.map_or_else(|| id.value.clone(), |topic| topic.value),
        text: text.value,
        never,
        ask_for: ask_for.into_iter().map(|item| item.value).collect(),
        who: who.unwrap_or(Role::Agent),
        due_minutes,
        with,
        remedies: Vec::new(),
        when,
        sources,
        id,
    })
}

pub(crate) fn compile(
    mut rows: Vec<Entry>,
    known_categories: &[&str],
    known_remedies: &RemedyBook,
    known_sources: &SourceBook,
    faults: &mut Faults,
) -> Playbook {
    check_unique("步骤", rows.iter().map(|row| &row.id), faults);
    let remedies = known_remedies.entries();
    let mut by_kind = <[Vec<usize>; Kind::ALL.len()]>::default();
    for (index, row) in rows.iter_mut().enumerate() {
        by_kind[row.kind as usize].push(index);
        row.when.resolve(known_categories, faults);
        known_sources.check(&row.sources, faults);
        for id in &row.with {
            match remedies.iter().position(|remedy| remedy.id.value == id.value) {
                Some(remedy) => row.remedies.push(remedy),
                None => {
                    let fault = Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的办法", id.value));
                    let known = remedies.iter().map(|remedy| remedy.id.value.as_str());
                    faults.report(id.origin, fault.nearest(&id.value, known));
                }
            }
        }
    }
    Playbook { entries: rows, by_kind }
}

impl Playbook {
    /// Every row, in file order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The rows of a kind that bear on the case and on the remedies `chosen`, the closest of each topic, closest first.
    pub fn pick(&self, kind: Kind, case: &Circumstances<'_>, chosen: &[usize], at_most: usize) -> Vec<&Entry> {
        let of_kind = self.by_kind[kind as usize].iter().map(|index| &self.entries[*index]);
        let mut fitting: Vec<(u32, &Entry)> =
            of_kind.filter_map(|entry| Some((entry.closeness(case, chosen)?, entry))).collect();
        fitting.sort_by_key(|(closeness, _)| std::cmp::Reverse(*closeness));
        let mut topics = Vec::new();
        fitting.retain(|(_, entry)| {
            let new = !topics.contains(&entry.topic.as_str());
            topics.push(entry.topic.as_str());
            new
        });
        fitting.into_iter().map(|(_, entry)| entry).take(at_most).collect()
    }
}

/// A row written for a chosen remedy is closer than one for the category alone.
const WITH_REMEDY: u32 = 100;

impl Entry {
    fn closeness(&self, case: &Circumstances<'_>, chosen: &[usize]) -> Option<u32> {
        if self.remedies.is_empty() {
            return self.when.closeness(case);
        }
        let beside = self.remedies.iter().any(|remedy| chosen.contains(remedy));
        if beside { Some(self.when.closeness(case)? + WITH_REMEDY) } else { None }
    }
}
