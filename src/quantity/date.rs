//! Days and times of day. What day it is does not matter to any rule, so only where it stands is found.

use super::number::{self, Number, Style};
use super::words::{Words, literal};
use std::sync::LazyLock;

/// Words for a day or a stretch of the calendar.
const WORDS: [&str; 71] = [
    "昨天",
    "昨日",
    "昨晚",
    "昨儿",
    "昨夜",
    "前天",
    "前日",
    "前晚",
    "前几天",
    "前两天",
    "前些天",
    "前阵子",
    "大前天",
    "今天",
    "今日",
    "今早",
    "今晚",
    "今儿",
    "明天",
    "明日",
    "明早",
    "明晚",
    "明儿",
    "后天",
    "大后天",
    "当天",
    "当日",
    "当晚",
    "次日",
    "隔天",
    "隔日",
    "第二天",
    "上周",
    "上星期",
    "上礼拜",
    "上个星期",
    "上个礼拜",
    "上个周",
    "这周",
    "这星期",
    "这礼拜",
    "这个星期",
    "这个礼拜",
    "本周",
    "下周",
    "下星期",
    "下礼拜",
    "下个星期",
    "下个礼拜",
    "上个月",
    "上月",
    "这个月",
    "本月",
    "下个月",
    "下月",
    "去年",
    "今年",
    "前年",
    "明年",
    "周末",
    "双十一",
    "十一",
    "双11",
    "双十二",
    "双12",
    "双旦",
    "国庆",
    "元旦",
    "春节",
    "几号",
    "几月几号",
];

static DATE_WORDS: LazyLock<Words<()>> = LazyLock::new(|| Words::new(WORDS.iter().map(|word| (*word, ()))));

/// The character after the date that starts at `at`.
pub(super) fn read(chars: &[char], at: usize) -> Option<usize> {
    let word = DATE_WORDS.longest(chars, at).filter(|&end| !cuts_number(chars, end));
    // 上周五 is one date, and so is 周五.
    let weekday = match word {
        Some(end) => weekday_after(chars, end).filter(|_| matches!(chars[end - 1], '周' | '期' | '拜')),
        None => weekday(chars, at),
    };
    [word, weekday, mask(chars, at), calendar(chars, at)].into_iter().flatten().max()
}

/// Whether a word ends amid a numeral, as 十一 does in 十一万. A long one would be read again at each of its characters.
fn cuts_number(chars: &[char], end: usize) -> bool {
    let in_numeral = |c: &char| number::digit(*c).is_some() || number::magnitude(*c).is_some();
    in_numeral(&chars[end - 1]) && chars.get(end).is_some_and(in_numeral)
}

/// `[日期x]` and `[时间x]`.
fn mask(chars: &[char], at: usize) -> Option<usize> {
    ["[日期x]", "[时间x]"].iter().find_map(|mask| literal(chars, at, mask))
}

/// 周五 · 星期天 · 礼拜三
fn weekday(chars: &[char], at: usize) -> Option<usize> {
    let end = ["周", "星期", "礼拜"].iter().find_map(|word| literal(chars, at, word))?;
    weekday_after(chars, end).filter(|&end| !matches!(chars.get(end), Some('般' | '直' | '到' | '定' | '样' | '个')))
}

fn weekday_after(chars: &[char], at: usize) -> Option<usize> {
    matches!(chars.get(at)?, '一' | '二' | '三' | '四' | '五' | '六' | '日' | '天' | '末').then_some(at + 1)
}

/// 2024-05-01 · 5月3号 · 5/15 · 11.11 · 12:30 · 3点半
fn calendar(chars: &[char], at: usize) -> Option<usize> {
    let first = number::read(chars, at)
        .filter(|first| matches!(first.style, Style::Digits | Style::Numeral | Style::Masked))?;
    // A span ("3-5") or a decimal ("11.11") was read as one number, but may be a date.
    if first.style == Style::Digits
        && let Some(end) = digits_between_marks(chars, at)
    {
        return Some(end);
    }
    match chars.get(first.end)? {
        '年' if is_year(&first, first.end - at) => Some(month(chars, first.end + 1).unwrap_or(first.end + 1)),
        '月' => month(chars, at),
        '号' => one_of(&first, 1..=31)
            .then_some(first.end + 1)
            .filter(|&end| !chars.get(end).is_some_and(|c| "色码店楼线机链球电仓房称".contains(*c))),
        '日' => one_of(&first, 1..=31)
            .then_some(first.end + 1)
            .filter(|&end| !chars.get(end).is_some_and(|c| "内后之无达游子".contains(*c))),
        '点' if one_of(&first, 0..=24) => clock(chars, first.end + 1),
        _ => None,
    }
}

