//! One fault in a rule file, told to the supervisor who wrote it: code, place, caret, help.
//!
//! A diagnostic is self-contained: it keeps the source line it speaks of, so it can be shown, stored or
//! serialized long after the file is gone. Its [`Display`](fmt::Display) form is in Chinese:
//!
//! ```text
//! 错误[T011]: 没有名为「快底」的概念
//!   --> categories/slow.toml:5:9
//!    |
//!  5 | any = ["{快底}…{没到}"]
//!    |         ^^^^^^
//!    = 帮助: 最接近的名字是「快递」
//! ```

use serde::Serialize;
use std::fmt;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Declares the fault codes with their numbers, so that none is used twice.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)+) => {
        /// What kind of fault it is. Codes are stable; messages may be reworded.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)+];

            /// The stable number, such as `T011`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)+ }
            }
        }
    };
}

codes! {
    /// The file is not valid TOML.
    Syntax = "T001",
    /// A key or table that the rule language does not know.
    UnknownKey = "T002",
    /// A compulsory key is missing.
    MissingKey = "T003",
    /// A value of the wrong type.
    WrongType = "T004",
    /// A value of the right type that makes no sense here.
    BadValue = "T005",
    /// A name defined twice.
    Duplicate = "T006",
    /// A file that cannot be read, or holds no valid UTF-8.
    Unreadable = "T007",
    /// A pattern that cannot be parsed.
    Pattern = "T010",
    /// A concept that nobody defines.
    UnknownConcept = "T011",
    /// Concepts that use each other in a circle.
    ConceptCircle = "T012",
    /// A term that is not in normal form and could never match.
    NotNormal = "T013",
    /// A category, party, demand, stage, risk or status that does not exist.
    UnknownName = "T014",
    /// A pattern that would match everywhere or expands into too many forms.
    TooBroad = "T015",
    /// A sentence in `hits` on which the rule stays silent.
    HitMissed = "T020",
    /// A sentence in `misses` on which the rule fires.
    MissHit = "T021",
    /// A template that cannot be rendered.
    Template = "T030",
    /// A category without what it needs: rule, remedy or template.
    Incomplete = "T031",
}

/// Lines of so many characters are shown whole.
const WHOLE_LINE: usize = 100;
/// Of longer lines, so many characters are shown before the caret, and at most twice as many from it on.
const CONTEXT: usize = 30;

/// A place in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// File name, relative to the rule folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The whole line.
    pub source_line: String,
    /// Characters of the line that the caret underlines, from 0.
    pub marked: Range<usize>,
}

impl Place {
    /// The place of a byte range in a file's text. A range that spans lines is marked to the end of its first.
    pub(crate) fn locate(file: &str, text: &str, at: Range<usize>) -> Self {
        let start = floor_char_boundary(text, at.start);
        let end = floor_char_boundary(text, at.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let source_line = text[line_start..line_end].trim_end_matches('\r');
        let column = text[line_start..start].chars().count();
        let width = text[start..end.min(line_end)].chars().count().max(1);
        Self {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: column + 1,
            source_line: source_line.to_owned(),
            marked: column..column + width,
        }
    }

    /// The line and the caret below it, aligned on a terminal where a Chinese character takes two columns.
    /// Of a long line only what stands around the caret is shown.
    fn underlined(&self) -> (String, String) {
        let length = self.source_line.chars().count();
        let from = if length <= WHOLE_LINE { 0 } else { self.marked.start.saturating_sub(CONTEXT) };
        let until = if length <= WHOLE_LINE { length } else { length.min(self.marked.start + 2 * CONTEXT) };
        let (mut line, mut caret) = (String::new(), String::new());
        if from > 0 {
            line.push_str("... ");
            caret.push_str("    ");
        }
        for (index, c) in self.source_line.chars().enumerate().take(until).skip(from) {
            let shown = if c == '\t' { ' ' } else { c };
            let mark = if self.marked.contains(&index) { '^' } else { ' ' };
            line.push(shown);
            caret.extend(std::iter::repeat_n(mark, shown.width().unwrap_or(0)));
        }
        if until < length {
            line.push_str(" ...");
        }
        if self.marked.start >= length {
            caret.push('^');
        }
        (line, caret.trim_end().to_owned())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A fault in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of fault.
    pub code: Code,
    /// What is wrong, in Chinese.
    pub message: String,
    /// Where; `None` if the fault is of the rule set as a whole.
    pub place: Option<Place>,
    /// How to mend it, in Chinese.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None, help: None }
    }

    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest of the known names as help, if one is near enough to be meant.
    pub(crate) fn nearest<'n>(self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.help(format!("最接近的名字是「{near}」")),
            None => self,
        }
    }
}

impl std::error::Error for Diagnostic {}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "错误[{}]: {}", self.code.as_str(), self.message)?;
        let gutter = self.place.as_ref().map_or(1, |place| place.line.to_string().len()) + 1;
        if let Some(place) = &self.place {
            let (line, caret) = place.underlined();
            write!(f, "\n{:gutter$}--> {place}", "")?;
            write!(f, "\n{:gutter$} |", "")?;
            write!(f, "\n{:>gutter$} | {line}", place.line)?;
            write!(f, "\n{:gutter$} | {caret}", "")?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n{:gutter$} = 帮助: {help}", "")?;
        }
        Ok(())
    }
}

/// The known name most like `name`, if it is like it at all: at least half of the characters in common.
fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caret_stands_under_the_chinese_word() {
        let text = "id = \"x\"\nany = [\"{快底}…{没到}\"]\n";
        let at = text.find("{快底}").unwrap();
        let fault = Diagnostic::new(Code::UnknownConcept, "没有名为「快底」的概念")
            .at(Place::locate("categories/slow.toml", text, at..at + "{快底}".len()))
            .nearest("快底", ["快递", "客服"]);
        assert_eq!(
            fault.to_string(),
            "错误[T011]: 没有名为「快底」的概念\n\
             \x20 --> categories/slow.toml:2:9\n\
             \x20  |\n\
             \x202 | any = [\"{快底}…{没到}\"]\n\
             \x20  |         ^^^^^^\n\
             \x20  = 帮助: 最接近的名字是「快递」"
        );
    }

    #[test]
    fn a_wide_prefix_moves_the_caret_two_columns_a_character() {
        let text = "# 投诉 坏";
        let at = text.find('坏').unwrap();
        let (_, caret) = Place::locate("a.toml", text, at..at + 3).underlined();
        assert_eq!(caret, format!("{}^^", " ".repeat(7)));
    }

    #[test]
    fn of_a_long_line_only_the_surroundings_are_shown() {
        let text = format!("any = [{}{{快底}}{}]", "甲".repeat(200), "乙".repeat(200));
        let at = text.find("{快底}").unwrap();
        let (line, caret) = Place::locate("a.toml", &text, at..at + "{快底}".len()).underlined();
        assert_eq!(line, format!("... {}{{快底}}{} ...", "甲".repeat(30), "乙".repeat(56)));
        assert_eq!(caret, format!("{}^^^^^^", " ".repeat(4 + 60)));
    }

    #[test]
    fn a_place_past_the_end_still_has_a_caret() {
        let (_, caret) = Place::locate("a.toml", "ab", 9..12).underlined();
        assert_eq!(caret, "  ^");
    }

    #[test]
    fn unlike_names_are_not_suggested() {
        assert_eq!(nearest("快递", ["发票", "安装"]), None);
    }

    #[test]
    fn codes_are_unique() {
        let mut seen: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), Code::ALL.len());
    }
}
