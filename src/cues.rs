//! What was found in one text: for every atom the words that stand for it.

use crate::quantity::Quantity;
use crate::rules::{Atom, Matcher, Slots};

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

/// The cues of one text by atom. Kept from text to text, so that a text allocates next to nothing.
#[derive(Debug)]
pub(crate) struct Cues {
    seen: Bits,
    /// By atom: its entry, where the atom is seen.
    entry_of: Vec<u32>,
    /// The first `used` are of this text; the others keep their memory for the next.
    entries: Vec<Entry>,
    used: usize,
    shields: Shields,
}

#[derive(Debug, Default)]
struct Entry {
    atom: Atom,
    /// Sorted and free of duplicates.
    cues: Vec<Cue>,
}

impl Cues {
    /// Room for so many atoms.
    pub fn new(atoms: u32) -> Self {
        Self {
            seen: Bits::below(atoms as usize),
            entry_of: vec![0; atoms as usize],
            entries: Vec::new(),
            used: 0,
            shields: Shields::default(),
        }
    }

    /// Forgets the last text.
    pub fn clear(&mut self) {
        for entry in &mut self.entries[..self.used] {
            self.seen.remove(entry.atom);
            entry.cues.clear();
        }
        self.used = 0;
    }

    /// The atoms seen so far and their cues, in no particular order.
    pub fn atoms(&self) -> impl Iterator<Item = (Atom, &[Cue])> {
        let seen = self.entries[..self.used].iter().filter(|entry| !entry.cues.is_empty());
        seen.map(|entry| (entry.atom, entry.cues.as_slice()))
    }

    /// The cues of an atom, from the left.
    pub fn of(&self, atom: Atom) -> &[Cue] {
        self.get(atom).map_or(&[], |entry| &entry.cues)
    }

    /// Notes an occurrence of an atom; [`Cues::finish`] must follow the last one.
    pub fn note(&mut self, atom: Atom, cue: Cue) {
        self.entry(atom).cues.push(cue);
    }

    /// Notes a quantity for the atoms that stand for one like it.
    pub fn note_quantity(&mut self, cue: Cue, quantity: &Quantity, slots: &Slots) {
        for (atom, (measure, comparison)) in (slots.first_quantity..).zip(&slots.quantities) {
            let holds = quantity.measures(*measure)
                && comparison.is_none_or(|c| quantity.value().is_some_and(|value| c.holds(value)));
            if holds {
                self.note(atom, cue);
            }
        }
    }

    /// Puts in order what was noted, exceptions apart, and adds the concepts that contain it whole.
    pub fn finish(&mut self, shields: Shields, matcher: &Matcher) {
        self.shields = shields;
        for shielded in self.shields.sorted.chunk_by(|a, b| a.0 == b.0) {
            let atom = shielded[0].0;
            if self.seen.contains(atom) {
                let entry = &mut self.entries[self.entry_of[atom as usize] as usize];
                self.shields.spare(atom, &mut entry.cues);
                if entry.cues.is_empty() {
                    self.seen.remove(atom);
                }
            }
        }
        for at in 0..self.used {
            let atom = self.entries[at].atom;
            if !matcher.wholes.of(atom).is_empty() {
                let cues = std::mem::take(&mut self.entries[at].cues);
                self.add_wholes(atom, &cues, matcher);
                self.entries[at].cues = cues;
            }
        }
        self.entries[..self.used].iter_mut().for_each(Entry::put_in_order);
    }

    /// Adds occurrences of an atom and of the concepts that contain it whole, exceptions apart.
    pub fn add(&mut self, atom: Atom, cues: impl Iterator<Item = Cue>, matcher: &Matcher) {
        let mut more: Vec<Cue> = cues.collect();
        self.shields.spare(atom, &mut more);
        self.add_wholes(atom, &more, matcher);
        if !more.is_empty() {
            self.entry(atom).cues.append(&mut more);
        }
        for atom in matcher.with_wholes(atom) {
            if self.seen.contains(atom) {
                self.entry(atom).put_in_order();
            }
        }
    }

