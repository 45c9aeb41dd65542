//! Where the words of one text lie, told by a few bits each: what tells at a glance that a sequence cannot match.

use crate::cues::{Bits, Cue, Cues};
use crate::rules::pattern::Gap;
use crate::rules::{Atom, CompiledStep, Slot, Slots};
use crate::span::as_u32;
use crate::text::Text;
use std::ops::Range;

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

/// The characters of a window, but for a longer sentence. Shorter ones would tell more, but ordinary messages would have
/// several, and common words be tried in each.
const WINDOW: u32 = 192;

/// Some whole sentences of a text, in characters, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    start: u32,
    end: u32,
}

impl Place {
    pub const ALL: Self = Self { start: 0, end: u32::MAX };

    /// The cues that lie there, of some from the left.
    pub fn of(self, cues: &[Cue]) -> &[Cue] {
        if self == Self::ALL {
            return cues;
        }
        let from = cues.partition_point(|cue| cue.start < self.start);
        let cues = &cues[from..];
        &cues[..cues.partition_point(|cue| cue.start < self.end)]
    }
}

/// An atom in one window of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lying {
    window: u32,
    pub atom: Atom,
    pub reach: Reach,
}

/// The reach of every slot, in one window of a text or in all. No sequence goes beyond a sentence, so a window is a few
/// whole sentences: in all of a long text the bits would say that everything lies everywhere.
///
/// Choices are worked out when they are first asked for, for most never are.
#[derive(Debug)]
pub(crate) struct Reaches {
    /// By clause: its window.
    windows: Vec<u32>,
    /// By window: where it begins.
    starts: Vec<u32>,
    /// Window by window.
    lying: Vec<Lying>,
    /// Those that are looked at; `None` before the first look.
    shown: Option<Range<usize>>,
    /// What is not seen is told by its bit alone: bits lie close together.
    seen: Bits,
    /// By slot: where its reach is, of those that are seen.
    reach_of: Vec<u32>,
    seen_reaches: Vec<Reach>,
    known: Bits,
    atoms: Vec<Atom>,
    choices: Vec<Slot>,
    /// Working memory.
    changed: Vec<Atom>,
    is_changed: Bits,
}

impl Reaches {
    pub fn new(slots: &Slots) -> Self {
        let size = slots.atoms as usize + slots.members.rows() as usize;
        Self {
            windows: Vec::new(),
            starts: Vec::new(),
            lying: Vec::new(),
            shown: None,
            seen: Bits::below(size),
            reach_of: vec![0; size],
            seen_reaches: Vec::new(),
            known: Bits::below(size),
            atoms: Vec::new(),
            choices: Vec::new(),
            changed: Vec::new(),
            is_changed: Bits::below(slots.atoms as usize),
        }
    }

    /// Divides the next text into windows.
    pub fn divide(&mut self, text: &Text) {
        self.windows.clear();
        self.starts.clear();
        let mut sentence = None;
        for clause in text.clauses() {
            let start = as_u32(clause.range.start);
            if sentence != Some(clause.sentence) && self.starts.last().is_none_or(|from| start - from >= WINDOW) {
                self.starts.push(start);
            }
            sentence = Some(clause.sentence);
            self.windows.push(self.count() - 1);
        }
    }

    /// Takes in all cues of the text.
    pub fn read(&mut self, cues: &Cues) {
        self.lying.clear();
        cues.atoms().for_each(|(atom, cues)| self.note(atom, cues));
        if self.count() > 1 {
            self.lying.sort_by_key(|lying| lying.window);
        }
        self.shown = None;
    }

    /// Takes in what was added to some atoms since.
    pub fn learn(&mut self, changed: impl Iterator<Item = Atom>, cues: &Cues) {
        self.changed.clear();
        self.changed.extend(changed.filter(|atom| self.is_changed.insert(*atom)));
        self.lying.retain(|lying| !self.is_changed.contains(lying.atom));
        let kept = self.lying.len();
        for at in 0..self.changed.len() {
            let atom = self.changed[at];
            self.is_changed.remove(atom);
            self.note(atom, cues.of(atom));
        }
        if self.count() > 1 {
            self.lying.sort_by_key(|lying| lying.window);
            self.shown = None;
        } else {
            self.forget_choices();
            (kept..self.lying.len()).for_each(|at| self.put(at));
            self.shown = Some(0..self.lying.len());
        }
    }

    fn note(&mut self, atom: Atom, cues: &[Cue]) {
        let Self { windows, starts, lying, .. } = self;
        // Ordinary messages have one window.
        if starts.len() == 1 && !cues.is_empty() {
            lying.push(Lying { window: 0, atom, reach: Reach::of(cues) });
            return;
        }
        let window = |cue: &Cue| windows[cue.clause as usize];
        let parts = cues.chunk_by(|a, b| window(a) == window(b));
        lying.extend(parts.map(|part| Lying { window: window(&part[0]), atom, reach: Reach::of(part) }));
    }

    /// The number of windows.
    pub fn count(&self) -> u32 {
        as_u32(self.starts.len())
    }

