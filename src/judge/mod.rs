//! Cues → verdict: which rules fire, and what they add up to.

mod findings;
mod fired;
mod hinted;

pub(crate) use fired::{Fired, fired};
pub(crate) use hinted::{Hinted, words};

use crate::report::{Blame, Candidate, DemandFound, Evidence, Explanation, Finding, Firing, RiskFound, Verdict};
use crate::rules::rule::{Signal, Target};
use crate::rules::{RuleSet, Shares};
use crate::set::Set;
use crate::span::Span;
use crate::taxonomy::{CustomerKind, Demand, Goods, Party, Risk, Severity, Stage};
use crate::text::Text;
use findings::Considered;

/// What a text amounts to, and what else it tells that advice can use.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    pub verdict: Verdict,
    /// Kinds of goods that the text names.
    pub goods: Set<Goods>,
    /// What the buyer shows himself to be like.
    pub customer: Option<CustomerKind>,
}

/// Shares below this do not lead.
const LEADING_SHARE: f64 = 0.45;
/// Keeps a party without any share within reach of what the text says outright.
const SHARE_FLOOR: f64 = 0.02;
/// Findings after the first move the blame only so much.
const SECOND_FINDING: f64 = 0.2;
/// Anger of this weight makes a complaint urgent.
const STRONG_ANGER: f64 = 3.0;
/// So many troubles at once make a complaint urgent.
const MANY_FINDINGS: usize = 3;

/// What speaks for something in a text.
#[derive(Debug)]
pub(crate) struct Proof {
    /// The rules that fire, in rule order.
    pub fired: Vec<Fired>,
    pub hinted: Hinted,
}

/// Adds up what fired and what words hint at.
pub(crate) fn judge(text: &Text, rules: &RuleSet, proof: &Proof) -> Judgement {
    let bench = Bench { text, rules, fired: &proof.fired, hinted: &proof.hinted };
    let (confidence, findings) = findings::findings(&bench);
    let stage = bench.stage(&findings);
    if findings.is_empty() {
        let blame = Blame { party: Party::None, seller: 0.0, courier: 0.0, buyer: 0.0, evidence: Vec::new() };
        let (demands, risks, severity) = (Vec::new(), Vec::new(), Severity::Low);
        let verdict =
            Verdict { complaint: false, confidence, findings: Vec::new(), blame, demands, stage, risks, severity };
        return Judgement { verdict, goods: Set::EMPTY, customer: None };
    }
    let risks = bench.risks();
    let verdict = Verdict {
        complaint: true,
        confidence,
        blame: bench.blame(&findings),
        demands: bench.demands(),
        stage,
        severity: bench.severity(&findings, &risks),
        risks,
        findings: findings.into_iter().map(|(_, finding)| finding).collect(),
    };
    Judgement { verdict, goods: bench.goods(), customer: bench.customer() }
}

/// What the judgement of a text is made of.
///
/// `words` are those of the proof, as rules write them.
pub(crate) fn explain(text: &Text, rules: &RuleSet, proof: &Proof, words: Vec<String>) -> Explanation {
    let bench = Bench { text, rules, fired: &proof.fired, hinted: &proof.hinted };
    let firing = |fired: &Fired| {
        let rule = &rules.rules[fired.rule];
        let spans = fired.matches.iter().map(|hit| bench.source(hit.start, hit.end)).collect();
        Firing { rule: rule.id.clone(), weight: rule.weight, spans }
    };
    let weighed = findings::weigh(&bench);
    let candidate = |candidate: &Considered| Candidate {
        category: rules.categories[candidate.category].id.clone(),
        score: candidate.score(),
        hints: candidate.hints,
        shared: candidate.shared(),
        confidence: candidate.confidence,
    };
    Explanation {
        words,
        firings: bench.fired.iter().map(firing).collect(),
        candidates: weighed.considered.iter().map(candidate).collect(),
        stands: weighed.stands,
        praise: weighed.praise,
        anger: weighed.anger,
        hints: bench.hinted.complaint(),
        confidence: weighed.complaint,
    }
}

/// From the left; at one place by rule.
fn in_text_order(evidence: &mut [Evidence]) {
    evidence.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
}

/// The text, the rules and what fired, ready to be asked.
struct Bench<'b> {
    text: &'b Text,
    rules: &'b RuleSet,
    fired: &'b [Fired],
    hinted: &'b Hinted,
}

