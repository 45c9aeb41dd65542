//! Fits the curve from score to probability, and prints it as a rule file.

/// A category considered for a message.
pub struct Point {
    pub score: f64,
    /// Whether the label has it.
    pub right: bool,
}

/// `1 / (1 + exp(-scale * (score - midpoint)))`
#[derive(Debug, Clone, Copy)]
pub struct Curve {
    scale: f64,
    midpoint: f64,
}

/// Points this far from a rule set's usual scores would pull the curve without saying anything about its middle.
const WIDEST_SCORE: f64 = 8.0;
const ROUNDS: usize = 50;
/// Pulls towards a flat curve where there are few points, so that the fit always exists.
const RIDGE: f64 = 1e-3;

/// The curve under which the labels are likeliest: logistic regression on the score, by Newton's method.
pub fn fit(points: &[Point]) -> Curve {
    let (mut slope, mut offset) = (1.0, -2.0);
    for _ in 0..ROUNDS {
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (-RIDGE * offset, -RIDGE * slope, RIDGE, 0.0, RIDGE);
        for point in points {
            let score = point.score.clamp(-WIDEST_SCORE, WIDEST_SCORE);
            let p = 1.0 / (1.0 + (-(slope * score + offset)).exp());
            let error = f64::from(u8::from(point.right)) - p;
            let weight = p * (1.0 - p);
            g0 += error;
            g1 += error * score;
            h00 += weight;
            h01 += weight * score;
            h11 += weight * score * score;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < f64::EPSILON {
            break;
        }
        let step = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
        offset += step.0;
        slope += step.1;
        if step.0.abs() + step.1.abs() < 1e-9 {
            break;
        }
    }
    Curve { scale: slope, midpoint: -offset / slope }
}

/// A rule of weight 2 alone should just be reported: the threshold is what a little less than that stands for.
const PASS_MARK: f64 = 1.95;

impl Curve {
    fn at(self, score: f64) -> f64 {
        1.0 / (1.0 + (-self.scale * (score - self.midpoint)).exp())
    }

    pub fn to_toml(self, messages: usize) -> String {
        format!(
            "# 由 {messages} 条标注拟合（cargo run --release --example evaluate -- --fit）。\n\
             # confidence = 1 / (1 + e^(−scale × (score − midpoint)))；threshold 以下的不报告，\n\
             # 它相当于一条 weight = 2 的规则刚刚过线。\n\n\
             [calibration]\nscale = {:.3}\nmidpoint = {:.3}\nthreshold = {:.3}\n",
            self.scale,
            self.midpoint,
            self.at(PASS_MARK)
        )
    }
}
