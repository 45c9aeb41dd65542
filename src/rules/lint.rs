//! `[[lint]]`: what may be wrong with a reply that an agent wrote, in the language of rules.
//!
//! A lint finds words (`any`, with the other conditions of a rule), misses words (`lacks`), finds characters
//! (`shapes`), or counts them (`longer_than`). Lints have a matcher of their own, made of no more than the concepts that
//! they use and those that tell how words are meant: what agents say does not slow down reading what buyers say.

use super::categories::Category;
use super::compile::{self, Compiled};
use super::lexicon::ConceptSource;
use super::matcher::{Matcher, Rule};
use super::names::{named, names};
use super::rule::{RuleSource, Target, TargetSource, affirmed, read_status};
use super::source::{Faults, Located, Row, check_unique};
use super::sources::{SourceBook, plain};
use super::stored::Shape;
use super::when::When;
use crate::diagnostic::{Code, Diagnostic};
use crate::taxonomy::{Channel, Cost, LintId, Severity};
use serde::{Deserialize, Serialize};

/// A fact of the order that a draft may get wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fact {
    Customer,
    Order,
    Paid,
}

impl Fact {
    const ALL: [(&'static str, Fact); 3] = [("customer", Fact::Customer), ("order", Fact::Order), ("paid", Fact::Paid)];
}

/// The most that a draft may promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Limit {
    /// What the buyer paid.
    Paid,
    /// The dearest coupon an agent may give.
    Coupon,
    /// The most money beyond what is owed that an agent may give.
    Cash,
}

impl Limit {
    const ALL: [(&'static str, Limit); 3] = [("paid", Limit::Paid), ("coupon", Limit::Coupon), ("cash", Limit::Cash)];
}

/// What words found are held against; without the fact or limit they are let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Against {
    /// They must agree with a fact.
    Fact(Fact),
    /// Their amount must not exceed a limit.
    Limit(Limit),
    /// The agent must be allowed to grant such a thing.
    Power(Cost),
}

/// How a lint finds its fault.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Find {
    /// The words of a rule, by its number.
    Words {
        rule: usize,
        against: Option<Against>,
    },
    /// The words of a rule are nowhere.
    Lack {
        rule: usize,
    },
    Shapes(Vec<Shape>),
    /// More than so many characters.
    LongerThan(usize),
}

/// A lint, compiled.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LintEntry {
    pub id: LintId,
    pub severity: Severity,
    /// What is wrong with it, to the agent.
    pub reason: String,
    /// A wording that would do.
    pub better: String,
    pub sources: Vec<String>,
    pub find: Find,
    pub when: When,
    pub channels: Vec<Channel>,
    #[serde(skip)]
    pub hits: Vec<Located<String>>,
    #[serde(skip)]
    pub misses: Vec<Located<String>>,
}

/// All lints, and what is needed to find their words.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LintBook {
    pub lints: Vec<LintEntry>,
    pub matcher: Matcher,
    pub rules: Vec<Rule>,
}

/// A lint as written, its patterns not yet parsed.
#[derive(Debug)]
pub(crate) struct LintSource {
    id: Located<String>,
    severity: Severity,
    reason: String,
    better: String,
    sources: Vec<Located<String>>,
    /// Absent for a lint without patterns.
    words: Option<RuleSource>,
    find: FindSource,
    when: When,
    channels: Vec<Channel>,
    hits: Vec<Located<String>>,
    misses: Vec<Located<String>>,
}

#[derive(Debug)]
enum FindSource {
    Words(Option<Against>),
    Lack,
    Shapes(Vec<Shape>),
    LongerThan(usize),
}

