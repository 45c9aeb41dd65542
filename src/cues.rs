//! What was found in one text: for every atom the words that stand for it, and a cheap account of where they lie.

use crate::quantity::Quantity;
use crate::rules::pattern::Gap;
use crate::rules::{Atom, CompiledStep, Lies, Matcher, Slots, Table, Trigger};

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
#[derive(Debug, Default)]
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
    reach: Reach,
    /// Sorted and free of duplicates.
    cues: Vec<Cue>,
}

impl Cues {
    /// Forgets the last text.
    pub fn clear(&mut self, atoms: u32) {
        for entry in &mut self.entries[..self.used] {
            self.seen.remove(entry.atom);
            entry.cues.clear();
        }
        self.used = 0;
        self.seen.grow(atoms);
        self.entry_of.resize(atoms as usize, 0);
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
            let holds = quantity.measure() == *measure
                && comparison.is_none_or(|c| quantity.value().is_some_and(|value| c.holds(value)));
            if holds {
                self.note(atom, cue);
            }
        }
    }

    /// Puts in order what was noted, exceptions apart, and adds the concepts that contain it whole.
    pub fn finish(&mut self, shields: Shields, matcher: &Matcher) {
        self.shields = shields;
        for at in 0..self.used {
            let entry = &mut self.entries[at];
            if entry.cues.len() > 1 {
                entry.cues.sort_unstable();
                entry.cues.dedup();
            }
            entry.reach = Reach::of(&entry.cues);
        }
        for at in 0..self.shields.sorted.len() {
            let atom = self.shields.sorted[at].0;
            let again = at > 0 && self.shields.sorted[at - 1].0 == atom;
            if again || !self.seen.contains(atom) {
                continue;
            }
            let entry = &mut self.entries[self.entry_of[atom as usize] as usize];
            self.shields.spare(atom, &mut entry.cues);
            entry.reach = Reach::of(&entry.cues);
            if entry.cues.is_empty() {
                self.seen.remove(atom);
            }
        }
        for at in 0..self.used {
            let atom = self.entries[at].atom;
            if !matcher.implied.of(atom).is_empty() {
                let cues = self.entries[at].cues.clone();
                self.add_wholes(atom, &cues, matcher);
            }
        }
    }

    /// Adds occurrences of an atom and of the concepts that contain it whole, exceptions apart.
    pub fn add(&mut self, atom: Atom, mut more: Vec<Cue>, matcher: &Matcher) {
        self.shields.spare(atom, &mut more);
        self.add_wholes(atom, &more, matcher);
        self.extend(atom, more);
    }

    /// Adds what was found of an atom to the concepts that contain it whole, their exceptions apart.
    fn add_wholes(&mut self, atom: Atom, cues: &[Cue], matcher: &Matcher) {
        for &whole in matcher.implied.of(atom) {
            let mut cues = cues.to_vec();
            self.shields.spare(whole, &mut cues);
            self.extend(whole, cues);
        }
    }

    fn extend(&mut self, atom: Atom, mut more: Vec<Cue>) {
        if more.is_empty() {
            return;
        }
        let entry = self.entry(atom);
        entry.cues.append(&mut more);
        entry.cues.sort_unstable();
        entry.cues.dedup();
        entry.reach = Reach::of(&entry.cues);
    }

    /// Hands on the triggers of every atom seen whose guard lies where it should, or may: cheap, for there are
    /// hundreds.
    pub fn each_trigger(&self, triggers: &Table<Trigger>, slots: &Slots, mut pull: impl FnMut(Trigger)) {
        for entry in self.entries[..self.used].iter().filter(|entry| !entry.cues.is_empty()) {
            for &trigger in triggers.of(entry.atom) {
                let may_lie = |guard: &Atom| {
                    let fits = |guard: &Entry| match trigger.guard_lies {
                        Lies::Here | Lies::Apart => true,
                        Lies::Before(gap) => guard.reach.may_precede(entry.reach, gap),
                        Lies::Behind(gap) => entry.reach.may_precede(guard.reach, gap),
                    };
                    self.get(*guard).is_some_and(fits)
                };
                if trigger.guard_lies == Lies::Here || slots.atoms_of(&trigger.guard).iter().any(may_lie) {
                    pull(trigger);
                }
            }
        }
    }

    /// Whether these steps may follow each other as they should: never a wrong no.
    pub fn may_match(&self, steps: &[CompiledStep], slots: &Slots) -> bool {
        let mut before: Option<Reach> = None;
        for step in steps {
            let mut reach = Reach::default();
            for atom in slots.atoms_of(&step.slot) {
                reach.add(self.get(*atom).map(|entry| entry.reach).unwrap_or_default());
            }
            if reach.starts == 0 || before.is_some_and(|before| !before.may_precede(reach, step.gap)) {
                return false;
            }
            before = Some(reach);
        }
        true
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

/// Where cues lie, one bit for every 64th place: two atoms whose bits do not meet cannot follow each other.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    starts: u64,
    ends: u64,
    clauses: u64,
}

impl Reach {
    fn of(cues: &[Cue]) -> Self {
        let mut reach = Self::default();
        for cue in cues {
            reach.starts |= 1 << (cue.start % 64);
            reach.ends |= 1 << (cue.end % 64);
            reach.clauses |= 1 << (cue.clause % 64);
        }
        reach
    }

    fn add(&mut self, other: Self) {
        self.starts |= other.starts;
        self.ends |= other.ends;
        self.clauses |= other.clauses;
    }

    fn may_precede(self, next: Self, gap: Gap) -> bool {
        let (bound, one_clause) = match gap {
            Gap::None => (0, true),
            Gap::Clause(bound) => (bound, true),
            Gap::Sentence(bound) => (bound, false),
        };
        let together = !one_clause || self.clauses & next.clauses != 0;
        together && spread(self.ends, bound) & next.starts != 0
    }
}

/// Every bit and the `bound` bits behind it, around the edge.
fn spread(bits: u64, bound: u32) -> u64 {
    if bound >= 63 {
        return if bits == 0 { 0 } else { u64::MAX };
    }
    let (mut spread, mut width, wanted) = (bits, 1, bound + 1);
    while width * 2 <= wanted {
        spread |= spread.rotate_left(width);
        width *= 2;
    }
    if width < wanted { spread | spread.rotate_left(wanted - width) } else { spread }
}

/// A set of numbers, one bit each.
#[derive(Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Makes room for the numbers below a bound.
    pub fn grow(&mut self, bound: u32) {
        self.0.resize((bound as usize).div_ceil(64).max(self.0.len()), 0);
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
        if !self.sorted.is_empty() {
            cues.retain(|cue| !self.cover(atom, *cue));
        }
    }

    fn cover(&self, atom: Atom, cue: Cue) -> bool {
        let from = self.sorted.partition_point(|&(of, shield)| (of, shield.start + self.longest) < (atom, cue.start));
        self.sorted[from..]
            .iter()
            .take_while(|(of, shield)| *of == atom && shield.start <= cue.start)
            .any(|(_, shield)| shield.covers(cue) || (shield.start < cue.start && cue.start < shield.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_spread_as_far_as_the_gap() {
        for bound in [0, 1, 2, 5, 8, 24, 60, 62, 63, 200] {
            for from in [0_u32, 5, 63] {
                let mut expected = 0_u64;
                (0..=bound).for_each(|step| expected |= 1 << ((from + step) % 64));
                assert_eq!(spread(1 << from, bound), expected, "{from} {bound}");
            }
        }
        assert_eq!(spread(0, 100), 0);
    }
}
