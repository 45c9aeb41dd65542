//! Which rules fire on a text, and on which words.

use crate::matching::{Match, Matching, Runs};
use crate::rules::rule::{Signal, Target};
use crate::rules::{Owner, Rule, SequenceId};
use crate::taxonomy::Status;
use crate::text::Text;

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
pub(crate) fn fired(rules: &[Rule], matching: &mut Matching<'_>) -> Vec<Fired> {
    let mut found: Vec<(u32, Match)> = Vec::new();
    let mut matches = Vec::new();
    matching.each_worth_trying(|matching, id, place| {
        let Owner::Rule(index) = matching.matcher.sequences[id as usize].owner else { return };
        // A settled trouble is first seen as affirmed.
        let mut wanted = rules[index as usize].status;
        if wanted.contains(Status::Settled) {
            wanted.insert(Status::Affirmed);
        }
        matching.find(id, place, wanted, &mut matches);
        found.extend(matches.drain(..).map(|hit| (index, hit)));
    });
    found.sort_unstable();
    let mut found: Vec<Fired> = found
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| Fired { rule: group[0].0 as usize, matches: group.iter().map(|(_, hit)| *hit).collect() })
        .collect();
    found.retain(|fired| is_permitted(&rules[fired.rule], matching));
    for fired in &mut found {
        block(&rules[fired.rule], &mut fired.matches, matching);
    }
    found.retain(|fired| !fired.matches.is_empty());
    settle(rules, matching, &mut found);
    found
}

/// Whether the rest of the text lets a rule stand.
fn is_permitted(rule: &Rule, matching: &mut Matching<'_>) -> bool {
    let mut present =
        |pattern: &Vec<SequenceId>| matching.find_anywhere(pattern).iter().any(|hit| hit.status != Status::Negated);
    rule.all.iter().all(&mut present) && matching.find_anywhere(&rule.unless).is_empty()
}

/// Takes out the matches with something in their clauses that speaks against them, and joins overlapping ones to the first.
fn block(rule: &Rule, matches: &mut Vec<Match>, matching: &mut Matching<'_>) {
    let blocks = matching.find_beside(&rule.none, matches);
    let blocked = Runs::of(blocks.into_iter().map(Match::clauses));
    matches.retain(|hit| !blocked.meet(hit.clauses()));
    matches.dedup_by(|hit, last| {
        let joined = last.overlaps(*hit);
        if joined {
            last.end = last.end.max(hit.end);
            last.last_clause = last.last_clause.max(hit.last_clause);
        }
        joined
    });
}

/// A trouble is settled when words close behind it say that it was put right; what is told further off, or after them,
/// is not. A rule that asks for settled troubles gets just those; one that asks for both gets all.
fn settle(rules: &[Rule], matching: &Matching<'_>, fired: &mut Vec<Fired>) {
    let settlements = Settlements::among(rules, fired);
    for fired in fired.iter_mut() {
        let rule = &rules[fired.rule];
        if !rule.target.can_be_settled() {
            continue;
        }
        for hit in fired.matches.iter_mut().filter(|hit| hit.status == Status::Affirmed) {
            if settlements.put_right(hit.end, hit.last_clause, matching.text) {
                hit.status = Status::Settled;
            }
        }
        fired.matches.retain(|hit| rule.status.contains(hit.status));
    }
    fired.retain(|fired| !fired.matches.is_empty());
}

/// Words that say that something was put right.
pub(super) struct Settlements {
    /// In text order.
    words: Vec<Match>,
    /// All that they cover.
    told: Runs,
}

impl Settlements {
    pub fn among(rules: &[Rule], fired: &[Fired]) -> Self {
        let settling = fired.iter().filter(|fired| rules[fired.rule].target == Target::Signal(Signal::Settled));
        let mut words: Vec<Match> = settling.flat_map(|fired| fired.matches.iter().copied()).collect();
        words.sort_unstable();
        let told = Runs::of(words.iter().copied().map(Match::characters));
        Self { words, told }
    }

    /// Whether a place is part of what says so.
    pub fn tell_of(&self, start: u32, end: u32) -> bool {
        self.told.meet((start, end))
    }

    /// Whether what ends there, in this clause, was put right.
    pub fn put_right(&self, end: u32, clause: u32, text: &Text) -> bool {
        let sentence = |clause: u32| text.clauses()[clause as usize].sentence;
        let next = self.words.partition_point(|words| words.start < end);
        self.words.get(next).is_some_and(|words| {
            words.first_clause - clause <= SETTLED_CLAUSES
                && sentence(words.first_clause) - sentence(clause) <= SETTLED_SENTENCES
        })
    }
}
