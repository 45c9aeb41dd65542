//! One engine shared by several threads: every thread takes every n-th message.

use crate::material::corpus::{bytes, messages};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::thread;
use tousu::Triage;

/// One, and as many as there are cores.
fn counts() -> Vec<usize> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    if cores == 1 { vec![1] } else { vec![1, cores] }
}

#[divan::bench(args = counts(), max_time = 5)]
fn assess(bencher: Bencher<'_, '_>, threads: usize) {
    let triage = Triage::builtin();
    let messages = messages();
    bencher.counter(BytesCount::new(bytes(&messages))).counter(ItemsCount::new(messages.len())).bench(|| {
        thread::scope(|scope| {
            for first in 0..threads {
                let (triage, messages) = (&triage, &messages);
                scope.spawn(move || {
                    let own = messages.iter().skip(first).step_by(threads);
                    own.map(|message| triage.assess(message.as_str()).findings.len()).sum::<usize>()
                });
            }
        });
    });
}
