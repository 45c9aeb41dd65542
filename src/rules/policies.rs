//! `[[policy]]`: what a platform or a law fixes, with the formula for its figure.

use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{Circumstances, When};
use super::wording::{Kind, Slot, SlotId, Values, Wording};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;
use crate::taxonomy::Script;

/// One policy.
#[derive(Debug, Clone)]
pub(crate) struct PolicyEntry {
    pub id: Located<String>,
    pub name: String,
    when: When,
    /// Applies once more than so many hours have passed since the order; and while the hours are unknown.
    over_hours: Option<u32>,
    /// Applies while no more than so many hours have passed since the order; not while they are unknown.
    within_hours: Option<u32>,
    formula: Option<Formula>,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// How the figure comes from the price paid.
#[derive(Debug, Clone, Copy)]
struct Formula {
    basis_points: u32,
    minimum: Money,
}

/// A policy that bears on a case.
#[derive(Debug, Clone)]
pub(crate) struct Applied<'p> {
    pub policy: &'p PolicyEntry,
    pub text: String,
    pub amount: Option<Money>,
}

/// All policies, in file order.
#[derive(Debug, Clone, Default)]
pub(crate) struct PolicyBook {
    entries: Vec<PolicyEntry>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<PolicyEntry> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let name = row.required("name", faults);
    let text = row.required("text", faults);
    let when = When::read(&mut row, faults);
    let over_hours = row.count("over_hours", faults).map(|hours| hours.value);
    let within_hours = row.count("within_hours", faults).map(|hours| hours.value);
    let formula = read_formula(&mut row, faults);
    let sources = row.texts("sources", faults);
    if sources.is_empty() {
        faults.report(origin, Diagnostic::new(Code::MissingKey, "规则或法条必须写「sources」"));
    }
    row.finish(faults);
    let (id, name, text) = (id?, name?, text?);
    Some(PolicyEntry { name: name.value, when, over_hours, within_hours, formula, text, wording: None, sources, id })
}

fn read_formula(row: &mut Row<'_>, faults: &mut Faults) -> Option<Formula> {
    let percent = row.number("percent", faults);
    let minimum = row.text("minimum", faults);
    let minimum = match &minimum {
        None => Money::ZERO,
        Some(text) => match text.value.parse() {
            Ok(minimum) => minimum,
            Err(_) => {
                let fault = Diagnostic::new(Code::BadValue, format!("「{}」不是金额", text.value));
                faults.report(text.origin, fault.help("写成「500.00」"));
                return None;
            }
        },
    };
    let percent = percent?;
    if !(0.0..=10_000.0).contains(&percent.value) {
        faults.report(percent.origin, Diagnostic::new(Code::BadValue, "「percent」应在 0 到 10000 之间"));
        return None;
    }
    // In range by the check above.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(Formula { basis_points: (percent.value * 100.0).round() as u32, minimum })
}

/// The slots of a policy's text, by number.
const AMOUNT: SlotId = 0;
const PAID: SlotId = 1;
const HOURS: SlotId = 2;

fn slots() -> [Slot; 3] {
    [
        Slot::unsure("amount", Kind::Money, "¥9.95", 16),
        Slot::unsure("paid", Kind::Money, "¥199.00", 16),
        Slot::unsure("hours", Kind::Number, "110", 10),
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
        row.when.check(known_categories, faults);
        known_sources.check(&row.sources, faults);
        row.wording = Wording::new(&row.text, &slots(), faults);
    }
    PolicyBook { entries: rows }
}

impl PolicyBook {
    pub fn entries(&self) -> &[PolicyEntry] {
        &self.entries
    }

    /// The policies that bear on the case, closest first, with their figures.
    pub fn apply<'p>(&'p self, case: &Circumstances<'_>, paid: Option<Money>, hours: Option<u32>) -> Vec<Applied<'p>> {
        let mut fitting: Vec<(u32, &PolicyEntry)> = self
            .entries
            .iter()
            .filter(|policy| policy.in_time(hours))
            .filter_map(|policy| Some((policy.when.closeness(case)?, policy)))
            .collect();
        fitting.sort_by_key(|(closeness, _)| std::cmp::Reverse(*closeness));
        fitting.into_iter().filter_map(|(_, policy)| policy.applied(paid, hours)).collect()
    }
}

impl PolicyEntry {
    fn in_time(&self, hours: Option<u32>) -> bool {
        let over = self.over_hours.is_none_or(|bound| hours.is_none_or(|hours| hours > bound));
        let within = self.within_hours.is_none_or(|bound| hours.is_some_and(|hours| hours <= bound));
        over && within
    }

    fn applied(&self, paid: Option<Money>, hours: Option<u32>) -> Option<Applied<'_>> {
        let amount = self.formula.zip(paid).and_then(|(formula, paid)| formula.figure(paid));
        let known = [
            (AMOUNT, amount.map(|amount| amount.to_string())),
            (PAID, paid.map(|paid| paid.to_string())),
            (HOURS, hours.map(|hours| hours.to_string())),
        ];
        let mut values = Values::default();
        for (slot, value) in known {
            values.set(slot, value.unwrap_or_default());
        }
        let text = self.wording.as_ref()?.render(Script::Simplified, &values);
        Some(Applied { policy: self, text, amount })
    }
}

impl Formula {
    fn figure(self, paid: Money) -> Option<Money> {
        Some(paid.basis_points(self.basis_points)?.max(self.minimum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_to_the_fen_and_keep_the_minimum() {
        let paid: Money = "199.00".parse().unwrap();
        let figure = |basis_points, minimum: i64| {
            Formula { basis_points, minimum: Money::from_fen(minimum) }.figure(paid).unwrap().to_string()
        };
        assert_eq!(figure(500, 0), "¥9.95");
        assert_eq!(figure(30_000, 50_000), "¥597.00");
        assert_eq!(figure(10_000, 50_000), "¥500.00");
    }
}
