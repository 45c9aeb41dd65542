//! Corners of the rule language that a supervisor may walk into.

use tousu::{Case, Stage, Triage};

/// A rule set of one category and the given rows.
fn rules(rows: &str) -> Triage {
    let category = "[[category]]\nid = \"x\"\nname = \"某事\"\nblame = { seller = 1.0 }\n";
    Triage::builder()
        .rules_text("x.toml", format!("{category}\n{rows}"))
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
}

fn rule(keys: &str) -> String {
    format!("[[rule]]\nid = \"x/rule\"\ncategory = \"x\"\n{keys}\nhits = [\"甲\"]\nmisses = [\"癸\"]\n")
}

#[test]
fn concepts_build_on_concepts_with_gaps() {
    let triage = rules(&format!(
        "[[concept]]\nname = \"一\"\nterms = [\"甲…乙\"]\n[[concept]]\nname = \"二\"\nterms = [\"{{一}}…丙\"]\n{}",
        rule("any = [\"{二}\"]")
    ));
    assert!(triage.assess("甲一乙丙").complaint);
    assert!(!triage.assess("甲一丙乙").complaint);
}

#[test]
fn a_concept_of_words_and_a_gap_stands_alone() {
    let triage = rules(&format!("[[concept]]\nname = \"一\"\nterms = [\"甲…乙\"]\n{}", rule("any = [\"{一}\"]")));
    assert!(triage.assess("甲丁乙").complaint);
}

#[test]
fn a_denied_part_keeps_a_composed_concept_from_forming() {
    let negator = "[[concept]]\nname = \"否\"\nrole = \"negator\"\nterms = [\"没有\"]\n";
    let triage =
        rules(&format!("{negator}[[concept]]\nname = \"一\"\nterms = [\"甲…乙\"]\n{}", rule("any = [\"{一}\"]")));
    assert!(triage.assess("甲丁乙").complaint);
    assert!(!triage.assess("甲没有乙").complaint);
}

#[test]
fn a_rule_for_settled_troubles_needs_a_settlement() {
    let signal =
        "[[rule]]\nid = \"s/s\"\nsignal = \"settled\"\nany = [\"补了\"]\nhits = [\"补了\"]\nmisses = [\"癸\"]\n";
    let triage = rules(&format!("{signal}{}", rule("any = [\"少发\"]\nstatus = [\"settled\"]")));
    assert!(triage.assess("少发一件，马上补了").complaint);
    assert!(!triage.assess("少发一件").complaint);
}

#[test]
fn none_looks_at_the_clause_and_unless_at_the_whole_text() {
    let near = rules(&rule("any = [\"甲\"]\nnone = [\"乙\"]"));
    assert!(near.assess("甲，乙").complaint);
    assert!(!near.assess("甲乙").complaint);
    let anywhere = rules(&rule("any = [\"甲\"]\nunless = [\"乙\"]"));
    assert!(!anywhere.assess("甲，丙，乙").complaint);
}

#[test]
fn the_usual_stage_of_a_category_counts_where_the_text_tells_none() {
    let category = |id: &str, keys: &str| {
        format!("[[category]]\nid = \"{id}\"\nname = \"某事\"\nblame = {{ seller = 1.0 }}\n{keys}\n")
    };
    let rule = |target: &str, word: &str| {
        format!(
            "[[rule]]\nid = \"{word}/rule\"\n{target}\nweight = 3\nany = [\"{word}\"]\nhits = [\"{word}\"]\nmisses = [\"癸\"]\n"
        )
    };
    let rows = [
        category("x", "stage = \"received\""),
        category("y", ""),
        rule("category = \"x\"", "甲"),
        rule("category = \"y\"", "乙"),
        rule("stage = \"in_transit\"", "丙"),
    ];
    let triage =
        Triage::builder().rules_text("x.toml", rows.concat()).build().unwrap_or_else(|error| panic!("{error}"));
    let stage = |text: &str| triage.assess(text).stage;
    assert_eq!([stage("甲"), stage("乙"), stage("乙甲")], [Stage::Received, Stage::Unknown, Stage::Received]);
    assert_eq!([stage("甲丙"), stage("丁")], [Stage::InTransit, Stage::Unknown], "what the text tells comes first");
    assert_eq!(triage.assess(Case::new("甲").stage(Stage::BeforeShipping)).stage, Stage::BeforeShipping);
}

