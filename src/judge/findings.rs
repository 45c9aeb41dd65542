//! Evidence → findings: weights summed by category, words given to the more telling category, the rest in order.

use super::{Bench, Fired, in_text_order};
use crate::matching::{Match, Runs};
use crate::report::{Evidence, Finding};
use crate::rules::rule::{Signal, Target};
use crate::rules::{Category, Rank, Signs};
use crate::taxonomy::RuleId;

/// So much praise, and so much anger, says all that it can say, in points.
const MOST_PRAISE: f64 = 4.0;
const MOST_ANGER: f64 = 3.0;
/// What is left of the score of a category beside one that outshines it.
const FADED: f64 = 0.5;

/// A category under consideration.
pub(super) struct Considered {
    pub category: usize,
    /// The rules that speak for it, with what is left of their matches.
    fired: Vec<Fired>,
    /// What rules say against it, in points of at most 0.
    against: f64,
    /// What all its rules say, in points.
    said: f64,
    /// What words hint at, in points.
    pub hints: f64,
    /// Whether another has more points, and how much of its evidence it shares with such.
    rank: Rank,
    /// The probability that it is right.
    pub confidence: f64,
}

impl Considered {
    /// All its points.
    pub fn score(&self) -> f64 {
        self.said + self.hints
    }

    /// The share of its evidence that is evidence of one with more points too.
    pub fn shared(&self) -> f64 {
        match self.rank {
            Rank::First => 0.0,
            Rank::Beside { shared } => shared,
        }
    }

    /// The share of its evidence that meets some words.
    fn share_in(&self, words: &Runs) -> f64 {
        let (mut all, mut meeting) = (0_u32, 0_u32);
        for hit in self.matches() {
            all += 1;
            meeting += u32::from(words.meet(hit.characters()));
        }
        if all == 0 { 0.0 } else { f64::from(meeting) / f64::from(all) }
    }

    /// The words that speak for it.
    fn matches(&self) -> impl Iterator<Item = Match> {
        self.fired.iter().flat_map(|fired| fired.matches.iter().copied())
    }
}

/// What a text was found to tell, before anything is decided.
pub(super) struct Weighed {
    /// Every category with evidence, weightiest first.
    pub considered: Vec<Considered>,
    /// Whether the rules alone are enough for some category.
    pub stands: bool,
    /// Praise, as far as the category with the most evidence lets it count.
    pub praise: f64,
    pub anger: f64,
    /// The probability of a complaint.
    pub complaint: f64,
}

/// Weighs all evidence.
pub(super) fn weigh(bench: &Bench<'_>) -> Weighed {
    let mut considered = candidates(bench);
    yield_words(bench, &mut considered);
    let stands = considered.iter().any(|candidate| bench.is_enough(candidate.said));
    fade(bench, &mut considered);
    let calibration = &bench.rules.calibration;
    let praise = praise(bench, &considered);
    let anger = bench.weight(Target::Signal(Signal::Anger)).clamp(0.0, MOST_ANGER);
    let none_right = calibration.none_right(considered.iter().map(|candidate| candidate.said));
    let complaint = calibration.complaint(Signs { none_right, stands, praise, anger, hints: bench.hinted.complaint() });
    rank(&mut considered);
    for candidate in &mut considered {
        candidate.confidence = complaint * calibration.confidence(candidate.score(), candidate.rank);
    }
    order(bench, &mut considered);
    Weighed { considered, stands, praise, anger, complaint }
}

/// The probability of a complaint and the findings, weightiest first, each with the index of its category.
pub(super) fn findings(bench: &Bench<'_>) -> (f64, Vec<(usize, Finding)>) {
    let Weighed { considered, complaint, .. } = weigh(bench);
    let standards = &bench.rules.standards;
    if complaint < standards.complaint {
        return (complaint, Vec::new());
    }
    let speaking = || considered.iter().filter(|candidate| candidate.score() > 0.0);
    let told =
        |candidate: &Considered| finding(bench, candidate.category, candidate.confidence, evidence(bench, candidate));
    let mut reported: Vec<(usize, Finding)> =
        speaking().filter(|candidate| candidate.confidence >= standards.finding).map(told).collect();
    if reported.is_empty() {
        // Of equals the weightiest: the last maximum, counted from behind.
        let likeliest = speaking().rev().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let guess = likeliest.filter(|best| best.confidence >= standards.guess);
        let instead = || catch_all(bench, complaint).or_else(|| likeliest.map(told));
        reported.extend(guess.map(told).or_else(instead));
    }
    (complaint, reported)
}

