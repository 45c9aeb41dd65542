//! The sample complaints: every category at least twice, and none that comes back empty-handed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tousu::{Script, Triage};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn categories() -> Vec<String> {
    let taxonomy: toml::Table = fs::read_to_string(root().join("rules/taxonomy.toml")).unwrap().parse().unwrap();
    let rows = taxonomy["category"].as_array().unwrap();
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_category_shows_twice_in_either_script() {
    let triage = Triage::builtin();
    let samples = fs::read_to_string(root().join("examples/complaints.txt")).unwrap();
    let mut shown: BTreeMap<String, usize> = categories().into_iter().map(|id| (id, 0)).collect();
    let mut traditional = 0;
    let mut complaints = 0;
    for line in samples.lines() {
        let report = triage.assess(line);
        complaints += usize::from(report.complaint);
        traditional += usize::from(report.script == Script::Traditional);
        for finding in &report.findings {
            *shown.get_mut(finding.category.as_str()).unwrap() += 1;
        }
    }
    let seldom: Vec<_> = shown.iter().filter(|(_, count)| **count < 2).collect();
    assert!(seldom.is_empty(), "{seldom:?}");
    assert!(complaints >= 80, "only {complaints} complaints");
    assert!(traditional >= 20, "only {traditional} in Traditional script");
}

#[test]
fn no_complaint_comes_back_empty_handed() {
    let triage = Triage::builtin();
    let samples = fs::read_to_string(root().join("examples/complaints.txt")).unwrap();
    for report in samples.lines().map(|line| triage.assess(line)).filter(|report| report.complaint) {
        let text = &report.text;
        assert!(!report.remedies.is_empty(), "no remedy: {text}");
        assert!(report.remedies.iter().all(|remedy| !remedy.why.is_empty() && !remedy.sources.is_empty()), "{text}");
        assert!(!report.plan.is_empty(), "no plan: {text}");
        assert!(!report.replies.is_empty(), "no reply: {text}");
        for reply in &report.replies {
            assert!(!reply.text.contains(['{', '}']), "raw placeholder: {}", reply.text);
        }
    }
}
