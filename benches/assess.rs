//! How fast complaints are assessed, beside a bare segmentation of the same text in the same run.
//!
//! ```text
//! cargo bench --bench assess
//! TOUSU_CORPUS=messages.txt cargo bench --bench assess     one message a line, instead of the samples
//! ```

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jieba_rs::Jieba;
use std::{env, fs};
use tousu::Triage;

const SAMPLES: &str = include_str!("../examples/complaints.txt");

fn main() {
    divan::main();
}

fn corpus() -> String {
    match env::var_os("TOUSU_CORPUS") {
        Some(path) => fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        None => SAMPLES.to_owned(),
    }
}

/// Runs `work` over every message, counting messages and bytes.
fn over_corpus(bencher: Bencher<'_, '_>, work: impl Fn(&str) -> usize + Sync) {
    let corpus = corpus();
    let messages = corpus.lines().count();
    bencher
        .counter(BytesCount::of_str(&corpus))
        .counter(ItemsCount::new(messages))
        .bench(|| corpus.lines().map(|line| work(black_box(line))).sum::<usize>());
}

/// Everything: findings, remedies, plan, notices, replies.
#[divan::bench(max_time = 5)]
fn assess(bencher: Bencher<'_, '_>) {
    let triage = Triage::builtin();
    over_corpus(bencher, |line| triage.assess(line).findings.len());
}

/// Findings, blame, demands, stage and risks, without advice.
#[divan::bench(max_time = 5)]
fn classify(bencher: Bencher<'_, '_>) {
    let triage = Triage::builtin();
    over_corpus(bencher, |line| triage.classify(line).findings.len());
}

/// For scale: jieba-rs cutting the same text into words.
#[divan::bench(max_time = 5)]
fn jieba_cut(bencher: Bencher<'_, '_>) {
    let jieba = Jieba::new();
    over_corpus(bencher, |line| jieba.cut(line, false).iter().map(|word| word.end).sum());
}

/// Compiling the built-in rules.
#[divan::bench(max_time = 5)]
fn load_rules() -> Triage {
    Triage::builder().rules_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).build().unwrap()
}
