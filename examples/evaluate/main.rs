//! Holds the rules against labelled messages, so that a supervisor sees which rule to mend.
//!
//! ```text
//! cargo run --release --example evaluate -- LABELS.jsonl                 figures, confusion, calibration, rules
//! cargo run --release --example evaluate -- --rules DIR LABELS.jsonl     with the rules of a folder
//! cargo run --release --example evaluate -- --fit LABELS.jsonl           prints a calibration.toml fitted to the labels
//! cargo run --release --example evaluate -- --hints LABELS.jsonl         prints a hints.toml fitted to the labels
//! ```
//!
//! Several label files count as one. Fit to messages that nobody wrote rules from, satisfied ones among them: rules
//! look better than they are on what they were written from. Hints may be fitted to any messages, the more the better;
//! fit the probabilities anew afterwards, to others.
//!
//! `examples/evaluate/sample.jsonl` holds 500 invented messages, dense in what is rare, to try it on.
//!
//! A label is one JSON object a line: `{"text": "…", "categories": ["goods.spoiled"]}`; no categories, no complaint.

mod calibration;
mod hints;
mod logistic;
mod tally;

use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tousu::Triage;

/// A message and what careful readers found in it, weightiest first.
#[derive(Deserialize)]
struct Label {
    text: String,
    categories: Vec<String>,
}

/// What to print.
#[derive(Clone, Copy)]
enum Task {
    Figures,
    Calibration,
    Hints,
}

struct Options {
    task: Task,
    rules: Option<PathBuf>,
    labels: Vec<PathBuf>,
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
    let mut tally = tally::Tally::default();
    let mut fit = calibration::Fit::default();
    let mut hints = hints::Fit::default();
    let mut count = 0usize;
    for path in &options.labels {
        for label in labels(path)? {
            let explanation = triage.explain(&label.text);
            count += 1;
            match options.task {
                Task::Figures => tally.add(&label.categories, &triage.classify(&label.text), &explanation),
                Task::Calibration => fit.add(label.categories, explanation),
                Task::Hints => hints.add(label.categories, explanation.words),
            }
        }
    }
    if count == 0 {
        return Err("these files hold no labels".into());
    }
    match options.task {
        Task::Figures => tally.print(),
        Task::Calibration => print!("{}", fit.to_toml()),
        Task::Hints => print!("{}", hints.to_toml()),
    }
    Ok(())
}

fn options() -> Result<Options, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut task, mut rules, mut labels) = (Task::Figures, None, Vec::new());
    let mut parser = lexopt::Parser::from_env();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("fit") => task = Task::Calibration,
            Long("hints") => task = Task::Hints,
            Long("rules") => rules = Some(parser.value()?.into()),
            Value(path) => labels.push(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    if labels.is_empty() {
        return Err("usage: evaluate [--fit | --hints] [--rules DIR] LABELS.jsonl …".into());
    }
    Ok(Options { task, rules, labels })
}

fn labels(path: &Path) -> Result<Vec<Label>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut labels = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        labels.push(serde_json::from_str(line).map_err(|error| format!("{}:{number}: {error}", path.display()))?);
    }
    Ok(labels)
}
