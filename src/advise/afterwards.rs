//! What is left when the remedies are under way: a list to tick off, and what the shop can learn.

use super::Situation;
use crate::report::{Check, Finding, Lesson};
use crate::rules::advice::AdviceBook;
use crate::rules::circumstances::{CategoryIndex, Circumstances};
use crate::rules::playbook::{Entry, Kind};
use crate::rules::sources::plain;

/// As many as an agent will tick off.
const MOST_CHECKS: usize = 6;
/// Lessons are drawn from so many findings, the gravest first.
const MOST_LESSONS: usize = 2;

/// What must be so before the matter is closed, given the remedies that the plan is made of.
pub(super) fn closing(book: &AdviceBook, case: &Circumstances<'_>, chosen: &[usize]) -> Vec<Check> {
    let rows = book.playbook.pick(Kind::Closing, case, chosen, MOST_CHECKS);
    let check = |row: &Entry| Check { id: row.id.value.clone(), text: row.text.clone(), sources: plain(&row.sources) };
    rows.into_iter().map(check).collect()
}

/// Where to look for the cause of each finding, and how to prevent it.
pub(super) fn lessons(book: &AdviceBook, situation: &Situation<'_>, case: &Circumstances<'_>) -> Vec<Lesson> {
    let findings = situation.findings.iter().zip(situation.categories).take(MOST_LESSONS);
    let lesson = |(finding, category): (&Finding, &CategoryIndex)| {
        let alone = Circumstances { categories: std::slice::from_ref(category), ..case.clone() };
        let closest = |kind| book.playbook.pick(kind, &alone, &[], 1).first().copied();
        let (cause, prevention) = (closest(Kind::RootCause), closest(Kind::Prevention));
        let mut sources: Vec<String> = Vec::new();
        for source in [cause, prevention].into_iter().flatten().flat_map(|row| plain(&row.sources)) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        let text = |row: Option<&Entry>| row.map_or_else(String::new, |row| row.text.clone());
        let category = finding.category.clone();
        let lesson = Lesson { category, cause: text(cause), prevention: text(prevention), sources };
        (cause.is_some() || prevention.is_some()).then_some(lesson)
    };
    findings.filter_map(lesson).collect()
}

#[cfg(test)]
mod tests {
    use crate::advise::fixtures::{Made, builtin};
    use crate::advise::{Advice, advise};
    use crate::taxonomy::{Party, Phase, Risk};
    use std::collections::BTreeSet;

    #[test]
    fn every_category_teaches_its_own_lesson() {
        let loaded = builtin();
        let mut causes = BTreeSet::new();
        for category in loaded.names.keys() {
            let made = Made::new(&loaded, &[category], Party::Seller);
            let Advice { lessons, .. } = advise(&loaded.book, &made.situation());
            assert_eq!(lessons.len(), 1, "{category}");
            assert_eq!(lessons[0].category, *category.as_str());
            assert!(!lessons[0].cause.is_empty() && !lessons[0].prevention.is_empty(), "{category}");
            assert!(causes.insert(lessons[0].cause.clone()), "{category} has the cause of another");
        }
    }

    #[test]
    fn the_list_fits_the_remedies_and_the_risks() {
        let loaded = builtin();
        let checks = |made: &Made<'_>| -> Vec<String> {
            let advice = advise(&loaded.book, &made.situation());
            assert!(advice.plan.iter().any(|step| step.phase == Phase::FollowUp));
            advice.closing.into_iter().map(|check| check.id).collect()
        };
        let plain = checks(&Made::new(&loaded, &["logistics.slow"], Party::Courier));
        assert!(
            plain.contains(&"close.confirmed".to_owned()) && !plain.contains(&"close.safety".to_owned()),
            "{plain:?}"
        );
        let harmed = checks(&Made::new(&loaded, &["goods.harmful"], Party::Seller).risks(&[Risk::Safety]));
        assert!(harmed.contains(&"close.safety".to_owned()), "{harmed:?}");
        let returned = checks(&Made::new(&loaded, &["goods.not_as_described"], Party::Seller));
        assert!(returned.contains(&"close.returned".to_owned()), "{returned:?}");
    }
}
