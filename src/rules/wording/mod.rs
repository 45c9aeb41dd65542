//! Texts with slots, proven when the rules are loaded so that rendering cannot fail later.
//!
//! A text prints slots from a fixed, typed list. Some slots may be unknown when it is rendered (nobody told us the
//! customer's name); a text that prints such a slot unguarded is a fault. The proof is by trial: every text is rendered
//! with each combination of its unsure slots, in both scripts.
//!
//! Parsed texts are small trees rather than templates of an engine: a complaint is answered in many texts, and filling
//! a tree costs no more than copying its pieces.

mod parse;
mod prove;

use super::source::{Faults, Located};
use crate::diagnostic::{Code, Diagnostic};
use crate::taxonomy::Script;
use crate::text::to_traditional_taiwan;
use parse::What;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The number of a slot in the list that its text was compiled with.
pub(crate) type SlotId = u16;

/// What a slot holds, which tells how a text may use it and how long it may grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// What somebody or something is called.
    Name,
    /// An order number and the like.
    Number,
    /// An amount of money.
    Money,
    /// A span or point of time.
    Time,
    /// A few words for the middle of a sentence.
    Phrase,
    /// Several phrases in a row.
    List,
    /// One or more whole sentences.
    Speech,
    /// Nothing to print: a text can only ask whether it is so.
    Flag,
}

impl Kind {
    /// Whether a text can stand where a slot of this kind is printed.
    pub fn suits(self, text: &str) -> bool {
        match self {
            Self::Speech => text.trim_end().ends_with(['。', '！', '？', '%', '}']),
            Self::Phrase => !text.contains(['。', '，', '！', '？', '；', '\n']),
            _ => true,
        }
    }

    /// What stands in for an act of this kind when a template is tried out.
    pub fn sample(self) -> &'static str {
        if self == Self::Speech { "话。" } else { "话" }
    }
}

/// A name that a text may print.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub name: String,
    pub kind: Kind,
    /// What stands in for it when the text is tried out.
    pub sample: String,
    /// The most characters it comes to, in either script. A caller's fact that is longer is left out of texts with a
    /// limit.
    pub most: usize,
    /// Whether it is known in every case.
    pub sure: bool,
}

impl Slot {
    pub fn sure(name: &str, kind: Kind, sample: &str, most: usize) -> Self {
        Self { name: name.to_owned(), kind, sample: sample.to_owned(), most, sure: true }
    }

    pub fn unsure(name: &str, kind: Kind, sample: &str, most: usize) -> Self {
        Self { sure: false, ..Self::sure(name, kind, sample, most) }
    }
}

/// Where a text finds what to print.
pub(crate) trait Fill {
    /// Whether a slot can be printed.
    fn known(&self, slot: SlotId) -> bool;
    /// Prints it; nothing if it is unknown.
    fn print(&self, slot: SlotId, out: &mut String);
}

/// Slots and what they hold; an absent slot is unknown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values<'v>(Vec<Option<Cow<'v, str>>>);

impl<'v> Values<'v> {
    /// Makes a slot known. A blank value leaves it unknown.
    pub fn set(&mut self, slot: SlotId, value: impl Into<Cow<'v, str>>) {
        let value = value.into();
        let place = usize::from(slot);
        if self.0.len() <= place {
            self.0.resize(place + 1, None);
        }
        self.0[place] = Some(value).filter(|value| !value.is_empty());
    }

    /// Makes a slot unknown.
    pub fn forget(&mut self, slot: SlotId) {
        if let Some(value) = self.0.get_mut(usize::from(slot)) {
            *value = None;
        }
    }

    pub fn get(&self, slot: SlotId) -> Option<&str> {
        self.0.get(usize::from(slot))?.as_deref()
    }
}

