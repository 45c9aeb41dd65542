//! `[[remedy]]`: what a shop can do about a complaint.

use super::due;
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{breadth, check_category, named, names, severity};
use super::wording::{Slot, Wording};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;
use crate::taxonomy::{Demand, Party, Platform, Risk, Severity, Stage, Standing};

/// What a remedy costs the shop, cheapest first.
const COSTS: [&str; 6] = ["none", "coupon", "freight", "partial", "goods", "full"];

/// One remedy as a supervisor wrote it, checked.
#[derive(Debug, Clone)]
pub(crate) struct RemedyEntry {
    pub id: Located<String>,
    pub name: String,
    /// Remedies of one group are alternatives: a refund with and one without return.
    pub group: String,
    pub standing: Standing,
    /// Why it is discouraged or prohibited.
    pub reason: String,
    /// How well it suits each category, 0 to 1.
    fits: Vec<(Located<String>, f64)>,
    /// The parties at whose fault it is due; empty if at anyone's.
    pub parties: Vec<Party>,
    stages: Vec<Stage>,
    pub meets: Vec<Demand>,
    /// Whether it comes on top of another remedy instead of in its place.
    pub adds: bool,
    /// The risks it calms.
    pub risks: Vec<Risk>,
    platforms: Vec<Platform>,
    /// Below this severity it would be too much.
    from: Severity,
    pub cost: &'static str,
    /// Share of the paid amount that it costs, in basis points.
    basis_points: Option<u32>,
    pub due_minutes: u32,
    /// What the buyer is told, as whole sentences.
    pub offer: Option<Wording>,
    offer_text: Option<Located<String>>,
    pub steps: Vec<String>,
    pub ask_for: Vec<String>,
    pub if_refused: String,
    pub sources: Vec<Located<String>>,
}

/// All remedies, in file order.
#[derive(Debug, Clone, Default)]
pub(crate) struct RemedyBook {
    entries: Vec<RemedyEntry>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<RemedyEntry> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let name = row.required("name", faults);
    let group = row.text("group", faults);
    let fits = row.numbers("fits", faults);
    let steps = row.texts("steps", faults);
    let standing = read_standing(&mut row, faults);
    let reason = row.text("reason", faults).map_or_else(String::new, |reason| reason.value);
    let parties = names(&mut row, "parties", Party::ALL, Party::as_str, faults);
    let stages = names(&mut row, "stages", Stage::ALL, Stage::as_str, faults);
    let meets = names(&mut row, "meets", Demand::ALL, Demand::as_str, faults);
    let adds = row.flag("adds", faults).unwrap_or(false);
    let risks = names(&mut row, "risks", Risk::ALL, Risk::as_str, faults);
    let platforms = names(&mut row, "platforms", Platform::ALL, Platform::as_str, faults);
    let from = severity(&mut row, faults).unwrap_or(Severity::Low);
    let cost = read_cost(&mut row, faults);
    let percent = read_percent(&mut row, faults);
    let due_minutes = due::read(&mut row, faults).unwrap_or(24 * 60);
    let offer_text = row.text("offer", faults);
    let ask_for = row.texts("ask_for", faults);
    let if_refused = row.text("if_refused", faults).map_or_else(String::new, |text| text.value);
    let sources = row.texts("sources", faults);
    if steps.is_empty() && standing == Standing::Ok {
        faults.report(origin, Diagnostic::new(Code::MissingKey, "办法要写「steps」：具体怎么做，一步一条"));
    }
    if fits.is_empty() && standing == Standing::Ok {
        let fault = Diagnostic::new(Code::MissingKey, "办法要写「fits」：适合哪些类目");
        faults.report(origin, fault.help("例如 fits = { \"goods.spoiled\" = 1.0 }，\"*\" 表示任何类目"));
    }
    if standing != Standing::Ok && (reason.is_empty() || sources.is_empty()) {
        let fault = Diagnostic::new(Code::MissingKey, "不建议或禁止的做法必须写「reason」和「sources」");
        faults.report(origin, fault);
    }
    row.finish(faults);
    let (id, name) = (id?, name?);
    Some(RemedyEntry {
        group: group.map_or_else(|| id.value.clone(), |group| group.value),
        name: name.value,
        standing,
        reason,
        fits,
        parties,
        stages,
        meets,
        adds,
        risks,
        platforms,
        from,
        cost,
        basis_points: percent.or((cost == "full").then_some(10_000)),
        due_minutes,
        offer: None,
        offer_text,
        steps: steps.into_iter().map(|step| step.value).collect(),
        ask_for: ask_for.into_iter().map(|item| item.value).collect(),
        if_refused,
        sources,
        id,
    })
}

