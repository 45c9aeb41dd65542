//! `[[rule]]`: patterns that are evidence of something, with the sentences that prove it.

use super::names::named;
use super::source::{Faults, Located, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::set::{Set, Word};
use crate::taxonomy::{CustomerKind, Demand, Goods, Party, Risk, Stage, Status};
use serde::{Deserialize, Serialize};

/// What a rule is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Target {
    /// A category, by index.
    Category(usize),
    Demand(Demand),
    Stage(Stage),
    Risk(Risk),
    Blame(Party),
    Signal(Signal),
    /// The kind of goods, where the caller does not state it.
    Goods(Goods),
    /// What the buyer is like, where the caller does not state it.
    Customer(CustomerKind),
    /// A draft, not a complaint: what it is a sign of stands in the lint.
    Lint,
}

impl Target {
    /// Whether it makes a difference to it that a trouble was put right.
    pub fn can_be_settled(self) -> bool {
        matches!(self, Self::Category(_) | Self::Demand(_))
    }
}

/// What a text says about itself as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Signal {
    /// The buyer is pleased.
    Praise,
    /// A trouble was put right.
    Settled,
    /// The buyer is angry.
    Anger,
}

impl Signal {
    const ALL: [(&'static str, Signal); 3] =
        [("praise", Signal::Praise), ("settled", Signal::Settled), ("anger", Signal::Anger)];
}

/// What a rule says it is evidence of; a category is still a name.
#[derive(Debug)]
pub(crate) enum TargetSource {
    Category(Located<String>),
    Known(Target),
}

/// A rule as written, its patterns not yet parsed.
#[derive(Debug)]
pub(crate) struct RuleSource {
    pub id: Located<String>,
    /// `None` after a fault already reported.
    pub target: Option<TargetSource>,
    pub weight: f64,
    pub any: Vec<Located<String>>,
    pub all: Vec<Located<String>>,
    pub none: Vec<Located<String>>,
    pub unless: Vec<Located<String>>,
    pub status: Set<Status>,
    pub sources: Vec<Located<String>>,
    pub hits: Vec<Located<String>>,
    pub misses: Vec<Located<String>>,
}

impl RuleSource {
    /// Every pattern, as written.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        let all = [&self.any, &self.all, &self.none, &self.unless];
        all.into_iter().flatten().map(|pattern| pattern.value.as_str())
    }
}

/// The weight of a rule that does not state one: enough alone.
const DEFAULT_WEIGHT: f64 = 3.0;

pub(crate) fn read_rule(mut row: Row<'_>, faults: &mut Faults) -> Option<RuleSource> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let target = read_target(&mut row, faults);
    let weight = row.number_in("weight", -20.0..=20.0, faults).unwrap_or(DEFAULT_WEIGHT);
    let any = row.texts("any", faults);
    let all = row.texts("all", faults);
    let none = row.texts("none", faults);
    let unless = row.texts("unless", faults);
    let status = read_status(&mut row, faults).unwrap_or_else(affirmed);
    let sources = row.texts("sources", faults);
    let hits = row.texts("hits", faults);
    let misses = row.texts("misses", faults);
    row.finish(faults);
    for (key, list) in [("any", &any), ("hits", &hits), ("misses", &misses)] {
        if list.is_empty() {
            faults.report(origin, Diagnostic::new(Code::MissingKey, format!("规则缺少「{key}」")));
        }
    }
    let can_be_settled = match &target {
        Some(TargetSource::Known(target)) => target.can_be_settled(),
        Some(TargetSource::Category(_)) | None => true,
    };
    if status.contains(Status::Settled) && !status.contains(Status::Affirmed) && !can_be_settled {
        let fault = Diagnostic::new(Code::BadValue, "只有类目和要求分得出已解决没有");
        faults.report(origin, fault.help("status 里写上 \"affirmed\"，或者去掉 \"settled\""));
    }
    Some(RuleSource { id: id?, target, weight, any, all, none, unless, status, sources, hits, misses })
}

fn read_target(row: &mut Row<'_>, faults: &mut Faults) -> Option<TargetSource> {
    const PARTIES: &[Party] = &[Party::Seller, Party::Courier, Party::Buyer, Party::Unclear];
    let category = row.text("category", faults);
    let demand = row.text("demand", faults);
    let stage = row.text("stage", faults);
    let risk = row.text("risk", faults);
    let blame = row.text("blame", faults);
    let signal = row.text("signal", faults);
    let goods = row.text("goods", faults);
    let customer = row.text("customer", faults);
    let all = [&category, &demand, &stage, &risk, &blame, &signal, &goods, &customer];
    let written = all.into_iter().flatten().count();
    if written != 1 {
        let fault = if written == 0 {
            Diagnostic::new(Code::MissingKey, "规则没有写明说的是什么")
                .help("写一个 category、demand、stage、risk、blame、signal、goods 或 customer")
        } else {
            Diagnostic::new(Code::BadValue, "一条规则只能说一件事").help("拆成几条规则")
        };
        faults.report(row.origin(), fault);
        return None;
    }
    if let Some(name) = category {
        return Some(TargetSource::Category(name));
    }
    let target = if let Some(name) = demand {
        named(&name, Demand::ALL, |demand| demand.as_str(), faults).map(Target::Demand)
    } else if let Some(name) = stage {
        named(&name, Stage::ALL, |stage| stage.as_str(), faults).map(Target::Stage)
    } else if let Some(name) = risk {
        named(&name, Risk::ALL, |risk| risk.as_str(), faults).map(Target::Risk)
    } else if let Some(name) = blame {
        named(&name, PARTIES, |party| party.as_str(), faults).map(Target::Blame)
    } else if let Some(name) = goods {
        named(&name, Goods::ALL, |goods| goods.as_str(), faults).map(Target::Goods)
    } else if let Some(name) = customer {
        named(&name, CustomerKind::ALL, |kind| kind.as_str(), faults).map(Target::Customer)
    } else {
        let name = signal?;
        named(&name, &Signal::ALL, |signal| signal.0, faults).map(|(_, signal)| Target::Signal(signal))
    };
    target.map(TargetSource::Known)
}

/// How words are meant that count, where a rule does not say.
pub(crate) fn affirmed() -> Set<Status> {
    Set::from_iter([Status::Affirmed])
}

/// How words must be meant to count; `None` where the rule does not say.
pub(crate) fn read_status(row: &mut Row<'_>, faults: &mut Faults) -> Option<Set<Status>> {
    let written = row.texts("status", faults);
    let named = |name| named(name, Status::WORDS, Word::name, faults);
    (!written.is_empty()).then(|| written.iter().filter_map(named).collect())
}
