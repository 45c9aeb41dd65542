//! How buyers talk: every `[[case]]` below `tests/language`, one file a phenomenon, sentences of our own.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tousu::{Report, Triage};

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    complaint: Option<bool>,
    /// Categories that must be found.
    #[serde(default)]
    expect: Vec<String>,
    /// Categories that must not be found.
    #[serde(default)]
    forbid: Vec<String>,
    #[serde(default)]
    expect_demands: Vec<String>,
    #[serde(default)]
    forbid_demands: Vec<String>,
    #[serde(default)]
    expect_risks: Vec<String>,
    #[serde(default)]
    forbid_risks: Vec<String>,
    blame: Option<String>,
    stage: Option<String>,
}

impl Case {
    /// What the report says against the case.
    fn objections(&self, report: &Report) -> Vec<String> {
        let categories: BTreeSet<&str> = report.findings.iter().map(|found| found.category.as_str()).collect();
        let demands: BTreeSet<&str> = report.demands.iter().map(|found| found.demand.as_str()).collect();
        let risks: BTreeSet<&str> = report.risks.iter().map(|found| found.risk.as_str()).collect();
        let mut objections = Vec::new();
        let mut compare = |what: &str, found: &BTreeSet<&str>, expect: &[String], forbid: &[String]| {
            for name in expect.iter().filter(|name| !found.contains(name.as_str())) {
                objections.push(format!("{what} {name} not found, only {found:?}"));
            }
            for name in forbid.iter().filter(|name| found.contains(name.as_str())) {
                objections.push(format!("{what} {name} wrongly found"));
            }
        };
        compare("category", &categories, &self.expect, &self.forbid);
        compare("demand", &demands, &self.expect_demands, &self.forbid_demands);
        compare("risk", &risks, &self.expect_risks, &self.forbid_risks);
        if self.complaint.is_some_and(|complaint| complaint != report.complaint) {
            objections.push(format!("complaint is {}, {categories:?}", report.complaint));
        }
        if self.blame.as_deref().is_some_and(|party| party != report.blame.party.as_str()) {
            objections.push(format!("blame is {}", report.blame.party));
        }
        if self.stage.as_deref().is_some_and(|stage| stage != report.stage.as_str()) {
            objections.push(format!("stage is {}", report.stage));
        }
        objections
    }
}

#[test]
fn every_sentence_is_understood() {
    let triage = Triage::builtin();
    let mut names = BTreeSet::new();
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language")).unwrap() {
        let path = entry.unwrap().path();
        let phenomenon = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file: File =
            toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{phenomenon}: {e}"));
        assert!(file.case.len() >= 15, "{phenomenon} has only {} cases", file.case.len());
        for case in file.case {
            count += 1;
            for objection in case.objections(&triage.assess(&case.text)) {
                failed.push(format!("{phenomenon}/{}: {}\n    {objection}", case.name, case.text));
            }
            let name = format!("{phenomenon}/{}", case.name);
            assert!(names.insert(name.clone()), "two cases are named {name}");
        }
    }
    assert!(failed.is_empty(), "{} objections in {count} cases\n{}", failed.len(), failed.join("\n"));
}
