//! `[[remedy]]`: what a shop can do about a complaint.

use super::circumstances::{CategoryIndex, Circumstances};
use super::due;
use super::limits::{Answer, Limits};
use super::names::{named, names, words};
use super::source::{Faults, Located, Row, check_unique};
use super::sources::SourceBook;
use super::when::{Breadth, breadth, check_category, severity};
use super::wording::{Slot, Wording};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;
use crate::set::Set;
use crate::taxonomy::{Cost, Demand, Party, Risk, Role, Service, Severity, Stage, Standing};
use serde::{Deserialize, Serialize};

/// One remedy as a supervisor wrote it, checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RemedyEntry {
    pub id: Located<String>,
    pub name: String,
    /// Remedies of one group are alternatives: a refund with and one without return.
    pub group: String,
    pub standing: Standing,
    /// Why it is discouraged or prohibited.
    pub reason: String,
    /// How well it suits each category, 0 to 1, as written.
    fits: Vec<(Located<String>, f64)>,
    /// By category: how exactly `fits` covers it, and the fit.
    suits: Box<[Option<(Breadth, f64)>]>,
    /// Categories of which one must be found too, as written.
    along: Vec<Located<String>>,
    /// By category: whether `along` covers it; empty if it sets no condition.
    beside: Box<[bool]>,
    /// The parties at whose fault it is due; none if at anyone's.
    pub parties: Set<Party>,
    stages: Set<Stage>,
    pub meets: Set<Demand>,
    /// Whether it comes on top of another remedy instead of in its place.
    pub adds: bool,
    /// The risks it calms.
    pub risks: Set<Risk>,
    /// Below this severity it would be too much.
    pub from: Severity,
    limits: Option<Box<Limits>>,
    /// Services of the shop on which it rests.
    pub services: Set<Service>,
    /// The ids of the policies that call for it.
    duties: Vec<Located<String>>,
    /// The same policies by their index.
    duty_indices: Vec<usize>,
    /// Who acts, in order.
    pub who: Vec<Role>,
    pub cost: Cost,
    /// Share of the paid amount that it costs, in basis points.
    basis_points: Option<u32>,
    /// By how bad it is: a name and a share of the paid amount in basis points, mildest first.
    pub degrees: Vec<(String, u32)>,
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct RemedyBook {
    entries: Vec<RemedyEntry>,
}

pub(crate) fn read(mut row: Row<'_>, faults: &mut Faults) -> Option<RemedyEntry> {
    let origin = row.origin();
    let id = row.required("id", faults);
    let name = row.required("name", faults);
    let group = row.text("group", faults);
    let fits = row.numbers("fits", faults);
    let along = row.texts("along", faults);
    let steps = row.texts("steps", faults);
    let standing = read_word(&mut row, "standing", Standing::ALL, Standing::as_str, faults).unwrap_or(Standing::Ok);
    let reason = row.text("reason", faults).map_or_else(String::new, |reason| reason.value);
    let parties = words(&mut row, "parties", faults);
    let stages = words(&mut row, "stages", faults);
    let meets = words(&mut row, "meets", faults);
    let adds = row.flag("adds", faults).unwrap_or(false);
    let risks = words(&mut row, "risks", faults);
    let from = severity(&mut row, faults).unwrap_or(Severity::Low);
    let limits = Limits::read(&mut row, faults);
    let services = words(&mut row, "services", faults);
    let duties = row.texts("duties", faults);
    let who = names(&mut row, "who", Role::ALL, Role::as_str, faults);
    let cost = read_word(&mut row, "cost", Cost::ALL, Cost::as_str, faults).unwrap_or(Cost::None);
    let percent = row.basis_points("percent", 1000.0, faults);
    let degrees = read_degrees(&mut row, faults);
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
        suits: Box::default(),
        along,
        beside: Box::default(),
        parties,
        stages,
        meets,
        adds,
        risks,
        from,
        limits,
        services,
        duties,
        duty_indices: Vec::new(),
        who: if who.is_empty() { vec![Role::Agent] } else { who },
        cost,
        basis_points: percent.or((cost == Cost::Full).then_some(10_000)),
        degrees,
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

fn read_word<W: Copy>(
    row: &mut Row<'_>,
    key: &'static str,
    all: &[W],
    name: fn(W) -> &'static str,
    faults: &mut Faults,
) -> Option<W> {
    let text = row.text(key, faults)?;
    named(&text, all, name, faults)
}

/// The shares under `degrees`, mildest first.
fn read_degrees(row: &mut Row<'_>, faults: &mut Faults) -> Vec<(String, u32)> {
    let mut degrees = Vec::new();
    for (name, percent) in row.numbers("degrees", faults) {
        if (0.0..=100.0).contains(&percent) {
            // In range by the check above.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            degrees.push((name.value, (percent * 100.0).round() as u32));
        } else {
            faults.report(name.origin, Diagnostic::new(Code::BadValue, "「degrees」的百分数应在 0 到 100 之间"));
        }
    }
    degrees.sort_by_key(|(_, share)| *share);
    degrees
}

/// Checks the rows against the categories, policies and sources and makes their texts ready.
pub(crate) fn compile(
    mut rows: Vec<RemedyEntry>,
    known_categories: &[&str],
    known_policies: &[&str],
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
        row.suits = known_categories.iter().map(|category| closest_fit(&row.fits, category)).collect();
        row.along.iter().for_each(|category| check_category(category, known_categories, faults));
        if !row.along.is_empty() {
            let covered = |category: &&str| row.along.iter().any(|along| breadth(&along.value, category).is_some());
            row.beside = known_categories.iter().map(covered).collect();
        }
        for duty in &row.duties {
            match known_policies.iter().position(|policy| *policy == duty.value) {
                Some(index) => row.duty_indices.push(index),
                None => {
                    let fault =
                        Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的平台规则或法条", duty.value));
                    faults.report(duty.origin, fault.nearest(&duty.value, known_policies.iter().copied()));
                }
            }
        }
        known_sources.check(&row.sources, faults);
        row.offer = row.offer_text.as_ref().and_then(|text| Wording::new(text, slots, faults));
    }
    RemedyBook { entries: rows }
}

