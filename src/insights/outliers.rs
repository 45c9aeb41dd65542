//! Which keys stand out: Fisher's exact test for each, Benjamini–Hochberg over all.

use super::{Keys, Tally};
use crate::taxonomy::{CategoryId, Dimension};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A key whose rate is above that of its peers beyond chance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Outlier {
    /// What kind of key.
    pub dimension: Dimension,
    /// The key.
    pub key: String,
    /// The category that stands out; `None` for complaints as such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// Complaints of the key, of that category if there is one.
    pub count: u64,
    /// Out of so many orders of the key, or messages where orders are not known.
    pub of: u64,
    /// The same complaints of all other keys together.
    pub peer_count: u64,
    /// Out of so many.
    pub peer_of: u64,
    /// How likely so many complaints or more are by chance.
    pub p: f64,
    /// The smallest share of false alarms at which the key is flagged.
    pub q: f64,
}

impl Outlier {
    /// How many times the rate of its peers; infinite where they have none.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn ratio(&self) -> f64 {
        if self.peer_count == 0 {
            return f64::INFINITY;
        }
        (self.count as f64 / self.of as f64) / (self.peer_count as f64 / self.peer_of as f64)
    }
}

pub(super) fn find(keys: &Keys, dimension: Dimension, share: f64) -> Vec<Outlier> {
    let keys = keys.sorted();
    let by_orders = keys.iter().any(|(_, tally)| tally.orders() > 0);
    let trials = |tally: &Tally| if by_orders { tally.orders().max(tally.complaints()) } else { tally.messages() };
    let compared: Vec<(&str, &Tally)> = keys.into_iter().filter(|(_, t)| !by_orders || t.orders() > 0).collect();
    let categories: BTreeSet<&CategoryId> =
        compared.iter().flat_map(|(_, tally)| tally.categories()).map(|(category, _)| category).collect();
    let asked = std::iter::once(None).chain(categories.into_iter().map(Some));
    let all_of: u64 = sum(compared.iter().map(|(_, tally)| trials(tally)));
    let mut tests = Vec::new();
    for category in asked {
        let count =
            |tally: &Tally| category.map_or(tally.complaints(), |category| tally.of_category(category.as_str()));
        let all_count = sum(compared.iter().map(|(_, tally)| count(tally)));
        for (key, tally) in &compared {
            let (count, of) = (count(tally), trials(tally));
            tests.push(Outlier {
                dimension,
                key: (*key).to_owned(),
                category: category.cloned(),
                count,
                of,
                peer_count: all_count.saturating_sub(count),
                peer_of: all_of.saturating_sub(of),
                p: upper_tail(all_of, all_count, of, count),
                q: 1.0,
            });
        }
    }
    flag(tests, share)
}

fn sum(counts: impl Iterator<Item = u64>) -> u64 {
    counts.fold(0, u64::saturating_add)
}

/// Benjamini–Hochberg: every test gets the smallest share at which it is flagged; those within `share` are kept.
#[allow(clippy::cast_precision_loss)]
fn flag(mut tests: Vec<Outlier>, share: f64) -> Vec<Outlier> {
    let order = |test: &Outlier| (test.category.clone(), test.key.clone());
    tests.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| order(a).cmp(&order(b))));
    let number = tests.len() as f64;
    let mut least: f64 = 1.0;
    for (index, test) in tests.iter_mut().enumerate().rev() {
        least = least.min(test.p * number / (index + 1) as f64);
        test.q = least;
    }
    tests.retain(|test| test.q <= share);
    tests
}