impl LintSource {
    /// Every pattern, as written.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.words.iter().flat_map(RuleSource::patterns)
    }
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<LintSource> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let severity = row.required("severity", faults);
    let severity = severity.and_then(|name| named(&name, Severity::ALL, |severity| severity.as_str(), faults));
    let reason = row.required("reason", faults);
    let better = row.required("better", faults);
    let sources = row.texts("sources", faults);
    let when = When::read(&mut row, faults);
    let channels = names(&mut row, "channels", Channel::ALL, Channel::as_str, faults);
    let any = row.texts("any", faults);
    let lacks = row.texts("lacks", faults);
    let all = row.texts("all", faults);
    let none = row.texts("none", faults);
    let unless = row.texts("unless", faults);
    let status = read_status(&mut row, faults);
    let shapes: Vec<Shape> =
        row.texts("shapes", faults).iter().filter_map(|shape| compile_shape(shape, faults)).collect();
    let longer_than = row.count("longer_than", faults);
    let against = read_against(&mut row, faults);
    let hits = row.texts("hits", faults);
    let misses = row.texts("misses", faults);
    for (key, list) in [("hits", &hits), ("misses", &misses)] {
        if list.is_empty() {
            faults.report(origin, Diagnostic::new(Code::MissingKey, format!("缺少「{key}」")));
        }
    }
    let written = ["any", "lacks", "shapes", "longer_than"].map(|key| row.has(key));
    row.finish(faults);
    if written.iter().filter(|written| **written).count() != 1 {
        let fault = Diagnostic::new(Code::BadValue, "一条 [[lint]] 只能有一种找法");
        faults.report(origin, fault.help("any、lacks、shapes、longer_than 里写一个"));
        return None;
    }
    let id = id?;
    let by_words = !any.is_empty() || !lacks.is_empty();
    let words = by_words.then(|| RuleSource {
        id: id.clone(),
        target: Some(TargetSource::Known(Target::Lint)),
        weight: 0.0,
        any: if lacks.is_empty() { any.clone() } else { lacks.clone() },
        all,
        none,
        unless,
        status: status.unwrap_or_else(affirmed),
        sources: Vec::new(),
        hits: Vec::new(),
        misses: Vec::new(),
    });
    let find = match (longer_than, by_words) {
        (Some(most), _) => FindSource::LongerThan(most.value as usize),
        (None, false) => FindSource::Shapes(shapes),
        (None, true) if lacks.is_empty() => FindSource::Words(against),
        (None, true) => FindSource::Lack,
    };
    let (reason, better) = (reason?.value, better?.value);
    Some(LintSource { id, severity: severity?, reason, better, sources, words, find, when, channels, hits, misses })
}

fn compile_shape(written: &Located<String>, faults: &mut Faults) -> Option<Shape> {
    match Shape::new(&written.value, true) {
        Ok(shape) if shape.is_match("") => {
            faults.report(written.origin, Diagnostic::new(Code::TooBroad, "这个正则表达式什么都能匹配"));
            None
        }
        Ok(shape) => Some(shape),
        Err(error) => {
            faults.report(written.origin, Diagnostic::new(Code::Pattern, format!("不是合法的正则表达式：{error}")));
            None
        }
    }
}

fn read_against(row: &mut Row<'_>, faults: &mut Faults) -> Option<Against> {
    let origin = row.origin();
    let unlike = row.text("unlike", faults);
    let above = row.text("above", faults);
    let beyond = row.text("beyond", faults);
    if [&unlike, &above, &beyond].into_iter().flatten().count() > 1 {
        faults.report(origin, Diagnostic::new(Code::BadValue, "unlike、above、beyond 只能写一个"));
    }
    if let Some(name) = unlike {
        named(&name, &Fact::ALL, |fact| fact.0, faults).map(|fact| Against::Fact(fact.1))
    } else if let Some(name) = above {
        named(&name, &Limit::ALL, |limit| limit.0, faults).map(|limit| Against::Limit(limit.1))
    } else {
        let name = beyond?;
        named(&name, Cost::ALL, |cost| cost.as_str(), faults).map(Against::Power)
    }
}

pub(crate) fn compile(
    rows: Vec<LintSource>,
    concepts: &[ConceptSource],
    needed: &[bool],
    categories: &[Category],
    known_sources: &SourceBook,
    faults: &mut Faults,
) -> LintBook {
    check_unique("检查", rows.iter().map(|row| &row.id), faults);
    let known: Vec<&str> = categories.iter().map(|category| category.id.as_str()).collect();
    let mut lints = Vec::with_capacity(rows.len());
    let mut words = Vec::new();
    for mut row in rows {
        row.when.resolve(&known, faults);
        known_sources.check(&row.sources, faults);
        let rule = words.len();
        words.extend(row.words);
        lints.push(LintEntry {
            id: LintId::from(row.id.value),
            severity: row.severity,
            reason: row.reason,
            better: row.better,
            sources: plain(&row.sources),
            find: match row.find {
                FindSource::Words(against) => Find::Words { rule, against },
                FindSource::Lack => Find::Lack { rule },
                FindSource::Shapes(shapes) => Find::Shapes(shapes),
                FindSource::LongerThan(most) => Find::LongerThan(most),
            },
            when: row.when,
            channels: row.channels,
            hits: row.hits,
            misses: row.misses,
        });
    }
    let compiled = compile::compile(concepts, needed, words, Vec::new(), categories, faults);
    let Compiled { matcher, rules, .. } = compiled;
    LintBook { lints, matcher, rules }
}