fn read_standing(row: &mut Row<'_>, faults: &mut Faults) -> Standing {
    row.text("standing", faults)
        .and_then(|text| named(&text.value, text.origin, Standing::ALL, Standing::as_str, faults))
        .unwrap_or(Standing::Ok)
}

fn read_cost(row: &mut Row<'_>, faults: &mut Faults) -> &'static str {
    let Some(text) = row.text("cost", faults) else { return COSTS[0] };
    named(&text.value, text.origin, &COSTS, |cost| cost, faults).unwrap_or(COSTS[0])
}

/// The estimate `percent`, as basis points.
fn read_percent(row: &mut Row<'_>, faults: &mut Faults) -> Option<u32> {
    let percent = row.number("percent", faults)?;
    if !(0.0..=1000.0).contains(&percent.value) {
        let fault = Diagnostic::new(Code::BadValue, "「percent」应在 0 到 1000 之间");
        faults.report(percent.origin, fault);
        return None;
    }
    // In range by the check above.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((percent.value * 100.0).round() as u32)
}

/// Checks the rows against the categories and sources and makes their texts ready.
pub(crate) fn compile(
    mut rows: Vec<RemedyEntry>,
    known_categories: &[&str],
    known_sources: &SourceBook,
    slots: &[Slot],
    faults: &mut Faults,
) -> RemedyBook {
    check_unique("办法", rows.iter().map(|row| &row.id), faults);
    for row in &mut rows {
        for (category, fit) in &row.fits {
            check_category(category, known_categories, faults);
            if !(0.0..=1.0).contains(fit) {
                faults.report(category.origin, Diagnostic::new(Code::BadValue, "适合程度应在 0 到 1 之间"));
            }
        }
        known_sources.check(&row.sources, faults);
        row.offer = row.offer_text.as_ref().and_then(|text| Wording::new(text, slots, faults));
    }
    RemedyBook { entries: rows }
}

impl RemedyEntry {
    /// Whether the rules rule it out for a category by writing a fit of 0.
    pub fn barred(&self, category: &str) -> bool {
        self.written_fit(category).is_some_and(|(_, fit)| fit <= 0.0)
    }

    /// How well it suits a category and whether it is meant for it (by name or family, not just for any).
    pub fn fit(&self, category: &str) -> (f64, bool) {
        self.written_fit(category).map_or((0.0, false), |(exact, fit)| (fit, exact > 0 && fit > 0.0))
    }

    /// The fit as written, under the closest pattern, and how close that is.
    fn written_fit(&self, category: &str) -> Option<(u8, f64)> {
        self.fits
            .iter()
            .filter_map(|(pattern, fit)| breadth(&pattern.value, category).map(|exact| (exact, *fit)))
            .max_by_key(|(exact, _)| *exact)
    }

    /// Whether the shop can do it at this point of the order.
    pub fn possible_at(&self, stage: Stage) -> bool {
        stage == Stage::Unknown || self.stages.is_empty() || self.stages.contains(&stage)
    }

    /// Whether it is written for this very stage.
    pub fn meant_for(&self, stage: Stage) -> bool {
        self.stages.contains(&stage)
    }

    /// Whether it exists on the platform; an unknown platform might be any but a foreign one.
    pub fn exists_on(&self, platform: Option<Platform>) -> bool {
        self.platforms.is_empty() || platform.is_some_and(|platform| self.platforms.contains(&platform))
    }

    /// Whether the case is grave enough for it.
    pub fn proportionate(&self, severity: Severity) -> bool {
        severity >= self.from
    }

    /// From 0 for the cheapest kind of remedy to 1 for the dearest.
    pub fn dearness(&self) -> f64 {
        let rank = COSTS.iter().position(|cost| *cost == self.cost).unwrap_or(0);
        rank as f64 / (COSTS.len() - 1) as f64
    }

    /// What it costs, where that can be told from the price paid.
    pub fn estimate(&self, paid: Option<Money>) -> Option<Money> {
        paid?.basis_points(self.basis_points?)
    }
}

impl RemedyBook {
    pub fn entries(&self) -> &[RemedyEntry] {
        &self.entries
    }

    pub fn get(&self, id: &str) -> Option<&RemedyEntry> {
        self.entries.iter().find(|entry| entry.id.value == id)
    }
}
