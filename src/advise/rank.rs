//! Which remedies suit a case, best first: a score of named contributions, so that each can be explained.

use super::Situation;
use crate::report::Remedy;
use crate::rules::remedies::{RemedyBook, RemedyEntry};
use crate::rules::sources::plain;
use crate::taxonomy::{Party, RemedyId, Stage, Standing};

/// As many as a person will read.
const MOST: usize = 6;
/// Alternatives of one kind beyond these would crowd out other ways.
const MOST_OF_A_GROUP: usize = 2;
/// What scores below this is only listed where there is little else.
const FAINT: f64 = 0.3;
const LEAST: usize = 3;

/// How many points each consideration can bring; together they are scaled to a score from 0 to 1.
mod worth {
    pub const FIT: f64 = 50.0;
    pub const DEMAND: f64 = 24.0;
    pub const BLAME: f64 = 14.0;
    pub const STAGE: f64 = 4.0;
    pub const RISK: f64 = 12.0;
    pub const COST: f64 = 5.0;
    pub const NOTHING_FOR_THE_BUYER: f64 = -10.0;
    pub const FULL: f64 = 100.0;
}

/// One consideration and what it brings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contribution {
    pub name: &'static str,
    pub points: f64,
    /// What to tell the agent about it; empty if it is not worth a word.
    pub reason: String,
}

/// A remedy and why it stands where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Ranked<'r> {
    pub remedy: &'r RemedyEntry,
    pub contributions: Vec<Contribution>,
}

/// The remedies that suit the case, best first, equals in file order.
pub(crate) fn rank<'r>(book: &'r RemedyBook, situation: &Situation<'_>) -> Vec<Ranked<'r>> {
    let mut ranked: Vec<Ranked<'r>> = book
        .entries()
        .iter()
        .filter(|remedy| eligible(remedy, situation))
        .filter_map(|r| weigh(r, situation))
        .collect();
    ranked.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let mut kept: Vec<Ranked<'r>> = Vec::new();
    for candidate in ranked {
        let alike = kept.iter().filter(|kept| kept.remedy.group == candidate.remedy.group).count();
        let worthy = candidate.score() >= FAINT || kept.len() < LEAST;
        if kept.len() < MOST && alike < MOST_OF_A_GROUP && worthy {
            kept.push(candidate);
        }
    }
    kept
}

/// The hard limits: what may not or cannot be done is never offered.
fn eligible(remedy: &RemedyEntry, situation: &Situation<'_>) -> bool {
    remedy.standing == Standing::Ok
        && remedy.possible_at(situation.stage)
        && remedy.exists_on(situation.case.platform)
        && remedy.proportionate(situation.severity)
        && !situation.findings.first().is_some_and(|finding| remedy.barred(finding.category.as_str()))
}

fn weigh<'r>(remedy: &'r RemedyEntry, situation: &Situation<'_>) -> Option<Ranked<'r>> {
    let fit = fit(remedy, situation)?;
    let contributions = vec![
        demand(remedy, situation),
        fit,
        blame(remedy, situation),
        stage(remedy, situation),
        risk(remedy, situation),
        cost(remedy),
        offer(remedy),
    ];
    Some(Ranked { remedy, contributions })
}

/// Fit to the findings, each weighed by its confidence and its place.
fn fit(remedy: &RemedyEntry, situation: &Situation<'_>) -> Option<Contribution> {
    let (mut sum, mut total, mut weight) = (0.0, 0.0, 1.0);
    let mut meant_for = Vec::new();
    let mut barred = true;
    for finding in situation.findings {
        let (fit, meant) = remedy.fit(finding.category.as_str());
        let importance = weight * finding.confidence.max(0.01);
        sum += fit * importance;
        total += importance;
        weight *= 0.5;
        barred &= fit <= 0.0;
        if meant {
            meant_for.push(finding.name.as_str());
        }
    }
    if barred {
        return None;
    }
    let reason = match meant_for.as_slice() {
        [] => "各类投诉都用得上".to_owned(),
        names => format!("买家反映{}", names.join("、")),
    };
    Some(Contribution { name: "fit", points: worth::FIT * sum / total, reason })
}

