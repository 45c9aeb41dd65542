//! Sequences × cues → matches: bounded gaps, one element after another, each match with its status.

use crate::context::Context;
use crate::cues::{Bits, Cue, Cues};
use crate::reach::{Lying, Place, Reaches};
use crate::rules::pattern::Gap;
use crate::rules::{Atom, CompiledSequence, CompiledStep, Lies, Matcher, Owner, SequenceId};
use crate::set::Set;
use crate::taxonomy::Status;
use crate::text::Text;

/// A sequence found in the text, in normalised characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    pub start: u32,
    pub end: u32,
    pub first_clause: u32,
    pub last_clause: u32,
    pub status: Status,
}

impl Match {
    /// The characters it covers, half open.
    pub fn characters(self) -> (u32, u32) {
        (self.start, self.end)
    }

    /// The clauses it touches, half open.
    pub fn clauses(self) -> (u32, u32) {
        (self.first_clause, self.last_clause + 1)
    }

    pub fn overlaps(self, other: Match) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Ranges that some matches cover, half open, in order and apart: whether one more meets them is one look.
#[derive(Debug)]
pub(crate) struct Runs(Vec<(u32, u32)>);

impl Runs {
    pub fn of(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = ranges.into_iter().collect();
        sorted.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (start, end) in sorted {
            match runs.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => runs.push((start, end)),
            }
        }
        Self(runs)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn meet(&self, (start, end): (u32, u32)) -> bool {
        let next = self.0.partition_point(|run| run.1 <= start);
        self.0.get(next).is_some_and(|run| run.0 < end)
    }
}

/// Working memory for matching with one [`Matcher`], kept from text to text.
#[derive(Debug)]
pub(crate) struct Workbench {
    reaches: Reaches,
    /// Sequences tried in one window, so that none is tried twice.
    met: Bits,
    tried: Vec<SequenceId>,
    /// The sequences to try, and where.
    worth: Vec<(SequenceId, Place)>,
    /// The elements of the match in the making.
    elements: Vec<Element>,
    /// By step: the cues that can be it, from the left, where several atoms can.
    choices: Vec<Vec<Cue>>,
}

/// A cue standing for an element, and whether its denial is wanted.
pub(crate) type Element = (Cue, bool);

impl Workbench {
    pub fn new(matcher: &Matcher) -> Self {
        Self {
            reaches: Reaches::new(&matcher.slots),
            met: Bits::below(matcher.sequences.len()),
            tried: Vec::new(),
            worth: Vec::new(),
            elements: Vec::new(),
            choices: Vec::new(),
        }
    }

