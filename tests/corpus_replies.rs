//! What holds for the reply to whatever a buyer writes: whole sentences, and no apology for what he did not report.
//!
//! ```text
//! TOUSU_CORPUS=messages.txt cargo test --release --test corpus_replies     one message a line, instead of the samples
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};
use toml::Table;
use tousu::{Report, Triage};

const SAMPLES: &str = include_str!("../examples/complaints.txt");

fn corpus() -> String {
    match env::var_os("TOUSU_CORPUS") {
        Some(path) => fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        None => SAMPLES.to_owned(),
    }
}

/// Words that name a trouble, with the categories that a buyer who gets to hear them must have reported.
///
/// They are looked for in the sentences that apologise, admit or name the trouble; an offer may well speak of other
/// things (`拍错了没关系`).
const NAMED: &[(&str, &[&str])] = &[
    ("变质", &["goods.spoiled"]),
    ("不新鲜", &["goods.spoiled"]),
    ("正品", &["goods.counterfeit"]),
    ("发错", &["shipping.wrong_item"]),
    ("拣货", &["shipping.wrong_item"]),
    ("没有点清楚", &["shipping.missing_item"]),
    ("东西少了", &["shipping.missing_item"]),
    ("破损", &["logistics.damaged"]),
    ("没货", &["shipping.out_of_stock"]),
    ("库存", &["shipping.out_of_stock"]),
    ("发货拖", &["shipping.late"]),
    ("按时发", &["shipping.late"]),
    ("显示已发货", &["shipping.fake"]),
    ("态度", &["service.attitude"]),
    ("委屈", &["service.attitude", "logistics.courier_service"]),
    ("没有兑现", &["service.broken_promise"]),
    ("落了空", &["service.broken_promise", "shipping.out_of_stock"]),
    ("安装", &["service.installation"]),
    ("售后", &["aftersale.refusal"]),
    ("定制", &["aftersale.custom_goods"]),
    ("定做", &["aftersale.custom_goods"]),
    ("发票", &["invoice.problem"]),
    ("开票", &["invoice.problem"]),
    ("买亏", &["price.dispute"]),
    ("物流慢", &["logistics.slow"]),
    ("送错", &["logistics.misrouted"]),
    ("查不到", &["logistics.no_tracking"]),
    ("拍错", &["buyer.wrong_order"]),
    ("不想要", &["buyer.regret"]),
    ("包装", &["shipping.packaging", "goods.spoiled", "logistics.damaged"]),
    ("质量", &["goods.defective"]),
    ("页面", &["goods.not_as_described", "shipping.fake"]),
    ("受惊", &["goods.harmful"]),
];

/// Sentences that take the trouble up: everything up to the remedy.
fn acknowledging(chat: &str) -> &str {
    chat.lines().next().unwrap_or_default()
}

fn faults(report: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    let found: BTreeSet<&str> = report.findings.iter().map(|finding| finding.category.as_str()).collect();
    if !report.complaint && !report.replies.is_empty() {
        faults.push("a reply to no complaint".to_owned());
    }
    let replies = report.replies.iter().map(|reply| (reply.channel.as_str(), &reply.text));
    let follow_ups = report.follow_ups.iter().map(|message| ("", &message.text));
    for (channel, text) in replies.chain(follow_ups) {
        if text.contains(['{', '}']) {
            faults.push(format!("a brace: {text}"));
        }
        for gap in
            ["，，", "。。", "，。", "。，", "、。", "、，", "：。", "“”", "「」", "  ", "关于的", "把发给", "您说，"]
        {
            if text.contains(gap) {
                faults.push(format!("an empty slot ({gap}): {text}"));
            }
        }
        if channel == "sms" && text.chars().count() > 70 {
            faults.push(format!("too long for a text message: {text}"));
        }
        if channel == "chat" {
            let said = simplified(acknowledging(text));
            for (word, categories) in NAMED {
                let own = simplified(&report.text).contains(word);
                if said.contains(word) && !own && !categories.iter().any(|category| found.contains(category)) {
                    faults.push(format!("speaks of {word}: {text}"));
                }
            }
        }
    }
    faults
}

/// The few Traditional characters of [`NAMED`] in Simplified, so that one list serves both scripts.
fn simplified(text: &str) -> String {
    const PAIRS: &[(char, char)] = &[
        ('變', '变'),
        ('質', '质'),
        ('鮮', '鲜'),
        ('發', '发'),
        ('錯', '错'),
        ('揀', '拣'),
        ('貨', '货'),
        ('點', '点'),
        ('損', '损'),
        ('沒', '没'),
        ('庫', '库'),
        ('時', '时'),
        ('顯', '显'),
        ('態', '态'),
        ('兌', '兑'),
        ('現', '现'),
        ('裝', '装'),
        ('後', '后'),
        ('訂', '定'),
        ('製', '制'),
        ('開', '开'),
        ('買', '买'),
        ('虧', '亏'),
        ('東', '东'),
        ('頁', '页'),
    ];
    text.chars().map(|c| PAIRS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
}

#[test]
fn every_reply_is_whole_and_apologises_for_nothing_unreported() {
    let triage = Triage::builtin();
    let mut failing = Vec::new();
    for line in corpus().lines() {
        let report = triage.assess(line);
        failing.extend(faults(&report).into_iter().map(|fault| format!("{line}\n  {fault}")));
    }
    assert!(failing.is_empty(), "{} faults:\n{}", failing.len(), failing[..failing.len().min(20)].join("\n"));
}

/// The sentences that the rules write for one category or family alone.
fn sentences_of_categories() -> BTreeMap<String, BTreeSet<String>> {
    let mut sentences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/replies");
    for entry in fs::read_dir(folder).unwrap() {
        let rules: Table = fs::read_to_string(entry.unwrap().path()).unwrap().parse().unwrap();
        let acts = rules.get("act").and_then(|acts| acts.as_array()).cloned().unwrap_or_default();
        for act in &acts {
            let text = act["text"].as_str().unwrap();
            let Some(categories) = act.get("categories").and_then(|categories| categories.as_array()) else { continue };
            let of = |name: &str| ["hear", "sorry", "aside"].contains(&name);
            if !of(act["act"].as_str().unwrap()) || text.contains(['{', '%']) {
                continue;
            }
            let categories = categories.iter().map(|category| category.as_str().unwrap().to_owned());
            sentences.entry(text.to_owned()).or_default().extend(categories);
        }
    }
    sentences
}

#[test]
fn what_is_written_for_a_category_is_said_to_nobody_else() {
    let triage = Triage::builtin();
    let sentences = sentences_of_categories();
    assert!(sentences.len() > 60, "only {}", sentences.len());
    let mut failing = Vec::new();
    for line in corpus().lines() {
        let report = triage.assess(line);
        let found = |category: &String| report.findings.iter().any(|finding| finding.category == *category.as_str());
        for reply in &report.replies {
            for (sentence, categories) in &sentences {
                if reply.text.contains(sentence.as_str()) && !categories.iter().any(found) {
                    failing.push(format!("{line}\n  {sentence}"));
                }
            }
        }
    }
    assert!(failing.is_empty(), "{} faults:\n{}", failing.len(), failing[..failing.len().min(20)].join("\n"));
}
