//! Which acts speak, in which order, with what filled in.

use super::facts;
use super::offers::Offers;
use super::words;
use crate::advise::{Advice, Situation};
use crate::report::{Finding, Reply};
use crate::rules::advice::AdviceBook;
use crate::rules::circumstances::Circumstances;
use crate::rules::due;
use crate::rules::slots::{self, SlotSet};
use crate::rules::source::Located;
use crate::rules::templates::{ActEntry, TemplateEntry};
use crate::rules::wording::{Fill, SlotId, Values};
use crate::taxonomy::{Script, Severity, Tone};
use crate::text::to_traditional_taiwan;
use std::borrow::Cow;

/// How to sound: as the caller wishes. Otherwise friendly, unless the matter is too grave for it.
fn tone(situation: &Situation<'_>) -> Option<Tone> {
    situation.case.tone.or_else(|| (situation.severity < Severity::Critical).then_some(Tone::Warm))
}

/// What all replies to a complaint share.
pub(super) struct Composer<'a> {
    pub book: &'a AdviceBook,
    pub script: Script,
    tone: Option<Tone>,
    /// As acts see the case: only the weightiest category, and of the demands those left open by the offers.
    pub case: Circumstances<'a>,
    pub values: Values<'a>,
    pub offers: Offers<'a>,
}

/// Who speaks in each act, found out when first asked. Holds for one set of known facts.
#[derive(Default)]
pub(super) struct Cast<'b> {
    acts: Vec<Option<Role<'b>>>,
}

#[derive(Clone, Copy)]
struct Role<'b> {
    row: Option<&'b ActEntry>,
    /// Slots that the act prints or could have printed.
    wishes: SlotSet,
}

impl<'a> Composer<'a> {
    pub fn new(book: &'a AdviceBook, situation: &Situation<'a>, advice: &Advice) -> Self {
        let offers = Offers::choose(&book.remedies, &advice.remedies, situation);
        let mut case = situation.circumstances();
        case.categories = &case.categories[..1.min(case.categories.len())];
        case.demands = case.demands.without(offers.meets());
        let script = situation.script;
        let mut values = facts::of(situation.case, situation.shop);
        values.set(slots::ASK, in_script(offers.asked(values.known(slots::ORDER)), script));
        offers.fill(script, &mut values);
        values.set(slots::DUE, in_script(due::label(offers.due_minutes()), script));
        if let Some(name) = offers.first_name() {
            values.set(slots::REMEDY, in_script(name, script));
        }
        let open = situation.demanded().into_iter().filter(|demand| case.demands.contains(*demand));
        let wants: Vec<&str> = open.map(|demand| demand.label()).collect();
        values.set(slots::WANTS, in_script(wants.join("、"), script));
        let mut composer = Self { book, script, tone: tone(situation), case, values, offers };
        composer.name_troubles(situation);
        composer
    }

    /// The weightiest trouble by name. A further one gets a sentence of its own where the rules have one, and is named
    /// in passing otherwise.
    fn name_troubles(&mut self, situation: &Situation<'a>) {
        let Some((first, rest)) = situation.findings.split_first() else { return };
        let trouble = self.trouble(first);
        let (mut asides, mut others) = (String::new(), Vec::new());
        for finding in rest.iter().take(slots::MOST_OTHERS) {
            match self.said(self.book.replies.aside(), finding) {
                Some(aside) => asides.push_str(&aside),
                None => others.push(self.trouble(finding)),
            }
        }
        let words = words::quoted(situation.case.text(), first, &self.book.taboo, self.script);
        self.values.set(slots::WORDS, words.unwrap_or_default());
        self.values.set(slots::TROUBLE, trouble);
        self.values.set(slots::ASIDES, asides);
        self.values.set(slots::OTHERS, others.join("、"));
    }

    /// What a category is called within a sentence: the act `short`, or its plain name.
    fn trouble(&self, finding: &Finding) -> String {
        let name = || in_script(finding.name.as_str(), self.script).into_owned();
        self.said(self.book.replies.short(), finding).unwrap_or_else(name)
    }

    /// What an act says of one category alone; `None` if no row is written for it.
    fn said(&self, act: Option<SlotId>, finding: &Finding) -> Option<String> {
        let category = [self.book.category(finding.category.as_str())];
        let case = Circumstances { categories: &category, ..self.case.clone() };
        let row = self.book.replies.cast(act?, &case, self.tone, |slot| self.values.known(slot)).row?;
        Some(row.wording()?.render(self.script, &self.values))
    }