fn finding(bench: &Bench<'_>, category: usize, confidence: f64, evidence: Vec<Evidence>) -> (usize, Finding) {
    let Category { id, name, .. } = &bench.rules.categories[category];
    (category, Finding { category: id.clone(), name: name.clone(), confidence, evidence })
}

/// The category for what fits no other, on the words that make the text a complaint.
fn catch_all(bench: &Bench<'_>, complaint: f64) -> Option<(usize, Finding)> {
    let categories = &bench.rules.categories;
    let category = categories.iter().position(|category| category.only_alone)?;
    let evidence = hints(bench, category, categories.len());
    let confidence = complaint * bench.rules.calibration.confidence(0.0, Rank::First);
    (!evidence.is_empty()).then(|| finding(bench, category, confidence, evidence))
}

/// The words behind a candidate: those that rules name, and where these are not enough, those that hint at it.
fn evidence(bench: &Bench<'_>, candidate: &Considered) -> Vec<Evidence> {
    let mut evidence = bench.evidence(candidate.fired.iter());
    if !bench.is_enough(candidate.said) {
        evidence.extend(hints(bench, candidate.category, candidate.category));
        in_text_order(&mut evidence);
    }
    evidence
}

/// The words that hint most at a target of hints, as evidence of a category.
fn hints(bench: &Bench<'_>, category: usize, target: usize) -> Vec<Evidence> {
    let rule = RuleId::from(format!("{}/hints", bench.rules.categories[category].id));
    let telling = bench.hinted.telling(&bench.rules.hints, target);
    telling.iter().map(|cue| Evidence { span: bench.source(cue.start, cue.end), rule: rule.clone() }).collect()
}

fn candidates(bench: &Bench<'_>) -> Vec<Considered> {
    let mut by_category: Vec<Vec<Fired>> = vec![Vec::new(); bench.rules.categories.len()];
    for fired in bench.fired {
        if let Target::Category(category) = bench.rules.rules[fired.rule].target {
            by_category[category].push(fired.clone());
        }
    }
    let mut candidates = Vec::new();
    for (category, fired) in by_category.into_iter().enumerate() {
        let hints = bench.hinted.category(category);
        if !fired.is_empty() || hints > 0.0 {
            let (fired, refuting): (Vec<Fired>, Vec<Fired>) =
                fired.into_iter().partition(|fired| bench.rules.rules[fired.rule].weight > 0.0);
            let against = points(bench, &refuting);
            let said = against + points(bench, &fired);
            candidates.push(Considered { category, fired, against, said, hints, rank: Rank::First, confidence: 0.0 });
        }
    }
    candidates
}

/// What some rules say.
fn points(bench: &Bench<'_>, fired: &[Fired]) -> f64 {
    fired.iter().map(|fired| bench.rules.rules[fired.rule].weight).sum()
}

/// Words that are evidence of a category with enough points, to which a candidate yields, are evidence of that one alone.
fn yield_words(bench: &Bench<'_>, candidates: &mut Vec<Considered>) {
    let enough: Vec<(usize, Vec<Match>)> = candidates
        .iter()
        .filter(|candidate| bench.is_enough(candidate.score()))
        .map(|candidate| (candidate.category, candidate.matches().collect()))
        .collect();
    for candidate in candidates.iter_mut() {
        let yields_to = &bench.rules.categories[candidate.category].yields_to;
        let others = enough.iter().filter(|(category, _)| yields_to.contains(category));
        let taken = Runs::of(others.flat_map(|(_, matches)| matches).copied().map(Match::characters));
        if taken.is_empty() {
            continue;
        }
        for fired in &mut candidate.fired {
            fired.matches.retain(|hit| !taken.meet(hit.characters()));
        }
        candidate.fired.retain(|fired| !fired.matches.is_empty());
        candidate.said = candidate.against + points(bench, &candidate.fired);
    }
    candidates.retain(|candidate| !candidate.fired.is_empty() || candidate.hints > 0.0);
}

