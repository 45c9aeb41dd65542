//! Fits the curve from score to probability, and prints it as a rule file.

use std::fmt::Write;

/// A category considered for a message.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    pub score: f64,
    /// Whether the label has it.
    pub right: bool,
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
pub fn fit(points: &[Point]) -> Vec<(f64, f64)> {
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

pub fn to_toml(curve: &[(f64, f64)], messages: usize) -> String {
    let mut toml = format!(
        "# 由 {messages} 条标注拟合（cargo run --release --example evaluate -- --fit 标注.jsonl）。\n\
         # pass：多少分才报告，略低于一条 weight = 2 的规则；curve：分数 → 把握（概率），两点之间取直线。\n\n\
         [calibration]\npass = 1.95\n\n[calibration.curve]\n"
    );
    for (score, confidence) in curve {
        // Writing to a string cannot fail.
        let _ = writeln!(toml, "\"{score:.2}\" = {confidence:.3}");
    }
    toml
}
