//! Which remedies a reply promises, and in what words.

use crate::advise::Situation;
use crate::report::Remedy;
use crate::rules::remedies::{RemedyBook, RemedyEntry};
use crate::rules::slots::{self, MOST_ASKED};
use crate::rules::wording::{SlotId, Values};
use crate::set::Set;
use crate::taxonomy::{Demand, Script};

/// What remedies call the order number in `ask_for`; nobody is asked for what the shop already knows.
const ORDER_NUMBER: &str = "订单号";
/// A second remedy is only promised along with the first if it fits well enough in itself…
const OFFER_ALONG: f64 = 0.4;
/// …and nearly as well as the first: something on top may be a bit further off than an alternative.
const ADDITION_NEAR: f64 = 0.6;
const ALTERNATIVE_NEAR: f64 = 0.8;
/// The time in which the buyer hears more where nothing is promised yet.
const ANSWER_MINUTES: u32 = 24 * 60;

/// The remedies promised, best first.
pub(super) struct Offers<'b> {
    entries: Vec<&'b RemedyEntry>,
}

impl<'b> Offers<'b> {
    /// The best remedy with an offer, and where it helps another one beside it.
    ///
    /// The second is either something on top of the first (an inspection, an apology) or an alternative: a
    /// choice is worth offering to a buyer who has not said what he wants, or wants what the first does not give.
    pub fn choose(book: &'b RemedyBook, remedies: &[Remedy], situation: &Situation<'_>) -> Self {
        let offerable = |remedy: &Remedy| {
            let entry = book.get(remedy.id.as_str())?;
            entry.offer.is_some().then_some((remedy.score, entry))
        };
        let mut rest = remedies.iter().filter_map(offerable);
        let Some((best_score, best)) = rest.next() else { return Self { entries: Vec::new() } };
        let demands = situation.demanded();
        let beside = rest.find(|(score, entry)| {
            let adds = entry.adds || best.adds;
            let nearness = if adds { ADDITION_NEAR } else { ALTERNATIVE_NEAR };
            let near = *score >= OFFER_ALONG && *score >= best_score * nearness;
            let gives_more =
                demands.iter().any(|demand| entry.meets.contains(*demand) && !best.meets.contains(*demand));
            let wanted = adds || demands.is_empty() || gives_more;
            near && wanted && entry.group != best.group
        });
        let entries = std::iter::once(best).chain(beside.map(|(_, entry)| entry)).collect();
        Self { entries }
    }

    pub fn entries(&self) -> &[&'b RemedyEntry] {
        &self.entries
    }

    /// What they give of all that a buyer may ask for.
    pub fn meets(&self) -> Set<Demand> {
        let mut met = Set::EMPTY;
        self.entries.iter().for_each(|offer| met.extend(offer.meets));
        met
    }

    /// What the best is called.
    pub fn first_name(&self) -> Option<&'b str> {
        self.entries.first().map(|offer| offer.name.as_str())
    }

    /// By when the buyer has it, or at least an answer.
    pub fn due_minutes(&self) -> u32 {
        self.entries.first().map_or(ANSWER_MINUTES, |offer| offer.due_minutes)
    }

    /// Fills the slots `offer` and `beside` or `instead`: a remedy on top of another stands beside it, an alternative
    /// instead of it.
    pub fn fill(&self, script: Script, values: &mut Values<'_>) {
        let told = |entry: &RemedyEntry| entry.offer.as_ref().map(|offer| offer.render(script, values));
        let told: Vec<(SlotId, String)> = std::iter::once(slots::OFFER)
            .chain([if self.entries.iter().any(|offer| offer.adds) { slots::BESIDE } else { slots::INSTEAD }])
            .zip(&self.entries)
            .filter_map(|(slot, entry)| Some((slot, told(entry)?)))
            .collect();
        for (slot, text) in told {
            values.set(slot, text);
        }
    }

    /// What to ask the buyer for: each thing once, and not too many.
    pub fn asked(&self, order_known: bool) -> String {
        let mut ask: Vec<&str> = Vec::new();
        for item in self.entries.iter().flat_map(|offer| &offer.ask_for) {
            let known = order_known && item == ORDER_NUMBER;
            if !known && !ask.contains(&item.as_str()) {
                ask.push(item);
            }
        }
        ask.sort_by_key(|item| *item != ORDER_NUMBER);
        ask.truncate(MOST_ASKED);
        ask.join("、")
    }
}
