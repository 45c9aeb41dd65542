//! What a supervisor sees when a rule file has a fault: each file below `tests/diagnostics` beside what is said of it.
//!
//! `TOUSU_BLESS=1 cargo test --test diagnostics` rewrites the expectations; read the difference before you commit it.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};
use tousu::{Code, Triage};

#[test]
fn faults_are_told_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let bless = env::var_os("TOUSU_BLESS").is_some();
    let mut shown = BTreeSet::new();
    let mut differing = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let rules = fs::read_to_string(&path).unwrap();
        let error = Triage::builder().rules_text(name, rules).build().expect_err(name);
        assert!(!error.is_io());
        shown.extend(error.diagnostics().iter().map(|fault| fault.code.as_str()));
        let told: Vec<String> = error.diagnostics().iter().map(|fault| format!("{fault}\n")).collect();
        let told = told.join("\n");
        let expected = path.with_extension("txt");
        if bless {
            fs::write(&expected, &told).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != told {
            differing.push(format!("{name}:\n{told}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    // Codes that need more than one faulty file to show are tested where they arise.
    let elsewhere = ["T007", "T020", "T021", "T030", "T031"];
    for code in Code::ALL {
        assert!(
            shown.contains(code.as_str()) || elsewhere.contains(&code.as_str()),
            "{} is never shown",
            code.as_str()
        );
    }
}