    /// Adds what was found of an atom to the concepts that contain it whole, and what these keep of it to those that contain
    /// them: what is an exception to one is none of theirs either.
    fn add_wholes(&mut self, atom: Atom, cues: &[Cue], matcher: &Matcher) {
        for &whole in matcher.wholes.of(atom) {
            let mut spared = Vec::new();
            let kept = if self.shields.concern(whole) {
                spared.extend(cues.iter().copied().filter(|cue| !self.shields.cover(whole, *cue)));
                &spared
            } else {
                cues
            };
            if !kept.is_empty() {
                self.entry(whole).cues.extend_from_slice(kept);
                self.add_wholes(whole, kept, matcher);
            }
        }
    }

    fn get(&self, atom: Atom) -> Option<&Entry> {
        self.seen.contains(atom).then(|| &self.entries[self.entry_of[atom as usize] as usize])
    }

    /// The entry of an atom, made where there is none.
    fn entry(&mut self, atom: Atom) -> &mut Entry {
        if self.seen.insert(atom) {
            // An atom all of whose cues were exceptions may have left an entry behind; it stays empty.
            self.entry_of[atom as usize] = u32::try_from(self.used).unwrap_or(u32::MAX);
            if self.used == self.entries.len() {
                self.entries.push(Entry::default());
            }
            self.entries[self.used].atom = atom;
            self.used += 1;
        }
        &mut self.entries[self.entry_of[atom as usize] as usize]
    }
}

impl Entry {
    fn put_in_order(&mut self) {
        // Words come from the left, so most are in order already.
        if !self.cues.is_sorted_by(|a, b| a < b) {
            self.cues.sort_unstable();
            self.cues.dedup();
        }
    }
}

/// A set of numbers, one bit each.
#[derive(Debug)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set with room for the numbers below a bound.
    pub fn below(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    /// Whether the number is new.
    pub fn insert(&mut self, number: u32) -> bool {
        let (word, bit) = (&mut self.0[number as usize / 64], 1 << (number % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    pub fn remove(&mut self, number: u32) {
        self.0[number as usize / 64] &= !(1 << (number % 64));
    }

    pub fn contains(&self, number: u32) -> bool {
        self.0[number as usize / 64] & (1 << (number % 64)) != 0
    }
}

/// Words that are exceptions to a concept: a term does not count inside one, nor where it begins in the middle of
/// one, as 坏了 does in 压坏了.
#[derive(Debug, Default)]
pub(crate) struct Shields {
    sorted: Vec<(Atom, Cue)>,
    /// In characters.
    longest: u32,
}

impl Shields {
    pub fn new(mut shields: Vec<(Atom, Cue)>) -> Self {
        shields.sort_unstable();
        let longest = shields.iter().map(|(_, shield)| shield.end - shield.start).max().unwrap_or(0);
        Self { sorted: shields, longest }
    }

    /// Takes out the cues that are exceptions.
    fn spare(&self, atom: Atom, cues: &mut Vec<Cue>) {
        cues.retain(|cue| !self.cover(atom, *cue));
    }

    /// Whether there are exceptions to an atom.
    fn concern(&self, atom: Atom) -> bool {
        self.sorted.binary_search_by_key(&atom, |(of, _)| *of).is_ok()
    }

    fn cover(&self, atom: Atom, cue: Cue) -> bool {
        if self.sorted.is_empty() {
            return false;
        }
        let from = self.sorted.partition_point(|&(of, shield)| (of, shield.start + self.longest) < (atom, cue.start));
        self.sorted[from..]
            .iter()
            .take_while(|(of, shield)| *of == atom && shield.start <= cue.start)
            .any(|(_, shield)| shield.covers(cue) || (shield.start < cue.start && cue.start < shield.end))
    }
}
