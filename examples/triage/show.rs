//! A report for a person at a terminal.

use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use tousu::{Report, Severity};

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// One colour a finding, so that the words that prove it wear it too.
const COLOURS: [AnsiColor; 5] =
    [AnsiColor::Red, AnsiColor::Yellow, AnsiColor::Magenta, AnsiColor::Cyan, AnsiColor::Blue];

fn colour(index: usize) -> Style {
    COLOURS[index % COLOURS.len()].on_default().bold()
}

/// Writes one report.
pub fn report(out: &mut impl Write, number: usize, report: &Report) -> io::Result<()> {
    writeln!(out, "{DIM}{number:>4}{DIM:#} {}", highlighted(report))?;
    if !report.complaint {
        return writeln!(out, "     {DIM}没有投诉{DIM:#}\n");
    }
    for (index, finding) in report.findings.iter().enumerate() {
        let style = colour(index);
        let words: Vec<&str> = finding.evidence.iter().map(|proof| proof.span.of(&report.text)).collect();
        writeln!(
            out,
            "     {style}{}{style:#} {:.0}%  {DIM}{} ← {}{DIM:#}",
            finding.name,
            finding.confidence * 100.0,
            finding.category,
            words.join(" / "),
        )?;
    }
    let blame = &report.blame;
    let mut facts = vec![format!(
        "责任 {BOLD}{}{BOLD:#}（商家 {:.0}% 快递 {:.0}% 买家 {:.0}%）",
        blame.party.label(),
        blame.seller * 100.0,
        blame.courier * 100.0,
        blame.buyer * 100.0,
    )];
    if !report.demands.is_empty() {
        let demands: Vec<&str> = report.demands.iter().map(|found| found.demand.label()).collect();
        facts.push(format!("要求 {BOLD}{}{BOLD:#}", demands.join("、")));
    }
    facts.push(format!("阶段 {}", report.stage.label()));
    if !report.risks.is_empty() {
        let risks: Vec<&str> = report.risks.iter().map(|found| found.risk.label()).collect();
        facts.push(format!("风险 {}", risks.join("、")));
    }
    if report.severity >= Severity::High {
        let alarm = colour(0);
        facts.push(format!("{alarm}{}{alarm:#}", report.severity.label()));
    }
    writeln!(out, "     {}", facts.join("  "))?;
    for (rank, remedy) in report.remedies.iter().take(3).enumerate() {
        writeln!(out, "     {}. {BOLD}{}{BOLD:#}  {DIM}因为 {}{DIM:#}", rank + 1, remedy.name, remedy.why)?;
    }
    for notice in &report.notices {
        writeln!(out, "     § {}", notice.text)?;
    }
    if let Some(reply) = report.replies.first() {
        for line in reply.text.lines() {
            writeln!(out, "     {DIM}│{DIM:#} {line}")?;
        }
    }
    writeln!(out)
}

/// The buyer's text with the words that prove a finding in its colour; the weightiest finding wins a word.
fn highlighted(report: &Report) -> String {
    let mut owner: Vec<Option<usize>> = vec![None; report.text.len()];
    for (index, finding) in report.findings.iter().enumerate().rev() {
        for proof in &finding.evidence {
            owner[proof.span.start..proof.span.end].fill(Some(index));
        }
    }
    let mut shown = String::new();
    let mut worn = None;
    for (at, c) in report.text.char_indices() {
        if owner[at] != worn {
            if let Some(index) = worn {
                shown.push_str(&format!("{:#}", colour(index)));
            }
            if let Some(index) = owner[at] {
                shown.push_str(&colour(index).to_string());
            }
            worn = owner[at];
        }
        // Control characters of a buyer's text must not reach the terminal.
        shown.push(if c.is_control() { ' ' } else { c });
    }
    if let Some(index) = worn {
        shown.push_str(&format!("{:#}", colour(index)));
    }
    shown
}
