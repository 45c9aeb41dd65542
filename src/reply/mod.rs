//! Ready-to-edit texts to the buyer, put together from the acts and templates of the rules.

#[cfg(test)]
mod case_book;
mod compose;
mod facts;
mod follow_ups;
mod offers;
#[cfg(test)]
mod tests;
mod words;

use crate::advise::{Advice, Situation};
use crate::report::{FollowUp, Reply};
use crate::rules::advice::AdviceBook;
use crate::taxonomy::{Channel, Stage};
use compose::{Cast, Composer};
use follow_ups::follow_ups;

/// What to say to the buyer, now and later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    pub replies: Vec<Reply>,
    pub follow_ups: Vec<FollowUp>,
}

/// Texts for every channel that suits the case, and messages for when the remedies are due; none without findings.
pub(crate) fn compose(book: &AdviceBook, situation: &Situation<'_>, advice: &Advice) -> Texts {
    if situation.findings.is_empty() {
        return Texts::default();
    }
    let composer = Composer::new(book, situation, advice);
    let mut cast = Cast::default();
    let template = |channel| book.replies.template(channel, &composer.case, situation.shop.new_shop);
    let templates = channels(situation).filter_map(template);
    let replies = templates.filter_map(|template| composer.reply(template, &mut cast)).collect();
    Texts { replies, follow_ups: follow_ups(&composer, advice) }
}

/// The channel that the caller named, or all that suit. A review can only be answered where goods have been received.
fn channels(situation: &Situation<'_>) -> impl Iterator<Item = Channel> {
    let named = situation.case.channel;
    let received = matches!(situation.stage, Stage::Received | Stage::Unknown);
    let suits =
        move |channel: &Channel| named.map_or(received || *channel != Channel::Review, |named| named == *channel);
    Channel::ALL.iter().copied().filter(suits)
}
