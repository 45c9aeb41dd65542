//! The buyer's own words for a trouble, where they make a short phrase that is safe to repeat.

use crate::report::Finding;
use crate::rules::slots::MOST_WORDS;
use crate::rules::taboo::Taboo;
use crate::taxonomy::Script;

/// Fewer characters than this say too little to be worth quoting.
const LEAST_WORDS: usize = 4;
/// A run of so many letters or digits is a number that belongs to somebody, or no Chinese.
const LONGEST_RUN: usize = 4;

/// Between these marks a buyer's clause stands whole; next to anything else (a masked word, an emoji) something may be
/// missing from it.
const MARKS: &str = "，。！？；：,.!?;~～…—\n\r\t 　“”\"「」『』、";

/// The first clause that proves the finding and may be repeated, in quotation marks.
pub(super) fn quoted(text: &str, finding: &Finding, taboo: &Taboo, script: Script) -> Option<String> {
    let clauses = finding.evidence.iter().filter_map(|proof| clause(text, proof.span.start, proof.span.end));
    let words = clauses.into_iter().find(|clause| repeatable(clause) && taboo.allows(clause))?;
    Some(match script {
        Script::Traditional => format!("「{words}」"),
        _ => format!("“{words}”"),
    })
}

/// The whole clause around some bytes, if it has whole marks at both ends.
fn clause(text: &str, start: usize, end: usize) -> Option<&str> {
    let (before, rest) = text.split_at_checked(start)?;
    let (_, after) = text.split_at_checked(end)?;
    let word = |c: char| c.is_alphanumeric();
    let from = before.rfind(|c| !word(c)).map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let to = after.find(|c| !word(c)).map_or(text.len(), |at| end + at);
    let whole = |c: Option<char>| c.is_none_or(|c| MARKS.contains(c));
    let whole = whole(before[..from].chars().next_back()) && whole(text[to..].chars().next());
    let clause = &text[from..to];
    (whole && !rest.is_empty() && clause.chars().all(word)).then_some(clause)
}

/// Whether a clause reads well inside another sentence and gives nothing away.
fn repeatable(clause: &str) -> bool {
    let length = clause.chars().count();
    let mut run = 0;
    let mut longest = 0;
    for c in clause.chars() {
        run = if c.is_ascii_alphanumeric() { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    (LEAST_WORDS..=MOST_WORDS).contains(&length) && longest < LONGEST_RUN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'t>(text: &'t str, words: &str) -> Option<&'t str> {
        let start = text.find(words).unwrap();
        clause(text, start, start + words.len())
    }

    #[test]
    fn clauses_are_whole() {
        assert_eq!(around("快递走了八天，打开水果全烂了！", "水果全烂"), Some("打开水果全烂了"));
        assert_eq!(around("水果全烂了", "水果全烂了"), Some("水果全烂了"));
        assert_eq!(around("买的*第二天变成*，没人管", "第二天变"), None, "something is masked");
        assert_eq!(around("烂了，不新鲜，扔了", "烂了，不新鲜"), None, "two clauses");
        assert_eq!(around("收到👎烂了", "烂了"), None);
    }

    #[test]
    fn only_short_plain_clauses_are_repeated() {
        assert!(repeatable("打开水果全烂了") && repeatable("等了15天还没到"));
        for clause in ["烂了", "单号12345678还没到", "打开水果全烂了还流了一地的黄水"] {
            assert!(!repeatable(clause), "{clause}");
        }
    }
}
