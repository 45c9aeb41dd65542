//! In which order concepts are built: those that others use come first.

use super::lexicon::ConceptSource;
use super::matcher::Atom;
use super::source::Faults;
use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;

/// Concepts may build on each other so many times over.
const MOST_LEVELS: usize = 64;

/// By concept, one more than the deepest concept it uses, and at least one if it is composed of several elements
/// itself; circles are faults.
pub(super) fn levels(
    uses: &[BTreeSet<Atom>],
    composed: &[bool],
    concepts: &[ConceptSource],
    faults: &mut Faults,
) -> Vec<usize> {
    let mut climb = Climb { uses, composed, concepts, marks: vec![Mark::New; uses.len()], faults };
    (0..uses.len()).map(|atom| climb.level(atom, 0)).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done(usize),
}

struct Climb<'c> {
    uses: &'c [BTreeSet<Atom>],
    composed: &'c [bool],
    concepts: &'c [ConceptSource],
    marks: Vec<Mark>,
    faults: &'c mut Faults,
}

impl Climb<'_> {
    fn level(&mut self, atom: usize, depth: usize) -> usize {
        let concept = &self.concepts[atom];
        let name = &concept.name.value;
        match self.marks[atom] {
            Mark::Done(level) => return level,
            Mark::Open => {
                let message = format!("概念「{name}」绕了一圈又用到自己");
                self.faults.report(concept.origin, Diagnostic::new(Code::ConceptCircle, message));
                return 0;
            }
            Mark::New if depth > MOST_LEVELS => {
                let message = format!("概念「{name}」套得太深，最多 {MOST_LEVELS} 层");
                self.faults.report(concept.origin, Diagnostic::new(Code::TooBroad, message));
                return 0;
            }
            Mark::New => self.marks[atom] = Mark::Open,
        }
        let uses = self.uses;
        let below = uses[atom].iter().map(|used| self.level(*used as usize, depth + 1) + 1).max();
        let level = below.unwrap_or(0).max(usize::from(self.composed[atom]));
        self.marks[atom] = Mark::Done(level);
        level
    }
}
