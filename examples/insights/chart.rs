//! The same as a picture: one panel a dimension, one bar a key, what stands out in red: the bar for complaints as
//! such, the words alone for one kind of them.

use crate::Summary;
use crate::table::{flags, percent, rate, worst};
use std::fmt::Write;
use tousu::{Dimension, Outlier};

const WIDTH: usize = 880;
const LEFT: usize = 120;
const BARS: usize = 300;
const WORDS: usize = LEFT + BARS + 16;
const LONGEST_KEY: usize = 12;
const ROW: usize = 24;
const HEADER: usize = 40;

pub fn svg(summary: &Summary) -> String {
    let insights = &summary.insights;
    let panels: Vec<_> =
        Dimension::ALL.iter().map(|d| (*d, worst(insights, *d))).filter(|(_, rows)| !rows.is_empty()).collect();
    let height = 56 + panels.iter().map(|(_, rows)| HEADER + rows.len() * ROW).sum::<usize>();
    let longest = panels.iter().flat_map(|(_, rows)| rows).map(|(_, tally)| rate(tally)).fold(0.01, f64::max);
    let usual = rate(insights.total());
    let mut body = String::new();
    let mut y = 30;
    text(&mut body, 16, y, "title", &format!("投诉占消息的比例（全部 {}，虚线）", percent(usual)));
    for (dimension, rows) in &panels {
        y += HEADER;
        text(&mut body, 16, y - 10, "head", dimension.label());
        line(&mut body, LEFT + scaled(usual, longest), y - 4, y + rows.len() * ROW - 4);
        for (key, tally) in rows {
            let flag = flags(summary, *dimension, key);
            let length = scaled(rate(tally), longest);
            let as_such = |o: &Outlier| o.dimension == *dimension && o.key == *key && o.category.is_none();
            let class = if summary.outliers.iter().any(as_such) { "bar out" } else { "bar" };
            let _ = writeln!(body, r#"<rect class="{class}" x="{LEFT}" y="{y}" width="{length}" height="16"/>"#);
            text(&mut body, 16, y + 13, "key", &shortened(key));
            let told = format!("{}（{}/{}）{flag}", percent(rate(tally)), tally.complaints(), tally.messages());
            text(&mut body, WORDS, y + 13, if flag.is_empty() { "told" } else { "told out" }, &told);
            y += ROW;
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" font-family="'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif" font-size="13">
<style>.title{{font-size:16px;font-weight:bold}}.head{{font-weight:bold}}.bar{{fill:#8fa8c4}}.bar.out{{fill:#c8452f}}.told{{fill:#555}}.told.out{{fill:#c8452f}}.usual{{stroke:#444;stroke-dasharray:4 3}}</style>
<rect width="{WIDTH}" height="{height}" fill="#fff"/>
{body}</svg>
"##
    )
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
fn scaled(share: f64, longest: f64) -> usize {
    (share / longest * BARS as f64).round() as usize
}

fn shortened(key: &str) -> String {
    let short: String = key.chars().take(LONGEST_KEY).collect();
    if short.len() < key.len() { short + "…" } else { short }
}

fn text(body: &mut String, x: usize, y: usize, class: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(body, r#"<text class="{class}" x="{x}" y="{y}">{words}</text>"#);
}

fn line(body: &mut String, x: usize, from: usize, to: usize) {
    let _ = writeln!(body, r#"<line class="usual" x1="{x}" x2="{x}" y1="{from}" y2="{to}"/>"#);
}
