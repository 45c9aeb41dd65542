//! What stands against a remedy: hard limits that no score can outweigh.

use super::situation::Situation;
use crate::money::Money;
use crate::rules::circumstances::Circumstances;
use crate::rules::remedies::RemedyEntry;
use crate::set::Set;
use crate::shop::{Powers, ShopProfile};
use crate::taxonomy::{Barrier, Cost, Fact, Role, Standing};

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