/// The fit under the closest pattern, and how close that is.
fn closest_fit(fits: &[(Located<String>, f64)], category: &str) -> Option<(Breadth, f64)> {
    fits.iter()
        .filter_map(|(pattern, fit)| breadth(&pattern.value, category).map(|exact| (exact, *fit)))
        .max_by_key(|(exact, _)| *exact)
}

impl RemedyEntry {
    /// Whether the rules rule it out for a category by writing a fit of 0.
    pub fn barred(&self, category: CategoryIndex) -> bool {
        self.suited(category).is_some_and(|(_, fit)| fit <= 0.0)
    }

    /// How well it suits a category and whether it is meant for it (by name or family, not just for any).
    pub fn fit(&self, category: CategoryIndex) -> (f64, bool) {
        self.suited(category).map_or((0.0, false), |(exact, fit)| (fit, exact > 0 && fit > 0.0))
    }

    /// Whether a category beside which alone it makes sense is among those found.
    pub fn accompanied(&self, found: &[CategoryIndex]) -> bool {
        let covered = |category: &CategoryIndex| self.beside.get(usize::from(*category)) == Some(&true);
        self.beside.is_empty() || found.iter().any(covered)
    }

    fn suited(&self, category: CategoryIndex) -> Option<(Breadth, f64)> {
        *self.suits.get(usize::from(category))?
    }

    /// Whether the shop can do it at this point of the order.
    pub fn possible_at(&self, stage: Stage) -> bool {
        stage == Stage::Unknown || self.stages.is_empty() || self.stages.contains(stage)
    }

    /// Whether it is written for this very stage.
    pub fn meant_for(&self, stage: Stage) -> bool {
        self.stages.contains(stage)
    }

    /// Whether its being possible depends on the stage.
    pub fn depends_on_stage(&self) -> bool {
        !self.stages.is_empty()
    }

    /// Whether the facts of the order admit it.
    pub fn admits(&self, case: &Circumstances<'_>) -> Answer {
        self.limits.as_ref().map_or(Answer::HOLDS, |limits| limits.ask(case))
    }

    /// Whether it is written for buyers of some kind only; where it is admitted, the buyer is of that kind.
    pub fn meant_for_a_kind_of_buyer(&self) -> bool {
        self.limits.as_ref().is_some_and(|limits| limits.names_customers())
    }

    /// Policies that call for it, by index.
    pub fn duties(&self) -> &[usize] {
        &self.duty_indices
    }

    /// From 0 for the cheapest kind of remedy to 1 for the dearest.
    pub fn dearness(&self) -> f64 {
        let dearest = Cost::ALL.len() - 1;
        f64::from(self.cost as u8) / dearest as f64
    }

    /// What it costs, where that can be told from the price paid.
    pub fn estimate(&self, paid: Option<Money>) -> Option<Money> {
        paid?.basis_points(self.basis_points?)
    }

    /// Whether its cost is told as a share of the price paid.
    pub fn depends_on_price(&self) -> bool {
        self.basis_points.is_some()
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
