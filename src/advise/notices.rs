//! Policies and statutes that bear on the case, with their figures.

use crate::case::Case;
use crate::report::Notice;
use crate::rules::advice::AdviceBook;
use crate::rules::sources::plain;
use crate::rules::when::Circumstances;

/// As many as help; the closest come first.
const MOST: usize = 4;

pub(super) fn notices(book: &AdviceBook, circumstances: &Circumstances<'_>, case: &Case<'_>) -> Vec<Notice> {
    let applied = book.policies.apply(circumstances, case.paid, case.hours_since_order);
    applied
        .into_iter()
        .take(MOST)
        .map(|applied| Notice {
            id: applied.policy.id.value.clone(),
            text: applied.text,
            amount: applied.amount,
            sources: plain(&applied.policy.sources),
        })
        .collect()
}
