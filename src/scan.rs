//! Text × rules → cues: one pass of one automaton finds every term of every rule.

use crate::quantity::{self, Quantity};
use crate::rules::{Atom, Matcher};
use crate::text::{Segmenter, Text};
use std::ops::Range;

/// One occurrence of an atom, in normalised characters; never crosses the edge of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cue {
    pub start: u32,
    pub end: u32,
    pub clause: u32,
}

impl Cue {
    pub fn covers(self, other: Cue) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Cue) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The cues of one text, by atom and in text order.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    /// Sorted by atom; each list sorted and free of duplicates.
    groups: Vec<(Atom, Vec<Cue>)>,
    present: Present,
    pub quantities: Vec<(Cue, Quantity)>,
    shields: Shields,
}

impl Cues {
    /// Whether an atom occurs: cheap enough to ask of every word of a long list.
    pub fn has(&self, atom: Atom) -> bool {
        self.present.contains(atom)
    }

    /// Where an atom occurs.
    pub fn of(&self, atom: Atom) -> &[Cue] {
        match self.groups.binary_search_by_key(&atom, |group| group.0) {
            Ok(at) => &self.groups[at].1,
            Err(_) => &[],
        }
    }

    /// The atoms that occur, in ascending order.
    pub fn atoms(&self) -> impl Iterator<Item = Atom> {
        self.groups.iter().map(|group| group.0)
    }

    /// Every group.
    pub fn groups(&self) -> impl Iterator<Item = (Atom, &[Cue])> {
        self.groups.iter().map(|(atom, cues)| (*atom, cues.as_slice()))
    }

    /// Adds occurrences of an atom, exceptions apart.
    pub fn add(&mut self, atom: Atom, more: &[Cue]) {
        let Self { groups, present, shields, .. } = self;
        let mut more = more.iter().copied().filter(|cue| !shields.cover(atom, *cue)).peekable();
        if more.peek().is_none() {
            return;
        }
        present.insert(atom);
        let at = groups.binary_search_by_key(&atom, |group| group.0).unwrap_or_else(|at| {
            groups.insert(at, (atom, Vec::new()));
            at
        });
        let cues = &mut groups[at].1;
        cues.extend(more);
        cues.sort_unstable();
        cues.dedup();
    }
}

/// A set of atoms, one bit each.
#[derive(Debug, Default)]
struct Present(Vec<u64>);

impl Present {
    fn of(atoms: usize) -> Self {
        Self(vec![0; atoms.div_ceil(64)])
    }

    fn insert(&mut self, atom: Atom) {
        self.0[atom as usize / 64] |= 1 << (atom % 64);
    }

    fn contains(&self, atom: Atom) -> bool {
        self.0[atom as usize / 64] & (1 << (atom % 64)) != 0
    }
}

/// Words that are exceptions to a concept: a term does not count inside one, nor where it begins in the middle of
/// one, as 坏了 does in 压坏了.
#[derive(Debug, Default)]
struct Shields {
    sorted: Vec<(Atom, Cue)>,
    /// In characters.
    longest: u32,
}

impl Shields {
    fn new(mut shields: Vec<(Atom, Cue)>) -> Self {
        shields.sort_unstable();
        let longest = shields.iter().map(|(_, shield)| shield.end - shield.start).max().unwrap_or(0);
        Self { sorted: shields, longest }
    }

    fn cover(&self, atom: Atom, cue: Cue) -> bool {
        let from = self.sorted.partition_point(|&(of, shield)| (of, shield.start + self.longest) < (atom, cue.start));
        self.sorted[from..]
            .iter()
            .take_while(|(of, shield)| *of == atom && shield.start <= cue.start)
            .any(|(_, shield)| shield.covers(cue) || (shield.start < cue.start && cue.start < shield.end))
    }
}

/// Which clause each character belongs to.
#[derive(Debug)]
pub(crate) struct ClauseMap(Vec<u32>);

impl ClauseMap {
    /// Stands for punctuation between clauses.
    const OUTSIDE: u32 = u32::MAX;

    pub fn new(text: &Text) -> Self {
        let mut clause_of = vec![Self::OUTSIDE; text.len()];
        for (index, clause) in (0u32..).zip(text.clauses()) {
            clause_of[clause.range.clone()].fill(index);
        }
        Self(clause_of)
    }

    /// The cue of a range of characters, if it lies in one clause.
    fn cue(&self, range: Range<usize>) -> Option<Cue> {
        let clause = *self.0.get(range.start)?;
        let last = *self.0.get(range.end.checked_sub(1)?)?;
        if clause == Self::OUTSIDE || last != clause {
            return None;
        }
        Some(Cue { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()?, clause })
    }
}

/// Finds every term and quantity.
pub(crate) fn scan(text: &Text, matcher: &Matcher, segmenter: &Segmenter) -> Cues {
    let clauses = ClauseMap::new(text);
    let mut found: Vec<(Atom, Cue)> = Vec::new();
    let mut shields: Vec<(Atom, Cue)> = Vec::new();
    let mut words = WordEdges { text, segmenter, clauses: vec![None; text.clauses().len()] };
    if let Some(automaton) = &matcher.automaton {
        for hit in automaton.find_overlapping_iter(text.normalized()) {
            let range = text.char_at_byte(hit.start())..text.char_at_byte(hit.end());
            let Some(cue) = clauses.cue(range) else { continue };
            for posting in &matcher.postings[hit.pattern().as_usize()] {
                if posting.except {
                    shields.push((posting.atom, cue));
                } else if !posting.cut || words.agree(cue) {
                    found.push((posting.atom, cue));
                }
            }
        }
    }
    if !matcher.shapes.is_empty() && text.normalized().bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        for (shape, atom) in &matcher.shapes {
            for hit in shape.find_iter(text.normalized()) {
                let range = text.char_at_byte(hit.start())..text.char_at_byte(hit.end());
                found.extend(clauses.cue(range).map(|cue| (*atom, cue)));
            }
        }
    }
    let shields = Shields::new(shields);
    found.retain(|&(atom, cue)| !shields.cover(atom, cue));
    let mut implied = Vec::new();
    for (atom, cue) in &found {
        implied.extend(matcher.implied[*atom as usize].iter().map(|whole| (*whole, *cue)));
    }
    found.append(&mut implied);
    found.sort_unstable();
    found.dedup();
    let mut cues = Cues { shields, present: Present::of(matcher.roles.len()), ..Cues::default() };
    for group in found.chunk_by(|a, b| a.0 == b.0) {
        cues.present.insert(group[0].0);
        cues.groups.push((group[0].0, group.iter().map(|(_, cue)| *cue).collect()));
    }
    if matcher.quantities {
        cues.quantities = quantity::find(text.chars())
            .into_iter()
            .filter_map(|quantity| Some((clauses.cue(quantity.range.clone())?, quantity)))
            .collect();
    }
    cues
}

/// Where dictionary words begin and end, worked out clause by clause and only where somebody asks.
struct WordEdges<'t> {
    text: &'t Text,
    segmenter: &'t Segmenter,
    clauses: Vec<Option<Vec<bool>>>,
}

impl WordEdges<'_> {
    /// Whether no dictionary word lies across either edge of a cue.
    fn agree(&mut self, cue: Cue) -> bool {
        let clause = &self.text.clauses()[cue.clause as usize].range;
        let edges = self.clauses[cue.clause as usize]
            .get_or_insert_with(|| self.segmenter.boundaries(self.text.slice(clause.clone())));
        let is_edge = |at: u32| edges.get(at as usize - clause.start).copied().unwrap_or(true);
        is_edge(cue.start) && is_edge(cue.end)
    }
}
