//! More rules: the built-in ones, and copies of them in other words.

use crate::material::corpus::messages;
use crate::material::synthetic;
use crate::over;
use aho_corasick::AhoCorasick;
use divan::Bencher;

const TIMES: [usize; 3] = [1, 4, 16];

#[divan::bench(args = TIMES, max_time = 5)]
fn assess(bencher: Bencher<'_, '_>, times: usize) {
    let triage = synthetic::rules(times);
    over(bencher, &messages(), |message| triage.assess(message).findings.len());
}

#[divan::bench(args = TIMES, max_time = 5)]
fn classify(bencher: Bencher<'_, '_>, times: usize) {
    let triage = synthetic::rules(times);
    over(bencher, &messages(), |message| triage.classify(message).findings.len());
}

/// For scale: a bare scan for the strings of as many rules.
#[divan::bench(args = TIMES, max_time = 2)]
fn bare_scan(bencher: Bencher<'_, '_>, times: usize) {
    let automaton = AhoCorasick::new(synthetic::strings_of_rules(times)).unwrap_or_else(|error| panic!("{error}"));
    over(bencher, &messages(), |message| automaton.find_overlapping_iter(message).count());
}

/// Reading and compiling that many.
#[divan::bench(args = TIMES, sample_count = 3)]
fn load(times: usize) -> tousu::Triage {
    synthetic::rules(times)
}
