//! How many of a hundred messages hold a complaint: at 0, nothing is found in any.

use crate::material::corpus::{Sorted, messages};
use crate::over;
use divan::Bencher;
use tousu::Triage;

const PERCENT: [usize; 5] = [0, 25, 50, 75, 100];
const MESSAGES: usize = 1_000;

#[divan::bench(args = PERCENT, max_time = 2)]
fn assess(bencher: Bencher<'_, '_>, percent: usize) {
    let triage = Triage::builtin();
    let messages = Sorted::new(messages(), &triage).mixed(MESSAGES, percent);
    over(bencher, &messages, |message| triage.assess(message).findings.len());
}

#[divan::bench(args = PERCENT, max_time = 2)]
fn classify(bencher: Bencher<'_, '_>, percent: usize) {
    let triage = Triage::builtin();
    let messages = Sorted::new(messages(), &triage).mixed(MESSAGES, percent);
    over(bencher, &messages, |message| triage.classify(message).findings.len());
}
