//! `[[policy]]`: what a platform or a law fixes, with the formula for its figure.

use super::circumstances::Circumstances;
use super::limits::money;
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::When;
use super::wording::{Kind, Slot, SlotId, Values, Wording};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;
use crate::set::Set;
use crate::taxonomy::{Fact, Script};
use serde::{Deserialize, Serialize};

/// One policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PolicyEntry {
    pub id: Located<String>,
    pub name: String,
    when: When,
    formula: Option<Formula>,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// How the figure comes from the price paid.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Formula {
    basis_points: u32,
    minimum: Money,
    maximum: Option<Money>,
}

/// A policy that bears on a case.
#[derive(Debug, Clone)]
pub(crate) struct Applied<'p> {
    pub policy: &'p PolicyEntry,
    pub text: String,
    pub amount: Option<Money>,
}

/// All policies, in file order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PolicyBook {
    entries: Vec<PolicyEntry>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<PolicyEntry> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let name = row.required("name", faults);
    let text = row.required("text", faults);
    let when = When::read(&mut row, faults);
    let formula = read_formula(&mut row, faults);
    let sources = row.texts("sources", faults);
    if sources.is_empty() {
        faults.report(origin, Diagnostic::new(Code::MissingKey, "规则或法条必须写「sources」"));
    }
    row.finish(faults);
    let (id, name, text) = (id?, name?, text?);
    Some(PolicyEntry { name: name.value, when, formula, text, wording: None, sources, id })
}

fn read_formula(row: &mut Row<'_>, faults: &mut Faults) -> Option<Formula> {
    let minimum = money(row, "minimum", faults);
    let maximum = money(row, "maximum", faults);
    let basis_points = row.basis_points("percent", 10_000.0, faults)?;
    Some(Formula { basis_points, minimum: minimum.unwrap_or(Money::ZERO), maximum })
}

/// The slots of a policy's text, by number.
const AMOUNT: SlotId = 0;
const PAID: SlotId = 1;
const HOURS: SlotId = 2;
const SHIPPED_HOURS: SlotId = 3;
const RECEIVED_HOURS: SlotId = 4;

fn slots() -> [Slot; 5] {
    [
        Slot::unsure("amount", Kind::Money, "¥9.95", 16),
        Slot::unsure("paid", Kind::Money, "¥199.00", 16),
        Slot::unsure("hours", Kind::Number, "110", 10),
        Slot::unsure("shipped_hours", Kind::Number, "90", 10),
        Slot::unsure("received_hours", Kind::Number, "20", 10),
    ]
}

pub(crate) fn compile(
    mut rows: Vec<PolicyEntry>,
    known_categories: &[&str],
    known_sources: &SourceBook,
    faults: &mut Faults,
) -> PolicyBook {
    check_unique("规则", rows.iter().map(|row| &row.id), faults);
    for row in &mut rows {
        row.when.resolve(known_categories, faults);
        known_sources.check(&row.sources, faults);
        row.wording = Wording::new(&row.text, &slots(), faults);
    }
    PolicyBook { entries: rows }
}

impl PolicyBook {
    pub fn entries(&self) -> &[PolicyEntry] {
        &self.entries
    }

    /// The policies that bear on the case by index, closest first.
    pub fn bearing(&self, case: &Circumstances<'_>) -> Vec<usize> {
        let closeness = |(index, policy): (usize, &PolicyEntry)| Some((policy.when.closeness(case)?, index));
        let mut fitting: Vec<(u32, usize)> = self.entries.iter().enumerate().filter_map(closeness).collect();
        fitting.sort_by_key(|(closeness, _)| std::cmp::Reverse(*closeness));
        fitting.into_iter().map(|(_, index)| index).collect()
    }
}

impl PolicyEntry {
    /// The policy's text and figure for a case.
    pub fn applied(&self, case: &Circumstances<'_>) -> Option<Applied<'_>> {
        let amount = self.formula.zip(case.paid).and_then(|(formula, paid)| formula.figure(paid));
        let mut values = Values::default();
        for (slot, money) in [(AMOUNT, amount), (PAID, case.paid)] {
            values.set(slot, money.map_or_else(String::new, |money| money.to_string()));
        }
        let hours = [
            (HOURS, case.hours_since_order),
            (SHIPPED_HOURS, case.hours_since_shipping),
            (RECEIVED_HOURS, case.hours_since_receipt),
        ];
        for (slot, hours) in hours {
            values.set(slot, hours.map_or_else(String::new, |hours| hours.to_string()));
        }
        let text = self.wording.as_ref()?.render(Script::Simplified, &values);
        Some(Applied { policy: self, text, amount })
    }

    /// Whether nothing that is still unknown could keep it from applying.
    pub fn is_certain(&self, case: &Circumstances<'_>) -> bool {
        self.when.hinges(case).is_empty()
    }

    /// The unknown facts on which it hinges whether it applies, or how much is due.
    pub fn hinges(&self, case: &Circumstances<'_>) -> Set<Fact> {
        let mut hinges = self.when.hinges(case);
        if self.formula.is_some() && case.paid.is_none() && self.when.closeness(case).is_some() {
            hinges.insert(Fact::Paid);
        }
        hinges
    }
}

impl Formula {
    fn figure(self, paid: Money) -> Option<Money> {
        let figure = paid.basis_points(self.basis_points)?.max(self.minimum);
        Some(self.maximum.map_or(figure, |maximum| figure.min(maximum)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_to_the_fen_and_keep_the_minimum() {
        let paid: Money = "199.00".parse().unwrap();
        let figure = |basis_points, minimum: i64, maximum: Option<i64>| {
            let (minimum, maximum) = (Money::from_fen(minimum), maximum.map(Money::from_fen));
            Formula { basis_points, minimum, maximum }.figure(paid).unwrap().to_string()
        };
        assert_eq!(figure(500, 0, None), "¥9.95");
        assert_eq!(figure(30_000, 50_000, None), "¥597.00");
        assert_eq!(figure(10_000, 50_000, None), "¥500.00");
        assert_eq!(figure(1_000, 500, Some(1_500)), "¥15.00");
    }
}
