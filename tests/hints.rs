//! What `[[hint]]` does: words that make a trouble likelier without proving it.

use tousu::{Report, Triage};

/// Two categories; a sign too weak to stand, a rule that stands; words that hint.
const RULES: &str = r#"
[judgement]
complaint = 0.5
finding = 0.5

[calibration]
complaint = { base = 0.0, evidence = 1.0, hints = 1.0 }
finding = { base = -2.0, points = 2.0, beside = 0.5 }

[[category]]
id = "x"
name = "某事"
blame = { seller = 1.0 }

[[category]]
id = "y"
name = "别的事"
blame = { seller = 1.0 }

[[concept]]
name = "否"
role = "negator"
terms = ["没有"]

[[concept]]
name = "妥当"
terms = ["稳妥", "妥当"]

[[rule]]
id = "x/sign"
category = "x"
weight = 1.0
any = ["甲处"]
hits = ["甲处"]
misses = ["癸"]

[[rule]]
id = "y/proof"
category = "y"
weight = 3.0
any = ["丙物"]
hits = ["丙物"]
misses = ["癸"]

[[rule]]
id = "settled/mended"
signal = "settled"
any = ["补好了"]
hits = ["补好了"]
misses = ["癸"]

[[hint]]
complaint = true
base = 0.0
[hint.words]
"3.0" = ["乙事"]
"7.0" = ["{不:妥当}"]

[[hint]]
category = "x"
base = -0.5
[hint.words]
"1.8" = ["乙事"]
"3.0" = ["{不:妥当}"]
"-2.0" = ["丁"]
"#;

fn assess(text: &str) -> Report {
    triage().assess(text)
}

fn triage() -> Triage {
    Triage::builder().rules_text("x.toml", RULES).build().unwrap_or_else(|error| panic!("{error}"))
}

fn found(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.category.as_str()).collect()
}

#[test]
fn hints_and_a_weak_sign_are_enough_together() {
    assert_eq!(found(&assess("甲处")), [""; 0]);
    assert_eq!(found(&assess("乙事")), [""; 0]);
    let report = assess("甲处，乙事");
    assert_eq!(found(&report), ["x"]);
    let evidence = report.findings[0].evidence.iter();
    let told: Vec<(&str, &str)> = evidence.map(|proof| (proof.span.of(&report.text), proof.rule.as_str())).collect();
    assert_eq!(told, [("甲处", "x/sign"), ("乙事", "x/hints")]);
}

#[test]
fn hints_never_take_from_what_rules_say() {
    let explanation = triage().explain("甲处，丁");
    assert_eq!((explanation.candidates[0].score, explanation.candidates[0].hints), (1.0, 0.0));
}

#[test]
fn what_is_denied_or_put_right_does_not_hint() {
    assert_eq!(found(&assess("甲处，没有乙事")), [""; 0]);
    assert_eq!(found(&assess("甲处，乙事，补好了")), [""; 0]);
}

#[test]
fn a_denied_concept_hints_where_its_denial_is_written() {
    assert_eq!(found(&assess("没有稳妥")), ["x"]);
    assert_eq!(found(&assess("稳妥")), [""; 0]);
}

#[test]
fn beside_a_category_that_rules_prove_hints_need_more() {
    assert_eq!(found(&assess("丙物，甲处，乙事")), ["y"]);
    assert_eq!(found(&assess("丙物，甲处，没有稳妥")), ["y", "x"]);
}

#[test]
fn words_are_explained_as_hints_are_written() {
    let words = triage().explain("甲处没有稳妥，乙事").words;
    assert_eq!(words, ["{不:妥当}", "{否}", "乙事", "甲处"]);
    let hint = format!("[[hint]]\ncategory = \"y\"\n[hint.words]\n\"1.0\" = {words:?}\n");
    Triage::builder()
        .rules_text("x.toml", format!("{RULES}\n{hint}"))
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
}
