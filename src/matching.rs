//! Sequences × cues → matches: bounded gaps, one element after another, each match with its status.

use crate::context::Context;
use crate::quantity::Quantity;
use crate::rules::pattern::Gap;
use crate::rules::rule::StatusSet;
use crate::rules::{Atom, CompiledSequence, Matcher, Owner, SequenceId, Want};
use crate::scan::{Cue, Cues};
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
    /// The runs of ranges that come in the order of their starts.
    pub fn of_sorted(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (start, end) in ranges {
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

/// Builds the concepts that are made of other concepts, lowest level first.
///
/// `context` knows the plain cues; whether anything was built is returned.
pub(crate) fn build_concepts(text: &Text, matcher: &Matcher, cues: &mut Cues, context: &Context<'_>) -> bool {
    let mut any = false;
    for triggers in &matcher.concept_triggers {
        let mut built: Vec<(u32, Cue)> = Vec::new();
        for atom in cues.atoms() {
            let likely =
                triggers[atom as usize].iter().filter(|trigger| trigger.guard.is_none_or(|guard| cues.has(guard)));
            for trigger in likely {
                let sequence = &matcher.sequences[trigger.sequence as usize];
                let Owner::Concept(owner) = sequence.owner else { continue };
                Finder { text, cues, sequence }.each(&mut |elements| {
                    let (first, last) = (elements[0].0, elements[elements.len() - 1].0);
                    let whole = first.clause == last.clause && context.coherent(elements);
                    if whole {
                        built.push((owner, Cue { start: first.start, end: last.end, clause: first.clause }));
                    }
                    whole
                });
            }
        }
        any |= !built.is_empty();
        built.sort_unstable();
        built.dedup();
        for group in built.chunk_by(|a, b| a.0 == b.0) {
            let found: Vec<Cue> = group.iter().map(|(_, cue)| *cue).collect();
            cues.add(group[0].0, &found);
            for whole in &matcher.implied[group[0].0 as usize] {
                cues.add(*whole, &found);
            }
        }
    }
    any
}

/// Matches of single sequences against one text.
pub(crate) struct Matching<'t> {
    pub text: &'t Text,
    pub matcher: &'t Matcher,
    pub cues: &'t Cues,
    pub context: &'t Context<'t>,
}

impl Matching<'_> {
    /// Every match of a sequence whose status is wanted; they do not overlap.
    pub fn find(&self, id: SequenceId, wanted: StatusSet, found: &mut Vec<Match>) {
        let sequence = &self.matcher.sequences[id as usize];
        Finder { text: self.text, cues: self.cues, sequence }.each(&mut |elements| {
            let Some(status) = self.context.status(elements).filter(|status| wanted.contains(*status)) else {
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

/// Looks for one sequence.
struct Finder<'f> {
    text: &'f Text,
    cues: &'f Cues,
    sequence: &'f CompiledSequence,
}

/// A cue standing for an element, and whether its denial is wanted.
type Element = (Cue, bool);

impl Finder<'_> {
    /// Hands every candidate to `accept`, from the left; after one is accepted, goes on behind it.
    fn each(&self, accept: &mut dyn FnMut(&[Element]) -> bool) {
        let mut elements = Vec::with_capacity(self.sequence.steps.len());
        // A stack of candidates, one layer a step, so that no step allocates.
        let mut stack = Vec::new();
        self.candidates(0, 0, u32::MAX, &mut stack);
        let mut behind = 0;
        for at in 0..stack.len() {
            let first = stack[at];
            let starts_clause = || self.text.clauses()[first.0.clause as usize].range.start == first.0.start as usize;
            if first.0.start < behind || (self.sequence.at_start && !starts_clause()) {
                continue;
            }
            elements.clear();
            elements.push(first);
            if self.extend(&mut elements, &mut stack, accept) {
                behind = elements[elements.len() - 1].0.end;
            }
        }
    }

    fn extend(
        &self,
        elements: &mut Vec<Element>,
        stack: &mut Vec<Element>,
        accept: &mut dyn FnMut(&[Element]) -> bool,
    ) -> bool {
        let previous = elements[elements.len() - 1].0;
        let clauses = self.text.clauses();
        let Some(step) = self.sequence.steps.get(elements.len()) else {
            let clause_end = clauses[previous.clause as usize].range.end;
            return (!self.sequence.at_end || previous.end as usize == clause_end) && accept(elements);
        };
        let reach = match step.gap {
            Gap::None => 0,
            Gap::Clause(bound) | Gap::Sentence(bound) => bound,
        };
        let layer = stack.len();
        self.candidates(elements.len(), previous.end, previous.end.saturating_add(reach), stack);
        let mut found = false;
        for at in layer..stack.len() {
            let next = stack[at];
            let together = match step.gap {
                Gap::None | Gap::Clause(_) => next.0.clause == previous.clause,
                Gap::Sentence(_) => {
                    clauses[next.0.clause as usize].sentence == clauses[previous.clause as usize].sentence
                }
            };
            if together {
                elements.push(next);
                found = self.extend(elements, stack, accept);
                if found {
                    break;
                }
                elements.pop();
            }
        }
        stack.truncate(layer);
        found
    }

    /// Pushes the cues that can be step `index` and start within the bounds, from the left.
    fn candidates(&self, index: usize, from: u32, to: u32, stack: &mut Vec<Element>) {
        match &self.sequence.steps[index].want {
            Want::Any(atoms) => self.between(atoms, from, to, false, stack),
            Want::Denied(atoms) => self.between(atoms, from, to, true, stack),
            Want::Quantity(measure, comparison) => {
                let holds = |quantity: &Quantity| {
                    quantity.measure() == *measure
                        && comparison.is_none_or(|c| quantity.value().is_some_and(|value| c.holds(value)))
                };
                let quantities = &self.cues.quantities;
                let at = quantities.partition_point(|(cue, _)| cue.start < from);
                let near = quantities[at..].iter().take_while(|(cue, _)| cue.start <= to);
                stack.extend(near.filter(|(_, quantity)| holds(quantity)).map(|(cue, _)| (*cue, false)));
            }
        }
    }

    fn between(&self, atoms: &[Atom], from: u32, to: u32, denied: bool, stack: &mut Vec<Element>) {
        let layer = stack.len();
        for atom in atoms.iter().filter(|atom| self.cues.has(**atom)) {
            let cues = self.cues.of(*atom);
            let at = cues.partition_point(|cue| cue.start < from);
            stack.extend(cues[at..].iter().take_while(|cue| cue.start <= to).map(|cue| (*cue, denied)));
        }
        if atoms.len() > 1 {
            stack[layer..].sort_unstable();
        }
    }
}
