//! Chinese words, for those who ask for them: cut by the whole dictionary of jieba.

use std::fmt;
use std::ops::Range;

use jieba_rs::Jieba;

/// Cuts Chinese text into words by dictionary, preferring the words it was given.
pub struct Segmenter {
    words: usize,
    jieba: Jieba,
}

impl Segmenter {
    /// A segmenter that also knows `words` and prefers them to what the dictionary would make of the
    /// same characters. They must be normalised as the text is. Single characters are passed over:
    /// they would only cut longer words apart.
    ///
    /// Loads the dictionary, which takes a moment and some memory.
    #[must_use]
    pub fn with_words(words: impl Iterator<Item = String>) -> Self {
        let mut words: Vec<String> = words.filter(|word| word.chars().nth(1).is_some()).collect();
        words.sort_unstable();
        words.dedup();
        let mut jieba = Jieba::new();
        // The suggested frequency is just enough for a word on its own; ten times that holds
        // among neighbours as well ("没收到货" is 没收到/货, not 没收/到货). The floor serves
        // characters so rare that the suggestion is next to nothing, the ceiling keeps one
        // word from swallowing its neighbours.
        for word in &words {
            let frequency = jieba.suggest_freq(word).saturating_mul(10).clamp(500, 100_000);
            jieba.add_word(word, Some(frequency), None);
        }
        Self { words: words.len(), jieba }
    }

    /// The words of `text` as ranges of its characters, in order and without gaps.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<Range<usize>> {
        self.jieba.cut(text, false).into_iter().map(|token| token.start..token.end).collect()
    }
}

impl fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segmenter").field("words", &self.words).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::text::Text;
    use crate::words::Route;

    fn cut(segmenter: &Segmenter, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        segmenter.words(text).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn given_words_win() {
        let segmenter = Segmenter::with_words(["没收到", "不发货", "没收到", "货"].map(str::to_owned).into_iter());
        assert_eq!(cut(&segmenter, "一直没收到货"), ["一直", "没收到", "货"]);
        assert_eq!(cut(&segmenter, "卖家不发货了"), ["卖家", "不发货", "了"]);
    }

    #[test]
    fn words_cover_any_text_without_gaps() {
        for text in ["abc 123，！\n快递\u{1F44E}𠮷", " ", "\u{0}"] {
            let mut end = 0;
            for word in Segmenter::with_words(std::iter::empty()).words(text) {
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

    /// The dictionary for vetoes is a part of jieba's: on the sentences that prove the rules, both veto the same terms.
    #[test]
    fn the_small_dictionary_vetoes_as_the_large_one() {
        let rules = builtin::compiled().unwrap();
        let matcher = &rules.matcher;
        let sentences = rules.rules.iter().flat_map(|rule| rule.hits.iter().chain(&rule.misses));
        let large = Segmenter::with_words(std::iter::empty());
        let mut route = Route::default();
        let (mut terms, mut different) = (0, Vec::new());
        for sentence in sentences {
            let text = Text::new(&sentence.value);
            for clause in text.clauses() {
                let chars = &text.chars()[clause.range.clone()];
                let edges = builtin::DICTIONARY.edges(chars, &mut route);
                let mut expected = vec![false; edges.len()];
                for word in large.words(text.slice(clause.range.clone())) {
                    (expected[word.start], expected[word.end]) = (true, true);
                }
                let codes: Vec<u16> = chars.iter().map(|c| matcher.trie.code(*c)).collect();
                for start in 0..codes.len() {
                    matcher.trie.prefixes(&codes[start..], |string, length| {
                        let end = start + length as usize;
                        if matcher.postings_of(string).iter().any(|posting| posting.cut) {
                            terms += 1;
                            if (edges[start] && edges[end]) != (expected[start] && expected[end]) {
                                different.push(chars.iter().collect::<String>());
                            }
                        }
                    });
                }
            }
        }
        assert!(terms > 500 && different.len() * 200 < terms, "{terms} terms, different in {different:?}");
    }
}
