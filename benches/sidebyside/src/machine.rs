//! What was measured, on what.

use std::fs;
use std::process::Command;
use std::thread;

const LOCK: &str = include_str!("../Cargo.lock");

/// One line each: processor, compiler, versions.
pub fn describe() -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let processor = processor.trim_start_matches(['\t', ' ', ':']);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (kind, system) = (std::env::consts::ARCH, std::env::consts::OS);
    let engines = ["tousu", "aho-corasick", "daachorse", "jieba-rs", "boreal"];
    let engines = engines.map(|name| format!("{name} {}", version(name))).join(", ");
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "- machine: {processor}, {cores} cores, {kind}, {system}; load before the run: {load}\n- compiler: {}\n- versions: {engines}\n",
        said_by("rustc", "--version"),
    )
}

/// What Cargo.lock says of a package.
fn version(name: &str) -> &'static str {
    let found = LOCK.split("[[package]]").find(|package| package.contains(&format!("name = \"{name}\"")));
    let version = found.and_then(|package| package.split("version = \"").nth(1));
    version.and_then(|version| version.split('"').next()).unwrap_or("unknown")
}

fn said_by(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    output.map_or("unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock_file() {
        assert_eq!(version("tousu"), "0.1.0");
        assert!(version("daachorse").starts_with("5."));
        assert_eq!(version("nothing-of-that-name"), "unknown");
    }
}
