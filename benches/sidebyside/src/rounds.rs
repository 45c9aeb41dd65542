//! Timing several contestants in turn, round by round, so that what disturbs one disturbs the others too.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Something that goes over the same messages as the others.
pub struct Contestant<'c> {
    pub name: String,
    pass: Box<dyn Fn() -> usize + 'c>,
}

impl<'c> Contestant<'c> {
    /// `pass` is one whole round of work; what it returns keeps the work from being optimised away.
    pub fn new(name: impl Into<String>, pass: impl Fn() -> usize + 'c) -> Self {
        Self { name: name.into(), pass: Box::new(pass) }
    }

    /// Does the same work with every message, on one thread.
    pub fn over(name: impl Into<String>, messages: &'c [String], work: impl Fn(&str) -> usize + 'c) -> Self {
        Self::new(name, move || messages.iter().map(|message| work(black_box(message))).sum())
    }

    /// Goes over everything once.
    pub fn pass(&self) -> usize {
        black_box((self.pass)())
    }
}

/// How long each round took.
pub struct Times(Vec<Duration>);

impl Times {
    pub fn new(rounds: Vec<Duration>) -> Self {
        assert!(!rounds.is_empty(), "no round");
        Self(rounds)
    }

    /// In seconds: the lower quartile, the median, the upper quartile.
    pub fn quartiles(&self) -> [f64; 3] {
        let mut seconds: Vec<f64> = self.0.iter().map(Duration::as_secs_f64).collect();
        seconds.sort_by(f64::total_cmp);
        [1, 2, 3].map(|quarter| seconds[(seconds.len() - 1) * quarter / 4])
    }

    pub fn median(&self) -> f64 {
        self.quartiles()[1]
    }

    /// How many times as fast as `other`: the median of the rounds, each compared with the other's same round.
    pub fn speed_beside(&self, other: &Times) -> f64 {
        let mut ratios: Vec<f64> =
            self.0.iter().zip(&other.0).map(|(own, other)| other.as_secs_f64() / own.as_secs_f64()).collect();
        ratios.sort_by(f64::total_cmp);
        ratios[(ratios.len() - 1) / 2]
    }
}

/// A round to warm up, then `rounds` that count; by contestant.
pub fn measure(contestants: &[Contestant<'_>], rounds: usize) -> Vec<Times> {
    let mut times = vec![Vec::with_capacity(rounds); contestants.len()];
    for round in 0..=rounds {
        for (contestant, times) in contestants.iter().zip(&mut times) {
            let start = Instant::now();
            contestant.pass();
            if round > 0 {
                times.push(start.elapsed());
            }
        }
    }
    times.into_iter().map(Times::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(millis: &[u64]) -> Times {
        Times::new(millis.iter().map(|millis| Duration::from_millis(*millis)).collect())
    }

    #[test]
    fn medians_and_quartiles_are_rounds_that_were_measured() {
        assert_eq!(times(&[50, 10, 40, 20, 30]).quartiles(), [0.02, 0.03, 0.04]);
        assert_eq!(times(&[7]).quartiles(), [0.007; 3]);
    }

    #[test]
    fn speeds_are_compared_round_by_round() {
        let (fast, slow) = (times(&[10, 1_000, 10]), times(&[40, 4_000, 20]));
        assert!((fast.speed_beside(&slow) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn every_round_but_the_first_counts() {
        let passes = std::cell::Cell::new(0);
        let contestant = Contestant::new("counting", || passes.replace(passes.get() + 1));
        assert_eq!(measure(&[contestant], 3)[0].0.len(), 3);
        assert_eq!(passes.get(), 4);
    }
}
