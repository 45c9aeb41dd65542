//! Numbers in digits and in Chinese numerals, and the marks that stand for a hidden one.

/// One: numbers are counted in thousandths.
pub(super) const ONE: u64 = 1_000;

/// How a number is written, which decides what it may count: 三星 is a brand, 3星 a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 12, 1.5k, 1,299
    Digits,
    /// 十二, 两三百
    Numeral,
    /// 两, 几, 半, 数十: never the name of a month
    Loose,
    /// 俩, 仨, 个把: the measure word is in the number
    Measured,
    /// `[数字x]`
    Masked,
    /// `*`, `n`, `xx`: a hidden number only when a unit follows
    Placeholder,
}

/// A number at some place of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// In thousandths; of "两三百" the lower. `None` when hidden.
    pub value: Option<u64>,
    /// The character after it.
    pub end: usize,
    pub style: Style,
}

impl Number {
    /// The value when it is whole.
    pub fn whole(&self) -> Option<u64> {
        self.value.filter(|value| value % ONE == 0).map(|value| value / ONE)
    }
}

/// Reads the number that starts at `at`; of a span ("3-5", "三、四", "三到五") the lower end.
pub(super) fn read(chars: &[char], at: usize) -> Option<Number> {
    let first = read_one(chars, at)?;
    let joined = matches!(chars.get(first.end), Some('-' | '~' | '到' | '至' | '、' | '—'));
    if joined
        && first.style != Style::Placeholder
        && let Some(second) = read_one(chars, first.end + 1).filter(|second| second.value > first.value)
    {
        return Some(Number { end: second.end, ..first });
    }
    Some(first)
}

fn read_one(chars: &[char], at: usize) -> Option<Number> {
    const MASK: [char; 5] = ['[', '数', '字', 'x', ']'];
    let number = |value, end, style| Some(Number { value, end, style });
    match chars.get(at)? {
        '[' if chars[at..].starts_with(&MASK) => number(None, at + MASK.len(), Style::Masked),
        '*' => number(None, at + 1, Style::Placeholder),
        c @ ('n' | 'x') => {
            // One more than is asked for below: a longer run must not be walked at each of its characters.
            let run = chars[at..].iter().take(4).take_while(|&other| other == c).count();
            let alone = !at.checked_sub(1).is_some_and(|i| chars[i].is_ascii_alphanumeric());
            if alone && run <= 3 { number(None, at + run, Style::Placeholder) } else { None }
        }
        '0'..='9' => Some(digits(chars, at)),
        '半' => number(Some(ONE / 2), at + 1, Style::Loose),
        '俩' => number(Some(2 * ONE), at + 1, Style::Measured),
        '仨' => number(Some(3 * ONE), at + 1, Style::Measured),
        '个' if chars.get(at + 1) == Some(&'把') => number(Some(ONE), at + 2, Style::Measured),
        '好' => match chars.get(at + 1)? {
            '几' => numeral(chars, at + 1),
            // "好多天": more than the three of 好几天.
            '多' => number(Some(5 * ONE), at + 2, Style::Loose),
            _ => None,
        },
        _ => numeral(chars, at),
    }
}

/// 12 · 1,299 · 1.5 · 1.5k · 3万 · 1万5千
fn digits(chars: &[char], at: usize) -> Number {
    let (mut value, mut end, mut magnitude) = digits_and_magnitude(chars, at);
    // Each part counts smaller things than the one before.
    while let Some(before) = magnitude.filter(|_| chars.get(end).is_some_and(char::is_ascii_digit)) {
        let (part, part_end, smaller) = digits_and_magnitude(chars, end);
        if smaller.is_none_or(|smaller| smaller >= before) {
            break;
        }
        (value, end, magnitude) = (value.saturating_add(part), part_end, smaller);
    }
    Number { value: Some(value), end, style: Style::Digits }
}

/// The value of the digits at `at`, in thousandths, with the magnitude behind them; the character after it; the magnitude.
fn digits_and_magnitude(chars: &[char], at: usize) -> (u64, usize, Option<u64>) {
    let is_digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let digit = |i: usize| chars[i].to_digit(10).map_or(0, u64::from);
    let mut value = 0_u64;
    let mut end = at;
    while is_digit(end) || (chars.get(end) == Some(&',') && (1..=3).all(|i| is_digit(end + i)) && !is_digit(end + 4)) {
        if is_digit(end) {
            value = value.saturating_mul(10).saturating_add(digit(end));
        }
        end += 1;
    }
    value = value.saturating_mul(ONE);
    if chars.get(end) == Some(&'.') && is_digit(end + 1) {
        end += 1;
        let mut worth = ONE / 10;
        while is_digit(end) {
            value = value.saturating_add(digit(end) * worth);
            worth /= 10;
            end += 1;
        }
    }
    let magnitude = match chars.get(end) {
        Some('k' | 'w') if chars.get(end + 1).is_some_and(char::is_ascii_alphanumeric) => None,
        Some('k') => Some(1_000),
        Some('w') => Some(10_000),
        Some(&c) => magnitude(c).filter(|&magnitude| magnitude > 10),
        None => None,
    };
    if let Some(magnitude) = magnitude {
        value = value.saturating_mul(magnitude);
        end += 1;
    }
    (value, end, magnitude)
}

