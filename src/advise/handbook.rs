//! What the rules know beyond the single case: what may be cited, done, and never done.

use crate::rules::advice::AdviceBook;
use crate::rules::sources::plain;
use crate::taxonomy::{RemedyId, Standing};
use serde::Serialize;

/// The whole of the advice a rule set holds, as plain data for training, review or a help page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Handbook {
    /// Documents and statutes that the rules cite.
    pub sources: Vec<Source>,
    /// Everything a shop can do, with what it must not do and why.
    pub practices: Vec<Practice>,
    /// Platform rules and statutes.
    pub policies: Vec<Policy>,
    /// Steps, prevention and manner.
    pub guidance: Vec<Guidance>,
}

/// A document or statute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// As cited; facts of a document are cited as `id:number`.
    pub id: String,
    /// Its full Chinese title.
    pub title: String,
    /// `document`, `statute` or `platform`.
    pub kind: String,
    /// What it says, in Chinese.
    pub note: String,
}

/// Something a shop can do about a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Practice {
    /// The remedy's stable id.
    pub id: RemedyId,
    /// Its Chinese name.
    pub name: String,
    /// Whether a shop may do it at all.
    pub standing: Standing,
    /// Why not, if it should not; empty otherwise.
    pub reason: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// The facts and statutes it rests on.
    pub sources: Vec<String>,
}

/// A platform rule or statute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Policy {
    /// The policy's stable id.
    pub id: String,
    /// Its Chinese name.
    pub name: String,
    /// The facts and statutes it rests on.
    pub sources: Vec<String>,
}

/// A step of a plan, a way to prevent the trouble, or a manner of speaking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Guidance {
    /// Its stable id.
    pub id: String,
    /// `answer`, `verify`, `handling`, `fallback`, `follow_up`, `closing`, `root_cause`, `prevention` or `guideline`.
    pub kind: String,
    /// What to do, in Chinese.
    pub text: String,
    /// What never to do or say; empty if nothing in particular.
    pub never: String,
    /// The facts it rests on.
    pub sources: Vec<String>,
}

/// The handbook of a rule set, everything in file order.
pub(crate) fn handbook(book: &AdviceBook) -> Handbook {
    let sources = book.sources.entries().iter().map(|entry| Source {
        id: entry.id.value.clone(),
        title: entry.title.clone(),
        kind: entry.kind.clone(),
        note: entry.note.clone(),
    });
    let practices = book.remedies.entries().iter().map(|entry| Practice {
        id: RemedyId::from(entry.id.value.as_str()),
        name: entry.name.clone(),
        standing: entry.standing,
        reason: entry.reason.clone(),
        steps: entry.steps.clone(),
        sources: plain(&entry.sources),
    });
    let policies = book.policies.entries().iter().map(|entry| Policy {
        id: entry.id.value.clone(),
        name: entry.name.clone(),
        sources: plain(&entry.sources),
    });
    let guidance = book.playbook.entries().iter().map(|entry| Guidance {
        id: entry.id.value.clone(),
        kind: entry.kind.as_str().to_owned(),
        text: entry.text.clone(),
        never: entry.never.clone(),
        sources: plain(&entry.sources),
    });
    Handbook {
        sources: sources.collect(),
        practices: practices.collect(),
        policies: policies.collect(),
        guidance: guidance.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::fixtures::builtin;

    #[test]
    fn what_must_not_be_done_is_on_record_with_its_reason() {
        let handbook = handbook(&builtin().book);
        let standing = |id: &str| handbook.practices.iter().find(|practice| practice.id == id).unwrap();
        let paying = standing("review.pay_for_change");
        assert_eq!(paying.standing, Standing::Prohibited);
        assert!(!paying.reason.is_empty() && paying.sources.iter().any(|source| source.starts_with("law:")));
        assert_eq!(standing("review.press_for_change").standing, Standing::Discouraged);
        assert!(handbook.guidance.iter().any(|row| row.kind == "prevention" && row.id == "prevent.forecast"));
        assert!(
            handbook.sources.iter().filter(|source| source.kind == "statute").all(|source| source.title.contains('《'))
        );
    }
}
