//! Many reports × what they are about → counts, and what stands out of them.

mod keys;
mod outliers;
mod tally;

pub use keys::Keys;
pub use outliers::Outlier;
pub use tally::Tally;

use crate::report::Report;
use crate::taxonomy::Dimension;
use serde::{Deserialize, Serialize};

/// What a report is about, as far as the shop knows; each part may be left out.
///
/// ```
/// use tousu::Tags;
///
/// let tags = Tags::new().product("车厘子").batch("0412").courier("顺丰").day("2026-04-15");
/// # let _ = tags;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Tags {
    /// What was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The batch it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Who carried it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier: Option<String>,
    /// Who answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The day, in any spelling that is the same for the same day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
}

impl Tags {
    /// Nothing known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was bought.
    #[must_use]
    pub fn product(mut self, key: impl Into<String>) -> Self {
        self.product = Some(key.into());
        self
    }

    /// The batch it came from.
    #[must_use]
    pub fn batch(mut self, key: impl Into<String>) -> Self {
        self.batch = Some(key.into());
        self
    }

    /// Who carried it.
    #[must_use]
    pub fn courier(mut self, key: impl Into<String>) -> Self {
        self.courier = Some(key.into());
        self
    }

    /// Who answered.
    #[must_use]
    pub fn agent(mut self, key: impl Into<String>) -> Self {
        self.agent = Some(key.into());
        self
    }

    /// The day, in any spelling that is the same for the same day.
    #[must_use]
    pub fn day(mut self, key: impl Into<String>) -> Self {
        self.day = Some(key.into());
        self
    }

    fn get(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Product => self.product.as_deref(),
            Dimension::Batch => self.batch.as_deref(),
            Dimension::Courier => self.courier.as_deref(),
            Dimension::Agent => self.agent.as_deref(),
            Dimension::Day => self.day.as_deref(),
        }
    }
}

/// Reports added up by category, blame, product, batch, courier, agent and day.
///
/// # Memory
/// Constant for each key: one count a category and a party. Of every dimension at most [`MOST_KEYS`](Self::MOST_KEYS) keys
/// are counted apart, chosen by a fixed hash of their names and not by when they came; the reports of the others are
/// still in the total. So what is kept is exact, and does not depend on the order of anything.
///
/// # Merging
/// [`merge`](Self::merge) is commutative and associative, so work can be spread over any number of machines:
///
/// ```
/// use tousu::{Insights, Tags, Triage};
///
/// let triage = Triage::builtin();
/// let (mut morning, mut evening) = (Insights::new(), Insights::new());
/// morning.add(&triage.assess("草莓全烂了"), &Tags::new().batch("0412"));
/// evening.add(&triage.assess("很甜，谢谢"), &Tags::new().batch("0412"));
/// morning.merge(&evening);
///
/// let batch = morning.keys(tousu::Dimension::Batch).get("0412").unwrap();
/// assert_eq!((batch.complaints(), batch.messages()), (1, 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Insights {
    total: Tally,
    product: Keys,
    batch: Keys,
    courier: Keys,
    agent: Keys,
    day: Keys,
}

impl Insights {
    /// The most keys of a dimension that are counted apart.
    pub const MOST_KEYS: usize = keys::MOST;

    /// Nothing added yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one report, a complaint or not.
    pub fn add(&mut self, report: &Report, tags: &Tags) {
        self.total.add(report);
        for &dimension in Dimension::ALL {
            if let Some(key) = tags.get(dimension) {
                self.keys_mut(dimension).count(key, |tally| tally.add(report));
            }
        }
    }

    /// Adds orders that were sold under a key. Where any are known for a dimension, complaints are held against orders
    /// instead of messages.
    ///
    /// ```
    /// use tousu::{Dimension, Insights};
    ///
    /// let mut insights = Insights::new();
    /// insights.add_orders(Dimension::Product, "车厘子", 1200);
    /// assert_eq!(insights.keys(Dimension::Product).get("车厘子").map(|tally| tally.orders()), Some(1200));
    /// ```
    pub fn add_orders(&mut self, dimension: Dimension, key: &str, orders: u64) {
        self.keys_mut(dimension).count(key, |tally| tally.add_orders(orders));
    }

    /// Adds all that another one has counted.
    pub fn merge(&mut self, other: &Self) {
        self.total.merge(&other.total);
        for &dimension in Dimension::ALL {
            self.keys_mut(dimension).merge(other.keys(dimension));
        }
    }

    /// All reports together.
    #[must_use]
    pub fn total(&self) -> &Tally {
        &self.total
    }

    /// The counts of a dimension, key by key.
    #[must_use]
    pub fn keys(&self, dimension: Dimension) -> &Keys {
        match dimension {
            Dimension::Product => &self.product,
            Dimension::Batch => &self.batch,
            Dimension::Courier => &self.courier,
            Dimension::Agent => &self.agent,
            Dimension::Day => &self.day,
        }
    }

    fn keys_mut(&mut self, dimension: Dimension) -> &mut Keys {
        match dimension {
            Dimension::Product => &mut self.product,
            Dimension::Batch => &mut self.batch,
            Dimension::Courier => &mut self.courier,
            Dimension::Agent => &mut self.agent,
            Dimension::Day => &mut self.day,
        }
    }

    /// The keys of a dimension whose rate of complaints, or of one category of them, is above that of all other keys
    /// together beyond chance, the surest first.
    ///
    /// Each key is tested by Fisher's exact test, one-sided: given how many complaints there are in all, how likely is it
    /// that a key as large as this one gets so many or more? Over the tests of the dimension (every key, for complaints as
    /// such and for each category seen) the Benjamini–Hochberg procedure keeps the expected share of false alarms among
    /// those flagged at `share`, such as 0.05.
    ///
    /// Assumed: messages come independently of each other, one a trouble; a key that is counted apart is comparable with
    /// the others; the tests are independent or nearly so. A flag says that chance does not explain the difference, not
    /// what does.
    ///
    /// Arithmetic is IEEE additions, multiplications and divisions alone, so the result is the same on every machine.
    /// Costs, for each key, the length of the likely part of the distribution, at most the size of the key.
    ///
    /// ```
    /// use tousu::{Dimension, Insights, Tags, Triage};
    ///
    /// let triage = Triage::builtin();
    /// let (bad, good) = (triage.assess("草莓全烂了"), triage.assess("很甜，谢谢"));
    /// let mut insights = Insights::new();
    /// for n in 0..40 {
    ///     insights.add(if n % 10 == 0 { &bad } else { &good }, &Tags::new().batch("0411"));
    ///     insights.add(if n % 2 == 0 { &bad } else { &good }, &Tags::new().batch("0412"));
    /// }
    /// let flagged = insights.outliers(Dimension::Batch, 0.05);
    /// assert_eq!((flagged[0].key.as_str(), flagged[0].count, flagged[0].of), ("0412", 20, 40));
    /// ```
    #[must_use]
    pub fn outliers(&self, dimension: Dimension, share: f64) -> Vec<Outlier> {
        outliers::find(self.keys(dimension), dimension, share)
    }
}

#[cfg(test)]
mod tests;