/// 十二 · 两三百 · 十几 · 几十 · 一万二 · 二零二四
fn numeral(chars: &[char], at: usize) -> Option<Number> {
    let mut style = Style::Numeral;
    // 万 gathers in `total` what stands before it, `section` what stands before 十, 百 and 千.
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None::<u64>);
    // What a digit that closes the number is worth: 5 tens in 一百五.
    let mut tail = 1;
    let mut end = at;
    while let Some(&c) = chars.get(end) {
        if digit(c).is_some() && pending.is_none() {
            let run = digit_run(chars, end);
            pending = Some(match run.as_slice() {
                [one] | [0, one] => *one,
                // "两三百": the lower one.
                [one, two] if *two != 0 && *one != 0 => *one,
                positional => positional.iter().fold(0, |value, digit| value.saturating_mul(10).saturating_add(*digit)),
            });
            // 一百零五 is 105.
            if run[0] == 0 {
                tail = 1;
            }
            end += run.len();
        } else if c == '几'
            || (c == '数' && matches!(chars.get(end + 1), Some('十' | '百' | '千' | '万' | '天' | '日')))
        {
            // 几十 is three of ten; 十几 is ten and no more that is sure.
            if pending.is_some() {
                break;
            }
            style = Style::Loose;
            pending = Some(if total == 0 && section == 0 { 3 } else { 0 });
            end += 1;
        } else if let Some(magnitude) = magnitude(c) {
            if magnitude < 10_000 {
                section =
                    section.saturating_add(pending.take().unwrap_or(u64::from(section == 0)).saturating_mul(magnitude));
            } else {
                let before = total.saturating_add(section).saturating_add(pending.take().unwrap_or(0));
                (total, section) = (before.max(1).saturating_mul(magnitude), 0);
            }
            tail = if magnitude > 10 { magnitude / 10 } else { 1 };
            end += 1;
        } else {
            break;
        }
    }
    if end == at {
        return None;
    }
    if end == at + 1 && chars[at] == '两' {
        style = Style::Loose;
    }
    let value = total.saturating_add(section).saturating_add(pending.unwrap_or(0).saturating_mul(tail));
    Some(Number { value: Some(value.saturating_mul(ONE)), end, style })
}

/// The digits in a row from `at`. The 两 of "二两" is a weight and no digit, that of "一两个" is one.
fn digit_run(chars: &[char], at: usize) -> Vec<u64> {
    let mut run = Vec::new();
    for &c in &chars[at..] {
        let Some(digit) = digit(c) else { break };
        if c == '两' && !run.is_empty() && run != [1] {
            break;
        }
        run.push(digit);
    }
    run
}

/// The value of one Chinese digit.
pub(super) fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

pub(super) fn magnitude(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_where_they_end() {
        for (text, value, rest) in [
            ("12天", 12_000, "天"),
            ("1,299.50元", 1_299_500, "元"),
            ("1,2", 1_000, ",2"),
            ("1.5k", 1_500_000, ""),
            ("2kg", 2_000, "kg"),
            ("3万", 30_000_000, ""),
            ("1万5千元", 15_000_000, "元"),
            ("3千5百", 3_500_000, ""),
            ("2万3万", 20_000_000, "3万"),
            ("1万5", 10_000_000, "5"),
            ("0.0005", 0, ""),
            ("十", 10_000, ""),
            ("十二", 12_000, ""),
            ("二十一", 21_000, ""),
            ("一百五", 150_000, ""),
            ("一百零五", 105_000, ""),
            ("两千三", 2_300_000, ""),
            ("一万二", 12_000_000, ""),
            ("三万五千", 35_000_000, ""),
            ("两三百块", 200_000, "块"),
            ("三四十", 30_000, ""),
            ("十几天", 10_000, "天"),
            ("几十", 30_000, ""),
            ("好几百", 300_000, ""),
            ("数十天", 30_000, "天"),
            ("二零二四年", 2_024_000, "年"),
            ("二两", 2_000, "两"),
            ("一两个", 1_000, "个"),
            ("半个", 500, "个"),
            ("俩月", 2_000, "月"),
            ("个把月", 1_000, "月"),
            ("3-5天", 3_000, "天"),
            ("三到五天", 3_000, "天"),
            ("三、四天", 3_000, "天"),
            ("5到3", 5_000, "到3"),
            ("万亿亿亿亿亿亿", u64::MAX, ""),
            ("万亿亿十几天", u64::MAX, "天"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let number = read(&chars, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (number.value, chars[number.end..].iter().collect::<String>().as_str()),
                (Some(value), rest),
                "{text}"
            );
        }
        assert_eq!(read(&['9'; 40], 0).and_then(|n| n.value), Some(u64::MAX));
        assert!(read(&['数', '字'], 0).is_none() && read(&['好'], 0).is_none() && read(&[], 0).is_none());
    }
}
