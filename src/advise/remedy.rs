//! A ranked remedy as the report shows it.

use super::barriers::{approval, approval_of};
use super::rank::Ranked;
use super::situation::Situation;
use crate::report::{Contribution, Degree, Remedy};
use crate::rules::advice::AdviceBook;
use crate::rules::sources::plain;
use crate::set::Word;
use crate::taxonomy::{Consideration, Party, RemedyId, Stage};

pub(super) fn shown(book: &AdviceBook, ranked: &Ranked<'_>, situation: &Situation<'_>, certain: &[usize]) -> Remedy {
    let remedy = ranked.remedy;
    let paid = situation.case.paid;
    let duty = ranked.points[Consideration::Duty.place() as usize] > 0.0;
    let contributions = contributions(book, ranked, situation, certain);
    let reasons: Vec<&str> =
        contributions.iter().map(|brought| brought.reason.as_str()).filter(|reason| !reason.is_empty()).collect();
    Remedy {
        id: RemedyId::from(remedy.id.value.as_str()),
        name: remedy.name.clone(),
        score: (ranked.score() * 1000.0).round() / 1000.0,
        why: reasons.join("；"),
        contributions,
        steps: remedy.steps.clone(),
        who: remedy.who.clone(),
        // What nobody may promise is not among the ranked.
        approval: approval(remedy, situation.shop, paid, duty).unwrap_or_default(),
        ask_for: remedy.ask_for.clone(),
        due_minutes: remedy.due_minutes,
        cost: remedy.cost,
        estimate: remedy.estimate(paid),
        degrees: degrees(ranked, situation),
        if_refused: remedy.if_refused.clone(),
        sources: plain(&remedy.sources),
    }
}

/// The degrees that somebody in the shop may grant.
fn degrees(ranked: &Ranked<'_>, situation: &Situation<'_>) -> Vec<Degree> {
    let paid = situation.case.paid;
    let degree = |(name, basis_points): &(String, u32)| {
        let amount = paid.and_then(|paid| paid.basis_points(*basis_points));
        let approval = approval_of(ranked.remedy.cost, amount, situation.shop, paid).ok()?;
        Some(Degree { name: name.clone(), basis_points: *basis_points, amount, approval })
    };
    ranked.remedy.degrees.iter().filter_map(degree).collect()
}

fn contributions(
    book: &AdviceBook,
    ranked: &Ranked<'_>,
    situation: &Situation<'_>,
    certain: &[usize],
) -> Vec<Contribution> {
    let brought = Consideration::ALL.iter().zip(ranked.points).filter(|(_, points)| *points != 0.0);
    brought
        .map(|(&name, points)| Contribution {
            name,
            points: (points * 10.0).round() / 10.0,
            reason: reason(book, name, points, ranked, situation, certain),
        })
        .collect()
}

/// What to tell the agent about a consideration; empty if it is not worth a word.
fn reason(
    book: &AdviceBook,
    consideration: Consideration,
    points: f64,
    ranked: &Ranked<'_>,
    situation: &Situation<'_>,
    certain: &[usize],
) -> String {
    let remedy = ranked.remedy;
    match consideration {
        Consideration::Demand => {
            let demands = situation.demanded();
            let met = demands.iter().filter(|demand| remedy.meets.contains(**demand)).map(|demand| demand.label());
            format!("买家要求{}", joined(met))
        }
        Consideration::Fit => {
            let found = situation.findings.iter().zip(situation.categories);
            let meant_for = found.filter(|(_, category)| remedy.fit(**category).1);
            let names = joined(meant_for.map(|(finding, _)| finding.name.as_str()));
            if names.is_empty() { "各类投诉都用得上".to_owned() } else { format!("买家反映{names}") }
        }
        Consideration::Blame => match situation.blame.party {
            party if points <= 0.0 || !remedy.parties.contains(party) => String::new(),
            Party::Buyer => "起因在买家一方".to_owned(),
            party => format!("责任主要在{}", party.label()),
        },
        Consideration::Stage => match situation.stage {
            Stage::BeforeShipping => "货还没有发出".to_owned(),
            Stage::InTransit => "货还在路上".to_owned(),
            Stage::Received => "货已在买家手上".to_owned(),
            Stage::Unknown => String::new(),
        },
        Consideration::Risk => {
            let calmed = situation.risks.iter().filter(|found| remedy.risks.contains(found.risk));
            format!("有{}风险，要先稳住", joined(calmed.map(|found| found.risk.label())))
        }
        Consideration::Severity => format!("事情{}", situation.severity.label()),
        Consideration::Duty => {
            let called = remedy.duties().iter().filter(|policy| certain.contains(policy));
            format!("规则要求：{}", joined(called.map(|policy| book.policies.entries()[*policy].name.as_str())))
        }
        Consideration::Customer => situation.customer.map_or_else(String::new, |kind| format!("买家{}", kind.label())),
        Consideration::Cost | Consideration::Offer => String::new(),
    }
}

fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join("、")
}
