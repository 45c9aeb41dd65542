//! Sums of money as they are spoken, and as prices are written.

use super::number::{self, Number, ONE, Style};
use super::{Amount, Found, char_before, literal, saturate, scale, units};

/// What follows the unit of a sum: the 5 of 1块5, the 5毛 of 1块5毛, 钱.
pub(super) fn sum(chars: &[char], number: &Number, unit: &str, each: u64, end: usize) -> Found {
    let fen = number.value.map(|value| scale(value, each));
    let amount = |fen: Option<u64>| Amount::Money { fen: fen.map(saturate) };
    if let (Some((tenths, end)), Some(fen)) = (tenths_after(chars, unit, end), fen) {
        let fen = fen.saturating_add(tenths * each / 10);
        return Some((literal(chars, end, "钱").unwrap_or(end), amount(Some(fen))));
    }
    if let Some(end) = literal(chars, end, "钱") {
        return Some((end, amount(fen)));
    }
    // "坏了一块" is a piece and "缺一角" a corner; "一块钱" is money.
    let is_one = number.style == Style::Numeral && number.value == Some(ONE);
    match unit {
        "块" if is_one => Some((end, Amount::Count { thousandths: number.value, unit: Some("块") })),
        "角" if is_one => None,
        _ => Some((end, amount(fen))),
    }
}

/// The tenths said after a unit of money: five in 三块五, 1元5角 and 两块半, none in 三块五斤.
fn tenths_after(chars: &[char], unit: &str, at: usize) -> Option<(u64, usize)> {
    let &c = chars.get(at)?;
    let end = at + 1;
    let next = chars.get(end).copied().unwrap_or('\0');
    let spoken = matches!(unit, "块" | "毛");
    if c == '半' {
        return (spoken && !"价夜个天年月小".contains(next)).then_some((5, end));
    }
    let tenths = c.to_digit(10).map(u64::from).or_else(|| number::digit(c))?;
    if matches!(unit, "元" | "块") && matches!(next, '毛' | '角') {
        return Some((tenths, end + 1));
    }
    let counts_something =
        next.is_ascii_alphanumeric() || "十百千万多来几".contains(next) || units::read(chars, end).is_some();
    (spoken && !counts_something).then_some((tenths, end))
}

/// ¥199 · $46.80 · nt$ 300 · `[金额x]`
pub(super) fn price(chars: &[char], at: usize) -> Found {
    if let Some(end) = literal(chars, at, "[金额x]") {
        let end = ["块钱", "块", "元"].iter().find_map(|unit| literal(chars, end, unit)).unwrap_or(end);
        return Some((end, Amount::Money { fen: None }));
    }
    let sign = ["¥", "$", "nt$", "hk$", "us$", "rmb", "nt"].iter().filter_map(|sign| literal(chars, at, sign)).max()?;
    if char_before(chars, at).is_ascii_alphanumeric() {
        return None;
    }
    let start = literal(chars, sign, " ").unwrap_or(sign);
    let number = number::read(chars, start)
        .filter(|number| matches!(number.style, Style::Digits | Style::Masked | Style::Placeholder))?;
    let end = ["元", "块"].iter().find_map(|unit| literal(chars, number.end, unit)).unwrap_or(number.end);
    Some((end, Amount::Money { fen: number.value.map(|value| saturate(scale(value, 100))) }))
}
