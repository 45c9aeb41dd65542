//! Where clauses end, and what is quoted.

use std::ops::Range;

/// A stretch of text that says one thing, without the punctuation around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The normalised characters of the clause; never empty.
    pub range: Range<usize>,
    /// Which sentence it belongs to, from 0.
    pub sentence: u32,
}

/// What a mark parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parts {
    /// Clauses of one sentence.
    Clauses,
    Sentences,
}

/// Whether `c` is a Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '々' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether `c` is an emoji or a pictogram.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{2300}'..='\u{23FF}')
}

/// Cuts normalised text into clauses.
pub(super) fn clauses(chars: &[char]) -> Vec<Clause> {
    let mut cutter = Cutter { clauses: Vec::new(), start: 0, sentence: 0, sentence_over: false };
    let mut at = 0;
    while at < chars.len() {
        if is_emoji(chars[at]) {
            let run = chars[at..].iter().take_while(|&&c| is_emoji(c)).count();
            cutter.close(at, Parts::Clauses);
            cutter.start = at;
            cutter.close(at + run, Parts::Clauses);
            at += run;
            cutter.start = at;
        } else if let Some(parts) = parts_at(chars, at) {
            cutter.close(at, parts);
            at += 1;
            cutter.start = at;
        } else {
            at += 1;
        }
    }
    cutter.close(chars.len(), Parts::Clauses);
    cutter.clauses
}

struct Cutter {
    clauses: Vec<Clause>,
    start: usize,
    sentence: u32,
    sentence_over: bool,
}

impl Cutter {
    /// Ends the open clause before `at`. Where none is open, the mark belongs to the clause before.
    fn close(&mut self, at: usize, parts: Parts) {
        if self.start < at {
            self.sentence += u32::from(std::mem::take(&mut self.sentence_over));
            self.clauses.push(Clause { range: self.start..at, sentence: self.sentence });
        }
        self.sentence_over |= parts == Parts::Sentences && !self.clauses.is_empty();
    }
}

/// What is parted at `at`, if anything.
fn parts_at(chars: &[char], at: usize) -> Option<Parts> {
    let before = at.checked_sub(1).map_or('\0', |i| chars[i]);
    let after = chars.get(at + 1).copied().unwrap_or('\0');
    let inside_number = before.is_ascii_digit() && after.is_ascii_digit();
    Some(match chars[at] {
        ',' | '~' if !inside_number => Parts::Clauses,
        ':' if !inside_number && after != '/' => Parts::Clauses,
        '—' | '\t' => Parts::Clauses,
        // Next to Chinese, or beside another mark, a space parts; between Latin words it does not.
        ' ' if !(before.is_ascii_graphic() && after.is_ascii_graphic()) => Parts::Clauses,
        '.' if !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()) => Parts::Sentences,
        ';' | '。' | '!' | '?' | '…' | '\n' => Parts::Sentences,
        _ => return None,
    })
}

/// What stands between a pair of quotation marks, at most so many characters of it.
/// Past that the second mark is far more likely to open a quotation of its own.
const LONGEST_QUOTATION: usize = 60;

/// Finds quotations; of nested ones the innermost.
pub(super) fn quotations(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut curly = None;
    let mut straight = None;
    let mut close = |open: &mut Option<usize>, at: usize| {
        let start = open.take().filter(|&start| start < at && at - start <= LONGEST_QUOTATION)?;
        found.push(start..at);
        Some(())
    };
    for (at, c) in chars.iter().enumerate() {
        match c {
            '“' => curly = Some(at + 1),
            '”' => {
                close(&mut curly, at);
            }
            '"' if close(&mut straight, at).is_none() => straight = Some(at + 1),
            '\n' => (curly, straight) = (None, None),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, u32)> {
        let chars: Vec<char> = text.chars().collect();
        clauses(&chars).into_iter().map(|c| (chars[c.range].iter().collect(), c.sentence)).collect()
    }

    #[test]
    fn each_mark_parts_clauses_or_sentences() {
        for (marks, sentence) in [(",:\t ~—👎", 0), (";。.!?…\n", 1)] {
            for mark in marks.chars() {
                let clauses = cut(&format!("快递慢{mark}东西坏"));
                assert_eq!(clauses[0], ("快递慢".into(), 0), "{mark}");
                assert_eq!(clauses.last(), Some(&("东西坏".into(), sentence)), "{mark}");
            }
        }
    }

    #[test]
    fn marks_that_end_nothing() {
        for text in [
            "电池5.1版",
            "价格1,299元",
            "下午12:30到",
            "see http://a.cn/b",
            "苹果、梨、桃",
            "他说“退款”不行",
            "iphone pro max",
            "a.b",
            "1~2天",
        ] {
            assert_eq!(cut(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn emoji_runs_stand_alone() {
        assert_eq!(cut("真差👎💩算了"), [("真差".into(), 0), ("👎💩".into(), 0), ("算了".into(), 0)]);
    }

    #[test]
    fn the_strongest_of_several_marks_counts() {
        assert_eq!(cut("…?是坏的,?好,。的 !"), [("是坏的".into(), 0), ("好".into(), 1), ("的".into(), 2)]);
        assert!(cut("。!? \n").is_empty() && cut("").is_empty());
    }

    #[test]
    fn quotations_are_found_in_pairs() {
        let quoted = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            quotations(&chars).into_iter().map(|r| chars[r].iter().collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(quoted("他说“不退”还说\"滚\"吗"), ["不退", "滚"]);
        assert_eq!(quoted("“外“内”外”"), ["内"]);
        assert_eq!(quoted("5\"屏\"的\"手\"机\""), ["屏", "手"]);
        assert!(quoted("“”\"\"没”有“").is_empty());
        assert!(quoted("\"一行\n一行\"").is_empty());
        let long = format!("“{}”", "长".repeat(LONGEST_QUOTATION + 1));
        assert!(quoted(&long).is_empty());
    }
}
