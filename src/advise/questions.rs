//! What is not known and would change the advice.

use super::rank::Ranking;
use crate::report::Question;
use crate::rules::advice::AdviceBook;
use crate::rules::circumstances::Circumstances;

/// One question for each unknown fact on which the remedies or the policies hinge, in the order of the facts.
pub(super) fn questions(book: &AdviceBook, case: &Circumstances<'_>, ranking: &Ranking<'_>) -> Vec<Question> {
    let mut hinges = ranking.hinges;
    book.policies.entries().iter().for_each(|policy| hinges.extend(policy.hinges(case)));
    hinges
        .words()
        .filter_map(|fact| Some(Question { fact, text: book.questions.on(fact, case)?.text.value.clone() }))
        .collect()
}
