//! The built-in rules as files, for what the library does not say about them.

use std::path::{Path, PathBuf};
use std::{env, fs};
use toml::Table;

/// The root of the repository: this code is compiled into a package below it as well.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().find(|folder| folder.join("rules/taxonomy.toml").is_file()).expect("rules/ lies above")
}

/// All rows of one table of the rules that read buyers' messages, in the order of the files' names. Lints are left out:
/// they read agents' drafts.
pub fn rows(table: &str) -> Vec<Table> {
    let mut paths = Vec::new();
    collect(&root().join("rules"), &mut paths);
    paths.sort();
    let mut rows = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut file: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        if let Some(found) = file.remove(table) {
            rows.extend(found.try_into::<Vec<Table>>().expect("an array of tables"));
        }
    }
    rows
}

/// The strings of an array; none where the key is missing.
pub fn strings<'r>(row: &'r Table, key: &str) -> impl Iterator<Item = &'r str> {
    row.get(key).and_then(|value| value.as_array()).into_iter().flatten().filter_map(|value| value.as_str())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            if !path.ends_with("lints") {
                collect(&path, paths);
            }
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
}
