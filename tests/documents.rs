//! The five documents, situation by situation: each told as a buyer would tell it, with what the document wants to be
//! done. One file below `tests/documents` for each document; its `facts` are all that the document says.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tousu::{
    Case, Channel, CustomerKind, Goods, Handbook, Money, OrderState, Phase, Platform, Report, ShopProfile, Stage,
    Standing, Triage,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    /// Every fact of the document, each shown by some situation.
    facts: Vec<String>,
    situation: Vec<Situation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Situation {
    name: String,
    /// The facts it shows; each must be cited by what is expected of it.
    facts: Vec<String>,
    /// What the buyer writes; absent where the document speaks of the shop alone.
    text: Option<String>,
    #[serde(default)]
    order: Order,
    /// Found, weightiest first; more may follow.
    #[serde(default)]
    categories: Vec<String>,
    blame: Option<String>,
    /// The best remedy is one of these.
    #[serde(default)]
    best: Vec<String>,
    /// Recommended too, in this order.
    #[serde(default)]
    remedies: Vec<String>,
    /// Not recommended.
    #[serde(default)]
    without: Vec<String>,
    /// Steps of the plan, in this order.
    #[serde(default)]
    plan: Vec<Step>,
    #[serde(default)]
    notices: Vec<Expected>,
    /// Words of the reply.
    #[serde(default)]
    reply: Vec<String>,
    /// Answers that the document calls wrong, and the lint that says so.
    #[serde(default)]
    wrong: Vec<Wrong>,
    /// Advice as such: ids of guidance and practices.
    #[serde(default)]
    handbook: Vec<String>,
    /// Practices that the document describes and nobody is to follow.
    #[serde(default)]
    condemned: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Order {
    platform: Option<String>,
    stage: Option<String>,
    state: Option<String>,
    goods: Option<String>,
    kind: Option<String>,
    channel: Option<String>,
    paid: Option<String>,
    hours: Option<u32>,
    new_shop: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    phase: String,
    says: String,
    /// Minutes from the complaint.
    within: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    id: String,
    amount: Option<String>,
    says: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    draft: String,
    lint: String,
}

#[test]
fn five_types() {
    walk("five-types");
}

#[test]
fn disputes_and_reviews() {
    walk("disputes-and-reviews");
}

#[test]
fn rakuten() {
    walk("rakuten");
}

#[test]
fn after_sales_basics() {
    walk("after-sales-basics");
}

#[test]
fn case_book() {
    walk("case-book");
}

fn walk(document: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(format!("{document}.toml"));
    let told: Document = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let names: BTreeSet<&str> = told.situation.iter().map(|situation| situation.name.as_str()).collect();
    assert_eq!(names.len(), told.situation.len(), "a name is used twice");
    let shown: BTreeSet<&String> = told.situation.iter().flat_map(|situation| &situation.facts).collect();
    assert_eq!(shown, told.facts.iter().collect(), "facts shown against facts listed");
    let wrong: Vec<String> = told.situation.iter().flat_map(Situation::walk).collect();
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

impl Situation {
    /// What differs from the document.
    fn walk(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut cited = BTreeSet::new();
        self.read_handbook(&mut cited, &mut wrong);
        if let Some(text) = &self.text {
            self.assess(text, &mut cited, &mut wrong);
        }
        for fact in self.facts.iter().filter(|fact| !cited.contains(*fact)) {
            wrong.push(format!("nothing cites {fact}"));
        }
        wrong.into_iter().map(|wrong| format!("{}: {wrong}", self.name)).collect()
    }

    fn read_handbook(&self, cited: &mut BTreeSet<String>, wrong: &mut Vec<String>) {
        let handbook: Handbook = Triage::builtin().handbook();
        for id in &self.handbook {
            let guidance = handbook.guidance.iter().find(|entry| entry.id == *id).map(|entry| &entry.sources);
            let practice = handbook.practices.iter().find(|entry| entry.id == id.as_str());
            match guidance.or(practice.map(|entry| &entry.sources)) {
                Some(sources) => cited.extend(sources.iter().cloned()),
                None => wrong.push(format!("no {id} in the handbook")),
            }
        }
        for id in &self.condemned {
            match handbook.practices.iter().find(|entry| entry.id == id.as_str()) {
                Some(entry) if entry.standing != Standing::Ok && !entry.reason.is_empty() => {
                    cited.extend(entry.sources.iter().cloned());
                }
                _ => wrong.push(format!("{id} is not condemned")),
            }
        }
    }

    fn assess(&self, text: &str, cited: &mut BTreeSet<String>, wrong: &mut Vec<String>) {
        let triage = self.order.triage();
        let report = triage.assess(self.order.case(text));
        cite(&report, cited);
        let found: Vec<&str> = report.findings.iter().map(|finding| finding.category.as_str()).collect();
        if !found.starts_with(&self.categories.iter().map(String::as_str).collect::<Vec<_>>()) {
            wrong.push(format!("found {found:?}"));
        }
        if self.blame.as_ref().is_some_and(|party| report.blame.party.as_str() != party) {
            wrong.push(format!("blames {}", report.blame.party));
        }
        let ranked: Vec<&str> = report.remedies.iter().map(|remedy| remedy.id.as_str()).collect();
        if !self.best.is_empty() && ranked.first().is_none_or(|best| !self.best.iter().any(|id| id == best)) {
            wrong.push(format!("best remedies {ranked:?}"));
        }
        let mut rest = ranked.iter();
        if !self.remedies.iter().all(|id| rest.any(|ranked| ranked == id)) {
            wrong.push(format!("remedies {ranked:?}"));
        }
        let mut unwanted = self.without.iter().chain(&self.condemned);
        if unwanted.any(|id| ranked.contains(&id.as_str())) {
            wrong.push(format!("should not recommend one of {ranked:?}"));
        }
        self.check_plan(&report, wrong);
        for expected in &self.notices {
            let amount = expected.amount.as_ref().map(|amount| amount.parse::<Money>().unwrap());
            let holds = |notice: &tousu::Notice| {
                notice.id == expected.id
                    && amount.is_none_or(|amount| notice.amount == Some(amount))
                    && expected.says.as_ref().is_none_or(|words| notice.text.contains(words))
            };
            if !report.notices.iter().any(holds) {
                wrong.push(format!("no {} in {:?}", expected.id, report.notices));
            }
        }
        self.check_replies(&triage, &report, wrong);
        for answer in &self.wrong {
            match triage.review_draft(&answer.draft, &report).into_iter().find(|lint| lint.id == answer.lint.as_str()) {
                Some(lint) => cited.extend(lint.sources),
                None => wrong.push(format!("{} lets pass {}", answer.lint, answer.draft)),
            }
        }
    }

    fn check_plan(&self, report: &Report, wrong: &mut Vec<String>) {
        let told =
            || report.plan.iter().map(|step| format!("\n    {} {} {}", step.phase, step.due_minutes, step.action));
        let mut steps = report.plan.iter();
        let found = |expected: &Step| {
            steps.any(|step| {
                step.phase.as_str() == expected.phase
                    && expected.within.is_none_or(|most| step.due_minutes <= most)
                    && format!("{}{}", step.action, step.never).contains(&expected.says)
            })
        };
        if let Some(missing) = self.plan.iter().map(found).position(|found| !found) {
            wrong.push(format!("plan without 「{}」{}", self.plan[missing].says, told().collect::<String>()));
        }
        let remedy = report.plan.iter().position(|step| step.phase == Phase::Remedy);
        let withdrawal = report.plan.iter().position(|step| step.action.contains("撤销投诉"));
        if report.plan.first().is_none_or(|step| step.phase != Phase::Answer || step.due_minutes > 24 * 60)
            || remedy.is_none()
            || withdrawal.is_some_and(|at| Some(at) <= remedy)
        {
            wrong.push(format!("plan in a wrong order{}", told().collect::<String>()));
        }
    }

    fn check_replies(&self, triage: &Triage, report: &Report, wrong: &mut Vec<String>) {
        let mut report = report.clone();
        for reply in report.replies.clone() {
            report.facts.channel = Some(reply.channel);
            for lint in triage.review_draft(&reply.text, &report) {
                wrong.push(format!("its own reply {} is blamed: {} {}", reply.id, lint.id, reply.text));
            }
        }
        let channel = self.order.channel.as_deref().unwrap_or("chat");
        let replies = report.replies.iter().filter(|reply| reply.channel.as_str() == channel);
        let texts: Vec<&str> = replies.map(|reply| reply.text.as_str()).collect();
        if !texts.iter().any(|text| self.reply.iter().all(|words| text.contains(words))) {
            wrong.push(format!("no reply says {:?}: {texts:?}", self.reply));
        }
    }
}

/// Everything that the advice of a report rests on.
fn cite(report: &Report, cited: &mut BTreeSet<String>) {
    let remedies = report.remedies.iter().flat_map(|remedy| &remedy.sources);
    let plan = report.plan.iter().flat_map(|step| &step.sources);
    let notices = report.notices.iter().flat_map(|notice| &notice.sources);
    let replies = report.replies.iter().flat_map(|reply| &reply.sources);
    cited.extend(remedies.chain(plan).chain(notices).chain(replies).cloned());
}

impl Order {
    fn triage(&self) -> Triage {
        let mut shop = ShopProfile::default();
        // A new shop sells with freight insurance.
        shop.new_shop = self.new_shop.unwrap_or(false);
        shop.freight_insurance = shop.new_shop;
        Triage::builtin().with_shop(shop)
    }

    fn case<'t>(&self, text: &'t str) -> Case<'t> {
        let mut case = Case::new(text);
        if let Some(name) = &self.platform {
            case = case.platform(Platform::from_name(name).unwrap());
        }
        if let Some(name) = &self.stage {
            case = case.stage(Stage::from_name(name).unwrap());
        }
        if let Some(name) = &self.state {
            case = case.order_state(OrderState::from_name(name).unwrap());
        }
        if let Some(name) = &self.goods {
            case = case.goods(Goods::from_name(name).unwrap());
        }
        if let Some(name) = &self.kind {
            case = case.customer_kind(CustomerKind::from_name(name).unwrap());
        }
        if let Some(name) = &self.channel {
            case = case.channel(Channel::from_name(name).unwrap());
        }
        if let Some(paid) = &self.paid {
            case = case.paid(paid.parse().unwrap());
        }
        if let Some(hours) = self.hours {
            case = case.hours_since_order(hours);
        }
        case
    }
}
