//! Every string that the rules look for, written out from the rule files.
//!
//! The library does not tell its strings, so the patterns are read here once more, in the simplest way that gives the
//! same words: `(甲|乙|)丙` is multiplied out, `{概念}` and `…` part words, `^` and `$` do nothing. Where multiplying
//! yields too many forms, alternatives of single words stay words of their own, as in the library.

use super::rule_files::{rows, strings};
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;
use toml::Table;

/// So many forms of a term, and of a rule's pattern, are multiplied out in full; see `src/rules/pattern.rs`.
const TERM_FORMS: usize = 256;
const PATTERN_FORMS: usize = 3;

/// Parts the words of a form.
const BREAK: char = '\n';

/// Those of the built-in rules, misspellings among them; in ascending order, each once.
pub fn lexicon() -> BTreeSet<String> {
    let mut words = words(&rows("concept"), &rows("rule"));
    words.extend(rows("spelling").iter().flat_map(|row| strings(row, "variants")).map(str::to_owned));
    words
}

/// Those of some concepts and rules.
pub fn words(concepts: &[Table], rules: &[Table]) -> BTreeSet<String> {
    let terms = concepts.iter().flat_map(|row| strings(row, "terms").chain(strings(row, "except")));
    let keys = ["any", "all", "none", "unless"];
    let patterns = rules.iter().flat_map(|row| keys.into_iter().flat_map(|key| strings(row, key)));
    let terms = terms.flat_map(|term| expand(term, TERM_FORMS));
    terms.chain(patterns.flat_map(|pattern| expand(pattern, PATTERN_FORMS))).collect()
}

enum Node {
    Word(String),
    /// A placeholder or a gap.
    Break,
    /// The start or end of a clause.
    Anchor,
    Choice(Vec<Vec<Node>>),
}

/// The words of a term or pattern.
fn expand(pattern: &str, most: usize) -> BTreeSet<String> {
    let nodes = sequence(&mut pattern.chars().peekable());
    let fold = count(&nodes) > most;
    let forms = forms(&nodes, fold);
    forms.iter().flat_map(|form| form.split(BREAK)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Reads up to the end of the pattern, or to the `|` or `)` that ends a branch.
fn sequence(chars: &mut Peekable<Chars<'_>>) -> Vec<Node> {
    let mut nodes = Vec::new();
    while let Some(c) = chars.next_if(|c| !matches!(c, '|' | ')')) {
        match c {
            '(' => nodes.push(Node::Choice(branches(chars))),
            '{' => {
                chars.by_ref().find(|c| *c == '}');
                nodes.push(Node::Break);
            }
            '…' => {
                while chars.next_if(|c| *c == '…' || c.is_ascii_digit()).is_some() {}
                nodes.push(Node::Break);
            }
            '^' | '$' => nodes.push(Node::Anchor),
            _ => match nodes.last_mut() {
                Some(Node::Word(word)) => word.push(c),
                _ => nodes.push(Node::Word(c.to_string())),
            },
        }
    }
    nodes
}

fn branches(chars: &mut Peekable<Chars<'_>>) -> Vec<Vec<Node>> {
    let mut branches = vec![sequence(chars)];
    while chars.next() == Some('|') {
        branches.push(sequence(chars));
    }
    branches
}

/// How many forms the nodes have when multiplied out.
fn count(nodes: &[Node]) -> usize {
    let each = nodes.iter().map(|node| match node {
        Node::Choice(branches) => branches.iter().map(|branch| count(branch)).sum(),
        _ => 1,
    });
    each.fold(1, usize::saturating_mul)
}

fn forms(nodes: &[Node], fold: bool) -> Vec<String> {
    let mut forms = vec![String::new()];
    for node in nodes {
        let ends = match node {
            Node::Word(word) => vec![word.clone()],
            Node::Break => vec![BREAK.to_string()],
            Node::Anchor => continue,
            Node::Choice(branches) => choice(branches, fold),
        };
        forms = forms.iter().flat_map(|form| ends.iter().map(move |end| format!("{form}{end}"))).collect();
    }
    forms
}

fn choice(branches: &[Vec<Node>], fold: bool) -> Vec<String> {
    let single = |branch: &&Vec<Node>| matches!(branch.as_slice(), [Node::Word(_) | Node::Break]);
    let (singles, mut rest): (Vec<_>, Vec<_>) = branches.iter().partition(single);
    let mut ends = Vec::new();
    if fold && singles.len() > 1 {
        let words = singles.iter().flat_map(|branch| forms(branch, fold));
        ends.push(words.fold(BREAK.to_string(), |all, word| format!("{all}{word}{BREAK}")));
    } else {
        rest = branches.iter().collect();
    }
    ends.extend(rest.into_iter().flat_map(|branch| forms(branch, fold)));
    ends
}
