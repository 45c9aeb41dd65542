//! The little language of texts: `{{ slot }}`, `{{ slot or '…' }}` and `{% if %}…{% elif %}…{% else %}…{% endif %}`
//! with `and`, `or`, `not` and parentheses.

use super::{Piece, SlotId, Test};
use std::ops::Range;

/// Conditions inside conditions beyond this depth nobody could read; it also bounds the recursion.
const DEEPEST: usize = 8;

/// What is wrong with a text, and which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub at: Range<usize>,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Not the language at all; what was wanted instead.
    Syntax(&'static str),
    /// A slot of that name does not exist.
    UnknownSlot(String),
}

/// Reads a text; `slot` tells the number of a slot by its name.
pub(super) fn parse(text: &str, slot: &dyn Fn(&str) -> Option<SlotId>) -> Result<Vec<Piece>, Broken> {
    let mut parser = Parser { text, at: 0, slot };
    let (pieces, end) = parser.block(0)?;
    match end {
        None => Ok(pieces),
        Some(end) => Err(syntax(end.at, "多了一个没有开头的标签，前面要有 {% if … %}")),
    }
}

fn syntax(at: Range<usize>, wanted: &'static str) -> Broken {
    Broken { at, what: What::Syntax(wanted) }
}

/// A tag that ends a block: `elif`, `else` or `endif`.
struct End<'t> {
    word: &'t str,
    /// The condition of an `elif`.
    rest: Range<usize>,
    at: Range<usize>,
}

struct Parser<'t, 's> {
    text: &'t str,
    at: usize,
    slot: &'s dyn Fn(&str) -> Option<SlotId>,
}