/// Whether a number before 年 names a year: all four digits, or two as in 24年.
fn is_year(number: &Number, written: usize) -> bool {
    match number.whole() {
        Some(1_990..=2_100) => true,
        Some(15..=35) => number.style == Style::Digits && written == 2,
        _ => false,
    }
}

fn one_of(number: &Number, range: std::ops::RangeInclusive<u64>) -> bool {
    number.style == Style::Masked || number.whole().is_some_and(|value| range.contains(&value))
}

/// 5月 · 5月3号 · 六月二十一
fn month(chars: &[char], at: usize) -> Option<usize> {
    let month = number::read(chars, at).filter(|month| month.style != Style::Loose && one_of(month, 1..=12))?;
    if !matches!(month.style, Style::Digits | Style::Numeral | Style::Masked) {
        return None;
    }
    let end = literal(chars, month.end, "月")?;
    if let Some(day) = number::read(chars, end).filter(|day| one_of(day, 1..=31)) {
        let closed = matches!(chars.get(day.end), Some('号' | '日'));
        return Some(day.end + usize::from(closed));
    }
    Some(end + usize::from(matches!(chars.get(end), Some('份' | '初' | '底' | '中'))))
}

/// What follows the 点 of a time of day: it takes 半, 钟, minutes, or a word of time to tell it from 三点建议.
fn clock(chars: &[char], at: usize) -> Option<usize> {
    match chars.get(at)? {
        '半' | '钟' | '整' => Some(at + 1),
        '多' | '前' | '后' | '之' | '左' => Some(at),
        _ => {
            let minutes = number::read(chars, at).filter(|minutes| one_of(minutes, 0..=59))?;
            (chars.get(minutes.end) == Some(&'分')).then_some(minutes.end + 1)
        }
    }
}

/// Digits with marks between them: three make a date (2024-05-01), two a date or a time of day
/// (5/15, 11.11, 12:30) when they can be nothing else.
fn digits_between_marks(chars: &[char], at: usize) -> Option<usize> {
    let (first, first_end) = digits(chars, at)?;
    let mark = *chars.get(first_end)?;
    if !matches!(mark, '-' | '/' | '.' | ':') {
        return None;
    }
    let (second, second_end) = digits(chars, first_end + 1)?;
    let next = chars.get(second_end).copied().unwrap_or('\0');
    let third = if next == mark { digits(chars, second_end + 1) } else { None };
    if let Some((third, end)) = third {
        let dated = (1_990..=2_100).contains(&first) && (1..=12).contains(&second) && (1..=31).contains(&third);
        let timed = mark == ':' && first <= 24 && second < 60 && third < 60;
        return (dated || timed).then_some(end);
    }
    let closed = matches!(next, '号' | '日');
    let month_and_day = (1..=12).contains(&first) && (1..=31).contains(&second);
    let found = match mark {
        ':' => first <= 24 && second < 60 && second_end - first_end == 3,
        // 2/3 is a part, 5/15 a day.
        '/' => month_and_day && (closed || second > 10 || first > second),
        // 2.5 is a number, 11.11 a day unless it counts something.
        '.' => {
            let counts = next == '.' || next.is_ascii_alphanumeric() || super::units::read(chars, second_end).is_some();
            month_and_day && (closed || (second_end - first_end == 3 && second >= 10 && !counts))
        }
        _ => month_and_day && closed,
    };
    found.then(|| second_end + usize::from(closed))
}

fn digits(chars: &[char], at: usize) -> Option<(u64, usize)> {
    let run = chars.get(at..)?.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
    let value =
        chars[at..at + run].iter().filter_map(|c| c.to_digit(10)).fold(0, |value, digit| value * 10 + u64::from(digit));
    (1..=4).contains(&run).then_some((value, at + run))
}
