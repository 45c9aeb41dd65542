//! What numbers count: the measure words, with what each is worth.

use super::words::Words;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Time, in minutes.
    Time(u64),
    /// Money, in fen.
    Money(u64),
    /// Things.
    Count,
}

/// A unit as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub name: &'static str,
    pub kind: Kind,
    /// Characters after which the word is another one: 部 in 部分.
    not_before: &'static str,
}

const DAY: u64 = 24 * 60;

const fn unit(name: &'static str, kind: Kind, not_before: &'static str) -> Unit {
    Unit { name, kind, not_before }
}

const fn time(name: &'static str, minutes: u64) -> Unit {
    unit(name, Kind::Time(minutes), "")
}

const fn count(name: &'static str) -> Unit {
    unit(name, Kind::Count, "")
}

/// A month is 30 days, a year 365, an evening half a day, seconds nothing.
static TIMES: [Unit; 24] = [
    time("秒", 0),
    time("秒钟", 0),
    time("分钟", 1),
    time("min", 1),
    time("刻钟", 15),
    time("小时", 60),
    time("钟头", 60),
    time("h", 60),
    unit("天", Kind::Time(DAY), "天"),
    time("整天", DAY),
    time("工作日", DAY),
    time("日", DAY),
    time("晚上", DAY / 2),
    time("晚", DAY / 2),
    time("上午", 4 * 60),
    time("下午", 4 * 60),
    unit("周", Kind::Time(7 * DAY), "岁边围六五四三二一日末"),
    time("星期", 7 * DAY),
    time("礼拜", 7 * DAY),
    time("月", 30 * DAY),
    unit("年", Kind::Time(365 * DAY), "级货轻龄"),
    time("周年", 365 * DAY),
    time("季度", 91 * DAY),
    time("整年", 365 * DAY),
];

static MONEYS: [Unit; 9] = [
    unit("元", Kind::Money(100), "件素宝旦"),
    money("块钱", 100),
    unit("块", Kind::Money(100), "儿状头"),
    money("大洋", 100),
    money("rmb", 100),
    unit("毛", Kind::Money(10), "病球巾衣线刺笔发孔"),
    money("毛钱", 10),
    money("角", 10),
    money("分钱", 1),
];

const fn money(name: &'static str, fen: u64) -> Unit {
    unit(name, Kind::Money(fen), "")
}

static COUNTS: [Unit; 84] = [
    unit("个", Kind::Count, "别性个"),
    count("件"),
    unit("双", Kind::Count, "十11方"),
    unit("只", Kind::Count, "有是能要好会"),
    count("对"),
    count("副"),
    count("斤"),
    count("公斤"),
    count("千克"),
    count("kg"),
    count("克"),
    count("g"),
    count("mg"),
    count("毫克"),
    count("吨"),
    count("毫升"),
    count("ml"),
    unit("升", Kind::Count, "级降温"),
    count("l"),
    count("瓶"),
    count("盒"),
    unit("包", Kind::Count, "装裹邮括退换"),
    count("箱"),
    count("袋"),
    count("罐"),
    count("桶"),
    count("杯"),
    unit("支", Kind::Count, "持付"),
    unit("条", Kind::Count, "件"),
    count("张"),
    count("台"),
    unit("部", Kind::Count, "分门位件"),
    unit("本", Kind::Count, "来身人"),
    unit("套", Kind::Count, "路"),
    unit("颗", Kind::Count, "粒"),
    count("粒"),
    unit("片", Kind::Count, "面片"),
    count("枚"),
    unit("根", Kind::Count, "本据"),
    unit("把", Kind::Count, ""),
    count("串"),
    count("朵"),
    unit("次", Kind::Count, "性品日元"),
    count("遍"),
    unit("回", Kind::Count, "复来去购头"),
    count("趟"),
    unit("码", Kind::Count, "事归"),
    unit("号", Kind::Count, "称"),
    count("cm"),
    count("厘米"),
    count("公分"),
    count("mm"),
    count("毫米"),
    unit("米", Kind::Count, "粉饭色"),
    count("寸"),
    count("英寸"),
    count("%"),
    unit("成", Kind::Count, "功本了为交人分立员型品都"),
    unit("折", Kind::Count, "叠断痕"),
    count("倍"),
    unit("星", Kind::Count, ""),
    unit("分", Kind::Count, "之期别开享手"),
    count("单"),
    count("笔"),
    count("份"),
    count("批"),
    count("家"),
    unit("人", Kind::Count, "工员家"),
    unit("位", Kind::Count, "置"),
    count("名"),
    unit("页", Kind::Count, "面"),
    count("层"),
    count("度"),
    count("款"),
    count("种"),
    count("顿"),
    count("口"),
    count("卷"),
    count("提"),
    count("gb"),
    count("tb"),
    count("瓦"),
    count("丝"),
    count("块"),
];

static UNITS: LazyLock<Words<&'static Unit>> =
    LazyLock::new(|| Words::new(TIMES.iter().chain(&MONEYS).chain(&COUNTS).map(|unit| (unit.name, unit))));

/// A measure word, by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct MeasureWord(u8);

impl MeasureWord {
    pub(super) fn named(name: &str) -> Option<Self> {
        let at = COUNTS.iter().position(|unit| unit.name == name)?;
        u8::try_from(at).ok().map(Self)
    }

    pub(super) fn is(self, name: &str) -> bool {
        COUNTS.get(usize::from(self.0)).is_some_and(|unit| unit.name == name)
    }
}

/// The longest unit that stands at `at`, with the character after it; of equals the first in the lists above.
pub(super) fn read(chars: &[char], at: usize) -> Option<(&'static Unit, usize)> {
    longest(chars, at, |_| true)
}

/// The longest unit of time that stands at `at`, with the character after it.
pub(super) fn read_time(chars: &[char], at: usize) -> Option<(&'static Unit, usize)> {
    longest(chars, at, |unit| matches!(unit.kind, Kind::Time(_)))
}

fn longest(chars: &[char], at: usize, wanted: impl Fn(&Unit) -> bool) -> Option<(&'static Unit, usize)> {
    let mut best = None;
    for (end, &unit) in UNITS.at(chars, at) {
        let next = chars.get(end).copied().unwrap_or('\0');
        // A Latin unit ends where the Latin letters end.
        let cut = unit.name.is_ascii() && unit.name != "%" && next.is_ascii_alphanumeric();
        let longer = best.is_none_or(|(_, longest)| end > longest);
        if longer && wanted(unit) && !cut && !unit.not_before.contains(next) {
            best = Some((unit, end));
        }
    }
    best
}
