//! Conditions: when a step, policy or text bears on a case.
//!
//! Every key is a list; an empty list sets no condition. A category may be written whole or as a family, `logistics.*`.
//! Names are looked up once, at load; a case is then asked by index and by bit.

use super::circumstances::{CategoryIndex, Circumstances};
use super::limits::Limits;
use super::names::{named, words};
use super::source::{Faults, Located, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::set::{Set, Word};
use crate::taxonomy::{Demand, Fact, Party, Risk, Script, Severity, Stage};
use serde::{Deserialize, Serialize};

/// The conditions of one row.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct When {
    categories: Vec<Located<String>>,
    except: Vec<Located<String>>,
    /// By category: how exactly `categories` covers it; empty if they set no condition.
    covered: Box<[Option<Breadth>]>,
    /// By category: whether `except` covers it; empty if it sets no condition.
    excepted: Box<[bool]>,
    parties: Set<Party>,
    stages: Set<Stage>,
    demands: Set<Demand>,
    risks: Set<Risk>,
    scripts: Set<Script>,
    /// Applies from this severity upward.
    from: Option<Severity>,
    limits: Option<Box<Limits>>,
}

impl When {
    pub fn read(row: &mut Row<'_>, faults: &mut Faults) -> Self {
        Self {
            categories: row.texts("categories", faults),
            except: row.texts("except", faults),
            parties: words(row, "parties", faults),
            stages: words(row, "stages", faults),
            demands: words(row, "demands", faults),
            risks: words(row, "risks", faults),
            scripts: words(row, "scripts", faults),
            from: severity(row, faults),
            limits: Limits::read(row, faults),
            ..Self::default()
        }
    }

    /// Looks up the categories and reports every one that does not exist.
    pub fn resolve(&mut self, known: &[&str], faults: &mut Faults) {
        for category in self.categories.iter().chain(&self.except) {
            check_category(category, known, faults);
        }
        if !self.categories.is_empty() {
            let breadths = |category: &&str| covering(&self.categories, category).max();
            self.covered = known.iter().map(breadths).collect();
        }
        if !self.except.is_empty() {
            self.excepted = known.iter().map(|category| covering(&self.except, category).next().is_some()).collect();
        }
    }

    /// Whether the row applies to every case.
    pub fn is_always(&self) -> bool {
        self.categories.is_empty()
            && self.except.is_empty()
            && self.parties.is_empty()
            && self.stages.is_empty()
            && self.demands.is_empty()
            && self.risks.is_empty()
            && self.scripts.is_empty()
            && self.from.is_none()
            && self.limits.is_none()
    }

    /// Whether the row can bear on a case of which this is the weightiest category and no other counts.
    pub fn may_bear_on(&self, category: CategoryIndex) -> bool {
        let place = usize::from(category);
        let excepted = self.excepted.get(place) == Some(&true);
        !excepted && (self.categories.is_empty() || self.covered.get(place).is_some_and(Option::is_some))
    }

    /// How closely the row is meant for this case; `None` if it does not apply.
    ///
    /// A row written for the exact category beats one for its family, and that one beats a general
    /// row; an earlier finding beats a later one; each further condition that holds adds a little.
    pub fn closeness(&self, case: &Circumstances<'_>) -> Option<u32> {
        let scope = self.scope(case)?;
        let Some(limits) = &self.limits else { return Some(scope) };
        limits.ask(case).barrier.is_none().then(|| scope + limits.worth())
    }

    /// The unknown facts on which it hinges whether the row applies.
    pub fn hinges(&self, case: &Circumstances<'_>) -> Set<Fact> {
        let Some(limits) = &self.limits else { return Set::EMPTY };
        if self.scope(case).is_some() { limits.ask(case).hinges } else { Set::EMPTY }
    }

    /// Closeness by what was found in the text.
    fn scope(&self, case: &Circumstances<'_>) -> Option<u32> {
        let first = case.categories.first();
        if first.is_some_and(|first| self.excepted.get(usize::from(*first)) == Some(&true)) {
            return None;
        }
        if self.from.is_some_and(|from| case.severity < from) {
            return None;
        }
        let category = self.closest_category(case.categories)?;
        let party = listed(self.parties, Set::from_iter([case.party]), 8)?;
        let stage = listed(self.stages, Set::from_iter([case.stage]), 4)?;
        let demand = listed(self.demands, case.demands, 6)?;
        let risk = listed(self.risks, case.risks, 6)?;
        let script = listed(self.scripts, Set::from_iter([case.script]), 1)?;
        Some(category + party + stage + demand + risk + script)
    }

