//! Getting ready. `Triage::builtin` is ready once a process, so that its start is measured in fresh processes, by the
//! side-by-side package.

use crate::material::rule_files::root;
use tousu::Triage;

/// Reading and compiling the rules from their folder, files already in the system's cache.
#[divan::bench(max_time = 5)]
fn rules_dir() -> Triage {
    Triage::builder().rules_dir(root().join("rules")).build().unwrap_or_else(|error| panic!("{error}"))
}

/// Asking for the built-in rules again.
#[divan::bench]
fn builtin_again() -> Triage {
    Triage::builtin()
}