/// What the buyer asks for weighs more the earlier it is asked.
fn demand(remedy: &RemedyEntry, situation: &Situation<'_>) -> Contribution {
    let demands = situation.demanded();
    let met: Vec<&str> = demands.iter().filter(|demand| remedy.meets.contains(demand)).map(|d| d.label()).collect();
    let first = demands.iter().position(|demand| remedy.meets.contains(demand));
    let points = match first {
        Some(0) => worth::DEMAND,
        Some(_) => worth::DEMAND * 0.7,
        None => 0.0,
    };
    let reason = if met.is_empty() { String::new() } else { format!("买家要求{}", met.join("、")) };
    Contribution { name: "demand", points, reason }
}

/// A remedy due at somebody's fault gains with that fault and loses without it.
fn blame(remedy: &RemedyEntry, situation: &Situation<'_>) -> Contribution {
    let party = situation.blame.party;
    let neutral = remedy.parties.is_empty() || matches!(party, Party::Unclear | Party::None);
    let share: f64 = remedy.parties.iter().map(|party| situation.share(*party)).sum();
    let points = if neutral { 0.0 } else { worth::BLAME * (2.0 * share - 1.0).clamp(-1.0, 1.0) };
    let reason = match party {
        _ if points <= 0.0 || !remedy.parties.contains(&party) => String::new(),
        Party::Buyer => "起因在买家一方".to_owned(),
        party => format!("责任主要在{}", party.label()),
    };
    Contribution { name: "blame", points, reason }
}

fn stage(remedy: &RemedyEntry, situation: &Situation<'_>) -> Contribution {
    let meant = remedy.meant_for(situation.stage) && situation.stage != Stage::Unknown;
    let reason = match situation.stage {
        _ if !meant => "",
        Stage::BeforeShipping => "货还没有发出",
        Stage::InTransit => "货还在路上",
        Stage::Received => "货已在买家手上",
        Stage::Unknown => "",
    };
    Contribution { name: "stage", points: if meant { worth::STAGE } else { 0.0 }, reason: reason.to_owned() }
}

fn risk(remedy: &RemedyEntry, situation: &Situation<'_>) -> Contribution {
    let mut labels: Vec<&str> = Vec::new();
    for found in situation.risks {
        if remedy.risks.contains(&found.risk) && !labels.contains(&found.risk.label()) {
            labels.push(found.risk.label());
        }
    }
    let points = if labels.is_empty() { 0.0 } else { worth::RISK };
    let reason =
        if labels.is_empty() { String::new() } else { format!("有{}风险，要先稳住", labels.join("、")) };
    Contribution { name: "risk", points, reason }
}

/// Of two remedies that suit alike the cheaper one goes first.
fn cost(remedy: &RemedyEntry) -> Contribution {
    Contribution { name: "cost", points: worth::COST * (1.0 - remedy.dearness()), reason: String::new() }
}

/// What the shop does for itself, such as a claim on the courier, comes after what it does for the buyer.
fn offer(remedy: &RemedyEntry) -> Contribution {
    let points = if remedy.offer.is_some() { 0.0 } else { worth::NOTHING_FOR_THE_BUYER };
    Contribution { name: "offer", points, reason: String::new() }
}

impl Ranked<'_> {
    /// From 0 to 1.
    pub fn score(&self) -> f64 {
        let points: f64 = self.contributions.iter().map(|contribution| contribution.points).sum();
        (points / worth::FULL).clamp(0.0, 1.0)
    }

    fn why(&self) -> String {
        let reasons: Vec<&str> = self
            .contributions
            .iter()
            .map(|contribution| contribution.reason.as_str())
            .filter(|r| !r.is_empty())
            .collect();
        reasons.join("；")
    }

    /// The remedy as the report shows it.
    pub fn report(&self, situation: &Situation<'_>) -> Remedy {
        Remedy {
            id: RemedyId::from(self.remedy.id.value.as_str()),
            name: self.remedy.name.clone(),
            score: (self.score() * 1000.0).round() / 1000.0,
            why: self.why(),
            steps: self.remedy.steps.clone(),
            ask_for: self.remedy.ask_for.clone(),
            cost: self.remedy.cost.to_owned(),
            estimate: self.remedy.estimate(situation.case.paid),
            if_refused: self.remedy.if_refused.clone(),
            sources: plain(&self.remedy.sources),
        }
    }
}
