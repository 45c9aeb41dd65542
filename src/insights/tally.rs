//! The counts of one key.

use crate::report::Report;
use crate::taxonomy::{CategoryId, Party};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What some reports add up to. Counts stop at the largest number rather than wrap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    messages: u64,
    complaints: u64,
    #[serde(skip_serializing_if = "is_zero")]
    orders: u64,
    categories: BTreeMap<CategoryId, u64>,
    blame: BTreeMap<Party, u64>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Tally {
    /// Reports, complaints or not.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Reports that are complaints.
    #[must_use]
    pub fn complaints(&self) -> u64 {
        self.complaints
    }

    /// Orders sold, as far as they were told.
    #[must_use]
    pub fn orders(&self) -> u64 {
        self.orders
    }

    /// Complaints that report this category; one complaint may report several.
    #[must_use]
    pub fn of_category(&self, category: &str) -> u64 {
        self.categories.get(category).copied().unwrap_or(0)
    }

    /// Every category reported and how often, in the order of their ids.
    pub fn categories(&self) -> impl Iterator<Item = (&CategoryId, u64)> {
        self.categories.iter().map(|(category, count)| (category, *count))
    }

    /// Complaints for which this party leads the blame.
    #[must_use]
    pub fn of_party(&self, party: Party) -> u64 {
        self.blame.get(&party).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, report: &Report) {
        self.messages = self.messages.saturating_add(1);
        if report.complaint {
            self.complaints = self.complaints.saturating_add(1);
            more(&mut self.blame, &report.blame.party, 1);
            for finding in &report.findings {
                more(&mut self.categories, &finding.category, 1);
            }
        }
    }

    pub(super) fn add_orders(&mut self, orders: u64) {
        self.orders = self.orders.saturating_add(orders);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.messages = self.messages.saturating_add(other.messages);
        self.complaints = self.complaints.saturating_add(other.complaints);
        self.orders = self.orders.saturating_add(other.orders);
        other.categories.iter().for_each(|(category, count)| more(&mut self.categories, category, *count));
        other.blame.iter().for_each(|(party, count)| more(&mut self.blame, party, *count));
    }
}

fn more<K: Ord + Clone>(counts: &mut BTreeMap<K, u64>, key: &K, count: u64) {
    if let Some(known) = counts.get_mut(key) {
        *known = known.saturating_add(count);
    } else {
        counts.insert(key.clone(), count);
    }
}
