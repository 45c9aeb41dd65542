//! Cases walked from facts to advice, as data: each file below `tests/advice` holds situations of one document or of one
//! kind of fact, with the remedies, the plan, the notices and the questions that must come out.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tousu::{
    Barrier, Case, CustomerKind, Fact, Goods, OrderState, Phase, Platform, Report, Role, ShopProfile, Stage, Triage,
};

#[derive(Deserialize)]
struct File {
    case: Vec<Walk>,
}

/// One situation. What is not written is not checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    name: String,
    text: String,
    platform: Option<Platform>,
    stage: Option<Stage>,
    order_state: Option<OrderState>,
    paid: Option<String>,
    hours_since_order: Option<u32>,
    hours_since_receipt: Option<u32>,
    #[serde(default)]
    goods: Vec<Goods>,
    customer_kind: Option<CustomerKind>,
    contacts: Option<u32>,
    /// The shop's profile, as it would be written in its own file.
    shop: Option<String>,

    /// The first remedies, in this order.
    #[serde(default)]
    remedies: Vec<String>,
    /// Remedies that are offered, wherever.
    #[serde(default)]
    offered: Vec<String>,
    /// Remedies that are not offered, and the gravest reason.
    #[serde(default)]
    excluded: BTreeMap<String, Barrier>,
    /// Remedies that somebody has to approve.
    #[serde(default)]
    approval: BTreeMap<String, Role>,
    /// Steps that the plan holds, in this order.
    #[serde(default)]
    plan: Vec<Step>,
    /// Notices with their amounts; an empty amount stands for none.
    #[serde(default)]
    notices: BTreeMap<String, String>,
    /// Notices that must not appear.
    #[serde(default)]
    silent: Vec<String>,
    /// Exactly the facts asked for.
    questions: Option<Vec<Fact>>,
    /// What the text itself shows of the goods.
    read_goods: Option<Vec<Goods>>,
    /// Facts of the documents that the remedies, the plan or the notices cite.
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    phase: Phase,
    who: Option<Role>,
    /// Hours from the complaint by which it is due, at the latest.
    within_hours: Option<u32>,
    says: String,
}

