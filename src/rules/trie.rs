//! All strings of the rules in one double-array trie, walked from every character of a clause.
//!
//! Strings never reach across the edge of a clause and clauses are short, so no failure links are needed; the arrays
//! are plain numbers, which load as fast as they can be read.

use std::collections::VecDeque;

/// A character that occurs in no string.
const FOREIGN: u16 = 0;
/// The node where every walk starts.
const ROOT: u32 = 0;
const NO_STRING: u32 = u32::MAX;

/// Strings by number, found by their characters.
#[derive(Debug, Clone)]
pub(crate) struct Trie {
    /// By character of the basic plane.
    codes: Vec<u16>,
    /// The same for the few characters beyond it, in order.
    far_codes: Vec<(char, u16)>,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// The node of which this one is a child; its own place if the place is free.
    parent: u32,
    /// Where its children lie: the child by a code at `base + code`.
    base: u32,
    /// The string that ends here.
    string: u32,
}

impl Trie {
    /// Strings in ascending order, each once; their numbers are their places.
    pub fn new<'s>(strings: impl Iterator<Item = &'s str> + Clone) -> Self {
        let (codes, far_codes) = encode(strings.clone());
        let mut trie = Self { codes, far_codes, nodes: Vec::new() };
        let mut words: Vec<(Vec<u16>, u32)> =
            strings.map(|string| string.chars().map(|c| trie.code(c)).collect()).zip(0..).collect();
        words.sort_unstable();
        Builder { words: &words, nodes: &mut trie.nodes, first_free: 1 }.build();
        trie
    }

    /// The code of a character, [`FOREIGN`] if no string holds it.
    pub fn code(&self, c: char) -> u16 {
        match self.codes.get(c as usize) {
            Some(code) => *code,
            None => self.far_code(c),
        }
    }

    #[cold]
    fn far_code(&self, c: char) -> u16 {
        self.far_codes.binary_search_by_key(&c, |(c, _)| *c).map_or(FOREIGN, |at| self.far_codes[at].1)
    }

    /// Every string that the characters begin with, shortest first: its number and its length in characters.
    pub fn prefixes(&self, codes: &[u16], mut found: impl FnMut(u32, u32)) {
        let mut at = ROOT;
        for (length, code) in (1..).zip(codes) {
            let child = self.nodes[at as usize].base + u32::from(*code);
            let Some(node) = self.nodes.get(child as usize).filter(|node| node.parent == at && *code != FOREIGN) else {
                return;
            };
            if node.string != NO_STRING {
                found(node.string, length);
            }
            at = child;
        }
    }
}

/// Codes by how often characters occur: the commonest get the smallest, which keeps the arrays dense.
fn encode<'s>(strings: impl Iterator<Item = &'s str>) -> (Vec<u16>, Vec<(char, u16)>) {
    let mut counts = std::collections::BTreeMap::<char, u32>::new();
    for c in strings.flat_map(str::chars) {
        *counts.entry(c).or_default() += 1;
    }
    let mut characters: Vec<(u32, char)> = counts.into_iter().map(|(c, count)| (count, c)).collect();
    characters.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut codes, mut far) = (vec![FOREIGN; 1 << 16], Vec::new());
    // There are fewer characters in use than codes by far; should there be more, the rarest are not found.
    for ((_, c), code) in characters.into_iter().zip(1..=u16::MAX) {
        match codes.get_mut(c as usize) {
            Some(slot) => *slot = code,
            None => far.push((c, code)),
        }
    }
    far.sort_unstable();
    (codes, far)
}

struct Builder<'b> {
    words: &'b [(Vec<u16>, u32)],
    nodes: &'b mut Vec<Node>,
    /// No place before this one is free.
    first_free: u32,
}

/// A node whose children are to be placed: its place, the words below it, and how deep it lies.
struct Pending {
    place: u32,
    words: std::ops::Range<usize>,
    depth: usize,
}