    /// The reply; where it would grow too long, it goes without the caller's facts one after the other.
    pub fn reply(&self, template: &TemplateEntry, cast: &mut Cast<'a>) -> Option<Reply> {
        let Some(most) = template.max_chars() else { return self.render(template, &self.values, cast) };
        let mut values = self.values.clone();
        let mut reply = self.render(template, &values, cast)?;
        for fact in slots::SPARED {
            if reply.text.chars().count() <= most {
                break;
            }
            if values.known(fact) {
                values.forget(fact);
                reply = self.render(template, &values, &mut Cast::default())?;
            }
        }
        Some(reply)
    }

    fn render(&self, template: &TemplateEntry, values: &Values<'_>, cast: &mut Cast<'a>) -> Option<Reply> {
        let wording = template.wording()?;
        let mut sources = Vec::new();
        let mut wished = SlotSet::default();
        cite(&mut sources, &template.sources);
        for &slot in wording.slots() {
            wished.insert(slot);
            if self.is_act(slot) {
                let role = cast.role(slot, || self.role(slot, values));
                wished.extend(role.wishes);
                if let Some(row) = role.row {
                    cite(&mut sources, &row.sources);
                }
            }
        }
        self.look_behind(&mut wished, &mut sources);
        let mut text = String::with_capacity(1024);
        wording.render_into(self.script, &Speech { composer: self, values, cast }, &mut text);
        Some(Reply {
            id: template.name.clone(),
            channel: template.channel(),
            text,
            missing: self.missing(wished),
            sources,
        })
    }

    fn is_act(&self, slot: SlotId) -> bool {
        slot >= slots::FIRST_ACT
    }

    fn role(&self, act: SlotId, values: &Values<'_>) -> Role<'a> {
        let found = self.book.replies.cast(act, &self.case, self.tone, |need| values.known(need));
        let mut wishes = found.wishes;
        if let Some(wording) = found.row.and_then(ActEntry::wording) {
            wording.slots().iter().for_each(|slot| wishes.insert(*slot));
        }
        Role { row: found.row, wishes }
    }

    /// Counts what stands behind the slots `offer` and `ask`: facts and sources of the remedies promised.
    fn look_behind(&self, wished: &mut SlotSet, sources: &mut Vec<String>) {
        if wished.contains(slots::OFFER) {
            for offer in self.offers.entries() {
                offer.offer.iter().flat_map(|wording| wording.slots()).for_each(|slot| wished.insert(*slot));
                cite(sources, &offer.sources);
            }
        }
        if wished.contains(slots::ASK) {
            wished.insert(slots::ORDER);
        }
    }

    /// The facts that the text could have used, had the caller told them.
    fn missing(&self, wished: SlotSet) -> Vec<String> {
        let facts = self.book.replies.slots().iter().zip(0..slots::FIRST_DERIVED);
        let missing = facts.filter(|(_, fact)| wished.contains(*fact) && !self.values.known(*fact));
        missing.map(|(slot, _)| slot.name.clone()).collect()
    }
}

impl<'b> Cast<'b> {
    fn role(&mut self, act: SlotId, find: impl FnOnce() -> Role<'b>) -> &Role<'b> {
        let place = usize::from(act);
        if self.acts.len() <= place {
            self.acts.resize(place + 1, None);
        }
        self.acts[place].get_or_insert_with(find)
    }

    fn row(&self, act: SlotId) -> Option<&'b ActEntry> {
        self.acts.get(usize::from(act))?.as_ref()?.row
    }
}

/// A template being spoken: its slots are facts, or acts that speak for themselves.
struct Speech<'c, 'a> {
    composer: &'c Composer<'a>,
    values: &'c Values<'c>,
    cast: &'c Cast<'a>,
}

impl Fill for Speech<'_, '_> {
    fn known(&self, slot: SlotId) -> bool {
        if self.composer.is_act(slot) { self.cast.row(slot).is_some() } else { self.values.known(slot) }
    }

    fn print(&self, slot: SlotId, out: &mut String) {
        match self.cast.row(slot).and_then(ActEntry::wording) {
            Some(wording) => wording.render_into(self.composer.script, self.values, out),
            None => self.values.print(slot, out),
        }
    }
}

fn cite(into: &mut Vec<String>, sources: &[Located<String>]) {
    for source in sources {
        if !into.contains(&source.value) {
            into.push(source.value.clone());
        }
    }
}

/// A text of the rules as the buyer's script has it.
fn in_script<'t>(text: impl Into<Cow<'t, str>>, script: Script) -> Cow<'t, str> {
    let text = text.into();
    match script {
        Script::Traditional => Cow::Owned(to_traditional_taiwan(&text).into_owned()),
        _ => text,
    }
}
