//! The engines beside each other: one thread, the same messages, interleaved rounds.

use crate::engines::{BARE_SCANS, Engines};
use crate::figures::{amount, table};
use crate::material::corpus::bytes;
use crate::python::{self, Python};
use crate::rounds::{Contestant, Times, measure};
use std::time::Duration;

struct Row {
    name: String,
    times: Times,
    ready: Duration,
}

pub fn report(messages: &[String], lexicon: &[String], rounds: usize, python: Option<&Python>) -> String {
    let engines = Engines::new(lexicon);
    let (contestants, ready): (Vec<Contestant<'_>>, Vec<Duration>) = engines.contestants(messages).into_iter().unzip();
    let times = measure(&contestants, rounds);
    let named = contestants.iter().map(|contestant| contestant.name.clone());
    let mut rows: Vec<Row> =
        named.zip(times).zip(ready).map(|((name, times), ready)| Row { name, times, ready }).collect();
    if let Some(python) = python {
        let (times, ready) = python.run(messages, lexicon, rounds);
        rows.push(Row { name: python::NAME.to_owned(), times, ready });
    }
    render(&rows, messages)
}

fn render(rows: &[Row], messages: &[String]) -> String {
    let megabytes = bytes(messages) as f64 / 1e6;
    let scan = rows[..BARE_SCANS].iter().min_by(|a, b| a.times.median().total_cmp(&b.times.median())).expect("scans");
    let jieba = rows.iter().find(|row| row.name.contains("jieba-rs")).expect("jieba");
    let cells = rows.iter().map(|row| {
        let [low, median, high] = row.times.quartiles();
        vec![
            row.name.clone(),
            amount(megabytes / median),
            format!("{}–{}", amount(megabytes / high), amount(megabytes / low)),
            amount(messages.len() as f64 / median),
            amount(row.times.speed_beside(&scan.times)),
            amount(row.times.speed_beside(&jieba.times)),
            amount(row.ready.as_secs_f64() * 1e3),
        ]
    });
    let heads = ["what", "MB/s", "quartiles", "messages/s", "× best bare scan", "× `jieba-rs`", "ready in ms"];
    let mut text = table(&heads, cells);
    if let Some(python) = rows.iter().find(|row| row.name == python::NAME) {
        for row in rows.iter().filter(|row| row.name.contains("tousu")) {
            let times = amount(row.times.speed_beside(&python.times));
            text += &format!("\n{} is {times} × the Python stack.\n", row.name);
        }
    }
    text
}