/// The chance that of `drawn` out of `all`, `marked` of which are complaints, at least `seen` are complaints:
/// the upper tail of the hypergeometric distribution.
///
/// Each chance is reached from its neighbour by one multiplication and one division, beginning with the likeliest
/// value, so that no factorial and no logarithm is needed.
#[allow(clippy::cast_precision_loss)]
fn upper_tail(all: u64, marked: u64, drawn: u64, seen: u64) -> f64 {
    // Counts read from a file may contradict each other.
    let (marked, drawn) = (marked.min(all), drawn.min(all));
    let least = marked.saturating_sub(all - drawn);
    let most = drawn.min(marked);
    if seen <= least {
        return 1.0;
    }
    if seen > most {
        return 0.0;
    }
    let mode =
        u64::try_from((u128::from(drawn) + 1) * (u128::from(marked) + 1) / (u128::from(all) + 2)).unwrap_or(most);
    let mode = mode.clamp(least, most);
    // How much likelier x + 1 is than x.
    let step = |x: u64| {
        let gain = (drawn - x) as f64 * (marked - x) as f64;
        gain / ((x + 1) as f64 * (all - drawn - (marked - x - 1)) as f64)
    };
    // What follows would not reach the last digit of the sum.
    let negligible = |weight: f64, whole: f64| weight < whole * f64::EPSILON * f64::EPSILON;
    let (mut whole, mut tail) = (1.0, if mode >= seen { 1.0 } else { 0.0 });
    let mut weight = 1.0;
    for x in mode..most {
        weight *= step(x);
        whole += weight;
        if x + 1 >= seen {
            tail += weight;
        }
        if weight == 0.0 || (x >= seen && negligible(weight, whole)) {
            break;
        }
    }
    weight = 1.0;
    for x in (least..mode).rev() {
        weight /= step(x);
        whole += weight;
        if x >= seen {
            tail += weight;
        }
        if negligible(weight, whole) {
            break;
        }
    }
    tail / whole
}

#[cfg(test)]
mod tests {
    use super::upper_tail;

    /// The same by counting: Pascal's triangle in whole numbers.
    fn counted(all: u64, marked: u64, drawn: u64, seen: u64) -> f64 {
        let choose = |n: u64, k: u64| -> u128 { (0..k).fold(1, |c, i| c * u128::from(n - i) / u128::from(i + 1)) };
        let ways = |x: u64| choose(marked, x) * choose(all - marked, drawn - x);
        let least = (drawn + marked).saturating_sub(all);
        let (mut tail, mut whole) = (0, 0);
        for x in least..=drawn.min(marked) {
            whole += ways(x);
            if x >= seen {
                tail += ways(x);
            }
        }
        tail as f64 / whole as f64
    }

    #[test]
    fn the_tail_is_what_counting_gives() {
        for all in [1, 2, 7, 20, 40] {
            for marked in 0..=all {
                for drawn in [0, 1, all / 3, all / 2, all] {
                    for seen in 0..=drawn.min(marked) + 1 {
                        let (tail, counted) = (upper_tail(all, marked, drawn, seen), counted(all, marked, drawn, seen));
                        let far = (tail - counted).abs() > 1e-12 * counted.max(1e-9);
                        assert!(!far, "{all} {marked} {drawn} {seen}: {tail} for {counted}");
                    }
                }
            }
        }
    }

    #[test]
    fn fishers_lady_tasting_tea() {
        // Eight cups, four with milk first, all four picked: 1 in 70.
        assert!((upper_tail(8, 4, 4, 4) - 1.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn large_counts_neither_overflow_nor_take_long() {
        let p = upper_tail(1 << 40, 1 << 30, 1 << 20, (1 << 10) + 200);
        assert!(p > 0.0 && p < 1e-7, "{p}");
        assert_eq!(upper_tail(u64::MAX, 1, 1, 0), 1.0);
    }

    #[test]
    fn counts_that_contradict_each_other_are_borne() {
        for counts in [(0, 5, 0, 3), (3, 9, 9, 9), (1, u64::MAX, u64::MAX, 1), (10, 0, 20, 1)] {
            let p = upper_tail(counts.0, counts.1, counts.2, counts.3);
            assert!((0.0..=1.0).contains(&p), "{counts:?}: {p}");
        }
    }
}
