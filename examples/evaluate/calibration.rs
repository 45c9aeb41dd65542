//! Fits the probabilities to labelled messages, and prints them as a rule file.

use crate::logistic::{self, Sample};
use tousu::{Candidate, Explanation};

/// Weights of `base`, `points`, `beside` and `shared`, as in calibration.toml.
type FindingOdds = [f64; 4];
/// Weights of `base`, `evidence`, `stands`, `praise`, `anger` and `hints`, as in calibration.toml.
type ComplaintOdds = [f64; 6];

/// What is believed before any message is seen.
const FINDING: FindingOdds = [-2.0, 2.0, 1.0, 1.0];
const COMPLAINT: ComplaintOdds = [0.0, 1.0, 1.0, 2.0, 0.5, 0.5];
/// The library's bound on the probability that some category is right.
const LEAST: f64 = 0.01;

/// Labelled messages and what they were judged by.
#[derive(Default)]
pub struct Fit {
    /// The labelled categories, none where there is no complaint.
    messages: Vec<(Vec<String>, Explanation)>,
}

impl Fit {
    pub fn add(&mut self, labelled: Vec<String>, explanation: Explanation) {
        self.messages.push((labelled, explanation));
    }

    /// A calibration.toml.
    pub fn to_toml(&self) -> String {
        let finding = logistic::fit(&self.findings(), FINDING);
        let complaint = logistic::fit(&self.complaints(&finding), COMPLAINT);
        to_toml(complaint, finding, self.messages.len())
    }

    /// The categories considered for complaints: how likely one is right, given that there is a complaint.
    fn findings(&self) -> Vec<Sample<4>> {
        let mut findings = Vec::new();
        for (labelled, explanation) in self.messages.iter().filter(|(labelled, _)| !labelled.is_empty()) {
            let highest = explanation.candidates.iter().map(|candidate| candidate.score).fold(0.0, f64::max);
            for candidate in explanation.candidates.iter().filter(|candidate| candidate.score > 0.0) {
                let beside = f64::from(u8::from(candidate.score < highest));
                let right = labelled.iter().any(|category| candidate.category == category.as_str());
                findings.push(([1.0, candidate.score.ln_1p(), -beside, -candidate.shared], right));
            }
        }
        findings
    }

    fn complaints(&self, finding: &FindingOdds) -> Vec<Sample<6>> {
        let wrong = |points: f64| 1.0 - logistic::probability(&[1.0, points.ln_1p(), 0.0, 0.0], finding);
        let said = |candidate: &Candidate| candidate.score - candidate.hints;
        let sample = |(labelled, explanation): &(Vec<String>, Explanation)| {
            let points = explanation.candidates.iter().map(said).filter(|points| *points > 0.0);
            let some = (1.0 - points.map(wrong).product::<f64>()).clamp(LEAST, 1.0 - LEAST);
            let stands = f64::from(u8::from(explanation.stands));
            let evidence = (some / (1.0 - some)).ln();
            let features = [1.0, evidence, stands, -explanation.praise, explanation.anger, explanation.hints];
            (features, !labelled.is_empty())
        };
        self.messages.iter().map(sample).collect()
    }
}

fn to_toml(complaint: ComplaintOdds, finding: FindingOdds, messages: usize) -> String {
    let [base, evidence, stands, praise, anger, hints] = complaint;
    let [alone, points, beside, shared] = finding;
    format!(
        "# 由 {messages} 条标注拟合（cargo run --release --example evaluate -- --fit 标注.jsonl），不必手改。\n\
         # complaint：是不是投诉。对数几率 = base + evidence × 规则说中某个类目的对数几率 + stands（有类目单凭规则就够分）\n\
         #   − praise × 满意 + anger × 愤怒 + hints × 词所暗示的对数几率（见 hints.toml）。\n\
         # finding：确是投诉时，某个类目对不对。对数几率 = base + points × ln(1 + 分数)\n\
         #   − beside（另有类目分数更高）− shared × 它的证据里，也是那些类目的证据的比例。\n\n\
         [calibration]\n\
         complaint = {{ base = {base:.2}, evidence = {evidence:.2}, stands = {stands:.2}, praise = {praise:.2}, anger = {anger:.2}, hints = {hints:.2} }}\n\
         finding = {{ base = {alone:.2}, points = {points:.2}, beside = {beside:.2}, shared = {shared:.2} }}\n"
    )
}
