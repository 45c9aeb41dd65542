//! The rules that come with the library: their files, and the same compiled when the library was built.

use crate::error::LoadError;
use crate::rules::RuleSet;
use crate::rules::source::SourceFile;
use crate::words::Dictionary;
use std::sync::LazyLock;

/// Name and text of every file.
const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/rule_files.rs"));
/// What `build.rs` made of them.
const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The dictionary, likewise.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));

/// The dictionary for vetoes, read when it is first asked for.
pub(crate) static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    match postcard::from_bytes(WORDS) {
        Ok(dictionary) => dictionary,
        // It is part of the program: a release whose own tests pass never comes here.
        Err(error) => unreachable!("the dictionary cannot be read: {error}"),
    }
});

/// The built-in rules, as compiled at build time: fast to read, without the sentences that prove them.
///
/// # Errors
/// None that a release could have: what is read was written by the same code.
pub(crate) fn stored() -> Result<RuleSet, postcard::Error> {
    postcard::from_bytes(COMPILED)
}

/// The built-in rules, compiled anew from their files.
///
/// # Errors
/// None: faults would have kept the library from being built.
pub(crate) fn compiled() -> Result<RuleSet, LoadError> {
    let file = |&(name, text): &(&str, &str)| SourceFile { name: name.to_owned(), text: text.to_owned() };
    RuleSet::from_files(FILES.iter().map(file).collect())
}
