//! The remedies laid out in time: answer → verify → remedy → fallback → follow up.

use super::rank::Ranked;
use crate::report::{PlanStep, Remedy};
use crate::rules::advice::AdviceBook;
use crate::rules::circumstances::Circumstances;
use crate::rules::playbook::{Entry, Kind};
use crate::rules::sources::plain;
use crate::taxonomy::{Phase, RemedyId, Role};

/// How many steps of each kind a plan holds at most.
const ANSWERS: usize = 2;
const VERIFICATIONS: usize = 2;
const HANDLINGS: usize = 4;
const FALLBACKS: usize = 2;
const FOLLOW_UPS: usize = 3;

/// The time left for a fallback once the remedy it replaces was due.
const FALLBACK_MINUTES: u32 = 24 * 60;
/// By when the shop should have mended the cause.
const PREVENTION_MINUTES: u32 = 7 * 24 * 60;

/// The plan for the ranked remedies; `shown` are the same remedies as the report shows them.
pub(super) fn plan(
    book: &AdviceBook,
    case: &Circumstances<'_>,
    ranked: &[Ranked<'_>],
    shown: &[Remedy],
) -> Vec<PlanStep> {
    let chosen = chosen(ranked);
    let indices = chosen_indices(ranked);
    let pick = |kind, at_most| book.playbook.pick(kind, case, &indices, at_most);
    let mut steps: Vec<PlanStep> = Vec::new();
    steps.extend(pick(Kind::Answer, ANSWERS).into_iter().map(|entry| step(Phase::Answer, entry)));
    let first = steps.iter_mut().min_by_key(|step| step.due_minutes);
    if let (Some(answer), Some(guideline)) = (first, pick(Kind::Guideline, 1).first()) {
        add_guideline(answer, guideline);
    }
    let answered = steps.iter().map(|step| step.due_minutes).max().unwrap_or(0);
    steps.extend(pick(Kind::Verify, VERIFICATIONS).into_iter().map(|entry| step(Phase::Verify, entry)));

    let mut done = answered;
    for ranked in &chosen {
        let due = ranked.remedy.due_minutes.max(answered);
        done = done.max(due);
        let shown = shown.iter().find(|shown| shown.id == ranked.remedy.id.value.as_str());
        let approval = shown.and_then(|shown| shown.approval);
        let first = approval.map_or_else(String::new, |role| format!("先请{}批准；", role.label()));
        let action = format!("{}：{first}{}", ranked.remedy.name, ranked.remedy.steps.join("；"));
        let mut step = remedy_step(Phase::Remedy, due, action, ranked);
        step.ask_for.clone_from(&ranked.remedy.ask_for);
        steps.push(step);
    }
    for entry in pick(Kind::Handling, HANDLINGS) {
        let step = PlanStep { due_minutes: entry.due_minutes.unwrap_or(0).max(answered), ..step(Phase::Remedy, entry) };
        done = done.max(step.due_minutes);
        steps.push(step);
    }
    for ranked in &chosen {
        if !ranked.remedy.if_refused.is_empty() {
            let action = format!("若买家不接受「{}」：{}", ranked.remedy.name, ranked.remedy.if_refused);
            steps.push(remedy_step(Phase::Fallback, done + FALLBACK_MINUTES, action, ranked));
        }
    }
    let later = |phase: Phase, entry: &Entry| {
        let mut step = step(phase, entry);
        step.due_minutes += done;
        step
    };
    steps.extend(pick(Kind::Fallback, FALLBACKS).into_iter().map(|entry| later(Phase::Fallback, entry)));
    steps.extend(pick(Kind::FollowUp, FOLLOW_UPS).into_iter().map(|entry| later(Phase::FollowUp, entry)));
    steps.extend(pick(Kind::Prevention, 1).into_iter().map(|entry| PlanStep {
        due_minutes: entry.due_minutes.unwrap_or(PREVENTION_MINUTES).max(done),
        ..step(Phase::FollowUp, entry)
    }));
    // Stable: within a phase the closest step stays first among those due together.
    steps.sort_by_key(|step| (step.phase, step.due_minutes));
    steps
}

/// The best remedy and the best one of another kind beside it.
fn chosen<'a, 'r>(ranked: &'a [Ranked<'r>]) -> Vec<&'a Ranked<'r>> {
    let Some(first) = ranked.first() else { return Vec::new() };
    let beside = ranked.iter().skip(1).find(|other| other.remedy.group != first.remedy.group);
    std::iter::once(first).chain(beside).collect()
}

/// The same by their index.
pub(super) fn chosen_indices(ranked: &[Ranked<'_>]) -> Vec<usize> {
    chosen(ranked).iter().map(|ranked| ranked.index).collect()
}

fn step(phase: Phase, entry: &Entry) -> PlanStep {
    PlanStep {
        phase,
        due_minutes: entry.due_minutes.unwrap_or(0),
        who: entry.who,
        action: entry.text.clone(),
        ask_for: entry.ask_for.clone(),
        never: entry.never.clone(),
        remedy: None,
        sources: plain(&entry.sources),
    }
}

fn remedy_step(phase: Phase, due_minutes: u32, action: String, ranked: &Ranked<'_>) -> PlanStep {
    PlanStep {
        phase,
        due_minutes,
        who: ranked.remedy.who.first().copied().unwrap_or(Role::Agent),
        action,
        ask_for: Vec::new(),
        never: String::new(),
        remedy: Some(RemedyId::from(ranked.remedy.id.value.as_str())),
        sources: plain(&ranked.remedy.sources),
    }
}

/// How to speak, told along with the first answer.
fn add_guideline(answer: &mut PlanStep, guideline: &Entry) {
    answer.action = format!("{} {}", answer.action, guideline.text);
    answer.never = [answer.never.as_str(), guideline.never.as_str()].concat();
    for source in plain(&guideline.sources) {
        if !answer.sources.contains(&source) {
            answer.sources.push(source);
        }
    }
}
