//! What stands against a remedy: hard limits that no score can outweigh.

use super::rank::Ranking;
use super::situation::Situation;
use crate::money::Money;
use crate::report::{BarrierFound, Excluded};
use crate::rules::remedies::{RemedyBook, RemedyEntry};
use crate::rules::when::Circumstances;
use crate::set::Set;
use crate::shop::{Powers, ShopProfile};
use crate::taxonomy::{Barrier, Cost, Fact, RemedyId, Role, Standing};

/// Everything that stands against a remedy, apart from others suiting better.
#[derive(Debug, Clone, Copy)]
pub(super) struct Barriers {
    pub found: Set<Barrier>,
    /// Unknown facts on which it hinges.
    pub hinges: Set<Fact>,
    /// The barrier that would fall if those facts were known to be right.
    pub doubted: Option<Barrier>,
}

pub(super) fn barriers(
    remedy: &RemedyEntry,
    situation: &Situation<'_>,
    case: &Circumstances<'_>,
    duty: bool,
) -> Barriers {
    let mut found = Set::EMPTY;
    let mut stands = |barrier: Barrier, stands: bool| {
        if stands {
            found.insert(barrier);
        }
    };
    stands(Barrier::Prohibited, remedy.standing == Standing::Prohibited);
    stands(Barrier::Discouraged, remedy.standing == Standing::Discouraged);
    stands(Barrier::Category, case.categories.first().is_some_and(|first| remedy.barred(*first)));
    let suits = case.categories.iter().any(|category| remedy.fit(*category).0 > 0.0);
    stands(Barrier::Unfit, !suits || !remedy.accompanied(case.categories));
    stands(Barrier::Stage, !remedy.possible_at(case.stage));
    stands(Barrier::Severity, case.severity < remedy.from);
    stands(Barrier::Service, !remedy.services.words().all(|service| situation.shop.grants(service)));
    let answer = remedy.admits(case);
    if let Some(barrier) = answer.barrier {
        stands(barrier, true);
    }
    if let Err(barrier) = approval(remedy, situation.shop, case.paid, duty) {
        stands(barrier, true);
    }
    let doubted = answer.barrier.filter(|_| !answer.hinges.is_empty());
    Barriers { found, hinges: answer.hinges, doubted }
}

/// Who has to approve a remedy, if it is more than an agent may promise; the barrier if nobody may.
///
/// What a policy or statute calls for is never refused for the shop's own limits: the manager approves it.
pub(super) fn approval(
    remedy: &RemedyEntry,
    shop: &ShopProfile,
    paid: Option<Money>,
    duty: bool,
) -> Result<Option<Role>, Barrier> {
    // Of several degrees the mildest decides whether it can be offered at all.
    let amount = match remedy.degrees.first() {
        Some((_, share)) => paid.and_then(|paid| paid.basis_points(*share)),
        None => remedy.estimate(paid),
    };
    match approval_of(remedy.cost, amount, shop, paid) {
        Err(_) if duty => Ok(Some(Role::Manager)),
        other => other,
    }
}

/// The same for one amount.
pub(super) fn approval_of(
    cost: Cost,
    amount: Option<Money>,
    shop: &ShopProfile,
    paid: Option<Money>,
) -> Result<Option<Role>, Barrier> {
    if within(shop.powers(Role::Agent), cost, amount, paid).is_ok() {
        return Ok(None);
    }
    within(shop.powers(Role::Supervisor), cost, amount, paid).map(|()| Some(Role::Supervisor))
}

fn within(powers: &Powers, cost: Cost, amount: Option<Money>, paid: Option<Money>) -> Result<(), Barrier> {
    if !powers.may_grant(cost) {
        return Err(Barrier::Powers);
    }
    let beyond = match cost {
        Cost::Coupon => powers.coupon == Some(Money::ZERO),
        Cost::Partial => amount.zip(powers.cash_ceiling(paid)).is_some_and(|(amount, ceiling)| amount > ceiling),
        Cost::None | Cost::Freight | Cost::Goods | Cost::Full => false,
    };
    if beyond { Err(Barrier::Ceiling) } else { Ok(()) }
}

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