    fn closest_category(&self, found: &[CategoryIndex]) -> Option<u32> {
        if self.categories.is_empty() {
            return Some(0);
        }
        found.iter().zip(0..).find_map(|(category, place): (_, u32)| {
            let exact = (*self.covered.get(usize::from(*category))?)?;
            Some(u32::from(exact) * 20 + 20_u32.saturating_sub(place * 5))
        })
    }
}

/// The row closest to the case; among equals the first in file order.
pub(crate) fn closest<'r, R>(
    rows: impl IntoIterator<Item = &'r R>,
    closeness: impl Fn(&R) -> Option<u32>,
) -> Option<&'r R> {
    let mut best: Option<(u32, &R)> = None;
    for row in rows {
        if let Some(score) = closeness(row)
            && best.is_none_or(|(best, _)| score > best)
        {
            best = Some((score, row));
        }
    }
    best.map(|(_, row)| row)
}

/// How exactly a category pattern covers a category: 2 by name, 1 by family, 0 by `*`.
pub(crate) type Breadth = u8;

/// How exactly a pattern covers a category, if it does.
pub(crate) fn breadth(pattern: &str, category: &str) -> Option<Breadth> {
    match pattern.strip_suffix('*') {
        None => (pattern == category).then_some(2),
        Some("") => Some(0),
        Some(family) => category.starts_with(family).then_some(1),
    }
}

/// Reports a category pattern that covers no category.
pub(crate) fn check_category(pattern: &Located<String>, known: &[&str], faults: &mut Faults) {
    if pattern.value != "*" && !known.iter().any(|category| breadth(&pattern.value, category).is_some()) {
        let fault = Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的类目", pattern.value));
        faults.report(pattern.origin, fault.nearest(&pattern.value, known.iter().copied()));
    }
}

/// How exactly each pattern that covers a category covers it.
fn covering(patterns: &[Located<String>], category: &str) -> impl Iterator<Item = Breadth> {
    patterns.iter().filter_map(move |pattern| breadth(&pattern.value, category))
}

/// `worth` if the condition holds, 0 if there is none, `None` if it fails.
fn listed<W: Word>(condition: Set<W>, actual: Set<W>, worth: u32) -> Option<u32> {
    if condition.is_empty() {
        return Some(0);
    }
    condition.meets(actual).then_some(worth)
}

/// The severity under the key `from`, if there is one.
pub(crate) fn severity(row: &mut Row<'_>, faults: &mut Faults) -> Option<Severity> {
    let text = row.text("from", faults)?;
    named(&text, Severity::ALL, Severity::as_str, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::source::Origin;

    fn written(text: &str) -> Located<String> {
        Located { value: text.to_owned(), origin: Origin { file: 0, start: 0, end: 0 } }
    }

    const KNOWN: [&str; 3] = ["a.x", "a.y", "b.x"];

    fn when(categories: &[&str], except: &[&str]) -> When {
        let mut faults = Faults::default();
        let written = |names: &[&str]| names.iter().map(|name| written(name)).collect();
        let mut when = When { categories: written(categories), except: written(except), ..When::default() };
        when.resolve(&KNOWN, &mut faults);
        assert!(faults.is_empty());
        when
    }

    fn case(categories: &[CategoryIndex]) -> Circumstances<'_> {
        Circumstances { categories, demands: Set::from_iter([Demand::Refund]), ..Circumstances::default() }
    }

    #[test]
    fn the_closer_row_wins() {
        let case = case(&[0, 1]);
        let [exact, second, family, none] = ["a.x", "a.y", "a.*", "b.x"].map(|c| when(&[c], &[]).closeness(&case));
        assert!(exact > second && second > family && family > When::default().closeness(&case));
        assert_eq!(none, None);
        assert_eq!(When::default().closeness(&case), Some(0));
    }

    #[test]
    fn every_condition_must_hold() {
        let case = case(&[0]);
        let refund = When { demands: Set::from_iter([Demand::Refund]), ..When::default() };
        assert!(refund.closeness(&case).is_some());
        let received = When { stages: Set::from_iter([Stage::Received]), ..refund };
        assert_eq!(received.closeness(&case), None);
        assert_eq!(when(&[], &["a.*"]).closeness(&case), None);
        assert!(when(&[], &["b.x"]).closeness(&case).is_some());
    }
}
