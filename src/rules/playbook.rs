//! What is to be done around a remedy, in five kinds of row:
//! `[[answer]]`, `[[verify]]` and `[[follow_up]]` are steps of a plan with a deadline,
//! `[[prevention]]` keeps the trouble from coming back, `[[guideline]]` says how to speak and what never to do.

use super::due;
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{Circumstances, When};
use crate::diagnostic::{Code, Diagnostic};

/// The kinds of row, under the names of their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Answer,
    Verify,
    Fallback,
    FollowUp,
    Prevention,
    Guideline,
}

impl Kind {
    pub const ALL: [(&'static str, Kind); 6] = [
        ("answer", Kind::Answer),
        ("verify", Kind::Verify),
        ("fallback", Kind::Fallback),
        ("follow_up", Kind::FollowUp),
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
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub kind: Kind,
    pub id: Located<String>,
    /// What to do, in Chinese, to the agent.
    pub text: String,
    /// What never to do or say, to the agent.
    pub never: String,
    pub due_minutes: Option<u32>,
    /// Steps with the same topic are alternatives: only the closest is taken.
    topic: String,
    when: When,
    pub sources: Vec<Located<String>>,
}

/// All such rows, in file order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Playbook {
    entries: Vec<Entry>,
}

pub(crate) fn read(kind: Kind, mut row: Row<'_>, faults: &mut Faults) -> Option<Entry> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let text = row.required("text", faults);
    let never = row.text("never", faults).map_or_else(String::new, |never| never.value);
    let topic = row.text("topic", faults);
    let due_minutes = due::read(&mut row, faults);
    let when = When::read(&mut row, faults);
    let sources = row.texts("sources", faults);
    let dated = matches!(kind, Kind::Answer | Kind::Verify | Kind::Fallback | Kind::FollowUp);
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
        due_minutes,
        when,
        sources,
        id,
    })
}

pub(crate) fn compile(
    rows: Vec<Entry>,
    known_categories: &[&str],
    known_sources: &SourceBook,
    faults: &mut Faults,
) -> Playbook {
    check_unique("步骤", rows.iter().map(|row| &row.id), faults);
    for row in &rows {
        row.when.check(known_categories, faults);
        known_sources.check(&row.sources, faults);
    }
    Playbook { entries: rows }
}

impl Playbook {
    /// Every row, in file order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The rows of a kind that bear on the case, the closest of each topic, closest first.
    pub fn pick(&self, kind: Kind, case: &Circumstances<'_>, at_most: usize) -> Vec<&Entry> {
        let of_kind = self.entries.iter().filter(|entry| entry.kind == kind);
        let mut fitting: Vec<(u32, &Entry)> =
            of_kind.filter_map(|entry| Some((entry.when.closeness(case)?, entry))).collect();
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
