//! Policies and statutes that bear on the case, with their figures.

use crate::report::Notice;
use crate::rules::advice::AdviceBook;
use crate::rules::circumstances::Circumstances;
use crate::rules::sources::plain;

/// As many as help; the closest come first.
const MOST: usize = 5;

/// Notices of the policies `bearing` on the case.
pub(super) fn notices(book: &AdviceBook, case: &Circumstances<'_>, bearing: &[usize]) -> Vec<Notice> {
    bearing
        .iter()
        .filter_map(|policy| book.policies.entries()[*policy].applied(case))
        .take(MOST)
        .map(|applied| Notice {
            id: applied.policy.id.value.clone(),
            name: applied.policy.name.clone(),
            text: applied.text,
            amount: applied.amount,
            sources: plain(&applied.policy.sources),
        })
        .collect()
}
