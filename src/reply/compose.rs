//! Which acts speak, in which order, with what filled in.

use crate::advise::{Advice, Situation};
use crate::case::Case;
use crate::report::{Finding, Remedy, Reply};
use crate::rules::advice::{AdviceBook, FACTS};
use crate::rules::due;
use crate::rules::remedies::RemedyEntry;
use crate::rules::source::Located;
use crate::rules::sources::plain;
use crate::rules::templates::{CHANNELS, TemplateEntry};
use crate::rules::when::Circumstances;
use crate::rules::wording::Values;
use crate::taxonomy::{Demand, Script, Stage, TemplateId};
use crate::text::to_traditional_taiwan;

/// What remedies call the order number in `ask_for`; nobody is asked for what the shop already knows.
const ORDER_NUMBER: &str = "订单号";
/// A buyer asked for more than this at once will send nothing.
const MOST_EVIDENCE: usize = 4;
/// So many further troubles are named one by one.
const MOST_OTHERS: usize = 3;
/// A second remedy is only promised along with the first if it fits well enough in itself…
const OFFER_ALONG: f64 = 0.4;
/// …and nearly as well as the first: something on top may be a bit further off than an alternative.
const ADDITION_NEAR: f64 = 0.6;
const ALTERNATIVE_NEAR: f64 = 0.8;

/// Texts for every channel that suits the case; none without findings.
pub(crate) fn compose(book: &AdviceBook, situation: &Situation<'_>, advice: &Advice) -> Vec<Reply> {
    if situation.findings.is_empty() || book.replies.is_empty() {
        return Vec::new();
    }
    let composer = Composer::new(book, situation, advice);
    CHANNELS
        .into_iter()
        .filter(|channel| suits(channel, situation.stage))
        .flat_map(|channel| book.replies.templates(channel, &composer.case))
        .filter_map(|template| composer.reply(template))
        .collect()
}

/// A review can only be answered where goods have been received.
fn suits(channel: &str, stage: Stage) -> bool {
    channel != "review" || matches!(stage, Stage::Received | Stage::Unknown)
}

struct Composer<'a> {
    book: &'a AdviceBook,
    script: Script,
    /// As acts see the case: only the weightiest category, and of the demands those left open by the offers.
    case: Circumstances<'a>,
    values: Values<'static>,
    /// The remedies promised.
    offers: Vec<&'a RemedyEntry>,
}

impl<'a> Composer<'a> {
    fn new(book: &'a AdviceBook, situation: &Situation<'a>, advice: &Advice) -> Self {
        let offers = offers(book, &advice.remedies, &situation.demanded());
        let mut case = situation.circumstances();
        case.categories.truncate(1);
        case.demands.retain(|demand| !offers.iter().any(|offer| offer.meets.contains(demand)));
        let mut values = facts(situation.case);
        if situation.script == Script::Traditional {
            for (fact, _) in FACTS.iter().filter(|(fact, _)| OWN_WORDS.contains(fact)) {
                if let Some(value) = values.get_mut(fact) {
                    *value = format!("{FACT_OPEN}{value}{FACT_CLOSE}");
                }
            }
        }
        values.extend(derived(book, situation, &offers, &values));
        Self { book, script: situation.script, case, values, offers }
    }

    /// The reply, without the facts of the caller if it would grow too long with them.
    fn reply(&self, template: &TemplateEntry) -> Option<Reply> {
        let reply = self.render(template, &self.values)?;
        let too_long = template.max_chars.is_some_and(|most| reply.text.chars().count() > most);
        if !too_long {
            return Some(reply);
        }
        let mut bare = self.values.clone();
        bare.retain(|slot, _| FACTS.iter().all(|(fact, _)| fact != slot));
        self.render(template, &bare)
    }

    fn render(&self, template: &TemplateEntry, values: &Values<'_>) -> Option<Reply> {
        let wording = template.wording()?;
        let mut speech = Speech { values: values.clone(), used: Vec::new(), sources: plain(&template.sources) };
        for slot in &wording.slots {
            self.perform(slot, values, &mut speech);
        }
        self.look_behind(&mut speech);
        let text = self.book.wordings.render(wording, &speech.values)?;
        let text = match self.script {
            Script::Traditional => rewrite_around_facts(&text),
            _ => text,
        };
        Some(Reply {
            id: TemplateId::from(template.id.value.as_str()),
            channel: template.channel.to_owned(),
            text,
            missing: self.missing(&speech.used),
            sources: speech.sources,
        })
    }

