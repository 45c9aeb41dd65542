//! Text × rules → cues: one walk over every clause finds every term of every rule.

use crate::cues::{Cue, Cues, Shields};
use crate::quantity;
use crate::rules::{Atom, Matcher};
use crate::span::as_u32;
use crate::text::Text;
use crate::words::{Dictionary, Route};
use std::ops::Range;
use std::sync::LazyLock;

/// Finds every term and quantity.
pub(crate) fn scan(text: &Text, matcher: &Matcher, dictionary: &LazyLock<Dictionary>, cues: &mut Cues) {
    cues.clear();
    let mut shields: Vec<(Atom, Cue)> = Vec::new();
    let mut words = WordEdges { text, dictionary, route: Route::default(), clauses: Vec::new() };
    let mut codes: Vec<u16> = Vec::new();
    for (clause, place) in (0..).zip(text.clauses()) {
        codes.clear();
        codes.extend(text.chars()[place.range.clone()].iter().map(|c| matcher.trie.code(*c)));
        for (start, from) in (as_u32(place.range.start)..).zip(0..codes.len()) {
            matcher.trie.prefixes(&codes[from..], |string, length| {
                let cue = Cue { start, end: start + length, clause };
                for posting in matcher.postings_of(string) {
                    if posting.except {
                        shields.push((posting.atom, cue));
                    } else if !posting.cut || words.agree(cue) {
                        cues.note(posting.atom, cue);
                    }
                }
            });
        }
    }
    if !matcher.shapes.is_empty() && text.normalized().bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        for (shape, atom) in &matcher.shapes {
            for hit in shape.find_iter(text.normalized()) {
                let range = text.char_at_byte(hit.start())..text.char_at_byte(hit.end());
                cue(text, range).into_iter().for_each(|cue| cues.note(*atom, cue));
            }
        }
    }
    if !matcher.slots.quantities.is_empty() {
        for quantity in quantity::find(text.chars()) {
            if let Some(cue) = cue(text, quantity.range.clone()) {
                cues.note_quantity(cue, &quantity, &matcher.slots);
            }
        }
    }
    cues.finish(Shields::new(shields), matcher);
}

/// The cue of a range of characters, if it lies in one clause.
fn cue(text: &Text, range: Range<usize>) -> Option<Cue> {
    let clause = text.clause_of(range.start)?;
    let last = text.clause_of(range.end.checked_sub(1)?)?;
    if last != clause {
        return None;
    }
    Some(Cue { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()?, clause })
}

/// Where dictionary words begin and end, worked out clause by clause and only where somebody asks.
struct WordEdges<'t> {
    text: &'t Text,
    dictionary: &'t LazyLock<Dictionary>,
    route: Route,
    clauses: Vec<Option<Vec<bool>>>,
}

impl WordEdges<'_> {
    /// Whether no dictionary word lies across either edge of a cue.
    fn agree(&mut self, cue: Cue) -> bool {
        let clauses = self.text.clauses();
        self.clauses.resize(clauses.len(), None);
        let clause = &clauses[cue.clause as usize].range;
        let edges = self.clauses[cue.clause as usize]
            .get_or_insert_with(|| self.dictionary.edges(&self.text.chars()[clause.clone()], &mut self.route));
        let is_edge = |at: u32| edges.get(at as usize - clause.start).copied().unwrap_or(true);
        is_edge(cue.start) && is_edge(cue.end)
    }
}
