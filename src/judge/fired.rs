//! Which rules fire on a text, and on which words.

use crate::matching::{Match, Matching, Runs};
use crate::rules::rule::{Signal, StatusSet, Target};
use crate::rules::{Atom, Matcher, Owner, Rule, SequenceId, Want};
use crate::scan::Cues;
use crate::taxonomy::Status;

/// Words that say something was put right reach back so many clauses, and so many sentences.
const SETTLED_CLAUSES: u32 = 4;
const SETTLED_SENTENCES: u32 = 1;

/// A rule and the words it fires on, in text order and without overlaps.
#[derive(Debug, Clone)]
pub(crate) struct Fired {
    /// By index in the rule set.
    pub rule: usize,
    pub matches: Vec<Match>,
}

/// Every rule that fires, in rule order.
pub(crate) fn fired(rules: &[Rule], matching: &Matching<'_>) -> Vec<Fired> {
    let mut found: Vec<(u32, Match)> = Vec::new();
    let mut matches = Vec::new();
    for id in worth_trying(matching.matcher, matching.cues) {
        let Owner::Rule(index) = matching.matcher.sequences[id as usize].owner else { continue };
        // A settled trouble is first seen as affirmed.
        let wanted = rules[index as usize].status.with_affirmed_if_settled();
        matching.find(id, wanted, &mut matches);
        found.extend(matches.drain(..).map(|hit| (index, hit)));
    }
    found.sort_unstable();
    let mut fired: Vec<Fired> = found
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|group| {
            let rule = group[0].0 as usize;
            let matches = permitted(&rules[rule], group.iter().map(|(_, hit)| *hit), matching);
            (!matches.is_empty()).then_some(Fired { rule, matches })
        })
        .collect();
    settle(rules, matching, &mut fired);
    fired
}

/// Sequences of rules all of whose elements occur somewhere, each once.
fn worth_trying(matcher: &Matcher, cues: &Cues) -> Vec<SequenceId> {
    let triggers = cues.atoms().flat_map(|atom| &matcher.rule_triggers[atom as usize]);
    let likely = triggers.filter(|trigger| trigger.guard.is_none_or(|guard| cues.has(guard)));
    let mut ids: Vec<SequenceId> = likely.map(|trigger| trigger.sequence).collect();
    ids.sort_unstable();
    ids.dedup();
    // Single words first: they settle most cases, and long lists of words cost more to ask.
    let occurs = |atoms: &[Atom]| atoms.iter().any(|atom| cues.has(*atom));
    ids.retain(|id| {
        let steps = &matcher.sequences[*id as usize].steps;
        let all = |single: bool| {
            steps.iter().all(|step| match &step.want {
                Want::Any(atoms) | Want::Denied(atoms) => (atoms.len() == 1) != single || occurs(atoms),
                Want::Quantity(..) => !cues.quantities.is_empty(),
            })
        };
        all(true) && all(false)
    });
    ids
}

/// The matches that the rule's other conditions let stand, overlapping ones joined to the first.
fn permitted(rule: &Rule, found: impl Iterator<Item = Match>, matching: &Matching<'_>) -> Vec<Match> {
    let any_of = |ids: &[SequenceId]| -> Vec<Match> {
        let mut hits = Vec::new();
        ids.iter().for_each(|id| matching.find(*id, StatusSet::ANY, &mut hits));
        hits
    };
    let present = |hits: &[Match]| hits.iter().any(|hit| hit.status != Status::Negated);
    if !any_of(&rule.unless).is_empty() || !rule.all.iter().all(|pattern| present(&any_of(pattern))) {
        return Vec::new();
    }
    let mut blocks = any_of(&rule.none);
    blocks.sort_unstable();
    let blocked = Runs::of_sorted(blocks.into_iter().map(Match::clauses));
    let mut kept: Vec<Match> = Vec::new();
    for hit in found.filter(|hit| !blocked.meet(hit.clauses())) {
        match kept.last_mut() {
            Some(last) if last.overlaps(hit) => {
                last.end = last.end.max(hit.end);
                last.last_clause = last.last_clause.max(hit.last_clause);
            }
            _ => kept.push(hit),
        }
    }
    kept
}

/// A trouble is settled when words close behind it say that it was put right; what is told further off, or after them,
/// is not. A rule that asks for settled troubles gets just those; one that asks for both gets all.
fn settle(rules: &[Rule], matching: &Matching<'_>, fired: &mut Vec<Fired>) {
    let mut settled: Vec<Match> = fired
        .iter()
        .filter(|fired| rules[fired.rule].target == Target::Signal(Signal::Settled))
        .flat_map(|fired| fired.matches.iter().copied())
        .collect();
    settled.sort_unstable();
    let sentence = |clause: u32| matching.text.clauses()[clause as usize].sentence;
    let put_right = |hit: &Match| {
        let next = settled.partition_point(|words| words.start < hit.end);
        settled.get(next).is_some_and(|words| {
            words.first_clause - hit.last_clause <= SETTLED_CLAUSES
                && sentence(words.first_clause) - sentence(hit.last_clause) <= SETTLED_SENTENCES
        })
    };
    for fired in fired.iter_mut() {
        let rule = &rules[fired.rule];
        if !matches!(rule.target, Target::Category(_) | Target::Demand(_)) {
            continue;
        }
        for hit in fired.matches.iter_mut().filter(|hit| hit.status == Status::Affirmed && put_right(hit)) {
            hit.status = Status::Settled;
        }
        fired.matches.retain(|hit| rule.status.contains(hit.status));
    }
    fired.retain(|fired| !fired.matches.is_empty());
}
