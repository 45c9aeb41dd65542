//! `[calibration]`: how evidence becomes probability, and how much of it is enough.

use super::source::{Faults, Row};
use crate::diagnostic::{Code, Diagnostic};

/// From summed weights to a probability.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calibration {
    /// Scores from here on are reported.
    pass: f64,
    /// Pairs of score and probability, both ascending; at least one. Straight lines between them, flat beyond.
    curve: Vec<(f64, f64)>,
}

impl Default for Calibration {
    /// What a rule set that was never held against labels may assume: one rule of weight 2 just passes.
    fn default() -> Self {
        Self { pass: 1.95, curve: vec![(0.0, 0.02), (1.0, 0.15), (2.0, 0.55), (3.0, 0.8), (6.0, 0.95)] }
    }
}

impl Calibration {
    /// The probability that summed weights stand for.
    pub fn confidence(&self, score: f64) -> f64 {
        let above = self.curve.partition_point(|(at, _)| *at <= score);
        match (above.checked_sub(1).map(|below| self.curve[below]), self.curve.get(above)) {
            (Some((from, low)), Some((to, high))) => low + (high - low) * (score - from) / (to - from),
            (Some((_, flat)), None) | (None, Some(&(_, flat))) => flat,
            (None, None) => 0.0,
        }
    }

    /// Whether the weights are enough to report.
    pub fn passes(&self, score: f64) -> bool {
        score >= self.pass
    }
}

pub(crate) fn read_calibration(mut row: Row<'_>, faults: &mut Faults) -> Calibration {
    let default = Calibration::default();
    let pass = row.number_in("pass", -100.0..=100.0, faults).unwrap_or(default.pass);
    let written = row.numbers("curve", faults);
    row.finish(faults);
    let mut curve = Vec::new();
    for (score, confidence) in &written {
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
    Calibration { pass, curve: if curve.is_empty() { default.curve } else { curve } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_straight_between_points_and_flat_beyond() {
        let calibration = Calibration { pass: 2.0, curve: vec![(1.0, 0.2), (3.0, 0.8)] };
        for (score, confidence) in [(-5.0, 0.2), (1.0, 0.2), (2.0, 0.5), (2.5, 0.65), (3.0, 0.8), (50.0, 0.8)] {
            assert!((calibration.confidence(score) - confidence).abs() < 1e-12, "{score}");
        }
        assert!(calibration.passes(2.0) && !calibration.passes(1.999));
    }
}
