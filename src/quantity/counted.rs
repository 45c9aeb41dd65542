//! A number and the unit after it.

use super::number::{self, Number, ONE, Style};
use super::units::{self, Kind};
use super::{Amount, Found, char_before, literal, money, scale};

/// A number with its unit; a bare figure or mask counts as well.
pub(super) fn read(chars: &[char], at: usize) -> Found {
    let number = number::read(chars, at)?;
    if let Some(found) = with_unit(chars, &number) {
        return Some(found);
    }
    let next = chars.get(number.end).copied().unwrap_or('\0');
    let bare = match number.style {
        Style::Masked => true,
        // Model names, order numbers, web addresses and the 2 of "2、手机" are no counts.
        Style::Digits => {
            number.end - at <= 6
                && !char_before(chars, at).is_ascii_alphanumeric()
                && !next.is_ascii_alphanumeric()
                && !"、.)+".contains(next)
        }
        _ => false,
    };
    bare.then_some((number.end, Amount::Count { thousandths: number.value, unit: None }))
}

/// What a number says with the unit after it, if there is one.
pub(super) fn with_unit(chars: &[char], number: &Number) -> Found {
    if let Some(found) = in_months(chars, number) {
        return Some(found);
    }
    // A number before 两 makes it a weight; 两 before a unit is a number of its own (3两天 is none).
    if chars.get(number.end) == Some(&'两')
        && units::read(chars, number.end + 1).is_none()
        && matches!(number.style, Style::Numeral | Style::Digits | Style::Loose)
    {
        return Some((number.end + 1, Amount::Count { thousandths: number.value, unit: Some("两") }));
    }
    let (unit, end) = unit_after(chars, number.end)?;
    if unit.name == "个" {
        // 一个多礼拜, 一个半小时: the time comes after the measure word.
        if let Some((minutes, end)) = measured_time(chars, number, end) {
            return Some((end, Amount::Duration { minutes }));
        }
    }
    match unit.kind {
        // A month without a measure word is a name: see `in_months` and `date`.
        Kind::Time(_) if unit.name == "月" => None,
        Kind::Time(each) => {
            let (value, end) = and_a_half(chars, number.value, end);
            Some((nights(chars, end), Amount::Duration { minutes: value.map(|value| scale(value, each)) }))
        }
        Kind::Money(each) => money::sum(chars, number, unit.name, each, end),
        // 十分 and 百度 are words.
        Kind::Count if matches!(unit.name, "分" | "度") && number.style == Style::Numeral => None,
        // "扔*桶" hides a word, no figure.
        Kind::Count if number.style == Style::Placeholder && !matches!(unit.name, "个" | "件" | "次" | "斤") => {
            None
        }
        Kind::Count => {
            let (thousandths, end) = and_a_half(chars, number.value, end);
            Some((end, Amount::Count { thousandths, unit: Some(unit.name) }))
        }
    }
}

/// The unit after a number, past a word for "about": 三十多元, 20来天, 万把块.
fn unit_after(chars: &[char], at: usize) -> Option<(&'static units::Unit, usize)> {
    let about = matches!(chars.get(at)?, '多' | '来' | '余' | '几' | '把' | '大' | '整');
    let past = about.then(|| units::read(chars, at + 1)).flatten();
    past.or_else(|| units::read(chars, at))
}

/// 俩月, 几月, 半月: months without a measure word that are no name of a month.
fn in_months(chars: &[char], number: &Number) -> Found {
    let end = literal(chars, number.end, "月")?;
    matches!(number.style, Style::Loose | Style::Measured)
        .then(|| (end, Amount::Duration { minutes: number.value.map(|value| scale(value, 30 * 24 * 60)) }))
}

/// What follows 个: 月, 多礼拜, 半小时, 来月.
fn measured_time(chars: &[char], number: &Number, at: usize) -> Option<(Option<u64>, usize)> {
    let (value, at) = match chars.get(at)? {
        '半' => (number.value.map(|value| value.saturating_add(ONE / 2)), at + 1),
        '多' | '来' | '几' | '整' => (number.value, at + 1),
        _ => (number.value, at),
    };
    let (unit, end) = units::read_time(chars, at)?;
    let Kind::Time(each) = unit.kind else {
        return None;
    };
    // "买了两个天猫的" and "一个晚上" differ in that only some times take a measure word.
    let measured = matches!(
        unit.name,
        "月" | "小时"
            | "钟头"
            | "星期"
            | "礼拜"
            | "工作日"
            | "晚上"
            | "上午"
            | "下午"
            | "季度"
            | "周"
            | "整天"
            | "整年"
    );
    measured.then(|| (value.map(|value| scale(value, each)), end))
}

/// The 半 of 两天半 and 三斤半, but not that of 三个半价.
fn and_a_half(chars: &[char], value: Option<u64>, at: usize) -> (Option<u64>, usize) {
    let half = chars.get(at) == Some(&'半')
        && !chars.get(at + 1).is_some_and(|&next| "价夜个天年月小新旧路截成折袖".contains(next));
    if half { (value.map(|value| value.saturating_add(ONE / 2)), at + 1) } else { (value, at) }
}

/// The nights of 三天两夜 belong to the days.
fn nights(chars: &[char], at: usize) -> usize {
    number::read(chars, at)
        .filter(|nights| matches!(chars.get(nights.end), Some('夜' | '晚')))
        .map_or(at, |nights| nights.end + 1)
}