impl Fill for Values<'_> {
    fn known(&self, slot: SlotId) -> bool {
        self.get(slot).is_some()
    }

    fn print(&self, slot: SlotId, out: &mut String) {
        out.push_str(self.get(slot).unwrap_or_default());
    }
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Piece {
    Text(String),
    Slot(SlotId),
    When { test: Test, then: Vec<Piece>, other: Vec<Piece> },
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Test {
    Known(SlotId),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
}

impl Test {
    fn holds(&self, fill: &impl Fill) -> bool {
        match self {
            Self::Known(slot) => fill.known(*slot),
            Self::Not(test) => !test.holds(fill),
            Self::All(tests) => tests.iter().all(|test| test.holds(fill)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(fill)),
        }
    }

    fn slots(&self, into: &mut Vec<SlotId>) {
        match self {
            Self::Known(slot) => into.push(*slot),
            Self::Not(test) => test.slots(into),
            Self::All(tests) | Self::Any(tests) => tests.iter().for_each(|test| test.slots(into)),
        }
    }
}

/// One proven text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Wording {
    simplified: Vec<Piece>,
    traditional: Vec<Piece>,
    /// The slots it prints or asks about, sorted.
    slots: Vec<SlotId>,
}

impl Wording {
    /// Parses and proves a text; `None` if it is faulty.
    pub fn new(text: &Located<String>, slots: &[Slot], faults: &mut Faults) -> Option<Self> {
        let wording = match Self::parse(&text.value, slots) {
            Ok(wording) => wording,
            Err(broken) => {
                let fault = match broken.what {
                    What::Syntax(wanted) => fault(&format!("话术写法有误：{wanted}")),
                    What::UnknownSlot(name) => {
                        let known: Vec<&str> = slots.iter().map(|slot| slot.name.as_str()).collect();
                        fault(&format!("话术里没有名为「{name}」的空位"))
                            .help(format!("这里可以用：{}", known.join("、")))
                            .nearest(&name, known)
                    }
                };
                faults.report(text.origin.inside(&text.value, broken.at), fault);
                return None;
            }
        };
        match prove::prove(&wording, slots) {
            Ok(()) => Some(wording),
            Err(fault) => {
                faults.report(text.origin, *fault);
                None
            }
        }
    }

    fn parse(text: &str, slots: &[Slot]) -> Result<Self, parse::Broken> {
        let place = |name: &str| slots.iter().zip(0..).find(|(slot, _)| slot.name == name).map(|(_, id)| id);
        let simplified = parse::parse(text, &place)?;
        let mut used = Vec::new();
        used_slots(&simplified, &mut used);
        used.sort_unstable();
        used.dedup();
        Ok(Self { traditional: rewritten(&simplified), simplified, slots: used })
    }

    /// The slots it prints or asks about, sorted.
    pub fn slots(&self) -> &[SlotId] {
        &self.slots
    }

    /// Adds the text with its slots filled in; what is filled in must be in the script already.
    pub fn render_into(&self, script: Script, fill: &impl Fill, out: &mut String) {
        let pieces = match script {
            Script::Traditional => &self.traditional,
            _ => &self.simplified,
        };
        render(pieces, fill, out);
    }

    /// The text with its slots filled in.
    pub fn render(&self, script: Script, fill: &impl Fill) -> String {
        let mut out = String::new();
        self.render_into(script, fill, &mut out);
        out
    }

    /// The most characters it comes to in either script if of the unsure slots only those that `may` be known are.
    pub fn longest(&self, slots: &[Slot], may: impl Fn(SlotId) -> bool) -> usize {
        prove::longest(self, slots, may)
    }
}

fn render(pieces: &[Piece], fill: &impl Fill, out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Slot(slot) => fill.print(*slot, out),
            Piece::When { test, then, other } => render(if test.holds(fill) { then } else { other }, fill, out),
        }
    }
}

fn used_slots(pieces: &[Piece], into: &mut Vec<SlotId>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Slot(slot) => into.push(*slot),
            Piece::When { test, then, other } => {
                test.slots(into);
                used_slots(then, into);
                used_slots(other, into);
            }
        }
    }
}

/// The pieces as Taiwan writes them.
fn rewritten(pieces: &[Piece]) -> Vec<Piece> {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => Piece::Text(to_traditional_taiwan(text).into_owned()),
        Piece::Slot(slot) => Piece::Slot(*slot),
        Piece::When { test, then, other } => {
            Piece::When { test: test.clone(), then: rewritten(then), other: rewritten(other) }
        }
    };
    pieces.iter().map(piece).collect()
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::new(Code::Template, message)
}

#[cfg(test)]
mod tests;
