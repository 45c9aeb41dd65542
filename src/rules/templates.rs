//! `[[act]]` and `[[template]]`: what a reply says and how it is put together.
//!
//! An act is one thing that a reply does: greet, name the trouble, apologise, offer, give a time. Several
//! rows share an act, each for other circumstances, and the closest one speaks. A template is the order
//! of the acts for one channel; it names the acts as its slots.

use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{Circumstances, When, closest};
use super::wording::{Slot, Wording, Wordings};
use crate::diagnostic::{Code, Diagnostic};

/// Where a reply may be sent, in the order in which replies are listed.
pub(crate) const CHANNELS: [&str; 4] = ["chat", "phone", "sms", "review"];

/// One way to perform an act.
#[derive(Debug, Clone)]
pub(crate) struct ActEntry {
    pub act: Located<String>,
    pub when: When,
    /// Slots that must be known for it; they count as sure in its text.
    pub needs: Vec<Located<String>>,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// The order of acts for a channel.
#[derive(Debug, Clone)]
pub(crate) struct TemplateEntry {
    pub id: Located<String>,
    pub channel: &'static str,
    /// Templates of one channel with different variants stand side by side, such as one for a new shop.
    variant: String,
    when: When,
    /// The longest a reply may be, in characters.
    pub max_chars: Option<usize>,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// All acts and templates, in file order.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReplyBook {
    acts: Vec<ActEntry>,
    templates: Vec<TemplateEntry>,
}

pub(crate) fn read_act(mut row: Row<'_>, faults: &mut Faults) -> Option<ActEntry> {
    let act = row.required("act", faults);
    let text = row.required("text", faults);
    let when = When::read(&mut row, faults);
    let needs = row.texts("needs", faults);
    let sources = row.texts("sources", faults);
    row.finish(faults);
    Some(ActEntry { act: act?, when, needs, text: text?, wording: None, sources })
}

pub(crate) fn read_template(mut row: Row<'_>, faults: &mut Faults) -> Option<TemplateEntry> {
    let id = row.required("id", faults);
    let channel = row.required("channel", faults);
    let text = row.required("text", faults);
    let variant = row.text("variant", faults).map_or_else(String::new, |variant| variant.value);
    let when = When::read(&mut row, faults);
    let max_chars = row.count("max_chars", faults).map(|count| count.value as usize);
    let sources = row.texts("sources", faults);
    row.finish(faults);
    let (id, channel, text) = (id?, channel?, text?);
    let channel = super::when::named(&channel.value, channel.origin, &CHANNELS, |name| name, faults)?;
    Some(TemplateEntry { channel, variant, when, max_chars, text, wording: None, sources, id })
}

/// Checks every text and that every case finds its acts. `slots` are the facts that texts may print.
pub(crate) fn compile(
    mut acts: Vec<ActEntry>,
    mut templates: Vec<TemplateEntry>,
    known_categories: &[&str],
    known_sources: &SourceBook,
    slots: &[Slot],
    wordings: &mut Wordings,
    faults: &mut Faults,
) -> ReplyBook {
    for (act, index) in acts.iter_mut().zip(0..) {
        act.when.check(known_categories, faults);
        known_sources.check(&act.sources, faults);
        compile_act(act, index, slots, wordings, faults);
    }
    let act_names = distinct(acts.iter().map(|act| act.act.value.as_str()));
    let all_slots = template_slots(&acts, &act_names, slots);
    check_unique("模板", templates.iter().map(|row| &row.id), faults);
    for template in &mut templates {
        template.when.check(known_categories, faults);
        known_sources.check(&template.sources, faults);
        let key = format!("template:{}", template.id.value);
        template.wording = wordings.add(key, &template.text, &all_slots, faults);
    }
    ReplyBook { acts, templates }
}

fn compile_act(act: &mut ActEntry, index: usize, slots: &[Slot], wordings: &mut Wordings, faults: &mut Faults) {
    if slots.iter().any(|slot| slot.name == act.act.value) {
        let fault = Diagnostic::new(Code::Duplicate, format!("「{}」已经是空位的名字，换一个", act.act.value));
        faults.report(act.act.origin, fault);
    }
    for need in &act.needs {
        if !slots.iter().any(|slot| slot.name == need.value) {
            let known = slots.iter().map(|slot| slot.name.as_str());
            let fault = Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的空位", need.value));
            faults.report(need.origin, fault.nearest(&need.value, known));
        }
    }
    let slots: Vec<Slot> = slots
        .iter()
        .map(|slot| Slot { sure: slot.sure || act.needs.iter().any(|need| need.value == slot.name), ..slot.clone() })
        .collect();
    act.wording = wordings.add(format!("act:{index}"), &act.text, &slots, faults);
}

/// What a template may print: the facts, and each act; an act with a row for every case is sure.
fn template_slots(acts: &[ActEntry], act_names: &[String], slots: &[Slot]) -> Vec<Slot> {
    let sure =
        |name: &str| acts.iter().any(|act| act.act.value == name && act.when.is_always() && act.needs.is_empty());
    let acts = act_names.iter().map(|name| Slot { name: name.clone(), sample: "话。".to_owned(), sure: sure(name) });
    slots.iter().cloned().chain(acts).collect()
}

fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found
}

impl ActEntry {
    /// Its text; present in every act of a compiled book.
    pub fn wording(&self) -> Option<&Wording> {
        self.wording.as_ref()
    }
}

impl TemplateEntry {
    /// Its text; present in every template of a compiled book.
    pub fn wording(&self) -> Option<&Wording> {
        self.wording.as_ref()
    }
}

impl ReplyBook {
    /// The row that performs an act in this case, given which slots are known.
    pub fn act(&self, name: &str, case: &Circumstances<'_>, known: impl Fn(&str) -> bool) -> Option<&ActEntry> {
        closest(self.acts.iter().filter(|act| act.act.value == name), |act| {
            let needs = act.needs.iter().all(|need| known(&need.value));
            // Of two rows for the same circumstances the one that says more wins; 2 outweighs the script.
            let bonus = 2 * u32::try_from(act.needs.len()).unwrap_or(0);
            if needs { Some(act.when.closeness(case)? + bonus) } else { None }
        })
    }

    /// What an act could use in this case if it were known.
    pub fn wishes<'b>(&'b self, name: &'b str, case: &'b Circumstances<'_>) -> impl Iterator<Item = &'b str> {
        self.acts
            .iter()
            .filter(move |act| act.act.value == name && act.when.closeness(case).is_some())
            .flat_map(|act| &act.needs)
            .map(|need| need.value.as_str())
    }

    /// The closest template of each variant of a channel, in file order of the variants.
    pub fn templates(&self, channel: &str, case: &Circumstances<'_>) -> Vec<&TemplateEntry> {
        let of_channel = || self.templates.iter().filter(|template| template.channel == channel);
        distinct(of_channel().map(|template| template.variant.as_str()))
            .iter()
            .filter_map(|variant| {
                closest(of_channel().filter(|template| template.variant == *variant), |template| {
                    template.when.closeness(case)
                })
            })
            .collect()
    }

    pub fn is_empty(&self) -> bool {
        self.templates.is_empty()
    }
}
