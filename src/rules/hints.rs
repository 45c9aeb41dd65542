//! `[[hint]]`: words that make a trouble likelier without proving it. Fitted to labelled messages, not written by hand.

use super::categories::find_category;
use super::matcher::Atom;
use super::source::{Faults, Located, Origin, Row};
use super::table::Table;
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Points are counted in hundredths: sums of whole numbers are the same in any order.
const HUNDREDTHS: f64 = 100.0;
/// The most points that a word or a base may say.
const MOST: f64 = 20.0;

/// A hint as written.
#[derive(Debug)]
pub(crate) struct HintSource {
    /// `None`: a complaint as such.
    category: Option<Located<String>>,
    base: f64,
    words: Vec<(Located<String>, f64)>,
    origin: Origin,
}

impl HintSource {
    /// Every word, as written.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.value.as_str())
    }
}

pub(crate) fn read_hint(mut row: Row<'_>, faults: &mut Faults) -> Option<HintSource> {
    let category = row.text("category", faults);
    let complaint = row.flag("complaint", faults).unwrap_or(false);
    let base = row.number_in("base", -MOST..=MOST, faults).unwrap_or_default();
    let words = row.lists("words", faults);
    let origin = row.origin();
    row.finish(faults);
    if category.is_some() == complaint {
        let fault = Diagnostic::new(Code::BadValue, "要写明这些词暗示什么，而且只写一样");
        faults.report(origin, fault.help("写 category = \"类目\"，或者 complaint = true"));
        return None;
    }
    let mut weighed = Vec::new();
    for (points, words) in words {
        match points.value.parse::<f64>() {
            Ok(points) if points.abs() <= MOST => weighed.extend(words.into_iter().map(|word| (word, points))),
            _ => {
                let message = format!("「words」的每一项写成 \"分数\" = [词, …]，分数在 -{MOST} 与 {MOST} 之间");
                faults.report(points.origin, Diagnostic::new(Code::BadValue, message));
            }
        }
    }
    let mut seen = HashSet::new();
    for (word, _) in &weighed {
        if !seen.insert(word.value.as_str()) {
            faults.report(word.origin, Diagnostic::new(Code::Duplicate, format!("词「{}」写了两次", word.value)));
        }
    }
    Some(HintSource { category, base, words: weighed, origin })
}

/// Hints, compiled.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Hints {
    /// By category, and behind them for a complaint as such: what a text has before any word is read.
    bases: Vec<i32>,
    /// By atom, as it is meant and then as it is denied: what is hinted at, by its place in `bases`, and how strongly.
    words: Table<(u16, i16)>,
}

impl Hints {
    /// What every text has before any word is read.
    pub fn bases(&self) -> &[i32] {
        &self.bases
    }

    /// What an atom that is seen adds: to what, by its place in [`Hints::bases`], and how much.
    pub fn of(&self, atom: Atom, denied: bool) -> impl Iterator<Item = (usize, i32)> {
        self.words.of(row(atom, denied)).iter().map(|(target, points)| (usize::from(*target), i32::from(*points)))
    }

    /// Whether an atom hints at anything.
    pub fn knows(&self, atom: Atom, denied: bool) -> bool {
        !self.words.of(row(atom, denied)).is_empty()
    }

    /// Points as rules count them.
    pub fn points(hundredths: i32) -> f64 {
        f64::from(hundredths) / HUNDREDTHS
    }
}

/// `categories` are their ids; `atom` tells what a word is seen as, and whether its denial is wanted.
pub(super) fn compile(
    hints: Vec<HintSource>,
    categories: &[String],
    faults: &mut Faults,
    mut atom: impl FnMut(&Located<String>, &mut Faults) -> Option<(Atom, bool)>,
) -> Hints {
    let mut bases = vec![None; categories.len() + 1];
    let mut words: Vec<(u32, (u16, i16))> = Vec::new();
    for hint in hints {
        let target = match &hint.category {
            Some(name) => find_category(name, categories, faults),
            None => Some(categories.len()),
        };
        let Some(target) = target else { continue };
        if bases[target].replace(hundredths(hint.base)).is_some() {
            faults.report(hint.origin, Diagnostic::new(Code::Duplicate, "这里暗示的，前面已经有一段 [[hint]] 说过"));
        }
        for (word, points) in &hint.words {
            if let Some((atom, denied)) = atom(word, faults) {
                let bound = |number: i32| i16::try_from(number).unwrap_or_default();
                words
                    .push((row(atom, denied), (u16::try_from(target).unwrap_or(u16::MAX), bound(hundredths(*points)))));
            }
        }
    }
    let rows = words.iter().map(|(row, _)| *row as usize + 1).max().unwrap_or_default();
    // What was never fitted is never hinted at.
    Hints { bases: bases.into_iter().map(Option::unwrap_or_default).collect(), words: Table::of_pairs(rows, words) }
}

/// There are far fewer atoms than that.
fn row(atom: Atom, denied: bool) -> u32 {
    2 * atom + u32::from(denied)
}

/// Within bounds that were checked.
#[allow(clippy::cast_possible_truncation)]
fn hundredths(points: f64) -> i32 {
    (points * HUNDREDTHS).round() as i32
}
