//! `tousu` beside other engines over the same messages and the same strings, in one run; prints `benches/RECORD.md`.
//!
//! ```text
//! cargo run --release --manifest-path benches/sidebyside/Cargo.toml > benches/RECORD.md
//!     --rounds N         so many interleaved rounds (9)
//!     --messages N       only the first so many messages
//!     --python PROGRAM   also the Python stack, run by an interpreter that has what python_stack.py requires
//! TOUSU_CORPUS=FILE      your own messages, one a line
//! ```

mod beside;
mod depends;
mod engines;
mod figures;
mod growth;
#[cfg(test)]
mod lexicon_tests;
mod machine;
#[path = "../../material/mod.rs"]
mod material;
mod python;
mod rounds;
mod start;

use lexopt::prelude::*;
use material::{corpus, lexicon};
use python::Python;
use start::Probe;

struct Options {
    rounds: usize,
    messages: usize,
    python: Option<Python>,
    probe: Option<Probe>,
}

impl Options {
    fn parse() -> Result<Self, lexopt::Error> {
        let mut options = Self { rounds: 9, messages: usize::MAX, python: None, probe: None };
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("rounds") => options.rounds = parser.value()?.parse()?,
                Long("messages") => options.messages = parser.value()?.parse()?,
                Long("python") => options.python = Some(Python(parser.value()?.into())),
                Long("probe") => options.probe = Probe::named(&parser.value()?.string()?),
                _ => return Err(argument.unexpected()),
            }
        }
        if options.rounds == 0 || options.messages == 0 {
            return Err("nothing to measure".into());
        }
        Ok(options)
    }
}

fn main() -> Result<(), lexopt::Error> {
    let options = Options::parse()?;
    match options.probe {
        Some(probe) => probe.run(),
        None => record(&options),
    }
    Ok(())
}

fn record(options: &Options) {
    let Options { rounds, python, .. } = options;
    let mut messages = corpus::messages();
    messages.truncate(options.messages);
    let lexicon: Vec<String> = lexicon::lexicon().into_iter().collect();

    println!("# Measured\n");
    println!(
        "Written by one run of `benches/sidebyside`; medians of interleaved rounds, ratios taken round by round.\n"
    );
    print!("{}", machine::describe());
    println!("- command: `{}`", command(options));
    let bytes = corpus::bytes(&messages);
    println!(
        "- corpus: {}, {} messages, {bytes} bytes, {} a message",
        origin(),
        messages.len(),
        bytes / messages.len()
    );
    println!("- lexicon: the {} strings that the built-in rules look for\n", lexicon.len());

    println!("## Beside others, one thread, {rounds} rounds\n");
    println!("{}", beside::report(&messages, &lexicon, *rounds, python.as_ref()));
    println!(
        "A bare scan counts all overlapping hits in the text as it stands. YARA rules say which rules match, no more.\n"
    );

    println!("## By share of complaints\n\n{}", depends::complaints(&messages, *rounds));
    println!("At 0 % nothing is found in any message.\n");
    println!("## By length of messages\n\n{}", depends::length(&messages, *rounds));
    println!("## By number of rules\n\n{}", depends::rules(&messages, *rounds));
    println!(
        "The rules beyond the built-in ones are copies of them in other words: `benches/material/synthetic.rs`.\n"
    );
    println!("## By number of threads\n\n{}", depends::threads(&messages, *rounds));

    println!("## Start and memory\n\n{}", start::time(*rounds));
    println!("{}", start::memory(&messages));

    println!("## Growth\n\n{}", growth::report(&messages));
    println!("`assess` of a single message; 1 means that time grows just as the text does.");
}

fn origin() -> String {
    match corpus::named_file() {
        Some(path) => format!("`{}`", path.file_name().unwrap_or_default().display()),
        None => "made of the project's own samples (`benches/material/corpus.rs`)".to_owned(),
    }
}

/// How this program was called, files by their names alone.
fn command(options: &Options) -> String {
    let mut command = String::new();
    if let Some(path) = corpus::named_file() {
        command += &format!("TOUSU_CORPUS={} ", path.file_name().unwrap_or_default().display());
    }
    command += "cargo run --release --manifest-path benches/sidebyside/Cargo.toml -- ";
    command += &format!("--rounds {}", options.rounds);
    if options.messages < usize::MAX {
        command += &format!(" --messages {}", options.messages);
    }
    if options.python.is_some() {
        command += " --python python3";
    }
    command
}
