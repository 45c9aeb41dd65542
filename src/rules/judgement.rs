//! `[judgement]`: what is enough to report, and what comes first. Chosen, not fitted.

use super::source::{Faults, Row};
use serde::{Deserialize, Serialize};

/// The choices of a judge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Standards {
    /// A category, a demand or a risk stands from this score on.
    pub score: f64,
    /// A text is reported as a complaint from this probability on.
    pub complaint: f64,
    /// And from this one on, where no category stands by the rules alone.
    pub certain: f64,
    /// Beside a category that stands by the rules alone, one that takes hints to stand does from this score on.
    pub beside: f64,
    /// If no category of a complaint stands, the best one does from this score on.
    pub best: f64,
    /// What is told at the very end of a text weighs so much less than what is told first, in points of gravity.
    pub earliness: f64,
    /// What is certain weighs so much more than what is only possible, in points of gravity.
    pub confidence: f64,
}

impl Default for Standards {
    /// One rule of weight 2 is just enough.
    fn default() -> Self {
        Self { score: 1.95, complaint: 0.5, certain: 0.8, beside: 3.0, best: 1.0, earliness: 3.0, confidence: 2.0 }
    }
}

pub(crate) fn read_judgement(mut row: Row<'_>, faults: &mut Faults) -> Standards {
    let default = Standards::default();
    let standards = Standards {
        score: row.number_in("score", 0.0..=100.0, faults).unwrap_or(default.score),
        complaint: row.number_in("complaint", 0.0..=1.0, faults).unwrap_or(default.complaint),
        certain: row.number_in("certain", 0.0..=1.0, faults).unwrap_or(default.certain),
        beside: row.number_in("beside", 0.0..=100.0, faults).unwrap_or(default.beside),
        best: row.number_in("best", 0.0..=100.0, faults).unwrap_or(default.best),
        earliness: row.number_in("earliness", 0.0..=20.0, faults).unwrap_or(default.earliness),
        confidence: row.number_in("confidence", 0.0..=20.0, faults).unwrap_or(default.confidence),
    };
    row.finish(faults);
    standards
}
