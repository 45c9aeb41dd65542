//! `[[act]]` and `[[template]]`: what a reply says and how it is put together.
//!
//! An act is one thing that a reply does: greet, name the trouble, apologise, offer, give a time. Several
//! rows share an act, each for other circumstances, and the closest one speaks. A template is the order
//! of the acts for one channel; it names the acts as its slots.

use super::circumstances::{CategoryIndex, Circumstances};
use super::names::{named, names};
use super::slots::{self, SlotSet};
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{When, closest};
use super::wording::{Kind, Slot, SlotId, Wording};
use crate::diagnostic::{Code, Diagnostic};
use crate::taxonomy::{Channel, TemplateId, Tone};
use serde::{Deserialize, Serialize};

/// The act that names a trouble within a sentence.
const SHORT: &str = "short";
/// The act that answers a trouble which is not the weightiest in one sentence.
const ASIDE: &str = "aside";

/// One way to perform an act.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ActEntry {
    act: Located<String>,
    when: When,
    /// The tones that it suits; empty for any.
    tones: Vec<Tone>,
    /// Slots that must be known for it; they count as sure in its text.
    needs: Vec<Located<String>>,
    needed: Vec<SlotId>,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// The order of acts for a channel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TemplateEntry {
    id: Located<String>,
    /// The same, ready to be handed out.
    pub name: TemplateId,
    channel: Channel,
    /// Whether it is for shops that have only just opened.
    new_shop: bool,
    when: When,
    /// The longest a reply may be, in characters.
    max_chars: Option<Located<u32>>,
    text: Located<String>,
    wording: Option<Wording>,
    pub sources: Vec<Located<String>>,
}

/// All acts and templates, in file order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct ReplyBook {
    /// What texts may print: facts, what the assessment adds, then the acts.
    slots: Vec<Slot>,
    rows: Vec<ActEntry>,
    templates: Vec<TemplateEntry>,
    /// For each category, in the order of their ids, the rows of each act that may bear on it.
    by_category: Vec<Vec<Vec<u16>>>,
    short: Option<SlotId>,
    aside: Option<SlotId>,
}

/// Which row performs an act, and which facts the act could have used.
pub(crate) struct Casting<'b> {
    pub row: Option<&'b ActEntry>,
    pub wishes: SlotSet,
}

pub(crate) fn read_act(mut row: Row<'_>, faults: &mut Faults) -> Option<ActEntry> {
    let act = row.required("act", faults);
    let text = row.required("text", faults);
    let when = When::read(&mut row, faults);
    let tones = names(&mut row, "tones", Tone::ALL, Tone::as_str, faults);
    let needs = row.texts("needs", faults);
    let sources = row.texts("sources", faults);
    row.finish(faults);
    Some(ActEntry { act: act?, when, tones, needs, needed: Vec::new(), text: text?, wording: None, sources })
}

pub(crate) fn read_template(mut row: Row<'_>, faults: &mut Faults) -> Option<TemplateEntry> {
    let id = row.required("id", faults);
    let channel = row.required("channel", faults);
    let text = row.required("text", faults);
    let new_shop = row.flag("new_shop", faults).unwrap_or(false);
    let when = When::read(&mut row, faults);
    let max_chars = row.count("max_chars", faults);
    let sources = row.texts("sources", faults);
    row.finish(faults);
    let (id, channel, text) = (id?, channel?, text?);
    let channel = named(&channel, Channel::ALL, Channel::as_str, faults)?;
    let name = TemplateId::from(id.value.as_str());
    Some(TemplateEntry { id, name, channel, new_shop, when, max_chars, text, wording: None, sources })
}

