//! The buyer's text, made even: normalised, cut into clauses, and mapped back to what was written.

mod clauses;
mod normalize;
mod script;

use std::ops::Range;

use crate::span::Span;
use crate::taxonomy::Script;
use normalize::Glyph;

pub use clauses::Clause;
pub use script::to_traditional_taiwan;

/// A complaint in one even form, with the way back to the original.
///
/// Rules look at the normalised characters and count in them; [`Text::source`] turns a range of
/// them into bytes of the buyer's own text. What counts as even is told in `normalize.rs`.
///
/// Text past the first 4 GiB is ignored.
#[derive(Clone, Debug)]
pub struct Text {
    normalized: String,
    chars: Vec<char>,
    /// Byte offset of each character in `normalized`, and its length at the end.
    bytes: Vec<u32>,
    /// Where each character stood in the original.
    sources: Vec<(u32, u32)>,
    clauses: Vec<Clause>,
    /// By character: the clause it belongs to.
    clause_of: Vec<u32>,
    quotations: Vec<Range<usize>>,
    script: Option<Script>,
}

/// Stands for punctuation between clauses.
const OUTSIDE: u32 = u32::MAX;

impl Text {
    /// Normalises `original` and finds its clauses and quotations, in linear time.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let (glyphs, script) = normalize::glyphs(original);
        Self::of(&glyphs, script)
    }

    /// This text with ranges of characters, in order and apart, written otherwise. Each new character stands for the
    /// whole of what it replaces.
    #[must_use]
    pub fn respelled(&self, changes: &[(Range<usize>, &str)]) -> Self {
        let mut glyphs = Vec::with_capacity(self.chars.len());
        let kept = |range: Range<usize>| {
            range.map(|index| Glyph { ch: self.chars[index], start: self.sources[index].0, end: self.sources[index].1 })
        };
        let mut next = 0;
        for (range, written) in changes {
            glyphs.extend(kept(next..range.start));
            let (start, end) = (self.sources[range.start].0, self.sources[range.end - 1].1);
            glyphs.extend(written.chars().map(|ch| Glyph { ch, start, end }));
            next = range.end;
        }
        glyphs.extend(kept(next..self.chars.len()));
        Self::of(&glyphs, self.script)
    }

    fn of(glyphs: &[Glyph], script: Option<Script>) -> Self {
        let size = glyphs.iter().map(|glyph| glyph.ch.len_utf8()).sum();
        let mut text = Self {
            normalized: String::with_capacity(size),
            chars: Vec::with_capacity(glyphs.len()),
            bytes: Vec::with_capacity(glyphs.len() + 1),
            sources: Vec::with_capacity(glyphs.len()),
            clauses: Vec::new(),
            clause_of: vec![OUTSIDE; glyphs.len()],
            quotations: Vec::new(),
            script,
        };
        for glyph in glyphs {
            let start = text.normalized.len();
            text.normalized.push(glyph.ch);
            text.bytes.push(start as u32);
            text.chars.push(glyph.ch);
            text.sources.push((glyph.start, glyph.end));
        }
        text.bytes.push(text.normalized.len() as u32);
        text.clauses = clauses::clauses(&text.chars);
        for (index, clause) in (0_u32..).zip(&text.clauses) {
            text.clause_of[clause.range.clone()].fill(index);
        }
        text.quotations = clauses::quotations(&text.chars);
        text
    }

    /// The normalised text.
    #[must_use]
    pub fn normalized(&self) -> &str {
        &self.normalized
    }

    /// Number of normalised characters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The normalised characters.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The normalised character at `index`, or NUL (which normalised text never holds) past the end.
    #[must_use]
    pub fn char_at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// Index of the character that holds the given byte of [`Text::normalized`]; [`Text::len`] past the end.
    ///
    /// Takes as long as a binary search.
    #[must_use]
    pub fn char_at_byte(&self, byte: usize) -> usize {
        self.bytes.partition_point(|start| *start as usize <= byte) - 1
    }

    /// Byte offset in [`Text::normalized`] of the character at `index`; its length past the end.
    #[must_use]
    pub fn byte_at_char(&self, index: usize) -> usize {
        self.bytes.get(index).map_or(self.normalized.len(), |&byte| byte as usize)
    }

    /// A range of normalised characters as text; empty when the range is backwards.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.normalized.get(self.byte_at_char(range.start)..self.byte_at_char(range.end)).unwrap_or_default()
    }

    /// Where a range of normalised characters stood in the original, from the start of the first to
    /// the end of the last. An empty range is an empty span at the place it points to.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Span {
        let end = range.end.min(self.len());
        if range.start >= end {
            let place = match self.sources.get(range.start) {
                Some(&(start, _)) => start,
                None => self.sources.last().map_or(0, |&(_, end)| end),
            };
            return Span::new(place as usize, place as usize);
        }
        Span::new(self.sources[range.start].0 as usize, self.sources[end - 1].1 as usize)
    }

    /// The clauses in order, without their punctuation; none is empty.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The number of the clause that the character at `index` belongs to; `None` for punctuation and past the end.
    #[must_use]
    pub fn clause_of(&self, index: usize) -> Option<u32> {
        self.clause_of.get(index).copied().filter(|clause| *clause != OUTSIDE)
    }

    /// What stands between quotation marks, in order and without them.
    #[must_use]
    pub fn quotations(&self) -> &[Range<usize>] {
        &self.quotations
    }

    /// Which script the buyer writes.
    #[must_use]
    pub fn script(&self) -> Option<Script> {
        self.script
    }
}

#[cfg(test)]
mod tests;
