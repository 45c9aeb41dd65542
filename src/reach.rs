//! Where the words of one text lie, told by a few bits each: what tells at a glance that a sequence cannot match.

use crate::cues::{Bits, Cue, Cues};
use crate::rules::pattern::Gap;
use crate::rules::{Atom, CompiledStep, Slot, Slots};

/// Where cues lie, one bit for every 64th place: two whose bits do not meet cannot follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    starts: u64,
    ends: u64,
    clauses: u64,
}

impl Reach {
    pub const NOWHERE: Self = Self { starts: 0, ends: 0, clauses: 0 };

    pub fn of(cues: &[Cue]) -> Self {
        let mut reach = Self::NOWHERE;
        for cue in cues {
            reach.starts |= 1 << (cue.start % 64);
            reach.ends |= 1 << (cue.end % 64);
            reach.clauses |= 1 << (cue.clause % 64);
        }
        reach
    }

    pub fn is_nowhere(self) -> bool {
        self.starts == 0
    }

    fn add(&mut self, other: Self) {
        self.starts |= other.starts;
        self.ends |= other.ends;
        self.clauses |= other.clauses;
    }

    /// Whether `next` may follow behind the gap: never a wrong no.
    pub fn may_precede(self, next: Self, gap: Gap) -> bool {
        let (bound, one_clause) = match gap {
            Gap::None => return self.ends & next.starts != 0,
            Gap::Clause(bound) => (bound, true),
            Gap::Sentence(bound) => (bound, false),
        };
        let together = !one_clause || self.clauses & next.clauses != 0;
        together && smear(self.ends, u32::from(bound)) & next.starts != 0
    }
}

/// Every bit, and at least the `bound` bits behind it, around the edge.
fn smear(mut bits: u64, bound: u32) -> u64 {
    let doublings = (u32::BITS - bound.leading_zeros()).min(u64::BITS.ilog2());
    for doubling in 0..doublings {
        bits |= bits.rotate_left(1 << doubling);
    }
    bits
}

/// The reach of every slot in one text. Choices are worked out when they are first asked for, for most never are.
#[derive(Debug)]
pub(crate) struct Reaches {
    /// What is not seen is told by its bit alone: bits lie close together, where reaches are far apart.
    seen: Bits,
    by_slot: Vec<Reach>,
    known: Bits,
    atoms: Vec<Atom>,
    choices: Vec<Slot>,
}

impl Reaches {
    pub fn new(slots: &Slots) -> Self {
        let size = slots.atoms as usize + slots.members.rows() as usize;
        Self {
            seen: Bits::below(size),
            by_slot: vec![Reach::NOWHERE; size],
            known: Bits::below(size),
            atoms: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// Forgets the last text and takes in the cues of the next.
    pub fn read(&mut self, cues: &Cues) {
        self.forget_choices();
        self.atoms.drain(..).for_each(|atom| self.seen.remove(atom));
        cues.atoms().for_each(|(atom, cues)| self.set(atom, cues));
    }

    /// Takes in what was added to some atoms since.
    pub fn learn(&mut self, changed: impl Iterator<Item = Atom>, cues: &Cues) {
        self.forget_choices();
        changed.for_each(|atom| self.set(atom, cues.of(atom)));
    }

    fn set(&mut self, atom: Atom, cues: &[Cue]) {
        if !cues.is_empty() {
            self.by_slot[atom as usize] = Reach::of(cues);
            self.seen.insert(atom);
            self.atoms.push(atom);
        }
    }

    fn forget_choices(&mut self) {
        for choice in self.choices.drain(..) {
            self.known.remove(choice);
            self.seen.remove(choice);
        }
    }

    #[inline]
    pub fn of(&mut self, slot: Slot, slots: &Slots) -> Reach {
        if slot >= slots.atoms && self.known.insert(slot) {
            self.work_out(slot, slots);
        }
        if self.seen.contains(slot) { self.by_slot[slot as usize] } else { Reach::NOWHERE }
    }

    fn work_out(&mut self, choice: Slot, slots: &Slots) {
        self.choices.push(choice);
        let mut reach = Reach::NOWHERE;
        for &atom in slots.atoms_of(&choice) {
            if self.seen.contains(atom) {
                reach.add(self.by_slot[atom as usize]);
            }
        }
        if !reach.is_nowhere() {
            self.by_slot[choice as usize] = reach;
            self.seen.insert(choice);
        }
    }

    /// Whether these steps may follow each other as they should: never a wrong no.
    pub fn may_follow(&mut self, steps: &[CompiledStep], slots: &Slots) -> bool {
        let mut before: Option<Reach> = None;
        steps.iter().all(|step| {
            let reach = self.of(step.slot, slots);
            let fits = !reach.is_nowhere() && before.is_none_or(|before| before.may_precede(reach, step.gap));
            before = Some(reach);
            fits
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_smeared_as_far_as_the_gap_and_less_than_twice() {
        for bound in [0_u32, 1, 2, 5, 8, 24, 60, 62, 63, 200] {
            for from in [0_u32, 5, 63] {
                let smeared = smear(1 << from, bound);
                assert!((0..=bound).all(|step| smeared & 1 << ((from + step) % 64) != 0), "{from} {bound}");
                assert!(smeared.count_ones() <= (2 * bound).max(1), "{from} {bound}");
            }
        }
        assert_eq!(smear(0, 100), 0);
    }
}
