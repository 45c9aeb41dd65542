//! `[calibration]`: how evidence becomes probability. Fitted to labelled messages.

use super::source::{Faults, Located, Row};
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

/// From evidence to probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Calibration {
    complaint: ComplaintOdds,
    finding: FindingOdds,
}

/// What the log odds of a complaint are made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct ComplaintOdds {
    base: f64,
    /// For each of the log odds that rules rightly name some category.
    evidence: f64,
    /// Where the rules alone are enough for some category.
    stands: f64,
    /// Taken away for each point of praise that counts.
    praise: f64,
    /// For each point of anger.
    anger: f64,
    /// For each of the log odds that words hint at.
    hints: f64,
}

/// What the log odds are made of that a category is right, given that there is a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct FindingOdds {
    base: f64,
    /// Times ln(1 + points): every further point tells less.
    points: f64,
    /// Taken away where another category has more points.
    beside: f64,
    /// Taken away there as far as its words are those of categories with more points.
    shared: f64,
}

/// What speaks for a complaint and against it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signs {
    /// The probability that no category is right that rules name.
    pub none_right: f64,
    /// Whether the rules alone are enough for some category.
    pub stands: bool,
    /// In points.
    pub praise: f64,
    /// In points.
    pub anger: f64,
    /// Log odds.
    pub hints: f64,
}

/// Where a category stands among those of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rank {
    /// None has more points.
    First,
    /// Some have; this share of its places, 0 to 1, is evidence of one of those too.
    Beside { shared: f64 },
}

/// However little evidence there is, something may have been overlooked; however much, misread.
const LEAST: f64 = 0.01;

impl Default for Calibration {
    /// What a rule set that was never held against labels may assume: one rule of weight 2 is just more likely right
    /// than wrong.
    fn default() -> Self {
        Self {
            complaint: ComplaintOdds { base: 0.0, evidence: 1.0, stands: 0.0, praise: 2.0, anger: 0.5, hints: 1.0 },
            finding: FindingOdds { base: -2.2, points: 2.2, beside: 0.0, shared: 0.0 },
        }
    }
}

impl Calibration {
    /// The probability that a category of so many points is right, given that there is a complaint.
    pub fn confidence(&self, points: f64, rank: Rank) -> f64 {
        let weights = self.finding;
        let alone = weights.base + weights.points * points.max(0.0).ln_1p();
        logistic(match rank {
            Rank::First => alone,
            Rank::Beside { shared } => alone - weights.beside - weights.shared * shared,
        })
    }

    /// The probability that no category is right that has one of these points.
    pub fn none_right(&self, points: impl Iterator<Item = f64>) -> f64 {
        points.filter(|points| *points > 0.0).map(|points| 1.0 - self.confidence(points, Rank::First)).product()
    }

    /// The probability of a complaint.
    pub fn complaint(&self, signs: Signs) -> f64 {
        let some = (1.0 - signs.none_right).clamp(LEAST, 1.0 - LEAST);
        let weights = self.complaint;
        logistic(
            weights.base
                + weights.evidence * (some / (1.0 - some)).ln()
                + weights.stands * f64::from(u8::from(signs.stands))
                - weights.praise * signs.praise
                + weights.anger * signs.anger
                + weights.hints * signs.hints,
        )
    }
}

/// The probability of these log odds.
fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

pub(crate) fn read_calibration(mut row: Row<'_>, faults: &mut Faults) -> Calibration {
    let mut calibration = Calibration::default();
    let Calibration { complaint, finding } = &mut calibration;
    let written = row.numbers("complaint", faults);
    let weights = [
        ("base", &mut complaint.base),
        ("evidence", &mut complaint.evidence),
        ("stands", &mut complaint.stands),
        ("praise", &mut complaint.praise),
        ("anger", &mut complaint.anger),
        ("hints", &mut complaint.hints),
    ];
    read_weights("complaint", &written, weights, faults);
    let written = row.numbers("finding", faults);
    let weights = [
        ("base", &mut finding.base),
        ("points", &mut finding.points),
        ("beside", &mut finding.beside),
        ("shared", &mut finding.shared),
    ];
    read_weights("finding", &written, weights, faults);
    row.finish(faults);
    calibration
}

/// The most that any weight may be, either way.
const MOST: f64 = 20.0;

/// Only `base` may be below 0: what speaks for something never speaks against it.
fn read_weights<const N: usize>(
    key: &str,
    written: &[(Located<String>, f64)],
    mut weights: [(&'static str, &mut f64); N],
    faults: &mut Faults,
) {
    for (name, weight) in written {
        let known = weights.each_ref().map(|(known, _)| *known);
        let Some((_, slot)) = weights.iter_mut().find(|(known, _)| name.value == *known) else {
            let message = format!("「{key}」里没有「{}」", name.value);
            faults.report(name.origin, Diagnostic::new(Code::UnknownKey, message).nearest(&name.value, known));
            continue;
        };
        let least = if name.value == "base" { -MOST } else { 0.0 };
        if (least..=MOST).contains(weight) {
            **slot = *weight;
        } else {
            let message = format!("「{}」应在 {least} 与 {MOST} 之间", name.value);
            faults.report(name.origin, Diagnostic::new(Code::BadValue, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLAINT: ComplaintOdds =
        ComplaintOdds { base: 0.0, evidence: 1.0, stands: 0.0, praise: 1.0, anger: 1.0, hints: 1.0 };

    #[test]
    fn a_category_is_likelier_with_its_points_and_less_so_beside_another() {
        let finding = FindingOdds { base: -1.0, points: 1.0, beside: 0.5, shared: 2.0 };
        let calibration = Calibration { complaint: COMPLAINT, finding };
        let log_odds = |points, rank| {
            let likely = calibration.confidence(points, rank);
            (likely / (1.0 - likely)).ln()
        };
        let ln = std::f64::consts::LN_2;
        for (points, rank, expected) in [
            (-5.0, Rank::First, -1.0),
            (0.0, Rank::First, -1.0),
            (1.0, Rank::First, ln - 1.0),
            (3.0, Rank::First, 2.0 * ln - 1.0),
            (1.0, Rank::Beside { shared: 0.0 }, ln - 1.5),
            (1.0, Rank::Beside { shared: 0.5 }, ln - 2.5),
        ] {
            assert!((log_odds(points, rank) - expected).abs() < 1e-9, "{points} {rank:?}");
        }
    }

    #[test]
    fn a_complaint_is_as_likely_as_that_some_category_is_right() {
        // As likely right as wrong with one point, and by three to one with three.
        let finding = FindingOdds { base: -1.0, points: 1.0 / std::f64::consts::LN_2, beside: 0.0, shared: 0.0 };
        let calibration = Calibration { complaint: COMPLAINT, finding };
        let likely = |points: &[f64], praise, anger| {
            let none_right = calibration.none_right(points.iter().copied());
            calibration.complaint(Signs { none_right, stands: true, praise, anger, hints: 0.0 })
        };
        let three = calibration.confidence(3.0, Rank::First);
        assert!((likely(&[3.0], 0.0, 0.0) - three).abs() < 1e-12);
        assert!((likely(&[1.0, 1.0], 0.0, 0.0) - 0.75).abs() < 1e-12, "two doubtful ones support each other");
        assert!((likely(&[3.0, -1.0], 0.0, 0.0) - three).abs() < 1e-12, "refuted evidence says nothing");
        assert!((likely(&[1.0], 1.0, 1.0) - 0.5).abs() < 1e-12, "praise takes what anger gives");
        assert!(likely(&[3.0], 2.0, 0.0) < 0.5 && likely(&[], 0.0, 0.0) < 0.02);
    }
}
