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
    pub words: Vec<Word>,
    /// By category, and behind them for a complaint as such.
    sums: Vec<i32>,
}

impl Hinted {
    /// Adds up what words hint at.
    pub fn new(hints: &Hints, words: Vec<Word>) -> Self {
        let mut sums = hints.bases().to_vec();
        for word in &words {
            hints.of(word.atom, word.denied).for_each(|(target, points)| sums[target] += points);
        }
        Self { words, sums }
    }

    /// Points for a category. Words never speak against what rules have found.
    pub fn category(&self, category: usize) -> f64 {
        Hints::points(self.sums[category].max(0))
    }

    /// The log odds of a complaint, as far as words tell.
    pub fn complaint(&self) -> f64 {
        self.sums.last().map_or(0.0, |sum| Hints::points(*sum))
    }

    /// The words that hint most at a category, or behind all categories at a complaint, in text order; at least one if any
    /// does.
    pub fn telling(&self, hints: &Hints, target: usize) -> Vec<Cue> {
        if self.sums[target] <= 0 {
            return Vec::new();
        }
        let points = |word: &Word| hints.of(word.atom, word.denied).find(|(of, _)| *of == target);
        let speaking = self.words.iter().filter_map(|word| Some((points(word)?.1, word.cue)));
        let is_faint = |points: i32, cue: Cue| Hints::points(points) < TELLING || cue.end - cue.start < SHORTEST;
        let mut speaking: Vec<(bool, Reverse<i32>, Cue)> = speaking
            .filter(|(points, _)| *points > 0)
            .map(|(points, cue)| (is_faint(points, cue), Reverse(points), cue))
            .collect();
        speaking.sort_unstable();
        let told = speaking.iter().take_while(|(is_faint, ..)| !is_faint).count().clamp(1, TOLD);
        let mut telling: Vec<Cue> = speaking.iter().take(told).map(|(_, _, cue)| *cue).collect();
        telling.sort_unstable();
        // A concept and a word of it are one word.
        telling.dedup_by(|later, first| later.overlaps(*first));
        telling
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
    // Many atoms are seen at the same place: by its start, where the last one ends and how it is meant.
    let mut known: Vec<(u32, Option<Status>)> = vec![(0, None); matching.text.len()];
    let mut status = |cue: &Cue| {
        let (end, status) = &mut known[cue.start as usize];
        if *end != cue.end {
            (*end, *status) = (cue.end, matching.context.status(&[(*cue, false)]));
        }
        *status
    };
    let mut words = Vec::new();
    for (atom, cues) in matching.cues.atoms() {
        let mut note = |denied, cue: Option<&Cue>| words.extend(cue.map(|cue| Word { atom, denied, cue: *cue }));
        if wanted(atom, false) {
            let mut meant = |cue: &Cue| matches!(status(cue), Some(Status::Affirmed | Status::Asked)) && !settled(cue);
            note(false, cues.iter().find(|cue| meant(cue)));
        }
        if wanted(atom, true) {
            note(true, cues.iter().find(|cue| status(cue) == Some(Status::Negated)));
        }
    }
    words
}
