//! Fits what words hint at to labelled messages, and prints it as a rule file.
//!
//! One lasso for complaints, and among them one for each category: logistic regression on which words are seen, with a price
//! on the size of the weights, so that most are 0. It takes no notice of the rules, which may have been written from the
//! same messages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A word must be seen in so many messages, and a category labelled in as many.
const SEEN: usize = 3;
/// The price of a weight, in log likelihood of the labels. From this and the next two, what did best on messages that
/// nobody had read.
const PRICE: f64 = 1.5;
/// So many points of a rule are worth one of the log odds,
const POINTS: f64 = 0.8;
/// and log odds count from here: a category that one complaint in four has.
const FROM: f64 = -1.1;
/// Rounds over all words; long before the last the weights hardly move.
const ROUNDS: usize = 200;
/// Weights are written in steps of so many points.
const STEP: f64 = 0.1;
/// Lines of the file are about so long.
const LINE: usize = 100;

/// Labelled messages and the words seen in them.
#[derive(Default)]
pub struct Fit {
    messages: u32,
    /// By word: the messages it is seen in.
    words: BTreeMap<String, Vec<u32>>,
    /// By category: the messages labelled with it.
    categories: BTreeMap<String, BTreeSet<u32>>,
    complaints: BTreeSet<u32>,
}

impl Fit {
    pub fn add(&mut self, labelled: Vec<String>, words: Vec<String>) {
        let message = self.messages;
        self.messages += 1;
        for word in words {
            self.words.entry(word).or_default().push(message);
        }
        if !labelled.is_empty() {
            self.complaints.insert(message);
        }
        for category in labelled {
            self.categories.entry(category).or_default().insert(message);
        }
    }

    /// A hints.toml.
    pub fn to_toml(&self) -> String {
        let mut toml = format!(
            "# 由 {} 条标注拟合（cargo run --release --example evaluate -- --hints 标注.jsonl），不必手改。\n\
             # 一段说一个类目：出现了哪些词，就加多少分，与规则的 weight 同一单位；从 base 加起，超过 0 的才算数。\n\
             # complaint 一段是对数几率，见 calibration.toml。\n",
            self.messages
        );
        let all = Among::new((0..self.messages).collect(), &self.words);
        toml.push_str(&all.section("complaint = true", &self.complaints, 1.0, 0.0));
        let complaints = Among::new(self.complaints.iter().copied().collect(), &self.words);
        for (category, labelled) in self.categories.iter().filter(|(_, labelled)| labelled.len() >= SEEN) {
            toml.push_str(&complaints.section(&format!("category = \"{category}\""), labelled, POINTS, FROM));
        }
        toml
    }
}

/// Messages that are told apart, and the words often seen in them, by the places of the messages.
struct Among<'w> {
    messages: Vec<u32>,
    words: Vec<(&'w str, Vec<u32>)>,
}

impl<'w> Among<'w> {
    fn new(messages: Vec<u32>, words: &'w BTreeMap<String, Vec<u32>>) -> Self {
        let places: BTreeMap<u32, u32> = messages.iter().copied().zip(0..).collect();
        let place = |message: &u32| places.get(message).copied();
        let words =
            words.iter().map(|(word, seen)| (word.as_str(), seen.iter().filter_map(place).collect::<Vec<u32>>()));
        Self { words: words.filter(|(_, seen)| seen.len() >= SEEN).collect(), messages }
    }

    /// One `[[hint]]`: what tells the labelled messages from the others.
    fn section(&self, of: &str, labelled: &BTreeSet<u32>, points: f64, from: f64) -> String {
        let right = self.messages.iter().map(|message| f64::from(u8::from(labelled.contains(message)))).collect();
        let lasso = Lasso::fit(&self.words, right);
        let weights = self.words.iter().zip(lasso.weights).map(|((word, _), weight)| (*word, weight * points));
        written(of, (lasso.base - from) * points, weights)
    }
}

/// A logistic regression on words, with a price on the size of its weights.
struct Lasso {
    base: f64,
    weights: Vec<f64>,
}

impl Lasso {
    /// Coordinate descent, each step on the steepest curve there can be, so that every step is an improvement.
    ///
    /// `right` tells of each message whether it is labelled; words come with the messages they are seen in.
    fn fit(words: &[(&str, Vec<u32>)], right: Vec<f64>) -> Self {
        let all: Vec<u32> = (0..).zip(&right).map(|(message, _)| message).collect();
        // Laplace's rule: neither none nor all.
        let share = (right.iter().sum::<f64>() + 1.0) / (right.len() as f64 + 2.0);
        let mut lasso = Self { base: (share / (1.0 - share)).ln(), weights: vec![0.0; words.len()] };
        let mut log_odds = vec![lasso.base; right.len()];
        let mut likely = vec![share; right.len()];
        let mut shift = |seen: &[u32], weight: &mut f64, price: f64| {
            const STEEPEST: f64 = 0.25;
            let slope: f64 = seen.iter().map(|at| right[*at as usize] - likely[*at as usize]).sum();
            let curvature = STEEPEST * seen.len() as f64;
            let free = *weight + slope / curvature;
            let bought = free.signum() * (free.abs() - price / curvature).max(0.0);
            let step = bought - *weight;
            if step != 0.0 {
                *weight = bought;
                for at in seen {
                    let log_odds = &mut log_odds[*at as usize];
                    *log_odds += step;
                    likely[*at as usize] = 1.0 / (1.0 + (-*log_odds).exp());
                }
            }
        };
        for _ in 0..ROUNDS {
            shift(&all, &mut lasso.base, 0.0);
            for ((_, seen), weight) in words.iter().zip(&mut lasso.weights) {
                shift(seen, weight, PRICE);
            }
        }
        lasso
    }
}

/// A section: words by what they say, the strongest first.
fn written<'w>(of: &str, base: f64, weights: impl Iterator<Item = (&'w str, f64)>) -> String {
    let mut levels: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for (word, weight) in weights {
        // Weights are small numbers.
        #[allow(clippy::cast_possible_truncation)]
        let level = (weight / STEP).round() as i64;
        if level != 0 {
            levels.entry(level).or_default().push(word);
        }
    }
    // Writing to a string cannot fail.
    let mut toml = format!("\n[[hint]]\n{of}\nbase = {base:.2}\n[hint.words]\n");
    for (level, words) in levels.iter().rev() {
        let mut line = format!("\"{:.1}\" = [", *level as f64 * STEP);
        let mut width = line.len();
        for (at, word) in words.iter().enumerate() {
            // A character takes two columns.
            width += 4 + 2 * word.chars().count();
            let between = match at {
                0 => "",
                _ if width > LINE => ",\n    ",
                _ => ", ",
            };
            if width > LINE {
                width = 0;
            }
            let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
            let _ = write!(line, "{between}\"{escaped}\"");
        }
        let _ = writeln!(toml, "{line}]");
    }
    toml
}