#[test]
fn a_category_that_stands_only_alone_goes_where_another_stands() {
    let triage = rules(&format!(
        "[[category]]\nid = \"rest\"\nname = \"其他\"\nonly_alone = true\nblame = {{}}\n{}{}",
        "[[rule]]\nid = \"rest/r\"\ncategory = \"rest\"\nweight = 9\nany = [\"乙\"]\nhits = [\"乙\"]\nmisses = [\"癸\"]\n",
        rule("any = [\"甲\"]")
    ));
    let found = |text| triage.assess(text).findings.into_iter().map(|finding| finding.name).collect::<Vec<_>>();
    assert_eq!(found("乙"), ["其他"]);
    assert_eq!(found("甲，乙"), ["某事"]);
}

#[test]
fn a_long_run_of_placeholders_is_read_once() {
    // Quadratic reading would take minutes here.
    let text = format!("甲{}", "n".repeat(400_000));
    assert!(!rules(&rule("any = [\"甲…3{数量>=3}\"]")).assess(text.as_str()).complaint);
}

#[test]
fn a_long_clause_is_read_once() {
    // Quadratic reading would take minutes here: a denial at the end, which every word before it looks at, and words of
    // proof with no mark between them, each of which might be repeated in a reply.
    for text in [
        format!("{}都没有", "坏了".repeat(60_000)),
        format!("坏、{}都没有", "坏、好".repeat(40_000)),
        "快递没到".repeat(40_000),
    ] {
        Triage::builtin().assess(text.as_str());
    }
}

#[test]
fn names_are_never_rewritten_into_another_script() {
    let case = Case::new("蘋果全爛了，要求退款").customer("余先生").shop("范記后街店");
    let report = Triage::builtin().assess(case);
    let chat = &report.replies[0].text;
    assert!(chat.starts_with("余先生") && chat.contains("退款"), "{chat}");
    assert!(!report.replies.iter().any(|reply| reply.text.contains(['餘', '範', '\u{E000}', '\u{E001}'])), "{chat}");
}

#[test]
fn a_word_that_may_be_missing_leaves_the_gap_written_last() {
    let triage = rules(&rule("any = [\"甲\", \"(乙|丙)(的|了|)(丁|戊)…4(元|块|)……9(己|庚)\"]"));
    for (text, fires) in [
        ("乙丁己", true),
        ("丙的戊庚", true),
        ("乙得丁己", false),
        ("乙丁一二三四元己", true),
        ("乙丁一二三四五六七八九己", true),
        ("乙丁一二三四五六七八九十己", false),
        ("乙丁一二三四元一二三四五六七八九己", true),
        ("乙丁一二三四五元一二三四五六七八九己", false),
        ("乙丁，己", true),
        ("乙丁。己", false),
    ] {
        assert_eq!(triage.assess(text).complaint, fires, "{text}");
    }
}

#[test]
fn an_exception_holds_for_concepts_made_of_the_one_that_has_it() {
    let concept = |name: &str, rest: &str| format!("[[concept]]\nname = \"{name}\"\n{rest}\n");
    let concepts = [
        concept("内", "terms = [\"坏物\"]"),
        concept("壳", "terms = [\"{内}\"]\nexcept = [\"好坏物\"]"),
        concept("外", "terms = [\"{壳}\"]"),
        concept("旁", "terms = [\"{内}\"]"),
    ];
    let of = |name: &str| rules(&format!("{}{}", concepts.concat(), rule(&format!("any = [\"{{{name}}}\"]"))));
    for (name, found) in [("壳", false), ("外", false), ("旁", true)] {
        assert!(of(name).assess("是坏物").complaint, "{name}");
        assert_eq!(of(name).assess("是好坏物").complaint, found, "{name}");
    }
}

#[test]
fn the_clause_may_end_a_little_behind_the_last_word() {
    let triage = rules(&rule("any = [\"甲…2(乙|$)\"]"));
    let found = ["甲", "甲子丑", "甲子乙寅卯辰", "甲子丑，寅"].map(|text| triage.assess(text).complaint);
    assert_eq!(found, [true, true, true, true]);
    assert!(!triage.assess("甲子丑寅").complaint);
}
