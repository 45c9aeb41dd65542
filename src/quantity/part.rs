//! Parts of a whole.

use super::number::{self, ONE, Style};
use super::{Amount, Found, char_before, literal, units};

/// 一半 · 三分之一 · 百分之五十 · 2/3
pub(super) fn read(chars: &[char], at: usize) -> Found {
    if let Some(end) =
        ["一半", "一大半", "一多半", "一小半", "大半"].iter().filter_map(|half| literal(chars, at, half)).max()
    {
        let measured =
            chars.get(end).is_some_and(|&c| "个天年月夜路截".contains(c)) || units::read(chars, end).is_some();
        return (!measured).then_some((end, Amount::Count { thousandths: Some(ONE / 2), unit: Some("份") }));
    }
    let whole = number::read(chars, at)?;
    if let Some(of) = literal(chars, whole.end, "分之") {
        let some = number::read(chars, of)?;
        return if whole.value == Some(100 * ONE) {
            Some((some.end, Amount::Count { thousandths: some.value, unit: Some("%") }))
        } else {
            fraction(some.whole()?, whole.whole()?, some.end)
        };
    }
    if whole.style == Style::Digits && !char_before(chars, at).is_ascii_alphanumeric() {
        let some = number::read(chars, literal(chars, whole.end, "/")?).filter(|some| some.style == Style::Digits)?;
        // 5/15 is a day.
        return fraction(whole.whole()?, some.whole().filter(|&all| all <= 10)?, some.end);
    }
    None
}

fn fraction(some: u64, all: u64, end: usize) -> Found {
    let thousandths = some.checked_mul(ONE)?.checked_div(all)?;
    (some < all).then_some((end, Amount::Count { thousandths: Some(thousandths), unit: Some("份") }))
}
