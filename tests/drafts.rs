//! An agent's drafts: what must be found in the bad ones, and that the good ones are left alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;
use tousu::{Case, Channel, Lint, Report, ShopProfile, Triage};

#[derive(Deserialize)]
struct Drafts {
    draft: Vec<Draft>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    name: String,
    complaint: String,
    text: String,
    channel: Option<String>,
    customer: Option<String>,
    order: Option<String>,
    paid: Option<String>,
    /// The shop's terms, as TOML.
    shop: Option<String>,
    /// Lints that must be found.
    #[serde(default)]
    finds: Vec<String>,
    /// The words that the first of them points at; empty where something is missing.
    at: Option<String>,
}

impl Draft {
    fn report(&self) -> Report {
        let mut case = Case::new(&self.complaint);
        if let Some(channel) = &self.channel {
            case = case.channel(Channel::from_name(channel).unwrap());
        }
        if let Some(customer) = &self.customer {
            case = case.customer(customer);
        }
        if let Some(order) = &self.order {
            case = case.order(order);
        }
        if let Some(paid) = &self.paid {
            case = case.paid(paid.parse().unwrap());
        }
        let report = Triage::builtin().assess(case);
        assert!(report.complaint, "{}: no complaint in {}", self.name, self.complaint);
        report
    }

    fn lints(&self) -> Vec<Lint> {
        let shop = self.shop.as_ref().map(|terms| ShopProfile::from_toml("shop.toml", terms).unwrap());
        Triage::builtin().with_shop(shop.unwrap_or_default()).review_draft(&self.text, &self.report())
    }
}

fn drafts(file: &str) -> Vec<Draft> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts").join(file);
    let drafts: Drafts = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let names: BTreeSet<&str> = drafts.draft.iter().map(|draft| draft.name.as_str()).collect();
    assert_eq!(names.len(), drafts.draft.len(), "{file}: a name is used twice");
    assert!(drafts.draft.len() >= 60, "{file}: {} drafts", drafts.draft.len());
    drafts.draft
}

fn shown(draft: &str, lints: &[Lint]) -> String {
    lints.iter().map(|lint| format!("\n    {} ← {}", lint.id, lint.span.of(draft))).collect()
}

#[test]
fn good_drafts_are_left_alone() {
    let mut wrong = Vec::new();
    for draft in drafts("good.toml") {
        let lints = draft.lints();
        if !lints.is_empty() {
            wrong.push(format!("{}{}", draft.name, shown(&draft.text, &lints)));
        }
    }
    assert!(wrong.is_empty(), "{} good drafts are blamed\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn faults_are_found_in_bad_drafts() {
    let mut wrong = Vec::new();
    for draft in drafts("bad.toml") {
        assert!(!draft.finds.is_empty(), "{} expects nothing", draft.name);
        let lints = draft.lints();
        for id in &draft.finds {
            if !lints.iter().any(|lint| lint.id == id.as_str()) {
                wrong.push(format!("{}: {id} not found in {}{}", draft.name, draft.text, shown(&draft.text, &lints)));
            }
        }
        let first = lints.iter().find(|lint| lint.id == draft.finds[0].as_str());
        if let (Some(at), Some(lint)) = (&draft.at, first)
            && lint.span.of(&draft.text) != at
        {
            wrong.push(format!("{}: {} points at {}", draft.name, lint.id, lint.span.of(&draft.text)));
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_lint_is_found_in_some_bad_draft() {
    let expected: BTreeSet<String> = drafts("bad.toml").into_iter().flat_map(|draft| draft.finds).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/lints");
    let mut unseen = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file: toml::Table = toml::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        for lint in file.get("lint").and_then(toml::Value::as_array).into_iter().flatten() {
            let id = lint["id"].as_str().unwrap();
            if !expected.contains(id) {
                unseen.push(id.to_owned());
            }
        }
    }
    assert!(unseen.is_empty(), "no bad draft shows {unseen:?}");
}

#[test]
fn what_the_library_writes_itself_is_left_alone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/complaints.txt");
    let triage = Triage::builtin();
    let mut wrong = Vec::new();
    for complaint in fs::read_to_string(path).unwrap().lines() {
        let case = Case::new(complaint).customer("王女士").paid("199.00".parse().unwrap()).order("2026112200001");
        for case in [Case::new(complaint), case] {
            let mut report = triage.assess(case);
            for reply in report.replies.clone() {
                report.facts.channel = Some(reply.channel);
                let lints = triage.review_draft(&reply.text, &report);
                if !lints.is_empty() {
                    wrong.push(format!("{complaint}\n  {}{}", reply.id, shown(&reply.text, &lints)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} replies are blamed\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_worst_comes_first() {
    let report = Triage::builtin().assess("杯子碎了，客服还不理人");
    let lints = Triage::builtin().review_draft("便宜没好货，您改成五星我给您发红包", &report);
    assert_eq!(lints[0].id, "review/pays");
    assert!(lints.is_sorted_by_key(|lint| std::cmp::Reverse(lint.severity)));
}

#[test]
fn lints_survive_json() {
    let report = Triage::builtin().assess("杯子碎了");
    let lints = Triage::builtin().review_draft("我怎么知道", &report);
    let json = serde_json::to_string(&lints).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Lint>>(&json).unwrap(), lints);
}

proptest! {
    #[test]
    fn any_draft_can_be_reviewed(draft in ".{0,200}", words in "[您撤诉退款红包差评运费找快递0-9元{}【】X王先生，。]{0,60}") {
        let report = Triage::builtin().assess(Case::new("水果全烂了，要求退款").customer("李女士"));
        for text in [draft, words] {
            let lints = Triage::builtin().review_draft(&text, &report);
            for lint in &lints {
                prop_assert!(text.get(lint.span.range()).is_some());
            }
            prop_assert_eq!(&Triage::builtin().review_draft(&text, &report), &lints);
        }
    }
}
