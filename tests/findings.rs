//! Which categories of a complaint are reported: how likely each is by itself and beside others.

use tousu::Triage;

/// Categories with rules of different weights: two for words that can be the same, a sign that is never likely, one with an
/// exception, and one that catches all the rest.
const RULES: &str = r#"
[judgement]
complaint = 0.5
finding = 0.3
guess = 0.2

[calibration]
complaint = { base = 4.0, evidence = 0.0 }
finding = { base = -2.0, points = 2.0, beside = 0.5, shared = 1.5 }

[[category]]
id = "x"
name = "某事"
blame = { seller = 1.0 }

[[category]]
id = "y"
name = "别的事"
blame = { seller = 1.0 }

[[category]]
id = "z"
name = "小事"
blame = { seller = 1.0 }

[[rule]]
id = "x/proof"
category = "x"
weight = 4.0
any = ["甲乙"]
hits = ["甲乙"]
misses = ["癸"]

[[rule]]
id = "y/proof"
category = "y"
weight = 2.5
any = ["乙"]
hits = ["乙"]
misses = ["癸"]

[[rule]]
id = "z/sign"
category = "z"
weight = 0.5
any = ["丙"]
hits = ["丙"]
misses = ["癸"]

[[category]]
id = "w"
name = "其他的事"
blame = { seller = 1.0 }
only_alone = true

[[hint]]
complaint = true
[hint.words]
"1.0" = ["庚事"]

[[category]]
id = "v"
name = "同样的事"
blame = { seller = 1.0 }

[[rule]]
id = "v/proof"
category = "v"
weight = 2.5
any = ["丁物"]
hits = ["丁物"]
misses = ["癸"]

[[rule]]
id = "v/exception"
category = "v"
weight = -1.0
any = ["戊"]
hits = ["戊"]
misses = ["癸"]
"#;

fn triage() -> Triage {
    Triage::builder().rules_text("x.toml", RULES).build().unwrap_or_else(|error| panic!("{error}"))
}

fn found(text: &str) -> Vec<String> {
    triage().assess(text).findings.into_iter().map(|finding| finding.category.to_string()).collect()
}

#[test]
fn the_likeliest_is_reported_where_none_is_likely_enough() {
    let report = triage().assess("丙");
    assert_eq!(report.findings[0].category, "z");
    assert!(report.findings[0].confidence < 0.3, "less than `finding` asks for");
    assert_eq!(found("己"), [""; 0]);
}

#[test]
fn what_fits_nowhere_is_told_by_the_words_that_make_it_a_complaint() {
    let report = triage().assess("庚事");
    assert_eq!(report.findings[0].category, "w");
    assert_eq!(report.findings[0].evidence[0].span.of(&report.text), "庚事");
}

#[test]
fn beside_another_a_weak_sign_is_not_enough() {
    assert_eq!(found("甲乙，丙"), ["x"]);
}

#[test]
fn words_of_another_category_prove_less() {
    assert_eq!(found("甲乙，隔得远的乙"), ["x", "y"]);
    assert_eq!(found("甲乙"), ["x"]);
}

#[test]
fn of_two_equals_none_stands_beside_the_other() {
    let report = triage().assess("丁物，隔得远的乙");
    let [first, second] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert!((first.confidence - second.confidence).abs() < 1e-12, "v and y have 2.5 points each");
}

#[test]
fn what_speaks_against_a_category_does_not_prove_it() {
    let report = triage().assess("丁物，戊");
    let told: Vec<&str> = report.findings[0].evidence.iter().map(|proof| proof.span.of(&report.text)).collect();
    assert_eq!(told, ["丁物"]);
}

#[test]
fn probabilities_are_as_the_rules_say() {
    let explanation = triage().explain("甲乙，乙，丙");
    let likely = |log_odds: f64| 1.0 / (1.0 + (-log_odds).exp());
    let alone = |points: f64| -2.0 + 2.0 * (1.0 + points).ln();
    for (category, shared, log_odds) in
        [("x", 0.0, alone(4.0)), ("y", 0.5, alone(2.5) - 0.5 - 0.75), ("z", 0.0, alone(0.5) - 0.5)]
    {
        let candidate = explanation.candidates.iter().find(|candidate| candidate.category == category).unwrap();
        assert!((candidate.shared - shared).abs() < 1e-12, "{category}");
        assert!((candidate.confidence - likely(4.0) * likely(log_odds)).abs() < 1e-9, "{category}");
    }
}
