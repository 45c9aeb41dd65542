//! All messages, on one thread.

use crate::material::corpus::messages;
use crate::over;
use divan::Bencher;
use jieba_rs::Jieba;
use tousu::Triage;

/// Everything: findings, remedies, plan, notices, replies.
#[divan::bench(max_time = 5)]
fn assess(bencher: Bencher<'_, '_>) {
    let triage = Triage::builtin();
    over(bencher, &messages(), |message| triage.assess(message).findings.len());
}

/// Findings, blame, demands, stage and risks, without advice.
#[divan::bench(max_time = 5)]
fn classify(bencher: Bencher<'_, '_>) {
    let triage = Triage::builtin();
    over(bencher, &messages(), |message| triage.classify(message).findings.len());
}

/// For scale: jieba-rs cutting the same text into words.
#[divan::bench(max_time = 5)]
fn jieba_cut(bencher: Bencher<'_, '_>) {
    let jieba = Jieba::new();
    over(bencher, &messages(), |message| jieba.cut(message, false).len());
}
