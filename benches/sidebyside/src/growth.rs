//! Whether time grows beyond the text: single messages of up to 10 MB, of the kinds that could hurt.

use crate::figures::{amount, table};
use std::hint::black_box;
use std::time::Instant;
use tousu::Triage;

const MEGABYTES: [f64; 5] = [0.625, 1.25, 2.5, 5.0, 10.0];
/// The best of so many counts: what disturbs only ever adds.
const TRIES: usize = 3;

/// What the messages are like.
type Make<'m> = Box<dyn Fn(usize) -> String + 'm>;

/// Names, and how to make about so many bytes.
fn kinds(messages: &[String]) -> [(&'static str, Make<'_>); 9] {
    [
        ("one term: 退款退款", Box::new(|bytes| fill("退款", bytes))),
        ("nested quotes: “‘“‘…’”’”", Box::new(|bytes| fill("“‘", bytes / 2) + &fill("’”", bytes / 2))),
        ("没没没没", Box::new(|bytes| fill("没", bytes))),
        ("one denial behind all: 坏了坏了都没有", Box::new(|bytes| fill("坏了", bytes - "都没有".len()) + "都没有")),
        ("no mark between: 快递没到快递没到", Box::new(|bytes| fill("快递没到", bytes))),
        ("digits: 12345678901", Box::new(|bytes| fill("1234567890", bytes))),
        ("numerals: 十一十一", Box::new(|bytes| fill("十一", bytes))),
        ("spaces between all: 快 递 坏 了", Box::new(|bytes| fill("快 递 坏 了 ", bytes))),
        ("the messages above in one", Box::new(|bytes| join(messages, bytes))),
    ]
}

fn fill(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

fn join(messages: &[String], bytes: usize) -> String {
    let mut text = String::with_capacity(bytes);
    for message in messages.iter().cycle() {
        if text.len() + message.len() >= bytes {
            break;
        }
        text.push_str(message);
        text.push('\n');
    }
    text
}

/// Time per byte of `assess`, beside that of the smallest size.
pub fn report(messages: &[String]) -> String {
    let triage = Triage::builtin();
    let rows = kinds(messages).map(|(name, make)| {
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
        let messages = ["东西坏了".to_owned(), "快递太慢".to_owned()];
        for (name, make) in kinds(&messages) {
            let length = make(6_000).len();
            assert!((5_950..=6_000).contains(&length), "{name}: {length}");
        }
    }
}