impl<'t> Parser<'t, '_> {
    /// Pieces up to the end of the text or a tag that ends the block.
    fn block(&mut self, depth: usize) -> Result<(Vec<Piece>, Option<End<'t>>), Broken> {
        let mut pieces = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            let open = match (rest.find("{{"), rest.find("{%")) {
                (Some(print), Some(tag)) => print.min(tag),
                (Some(found), None) | (None, Some(found)) => found,
                (None, None) => {
                    push_text(&mut pieces, rest);
                    self.at = self.text.len();
                    return Ok((pieces, None));
                }
            };
            push_text(&mut pieces, &rest[..open]);
            let start = self.at + open;
            let prints = self.text[start..].starts_with("{{");
            let inner = self.inside(start, if prints { "}}" } else { "%}" })?;
            if prints {
                pieces.push(self.print(inner)?);
                continue;
            }
            let mut words = Words::new(self.text, inner.clone());
            let word = words.next().unwrap_or_default();
            match word {
                "if" if depth == DEEPEST => return Err(syntax(inner, "条件套得太深")),
                "if" => pieces.push(self.condition(words.rest(), start..self.at, depth + 1)?),
                "elif" | "else" | "endif" => {
                    let at = start..self.at;
                    if word != "elif" && words.next().is_some() {
                        return Err(syntax(at, "这个标签后面不能再写别的"));
                    }
                    let rest = if word == "elif" { words.rest() } else { inner };
                    return Ok((pieces, Some(End { word, rest, at })));
                }
                _ => return Err(syntax(inner, "标签只有 if、elif、else、endif")),
            }
        }
    }

    /// The bytes between an opening at `start` and its closing; reading goes on behind it.
    fn inside(&mut self, start: usize, close: &str) -> Result<Range<usize>, Broken> {
        let from = start + 2;
        let Some(length) = self.text[from..].find(close) else {
            return Err(syntax(start..self.text.len(), "标签没有结束"));
        };
        self.at = from + length + close.len();
        Ok(from..from + length)
    }

    /// `slot`, or `slot or '…'`.
    fn print(&self, inner: Range<usize>) -> Result<Piece, Broken> {
        let mut words = Words::new(self.text, inner.clone());
        let slot = self.named(&mut words, &inner)?;
        match words.next() {
            None => Ok(Piece::Slot(slot)),
            Some("or") => {
                let instead = self.text[words.rest()].trim();
                let quoted = ['\'', '"']
                    .iter()
                    .find_map(|&quote| instead.strip_prefix(quote)?.strip_suffix(quote).filter(|t| !t.contains(quote)));
                let Some(quoted) = quoted else {
                    return Err(syntax(words.rest(), "or 后面写引号里的文字，如 {{ customer or '您好' }}"));
                };
                let (then, other) = (vec![Piece::Slot(slot)], vec![Piece::Text(quoted.to_owned())]);
                Ok(Piece::When { test: Test::Known(slot), then, other })
            }
            Some(_) => Err(syntax(inner, "空位写成 {{ 名字 }} 或 {{ 名字 or '…' }}")),
        }
    }

    /// From behind an `if` or `elif` to its `endif`.
    fn condition(&mut self, test: Range<usize>, tag: Range<usize>, depth: usize) -> Result<Piece, Broken> {
        let test = self.test(test)?;
        let (then, end) = self.block(depth)?;
        let Some(end) = end else { return Err(syntax(tag, "这个 if 没有 {% endif %}")) };
        let other = match end.word {
            "endif" => Vec::new(),
            // An `elif` is an `if` in the other branch that shares the end.
            "elif" if depth == DEEPEST => return Err(syntax(end.at, "条件套得太深")),
            "elif" => vec![self.condition(end.rest, end.at, depth + 1)?],
            _ => {
                let (other, end) = self.block(depth)?;
                match end {
                    Some(end) if end.word == "endif" => other,
                    Some(end) => return Err(syntax(end.at, "else 后面只能是 {% endif %}")),
                    None => return Err(syntax(tag, "这个 if 没有 {% endif %}")),
                }
            }
        };
        Ok(Piece::When { test, then, other })
    }

    fn test(&self, at: Range<usize>) -> Result<Test, Broken> {
        let mut words = Words::new(self.text, at.clone());
        let test = self.any(&mut words, &at, 0)?;
        match words.next() {
            None => Ok(test),
            Some(_) => Err(syntax(at, "条件写空位的名字，用 and、or、not 连接")),
        }
    }

    fn any(&self, words: &mut Words<'_>, at: &Range<usize>, depth: usize) -> Result<Test, Broken> {
        let mut tests = vec![self.all(words, at, depth)?];
        while words.skip("or") {
            tests.push(self.all(words, at, depth)?);
        }
        Ok(if tests.len() == 1 { tests.remove(0) } else { Test::Any(tests) })
    }

    fn all(&self, words: &mut Words<'_>, at: &Range<usize>, depth: usize) -> Result<Test, Broken> {
        let mut tests = vec![self.single(words, at, depth)?];
        while words.skip("and") {
            tests.push(self.single(words, at, depth)?);
        }
        Ok(if tests.len() == 1 { tests.remove(0) } else { Test::All(tests) })
    }

    fn single(&self, words: &mut Words<'_>, at: &Range<usize>, depth: usize) -> Result<Test, Broken> {
        if depth == DEEPEST {
            return Err(syntax(at.clone(), "条件套得太深"));
        }
        if words.skip("not") {
            return Ok(Test::Not(Box::new(self.single(words, at, depth + 1)?)));
        }
        if words.skip("(") {
            let test = self.any(words, at, depth + 1)?;
            return if words.skip(")") { Ok(test) } else { Err(syntax(at.clone(), "括号没有成对")) };
        }
        Ok(Test::Known(self.named(words, at)?))
    }

    /// The slot named by the next word.
    fn named(&self, words: &mut Words<'_>, at: &Range<usize>) -> Result<SlotId, Broken> {
        let Some(name) = words.next() else { return Err(syntax(at.clone(), "这里缺空位的名字")) };
        if !name.chars().all(|c| c.is_alphanumeric() || c == '_') || matches!(name, "and" | "or" | "not") {
            return Err(syntax(at.clone(), "这里要写空位的名字"));
        }
        (self.slot)(name).ok_or_else(|| Broken { at: words.last(), what: What::UnknownSlot(name.to_owned()) })
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// The words and parentheses of a tag.
#[derive(Clone)]
struct Words<'t> {
    text: &'t str,
    at: Range<usize>,
    last: Range<usize>,
}

impl<'t> Words<'t> {
    fn new(text: &'t str, at: Range<usize>) -> Self {
        Self { text, last: at.clone(), at }
    }

    fn next(&mut self) -> Option<&'t str> {
        let rest = &self.text[self.at.clone()];
        let word = rest.trim_start();
        let start = self.at.start + (rest.len() - word.len());
        let length = match word.chars().next()? {
            c @ ('(' | ')') => c.len_utf8(),
            _ => word.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).unwrap_or(word.len()),
        };
        self.last = start..start + length;
        self.at.start = start + length;
        Some(&word[..length])
    }

    /// Passes over the next word if it is this one.
    fn skip(&mut self, word: &str) -> bool {
        let mut ahead = self.clone();
        let found = ahead.next() == Some(word);
        if found {
            *self = ahead;
        }
        found
    }

    /// Where the word read last stands.
    fn last(&self) -> Range<usize> {
        self.last.clone()
    }

    /// What has not been read yet.
    fn rest(&self) -> Range<usize> {
        self.at.clone()
    }
}