/// Ranks the candidates by their points.
fn rank(considered: &mut [Considered]) {
    considered.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let mut stronger: Vec<(u32, u32)> = Vec::new();
    let mut tied = considered.chunk_by_mut(|a, b| a.score().total_cmp(&b.score()).is_eq());
    let first = tied.next().into_iter().flatten();
    stronger.extend(first.flat_map(|candidate| candidate.matches()).map(Match::characters));
    for tied in tied {
        let words = Runs::of(stronger.iter().copied());
        for candidate in tied.iter_mut() {
            candidate.rank = Rank::Beside { shared: candidate.share_in(&words) };
        }
        stronger.extend(tied.iter().flat_map(Considered::matches).map(Match::characters));
    }
}

/// What the buyer's praise says against a complaint: the category with the most evidence tells how much of it counts.
fn praise(bench: &Bench<'_>, considered: &[Considered]) -> f64 {
    let proving = considered.iter().filter(|candidate| candidate.score() > 0.0);
    let proof = Runs::of(proving.flat_map(Considered::matches).map(Match::characters));
    // Words that prove a trouble are no praise: 客服真棒，三天不回.
    let meant = |fired: &Fired| fired.matches.iter().any(|hit| !proof.meet(hit.characters()));
    let firings = bench.firing(Target::Signal(Signal::Praise)).filter(|(fired, weight)| *weight < 0.0 || meant(fired));
    let praise = firings.fold(0.0, |sum, (_, weight)| sum + weight).clamp(0.0, MOST_PRAISE);
    let strongest = considered.iter().max_by(|a, b| a.score().total_cmp(&b.score()));
    praise * strongest.map_or(1.0, |strongest| bench.rules.categories[strongest.category].damped_by_praise)
}

/// The weightiest first: the grave, the certain and what is told first.
fn order(bench: &Bench<'_>, considered: &mut Vec<Considered>) {
    let standards = &bench.rules.standards;
    let weight = |candidate: &Considered| {
        let hinting = || bench.hinted.telling(&bench.rules.hints, candidate.category).first().map(|cue| cue.start);
        let first = candidate.matches().map(|hit| hit.start).min().or_else(hinting).unwrap_or(0);
        let lateness = f64::from(first) / bench.text.len().max(1) as f64;
        bench.rules.categories[candidate.category].gravity
            + standards.confidence * bench.rules.calibration.confidence(candidate.score(), Rank::First)
            - standards.earliness * lateness
    };
    let mut weighed: Vec<(f64, Considered)> =
        considered.drain(..).map(|candidate| (weight(&candidate), candidate)).collect();
    weighed.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.category.cmp(&other.category)));
    considered.extend(weighed.into_iter().map(|(_, candidate)| candidate));
}

/// Takes points from categories that mean little beside one with enough points.
fn fade(bench: &Bench<'_>, candidates: &mut [Considered]) {
    let enough: Vec<usize> = candidates
        .iter()
        .filter(|candidate| bench.is_enough(candidate.score()))
        .map(|candidate| candidate.category)
        .collect();
    let categories = &bench.rules.categories;
    let covered = enough.iter().any(|category| !categories[*category].only_alone);
    for candidate in candidates {
        let category = &categories[candidate.category];
        if covered && category.only_alone {
            candidate.said = candidate.said.min(0.0);
            candidate.hints = 0.0;
        } else if candidate.score() > 0.0 && category.fades_beside.iter().any(|other| enough.contains(other)) {
            candidate.said *= FADED;
            candidate.hints *= FADED;
        }
    }
}
