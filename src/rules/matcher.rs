//! What rules are compiled into, and what scanning and matching use: one automaton, numbered atoms, flat sequences,
//! and for every atom the sequences worth trying when it is seen.

use super::lexicon::Role;
use super::pattern::{Comparison, Gap};
use super::rule::{StatusSet, Target};
use super::source::Located;
use crate::quantity::Measure;
use crate::taxonomy::RuleId;
use aho_corasick::AhoCorasick;
use regex::Regex;

/// What a term found in the text stands for: a concept, or a literal of some pattern.
pub(crate) type Atom = u32;
/// The number of a compiled sequence.
pub(crate) type SequenceId = u32;

/// What it means that a string of the automaton was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    pub atom: Atom,
    /// The string shields: a term of the atom inside it does not count.
    pub except: bool,
    /// A dictionary word across the edge of the string vetoes it.
    pub cut: bool,
}

/// What one step of a sequence wants.
#[derive(Debug, Clone)]
pub(crate) enum Want {
    Any(Box<[Atom]>),
    Denied(Box<[Atom]>),
    Quantity(Measure, Option<Comparison>),
}

/// One step of a sequence and the gap before it.
#[derive(Debug, Clone)]
pub(crate) struct CompiledStep {
    pub gap: Gap,
    pub want: Want,
}

/// A sequence to try when an atom is seen, and one more word that it needs: most trials end there, before the
/// sequence itself is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trigger {
    pub sequence: SequenceId,
    pub guard: Option<Atom>,
}

/// Who gains by a match.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Owner {
    Concept(Atom),
    /// A rule, by index.
    Rule(u32),
}

/// A flat pattern.
#[derive(Debug, Clone)]
pub(crate) struct CompiledSequence {
    pub steps: Box<[CompiledStep]>,
    pub at_start: bool,
    pub at_end: bool,
    pub owner: Owner,
}

/// A rule, compiled.
#[derive(Debug)]
pub(crate) struct Rule {
    pub id: RuleId,
    pub target: Target,
    pub weight: f64,
    pub status: StatusSet,
    /// Each inner list is one pattern that must match somewhere.
    pub all: Vec<Vec<SequenceId>>,
    pub none: Vec<SequenceId>,
    pub unless: Vec<SequenceId>,
    pub hits: Vec<Located<String>>,
    pub misses: Vec<Located<String>>,
}

/// Everything scanning and matching need.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// `None` when there is nothing to look for.
    pub automaton: Option<AhoCorasick>,
    /// Regular expressions and the concepts they stand for; tried only on text with ASCII letters or digits.
    pub shapes: Vec<(Regex, Atom)>,
    /// By string of the automaton.
    pub postings: Vec<Box<[Posting]>>,
    /// By atom: the concepts that contain it whole.
    pub implied: Vec<Box<[Atom]>>,
    /// By atom.
    pub roles: Vec<Option<Role>>,
    pub sequences: Vec<CompiledSequence>,
    /// By level, then by atom: sequences that build concepts out of concepts of lower levels.
    pub concept_triggers: Vec<Vec<Vec<Trigger>>>,
    /// By atom: sequences of rules.
    pub rule_triggers: Vec<Vec<Trigger>>,
    /// Whether any sequence wants a quantity.
    pub quantities: bool,
    /// Terms of two characters and more, which segmentation keeps whole.
    pub words: Vec<String>,
}
