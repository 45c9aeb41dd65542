//! Counts what was found against what was there.

use std::collections::{BTreeMap, BTreeSet};
use tousu::{Explanation, Verdict};

/// How many probabilities are told apart when calibration is judged.
const BINS: usize = 10;
/// A rule must fire so often before its precision says anything.
const OFTEN: usize = 5;

#[derive(Default)]
struct Counts {
    found_rightly: usize,
    found_wrongly: usize,
    missed: usize,
}

impl Counts {
    fn precision(&self) -> f64 {
        ratio(self.found_rightly, self.found_rightly + self.found_wrongly)
    }

    fn recall(&self) -> f64 {
        ratio(self.found_rightly, self.found_rightly + self.missed)
    }

    fn f1(&self) -> f64 {
        ratio(2 * self.found_rightly, 2 * self.found_rightly + self.found_wrongly + self.missed)
    }
}

#[derive(Default)]
struct Bin {
    count: usize,
    right: usize,
    confidence: f64,
}

/// Stated probabilities against what was right, gathered by the former.
#[derive(Default)]
struct Calibration([Bin; BINS]);

impl Calibration {
    fn add(&mut self, confidence: f64, right: bool) {
        // A probability lies in 0..=1, so the bin exists.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let bin = &mut self.0[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.count += 1;
        bin.right += usize::from(right);
        bin.confidence += confidence;
    }

    fn print(&self, of: &str) {
        println!("\ncalibration of {of}: stated probability → share found right");
        let total: usize = self.0.iter().map(|bin| bin.count).sum();
        let mut error = 0.0;
        for bin in self.0.iter().filter(|bin| bin.count > 0) {
            let (stated, right) = (bin.confidence / bin.count as f64, ratio(bin.right, bin.count));
            error += (stated - right).abs() * ratio(bin.count, total);
            println!("{stated:>8.2} → {right:.2}  n={}", bin.count);
        }
        println!("expected calibration error {error:.3}");
    }
}

/// What has been counted so far.
#[derive(Default)]
pub struct Tally {
    complaint: Counts,
    categories: BTreeMap<String, Counts>,
    /// (labelled, found instead) → how often.
    confusion: BTreeMap<(String, String), usize>,
    findings: Calibration,
    complaints: Calibration,
    /// Rule → fired, fired where its category is labelled.
    rules: BTreeMap<String, (usize, usize)>,
}

impl Tally {
    /// Counts one message.
    pub fn add(&mut self, labelled: &[String], verdict: &Verdict, explanation: &Explanation) {
        match (labelled.is_empty(), verdict.complaint) {
            (false, true) => self.complaint.found_rightly += 1,
            (true, true) => self.complaint.found_wrongly += 1,
            (false, false) => self.complaint.missed += 1,
            (true, false) => {}
        }
        let labelled: BTreeSet<&str> = labelled.iter().map(String::as_str).collect();
        let found: BTreeSet<&str> = verdict.findings.iter().map(|finding| finding.category.as_str()).collect();
        for category in labelled.union(&found) {
            let counts = self.categories.entry((*category).to_owned()).or_default();
            match (labelled.contains(category), found.contains(category)) {
                (true, true) => counts.found_rightly += 1,
                (false, _) => counts.found_wrongly += 1,
                (true, false) => counts.missed += 1,
            }
        }
        for missed in labelled.difference(&found) {
            for instead in found.difference(&labelled) {
                *self.confusion.entry(((*missed).to_owned(), (*instead).to_owned())).or_default() += 1;
            }
        }
        for finding in &verdict.findings {
            self.findings.add(finding.confidence, labelled.contains(finding.category.as_str()));
        }
        self.complaints.add(verdict.confidence, !labelled.is_empty());
        let firings = explanation.firings.iter().map(|firing| (firing.rule.as_str(), firing.weight > 0.0));
        for (rule, speaks_for) in firings.chain(resting_on_hints(verdict).map(|hints| (hints, true))) {
            let category = rule.split('/').next().unwrap_or(rule);
            let counts = self.rules.entry(rule.to_owned()).or_default();
            counts.0 += 1;
            counts.1 += usize::from(labelled.contains(category) == speaks_for);
        }
    }

    /// Writes everything to standard output.
    pub fn print(&self) {
        println!("{:30} {:>5} {:>9} {:>6} {:>5}", "category", "n", "precision", "recall", "F1");
        let mut all = Counts::default();
        let mut by_size: Vec<_> = self.categories.iter().collect();
        by_size.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.found_rightly + counts.missed));
        for (category, counts) in by_size {
            row(category, counts);
            all.found_rightly += counts.found_rightly;
            all.found_wrongly += counts.found_wrongly;
            all.missed += counts.missed;
        }
        row("all categories", &all);
        row("is a complaint", &self.complaint);
        self.print_confusion();
        self.findings.print("findings");
        self.complaints.print("complaints");
        self.print_rules();
    }

    fn print_confusion(&self) {
        println!("\nmost confused: labelled → found instead");
        let mut confused: Vec<_> = self.confusion.iter().collect();
        confused.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for ((labelled, found), count) in confused.into_iter().take(15) {
            println!("{count:>5}  {labelled} → {found}");
        }
    }

    fn print_rules(&self) {
        println!("\nrules that are wrong most often: fired, rightly");
        let mut rules: Vec<_> = self.rules.iter().filter(|(rule, _)| self.is_category(rule)).collect();
        rules.sort_by_key(|(_, (fired, right))| std::cmp::Reverse(fired - right));
        for (rule, (fired, right)) in rules.into_iter().filter(|(_, (fired, _))| *fired >= OFTEN).take(40) {
            println!("{fired:>6} {right:>5}  {:.2}  {rule}", ratio(*right, *fired));
        }
    }

    /// Whether a rule is evidence of a category that occurs in the labels or the findings.
    fn is_category(&self, rule: &str) -> bool {
        rule.split('/').next().is_some_and(|category| self.categories.contains_key(category))
    }
}

/// Categories that were found by what words hint at, as `category/hints`.
fn resting_on_hints(verdict: &Verdict) -> impl Iterator<Item = &str> {
    verdict.findings.iter().flat_map(|finding| {
        let rules = finding.evidence.iter().map(|proof| proof.rule.as_str());
        rules.filter(|rule| rule.ends_with("/hints")).take(1)
    })
}

fn row(name: &str, counts: &Counts) {
    println!(
        "{name:30} {:>5} {:>9.2} {:>6.2} {:>5.2}",
        counts.found_rightly + counts.missed,
        counts.precision(),
        counts.recall(),
        counts.f1()
    );
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
