//! The remedies laid out in time: answer → verify → remedy → fallback → follow up.

use super::rank::Ranked;
use crate::report::PlanStep;
use crate::rules::advice::AdviceBook;
use crate::rules::playbook::{Entry, Kind};
use crate::rules::sources::plain;
use crate::rules::when::Circumstances;
use crate::taxonomy::RemedyId;

/// How many steps of each kind a plan holds at most.
const ANSWERS: usize = 2;
const VERIFICATIONS: usize = 2;
const FALLBACKS: usize = 1;
const FOLLOW_UPS: usize = 3;

/// The time left for a fallback once the remedy it replaces was due.
const FALLBACK_MINUTES: u32 = 24 * 60;
/// By when the shop should have mended the cause.
const PREVENTION_MINUTES: u32 = 7 * 24 * 60;

pub(super) fn plan(book: &AdviceBook, case: &Circumstances<'_>, ranked: &[Ranked<'_>]) -> Vec<PlanStep> {
    let mut steps = Vec::new();
    let playbook = &book.playbook;
    steps.extend(playbook.pick(Kind::Answer, case, ANSWERS).into_iter().map(|entry| step("answer", entry)));
    let first = steps.iter_mut().min_by_key(|step| step.due_minutes);
    if let (Some(answer), Some(guideline)) = (first, playbook.pick(Kind::Guideline, case, 1).first()) {
        add_guideline(answer, guideline);
    }
    let answer_due = steps.iter().map(|step| step.due_minutes).max().unwrap_or(0);
    steps.extend(playbook.pick(Kind::Verify, case, VERIFICATIONS).into_iter().map(|entry| step("verify", entry)));

    let chosen = chosen(ranked);
    let mut done = answer_due;
    for ranked in &chosen {
        let due = ranked.remedy.due_minutes.max(answer_due);
        done = done.max(due);
        steps.push(remedy_step(
            "remedy",
            due,
            format!("{}：{}", ranked.remedy.name, ranked.remedy.steps.join("；")),
            ranked,
        ));
    }
    for ranked in &chosen {
        if !ranked.remedy.if_refused.is_empty() {
            let action = format!("若买家不接受「{}」：{}", ranked.remedy.name, ranked.remedy.if_refused);
            steps.push(remedy_step("fallback", done + FALLBACK_MINUTES, action, ranked));
        }
    }
    let later = |phase: &str, entry: &Entry| {
        let mut step = step(phase, entry);
        step.due_minutes += done;
        step
    };
    steps.extend(playbook.pick(Kind::Fallback, case, FALLBACKS).into_iter().map(|entry| later("fallback", entry)));
    steps.extend(playbook.pick(Kind::FollowUp, case, FOLLOW_UPS).into_iter().map(|entry| later("follow_up", entry)));
    steps.extend(playbook.pick(Kind::Prevention, case, 1).into_iter().map(|entry| PlanStep {
        due_minutes: entry.due_minutes.unwrap_or(PREVENTION_MINUTES).max(done),
        ..step("follow_up", entry)
    }));
    // Stable: within a phase the closest step stays first among those due together.
    steps.sort_by_key(|step| (phase_order(&step.phase), step.due_minutes));
    steps
}

/// The best remedy and the best one of another kind beside it.
fn chosen<'a, 'r>(ranked: &'a [Ranked<'r>]) -> Vec<&'a Ranked<'r>> {
    let Some(first) = ranked.first() else { return Vec::new() };
    let beside = ranked.iter().skip(1).find(|other| other.remedy.group != first.remedy.group);
    std::iter::once(first).chain(beside).collect()
}

fn phase_order(phase: &str) -> usize {
    ["answer", "verify", "remedy", "fallback", "follow_up"].iter().position(|known| *known == phase).unwrap_or(5)
}

fn step(phase: &str, entry: &Entry) -> PlanStep {
    PlanStep {
        phase: phase.to_owned(),
        due_minutes: entry.due_minutes.unwrap_or(0),
        action: sentence(entry),
        remedy: None,
        sources: plain(&entry.sources),
    }
}

fn remedy_step(phase: &str, due_minutes: u32, action: String, ranked: &Ranked<'_>) -> PlanStep {
    PlanStep {
        phase: phase.to_owned(),
        due_minutes,
        action,
        remedy: Some(RemedyId::from(ranked.remedy.id.value.as_str())),
        sources: plain(&ranked.remedy.sources),
    }
}

fn sentence(entry: &Entry) -> String {
    if entry.never.is_empty() { entry.text.clone() } else { format!("{} 切忌：{}", entry.text, entry.never) }
}

/// How to speak, told along with the first answer.
fn add_guideline(answer: &mut PlanStep, guideline: &Entry) {
    answer.action = format!("{} {}", answer.action, sentence(guideline));
    for source in plain(&guideline.sources) {
        if !answer.sources.contains(&source) {
            answer.sources.push(source);
        }
    }
}