    /// The window of a clause.
    pub fn window_of(&self, clause: u32) -> u32 {
        self.windows[clause as usize]
    }

    /// Where a window lies.
    pub fn place(&self, window: u32) -> Place {
        let next = self.starts.get(window as usize + 1);
        Place { start: self.starts[window as usize], end: next.copied().unwrap_or(u32::MAX) }
    }

    /// Looks at one window; what lies in it.
    pub fn open(&mut self, window: u32) -> Range<usize> {
        let from = self.lying.partition_point(|lying| lying.window < window);
        let until = self.lying.partition_point(|lying| lying.window <= window);
        self.show(from..until);
        from..until
    }

    /// Looks at all windows at once.
    pub fn open_all(&mut self) {
        self.show(0..self.lying.len());
    }

    fn show(&mut self, lying: Range<usize>) {
        if self.shown.as_ref() == Some(&lying) {
            return;
        }
        self.forget_choices();
        self.atoms.drain(..).for_each(|atom| self.seen.remove(atom));
        self.seen_reaches.clear();
        lying.clone().for_each(|at| self.put(at));
        self.shown = Some(lying);
    }

    /// Adds to what is looked at.
    fn put(&mut self, at: usize) {
        let Lying { atom, reach, .. } = self.lying[at];
        if self.seen.contains(atom) {
            // What an atom had is still among what it has.
            self.seen_reaches[self.reach_of[atom as usize] as usize].add(reach);
        } else {
            self.see(atom, reach);
            self.atoms.push(atom);
        }
    }

    fn see(&mut self, slot: Slot, reach: Reach) {
        self.seen.insert(slot);
        self.reach_of[slot as usize] = as_u32(self.seen_reaches.len());
        self.seen_reaches.push(reach);
    }

    fn seen_reach(&self, slot: Slot) -> Option<Reach> {
        self.seen.contains(slot).then(|| self.seen_reaches[self.reach_of[slot as usize] as usize])
    }

    fn forget_choices(&mut self) {
        for choice in self.choices.drain(..) {
            self.known.remove(choice);
            self.seen.remove(choice);
        }
    }

    pub fn lying(&self, at: usize) -> Lying {
        self.lying[at]
    }

    #[inline]
    pub fn of(&mut self, slot: Slot, slots: &Slots) -> Reach {
        if slot >= slots.atoms && self.known.insert(slot) {
            self.work_out(slot, slots);
        }
        self.seen_reach(slot).unwrap_or(Reach::NOWHERE)
    }

    fn work_out(&mut self, choice: Slot, slots: &Slots) {
        self.choices.push(choice);
        let mut reach = Reach::NOWHERE;
        for &atom in slots.atoms_of(&choice) {
            if let Some(lies) = self.seen_reach(atom) {
                reach.add(lies);
            }
        }
        if !reach.is_nowhere() {
            self.see(choice, reach);
        }
    }

    /// Whether these steps may follow each other as they should: never a wrong no.
    pub fn may_follow(&mut self, steps: &[CompiledStep], slots: &Slots) -> bool {
        let mut before: Option<Reach> = None;
        let mut skipped = Gap::None;
        steps.iter().all(|step| {
            let reach = self.of(step.slot, slots);
            let gap = step.gap.or(skipped);
            let fits = !reach.is_nowhere() && before.is_none_or(|before| before.may_precede(reach, gap));
            if step.optional {
                // What comes next may follow this one or the one before.
                skipped = gap;
                before.iter_mut().filter(|_| fits).for_each(|before| before.add(reach));
                return true;
            }
            (before, skipped) = (Some(reach), Gap::None);
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

    #[test]
    fn windows_are_whole_sentences() {
        let text = Text::new(&"等了八天，快递还没到。打开一看，苹果全烂了！".repeat(60));
        let mut reaches = Reaches::new(&Slots::default());
        reaches.divide(&text);
        assert!(reaches.count() > 3);
        let mut sentences = Vec::new();
        for (clause, lies) in (0..).zip(text.clauses()) {
            let window = reaches.window_of(clause);
            let place = reaches.place(window);
            assert!(place.start as usize <= lies.range.start && lies.range.end <= place.end as usize, "{clause}");
            sentences.push((lies.sentence, window));
        }
        sentences.dedup();
        assert!(sentences.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "a sentence lies in one window");
        let longest = (0..reaches.count() - 1).map(|window| reaches.place(window)).map(|place| place.end - place.start);
        assert!(longest.max() < Some(2 * WINDOW));
    }

    #[test]
    fn a_place_holds_the_cues_that_begin_there() {
        let cues = [3, 10, 11, 30].map(|start| Cue { start, end: start + 2, clause: 0 });
        let starts = |place: Place| place.of(&cues).iter().map(|cue| cue.start).collect::<Vec<_>>();
        assert_eq!(starts(Place { start: 10, end: 30 }), [10, 11]);
        assert!(starts(Place { start: 31, end: u32::MAX }).is_empty());
        assert_eq!(starts(Place::ALL), [3, 10, 11, 30]);
    }
}
