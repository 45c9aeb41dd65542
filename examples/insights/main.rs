//! Adds up messages by product, batch, courier, agent and day: a table, a chart, and what stands out beyond chance.
//!
//! ```text
//! cargo run --release --example insights                     the sample beside this file
//! cargo run --release --example insights -- FILE.jsonl       one JSON object a line: "text", and perhaps "product",
//!                                                            "batch", "courier", "agent", "day"; - is standard input
//! cargo run --release --example insights -- --svg OUT.svg …  where to write the chart (target/insights.svg)
//! cargo run --release --example insights -- --json …         the counts as JSON instead of the table
//! ```

mod chart;
mod table;

use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tousu::{CategoryId, Dimension, Insights, Outlier, Tags, Triage};

const SAMPLE: &str = include_str!("sample.jsonl");
/// At most this share of the flags may be false alarms.
const FALSE_ALARMS: f64 = 0.05;

#[derive(Deserialize)]
struct Message {
    text: String,
    #[serde(flatten)]
    tags: Tags,
}

/// What the messages come to.
#[derive(Default)]
pub struct Summary {
    pub insights: Insights,
    pub outliers: Vec<Outlier>,
    /// What the categories are called.
    names: BTreeMap<CategoryId, String>,
    /// Lines that could not be read.
    broken: usize,
}

impl Summary {
    pub fn name<'s>(&'s self, category: &'s CategoryId) -> &'s str {
        self.names.get(category).map_or(category.as_str(), String::as_str)
    }
}

struct Options {
    json: bool,
    svg: PathBuf,
    path: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("insights: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let options = options()?;
    let summary = match &options.path {
        None => read(SAMPLE.as_bytes())?,
        Some(path) if path == Path::new("-") => read(io::stdin().lock())?,
        Some(path) => {
            let file = fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
            read(io::BufReader::new(file))?
        }
    };
    let mut out = io::stdout().lock();
    if options.json {
        let json = serde_json::json!({ "insights": summary.insights, "outliers": summary.outliers });
        serde_json::to_writer_pretty(&mut out, &json)?;
        writeln!(out)?;
    } else {
        table::write(&mut out, &summary)?;
    }
    if let Some(folder) = options.svg.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&options.svg, chart::svg(&summary))?;
    eprintln!("{}", options.svg.display());
    Ok(if summary.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options() -> Result<Options, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = Options { json: false, svg: "target/insights.svg".into(), path: None };
    let mut parser = lexopt::Parser::from_env();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("json") => options.json = true,
            Long("svg") => options.svg = parser.value()?.into(),
            Long("help") | Short('h') => {
                println!("usage: insights [--json] [--svg OUT.svg] [FILE.jsonl | -]");
                std::process::exit(0);
            }
            Value(path) if options.path.is_none() => options.path = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

/// Adds up line by line.
fn read(reader: impl BufRead) -> Result<Summary, io::Error> {
    let triage = Triage::builtin();
    let mut summary = Summary::default();
    for (number, line) in (1..).zip(reader.lines()) {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Message>(&line) {
            Ok(message) => {
                let report = triage.assess(&message.text);
                summary.insights.add(&report, &message.tags);
                summary.names.extend(report.findings.into_iter().map(|finding| (finding.category, finding.name)));
            }
            Err(error) => {
                summary.broken += 1;
                eprintln!("line {number}: {error}");
            }
        }
    }
    let flagged = Dimension::ALL.iter().flat_map(|dimension| summary.insights.outliers(*dimension, FALSE_ALARMS));
    summary.outliers = flagged.collect();
    Ok(summary)
}