    /// Notes the sequences of a level that may match. Most trials end at a guard that does not lie where it should.
    fn look_for_work(&mut self, level: usize, matcher: &Matcher) {
        let Self { reaches, met, tried, worth, .. } = self;
        let (slots, triggers) = (&matcher.slots, &matcher.triggers[level]);
        worth.clear();
        for window in 0..reaches.count() {
            for at in reaches.open(window) {
                let Lying { atom, reach: here, .. } = reaches.lying(at);
                for trigger in triggers.of(atom) {
                    let guard = reaches.of(trigger.guard, slots);
                    let may_lie = !guard.is_nowhere()
                        && match trigger.guard_lies {
                            Lies::Here | Lies::Apart => true,
                            Lies::Before(gap) => guard.may_precede(here, gap),
                            Lies::Behind(gap) => here.may_precede(guard, gap),
                        };
                    if may_lie && met.insert(trigger.sequence) {
                        tried.push(trigger.sequence);
                        if !trigger.more || reaches.may_follow(matcher.steps.of(trigger.sequence), slots) {
                            worth.push((trigger.sequence, reaches.place(window)));
                        }
                    }
                }
            }
            tried.drain(..).for_each(|sequence| met.remove(sequence));
        }
    }
}

/// Builds the concepts that are made of other concepts, lowest level first.
///
/// `context` knows the plain cues; what was built is returned.
pub(crate) fn build_concepts(
    text: &Text,
    matcher: &Matcher,
    cues: &mut Cues,
    context: &Context<'_>,
    bench: &mut Workbench,
) -> Vec<(Atom, Cue)> {
    let mut all = Vec::new();
    bench.reaches.divide(text);
    bench.reaches.read(cues);
    for level in 0..matcher.rule_level() {
        let mut built: Vec<(Atom, Cue)> = Vec::new();
        bench.look_for_work(level, matcher);
        for at in 0..bench.worth.len() {
            let (id, place) = bench.worth[at];
            let Owner::Concept(owner) = matcher.sequences[id as usize].owner else { continue };
            each_match(text, matcher, cues, bench, id, place, &mut |elements| {
                let (first, last) = (elements[0].0, elements[elements.len() - 1].0);
                let whole = first.clause == last.clause && context.coherent(elements);
                if whole {
                    built.push((owner, Cue { start: first.start, end: last.end, clause: first.clause }));
                }
                whole
            });
        }
        built.sort_unstable();
        built.dedup();
        for group in built.chunk_by(|a, b| a.0 == b.0) {
            cues.add(group[0].0, group.iter().map(|(_, cue)| *cue), matcher);
        }
        if !built.is_empty() {
            let groups = built.chunk_by(|a, b| a.0 == b.0);
            bench.reaches.learn(groups.flat_map(|group| matcher.with_wholes(group[0].0)), cues);
        }
        all.append(&mut built);
    }
    all
}

/// Matches of rules' sequences against one text.
pub(crate) struct Matching<'t> {
    pub text: &'t Text,
    pub matcher: &'t Matcher,
    pub cues: &'t Cues,
    pub context: &'t Context<'t>,
    pub bench: &'t mut Workbench,
}

impl Matching<'_> {
    /// Hands every sequence of a rule that may match to `work`, with the place where.
    pub fn each_worth_trying(&mut self, mut work: impl FnMut(&mut Self, SequenceId, Place)) {
        self.bench.look_for_work(self.matcher.rule_level(), self.matcher);
        for at in 0..self.bench.worth.len() {
            let (id, place) = self.bench.worth[at];
            work(self, id, place);
        }
    }

    /// Every match of these sequences in the windows of some others, whatever its status.
    pub fn find_beside(&mut self, ids: &[SequenceId], others: &[Match]) -> Vec<Match> {
        let mut found = Vec::new();
        if !ids.is_empty() {
            let mut windows: Vec<u32> =
                others.iter().map(|other| self.bench.reaches.window_of(other.first_clause)).collect();
            windows.dedup();
            for window in windows {
                self.bench.reaches.open(window);
                self.find_each(ids, self.bench.reaches.place(window), &mut found);
            }
        }
        found
    }

    /// Every match of these sequences anywhere, whatever its status.
    pub fn find_anywhere(&mut self, ids: &[SequenceId]) -> Vec<Match> {
        let mut found = Vec::new();
        if !ids.is_empty() {
            self.bench.reaches.open_all();
            self.find_each(ids, Place::ALL, &mut found);
        }
        found
    }

    fn find_each(&mut self, ids: &[SequenceId], place: Place, found: &mut Vec<Match>) {
        for &id in ids {
            let sequence = &self.matcher.sequences[id as usize];
            let reaches = &mut self.bench.reaches;
            let seen = !reaches.of(sequence.rarest, &self.matcher.slots).is_nowhere();
            if seen && reaches.may_follow(self.matcher.steps.of(id), &self.matcher.slots) {
                self.find(id, place, Set::all(), found);
            }
        }
    }

    /// Every match of a sequence in some place whose status is wanted; they do not overlap.
    pub fn find(&mut self, id: SequenceId, place: Place, wanted: Set<Status>, found: &mut Vec<Match>) {
        let context = self.context;
        each_match(self.text, self.matcher, self.cues, self.bench, id, place, &mut |elements| {
            let Some(status) = context.status(elements).filter(|status| wanted.contains(*status)) else {
                return false;
            };
            let (first, last) = (elements[0].0, elements[elements.len() - 1].0);
            found.push(Match {
                start: first.start,
                end: last.end,
                first_clause: first.clause,
                last_clause: last.clause,
                status,
            });
            true
        });
    }
}

