//! Messages that ask, once a remedy is due, whether it has reached the buyer.

use super::compose::Composer;
use crate::advise::Advice;
use crate::report::{FollowUp, PlanStep};
use crate::rules::check_ins::CheckIn;
use crate::rules::sources::plain;
use crate::taxonomy::{Phase, RemedyId};

/// A message for each remedy promised, or one about the trouble where nothing is promised.
pub(super) fn follow_ups(composer: &Composer<'_>, advice: &Advice) -> Vec<FollowUp> {
    let mut messages: Vec<FollowUp> = Vec::new();
    let check_ins = &composer.book.check_ins;
    let offered = composer.offers.entries().iter().map(|offer| Some(offer.id.value.as_str()));
    let nothing = composer.offers.entries().is_empty().then_some(None);
    for remedy in offered.chain(nothing) {
        let Some(check_in) = check_ins.behind(remedy.unwrap_or_default(), &composer.case) else { continue };
        // One question about the matter in general is enough, and none beside one about a remedy.
        let asked = messages.iter().any(|message| message.id == check_in.id.value);
        if !asked && (messages.is_empty() || !check_in.is_general()) {
            messages.extend(message(composer, check_in, remedy, advice));
        }
    }
    messages.sort_by_key(|message| message.due_minutes);
    messages
}

fn message(composer: &Composer<'_>, check_in: &CheckIn, remedy: Option<&str>, advice: &Advice) -> Option<FollowUp> {
    let of_remedy = |step: &&PlanStep| {
        step.phase == Phase::Remedy && remedy.is_none_or(|remedy| step.remedy.as_ref().is_some_and(|id| *id == remedy))
    };
    // A remedy promised beside the ones of the plan is due like they are.
    let planned = advice.plan.iter().filter(of_remedy).map(|step| step.due_minutes).max();
    let done = planned.unwrap_or_else(|| composer.offers.due_minutes());
    Some(FollowUp {
        id: check_in.id.value.clone(),
        due_minutes: done.saturating_add(check_in.due_minutes),
        text: check_in.wording()?.render(composer.script, &composer.values),
        remedy: remedy.map(RemedyId::from),
        sources: plain(&check_in.sources),
    })
}
