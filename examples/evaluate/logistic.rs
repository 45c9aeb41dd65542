//! Logistic regression: the weights of log odds that make labels likeliest.
//!
//! Newton's method with the steepest curvature there can be (Böhning 1992): slower, but every step is an improvement.

use std::array;

/// What one weight each is multiplied with, and whether the label says so.
pub type Sample<const N: usize> = ([f64; N], bool);

/// How many samples the belief weighs.
const BELIEF_WEIGHT: f64 = 1.0;
/// Steps; long before the last they are too small to matter.
const ROUNDS: usize = 1000;
/// The most that a probability can change with the log odds.
const STEEPEST: f64 = 0.25;

/// The likeliest weights, starting from what is believed before any sample is seen. All but the first are at least 0: what
/// would weigh less is left out.
pub fn fit<const N: usize>(samples: &[Sample<N>], belief: [f64; N]) -> [f64; N] {
    let (mut samples, mut belief) = (samples.to_vec(), belief);
    loop {
        let weights = likeliest(&samples, belief);
        let Some(negative) = (1..N).find(|at| weights[*at] < 0.0) else { return weights };
        samples.iter_mut().for_each(|(features, _)| features[negative] = 0.0);
        belief[negative] = 0.0;
    }
}

fn likeliest<const N: usize>(samples: &[Sample<N>], belief: [f64; N]) -> [f64; N] {
    let mut curvature: [[f64; N]; N] =
        array::from_fn(|row| array::from_fn(|column| if row == column { BELIEF_WEIGHT } else { 0.0 }));
    for (features, _) in samples {
        for (row, this) in curvature.iter_mut().zip(features) {
            row.iter_mut().zip(features).for_each(|(cell, that)| *cell += STEEPEST * this * that);
        }
    }
    let mut weights = belief;
    for _ in 0..ROUNDS {
        let mut slope: [f64; N] = array::from_fn(|at| BELIEF_WEIGHT * (belief[at] - weights[at]));
        for (features, right) in samples {
            let error = f64::from(u8::from(*right)) - probability(features, &weights);
            slope.iter_mut().zip(features).for_each(|(slope, feature)| *slope += error * feature);
        }
        weights.iter_mut().zip(solve(curvature, slope)).for_each(|(weight, step)| *weight += step);
    }
    weights
}

/// What the weights make of some features.
pub fn probability<const N: usize>(features: &[f64; N], weights: &[f64; N]) -> f64 {
    let log_odds: f64 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
    1.0 / (1.0 + (-log_odds).exp())
}

/// Gauss's elimination; the matrix is positive definite, so its pivots are not 0.
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> [f64; N] {
    for pivot in 0..N {
        let above = matrix[pivot];
        for row in pivot + 1..N {
            let factor = matrix[row][pivot] / above[pivot];
            matrix[row].iter_mut().zip(above).for_each(|(cell, above)| *cell -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    for pivot in (0..N).rev() {
        let known: f64 = (pivot + 1..N).map(|column| matrix[pivot][column] * right[column]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}
