//! From a verdict to advice: which remedies, in what order, by when, and which policies bear on it.

mod afterwards;
mod barriers;
mod excluded;
#[cfg(test)]
pub(crate) mod fixtures;
mod handbook;
mod notices;
mod plan;
mod questions;
mod rank;
mod remedy;
mod situation;

pub(crate) use handbook::handbook;
pub use handbook::{Guidance, Handbook, Policy, Practice, Source};
pub(crate) use situation::Situation;

use crate::report::{Check, Excluded, Lesson, Notice, PlanStep, Question, Remedy};
use crate::rules::advice::AdviceBook;
use crate::rules::circumstances::Circumstances;

/// What to do about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Advice {
    /// Best first.
    pub remedies: Vec<Remedy>,
    pub plan: Vec<PlanStep>,
    pub notices: Vec<Notice>,
    pub questions: Vec<Question>,
    pub closing: Vec<Check>,
    pub lessons: Vec<Lesson>,
}

/// Advice on a complaint; empty without findings. The same situation always gets the same advice.
pub(crate) fn advise(book: &AdviceBook, situation: &Situation<'_>) -> Advice {
    if situation.findings.is_empty() {
        return Advice::default();
    }
    let case = situation.circumstances();
    let bearing = book.policies.bearing(&case);
    let certain = certain(book, &case, &bearing);
    let ranking = rank::rank(&book.remedies, situation, &case, &certain);
    let remedies: Vec<Remedy> =
        ranking.offered.iter().map(|ranked| remedy::shown(book, ranked, situation, &certain)).collect();
    Advice {
        plan: plan::plan(book, &case, &ranking.offered, &remedies),
        notices: notices::notices(book, &case, &bearing),
        questions: questions::questions(book, &case, &ranking),
        closing: afterwards::closing(book, &case, &plan::chosen_indices(&ranking.offered)),
        lessons: afterwards::lessons(book, situation, &case),
        remedies,
    }
}

/// The remedies that are not offered, each with everything that stands against it, in file order.
pub(crate) fn excluded(book: &AdviceBook, situation: &Situation<'_>) -> Vec<Excluded> {
    let case = situation.circumstances();
    let certain = certain(book, &case, &book.policies.bearing(&case));
    let ranking = rank::rank(&book.remedies, situation, &case, &certain);
    excluded::excluded(&book.remedies, situation, &case, &certain, &ranking)
}

/// The policies that make a remedy a duty: those that bear on the case whatever is still unknown.
fn certain(book: &AdviceBook, case: &Circumstances<'_>, bearing: &[usize]) -> Vec<usize> {
    bearing.iter().copied().filter(|policy| book.policies.entries()[*policy].is_certain(case)).collect()
}
