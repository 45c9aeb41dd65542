//! Data flows one way: a module of `src/` uses only modules that stand before it in this list.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ORDER: &[&str] = &[
    "span",
    "money",
    "set",
    "taxonomy",
    "case",
    "report",
    "insights",
    "diagnostic",
    "error",
    "text",
    "quantity",
    "trie",
    "words",
    "rules",
    "builtin",
    "segment",
    "shop",
    "cues",
    "reach",
    "scan",
    "context",
    "matching",
    "judge",
    "pool",
    "advise",
    "reply",
    "draft",
    "engine",
    "batch",
];

#[test]
fn no_module_imports_upward() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut upward = Vec::new();
    let mut seen = BTreeSet::new();
    for file in rust_files(&source) {
        let relative = file.strip_prefix(&source).unwrap();
        let module = relative.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if module == "lib" {
            continue;
        }
        let rank = rank(&module);
        seen.insert(module.clone());
        let text = fs::read_to_string(&file).unwrap();
        for used in crate_paths(&text) {
            if used != module && self::rank(&used) >= rank {
                upward.push(format!("{} uses crate::{used}", relative.display()));
            }
        }
    }
    assert!(upward.is_empty(), "upward imports:\n{}", upward.join("\n"));
    assert_eq!(seen.len(), ORDER.len(), "a module of the list is gone: {seen:?}");
}

fn rank(module: &str) -> usize {
    ORDER.iter().position(|name| *name == module).unwrap_or_else(|| panic!("module {module} has no place in the order"))
}

/// The first segment of every `crate::…` path, comments and tests included. It must be a module: a group or an item
/// re-exported by lib.rs would hide where an import leads.
fn crate_paths(text: &str) -> BTreeSet<String> {
    let paths = text.match_indices("crate::").map(|(at, found)| &text[at + found.len()..]);
    paths
        .map(|rest| {
            assert!(
                rest.starts_with(|c: char| c.is_lowercase()),
                "name the module: crate::{}",
                &rest[..rest.len().min(20)]
            );
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        })
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
