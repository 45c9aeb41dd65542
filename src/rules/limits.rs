//! Conditions on the facts of an order: platform, state, goods, buyer, price and time.
//!
//! A fact may be unknown. A list of words that must be so does not hold then, a list of words that must not be so does,
//! and a bound does only where the row says `or_unknown`. Either way the row tells which facts it would like to know.

use super::circumstances::Circumstances;
use super::names::words;
use super::source::{Faults, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;
use crate::set::{Set, Word};
use crate::taxonomy::{Barrier, CustomerKind, Fact, Goods, OrderState, Platform};
use serde::{Deserialize, Serialize};

/// The limits of one row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Limits {
    platforms: Set<Platform>,
    not_on: Set<Platform>,
    states: Set<OrderState>,
    goods: Set<Goods>,
    not_goods: Set<Goods>,
    customers: Set<CustomerKind>,
    not_customers: Set<CustomerKind>,
    ordered: Bounds<u32>,
    shipped: Bounds<u32>,
    received: Bounds<u32>,
    contacts: Bounds<u32>,
    paid: Bounds<Money>,
    or_unknown: bool,
}

/// More than `over` and no more than `within`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
struct Bounds<T> {
    over: Option<T>,
    within: Option<T>,
}

/// How a row stands to a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Answer {
    /// The first condition that fails, if one does.
    pub barrier: Option<Barrier>,
    /// Unknown facts on which the row hinges; none where a known fact settles the matter against it.
    pub hinges: Set<Fact>,
}

impl Answer {
    pub const HOLDS: Self = Self { barrier: None, hinges: Set::EMPTY };
}

impl Limits {
    /// `None` if the row sets none.
    pub fn read(row: &mut Row<'_>, faults: &mut Faults) -> Option<Box<Self>> {
        let limits = Self {
            platforms: words(row, "platforms", faults),
            not_on: words(row, "not_on", faults),
            states: words(row, "order_states", faults),
            goods: words(row, "goods", faults),
            not_goods: words(row, "not_goods", faults),
            customers: words(row, "customers", faults),
            not_customers: words(row, "not_customers", faults),
            ordered: Bounds::hours(row, ["over_hours", "within_hours"], faults),
            shipped: Bounds::hours(row, ["shipped_over_hours", "shipped_within_hours"], faults),
            received: Bounds::hours(row, ["received_over_hours", "received_within_hours"], faults),
            contacts: Bounds::hours(row, ["contacts_over", "contacts_within"], faults),
            paid: Bounds { over: money(row, "paid_over", faults), within: money(row, "paid_within", faults) },
            or_unknown: row.flag("or_unknown", faults).unwrap_or(false),
        };
        (limits != Self::default()).then(|| Box::new(limits))
    }

    /// Asks every condition.
    pub fn ask(&self, case: &Circumstances<'_>) -> Answer {
        let mut poll = Poll::default();
        let platform: Option<Set<Platform>> = case.platform.map(|platform| Set::from_iter([platform]));
        poll.words(Fact::Platform, Barrier::Platform, platform, self.platforms, self.not_on);
        let state = case.order_state.map(|state| Set::from_iter([state]));
        poll.words(Fact::OrderState, Barrier::OrderState, state, self.states, Set::EMPTY);
        let goods = (!case.goods.is_empty()).then_some(case.goods);
        poll.words(Fact::Goods, Barrier::Goods, goods, self.goods, self.not_goods);
        let customer = case.customer.map(|customer| Set::from_iter([customer]));
        poll.words(Fact::CustomerKind, Barrier::Customer, customer, self.customers, self.not_customers);
        let unknown = self.or_unknown;
        poll.bounds(Fact::HoursSinceOrder, Barrier::Time, case.hours_since_order, self.ordered, unknown);
        poll.bounds(Fact::HoursSinceShipping, Barrier::Time, case.hours_since_shipping, self.shipped, unknown);
        poll.bounds(Fact::HoursSinceReceipt, Barrier::Time, case.hours_since_receipt, self.received, unknown);
        poll.bounds(Fact::Contacts, Barrier::Contacts, case.contacts, self.contacts, unknown);
        poll.bounds(Fact::Paid, Barrier::Amount, case.paid, self.paid, unknown);
        poll.answer()
    }

    /// Whether it holds for some kinds of buyer only.
    pub fn names_customers(&self) -> bool {
        !self.customers.is_empty()
    }

    /// How much closer a row is to the case for each kind of fact that it names.
    pub fn worth(&self) -> u32 {
        let listed = |is_empty: bool, worth| if is_empty { 0 } else { worth };
        let bounded = [self.ordered, self.shipped, self.received, self.contacts];
        let bounds = bounded.iter().filter(|bounds| **bounds != Bounds::default()).count();
        listed(self.platforms.is_empty(), 5)
            + listed(self.goods.is_empty(), 5)
            + listed(self.customers.is_empty(), 5)
            + listed(self.states.is_empty(), 4)
            + listed(self.paid == Bounds::default(), 2)
            + 2 * u32::try_from(bounds).unwrap_or(0)
    }
}

