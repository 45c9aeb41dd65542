//! From a verdict to advice: which remedies, in what order, by when, and which policies bear on it.

#[cfg(test)]
pub(crate) mod fixtures;
mod handbook;
mod notices;
mod plan;
mod rank;

pub(crate) use handbook::handbook;
pub use handbook::{Guidance, Handbook, Policy, Practice, Source};

use crate::case::Case;
use crate::report::{Blame, DemandFound, Finding, Notice, PlanStep, Remedy, RiskFound};
use crate::rules::advice::AdviceBook;
use crate::rules::when::Circumstances;
use crate::taxonomy::{Demand, Party, Script, Severity, Stage};

/// What the judge found, and what the caller knew.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Situation<'a> {
    /// Weightiest first; empty means no complaint.
    pub findings: &'a [Finding],
    pub blame: &'a Blame,
    pub demands: &'a [DemandFound],
    pub stage: Stage,
    pub risks: &'a [RiskFound],
    pub severity: Severity,
    pub script: Script,
    pub case: &'a Case<'a>,
}

/// What to do about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Advice {
    /// Best first.
    pub remedies: Vec<Remedy>,
    pub plan: Vec<PlanStep>,
    pub notices: Vec<Notice>,
}

/// Advice on a complaint; empty without findings. The same situation always gets the same advice.
pub(crate) fn advise(book: &AdviceBook, situation: &Situation<'_>) -> Advice {
    if situation.findings.is_empty() {
        return Advice::default();
    }
    let circumstances = situation.circumstances();
    let ranked = rank::rank(&book.remedies, situation);
    Advice {
        plan: plan::plan(book, &circumstances, &ranked),
        notices: notices::notices(book, &circumstances, situation.case),
        remedies: ranked.iter().map(|ranked| ranked.report(situation)).collect(),
    }
}

impl<'a> Situation<'a> {
    /// What the conditions of rules look at.
    pub fn circumstances(&self) -> Circumstances<'a> {
        Circumstances {
            categories: self.findings.iter().map(|finding| finding.category.as_str()).collect(),
            party: self.blame.party,
            stage: self.stage,
            demands: self.demanded(),
            risks: self.risks.iter().map(|found| found.risk).collect(),
            severity: self.severity,
            platform: self.case.platform,
            script: self.script,
        }
    }

    /// The demands, each once, in the order in which they are made.
    pub fn demanded(&self) -> Vec<Demand> {
        let mut demands = Vec::new();
        for found in self.demands {
            if !demands.contains(&found.demand) {
                demands.push(found.demand);
            }
        }
        demands
    }

    /// A party's share of the blame.
    pub fn share(&self, party: Party) -> f64 {
        match party {
            Party::Seller => self.blame.seller,
            Party::Courier => self.blame.courier,
            Party::Buyer => self.blame.buyer,
            Party::Unclear | Party::None => 0.0,
        }
    }
}