/// Checks every text and that every case finds its acts. `slots` are what texts may print besides acts.
pub(crate) fn compile(
    mut rows: Vec<ActEntry>,
    mut templates: Vec<TemplateEntry>,
    known_categories: &[&str],
    known_sources: &SourceBook,
    mut slots: Vec<Slot>,
    faults: &mut Faults,
) -> ReplyBook {
    for row in &mut rows {
        row.when.resolve(known_categories, faults);
        known_sources.check(&row.sources, faults);
        row.compile(&slots, faults);
    }
    name_troubles(&rows, &mut slots);
    let first_act = slots.len();
    slots.extend(acts(&rows, &slots));
    check_unique("模板", templates.iter().map(|row| &row.id), faults);
    for template in &mut templates {
        template.when.resolve(known_categories, faults);
        known_sources.check(&template.sources, faults);
        template.wording = Wording::new(&template.text, &slots, faults);
        template.check_length(&slots, faults);
    }
    let act = |name: &str| slots.iter().zip(0..).skip(first_act).find(|(slot, _)| slot.name == name).map(|(_, id)| id);
    let (short, aside) = (act(SHORT), act(ASIDE));
    let by_category = by_category(&rows, &slots, known_categories);
    ReplyBook { slots, rows, templates, by_category, short, aside }
}

/// The most characters of a trouble's name, now that all names are known.
fn name_troubles(rows: &[ActEntry], slots: &mut [Slot]) {
    let names = rows.iter().filter(|row| row.act.value == SHORT).filter_map(|row| row.wording.as_ref());
    let longest = names.map(|name| name.longest(slots, |_| true)).max().unwrap_or(0);
    if let Some(trouble) = slots.get_mut(usize::from(slots::TROUBLE)) {
        trouble.most = trouble.most.max(longest);
    }
}

/// The acts as slots of templates. An act with a row for every case is sure.
fn acts(rows: &[ActEntry], slots: &[Slot]) -> Vec<Slot> {
    let mut acts: Vec<Slot> = Vec::new();
    for row in rows {
        let name = &row.act.value;
        let place = acts.iter().position(|act| act.name == *name).unwrap_or_else(|| {
            acts.push(Slot::unsure(name, row.kind(), row.kind().sample(), 0));
            acts.len() - 1
        });
        let act = &mut acts[place];
        act.sure |= row.when.is_always() && row.tones.is_empty() && row.needs.is_empty();
        act.most = act.most.max(row.longest_without_facts(slots));
    }
    acts
}

/// Rows by the categories and acts that they may serve, so that a case looks at few of them.
fn by_category(rows: &[ActEntry], slots: &[Slot], categories: &[&str]) -> Vec<Vec<Vec<u16>>> {
    let serving = |(_, category): (&&str, CategoryIndex)| {
        let of_act = |act: &Slot| {
            let rows =
                rows.iter().zip(0..).filter(|(row, _)| row.act.value == act.name && row.when.may_bear_on(category));
            rows.map(|(_, number)| number).collect()
        };
        slots.iter().map(of_act).collect()
    };
    categories.iter().zip(0..).map(serving).collect()
}

impl ActEntry {
    fn compile(&mut self, slots: &[Slot], faults: &mut Faults) {
        let name = &self.act.value;
        if slots.iter().any(|slot| slot.name == *name) {
            let fault = Diagnostic::new(Code::Duplicate, format!("「{name}」已经是空位的名字，换一个"));
            faults.report(self.act.origin, fault);
        }
        for need in &self.needs {
            match slots.iter().zip(0..).find(|(slot, _)| slot.name == need.value) {
                Some((_, slot)) => self.needed.push(slot),
                None => {
                    let known = slots.iter().map(|slot| slot.name.as_str());
                    let fault = Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的空位", need.value));
                    faults.report(need.origin, fault.nearest(&need.value, known));
                }
            }
        }
        let sure = |(slot, id): (&Slot, SlotId)| Slot { sure: slot.sure || self.needed.contains(&id), ..slot.clone() };
        let slots: Vec<Slot> = slots.iter().zip(0..).map(sure).collect();
        self.wording = Wording::new(&self.text, &slots, faults);
        if !self.kind().suits(&self.text.value) {
            let help = match self.kind() {
                Kind::Phrase => "这句话要放进别的句子里，不能有句号、逗号和换行",
                _ => "话语是整句话，要以句号、叹号或问号结尾",
            };
            faults.report(self.text.origin, Diagnostic::new(Code::Template, "这段话术接不上前后文").help(help));
        }
    }

