//! Conditions: when a remedy, step, policy or text bears on a case.
//!
//! Every key is a list; an empty list sets no condition. A category may be written whole or as a
//! family, `logistics.*`.

use super::source::{Faults, Located, Origin, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::taxonomy::{Demand, Party, Platform, Risk, Script, Severity, Stage};

/// What is known of a case when conditions are asked.
#[derive(Debug, Clone)]
pub(crate) struct Circumstances<'a> {
    /// Categories found, weightiest first.
    pub categories: Vec<&'a str>,
    pub party: Party,
    pub stage: Stage,
    pub demands: Vec<Demand>,
    pub risks: Vec<Risk>,
    pub severity: Severity,
    pub platform: Option<Platform>,
    pub script: Script,
}

/// The conditions of one row.
#[derive(Debug, Clone, Default)]
pub(crate) struct When {
    categories: Vec<Located<String>>,
    except: Vec<Located<String>>,
    parties: Vec<Party>,
    stages: Vec<Stage>,
    demands: Vec<Demand>,
    risks: Vec<Risk>,
    platforms: Vec<Platform>,
    not_on: Vec<Platform>,
    scripts: Vec<Script>,
    /// Applies from this severity upward.
    from: Option<Severity>,
}

impl When {
    pub fn read(row: &mut Row<'_>, faults: &mut Faults) -> Self {
        Self {
            categories: row.texts("categories", faults),
            except: row.texts("except", faults),
            parties: names(row, "parties", Party::ALL, Party::as_str, faults),
            stages: names(row, "stages", Stage::ALL, Stage::as_str, faults),
            demands: names(row, "demands", Demand::ALL, Demand::as_str, faults),
            risks: names(row, "risks", Risk::ALL, Risk::as_str, faults),
            platforms: names(row, "platforms", Platform::ALL, Platform::as_str, faults),
            not_on: names(row, "not_on", Platform::ALL, Platform::as_str, faults),
            scripts: names(row, "scripts", Script::ALL, Script::as_str, faults),
            from: severity(row, faults),
        }
    }

    /// Reports every category that does not exist.
    pub fn check(&self, known: &[&str], faults: &mut Faults) {
        for category in self.categories.iter().chain(&self.except) {
            check_category(category, known, faults);
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
            && self.platforms.is_empty()
            && self.not_on.is_empty()
            && self.scripts.is_empty()
            && self.from.is_none()
    }

    /// Whether the row can bear on a case of which this is the weightiest category and no other counts.
    pub fn may_bear_on(&self, category: &str) -> bool {
        let covers = |pattern: &Located<String>| breadth(&pattern.value, category).is_some();
        !self.except.iter().any(covers) && (self.categories.is_empty() || self.categories.iter().any(covers))
    }

    /// How closely the row is meant for this case; `None` if it does not apply.
    ///
    /// A row written for the exact category beats one for its family, and that one beats a general
    /// row; an earlier finding beats a later one; each further condition that holds adds a little.
    pub fn closeness(&self, case: &Circumstances<'_>) -> Option<u32> {
        let excluded = |c: &&str| self.except.iter().any(|pattern| breadth(&pattern.value, c).is_some());
        if case.categories.first().is_some_and(excluded) {
            return None;
        }
        if case.platform.is_some_and(|platform| self.not_on.contains(&platform)) {
            return None;
        }
        if self.from.is_some_and(|from| case.severity < from) {
            return None;
        }
        let category = closest_category(&self.categories, &case.categories)?;
        let party = listed(&self.parties, &[case.party], 8)?;
        let stage = listed(&self.stages, &[case.stage], 4)?;
        let demand = listed(&self.demands, &case.demands, 6)?;
        let risk = listed(&self.risks, &case.risks, 6)?;
        let platform = listed(&self.platforms, case.platform.as_slice(), 5)?;
        let script = listed(&self.scripts, &[case.script], 1)?;
        Some(category + party + stage + demand + risk + platform + script)
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
pub(crate) fn breadth(pattern: &str, category: &str) -> Option<u8> {
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

fn closest_category(patterns: &[Located<String>], found: &[&str]) -> Option<u32> {
    if patterns.is_empty() {
        return Some(0);
    }
    found.iter().zip(0..).find_map(|(category, place): (_, u32)| {
        let exact = patterns.iter().filter_map(|pattern| breadth(&pattern.value, category)).max()?;
        Some(u32::from(exact) * 20 + 20_u32.saturating_sub(place * 5))
    })
}

/// `worth` if the condition holds, 0 if there is none, `None` if it fails.
fn listed<T: PartialEq>(condition: &[T], actual: &[T], worth: u32) -> Option<u32> {
    if condition.is_empty() {
        return Some(0);
    }
    actual.iter().any(|value| condition.contains(value)).then_some(worth)
}

/// The severity under the key `from`, if there is one.
pub(crate) fn severity(row: &mut Row<'_>, faults: &mut Faults) -> Option<Severity> {
    let text = row.text("from", faults)?;
    named(&text.value, text.origin, Severity::ALL, Severity::as_str, faults)
}

/// The values named under a key; a name that does not exist is a fault.
pub(crate) fn names<T: Copy>(
    row: &mut Row<'_>,
    key: &'static str,
    all: &[T],
    name: fn(T) -> &'static str,
    faults: &mut Faults,
) -> Vec<T> {
    let written = row.texts(key, faults);
    written.into_iter().filter_map(|text| named(&text.value, text.origin, all, name, faults)).collect()
}

/// The value of that name; a name that does not exist is a fault.
pub(crate) fn named<T: Copy>(
    text: &str,
    origin: Origin,
    all: &[T],
    name: fn(T) -> &'static str,
    faults: &mut Faults,
) -> Option<T> {
    let found = all.iter().copied().find(|value| name(*value) == text);
    if found.is_none() {
        let known: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        let fault = Diagnostic::new(Code::UnknownName, format!("没有「{text}」这个值"));
        let help = format!("可以写：{}", known.join("、"));
        faults.report(origin, fault.help(help).nearest(text, known));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Located<String> {
        Located { value: text.to_owned(), origin: Origin { file: 0, start: 0, end: 0 } }
    }

    fn case<'a>(categories: &[&'a str]) -> Circumstances<'a> {
        Circumstances {
            categories: categories.to_vec(),
            party: Party::Seller,
            stage: Stage::Received,
            demands: vec![Demand::Refund],
            risks: vec![],
            severity: Severity::Normal,
            platform: None,
            script: Script::Simplified,
        }
    }

    #[test]
    fn the_closer_row_wins() {
        let when = |category: &str| When { categories: vec![written(category)], ..When::default() };
        let case = case(&["a.x", "a.y"]);
        let [exact, second, family, none] = ["a.x", "a.y", "a.*", "b.x"].map(|c| when(c).closeness(&case));
        assert!(exact > second && second > family && family > When::default().closeness(&case));
        assert_eq!(none, None);
        assert_eq!(When::default().closeness(&case), Some(0));
    }

    #[test]
    fn every_condition_must_hold() {
        let case = case(&["a.x"]);
        let refund = When { demands: vec![Demand::Refund], ..When::default() };
        assert!(refund.closeness(&case).is_some());
        let elsewhere = When { platforms: vec![Platform::Rakuten], ..refund.clone() };
        assert_eq!(elsewhere.closeness(&case), None);
        let except = When { except: vec![written("a.*")], ..refund };
        assert_eq!(except.closeness(&case), None);
    }
}
