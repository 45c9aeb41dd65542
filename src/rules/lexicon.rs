//! `[[concept]]`: named sets of terms, and the roles some of them play in working out what words mean.

use super::names::named;
use super::source::{Faults, Located, Origin, Row};
use crate::diagnostic::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

/// What the words of a concept do to the words around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Role {
    /// Denies what follows: 没有.
    Negator,
    /// Denies what stands before, at the end of a clause: 都没有.
    PostNegator,
    /// May stand between a negator and what it denies: 任何.
    Transparent,
    /// Supposes what follows: 如果.
    Hypothetical,
    /// Fears what follows: 担心.
    Worry,
    /// Supposes what stands before: 的话.
    HypotheticalAfter,
    /// Makes its clause a question: 会不会.
    Question,
    /// Makes a question a reproach: 怎么还.
    Impatient,
    /// Speaks of another shop, order or person: 上次那家.
    Elsewhere,
    /// Introduces somebody's words: 客服说.
    Speech,
    /// Turns to what is really so, and ends what was supposed before: 但是.
    Contrast,
}

impl Role {
    pub const ALL: [(&'static str, Role); 11] = [
        ("negator", Role::Negator),
        ("post_negator", Role::PostNegator),
        ("transparent", Role::Transparent),
        ("hypothetical", Role::Hypothetical),
        ("worry", Role::Worry),
        ("hypothetical_after", Role::HypotheticalAfter),
        ("question", Role::Question),
        ("impatient", Role::Impatient),
        ("elsewhere", Role::Elsewhere),
        ("speech", Role::Speech),
        ("contrast", Role::Contrast),
    ];
}

/// A concept as written.
#[derive(Debug)]
pub(crate) struct ConceptSource {
    pub name: Located<String>,
    pub terms: Vec<Located<String>>,
    pub except: Vec<Located<String>>,
    /// Regular expressions for what no list can hold: parcel numbers, telephones, addresses on the web.
    pub shapes: Vec<Located<String>>,
    /// Whether a dictionary word across a term's edge vetoes it; by default only for single characters.
    pub cut: Option<bool>,
    pub role: Option<Role>,
    pub origin: Origin,
}

pub(crate) fn read_concept(mut row: Row<'_>, faults: &mut Faults) -> Option<ConceptSource> {
    let origin = row.origin();
    let name = row.required("name", faults);
    let terms = row.texts("terms", faults);
    let except = row.texts("except", faults);
    let shapes = row.texts("shapes", faults);
    let cut = row.flag("cut", faults);
    let role = row.text("role", faults);
    let role = role.and_then(|name| named(&name, &Role::ALL, |role| role.0, faults)).map(|(_, role)| role);
    row.finish(faults);
    let name = name?;
    if terms.is_empty() && shapes.is_empty() {
        faults.report(origin, Diagnostic::new(Code::MissingKey, format!("概念「{}」没有 terms", name.value)));
        return None;
    }
    if let Some(bad) = name.value.chars().find(|c| "{}|<>=()…^$".contains(*c)) {
        faults.report(name.origin, Diagnostic::new(Code::BadValue, format!("概念名里不能有「{bad}」")));
        return None;
    }
    Some(ConceptSource { name, terms, except, shapes, cut, role, origin })
}
