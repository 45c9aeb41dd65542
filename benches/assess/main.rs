//! How fast complaints are assessed, and what the time depends on. One subject a module.
//!
//! ```text
//! cargo bench --bench assess                               everything, on messages made of the project's samples
//! cargo bench --bench assess -- length                     one subject
//! TOUSU_CORPUS=messages.txt cargo bench --bench assess     on your own messages, one a line
//! ```
//!
//! `benches/sidebyside` measures beside other engines in one run, and writes `benches/RECORD.md`.

mod length;
mod load;
#[path = "../material/mod.rs"]
mod material;
mod rule_count;
mod share;
mod threads;
mod whole;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use material::corpus;

fn main() {
    divan::main();
}

/// Runs `work` over every message, counting messages and bytes.
fn over(bencher: Bencher<'_, '_>, messages: &[String], work: impl Fn(&str) -> usize + Sync) {
    bencher
        .counter(BytesCount::new(corpus::bytes(messages)))
        .counter(ItemsCount::new(messages.len()))
        .bench(|| messages.iter().map(|message| work(black_box(message))).sum::<usize>());
}
