//! `[judgement]`: what is enough to report, and what comes first. Chosen, not fitted.

use super::source::{Faults, Row};
use serde::{Deserialize, Serialize};

/// The choices of a judge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Standards {
    /// What is enough: for a demand or a risk to stand, for a category to stand by rules alone, and, hints included, for
    /// other categories to yield to it and to fade beside it.
    pub score: f64,
    /// A text is reported as a complaint from this probability on.
    pub complaint: f64,
    /// A category of a complaint is reported from this probability on.
    pub finding: f64,
    /// If none is so likely, the likeliest is reported from this probability on, and below it the one that stands only
    /// alone, if there is one.
    pub guess: f64,
    /// What is told at the very end of a text weighs so much less than what is told first, in points of gravity.
    pub earliness: f64,
    /// What is certain weighs so much more than what is only possible, in points of gravity.
    pub confidence: f64,
}

impl Default for Standards {
    /// One rule of weight 2 is just enough.
    fn default() -> Self {
        Self { score: 1.95, complaint: 0.5, finding: 0.4, guess: 0.2, earliness: 3.0, confidence: 2.0 }
    }
}

pub(crate) fn read_judgement(mut row: Row<'_>, faults: &mut Faults) -> Standards {
    let default = Standards::default();
    let standards = Standards {
        score: row.number_in("score", 0.0..=100.0, faults).unwrap_or(default.score),
        complaint: row.number_in("complaint", 0.0..=1.0, faults).unwrap_or(default.complaint),
        finding: row.number_in("finding", 0.0..=1.0, faults).unwrap_or(default.finding),
        guess: row.number_in("guess", 0.0..=1.0, faults).unwrap_or(default.guess),
        earliness: row.number_in("earliness", 0.0..=20.0, faults).unwrap_or(default.earliness),
        confidence: row.number_in("confidence", 0.0..=20.0, faults).unwrap_or(default.confidence),
    };
    row.finish(faults);
    standards
}
