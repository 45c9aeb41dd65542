//! What a quantity measures, for the conditions of the rule language.

use super::units::MeasureWord;
use super::{Amount, Quantity, find};
use serde::{Deserialize, Serialize};

/// What a quantity measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Measure {
    Duration,
    Money,
    Date,
    /// Things, whatever their measure word.
    Count,
    /// Things with this measure word.
    CountOf(MeasureWord),
}

impl Quantity {
    /// Whether this quantity measures that.
    pub(crate) fn measures(&self, measure: Measure) -> bool {
        match (measure, &self.amount) {
            (Measure::Duration, Amount::Duration { .. })
            | (Measure::Money, Amount::Money { .. })
            | (Measure::Date, Amount::Date)
            | (Measure::Count, Amount::Count { .. }) => true,
            (Measure::CountOf(word), Amount::Count { unit, .. }) => unit.is_some_and(|unit| word.is(unit)),
            _ => false,
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

/// Reads the bound of a condition, such as `3天`, `50` or `2次`, in the same units; a count may ask for a measure word.
pub(crate) fn bound(measure: Measure, written: &str) -> Option<(Measure, i64)> {
    if let Ok(plain) = written.parse::<i64>() {
        let scale = match measure {
            Measure::Count => 1000,
            Measure::Money => 100,
            _ => return None,
        };
        return Some((measure, plain.checked_mul(scale)?));
    }
    let chars: Vec<char> = written.chars().collect();
    let found = find(&chars);
    let [quantity] = found.as_slice() else { return None };
    if quantity.range != (0..chars.len()) || !quantity.measures(measure) {
        return None;
    }
    let measure = match quantity.amount {
        Amount::Count { unit, .. } => Measure::CountOf(MeasureWord::named(unit?)?),
        _ => measure,
    };
    Some((measure, quantity.value()?))
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
            (Measure::Duration, "3次", None),
            (Measure::Money, "50", Some(5000)),
            (Measure::Money, "50元", Some(5000)),
            (Measure::Count, "2", Some(2000)),
            (Measure::Count, "2天", None),
            (Measure::Date, "5月", None),
            (Measure::Duration, "很久", None),
        ] {
            assert_eq!(bound(measure, written), value.map(|value| (measure, value)), "{written}");
        }
    }

    #[test]
    fn a_count_may_ask_for_its_measure_word() {
        let Some((measure, 2000)) = bound(Measure::Count, "2次") else { panic!("not read") };
        assert!(bound(Measure::Count, "2个").is_some_and(|(other, value)| value == 2000 && other != measure));
        for (text, fits) in [("修了三次", true), ("坏了三个", false), ("等了三天", false), ("买了3", false)]
        {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(find(&chars).iter().any(|quantity| quantity.measures(measure)), fits, "{text}");
        }
    }
}
