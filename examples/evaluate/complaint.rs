//! Fits what the log odds of a complaint are made of: logistic regression.
//!
//! Newton's method with the steepest curvature there can be (Böhning 1992): slower, but every step is an improvement.

use std::array;

/// Weights of `base`, `evidence`, `stands`, `praise`, `anger` and `hints`, as in calibration.toml.
pub type LogOdds = [f64; WEIGHTS];

const WEIGHTS: usize = 6;

/// A labelled message.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    /// The probability that none of its categories is right.
    pub none_right: f64,
    /// Whether the rules alone are enough for some category.
    pub stands: bool,
    pub praise: f64,
    pub anger: f64,
    /// The log odds that words hint at.
    pub hints: f64,
    pub complaint: bool,
}

/// What is believed before any message is seen, and how many messages that belief weighs.
const BELIEF: LogOdds = [0.0, 1.0, 1.0, 2.0, 0.5, 0.5];
const BELIEF_WEIGHT: f64 = 1.0;
/// The library's bound on the probability that some category is right.
const LEAST: f64 = 0.01;
/// Steps; long before the last they are too small to matter.
const ROUNDS: usize = 1000;
/// The most that a probability can change with the log odds.
const STEEPEST: f64 = 0.25;

impl Message {
    /// What the weights are multiplied with.
    fn features(&self) -> LogOdds {
        let some = (1.0 - self.none_right).clamp(LEAST, 1.0 - LEAST);
        [1.0, (some / (1.0 - some)).ln(), f64::from(u8::from(self.stands)), -self.praise, self.anger, self.hints]
    }
}

/// The weights that make the labels likeliest.
pub fn fit(messages: &[Message]) -> LogOdds {
    let mut curvature: [[f64; WEIGHTS]; WEIGHTS] =
        array::from_fn(|row| array::from_fn(|column| if row == column { BELIEF_WEIGHT } else { 0.0 }));
    let messages: Vec<(LogOdds, bool)> =
        messages.iter().map(|message| (message.features(), message.complaint)).collect();
    for (features, _) in &messages {
        for (row, this) in curvature.iter_mut().zip(features) {
            row.iter_mut().zip(features).for_each(|(cell, that)| *cell += STEEPEST * this * that);
        }
    }
    let mut weights = BELIEF;
    for _ in 0..ROUNDS {
        let mut slope: LogOdds = array::from_fn(|at| BELIEF_WEIGHT * (BELIEF[at] - weights[at]));
        for (features, complaint) in &messages {
            let log_odds: f64 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
            let error = f64::from(u8::from(*complaint)) - 1.0 / (1.0 + (-log_odds).exp());
            slope.iter_mut().zip(features).for_each(|(slope, feature)| *slope += error * feature);
        }
        weights.iter_mut().zip(solve(curvature, slope)).for_each(|(weight, step)| *weight += step);
    }
    // Praise never makes a complaint likelier, and evidence never less likely.
    array::from_fn(|at| if at == 0 { weights[0] } else { weights[at].max(0.0) })
}

/// Gauss's elimination; the matrix is positive definite, so its pivots are not 0.
fn solve(mut matrix: [[f64; WEIGHTS]; WEIGHTS], mut right: LogOdds) -> LogOdds {
    for pivot in 0..WEIGHTS {
        let above = matrix[pivot];
        for row in pivot + 1..WEIGHTS {
            let factor = matrix[row][pivot] / above[pivot];
            matrix[row].iter_mut().zip(above).for_each(|(cell, above)| *cell -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    for pivot in (0..WEIGHTS).rev() {
        let known: f64 = (pivot + 1..WEIGHTS).map(|column| matrix[pivot][column] * right[column]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}
