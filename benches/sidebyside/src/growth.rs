//! Whether time grows beyond the text: single messages of up to 10 MB, of the kinds that could hurt.

use crate::figures::{amount, table};
use std::hint::black_box;
use std::time::Instant;
use tousu::Triage;

const MEGABYTES: [f64; 5] = [0.625, 1.25, 2.5, 5.0, 10.0];
/// The best of so many counts: what disturbs only ever adds.
const TRIES: usize = 3;

/// Names, and how to make so many bytes.
type Kind = (&'static str, fn(usize) -> String);
const KINDS: [Kind; 5] = [
    ("one term: 退款退款", |bytes| fill("退款", bytes)),
    ("nested quotes: “‘“‘…’”’”", |bytes| fill("“‘", bytes / 2) + &fill("’”", bytes / 2)),
    ("没没没没", |bytes| fill("没", bytes)),
    ("digits: 12345678901", |bytes| fill("1234567890", bytes)),
    ("spaces between all: 快 递 坏 了", |bytes| fill("快 递 坏 了 ", bytes)),
];

fn fill(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

/// Time per byte of `assess`, beside that of the smallest size.
pub fn report() -> String {
    let triage = Triage::builtin();
    let rows = KINDS.map(|(name, make)| {
        let per_byte = MEGABYTES.map(|megabytes| {
            let text = make((megabytes * 1e6) as usize);
            let tries = (0..TRIES).map(|_| {
                let start = Instant::now();
                black_box(triage.assess(text.as_str()));
                start.elapsed().as_secs_f64()
            });
            tries.fold(f64::INFINITY, f64::min) / text.len() as f64
        });
        let mut row = vec![name.to_owned(), amount(1e-6 / per_byte[0])];
        row.extend(per_byte.iter().skip(1).map(|own| amount(own / per_byte[0])));
        row
    });
    let sizes = MEGABYTES.iter().skip(1).map(|megabytes| format!("{megabytes} MB"));
    let mut heads = vec!["one message of".to_owned(), format!("{} MB: MB/s", MEGABYTES[0])];
    heads.extend(sizes.map(|size| format!("{size}: × time a byte")));
    table(&heads.iter().map(String::as_str).collect::<Vec<_>>(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_long_as_asked() {
        for (name, make) in KINDS {
            let length = make(6_000).len();
            assert!((5_950..=6_000).contains(&length), "{name}: {length}");
        }
    }
}
