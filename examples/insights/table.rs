//! The counts as a table on a terminal.

use crate::Summary;
use std::io::{self, Write};
use tousu::{Dimension, Insights, Tally};
use unicode_width::UnicodeWidthStr;

/// Of a dimension so many keys are shown, the worst first.
pub const MOST_SHOWN: usize = 12;

pub fn write(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let insights = &summary.insights;
    let total = insights.total();
    writeln!(out, "{} 条消息，其中投诉 {} 条（{}）", total.messages(), total.complaints(), percent(rate(total)))?;
    for &dimension in Dimension::ALL {
        let rows = worst(insights, dimension);
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "\n{:8}{:>7}{:>7}{:>7}  最多的", padded(dimension.label(), 12), "消息", "投诉", "占比")?;
        for (key, tally) in &rows {
            let mark = flags(summary, dimension, key);
            writeln!(
                out,
                "{}{:>9}{:>9}{:>9}  {}{}",
                padded(key, 12),
                tally.messages(),
                tally.complaints(),
                percent(rate(tally)),
                most_reported(summary, tally),
                if mark.is_empty() { String::new() } else { format!("  ◀ {mark}") }
            )?;
        }
        let more = insights.keys(dimension).len() - rows.len();
        if more > 0 {
            writeln!(out, "…还有 {more} 个")?;
        }
    }
    writeln!(out, "\n◀ 高过其他，不像是碰巧（Fisher 精确检验，Benjamini–Hochberg 校正，误报率不超过 5%）")
}

/// The keys with the highest rates.
pub fn worst(insights: &Insights, dimension: Dimension) -> Vec<(&str, &Tally)> {
    let mut rows = insights.keys(dimension).sorted();
    rows.sort_by(|a, b| rate(b.1).total_cmp(&rate(a.1)));
    rows.truncate(MOST_SHOWN);
    rows
}

/// Complaints a message.
#[allow(clippy::cast_precision_loss)]
pub fn rate(tally: &Tally) -> f64 {
    tally.complaints() as f64 / tally.messages().max(1) as f64
}

pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// What stands out about a key, in words.
pub fn flags(summary: &Summary, dimension: Dimension, key: &str) -> String {
    let of_key = summary.outliers.iter().filter(|outlier| outlier.dimension == dimension && outlier.key == key);
    let told: Vec<String> = of_key
        .map(|outlier| {
            let what = outlier.category.as_ref().map_or("投诉", |category| summary.name(category));
            let ratio = outlier.ratio();
            if ratio.is_finite() { format!("{what} {ratio:.1} 倍") } else { format!("{what} 独有") }
        })
        .collect();
    told.join("，")
}

fn most_reported(summary: &Summary, tally: &Tally) -> String {
    let most = tally.categories().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    most.map_or_else(String::new, |(category, count)| format!("{} {count}", summary.name(category)))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