/// The conditions asked so far.
#[derive(Default)]
struct Poll {
    refuted: Option<Barrier>,
    /// What fails only because a fact is unknown.
    doubted: Option<Barrier>,
    unknown: Set<Fact>,
}

impl Poll {
    fn words<W: Word>(&mut self, fact: Fact, barrier: Barrier, known: Option<Set<W>>, some: Set<W>, none: Set<W>) {
        if some.is_empty() && none.is_empty() {
            return;
        }
        match known {
            Some(known) => {
                if known.meets(none) || !(some.is_empty() || known.meets(some)) {
                    self.refuted.get_or_insert(barrier);
                }
            }
            None => self.doubt(fact, barrier, some.is_empty()),
        }
    }

    fn bounds<T: PartialOrd + Copy>(
        &mut self,
        fact: Fact,
        barrier: Barrier,
        known: Option<T>,
        bounds: Bounds<T>,
        or_unknown: bool,
    ) {
        if bounds.over.is_none() && bounds.within.is_none() {
            return;
        }
        match known {
            Some(known) => {
                let holds =
                    bounds.over.is_none_or(|over| known > over) && bounds.within.is_none_or(|within| known <= within);
                if !holds {
                    self.refuted.get_or_insert(barrier);
                }
            }
            None => self.doubt(fact, barrier, or_unknown),
        }
    }

    fn doubt(&mut self, fact: Fact, barrier: Barrier, holds: bool) {
        self.unknown.insert(fact);
        if !holds {
            self.doubted.get_or_insert(barrier);
        }
    }

    fn answer(self) -> Answer {
        let hinges = if self.refuted.is_some() { Set::EMPTY } else { self.unknown };
        Answer { barrier: self.refuted.or(self.doubted), hinges }
    }
}

impl Bounds<u32> {
    fn hours(row: &mut Row<'_>, [over, within]: [&'static str; 2], faults: &mut Faults) -> Self {
        Self {
            over: row.count(over, faults).map(|hours| hours.value),
            within: row.count(within, faults).map(|hours| hours.value),
        }
    }
}

/// An optional amount in yuan.
pub(crate) fn money(row: &mut Row<'_>, key: &'static str, faults: &mut Faults) -> Option<Money> {
    let text = row.text(key, faults)?;
    let amount = text.value.parse().ok().filter(|amount| *amount >= Money::ZERO);
    if amount.is_none() {
        let fault = Diagnostic::new(Code::BadValue, format!("「{}」不是金额", text.value));
        faults.report(text.origin, fault.help("写成「500.00」，单位是元"));
    }
    amount
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(limits: &Limits, case: &Circumstances<'_>) -> (Option<Barrier>, Vec<Fact>) {
        let answer = limits.ask(case);
        (answer.barrier, answer.hinges.words().collect())
    }

    #[test]
    fn what_is_unknown_is_asked_for_and_decides_by_the_kind_of_condition() {
        let case = Circumstances::default();
        let must = Limits { goods: Set::from_iter([Goods::Food]), ..Limits::default() };
        assert_eq!(ask(&must, &case), (Some(Barrier::Goods), vec![Fact::Goods]));
        let must_not = Limits { not_goods: Set::from_iter([Goods::Custom]), ..Limits::default() };
        assert_eq!(ask(&must_not, &case), (None, vec![Fact::Goods]));
        let bounded = Limits { ordered: Bounds { over: Some(72), within: None }, ..Limits::default() };
        assert_eq!(ask(&bounded, &case), (Some(Barrier::Time), vec![Fact::HoursSinceOrder]));
        let lenient = Limits { or_unknown: true, ..bounded };
        assert_eq!(ask(&lenient, &case), (None, vec![Fact::HoursSinceOrder]));
    }

    #[test]
    fn what_is_known_decides_and_nothing_is_asked_where_it_refutes() {
        let custom = Circumstances { goods: Set::from_iter([Goods::Custom]), ..Circumstances::default() };
        let limits = Limits {
            not_goods: Set::from_iter([Goods::Custom]),
            ordered: Bounds { over: Some(72), within: Some(96) },
            ..Limits::default()
        };
        assert_eq!(ask(&limits, &custom), (Some(Barrier::Goods), vec![]));
        for (hours, barrier) in [(72, Some(Barrier::Time)), (73, None), (96, None), (97, Some(Barrier::Time))] {
            let case = Circumstances {
                goods: Set::from_iter([Goods::General]),
                hours_since_order: Some(hours),
                ..Circumstances::default()
            };
            assert_eq!(ask(&limits, &case), (barrier, vec![]), "{hours}");
        }
    }

    #[test]
    fn a_price_is_bounded_to_the_fen() {
        let limits = Limits { paid: Bounds { over: Some(Money::from_fen(10_000)), within: None }, ..Limits::default() };
        for (fen, barrier) in [(10_000, Some(Barrier::Amount)), (10_001, None)] {
            let case = Circumstances { paid: Some(Money::from_fen(fen)), ..Circumstances::default() };
            assert_eq!(ask(&limits, &case).0, barrier);
        }
    }
}
