//! What rules are compiled into, and what scanning and matching use: one trie, numbered atoms, flat sequences, and
//! for every atom the sequences worth trying when it is seen.

use super::lexicon::Role;
use super::pattern::{Comparison, Gap};
use super::rule::Target;
use super::source::Located;
use super::stored::Shape;
use super::table::Table;
use crate::quantity::Measure;
use crate::set::Set;
use crate::taxonomy::{RuleId, Status};
use crate::trie::Trie;
use serde::{Deserialize, Serialize};

/// What a term found in the text stands for: a concept, or a literal of some pattern.
pub(crate) type Atom = u32;
/// What a step of a sequence wants: an atom, by its own number, or a choice of atoms.
pub(crate) type Slot = u32;
/// The number of a compiled sequence.
pub(crate) type SequenceId = u32;

/// What it means that a string was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Posting {
    pub atom: Atom,
    /// The string shields: a term of the atom inside it does not count.
    pub except: bool,
    /// A dictionary word across the edge of the string vetoes it.
    pub cut: bool,
    /// The next posting is of another string.
    pub last: bool,
}

/// One step of a sequence and the gap before it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CompiledStep {
    pub gap: Gap,
    pub slot: Slot,
    /// The denied form is wanted.
    pub denied: bool,
    /// It may be missing; never so the first and the last.
    pub optional: bool,
}

/// A sequence to try when an atom of its rarest slot is seen, the next rarest slot, and how the two must lie: most
/// trials end there, before the sequence itself is looked at.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Trigger {
    pub sequence: SequenceId,
    pub guard: Slot,
    pub guard_lies: Lies,
    /// Whether there are more steps than those two.
    pub more: bool,
}

/// Where a slot lies, seen from another one of the same sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lies {
    /// It is the same: the sequence has one step.
    Here,
    /// In the step before, with this gap between.
    Before(Gap),
    /// In the step behind, with this gap between.
    Behind(Gap),
    /// Other steps lie between.
    Apart,
}

/// Who gains by a match.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Owner {
    Concept(Atom),
    /// A rule, by index.
    Rule(u32),
}

/// A flat pattern; its steps are a row of [`Matcher::steps`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CompiledSequence {
    /// The slot that is likely to be filled least often.
    pub rarest: Slot,
    pub at_start: bool,
    /// The clause ends so many characters behind it at most.
    pub ends_within: Option<u8>,
    pub owner: Owner,
}

/// A rule, compiled.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub id: RuleId,
    pub target: Target,
    pub weight: f64,
    pub status: Set<Status>,
    /// Each inner list is one pattern that must match somewhere.
    pub all: Vec<Vec<SequenceId>>,
    pub none: Vec<SequenceId>,
    pub unless: Vec<SequenceId>,
    #[serde(skip)]
    pub hits: Vec<Located<String>>,
    #[serde(skip)]
    pub misses: Vec<Located<String>>,
}

/// Everything scanning and matching need.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Matcher {
    /// The strings, by the places of their first postings.
    pub trie: Trie,
    /// By concept.
    pub names: Vec<String>,
    /// Regular expressions and the concepts they stand for; tried only on text with ASCII letters or digits.
    pub shapes: Vec<(Shape, Atom)>,
    pub postings: Vec<Posting>,
    /// By atom: the concepts that contain it whole directly.
    pub wholes: Table<Atom>,
    /// By atom.
    pub roles: Vec<Option<Role>>,
    pub slots: Slots,
    pub sequences: Vec<CompiledSequence>,
    /// By sequence.
    pub steps: Table<CompiledStep>,
    /// By level, then by atom: the sequences that build concepts out of those of lower levels, and above all these the
    /// sequences of rules.
    pub triggers: Vec<Table<Trigger>>,
}

/// What slots stand for. Quantities that compare in some way are numbered behind the terms, as atoms of their own;
/// choices behind those.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Slots {
    pub first_quantity: Atom,
    pub quantities: Vec<(Measure, Option<Comparison>)>,
    /// The number of atoms, quantities included.
    pub atoms: u32,
    /// By choice: the atoms any of which fills it.
    pub members: Table<Atom>,
}

impl Matcher {
    /// The level of the rules; all concepts are built below it.
    pub fn rule_level(&self) -> usize {
        self.triggers.len() - 1
    }

    /// An atom and the concepts that contain it whole, directly or through others; they are few.
    pub fn with_wholes(&self, atom: Atom) -> Vec<Atom> {
        let mut all = vec![atom];
        let mut at = 0;
        while let Some(&part) = all.get(at) {
            let new = self.wholes.of(part).iter().filter(|whole| !all.contains(whole));
            let new: Vec<Atom> = new.copied().collect();
            all.extend(new);
            at += 1;
        }
        all
    }

    /// The postings of a string found by the trie. One list without an index: a string seen costs one look at memory.
    pub fn postings_of(&self, string: u32) -> &[Posting] {
        let from = &self.postings[string as usize..];
        let more = from.iter().take_while(|posting| !posting.last).count();
        &from[..=more]
    }
}

impl Slots {
    /// The atoms that fill a slot: itself, or those of the choice.
    pub fn atoms_of<'s>(&'s self, slot: &'s Slot) -> &'s [Atom] {
        match slot.checked_sub(self.atoms) {
            None => std::slice::from_ref(slot),
            Some(choice) => self.members.of(choice),
        }
    }
}
