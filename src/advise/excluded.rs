//! Why a remedy is not offered, told.

use super::barriers::{Barriers, barriers};
use super::rank::Ranking;
use super::situation::Situation;
use crate::money::Money;
use crate::report::{BarrierFound, Excluded};
use crate::rules::circumstances::Circumstances;
use crate::rules::remedies::{RemedyBook, RemedyEntry};
use crate::shop::Powers;
use crate::taxonomy::{Barrier, Cost, Fact, RemedyId, Role};

/// Every remedy that is not offered, in file order.
pub(super) fn excluded(
    book: &RemedyBook,
    situation: &Situation<'_>,
    case: &Circumstances<'_>,
    certain: &[usize],
    ranking: &Ranking<'_>,
) -> Vec<Excluded> {
    let mut excluded = Vec::new();
    for (index, remedy) in book.entries().iter().enumerate() {
        if ranking.offered.iter().any(|ranked| ranked.index == index) {
            continue;
        }
        let duty = remedy.duties().iter().any(|policy| certain.contains(policy));
        let mut barriers = barriers(remedy, situation, case, duty);
        if barriers.found.is_empty() {
            barriers.found.insert(Barrier::Outranked);
        }
        let told = |barrier| BarrierFound { barrier, reason: reason(barrier, &barriers, remedy, situation, case) };
        excluded.push(Excluded {
            id: RemedyId::from(remedy.id.value.as_str()),
            name: remedy.name.clone(),
            standing: remedy.standing,
            barriers: barriers.found.words().map(told).collect(),
        });
    }
    excluded
}

fn reason(
    barrier: Barrier,
    barriers: &Barriers,
    remedy: &RemedyEntry,
    situation: &Situation<'_>,
    case: &Circumstances<'_>,
) -> String {
    let label = barrier.label();
    let found = situation.findings.iter().map(|finding| finding.name.as_str()).collect::<Vec<_>>().join("、");
    if barriers.doubted == Some(barrier) {
        let facts: Vec<&str> = barriers.hinges.words().map(Fact::label).collect();
        return format!("{label}：还不知道{}", facts.join("、"));
    }
    match barrier {
        Barrier::Prohibited | Barrier::Discouraged => format!("{label}：{}", remedy.reason),
        Barrier::Category | Barrier::Unfit => format!("{label}（{found}）"),
        Barrier::Stage => format!("{label}（{}）", case.stage.label()),
        Barrier::Severity => format!("{label}（现为{}，{}起才用）", case.severity.label(), remedy.from.label()),
        Barrier::Service => {
            let lacking = remedy.services.words().filter(|service| !situation.shop.grants(*service));
            format!("{label}：{}", lacking.map(|service| service.label()).collect::<Vec<_>>().join("、"))
        }
        Barrier::Ceiling => ceiling_reason(remedy, situation.shop.powers(Role::Supervisor), case.paid),
        Barrier::Powers => format!("{label}：{}", remedy.cost.label()),
        _ => label.to_owned(),
    }
}

fn ceiling_reason(remedy: &RemedyEntry, powers: &Powers, paid: Option<Money>) -> String {
    let label = Barrier::Ceiling.label();
    let ceiling = if remedy.cost == Cost::Coupon { powers.coupon } else { powers.cash_ceiling(paid) };
    match (ceiling, remedy.estimate(paid)) {
        (Some(ceiling), Some(estimate)) => format!("{label} {ceiling}：约需 {estimate}"),
        (Some(ceiling), None) => format!("{label} {ceiling}"),
        (None, _) => label.to_owned(),
    }
}