impl Bench<'_> {
    /// The rules that fired for a target, with their weight.
    fn firing(&self, wanted: Target) -> impl Iterator<Item = (&Fired, f64)> {
        self.fired.iter().filter_map(move |fired| {
            let rule = &self.rules.rules[fired.rule];
            (rule.target == wanted).then_some((fired, rule.weight))
        })
    }

    fn weight(&self, target: Target) -> f64 {
        self.firing(target).fold(0.0, |sum, (_, weight)| sum + weight)
    }

    fn stands(&self, target: Target) -> bool {
        self.is_enough(self.weight(target))
    }

    /// Whether summed weights are enough to stand by.
    fn is_enough(&self, score: f64) -> bool {
        score >= self.rules.standards.score
    }

    /// Where normalised characters stand in the text as it was given.
    fn source(&self, start: u32, end: u32) -> Span {
        self.text.source(start as usize..end as usize)
    }

    /// The words behind some firings, in text order; those of rules that speak against it are none.
    fn evidence<'f>(&self, firings: impl Iterator<Item = &'f Fired>) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = firings
            .filter(|fired| self.rules.rules[fired.rule].weight > 0.0)
            .flat_map(|fired| {
                let rule = &self.rules.rules[fired.rule].id;
                fired.matches.iter().map(|hit| Evidence { span: self.source(hit.start, hit.end), rule: rule.clone() })
            })
            .collect();
        in_text_order(&mut evidence);
        evidence
    }

    fn demands(&self) -> Vec<DemandFound> {
        let mut demands: Vec<DemandFound> = Demand::ALL
            .iter()
            .filter(|demand| self.stands(Target::Demand(**demand)))
            .filter_map(|&demand| {
                let first = self.evidence(self.firing(Target::Demand(demand)).map(|(fired, _)| fired));
                let first = first.into_iter().next()?;
                Some(DemandFound { demand, span: first.span, rule: first.rule })
            })
            .collect();
        demands.sort_by_key(|found| (found.span, found.demand));
        demands
    }

    fn risks(&self) -> Vec<RiskFound> {
        Risk::ALL
            .iter()
            .filter(|risk| self.stands(Target::Risk(**risk)))
            .filter_map(|&risk| {
                let first = self.evidence(self.firing(Target::Risk(risk)).map(|(fired, _)| fired));
                let first = first.into_iter().next()?;
                Some(RiskFound { risk, span: first.span, rule: first.rule })
            })
            .collect()
    }

    /// What the text says of the stage; where it says nothing, the one that goes with the weightiest finding that has one.
    fn stage(&self, findings: &[(usize, Finding)]) -> Stage {
        let weighed = [Stage::Received, Stage::InTransit, Stage::BeforeShipping]
            .map(|stage| (stage, self.weight(Target::Stage(stage))));
        // The first of equals wins: what has happened last is what matters.
        let mut best = (Stage::Unknown, 0.0);
        for (stage, weight) in weighed {
            if weight > best.1 {
                best = (stage, weight);
            }
        }
        let usual = || findings.iter().map(|(category, _)| self.rules.categories[*category].stage);
        match best.0 {
            Stage::Unknown => usual().find(|stage| *stage != Stage::Unknown).unwrap_or(Stage::Unknown),
            told => told,
        }
    }

    fn goods(&self) -> Set<Goods> {
        Goods::ALL.iter().copied().filter(|goods| self.stands(Target::Goods(*goods))).collect()
    }

    /// The least easy kind of those that show.
    fn customer(&self) -> Option<CustomerKind> {
        CustomerKind::ALL.iter().rev().copied().find(|kind| self.stands(Target::Customer(*kind)))
    }

    /// Default shares of the findings, moved by what the buyer says outright.
    fn blame(&self, findings: &[(usize, Finding)]) -> Blame {
        let mut shares = Shares::default();
        let mut factor = 1.0;
        for (category, finding) in findings {
            let default = self.rules.categories[*category].blame;
            let weight = factor * finding.confidence;
            shares.seller += weight * default.seller;
            shares.courier += weight * default.courier;
            shares.buyer += weight * default.buyer;
            factor = SECOND_FINDING;
        }
        let presumed = shares.seller + shares.courier + shares.buyer;
        let mut evidence = Vec::new();
        let mut moved = |party: Party, share: f64| -> f64 {
            let firings: Vec<_> = self.firing(Target::Blame(party)).collect();
            let said: f64 = firings.iter().map(|(_, weight)| weight).sum();
            evidence.extend(self.evidence(firings.into_iter().map(|(fired, _)| fired)));
            let base = if presumed > 0.0 { share / presumed } else { 0.0 };
            if said == 0.0 && base == 0.0 { 0.0 } else { (base + SHARE_FLOOR) * said.exp() }
        };
        let (seller, courier, buyer) = (
            moved(Party::Seller, shares.seller),
            moved(Party::Courier, shares.courier),
            moved(Party::Buyer, shares.buyer),
        );
        let cannot_tell = self.stands(Target::Blame(Party::Unclear));
        if cannot_tell {
            evidence.extend(self.evidence(self.firing(Target::Blame(Party::Unclear)).map(|(fired, _)| fired)));
        }
        evidence.sort_by_key(|proof| proof.span);
        let total = seller + courier + buyer;
        if total <= 0.0 {
            let third = 1.0 / 3.0;
            return Blame { party: Party::Unclear, seller: third, courier: third, buyer: third, evidence };
        }
        let (seller, courier, buyer) = (seller / total, courier / total, buyer / total);
        let leading = [(Party::Seller, seller), (Party::Courier, courier), (Party::Buyer, buyer)]
            .into_iter()
            .fold((Party::Unclear, LEADING_SHARE), |best, next| if next.1 > best.1 { next } else { best });
        // A buyer who says that he cannot tell is taken at his word.
        let party = if cannot_tell { Party::Unclear } else { leading.0 };
        Blame { party, seller, courier, buyer, evidence }
    }

    fn severity(&self, findings: &[(usize, Finding)], risks: &[RiskFound]) -> Severity {
        let anger = self.weight(Target::Signal(Signal::Anger));
        let categories = findings.iter().map(|(category, _)| self.rules.categories[*category].severity);
        let least = categories.max().unwrap_or(Severity::Low);
        let urgent = if risks.iter().any(|found| found.risk != Risk::Exposure) {
            Severity::Critical
        } else if !risks.is_empty() || anger >= STRONG_ANGER || findings.len() >= MANY_FINDINGS {
            Severity::High
        } else if anger > 0.0 {
            Severity::Normal
        } else {
            Severity::Low
        };
        least.max(urgent)
    }
}
