//! Triages complaints and shows what it found, or writes one JSON report a line.
//!
//! ```text
//! cargo run --release --example triage                       the sample complaints
//! cargo run --release --example triage -- complaints.txt     one complaint a line, or JSONL with "text"
//! cargo run --release --example triage -- --json -           standard input, one Report a line
//! cargo run --release --example triage -- --rules DIR …      with the rules of a folder
//! cargo run --release --example triage -- --rules DIR --check   only prove those rules
//! ```

mod input;
mod show;

use anstream::{eprintln, println};
use indicatif::{ProgressBar, ProgressStyle};
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tousu::{Triage, TriageBuilder};

/// Complaints to show when no file is named.
const SAMPLES: &str = include_str!("../complaints.txt");

struct Options {
    json: bool,
    check: bool,
    rules: Option<PathBuf>,
    path: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        // Whoever reads our output has read enough.
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("triage: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let options = options()?;
    let builder = Triage::builder();
    let builder: TriageBuilder = match &options.rules {
        Some(folder) => builder.rules_dir(folder),
        None => builder,
    };
    let triage = builder.build()?;
    if options.check {
        return Ok(check(&triage));
    }
    let broken = match &options.path {
        None => triage_lines(SAMPLES.as_bytes(), SAMPLES.len() as u64, &triage, &options)?,
        Some(path) if path == Path::new("-") => triage_lines(io::stdin().lock(), 0, &triage, &options)?,
        Some(path) => {
            let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
            let size = file.metadata()?.len();
            triage_lines(io::BufReader::new(file), size, &triage, &options)?
        }
    };
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options() -> Result<Options, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = Options { json: false, check: false, rules: None, path: None };
    let mut parser = lexopt::Parser::from_env();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("json") => options.json = true,
            Long("check") => options.check = true,
            Long("rules") => options.rules = Some(parser.value()?.into()),
            Long("help") | Short('h') => {
                println!("usage: triage [--json] [--rules DIR [--check]] [FILE | -]");
                std::process::exit(0);
            }
            Value(path) if options.path.is_none() => options.path = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

/// Runs every rule on its own examples.
fn check(triage: &Triage) -> ExitCode {
    let faults = triage.prove();
    for fault in &faults {
        println!("{fault}\n");
    }
    println!("{} 处例句不符", faults.len());
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Assesses line by line and returns how many lines could not be read.
fn triage_lines(
    mut reader: impl io::BufRead,
    size: u64,
    triage: &Triage,
    options: &Options,
) -> Result<usize, Box<dyn Error>> {
    let progress = progress(size, options);
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let mut broken = 0;
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        progress.inc(read as u64);
        match input::parse(&line) {
            Ok(None) => {}
            Ok(Some(complaint)) => {
                let report = triage.assess(complaint.case());
                if options.json {
                    serde_json::to_writer(&mut out, &report)?;
                    writeln!(out)?;
                } else {
                    show::report(&mut out, number, &report)?;
                }
            }
            Err(error) => {
                broken += 1;
                progress.suspend(|| eprintln!("line {number}: {error}"));
                if options.json {
                    // Keeps the n-th answer beside the n-th question.
                    serde_json::to_writer(
                        &mut out,
                        &serde_json::json!({ "line": number, "error": error.to_string() }),
                    )?;
                    writeln!(out)?;
                }
            }
        }
    }
    out.flush()?;
    progress.finish_and_clear();
    Ok(broken)
}

/// A bar on a terminal that is not already showing the reports, for input worth waiting for.
fn progress(size: u64, options: &Options) -> ProgressBar {
    const WORTH_A_BAR: u64 = 1 << 20;
    let visible = size >= WORTH_A_BAR && io::stderr().is_terminal() && (options.json || !io::stdout().is_terminal());
    if !visible {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {binary_bytes_per_sec} 还需 {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(size).with_style(style)
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<io::Error>().map(io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    io.or(json) == Some(io::ErrorKind::BrokenPipe)
}
