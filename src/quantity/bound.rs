//! What a quantity measures, for the conditions of the rule language.

use super::{Amount, Quantity, find};
use serde::{Deserialize, Serialize};

/// What a quantity measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Measure {
    Duration,
    Money,
    Date,
    Count,
}

impl Quantity {
    /// What this quantity measures.
    pub(crate) fn measure(&self) -> Measure {
        match self.amount {
            Amount::Duration { .. } => Measure::Duration,
            Amount::Money { .. } => Measure::Money,
            Amount::Date => Measure::Date,
            Amount::Count { .. } => Measure::Count,
        }
    }

    /// How much, in minutes, fen or thousandths; `None` if it is masked or has no size.
    pub(crate) fn value(&self) -> Option<i64> {
        match &self.amount {
            Amount::Duration { minutes } => minutes.map(|n| i64::try_from(n).unwrap_or(i64::MAX)),
            Amount::Money { fen } => *fen,
            Amount::Date => None,
            Amount::Count { thousandths, .. } => thousandths.map(|n| i64::try_from(n).unwrap_or(i64::MAX)),
        }
    }
}

/// Reads the bound of a condition, such as `3天` or `50`, in the same units.
pub(crate) fn bound(measure: Measure, written: &str) -> Option<i64> {
    let plain = || written.parse::<i64>().ok();
    match measure {
        // Counts compare without their unit, so a bound must not pretend to have one.
        Measure::Count => plain()?.checked_mul(1000),
        Measure::Date => None,
        Measure::Money if plain().is_some() => plain()?.checked_mul(100),
        _ => {
            let chars: Vec<char> = written.chars().collect();
            let found = find(&chars);
            let [quantity] = found.as_slice() else { return None };
            let whole = quantity.range == (0..chars.len()) && quantity.measure() == measure;
            whole.then(|| quantity.value()).flatten()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_in_the_units_of_the_text() {
        for (measure, written, value) in [
            (Measure::Duration, "3天", Some(3 * 24 * 60)),
            (Measure::Duration, "72小时", Some(72 * 60)),
            (Measure::Duration, "3", None),
            (Measure::Money, "50", Some(5000)),
            (Measure::Money, "50元", Some(5000)),
            (Measure::Count, "2", Some(2000)),
            (Measure::Count, "2个", None),
            (Measure::Date, "5月", None),
            (Measure::Duration, "很久", None),
        ] {
            assert_eq!(bound(measure, written), value, "{written}");
        }
    }
}
