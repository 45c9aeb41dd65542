//! Twenty-five complaints with everything an agent gets for them, in one file to read from top to bottom.
//!
//! `TOUSU_BLESS=1 cargo test --test golden` rewrites `tests/golden/replies.txt`; read the difference before you commit it.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};
use toml::{Table, Value};
use tousu::{Case, Channel, Platform, Report, ShopProfile, Stage, Tone, Triage};

fn text<'t>(row: &'t Table, key: &str) -> Option<&'t str> {
    row.get(key).map(|value| value.as_str().unwrap_or_else(|| panic!("{key} is no text")))
}

/// A word of the library's vocabulary; one that does not exist is a mistake in the file.
fn word<T>(row: &Table, key: &str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
    text(row, key).map(|name| from_name(name).unwrap_or_else(|| panic!("no {key} {name}")))
}

fn case(row: &Table) -> Case<'_> {
    const KEYS: [&str; 15] = [
        "title",
        "text",
        "customer",
        "order",
        "product",
        "shop",
        "agent",
        "platform",
        "stage",
        "channel",
        "tone",
        "paid",
        "hours_since_order",
        "new_shop",
        "freight_insurance",
    ];
    for key in row.keys() {
        assert!(KEYS.contains(&key.as_str()), "unknown key {key}");
    }
    let mut case = Case::new(text(row, "text").unwrap());
    for (key, set) in [
        ("customer", Case::customer as fn(_, String) -> _),
        ("order", Case::order),
        ("product", Case::product),
        ("shop", Case::shop),
        ("agent", Case::agent),
    ] {
        if let Some(fact) = text(row, key) {
            case = set(case, fact.to_owned());
        }
    }
    if let Some(platform) = word(row, "platform", Platform::from_name) {
        case = case.platform(platform);
    }
    if let Some(stage) = word(row, "stage", Stage::from_name) {
        case = case.stage(stage);
    }
    if let Some(channel) = word(row, "channel", Channel::from_name) {
        case = case.channel(channel);
    }
    if let Some(tone) = word(row, "tone", Tone::from_name) {
        case = case.tone(tone);
    }
    if let Some(paid) = text(row, "paid") {
        case = case.paid(paid.parse().unwrap());
    }
    if let Some(hours) = row.get("hours_since_order") {
        case = case.hours_since_order(u32::try_from(hours.as_integer().unwrap()).unwrap());
    }
    case
}

fn shop(row: &Table) -> ShopProfile {
    let flag = |key: &str| row.get(key).is_some_and(|value| value.as_bool().unwrap());
    let mut shop = ShopProfile::default();
    shop.new_shop = flag("new_shop");
    shop.freight_insurance = flag("freight_insurance");
    shop
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        other => panic!("unexpected {other:?}"),
    }
}

/// The facts as the file states them.
fn told(row: &Table) -> String {
    let facts = row.iter().filter(|(key, _)| !matches!(key.as_str(), "title" | "text"));
    let told: Vec<String> = facts.map(|(key, value)| format!("{key} {}", plain(value))).collect();
    if told.is_empty() { "（只有这句话）".to_owned() } else { told.join("，") }
}

fn show(out: &mut String, number: usize, row: &Table, report: &Report) {
    let rule = "━".repeat(60);
    writeln!(out, "{rule}\n{number}. {}\n{rule}", text(row, "title").unwrap()).unwrap();
    writeln!(out, "买家：{}\n已知：{}", report.text, told(row)).unwrap();
    for finding in &report.findings {
        let words: Vec<&str> = finding.evidence.iter().map(|proof| proof.span.of(&report.text)).collect();
        writeln!(out, "发现：{}（{}）← {}", finding.name, finding.category, words.join(" / ")).unwrap();
    }
    writeln!(out, "责任：{}，阶段：{}，{}", report.blame.party.label(), report.stage.label(), report.severity.label())
        .unwrap();
    for remedy in report.remedies.iter().take(3) {
        writeln!(out, "办法：{}　因为{}", remedy.name, remedy.why).unwrap();
    }
    for reply in &report.replies {
        writeln!(out, "\n【{}】", reply.channel).unwrap();
        writeln!(out, "{}", reply.text).unwrap();
    }
    writeln!(out).unwrap();
    for message in &report.follow_ups {
        writeln!(out, "回访（{} 小时）：{}", message.due_minutes / 60, message.text).unwrap();
    }
    for lesson in &report.lessons {
        writeln!(out, "根因（{}）：{}\n{}", lesson.category, lesson.cause, lesson.prevention).unwrap();
    }
    for check in &report.closing {
        writeln!(out, "结案：{}", check.text).unwrap();
    }
    out.push('\n');
}

#[test]
fn replies_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let cases: Table = fs::read_to_string(folder.join("complaints.toml")).unwrap().parse().unwrap();
    let rows: Vec<&Table> = cases["case"].as_array().unwrap().iter().map(|row| row.as_table().unwrap()).collect();
    assert_eq!(rows.len(), 25);
    let mut shown = String::new();
    let mut unanswered: Vec<usize> = Vec::new();
    for (row, number) in rows.into_iter().zip(1..) {
        let report = Triage::builtin().with_shop(shop(row)).assess(case(row));
        unanswered.extend(report.replies.is_empty().then_some(number));
        show(&mut shown, number, row, &report);
    }
    assert!(unanswered.is_empty(), "no reply to {unanswered:?}");
    let expected = folder.join("replies.txt");
    if env::var_os("TOUSU_BLESS").is_some() {
        fs::write(&expected, &shown).unwrap();
    } else {
        let recorded = fs::read_to_string(&expected).unwrap_or_default();
        for (line, (now, then)) in shown.lines().zip(recorded.lines()).enumerate() {
            assert_eq!(now, then, "replies.txt, line {}", line + 1);
        }
        assert_eq!(shown.len(), recorded.len(), "replies.txt is longer or shorter than it was");
    }
}
