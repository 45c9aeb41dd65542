//! Which remedies suit a case, best first: a score of named contributions, so that each can be explained.

use super::barriers::{Barriers, barriers};
use super::situation::Situation;
use crate::rules::circumstances::Circumstances;
use crate::rules::remedies::{RemedyBook, RemedyEntry};
use crate::set::{Set, Word};
use crate::taxonomy::{Consideration, Demand, Fact, Party, Severity, Stage};

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
    /// Part of it for a demand that is not the first.
    pub const LATER_DEMAND: f64 = 0.7;
    pub const BLAME: f64 = 14.0;
    pub const STAGE: f64 = 4.0;
    pub const RISK: f64 = 12.0;
    pub const SEVERITY: f64 = 4.0;
    pub const DUTY: f64 = 4.0;
    pub const CUSTOMER: f64 = 10.0;
    pub const COST: f64 = 5.0;
    pub const NOTHING_FOR_THE_BUYER: f64 = -10.0;
    pub const FULL: f64 = 100.0;
}

/// Points by consideration.
pub(super) type Points = [f64; Consideration::ALL.len()];

/// A remedy and what brought it where it stands.
#[derive(Debug, Clone)]
pub(super) struct Ranked<'r> {
    pub index: usize,
    pub remedy: &'r RemedyEntry,
    pub points: Points,
    hinges: Set<Fact>,
}

/// The remedies to offer, and what is not known about the others.
#[derive(Debug, Clone)]
pub(super) struct Ranking<'r> {
    /// Best first, equals in file order.
    pub offered: Vec<Ranked<'r>>,
    /// Unknown facts on which the list hinges.
    pub hinges: Set<Fact>,
}

pub(super) fn rank<'r>(
    book: &'r RemedyBook,
    situation: &Situation<'_>,
    case: &Circumstances<'_>,
    certain: &[usize],
) -> Ranking<'r> {
    let demanded = situation.demanded();
    let mut open: Vec<Ranked<'r>> = Vec::new();
    let mut possible: Vec<Ranked<'r>> = Vec::new();
    for (index, remedy) in book.entries().iter().enumerate() {
        let duty = remedy.duties().iter().any(|policy| certain.contains(policy));
        let Barriers { found, hinges, doubted } = barriers(remedy, situation, case, duty);
        let ranked = || Ranked { index, remedy, points: points(remedy, situation, &demanded, duty), hinges };
        if found.is_empty() {
            possible.push(ranked());
        } else if found == doubted.into_iter().collect() {
            open.push(ranked());
        }
    }
    possible.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let mut offered: Vec<Ranked<'r>> = Vec::new();
    for candidate in possible {
        let alike = offered.iter().filter(|kept| kept.remedy.group == candidate.remedy.group).count();
        let worthy = candidate.score() >= FAINT || offered.len() < LEAST;
        if offered.len() < MOST && alike < MOST_OF_A_GROUP && worthy {
            offered.push(candidate);
        }
    }
    // What would make the list if more were known is worth a question.
    let least = offered.last().map_or(0.0, Ranked::score).max(FAINT);
    let would_do = open.iter().filter(|ranked| ranked.score() >= least);
    let mut hinges = Set::EMPTY;
    offered.iter().chain(would_do).for_each(|ranked| hinges.extend(ranked.hinges));
    for ranked in &offered {
        if case.stage == Stage::Unknown && ranked.remedy.depends_on_stage() {
            hinges.insert(Fact::Stage);
        }
        if case.paid.is_none() && ranked.remedy.depends_on_price() {
            hinges.insert(Fact::Paid);
        }
    }
    Ranking { offered, hinges }
}

fn points(remedy: &RemedyEntry, situation: &Situation<'_>, demanded: &[Demand], duty: bool) -> Points {
    let mut points = [0.0; Consideration::ALL.len()];
    let mut bring = |consideration: Consideration, worth: f64| points[consideration.place() as usize] = worth;
    bring(Consideration::Demand, demand(remedy, demanded));
    bring(Consideration::Fit, worth::FIT * fit(remedy, situation));
    bring(Consideration::Blame, blame(remedy, situation));
    if remedy.meant_for(situation.stage) && situation.stage != Stage::Unknown {
        bring(Consideration::Stage, worth::STAGE);
    }
    if situation.risks.iter().any(|found| remedy.risks.contains(found.risk)) {
        bring(Consideration::Risk, worth::RISK);
    }
    if remedy.from > Severity::Low {
        bring(Consideration::Severity, worth::SEVERITY);
    }
    if duty {
        bring(Consideration::Duty, worth::DUTY);
    }
    if remedy.meant_for_a_kind_of_buyer() {
        bring(Consideration::Customer, worth::CUSTOMER);
    }
    bring(Consideration::Cost, worth::COST * thrift(situation.severity) * (1.0 - remedy.dearness()));
    // What the shop does for itself, such as a claim on the courier, comes after what it does for the buyer.
    if remedy.offer.is_none() {
        bring(Consideration::Offer, worth::NOTHING_FOR_THE_BUYER);
    }
    points
}

/// Fit to the findings, each weighed by its confidence and its place; 0 to 1.
fn fit(remedy: &RemedyEntry, situation: &Situation<'_>) -> f64 {
    let (mut sum, mut total, mut weight) = (0.0, 0.0, 1.0);
    for (finding, category) in situation.findings.iter().zip(situation.categories) {
        let importance = weight * finding.confidence.max(0.01);
        sum += remedy.fit(*category).0 * importance;
        total += importance;
        weight *= 0.5;
    }
    if total > 0.0 { sum / total } else { 0.0 }
}

/// What the buyer asks for weighs more the earlier it is asked.
fn demand(remedy: &RemedyEntry, demanded: &[Demand]) -> f64 {
    match demanded.iter().position(|demand| remedy.meets.contains(*demand)) {
        Some(0) => worth::DEMAND,
        Some(_) => worth::DEMAND * worth::LATER_DEMAND,
        None => 0.0,
    }
}

/// A remedy due at somebody's fault gains with that fault and loses without it.
fn blame(remedy: &RemedyEntry, situation: &Situation<'_>) -> f64 {
    if remedy.parties.is_empty() || matches!(situation.blame.party, Party::Unclear | Party::None) {
        return 0.0;
    }
    let share: f64 = remedy.parties.words().map(|party| situation.share(party)).sum();
    worth::BLAME * (2.0 * share - 1.0).clamp(-1.0, 1.0)
}

/// Of two remedies that suit alike the cheaper one goes first; the less so the graver the case.
fn thrift(severity: Severity) -> f64 {
    match severity {
        Severity::Low | Severity::Normal => 1.0,
        Severity::High => 0.5,
        Severity::Critical => 0.0,
    }
}

impl Ranked<'_> {
    /// From 0 to 1.
    pub fn score(&self) -> f64 {
        (self.points.iter().sum::<f64>() / worth::FULL).clamp(0.0, 1.0)
    }
}