    /// Lets an act speak, if the slot is one and has a row for the case.
    fn perform<'s>(&'s self, slot: &'s str, values: &Values<'_>, speech: &mut Speech<'s>) {
        let replies = &self.book.replies;
        speech.used.push(slot);
        speech.used.extend(replies.wishes(slot, &self.case));
        let Some(act) = replies.act(slot, &self.case, |need| values.contains_key(need)) else { return };
        let Some(wording) = act.wording() else { return };
        let Some(text) = self.book.wordings.render(wording, values) else { return };
        speech.used.extend(wording.slots.iter().map(String::as_str));
        speech.values.insert(slot, text);
        speech.cite(&act.sources);
    }

    /// Counts what stands behind the slots `offer` and `ask`: facts and sources of the remedies promised.
    fn look_behind<'s>(&'s self, speech: &mut Speech<'s>) {
        if speech.used.contains(&"offer") {
            for offer in &self.offers {
                speech.used.extend(offer.offer.iter().flat_map(|wording| &wording.slots).map(String::as_str));
                speech.cite(&offer.sources);
            }
        }
        if speech.used.contains(&"ask") {
            speech.used.push("order");
        }
    }

    /// The facts that the text could have used, had the caller told them.
    fn missing(&self, used: &[&str]) -> Vec<String> {
        let facts = FACTS.iter().map(|(fact, _)| *fact);
        facts.filter(|fact| used.contains(fact) && !self.values.contains_key(fact)).map(str::to_owned).collect()
    }
}

/// A reply in the making.
struct Speech<'s> {
    values: Values<'s>,
    /// The slots printed so far, and those that could have been.
    used: Vec<&'s str>,
    sources: Vec<String>,
}

impl Speech<'_> {
    fn cite(&mut self, sources: &[Located<String>]) {
        for source in plain(sources) {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
    }
}

/// The remedies to promise: the best one with an offer, and where it helps another one beside it.
///
/// The second is either something on top of the first (an inspection, an apology) or an alternative: a
/// choice is worth offering to a buyer who has not said what he wants, or wants what the first does not give.
fn offers<'b>(book: &'b AdviceBook, remedies: &[Remedy], demands: &[Demand]) -> Vec<&'b RemedyEntry> {
    let offerable = |remedy: &Remedy| {
        let entry = book.remedies.get(remedy.id.as_str())?;
        entry.offer.is_some().then_some((remedy.score, entry))
    };
    let mut rest = remedies.iter().filter_map(offerable);
    let Some((best_score, best)) = rest.next() else { return Vec::new() };
    let beside = rest.find(|(score, entry)| {
        let adds = entry.adds || best.adds;
        let nearness = if adds { ADDITION_NEAR } else { ALTERNATIVE_NEAR };
        let near = *score >= OFFER_ALONG && *score >= best_score * nearness;
        let gives_more = demands.iter().any(|demand| entry.meets.contains(demand) && !best.meets.contains(demand));
        let wanted = adds || demands.is_empty() || gives_more;
        near && wanted && entry.group != best.group
    });
    std::iter::once(best).chain(beside.map(|(_, entry)| entry)).collect()
}

