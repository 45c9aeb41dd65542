//! Amounts of money as whole fen, so that no figure is ever rounded by accident.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in yuan, kept as whole fen. Serializes as the integer number of fen.
///
/// ```
/// use tousu::Money;
///
/// let paid: Money = "¥199.00".parse()?;
/// assert_eq!(paid.basis_points(500).map(|fee| fee.to_string()), Some("¥9.95".to_owned()));
/// # Ok::<(), tousu::ParseMoneyError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// What was wrong with an amount of money written as text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseMoneyError {
    /// There was no amount at all.
    #[error("no amount given")]
    Empty,
    /// A character that is neither digit, point, thousands separator nor a leading currency sign.
    #[error("`{0}` is not part of an amount such as 199, ¥199.5 or 1,299.00")]
    Unexpected(char),
    /// More digits after the point than a fen can hold.
    #[error("an amount has at most two digits after the point")]
    TooPrecise,
    /// The amount does not fit.
    #[error("the amount is too large")]
    TooLarge,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of whole fen.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount in fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, unless it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, unless it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount `times` over, unless it does not fit.
    #[must_use]
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// A share in basis points (500 is 5 %), rounded half up to the fen, unless it does not fit.
    #[must_use]
    pub fn basis_points(self, basis_points: u32) -> Option<Self> {
        let exact = i128::from(self.0) * i128::from(basis_points);
        i64::try_from((exact + 5_000).div_euclid(10_000)).ok().map(Self)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}¥{}.{:02}", fen / 100, fen % 100)
    }
}

impl FromStr for Money {
    type Err = ParseMoneyError;

    fn from_str(text: &str) -> Result<Self, ParseMoneyError> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let digits = text.trim_start_matches(['¥', '￥', ' ']);
        let (yuan, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if !digits.contains(|c: char| c.is_ascii_digit()) {
            let stray = digits.chars().find(|c| !matches!(c, '.' | ','));
            return Err(stray.map_or(ParseMoneyError::Empty, ParseMoneyError::Unexpected));
        }
        // A comma may only set off groups of three.
        if yuan.split(',').skip(1).any(|group| group.len() != 3) || yuan.starts_with(',') {
            return Err(ParseMoneyError::Unexpected(','));
        }
        let yuan = fold_digits(yuan.chars().filter(|&c| c != ','))?;
        if let Some(other) = fraction.chars().find(|c| !c.is_ascii_digit()) {
            return Err(ParseMoneyError::Unexpected(other));
        }
        let cents = match fraction.chars().count() {
            0 => 0,
            1 => fold_digits(fraction.chars())? * 10,
            2 => fold_digits(fraction.chars())?,
            _ => {
                return Err(ParseMoneyError::TooPrecise);
            }
        };
        let fen = yuan.checked_mul(100).and_then(|fen| fen.checked_add(cents)).ok_or(ParseMoneyError::TooLarge)?;
        Ok(Self(if negative { -fen } else { fen }))
    }
}

fn fold_digits(mut digits: impl Iterator<Item = char>) -> Result<i64, ParseMoneyError> {
    digits.try_fold(0_i64, |value, c| {
        let digit = c.to_digit(10).ok_or(ParseMoneyError::Unexpected(c))?;
        value.checked_mul(10).and_then(|v| v.checked_add(i64::from(digit))).ok_or(ParseMoneyError::TooLarge)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_written() {
        for (text, fen, shown) in [
            ("199", 19_900, "¥199.00"),
            ("199.00", 19_900, "¥199.00"),
            ("¥199.5", 19_950, "¥199.50"),
            ("￥ 0.01", 1, "¥0.01"),
            ("1,299.00", 129_900, "¥1299.00"),
            (" -3.2 ", -320, "-¥3.20"),
            (".5", 50, "¥0.50"),
        ] {
            let money: Money = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((money.fen(), money.to_string().as_str()), (fen, shown), "{text}");
        }
    }

    #[test]
    fn amounts_refused() {
        use ParseMoneyError::{Empty, TooLarge, TooPrecise, Unexpected};
        for (text, error) in [
            ("", Empty),
            ("¥", Empty),
            (".", Empty),
            ("12元", Unexpected('元')),
            ("1.2.3", Unexpected('.')),
            ("1.23元", Unexpected('元')),
            ("1.999", TooPrecise),
            ("99999999999999999999", TooLarge),
            ("92233720368547758.08", TooLarge),
        ] {
            assert_eq!(text.parse::<Money>(), Err(error), "{text}");
        }
    }

    #[test]
    fn shares_round_half_up_and_never_overflow() {
        let share = |fen, points| Money::from_fen(fen).basis_points(points).map(Money::fen);
        assert_eq!(share(19_900, 500), Some(995));
        assert_eq!((share(10, 500), share(9, 500), share(-10, 500)), (Some(1), Some(0), Some(0)));
        assert_eq!(share(i64::MAX, 10_001), None);
        assert_eq!(Money::from_fen(i64::MAX).checked_add(Money::from_fen(1)), None);
        assert_eq!(Money::from_fen(i64::MIN).checked_sub(Money::from_fen(1)), None);
        assert_eq!(Money::from_fen(700).checked_mul(3), Some(Money::from_fen(2_100)));
        assert_eq!(Money::from_fen(i64::MIN).to_string(), "-¥92233720368547758.08");
    }
}
