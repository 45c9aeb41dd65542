//! Messages of one length: the same text, cut into shorter or longer pieces.

use crate::material::corpus::messages;
use crate::over;
use divan::Bencher;
use tousu::Triage;

const CHARACTERS: [usize; 5] = [10, 30, 100, 1_000, 10_000];
/// Of text altogether, at each length.
const TOTAL: usize = 20_000;

fn pieces(characters: usize) -> Vec<String> {
    let text: Vec<char> = messages().join("，").chars().take(TOTAL).collect();
    text.chunks(characters).map(|piece| piece.iter().collect()).collect()
}

#[divan::bench(args = CHARACTERS, max_time = 2)]
fn assess(bencher: Bencher<'_, '_>, characters: usize) {
    let triage = Triage::builtin();
    over(bencher, &pieces(characters), |message| triage.assess(message).findings.len());
}

#[divan::bench(args = CHARACTERS, max_time = 2)]
fn classify(bencher: Bencher<'_, '_>, characters: usize) {
    let triage = Triage::builtin();
    over(bencher, &pieces(characters), |message| triage.classify(message).findings.len());
}
