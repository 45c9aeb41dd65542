//! Words, for the few decisions that need them.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use jieba_rs::Jieba;

/// Cuts Chinese text into words by dictionary, preferring the words it was given.
///
/// The dictionary takes a moment and some memory to load, so it waits for the first use.
pub struct Segmenter {
    words: Vec<Box<str>>,
    jieba: OnceLock<Jieba>,
}

impl Segmenter {
    /// A segmenter with the general dictionary only.
    #[must_use]
    pub const fn new() -> Self {
        Self { words: Vec::new(), jieba: OnceLock::new() }
    }

    /// A segmenter that also knows `words` and prefers them to what the dictionary would make of the
    /// same characters. They must be normalised as the text is. Single characters are passed over:
    /// they would only cut longer words apart.
    #[must_use]
    pub fn with_words<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<Box<str>> = words.filter(|word| word.chars().nth(1).is_some()).map(Box::from).collect();
        words.sort_unstable();
        words.dedup();
        Self { words, jieba: OnceLock::new() }
    }

    /// The words of `text` as ranges of its characters, in order and without gaps.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Range<usize>> {
        self.jieba().cut(text, false).into_iter().map(|token| token.start..token.end).collect()
    }

    /// For each place between characters, ends included, whether a word starts or ends there.
    #[must_use]
    pub fn boundaries(&self, text: &str) -> Vec<bool> {
        let words = self.words(text);
        let mut boundaries = vec![false; words.last().map_or(0, |word| word.end) + 1];
        boundaries[0] = true;
        for word in words {
            boundaries[word.end] = true;
        }
        boundaries
    }

    fn jieba(&self) -> &Jieba {
        /// Shared by the segmenters that add nothing.
        static PLAIN: OnceLock<Jieba> = OnceLock::new();
        if self.words.is_empty() {
            return PLAIN.get_or_init(Jieba::new);
        }
        self.jieba.get_or_init(|| {
            let mut jieba = Jieba::new();
            // The suggested frequency is just enough for a word on its own; ten times that holds
            // among neighbours as well ("没收到货" is 没收到/货, not 没收/到货). The floor serves
            // characters so rare that the suggestion is next to nothing, the ceiling keeps one
            // word from swallowing its neighbours.
            for word in &self.words {
                let frequency = jieba.suggest_freq(word).saturating_mul(10).clamp(500, 100_000);
                jieba.add_word(word, Some(frequency), None);
            }
            jieba
        })
    }
}

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segmenter")
            .field("words", &self.words.len())
            .field("loaded", &self.jieba.get().is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(segmenter: &Segmenter, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        segmenter.words(text).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn the_dictionary_cuts_plain_text() {
        assert_eq!(cut(&Segmenter::new(), "质量差不多"), ["质量", "差不多"]);
        assert!(Segmenter::new().words("").is_empty());
    }

    #[test]
    fn given_words_win() {
        let segmenter = Segmenter::with_words(["没收到", "不发货", "没收到", "货"].into_iter());
        assert_eq!(cut(&segmenter, "一直没收到货"), ["一直", "没收到", "货"]);
        assert_eq!(cut(&segmenter, "卖家不发货了"), ["卖家", "不发货", "了"]);
    }

    #[test]
    fn boundaries_surround_words() {
        assert_eq!(Segmenter::new().boundaries("质量差不多"), [true, false, true, false, false, true]);
        assert_eq!(Segmenter::new().boundaries(""), [true]);
    }

    #[test]
    fn words_cover_any_text_without_gaps() {
        for text in ["abc 123，！\n快递\u{1F44E}𠮷", " ", "\u{0}"] {
            let mut end = 0;
            for word in Segmenter::new().words(text) {
                assert_eq!(word.start, end, "{text:?}");
                end = word.end;
            }
            assert_eq!(end, text.chars().count(), "{text:?}");
        }
    }

    #[test]
    fn shared_between_threads() {
        fn both<T: Send + Sync>() {}
        both::<Segmenter>();
    }
}
