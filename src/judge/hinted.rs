//! Words meant as they stand × hints → what they add up to.

use super::fired::{Fired, Settlements};
use crate::cues::Cue;
use crate::matching::Matching;
use crate::rules::{Atom, Hints, Rule};
use crate::taxonomy::Status;
use std::cmp::Reverse;

/// A word that hints at less than this, in points, or that is shorter, in characters, is told as evidence only where there
/// is no better one.
const TELLING: f64 = 0.3;
const SHORTEST: u32 = 2;
/// So many words are told of a category.
const TOLD: usize = 3;

/// What the words of a text hint at.
#[derive(Debug)]
pub(crate) struct Hinted {
    /// By category, and behind them for a complaint as such.
    sums: Vec<i32>,
    /// The most telling words of each category that is hinted at, by category and in text order: at least one.
    telling: Vec<(usize, Cue)>,
}

impl Hinted {
    /// Points for a category. Words never speak against what rules have found.
    pub fn category(&self, category: usize) -> f64 {
        Hints::points(self.sums[category].max(0))
    }

    /// The log odds of a complaint, as far as words tell.
    pub fn complaint(&self) -> f64 {
        self.sums.last().map_or(0.0, |sum| Hints::points(*sum))
    }

    /// The words that hint most at a category.
    pub fn telling(&self, category: usize) -> impl Iterator<Item = Cue> {
        self.telling.iter().filter(move |(of, _)| *of == category).map(|(_, cue)| *cue)
    }
}

/// A word of the text, and where it is first meant so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub atom: Atom,
    /// The text says that it is not so.
    pub denied: bool,
    cue: Cue,
}

/// The words and concepts of the text that tell something of this order: stated, asked or denied; not supposed, quoted, put
/// right or said of somebody else. Only those `wanted`, by atom and whether denied.
pub(crate) fn words(
    rules: &[Rule],
    matching: &Matching<'_>,
    fired: &[Fired],
    wanted: impl Fn(Atom, bool) -> bool,
) -> Vec<Word> {
    let settlements = Settlements::among(rules, fired);
    let settled = |cue: &Cue| {
        settlements.put_right(cue.end, cue.clause, matching.text) || settlements.tell_of(cue.start, cue.end)
    };
    let status = |cue: &Cue| matching.context.status(&[(*cue, false)]);
    let mut words = Vec::new();
    for (atom, cues) in matching.cues.atoms() {
        let mut first = |denied, means: &dyn Fn(&Cue) -> bool| {
            let cue = cues.iter().find(|cue| means(cue));
            words.extend(cue.map(|cue| Word { atom, denied, cue: *cue }));
        };
        if wanted(atom, false) {
            first(false, &|cue| matches!(status(cue), Some(Status::Affirmed | Status::Asked)) && !settled(cue));
        }
        if wanted(atom, true) {
            first(true, &|cue| status(cue) == Some(Status::Negated));
        }
    }
    words
}

/// Whether a word that says so much is worth telling.
fn is_telling(word: &Word, points: i32) -> bool {
    Hints::points(points) >= TELLING && word.cue.end - word.cue.start >= SHORTEST
}

/// Adds up what words hint at.
pub(crate) fn hinted(hints: &Hints, words: &[Word]) -> Hinted {
    let mut sums = hints.bases().to_vec();
    for word in words {
        hints.of(word.atom, word.denied).for_each(|(target, points)| sums[target] += points);
    }
    let categories = sums.len().saturating_sub(1);
    let mut for_each: Vec<(usize, bool, Reverse<i32>, Cue)> = Vec::new();
    if sums[..categories].iter().any(|sum| *sum > 0) {
        for word in words {
            let speaking = hints.of(word.atom, word.denied).filter(|(_, points)| *points > 0);
            let wanted = speaking.filter(|(target, _)| *target < categories && sums[*target] > 0);
            for_each
                .extend(wanted.map(|(target, points)| (target, !is_telling(word, points), Reverse(points), word.cue)));
        }
    }
    for_each.sort_unstable();
    let mut telling: Vec<(usize, Cue)> = Vec::new();
    for words in for_each.chunk_by(|a, b| a.0 == b.0) {
        let told = words.iter().take_while(|(_, faint, ..)| !faint).count().clamp(1, TOLD);
        telling.extend(words[..told].iter().map(|(category, _, _, cue)| (*category, *cue)));
    }
    telling.sort_unstable();
    // A concept and a word of it are one word.
    telling.dedup_by(|later, first| later.0 == first.0 && later.1.overlaps(first.1));
    Hinted { sums, telling }
}