impl Builder<'_> {
    fn build(mut self) {
        self.reserve(ROOT);
        self.nodes[ROOT as usize].parent = u32::MAX;
        let mut pending = VecDeque::from([Pending { place: ROOT, words: 0..self.words.len(), depth: 0 }]);
        while let Some(mut node) = pending.pop_front() {
            if let Some((word, number)) = self.words.get(node.words.start).filter(|_| !node.words.is_empty())
                && word.len() == node.depth
            {
                self.nodes[node.place as usize].string = *number;
                node.words.start += 1;
            }
            let children = self.children(&node);
            if children.is_empty() {
                continue;
            }
            let base = self.room_for(&children);
            self.nodes[node.place as usize].base = base;
            for (code, words) in children {
                let place = base + u32::from(code);
                self.nodes[place as usize].parent = node.place;
                pending.push_back(Pending { place, words, depth: node.depth + 1 });
            }
        }
    }

    /// The codes that go on from a node, each with the words below it.
    fn children(&self, node: &Pending) -> Vec<(u16, std::ops::Range<usize>)> {
        let mut children: Vec<(u16, std::ops::Range<usize>)> = Vec::new();
        for at in node.words.clone() {
            let code = self.words[at].0[node.depth];
            match children.last_mut() {
                Some((last, words)) if *last == code => words.end = at + 1,
                _ => children.push((code, at..at + 1)),
            }
        }
        children
    }

    /// The first base that puts every child on a free place.
    fn room_for(&mut self, children: &[(u16, std::ops::Range<usize>)]) -> u32 {
        let (least, most) = (u32::from(children[0].0), u32::from(children[children.len() - 1].0));
        while !self.is_free(self.first_free) {
            self.first_free += 1;
        }
        let mut base = self.first_free.saturating_sub(least);
        while !children.iter().all(|(code, _)| self.is_free(base + u32::from(*code))) {
            base += 1;
        }
        self.reserve(base + most);
        base
    }

    fn is_free(&self, place: u32) -> bool {
        self.nodes.get(place as usize).is_none_or(|node| node.parent == place)
    }

    fn reserve(&mut self, place: u32) {
        for free in u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)..=place {
            self.nodes.push(Node { parent: free, base: 0, string: NO_STRING });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(strings: &[&str], text: &str) -> Vec<(usize, u32, u32)> {
        let trie = Trie::new(strings.iter().copied());
        let codes: Vec<u16> = text.chars().map(|c| trie.code(c)).collect();
        let mut all = Vec::new();
        for at in 0..codes.len() {
            trie.prefixes(&codes[at..], |string, length| all.push((at, string, length)));
        }
        all
    }

    #[test]
    fn every_string_is_found_wherever_it_begins() {
        let strings = ["坏", "坏了", "快递", "快递慢", "慢", "\u{1F44E}"];
        assert_eq!(
            found(&strings, "快递慢，坏了\u{1F44E}"),
            [(0, 2, 2), (0, 3, 3), (2, 4, 1), (4, 0, 1), (4, 1, 2), (6, 5, 1)]
        );
    }

    #[test]
    fn nothing_is_found_of_no_strings() {
        assert!(found(&[], "快递慢").is_empty());
        assert!(found(&["慢"], "").is_empty());
    }

    #[test]
    fn agrees_with_plain_search() {
        // All strings of up to three letters out of a small alphabet, every third of them left out.
        let letters = ["甲", "乙", "丙", "a", "\u{1F422}"];
        let mut strings: Vec<String> = Vec::new();
        for x in letters {
            strings.push(x.to_owned());
            for y in letters {
                strings.push(format!("{x}{y}"));
                strings.extend(letters.iter().map(|z| format!("{x}{y}{z}")));
            }
        }
        strings.sort_unstable();
        let strings: Vec<&str> = strings.iter().map(String::as_str).enumerate().filter(|(n, _)| n % 3 != 1).map(|(_, s)| s).collect();
        let text = "乙甲a丙\u{1F422}\u{1F422}丁甲甲乙aa";
        let mut expected = Vec::new();
        for (at, (byte, _)) in text.char_indices().enumerate() {
            for (number, string) in (0..).zip(&strings) {
                if text[byte..].starts_with(string) {
                    expected.push((at, number, u32::try_from(string.chars().count()).unwrap()));
                }
            }
        }
        expected.sort_unstable_by_key(|(at, _, length)| (*at, *length));
        assert_eq!(found(&strings, text), expected);
    }
}
