//! Evidence → findings: weights summed by category, words given to the more telling category, the rest in order.

use super::{Bench, Fired};
use crate::matching::{Match, Runs};
use crate::report::Finding;
use crate::rules::rule::{Signal, Target};

/// The most that praise can take from a score, before the category's own share of it.
const MOST_PRAISE: f64 = 4.0;
/// What is left of the score of a category beside one that outshines it.
const FADED: f64 = 0.5;
/// What is told at the very end of a text weighs so much less than what is told first, in points of gravity.
const EARLINESS: f64 = 3.0;

/// A category under consideration.
pub(super) struct Considered {
    pub category: usize,
    /// The rules that fired for it, with what is left of their matches.
    fired: Vec<Fired>,
    pub score: f64,
}

/// Every category with evidence, weightiest first.
pub(super) fn considered(bench: &Bench<'_>) -> Vec<Considered> {
    let mut candidates = candidates(bench);
    yield_words(bench, &mut candidates);
    damp(bench, &mut candidates);
    fade(bench, &mut candidates);
    let weight = |candidate: &Considered| {
        let first = candidate.fired.iter().flat_map(|fired| &fired.matches).map(|hit| hit.start).min().unwrap_or(0);
        let lateness = f64::from(first) / bench.text.len().max(1) as f64;
        bench.rules.categories[candidate.category].gravity - EARLINESS * lateness
    };
    candidates.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.category.cmp(&b.category)));
    candidates
}

/// The probability of a complaint and the findings, weightiest first, each with the index of its category.
pub(super) fn findings(bench: &Bench<'_>) -> (f64, Vec<(usize, Finding)>) {
    let calibration = &bench.rules.calibration;
    let considered = considered(bench);
    let likeliest = considered.iter().map(|candidate| calibration.confidence(candidate.score)).fold(0.0, f64::max);
    let finding = |candidate: &Considered| {
        let category = &bench.rules.categories[candidate.category];
        let confidence = calibration.confidence(candidate.score);
        let finding = Finding {
            category: category.id.clone(),
            name: category.name.clone(),
            confidence,
            evidence: bench.evidence(candidate.fired.iter()),
        };
        calibration.passes(candidate.score).then_some((candidate.category, finding))
    };
    (likeliest, considered.iter().filter_map(finding).collect())
}

fn candidates(bench: &Bench<'_>) -> Vec<Considered> {
    let mut by_category: Vec<Vec<Fired>> = vec![Vec::new(); bench.rules.categories.len()];
    for fired in bench.fired {
        if let Target::Category(category) = bench.rules.rules[fired.rule].target {
            by_category[category].push(fired.clone());
        }
    }
    let mut candidates = Vec::new();
    for (category, fired) in by_category.into_iter().enumerate().filter(|(_, fired)| !fired.is_empty()) {
        let score = score(bench, &fired);
        candidates.push(Considered { category, fired, score });
    }
    candidates
}

fn score(bench: &Bench<'_>, fired: &[Fired]) -> f64 {
    fired.iter().map(|fired| bench.rules.rules[fired.rule].weight).sum()
}

/// Words that are evidence of a standing category a candidate yields to are evidence of that one alone.
fn yield_words(bench: &Bench<'_>, candidates: &mut Vec<Considered>) {
    let calibration = &bench.rules.calibration;
    let standing: Vec<(usize, Vec<Match>)> = candidates
        .iter()
        .filter(|candidate| calibration.passes(candidate.score))
        .map(|candidate| {
            (candidate.category, candidate.fired.iter().flat_map(|fired| fired.matches.iter().copied()).collect())
        })
        .collect();
    for candidate in candidates.iter_mut() {
        let yields_to = &bench.rules.categories[candidate.category].yields_to;
        let others = standing.iter().filter(|(category, _)| yields_to.contains(category));
        let mut taken: Vec<Match> = others.flat_map(|(_, matches)| matches.iter().copied()).collect();
        taken.sort_unstable();
        let taken = Runs::of_sorted(taken.into_iter().map(Match::characters));
        if taken.is_empty() {
            continue;
        }
        for fired in &mut candidate.fired {
            fired.matches.retain(|hit| !taken.meet(hit.characters()));
        }
        candidate.fired.retain(|fired| !fired.matches.is_empty());
        candidate.score = score(bench, &candidate.fired);
    }
    candidates.retain(|candidate| !candidate.fired.is_empty());
}

fn damp(bench: &Bench<'_>, candidates: &mut [Considered]) {
    let praise = bench.weight(Target::Signal(Signal::Praise)).clamp(0.0, MOST_PRAISE);
    for candidate in candidates {
        candidate.score -= praise * bench.rules.categories[candidate.category].damped_by_praise;
    }
}

fn fade(bench: &Bench<'_>, candidates: &mut [Considered]) {
    let calibration = &bench.rules.calibration;
    let standing: Vec<usize> = candidates
        .iter()
        .filter(|candidate| calibration.passes(candidate.score))
        .map(|candidate| candidate.category)
        .collect();
    let categories = &bench.rules.categories;
    let covered = standing.iter().any(|category| !categories[*category].only_alone);
    for candidate in candidates {
        let category = &categories[candidate.category];
        if covered && category.only_alone {
            candidate.score = candidate.score.min(0.0);
        } else if candidate.score > 0.0 && category.fades_beside.iter().any(|other| standing.contains(other)) {
            candidate.score *= FADED;
        }
    }
}