/// What the caller told of the order; a blank fact counts as unknown.
fn facts(case: &Case<'_>) -> Values<'static> {
    let told = [
        ("customer", case.customer.clone()),
        ("order", case.order.clone()),
        ("product", case.product.clone()),
        ("shop", case.shop.clone()),
        ("agent", case.agent.clone()),
        ("paid", case.paid.map(|paid| paid.to_string())),
        ("platform", case.platform.map(|platform| platform.label().to_owned())),
    ];
    told.into_iter()
        .filter_map(|(slot, value)| Some((slot, value.map(|value| clean(&value))?)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// Facts in the caller's own words: names are never rewritten into another script (余先生 is not 餘先生).
const OWN_WORDS: [&str; 5] = ["customer", "order", "product", "shop", "agent"];
/// Stand around such a fact until the text around it is rewritten.
const FACT_OPEN: char = '\u{E000}';
const FACT_CLOSE: char = '\u{E001}';

/// The text as Taiwan writes it, the caller's own words left alone.
fn rewrite_around_facts(text: &str) -> String {
    let mut pieces = text.split(FACT_OPEN);
    let mut rewritten = pieces.next().map(to_traditional_taiwan).unwrap_or_default().into_owned();
    for piece in pieces {
        let (fact, rest) = piece.split_once(FACT_CLOSE).unwrap_or((piece, ""));
        rewritten.push_str(fact);
        rewritten.push_str(&to_traditional_taiwan(rest));
    }
    rewritten
}

/// A caller's fact on one line, without braces, so that it cannot look like a placeholder, and without the marks that
/// stand around facts.
fn clean(value: &str) -> String {
    let stray = |c: char| c.is_control() || matches!(c, '{' | '}' | FACT_OPEN | FACT_CLOSE);
    let shown: String = value.chars().filter(|c| !stray(*c)).collect();
    shown.trim().to_owned()
}

/// What an act says of one category alone; `None` if no row is written for it.
fn said(
    book: &AdviceBook,
    situation: &Situation<'_>,
    act: &str,
    finding: &Finding,
    facts: &Values<'_>,
) -> Option<String> {
    let mut case = situation.circumstances();
    case.categories = vec![finding.category.as_str()];
    let act = book.replies.act(act, &case, |slot| facts.contains_key(slot))?;
    book.wordings.render(act.wording()?, facts)
}

/// What a category is called within a sentence: the act `short`, or its plain name.
fn trouble(book: &AdviceBook, situation: &Situation<'_>, finding: &Finding, facts: &Values<'_>) -> String {
    said(book, situation, "short", finding, facts).unwrap_or_else(|| finding.name.clone())
}

/// The offers in one passage: a remedy on top of another is added, one in its place is given as a choice.
fn promise(book: &AdviceBook, offers: &[&RemedyEntry], facts: &Values<'_>) -> String {
    let choice = offers.iter().all(|offer| !offer.adds);
    let texts: Vec<String> = offers
        .iter()
        .filter_map(|offer| offer.offer.as_ref())
        .filter_map(|wording| book.wordings.render(wording, facts))
        .collect();
    texts.join(if choice { "或者，" } else { "另外，" })
}

/// What to ask the buyer for: each thing once, and not too many.
fn evidence(offers: &[&RemedyEntry], order_known: bool) -> Vec<String> {
    let mut ask: Vec<String> = Vec::new();
    for item in offers.iter().flat_map(|offer| &offer.ask_for) {
        let known = order_known && item == ORDER_NUMBER;
        if !known && !ask.contains(item) {
            ask.push(item.clone());
        }
    }
    ask.sort_by_key(|item| item != ORDER_NUMBER);
    ask.truncate(MOST_EVIDENCE);
    ask
}

/// What the assessment adds.
fn derived(
    book: &AdviceBook,
    situation: &Situation<'_>,
    offers: &[&RemedyEntry],
    facts: &Values<'_>,
) -> Values<'static> {
    let mut values = Values::new();
    let (first, rest) = situation.findings.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
    values.insert("trouble", first.map_or_else(String::new, |finding| trouble(book, situation, finding, facts)));
    // A further trouble gets a sentence of its own where the rules have one, and is named in passing otherwise.
    let (mut asides, mut others) = (Vec::new(), Vec::new());
    for finding in rest.iter().take(MOST_OTHERS) {
        match said(book, situation, "aside", finding, facts) {
            Some(aside) => asides.push(aside),
            None => others.push(trouble(book, situation, finding, facts)),
        }
    }
    let open: Vec<&str> = situation
        .demanded()
        .into_iter()
        .filter(|demand| !offers.iter().any(|offer| offer.meets.contains(demand)))
        .map(|demand| demand.label())
        .collect();
    let offer = promise(book, offers, facts);
    let ask = evidence(offers, facts.contains_key("order"));
    let due = offers.first().map_or(24 * 60, |offer| offer.due_minutes);
    values.insert("due", due::label(due));
    let remedy = offers.first().map_or_else(String::new, |offer| offer.name.clone());
    for (slot, value) in [
        ("asides", asides.concat()),
        ("others", others.join("、")),
        ("wants", open.join("、")),
        ("offer", offer),
        ("remedy", remedy),
        ("ask", ask.join("、")),
    ] {
        if !value.is_empty() {
            values.insert(slot, value);
        }
    }
    values
}
