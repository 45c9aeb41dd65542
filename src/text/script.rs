//! Simplified and Traditional: the character tables, which script a buyer writes, and the way from
//! the library's own Simplified replies to what Taiwan reads.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::taxonomy::Script;

const TO_SIMPLIFIED: &str = include_str!("t2s.txt");
const TO_TRADITIONAL: &str = include_str!("s2t.txt");
const PHRASES: &str = include_str!("s2t_phrases.txt");
const TAIWAN: &str = include_str!("taiwan.txt");

/// The script that has more characters of its own; `None` if nothing tells.
pub(super) fn of_counts(simplified: usize, traditional: usize) -> Option<Script> {
    match simplified.cmp(&traditional) {
        Ordering::Greater => Some(Script::Simplified),
        Ordering::Less => Some(Script::Traditional),
        Ordering::Equal => None,
    }
}

/// One line of a character table.
pub(super) struct CharPair {
    pub from: char,
    pub to: char,
    /// Whether `from` betrays the script it is written in.
    pub telling: bool,
}

/// Traditional characters with their Simplified form.
pub(super) fn to_simplified() -> impl Iterator<Item = CharPair> {
    char_pairs(TO_SIMPLIFIED)
}

/// Simplified characters with their Traditional form.
pub(super) fn to_traditional() -> impl Iterator<Item = CharPair> {
    char_pairs(TO_TRADITIONAL)
}

fn char_pairs(table: &'static str) -> impl Iterator<Item = CharPair> {
    lines(table).filter_map(|line| {
        let mut chars = line.chars();
        Some(CharPair { from: chars.next()?, to: chars.next()?, telling: chars.next().is_none() })
    })
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Rewrites Simplified text as Taiwan writes and words it.
///
/// The longest phrase wins at each place; what no phrase covers goes character by character.
/// Text that is already Traditional comes back as it is, borrowed.
#[must_use]
pub fn to_traditional_taiwan(text: &str) -> Cow<'_, str> {
    let tables = &*TAIWAN_TABLES;
    let mut out = String::new();
    let mut changed = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (taken, written) = match tables.longest_phrase(first, rest) {
            Some((phrase, written)) => (phrase.len(), Cow::Borrowed(written)),
            None => {
                let written = tables.chars.get(&first).copied().unwrap_or(first);
                (first.len_utf8(), Cow::Owned(written.to_string()))
            }
        };
        let (source, tail) = rest.split_at(taken);
        if !changed && *written != *source {
            changed = true;
            out.reserve(text.len());
            out.push_str(&text[..text.len() - rest.len()]);
        }
        if changed {
            out.push_str(&written);
        }
        rest = tail;
    }
    if changed { Cow::Owned(out) } else { Cow::Borrowed(text) }
}

struct TaiwanTables {
    chars: HashMap<char, char>,
    /// Phrases and what to write for them, by their first character, longest first.
    phrases: HashMap<char, Vec<(&'static str, &'static str)>>,
}

impl TaiwanTables {
    fn longest_phrase(&self, first: char, text: &str) -> Option<(&'static str, &'static str)> {
        self.phrases.get(&first)?.iter().copied().find(|(phrase, _)| text.starts_with(phrase))
    }
}

static TAIWAN_TABLES: LazyLock<TaiwanTables> = LazyLock::new(|| {
    let wording = lines(TAIWAN).filter_map(|line| line.split_once(" = "));
    let spelling = lines(PHRASES).filter_map(|line| line.split_once(' '));
    let mut phrases = HashMap::<char, Vec<_>>::new();
    for (phrase, written) in wording.chain(spelling) {
        if let Some(first) = phrase.chars().next() {
            phrases.entry(first).or_default().push((phrase, written));
        }
    }
    for list in phrases.values_mut() {
        // Stable, so that Taiwan's wording goes before plain spelling of the same phrase.
        list.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    TaiwanTables { chars: to_traditional().map(|pair| (pair.from, pair.to)).collect(), phrases }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_unique_and_well_formed() {
        for (name, table) in [("t2s", TO_SIMPLIFIED), ("s2t", TO_TRADITIONAL)] {
            let mut last = '\0';
            for line in lines(table) {
                let chars: Vec<char> = line.chars().collect();
                assert!(matches!(chars[..], [_, _] | [_, _, '=']), "{name}: {line}");
                assert!(chars[0] > last && chars[0] != chars[1], "{name}: {line}");
                assert!(chars[..2].iter().all(|&c| (c as u32) < 0x1_0000), "{name}: {line}");
                last = chars[0];
            }
        }
        for (name, table, by) in [("phrases", PHRASES, " "), ("taiwan", TAIWAN, " = ")] {
            let keys: Vec<&str> =
                lines(table).map(|l| l.split_once(by).unwrap_or_else(|| panic!("{name}: {l}")).0).collect();
            assert!(keys.is_sorted_by(|a, b| a < b), "{name}");
        }
    }

    #[test]
    fn simplifying_twice_is_simplifying_once() {
        let map: HashMap<char, char> = to_simplified().map(|p| (p.from, p.to)).collect();
        for (from, to) in &map {
            assert!(!map.contains_key(to), "{from} → {to} → …");
        }
    }

    #[test]
    fn replies_for_taiwan() {
        for (simplified, taiwan) in [
            ("非常抱歉，头发上的发夹发错了", "非常抱歉，頭髮上的髮夾發錯了"),
            ("一周后给您回复", "一週後給您回覆"),
            ("方便面的面条", "泡麵的麵條"),
            ("只要两只都干净", "只要兩隻都乾淨"),
            ("请在登录后查看短信", "請在登入後查看簡訊"),
            ("快递员说包装里面松了", "快遞員說包裝裡面鬆了"),
            ("退款由客服处理", "退款由客服處理"),
            ("方面条件", "方面條件"),
            ("为什么这么着急", "為什麼這麼著急"),
            ("关于剩余的余额", "關於剩餘的餘額"),
            ("通过支持", "通過支持"),
            ("ABC 123", "ABC 123"),
            ("", ""),
        ] {
            assert_eq!(to_traditional_taiwan(simplified), taiwan);
        }
    }

    #[test]
    fn text_in_traditional_is_borrowed() {
        assert!(matches!(to_traditional_taiwan("您好，退款已處理"), Cow::Borrowed(_)));
    }
}
