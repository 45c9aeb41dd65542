//! Quantities in normalised text: how long, how much money, when, how many.
//!
//! Buyers write "48小时", "半个月", "一个多礼拜", "两三百块", "5月3号"; data sets write "[数字x]天".
//! Where a buyer is vague, the least that is surely meant counts: 两三百块 is 200, 十几天 ten days,
//! 几天 three, 好多天 five, 大半个月 half a month.
//!
//! Not every numeral counts: 一直, 一点, 第一次 and 三更半夜 are no quantities.

mod bound;
mod counted;
mod date;
mod money;
mod number;
mod part;
mod units;
mod words;

pub(crate) use bound::{Measure, bound};
use std::ops::Range;

use number::ONE;
use std::sync::LazyLock;
use words::{Words, literal};

/// A quantity and the normalised characters it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The normalised characters.
    pub range: Range<usize>,
    /// What they say.
    pub amount: Amount,
}

/// What a quantity says. `None` stands for a figure that is hidden ("[数字x]天", "*元").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Amount {
    /// A stretch of time.
    Duration {
        /// Whole minutes.
        minutes: Option<u64>,
    },
    /// A sum of money, whatever the currency.
    Money {
        /// Hundredths.
        fen: Option<i64>,
    },
    /// A day, a month, a time of day.
    Date,
    /// A number of things.
    Count {
        /// Thousandths.
        thousandths: Option<u64>,
        /// The measure word. A part of the whole ("一半", "三分之一", "2/3") is counted in 份;
        /// a bare figure has none.
        unit: Option<&'static str>,
    },
}

impl Amount {
    /// Which reading wins where two cover the same characters; the lowest does.
    const fn rank(&self) -> u8 {
        match self {
            // First, because 2024年 and 15日 could be read as stretches of time as well.
            Self::Date => 0,
            Self::Duration { .. } => 1,
            Self::Money { .. } => 2,
            Self::Count { .. } => 3,
        }
    }
}

/// Numerals that say no number.
const IDIOMS: [&str; 46] = [
    "三更半夜",
    "大半夜",
    "半夜",
    "一天到晚",
    "一天天",
    "三天两头",
    "一年四季",
    "一年到头",
    "一分钱一分货",
    "一分价钱一分货",
    "一毛不拔",
    "一成不变",
    "两码事",
    "一码事",
    "两回事",
    "一回事",
    "一码归一码",
    "一本正经",
    "一次性",
    "万一",
    "千万别",
    "千万不",
    "千万要",
    "千万注意",
    "三包",
    "三星",
    "一口气",
    "一口咬",
    "一天比一天",
    "一次比一次",
    "三番五次",
    "百分百",
    "一家人",
    "一个劲",
    "一块儿",
    "一号店",
    "1号店",
    "有一天",
    "哪一天",
    "两口子",
    "一对一",
    "一条龙",
    "半成品",
    "五星级",
    "一份子",
    "一个样",
];

static IDIOM_WORDS: LazyLock<Words<()>> = LazyLock::new(|| Words::new(IDIOMS.iter().map(|word| (*word, ()))));

/// Finds the quantities of normalised text, in order and without overlap, in linear time.
///
/// Of readings that start at the same character the longest wins, then date, time, money, count.
#[must_use]
pub fn find(chars: &[char]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !may_start(chars[at]) {
            at += 1;
            continue;
        }
        at = match read(chars, at) {
            Read::Quantity { end, amount } => {
                found.push(Quantity { range: at..end, amount });
                end
            }
            Read::Nothing { end } => end,
        };
    }
    found
}

/// Whether a quantity may start with `c`: the cheap test that most characters fail.
const fn may_start(c: char) -> bool {
    matches!(
        c,
        '0'..='9'
            | '['
            | '*'
            | 'n'
            | 'x'
            | '¥'
            | '$'
            | 'r'
            | 'h'
            | 'u'
            | '零'
            | '〇'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '俩'
            | '仨'
            | '半'
            | '几'
            | '数'
            | '好'
            | '大'
            | '个'
            | '第'
            | '哪'
            | '有'
            | '昨'
            | '前'
            | '今'
            | '明'
            | '后'
            | '当'
            | '次'
            | '隔'
            | '上'
            | '这'
            | '本'
            | '下'
            | '去'
            | '周'
            | '星'
            | '礼'
            | '双'
            | '国'
            | '元'
            | '春'
    )
}

enum Read {
    Quantity {
        end: usize,
        amount: Amount,
    },
    /// No quantity; reading goes on at `end`.
    Nothing {
        end: usize,
    },
}

fn read(chars: &[char], at: usize) -> Read {
    if let Some(end) = IDIOM_WORDS.longest(chars, at) {
        return Read::Nothing { end };
    }
    let candidates = [
        counted::read(chars, at),
        money::price(chars, at),
        date::read(chars, at).map(|end| (end, Amount::Date)),
        part::read(chars, at),
    ];
    let best = candidates.into_iter().flatten().max_by_key(|(end, amount)| (*end, std::cmp::Reverse(amount.rank())));
    match (best, ordinal(chars, at)) {
        (Some((end, amount)), _) => Read::Quantity { end, amount },
        (None, Some(read)) => read,
        // Past the whole number, or the rest of it would be read again and again.
        (None, None) => Read::Nothing { end: number::read(chars, at).map_or(at + 1, |number| number.end) },
    }
}

/// The character after a reading, and what it says.
type Found = Option<(usize, Amount)>;

fn char_before(chars: &[char], at: usize) -> char {
    at.checked_sub(1).map_or('\0', |index| chars[index])
}

/// 第3天 is a time; 第一次 and 第二个 count nothing.
fn ordinal(chars: &[char], at: usize) -> Option<Read> {
    let start = literal(chars, at, "第")?;
    let number = number::read(chars, start)?;
    if let Some((end, amount @ Amount::Duration { .. })) = counted::with_unit(chars, &number) {
        return Some(Read::Quantity { end, amount });
    }
    let end = units::read(chars, number.end).map_or(number.end, |(_, end)| end);
    Some(Read::Nothing { end })
}

/// So many thousandths of `each`, rounded down; the largest number when it does not fit.
fn scale(thousandths: u64, each: u64) -> u64 {
    u64::try_from(u128::from(thousandths) * u128::from(each) / u128::from(ONE)).unwrap_or(u64::MAX)
}

fn saturate(fen: u64) -> i64 {
    i64::try_from(fen).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