/// Hands every candidate match of a sequence in some place to `accept`, from the left; after one is accepted, goes on
/// behind it.
fn each_match(
    text: &Text,
    matcher: &Matcher,
    cues: &Cues,
    bench: &mut Workbench,
    id: SequenceId,
    place: Place,
    accept: &mut dyn FnMut(&[Element]) -> bool,
) {
    let steps = matcher.steps.of(id);
    let Workbench { elements, choices, .. } = bench;
    choices.resize_with(steps.len().max(choices.len()), Vec::new);
    for (step, choice) in steps.iter().zip(&mut *choices) {
        let atoms = matcher.slots.atoms_of(&step.slot);
        if atoms.len() > 1 {
            choice.clear();
            atoms.iter().for_each(|atom| choice.extend_from_slice(place.of(cues.of(*atom))));
            choice.sort_unstable();
            choice.dedup();
        }
    }
    let sequence = matcher.sequences[id as usize];
    Finder { text, matcher, cues, place, sequence, steps, choices }.each(elements, accept);
}

/// Looks for one sequence.
struct Finder<'f> {
    text: &'f Text,
    matcher: &'f Matcher,
    cues: &'f Cues,
    place: Place,
    sequence: CompiledSequence,
    steps: &'f [CompiledStep],
    /// By step: the cues that can be it, where several atoms can.
    choices: &'f [Vec<Cue>],
}

impl Finder<'_> {
    /// The cues that can be a step, from the left.
    fn candidates(&self, step: usize) -> &[Cue] {
        match self.matcher.slots.atoms_of(&self.steps[step].slot) {
            [atom] => self.place.of(self.cues.of(*atom)),
            _ => &self.choices[step],
        }
    }

    fn each(&self, elements: &mut Vec<Element>, accept: &mut dyn FnMut(&[Element]) -> bool) {
        let mut behind = 0;
        for &first in self.candidates(0) {
            let starts_clause = || self.text.clauses()[first.clause as usize].range.start == first.start as usize;
            if first.start < behind || (self.sequence.at_start && !starts_clause()) {
                continue;
            }
            elements.clear();
            elements.push((first, self.steps[0].denied));
            if self.extend(1, Gap::None, elements, accept) {
                behind = elements[elements.len() - 1].0.end;
            }
        }
    }

    /// Goes on with a step, behind the gap of what was skipped since the last element.
    fn extend(
        &self,
        at: usize,
        skipped: Gap,
        elements: &mut Vec<Element>,
        accept: &mut dyn FnMut(&[Element]) -> bool,
    ) -> bool {
        let previous = elements[elements.len() - 1].0;
        let clauses = self.text.clauses();
        let Some(step) = self.steps.get(at) else {
            let clause_end = clauses[previous.clause as usize].range.end;
            let left = clause_end - previous.end as usize;
            return self.sequence.ends_within.is_none_or(|most| left <= usize::from(most)) && accept(elements);
        };
        let gap = step.gap.or(skipped);
        let reach = u32::from(gap.bound());
        let cues = self.candidates(at);
        let near = cues.partition_point(|cue| cue.start < previous.end);
        for &next in cues[near..].iter().take_while(|cue| cue.start <= previous.end.saturating_add(reach)) {
            let together = match gap {
                Gap::None | Gap::Clause(_) => next.clause == previous.clause,
                Gap::Sentence(_) => {
                    clauses[next.clause as usize].sentence == clauses[previous.clause as usize].sentence
                }
            };
            if together {
                elements.push((next, step.denied));
                if self.extend(at + 1, Gap::None, elements, accept) {
                    return true;
                }
                elements.pop();
            }
        }
        step.optional && self.extend(at + 1, gap, elements, accept)
    }
}
