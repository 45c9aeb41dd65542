//! `[[category]]`: the categories of complaint and how they weigh against each other.

use super::names::named;
use super::source::{Faults, Located, Row, check_unique};
use crate::diagnostic::{Code, Diagnostic};
use crate::taxonomy::{CategoryId, Severity, Stage};
use serde::{Deserialize, Serialize};

/// Shares of fault: seller, courier, buyer. They sum to 1, or are all 0 where nobody is presumed at fault.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Shares {
    pub seller: f64,
    pub courier: f64,
    pub buyer: f64,
}

/// A category as written; names of others not yet resolved.
#[derive(Debug)]
pub(crate) struct CategorySource {
    pub id: Located<String>,
    pub name: String,
    pub blame: Shares,
    pub stage: Stage,
    pub gravity: f64,
    pub severity: Severity,
    pub yields_to: Vec<Located<String>>,
    pub fades_beside: Vec<Located<String>>,
    pub damped_by_praise: f64,
    pub only_alone: bool,
}

/// A category, compiled. Others are meant by their index.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Category {
    pub id: CategoryId,
    pub name: String,
    /// Whose fault it is unless the text says otherwise.
    pub blame: Shares,
    /// The stage at which it comes up unless the text says otherwise.
    pub stage: Stage,
    /// How heavily it weighs when findings are put in order.
    pub gravity: f64,
    /// The least urgency of a complaint in which it stands.
    pub severity: Severity,
    /// Words that are also evidence of one of these are not evidence of this.
    pub yields_to: Vec<usize>,
    /// The score halves when one of these stands.
    pub fades_beside: Vec<usize>,
    /// The part of the buyer's praise that counts against a complaint about it.
    pub damped_by_praise: f64,
    /// It stands for what no other category covers, and goes where one stands.
    pub only_alone: bool,
}

pub(crate) fn read_category(mut row: Row<'_>, faults: &mut Faults) -> Option<CategorySource> {
    let id = row.required("id", faults);
    let name = row.required("name", faults);
    let origin = row.origin();
    let mut blame = Shares::default();
    for (party, share) in row.numbers("blame", faults) {
        let slot = match party.value.as_str() {
            "seller" => &mut blame.seller,
            "courier" => &mut blame.courier,
            "buyer" => &mut blame.buyer,
            other => {
                faults.report(
                    party.origin,
                    Diagnostic::new(Code::UnknownName, format!("没有名为「{other}」的责任方"))
                        .nearest(other, ["seller", "courier", "buyer"]),
                );
                continue;
            }
        };
        *slot = share;
    }
    let total = blame.seller + blame.courier + blame.buyer;
    let sound = [blame.seller, blame.courier, blame.buyer].iter().all(|share| (0.0..=1.0).contains(share));
    if !sound || (total != 0.0 && (total - 1.0).abs() > 1e-6) {
        faults.report(
            origin,
            Diagnostic::new(Code::BadValue, "blame 各方份额应在 0 与 1 之间，合计为 1")
                .help("没有默认责任方时写 blame = {}"),
        );
    }
    let stage = row
        .text("stage", faults)
        .and_then(|name| named(&name, Stage::ALL, |stage| stage.as_str(), faults))
        .unwrap_or(Stage::Unknown);
    let gravity = row.number_in("gravity", 0.0..=10.0, faults).unwrap_or(5.0);
    let severity = row
        .text("severity", faults)
        .and_then(|name| named(&name, Severity::ALL, |severity| severity.as_str(), faults))
        .unwrap_or(Severity::Normal);
    let yields_to = row.texts("yields_to", faults);
    let fades_beside = row.texts("fades_beside", faults);
    let damped_by_praise = row.number_in("damped_by_praise", 0.0..=1.0, faults).unwrap_or(0.0);
    let only_alone = row.flag("only_alone", faults).unwrap_or(false);
    row.finish(faults);
    Some(CategorySource {
        id: id?,
        name: name?.value,
        blame,
        stage,
        gravity,
        severity,
        yields_to,
        fades_beside,
        damped_by_praise,
        only_alone,
    })
}

/// Resolves the names categories use for each other.
pub(crate) fn compile_categories(sources: Vec<CategorySource>, faults: &mut Faults) -> Vec<Category> {
    let ids: Vec<String> = sources.iter().map(|source| source.id.value.clone()).collect();
    check_unique("类目", sources.iter().map(|source| &source.id), faults);
    sources
        .into_iter()
        .map(|source| Category {
            id: CategoryId::from(source.id.value.as_str()),
            name: source.name,
            blame: source.blame,
            stage: source.stage,
            gravity: source.gravity,
            severity: source.severity,
            yields_to: resolve(&source.yields_to, &ids, faults),
            fades_beside: resolve(&source.fades_beside, &ids, faults),
            damped_by_praise: source.damped_by_praise,
            only_alone: source.only_alone,
        })
        .collect()
}

/// The indices of named categories; `goods.*` means every category below `goods`.
fn resolve(names: &[Located<String>], ids: &[String], faults: &mut Faults) -> Vec<usize> {
    let mut found = Vec::new();
    for name in names {
        match name.value.strip_suffix('*') {
            Some(prefix) if ids.iter().any(|id| id.starts_with(prefix)) => {
                found.extend((0..ids.len()).filter(|index| ids[*index].starts_with(prefix)));
            }
            _ => found.extend(find_category(name, ids, faults)),
        }
    }
    found
}

/// The index of a category named in a rule file; an unknown name is a fault.
pub(crate) fn find_category(name: &Located<String>, ids: &[String], faults: &mut Faults) -> Option<usize> {
    let found = ids.iter().position(|id| *id == name.value);
    if found.is_none() {
        faults.report(
            name.origin,
            Diagnostic::new(Code::UnknownName, format!("没有名为「{}」的类目", name.value))
                .nearest(&name.value, ids.iter().map(String::as_str)),
        );
    }
    found
}
