//! Fits the probabilities to labelled messages, and prints them as a rule file.

use crate::complaint::{self, LogOdds, Message};
use std::fmt::Write;
use tousu::Explanation;

/// A category considered for a message.
#[derive(Debug, Clone, Copy)]
struct Point {
    score: f64,
    /// Whether the label has it.
    right: bool,
}

/// Scores beyond these say nothing more.
const SCORES: (f64, f64) = (0.0, 10.0);
/// Points are gathered in steps of so much, and neighbours joined until each step holds enough of them to tell.
const STEP: f64 = 0.5;
const LEAST: usize = 60;

/// Points that stand for one probability.
#[derive(Debug, Clone, Copy)]
struct Step {
    score: f64,
    right: f64,
    count: f64,
}

impl Step {
    fn joined(self, other: Self) -> Self {
        let count = self.count + other.count;
        let score = (self.score * self.count + other.score * other.count) / count;
        Self { score, right: self.right + other.right, count }
    }

    /// Laplace's rule: one more right and one more wrong than were seen.
    fn confidence(self) -> f64 {
        (self.right + 1.0) / (self.count + 2.0)
    }
}

/// The rising curve that is nearest to the labels: isotonic regression by joining neighbours that fall.
fn rising_curve(points: &[Point]) -> Vec<(f64, f64)> {
    let mut points: Vec<Point> = points.to_vec();
    points.sort_by(|a, b| a.score.total_cmp(&b.score));
    let mut steps: Vec<Step> = Vec::new();
    let place = |score: f64| (score.clamp(SCORES.0, SCORES.1) / STEP).round() * STEP;
    let mut place_before = f64::NAN;
    for point in points {
        let score = point.score.clamp(SCORES.0, SCORES.1);
        let one = Step { score, right: f64::from(u8::from(point.right)), count: 1.0 };
        match steps.last_mut() {
            Some(last) if place(score) == place_before || last.count < LEAST as f64 => *last = last.joined(one),
            _ => steps.push(one),
        }
        place_before = place(score);
    }
    let mut rising: Vec<Step> = Vec::new();
    for mut step in steps {
        while let Some(before) = rising.pop_if(|before| before.confidence() >= step.confidence()) {
            step = before.joined(step);
        }
        rising.push(step);
    }
    rising.into_iter().map(|step| (step.score, step.confidence())).collect()
}

/// Straight lines between the points, flat beyond: as the library reads the curve.
fn confidence(curve: &[(f64, f64)], score: f64) -> f64 {
    let above = curve.partition_point(|(at, _)| *at <= score);
    match (above.checked_sub(1).map(|below| curve[below]), curve.get(above)) {
        (Some((from, low)), Some((to, high))) => low + (high - low) * (score - from) / (to - from),
        (Some((_, flat)), None) | (None, Some(&(_, flat))) => flat,
        (None, None) => 0.0,
    }
}

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
        let curve = rising_curve(&self.points());
        let weights = complaint::fit(&self.complaints(&curve));
        to_toml(&curve, weights, self.messages.len())
    }

    /// The categories considered for complaints: the curve tells how likely one is right given that there is one.
    fn points(&self) -> Vec<Point> {
        let complaints = self.messages.iter().filter(|(labelled, _)| !labelled.is_empty());
        let points = complaints.flat_map(|(labelled, explanation)| {
            explanation.candidates.iter().filter(|candidate| candidate.score > 0.0).map(|candidate| Point {
                score: candidate.score,
                right: labelled.iter().any(|category| candidate.category == category.as_str()),
            })
        });
        points.collect()
    }

    fn complaints(&self, curve: &[(f64, f64)]) -> Vec<Message> {
        let message = |(labelled, explanation): &(Vec<String>, Explanation)| {
            let said = explanation.candidates.iter().map(|candidate| candidate.score - candidate.hints);
            let said = said.filter(|score| *score > 0.0);
            Message {
                none_right: said.map(|score| 1.0 - confidence(curve, score)).product(),
                stands: explanation.stands,
                praise: explanation.praise,
                anger: explanation.anger,
                hints: explanation.hints,
                complaint: !labelled.is_empty(),
            }
        };
        self.messages.iter().map(message).collect()
    }
}

fn to_toml(curve: &[(f64, f64)], weights: LogOdds, messages: usize) -> String {
    let [base, evidence, stands, praise, anger, hints] = weights;
    let mut toml = format!(
        "# 由 {messages} 条标注拟合（cargo run --release --example evaluate -- --fit 标注.jsonl），不必手改。\n\
         # complaint：是不是投诉。对数几率 = base + evidence × 规则说中某个类目的对数几率 + stands（有类目单凭规则就够分）\n\
         #   − praise × 满意 + anger × 愤怒 + hints × 词所暗示的对数几率（见 hints.toml）。\n\
         # curve：确是投诉时，类目的分数 → 把握（概率），两点之间取直线。\n\n\
         [calibration]\n\
         complaint = {{ base = {base:.2}, evidence = {evidence:.2}, stands = {stands:.2}, praise = {praise:.2}, anger = {anger:.2}, hints = {hints:.2} }}\n\n\
         [calibration.curve]\n"
    );
    for (score, confidence) in curve {
        // Writing to a string cannot fail.
        let _ = writeln!(toml, "\"{score:.2}\" = {confidence:.3}");
    }
    toml
}
