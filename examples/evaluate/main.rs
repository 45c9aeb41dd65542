//! Holds the rules against labelled messages, so that a supervisor sees which rule to mend.
//!
//! ```text
//! cargo run --release --example evaluate -- LABELS.jsonl                 figures, confusion, calibration, rules
//! cargo run --release --example evaluate -- --rules DIR LABELS.jsonl     with the rules of a folder
//! cargo run --release --example evaluate -- --fit LABELS.jsonl           prints a calibration.toml fitted to the labels
//! ```
//!
//! A label is one JSON object a line: `{"text": "…", "categories": ["goods.spoiled"]}`; no categories, no complaint.

mod calibration;
mod tally;

use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use tousu::Triage;

/// A message and what careful readers found in it, weightiest first.
#[derive(Deserialize)]
struct Label {
    text: String,
    categories: Vec<String>,
}

struct Options {
    fit: bool,
    rules: Option<PathBuf>,
    labels: PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let triage = match &options.rules {
        Some(folder) => Triage::builder().rules_dir(folder).build()?,
        None => Triage::builtin(),
    };
    let labels = labels(&options.labels)?;
    let mut tally = tally::Tally::default();
    let mut points = Vec::new();
    for label in &labels {
        let report = triage.assess(label.text.as_str());
        let explanation = triage.explain(&label.text);
        points.extend(explanation.candidates.iter().map(|candidate| calibration::Point {
            score: candidate.score,
            right: label.categories.iter().any(|category| candidate.category == category.as_str()),
        }));
        tally.add(&label.categories, &report, &explanation);
    }
    if options.fit {
        print!("{}", calibration::to_toml(&calibration::fit(&points), labels.len()));
    } else {
        tally.print();
    }
    Ok(())
}

fn options() -> Result<Options, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut fit, mut rules, mut labels) = (false, None, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("fit") => fit = true,
            Long("rules") => rules = Some(parser.value()?.into()),
            Value(path) if labels.is_none() => labels = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    match labels {
        Some(labels) => Ok(Options { fit, rules, labels }),
        None => Err("usage: evaluate [--fit] [--rules DIR] LABELS.jsonl".into()),
    }
}

fn labels(path: &PathBuf) -> Result<Vec<Label>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut labels = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        labels.push(serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?);
    }
    Ok(labels)
}
