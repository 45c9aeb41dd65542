//! Byte ranges into the buyer's own text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A byte range of the text exactly as the buyer wrote it.
///
/// Everything the library reports points back with one of these, so a caller can highlight it.
///
/// ```
/// use tousu::Span;
///
/// let text = "水果全烂了";
/// assert_eq!(Span::new(6, 12).of(text), "全烂");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The same bytes as a range, for indexing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Number of bytes covered.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether no byte is covered.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether every byte of `other` lies within this span.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The bytes this span covers in `text`; empty when they lie outside it or cut a character.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.range()
    }
}

/// A number of characters or places in 32 bits, which hold all of any text: what lies past 4 GiB is not read.
pub(crate) fn as_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_between_spans() {
        let (a, b, c) = (Span::new(0, 6), Span::new(3, 6), Span::new(6, 9));
        assert!(a.covers(b) && !b.covers(a));
        assert!(a.overlaps(b) && !a.overlaps(c) && !a.overlaps(Span::new(3, 3)));
        assert_eq!(b.join(c), Span::new(3, 9));
        assert_eq!((a.len(), Span::new(5, 2).len(), Span::default().is_empty()), (6, 0, true));
    }

    #[test]
    fn text_of_a_bad_span_is_empty() {
        let text = "差评";
        assert_eq!(Span::new(0, 3).of(text), "差");
        for bad in [Span::new(0, 1), Span::new(4, 2), Span::new(0, 99), Span::new(99, 100)] {
            assert_eq!(bad.of(text), "");
        }
    }

    #[test]
    fn serializes_by_name() {
        let span = Span::from(1..4);
        let json = serde_json::to_string(&span).expect("a span serializes");
        assert_eq!(json, r#"{"start":1,"end":4}"#);
        assert_eq!(serde_json::from_str::<Span>(&json).expect("and comes back"), span);
        assert_eq!(Range::from(span), 1..4);
    }
}