    /// What kind of slot the act is in a template.
    fn kind(&self) -> Kind {
        if self.act.value == SHORT { Kind::Phrase } else { Kind::Speech }
    }

    /// The most characters it comes to when no fact of the caller is known; 0 if it needs one.
    fn longest_without_facts(&self, slots: &[Slot]) -> usize {
        let needs_fact = self.needed.iter().any(|need| *need < slots::FIRST_DERIVED);
        let wording = self.wording.as_ref().filter(|_| !needs_fact);
        wording.map_or(0, |wording| wording.longest(slots, |slot| slot >= slots::FIRST_DERIVED))
    }

    /// Whether it may be said in a tone; without one only what suits any tone.
    fn suits(&self, tone: Option<Tone>) -> bool {
        self.tones.is_empty() || tone.is_some_and(|tone| self.tones.contains(&tone))
    }

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

    /// Where its replies are sent.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The longest a reply may be, in characters.
    pub fn max_chars(&self) -> Option<usize> {
        self.max_chars.as_ref().map(|most| most.value as usize)
    }

    /// However the case lies, the reply must fit once it goes without the caller's facts.
    fn check_length(&self, slots: &[Slot], faults: &mut Faults) {
        let (Some(most), Some(wording)) = (&self.max_chars, &self.wording) else { return };
        let longest = wording.longest(slots, |slot| slot >= slots::FIRST_DERIVED);
        if longest > most.value as usize {
            let message = format!("这条模板最长会有 {longest} 个字，超过「max_chars」的 {}", most.value);
            let fault = Diagnostic::new(Code::Template, message);
            faults.report(most.origin, fault.help("不算称呼、店名这些信息；缩短模板、话语、办法的名称或「short」"));
        }
    }
}

impl ReplyBook {
    /// What texts may print, acts included.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The act that names a trouble.
    pub fn short(&self) -> Option<SlotId> {
        self.short
    }

    /// The act that answers a further trouble.
    pub fn aside(&self) -> Option<SlotId> {
        self.aside
    }

    /// The row that performs an act in this case and tone, given which slots are known.
    pub fn cast(
        &self,
        act: SlotId,
        case: &Circumstances<'_>,
        tone: Option<Tone>,
        known: impl Fn(SlotId) -> bool,
    ) -> Casting<'_> {
        let mut best: Option<(u32, &ActEntry)> = None;
        let mut wishes = SlotSet::default();
        for row in self.bearing(act, case) {
            let Some(closeness) = row.when.closeness(case).filter(|_| row.suits(tone)) else { continue };
            row.needed.iter().for_each(|need| wishes.insert(*need));
            // Of two rows for the same circumstances the one that says more wins; that outweighs tone and script.
            let closeness =
                closeness + 3 * u32::try_from(row.needed.len()).unwrap_or(0) + u32::from(!row.tones.is_empty());
            let closer = best.is_none_or(|(best, _)| closeness > best);
            if closer && row.needed.iter().all(|need| known(*need)) {
                best = Some((closeness, row));
            }
        }
        Casting { row: best.map(|(_, row)| row), wishes }
    }

    /// The rows of an act that may bear on the case's weightiest category.
    fn bearing(&self, act: SlotId, case: &Circumstances<'_>) -> impl Iterator<Item = &ActEntry> {
        let of_category = case.categories.first().and_then(|first| self.by_category.get(usize::from(*first)));
        let rows = of_category.and_then(|of_act| of_act.get(usize::from(act)));
        rows.into_iter().flatten().map(|row| &self.rows[usize::from(*row)])
    }

    /// The closest template of a channel; a new shop takes one of its own where there is one as close.
    pub fn template(&self, channel: Channel, case: &Circumstances<'_>, new_shop: bool) -> Option<&TemplateEntry> {
        let of_channel = self.templates.iter().filter(|template| template.channel == channel);
        let suitable = of_channel.filter(|template| new_shop || !template.new_shop);
        closest(suitable, |template| Some(2 * template.when.closeness(case)? + u32::from(template.new_shop)))
    }
}
