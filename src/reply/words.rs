//! The buyer's own words for a trouble, where they make a short phrase that is safe to repeat.

use crate::report::Finding;
use crate::rules::slots::MOST_WORDS;
use crate::rules::taboo::Taboo;
use crate::taxonomy::Script;

/// Fewer characters than this say too little to be worth quoting.
const LEAST_WORDS: usize = 5;
/// A run of so many letters or digits is a number that belongs to somebody, or no Chinese.
const LONGEST_RUN: usize = 4;

/// Between these marks a buyer's clause stands whole; next to anything else (a masked word, an emoji) something may be
/// missing from it.
const MARKS: &str = "，。！？；：,.!?;~～…—\n\r\t 　“”\"「」『』、";

/// The longest clause that proves the finding and may be repeated, in quotation marks; the first of several.
pub(super) fn quoted(text: &str, finding: &Finding, taboo: &Taboo, script: Script) -> Option<String> {
    let clauses = finding.evidence.iter().filter_map(|proof| clause(text, proof.span.end));
    let fit = clauses.filter(|clause| repeatable(clause));
    let words = fit.rev().max_by_key(|clause| clause.len()).filter(|clause| taboo.allows(clause))?;
    Some(match script {
        Script::Traditional => format!("「{words}」"),
        _ => format!("“{words}”"),
    })
}

/// The whole clause that evidence ends in, if it stands between plain marks. One that is too long to be repeated is not
/// read to its edges.
fn clause(text: &str, end: usize) -> Option<&str> {
    let (before, after) = text.split_at_checked(end)?;
    let inside = |c: &char| c.is_alphanumeric();
    let back: usize = before.chars().rev().take(MOST_WORDS + 1).take_while(inside).map(char::len_utf8).sum();
    let on: usize = after.chars().take(MOST_WORDS + 1).take_while(inside).map(char::len_utf8).sum();
    let (from, to) = (end - back, end + on);
    let plain = |c: Option<char>| c.is_none_or(|c| MARKS.contains(c));
    let plain = plain(text[..from].chars().next_back()) && plain(text[to..].chars().next());
    plain.then(|| &text[from..to])
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
        clause(text, text.find(words).unwrap() + words.len())
    }

    #[test]
    fn clauses_are_whole() {
        assert_eq!(around("快递走了八天，打开水果全烂了！", "水果全烂"), Some("打开水果全烂了"));
        assert_eq!(around("水果全烂了", "水果全烂了"), Some("水果全烂了"));
        assert_eq!(around("前天买的，今天就降了八十，退差价", "前天买的，今天就降"), Some("今天就降了八十"));
        assert_eq!(around("买的*第二天变成*，没人管", "第二天变"), None, "something is masked");
        assert_eq!(around("收到👎烂了", "烂了"), None);
    }

    #[test]
    fn only_short_plain_clauses_are_repeated() {
        assert!(repeatable("打开水果全烂了") && repeatable("等了15天还没到"));
        for clause in ["全烂了", "单号12345678还没到", "打开水果全烂了还流了一地的黄水"] {
            assert!(!repeatable(clause), "{clause}");
        }
    }
}
