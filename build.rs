//! Compiles the rules below `rules/` with the library's own compiler, so that a program that starts need only read the
//! result; and lists the files for embedding, so that a new rule file needs no edit elsewhere.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

/// The part of the library that reads and compiles rules. What it holds beyond that is not called here.
#[path = "src"]
#[allow(dead_code, unused_imports)]
mod library {
    pub mod diagnostic;
    pub mod error;
    pub mod money;
    pub mod quantity;
    pub mod rules;
    pub mod set;
    pub mod span;
    pub mod taxonomy;
    pub mod text;
    pub mod trie;
    pub mod words;
}
// The library names its modules from its root.
use library::{diagnostic, error, money, quantity, rules, set, span, taxonomy, text, trie, words};

const WORDS: &str = include_str!("src/words/words.txt");

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let files = rules::RuleSet::read_dir(&root)?;
    let mut list = String::from("[\n");
    for file in &files {
        list.push_str(&format!("    ({:?}, include_str!({:?})),\n", file.name, root.join(&file.name)));
    }
    list.push(']');
    fs::write(out.join("rule_files.rs"), list)?;
    fs::write(out.join("words.bin"), postcard::to_allocvec(&dictionary())?)?;
    match rules::RuleSet::from_files(files) {
        Ok(rules) => fs::write(out.join("rules.bin"), postcard::to_allocvec(&rules)?)?,
        // Shown as the author of the rules wants to read it, not quoted.
        Err(faults) => {
            eprintln!("{faults}");
            std::process::exit(1);
        }
    }
    Ok(())
}

/// Compiles `words.txt`: a word and its frequency a line, `# total N` for the sum of all frequencies, other lines with `#`
/// passed over.
fn dictionary() -> words::Stored {
    let lines = WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    let total = WORDS.lines().find_map(|line| line.strip_prefix("# total "));
    let mut words: Vec<(&str, u32)> = lines.map(|(word, frequency)| (word, frequency.parse().unwrap_or(1))).collect();
    words.sort_unstable();
    words.dedup_by_key(|(word, _)| *word);
    words::Stored {
        words: trie::Trie::new(words.iter().map(|(word, _)| *word).zip(0..)),
        frequencies: words.iter().map(|(_, frequency)| *frequency).collect(),
        total: total.and_then(|total| total.parse().ok()).unwrap_or(1.0),
    }
}