impl Walk {
    fn case(&self) -> Case<'_> {
        let mut case = Case::new(&self.text);
        if let Some(platform) = self.platform {
            case = case.platform(platform);
        }
        if let Some(stage) = self.stage {
            case = case.stage(stage);
        }
        if let Some(state) = self.order_state {
            case = case.order_state(state);
        }
        if let Some(paid) = &self.paid {
            case = case.paid(paid.parse().unwrap());
        }
        if let Some(hours) = self.hours_since_order {
            case = case.hours_since_order(hours);
        }
        if let Some(hours) = self.hours_since_receipt {
            case = case.hours_since_receipt(hours);
        }
        if let Some(kind) = self.customer_kind {
            case = case.customer_kind(kind);
        }
        if let Some(times) = self.contacts {
            case = case.contacts(times);
        }
        self.goods.iter().fold(case, |case, kind| case.goods(*kind))
    }

    /// Everything that does not come out as written.
    fn misses(&self) -> Vec<String> {
        let shop = self.shop.as_ref().map(|shop| ShopProfile::from_toml("shop.toml", shop).unwrap());
        let triage = Triage::builtin().with_shop(shop.unwrap_or_default());
        let report = triage.assess(self.case());
        let mut misses = Vec::new();
        self.check_remedies(&triage, &report, &mut misses);
        self.check_plan(&report, &mut misses);
        self.check_notices(&report, &mut misses);
        if let Some(goods) = &self.read_goods
            && report.facts.goods != *goods
        {
            misses.push(format!("goods {:?}", report.facts.goods));
        }
        misses
    }

    fn check_remedies(&self, triage: &Triage, report: &Report, misses: &mut Vec<String>) {
        let ids: Vec<&str> = report.remedies.iter().map(|remedy| remedy.id.as_str()).collect();
        if !ids.iter().zip(&self.remedies).all(|(id, wanted)| id == wanted) || ids.len() < self.remedies.len() {
            misses.push(format!("remedies {ids:?}, found {:?}", report.findings.first().map(|f| f.category.as_str())));
        }
        misses.extend(self.offered.iter().filter(|id| !ids.contains(&id.as_str())).map(|id| format!("{id}: {ids:?}")));
        for remedy in &report.remedies {
            let points: f64 = remedy.contributions.iter().map(|brought| brought.points).sum();
            if (points.clamp(0.0, 100.0) / 100.0 - remedy.score).abs() > 0.006 {
                misses.push(format!("{} scores {} with {points} points", remedy.id, remedy.score));
            }
        }
        let excluded = triage.excluded(self.case());
        let both = excluded.iter().filter(|remedy| ids.contains(&remedy.id.as_str()) || remedy.barriers.is_empty());
        misses.extend(both.map(|remedy| format!("{} is offered and excluded, or for no reason", remedy.id)));
        for (id, barrier) in &self.excluded {
            let found = excluded.iter().find(|remedy| remedy.id == id.as_str());
            if found.is_none_or(|remedy| remedy.barriers[0].barrier != *barrier || ids.contains(&id.as_str())) {
                misses.push(format!("{id} excluded by {:?}", found.map(|remedy| &remedy.barriers)));
            }
        }
        for (id, role) in &self.approval {
            let found = report.remedies.iter().find(|remedy| remedy.id == id.as_str());
            if found.and_then(|remedy| remedy.approval) != Some(*role) {
                misses.push(format!("{id} approved by {:?}", found.map(|remedy| remedy.approval)));
            }
        }
    }

    fn check_plan(&self, report: &Report, misses: &mut Vec<String>) {
        let mut rest = report.plan.iter();
        for wanted in &self.plan {
            let fits = |step: &&tousu::PlanStep| {
                step.phase == wanted.phase
                    && wanted.who.is_none_or(|who| step.who == who)
                    && wanted.within_hours.is_none_or(|hours| step.due_minutes <= hours * 60)
                    && (step.action.contains(&wanted.says) || step.never.contains(&wanted.says))
            };
            if rest.find(fits).is_none() {
                let told: Vec<String> = report
                    .plan
                    .iter()
                    .map(|step| {
                        format!("{} {} {}′ {} / {}", step.phase, step.who, step.due_minutes, step.action, step.never)
                    })
                    .collect();
                misses.push(format!("no step 「{}」 in its place in\n    {}", wanted.says, told.join("\n    ")));
            }
        }
    }

    fn check_notices(&self, report: &Report, misses: &mut Vec<String>) {
        for (id, amount) in &self.notices {
            let found = report.notices.iter().find(|notice| notice.id == *id);
            let shown = found.map(|notice| notice.amount.map_or_else(String::new, |amount| amount.to_string()));
            if shown.as_ref() != Some(amount) || found.is_some_and(|notice| !notice.text.contains(amount.as_str())) {
                let ids: Vec<&str> = report.notices.iter().map(|notice| notice.id.as_str()).collect();
                misses.push(format!("notice {id} {shown:?} of {ids:?}"));
            }
        }
        let spoken = self.silent.iter().filter(|id| report.notices.iter().any(|notice| notice.id == **id));
        misses.extend(spoken.map(|id| format!("notice {id} is shown")));
        let asked: Vec<Fact> = report.questions.iter().map(|question| question.fact).collect();
        if self.questions.as_ref().is_some_and(|wanted| *wanted != asked) {
            misses.push(format!("questions {asked:?}"));
        }
        let remedies = report.remedies.iter().flat_map(|remedy| &remedy.sources);
        let steps = report.plan.iter().flat_map(|step| &step.sources);
        let cited: BTreeSet<&String> =
            remedies.chain(steps).chain(report.notices.iter().flat_map(|notice| &notice.sources)).collect();
        misses.extend(self.sources.iter().filter(|id| !cited.contains(id)).map(|id| format!("{id} is not cited")));
    }
}

#[test]
fn cases_get_the_advice_that_is_written_for_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/advice");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut names = BTreeSet::new();
    let mut failed = Vec::new();
    for path in paths {
        let file: File = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for walk in file.case {
            assert!(names.insert(walk.name.clone()), "two cases are called {}", walk.name);
            let misses = walk.misses();
            if !misses.is_empty() {
                failed.push(format!("{} / {}\n  {}", path.display(), walk.name, misses.join("\n  ")));
            }
        }
    }
    assert!(names.len() >= 30, "only {} cases", names.len());
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
