//! Where dictionary words begin and end, for the few decisions that need it: 差 in 差不多 says nothing.
//!
//! The likeliest way to cut a stretch of text into words of the dictionary, as jieba does it. The words of `words.txt`
//! are compiled into a trie when the library is built; see `build.rs`.

use crate::trie::Trie;
use serde::{Deserialize, Serialize};

/// Words and how likely each is.
#[derive(Debug, Deserialize)]
#[serde(from = "Stored")]
pub(crate) struct Dictionary {
    words: Trie,
    /// By word: the logarithm of its probability.
    likelihoods: Vec<f32>,
    /// The same for a character that is no word.
    unknown: f32,
}

/// What is stored of a dictionary.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub words: Trie,
    /// By word: how often it is seen among so many.
    pub frequencies: Vec<u32>,
    pub total: f64,
}

/// Working memory of [`Dictionary::edges`].
#[derive(Debug, Default)]
pub(crate) struct Route {
    codes: Vec<u16>,
    /// By place: how likely the best way from here to the end is, and where its first word ends.
    best: Vec<(f32, u32)>,
}

impl Dictionary {
    /// For each place between characters, ends included, whether a word starts or ends there.
    pub fn edges(&self, chars: &[char], route: &mut Route) -> Vec<bool> {
        let Route { codes, best } = route;
        codes.clear();
        codes.extend(chars.iter().map(|c| self.words.code(*c)));
        best.clear();
        best.resize(chars.len() + 1, (0.0, 0));
        for at in (0..chars.len()).rev() {
            let mut likeliest = (self.unknown + best[at + 1].0, 1);
            let mut first = true;
            self.words.prefixes(&codes[at..], |word, length| {
                let way = self.likelihoods[word as usize] + best[at + length as usize].0;
                // The character alone is a word of its own before it is an unknown one; of equals the longer wins.
                if way >= likeliest.0 || (length == 1 && first) {
                    likeliest = (way, length);
                }
                first = false;
            });
            best[at] = likeliest;
        }
        let mut edges = vec![false; chars.len() + 1];
        let mut at = 0;
        while at < chars.len() {
            edges[at] = true;
            at += best[at].1 as usize;
        }
        edges[chars.len()] = true;
        // Letters and digits in a row are one word, whatever the dictionary makes of them.
        for (at, pair) in (1..).zip(chars.windows(2)) {
            if pair.iter().all(char::is_ascii_alphanumeric) {
                edges[at] = false;
            }
        }
        edges
    }
}

impl From<Stored> for Dictionary {
    fn from(stored: Stored) -> Self {
        // Half the digits are plenty: of two ways as alike as that, neither is right.
        #[allow(clippy::cast_possible_truncation)]
        let likelihood = |frequency: u32| (f64::from(frequency.max(1)) / stored.total).ln() as f32;
        let likelihoods = stored.frequencies.iter().map(|frequency| likelihood(*frequency)).collect();
        Self { likelihoods, unknown: likelihood(1), words: stored.words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let words =
            [("不多", 300), ("了", 9000), ("差", 500), ("差不多", 400), ("手机", 900), ("质量", 800), ("量", 200)];
        let dictionary = Dictionary::from(Stored {
            words: Trie::new(words.iter().map(|(word, _)| *word).zip(0..)),
            frequencies: words.iter().map(|(_, frequency)| *frequency).collect(),
            total: 60_000.0,
        });
        let chars: Vec<char> = text.chars().collect();
        let edges = dictionary.edges(&chars, &mut Route::default());
        let places: Vec<usize> = (0..edges.len()).filter(|at| edges[*at]).collect();
        places.windows(2).map(|word| chars[word[0]..word[1]].iter().collect()).collect()
    }

    #[test]
    fn the_likeliest_words_are_found() {
        assert_eq!(cut("质量差不多"), ["质量", "差不多"]);
        assert_eq!(cut("买了iphone15手机"), ["买", "了", "iphone15", "手机"]);
        assert_eq!(cut("\u{1F44E}𠮷"), ["\u{1F44E}", "𠮷"]);
        assert!(cut("").is_empty());
    }
}
