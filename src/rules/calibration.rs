//! `[calibration]`: how evidence becomes probability. Fitted to labelled messages.

use super::source::{Faults, Located, Row};
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

/// From summed weights to probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Calibration {
    /// Pairs of score and probability, both ascending; at least one. Straight lines between them, flat beyond.
    curve: Vec<(f64, f64)>,
    complaint: LogOdds,
}

/// What the log odds of a complaint are made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct LogOdds {
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

/// However little evidence there is, something may have been overlooked; however much, misread.
const LEAST: f64 = 0.01;

impl Default for Calibration {
    /// What a rule set that was never held against labels may assume: one rule of weight 2 is just more likely right
    /// than wrong.
    fn default() -> Self {
        Self {
            curve: vec![(0.0, 0.02), (1.0, 0.15), (2.0, 0.55), (3.0, 0.8), (6.0, 0.95)],
            complaint: LogOdds { base: 0.0, evidence: 1.0, stands: 0.0, praise: 2.0, anger: 0.5, hints: 1.0 },
        }
    }
}

impl Calibration {
    /// The probability that a category of this score is right, given that there is a complaint.
    pub fn confidence(&self, score: f64) -> f64 {
        let above = self.curve.partition_point(|(at, _)| *at <= score);
        match (above.checked_sub(1).map(|below| self.curve[below]), self.curve.get(above)) {
            (Some((from, low)), Some((to, high))) => low + (high - low) * (score - from) / (to - from),
            (Some((_, flat)), None) | (None, Some(&(_, flat))) => flat,
            (None, None) => 0.0,
        }
    }

    /// The probability that no category is right that has one of these scores.
    pub fn none_right(&self, scores: impl Iterator<Item = f64>) -> f64 {
        scores.filter(|score| *score > 0.0).map(|score| 1.0 - self.confidence(score)).product()
    }

    /// The probability of a complaint.
    pub fn complaint(&self, signs: Signs) -> f64 {
        let some = (1.0 - signs.none_right).clamp(LEAST, 1.0 - LEAST);
        let weights = self.complaint;
        let log_odds = weights.base
            + weights.evidence * (some / (1.0 - some)).ln()
            + weights.stands * f64::from(u8::from(signs.stands))
            - weights.praise * signs.praise
            + weights.anger * signs.anger
            + weights.hints * signs.hints;
        1.0 / (1.0 + (-log_odds).exp())
    }
}

pub(crate) fn read_calibration(mut row: Row<'_>, faults: &mut Faults) -> Calibration {
    let default = Calibration::default();
    let curve = row.numbers("curve", faults);
    let complaint = row.numbers("complaint", faults);
    row.finish(faults);
    let curve = read_curve(&curve, faults);
    Calibration {
        curve: if curve.is_empty() { default.curve } else { curve },
        complaint: read_complaint(complaint, default.complaint, faults),
    }
}

fn read_curve(written: &[(Located<String>, f64)], faults: &mut Faults) -> Vec<(f64, f64)> {
    let mut curve = Vec::new();
    for (score, confidence) in written {
        match score.value.parse::<f64>() {
            Ok(at) if at.is_finite() && (0.0..=1.0).contains(confidence) => curve.push((at, *confidence)),
            _ => faults.report(
                score.origin,
                Diagnostic::new(Code::BadValue, "「curve」的每一项写成 \"分数\" = 把握，把握在 0 与 1 之间"),
            ),
        }
    }
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    let falls = curve.windows(2).any(|pair| pair[1].0 <= pair[0].0 || pair[1].1 < pair[0].1);
    if let (true, Some((first, _))) = (falls, written.first()) {
        let fault = Diagnostic::new(Code::BadValue, "「curve」的把握应随分数上升，同一个分数只写一次");
        faults.report(first.origin, fault);
    }
    curve
}

fn read_complaint(written: Vec<(Located<String>, f64)>, default: LogOdds, faults: &mut Faults) -> LogOdds {
    let mut weights = default;
    for (name, weight) in written {
        let (slot, least) = match name.value.as_str() {
            "base" => (&mut weights.base, -20.0),
            "evidence" => (&mut weights.evidence, 0.0),
            "stands" => (&mut weights.stands, 0.0),
            "praise" => (&mut weights.praise, 0.0),
            "anger" => (&mut weights.anger, 0.0),
            "hints" => (&mut weights.hints, 0.0),
            other => {
                let fault = Diagnostic::new(Code::UnknownKey, format!("「complaint」里没有「{other}」"))
                    .nearest(other, ["base", "evidence", "stands", "praise", "anger", "hints"]);
                faults.report(name.origin, fault);
                continue;
            }
        };
        if (least..=20.0).contains(&weight) {
            *slot = weight;
        } else {
            let message = format!("「{}」应在 {least} 与 20 之间", name.value);
            faults.report(name.origin, Diagnostic::new(Code::BadValue, message));
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_straight_between_points_and_flat_beyond() {
        let calibration = Calibration { curve: vec![(1.0, 0.2), (3.0, 0.8)], ..Calibration::default() };
        for (score, confidence) in [(-5.0, 0.2), (1.0, 0.2), (2.0, 0.5), (2.5, 0.65), (3.0, 0.8), (50.0, 0.8)] {
            assert!((calibration.confidence(score) - confidence).abs() < 1e-12, "{score}");
        }
    }

    #[test]
    fn a_complaint_is_as_likely_as_that_some_category_is_right() {
        let complaint = LogOdds { base: 0.0, evidence: 1.0, stands: 0.0, praise: 1.0, anger: 1.0, hints: 1.0 };
        let calibration = Calibration { curve: vec![(1.0, 0.5), (2.0, 0.8)], complaint };
        let likely = |scores: &[f64], praise, anger| {
            let none_right = calibration.none_right(scores.iter().copied());
            calibration.complaint(Signs { none_right, stands: true, praise, anger, hints: 0.0 })
        };
        assert!((likely(&[2.0], 0.0, 0.0) - 0.8).abs() < 1e-12);
        assert!((likely(&[1.0, 1.0], 0.0, 0.0) - 0.75).abs() < 1e-12, "two doubtful ones support each other");
        assert!((likely(&[2.0, -1.0], 0.0, 0.0) - 0.8).abs() < 1e-12, "refuted evidence says nothing");
        assert!((likely(&[1.0], 1.0, 1.0) - 0.5).abs() < 1e-12, "praise takes what anger gives");
        assert!(likely(&[2.0], 2.0, 0.0) < 0.5 && likely(&[], 0.0, 0.0) < 0.02);
    }
}
