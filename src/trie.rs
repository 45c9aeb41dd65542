//! Strings in a double-array trie: all those of the rules, and the words of the dictionary. It is walked from every
//! character of a clause.
//!
//! Strings never reach across the edge of a clause and clauses are short, so no failure links are needed; the arrays
//! are plain numbers, which load as fast as they can be read.

use crate::span::as_u32;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

/// The code of a character that occurs in no string.
const FOREIGN: u16 = 0;
/// The node where every walk starts, and the parent of nothing else.
const ROOT: u32 = 0;
const NO_PARENT: u32 = u32::MAX;

/// Strings by number, found by their characters.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub(crate) struct Trie {
    /// By character of the basic plane.
    codes: Vec<u16>,
    /// The same for the few characters beyond it, in order.
    far_codes: Vec<(char, u16)>,
    /// By code, from 1.
    characters: Vec<char>,
    nodes: Vec<Node>,
}

/// What is stored of a trie.
#[derive(Serialize, Deserialize)]
struct Stored {
    characters: Vec<char>,
    #[serde(with = "in_use")]
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Node {
    /// The node of which this one is a child; its own place if the place is free.
    parent: u32,
    /// Where its children lie: the child by a code at `base + code`.
    base: u32,
    /// One more than the number of the string that ends here; 0 if none does.
    string: u32,
}

impl Trie {
    /// Strings, each once, with the numbers they are to be found by.
    pub fn new<'s>(strings: impl Iterator<Item = (&'s str, u32)> + Clone) -> Self {
        let mut trie = Self::from(Stored {
            characters: by_frequency(strings.clone().map(|(string, _)| string)),
            nodes: Vec::new(),
        });
        let mut words: Vec<(Vec<u16>, u32)> =
            strings.map(|(string, number)| (string.chars().map(|c| trie.code(c)).collect(), number)).collect();
        words.sort_unstable();
        Builder { words: &words, nodes: &mut trie.nodes, starts: [1; 17] }.build();
        trie
    }

    /// The code of a character; one that no string holds has a code that leads nowhere.
    pub fn code(&self, c: char) -> u16 {
        match self.codes.get(c as usize) {
            Some(code) => *code,
            None => self.far_codes.binary_search_by_key(&c, |(c, _)| *c).map_or(FOREIGN, |at| self.far_codes[at].1),
        }
    }

    /// Every string that the characters begin with, shortest first: its number and its length in characters.
    pub fn prefixes(&self, codes: &[u16], mut found: impl FnMut(u32, u32)) {
        let mut at = ROOT;
        for (length, code) in (1..).zip(codes) {
            let child = self.nodes[at as usize].base + u32::from(*code);
            let Some(node) = self.nodes.get(child as usize).filter(|node| node.parent == at && *code != FOREIGN) else {
                return;
            };
            if let Some(string) = node.string.checked_sub(1) {
                found(string, length);
            }
            at = child;
        }
    }

    /// The strings and their numbers, in no particular order. Walks from every end back to the root.
    pub fn strings(&self) -> impl Iterator<Item = (String, u32)> {
        let ends = (0..).zip(&self.nodes).filter_map(|(at, node)| Some((at, node, node.string.checked_sub(1)?)));
        ends.map(|(mut at, node, number)| {
            let mut characters = Vec::new();
            let mut node = node;
            while node.parent != NO_PARENT {
                let parent = &self.nodes[node.parent as usize];
                characters.push(self.characters[(at - parent.base) as usize - 1]);
                at = node.parent;
                node = parent;
            }
            (characters.iter().rev().collect(), number)
        })
    }
}

impl From<Stored> for Trie {
    fn from(Stored { characters, nodes }: Stored) -> Self {
        let (mut codes, mut far_codes) = (vec![FOREIGN; 1 << 16], Vec::new());
        // There are fewer characters in use than codes by far; should there be more, the rarest are not found.
        for (&c, code) in characters.iter().zip(1..=u16::MAX) {
            match codes.get_mut(c as usize) {
                Some(slot) => *slot = code,
                None => far_codes.push((c, code)),
            }
        }
        far_codes.sort_unstable();
        Self { codes, far_codes, characters, nodes }
    }
}

impl From<Trie> for Stored {
    fn from(trie: Trie) -> Self {
        Self { characters: trie.characters, nodes: trie.nodes }
    }
}

/// Only nodes in use are stored, each with the number of free places before it. They are read one by one to where they
/// belong: half a million of them would otherwise be in memory twice.
mod in_use {
    use super::{Node, reserve};
    use serde::de::{Deserializer, SeqAccess, Visitor};
    use serde::{Serialize, Serializer};
    use std::fmt;

    pub fn serialize<S: Serializer>(nodes: &[Node], serializer: S) -> Result<S::Ok, S::Error> {
        let mut gap = 0_u32;
        let mut used = Vec::new();
        for (place, node) in (0..).zip(nodes) {
            if node.parent == place {
                gap += 1;
            } else {
                used.push((std::mem::take(&mut gap), node));
            }
        }
        used.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Node>, D::Error> {
        deserializer.deserialize_seq(InPlace)
    }

    struct InPlace;

    impl<'de> Visitor<'de> for InPlace {
        type Value = Vec<Node>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("nodes with the gaps before them")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut stored: A) -> Result<Vec<Node>, A::Error> {
            let mut nodes = Vec::with_capacity(stored.size_hint().unwrap_or(0));
            while let Some((gap, node)) = stored.next_element()? {
                reserve(&mut nodes, gap);
                nodes.push(node);
            }
            nodes.shrink_to_fit();
            Ok(nodes)
        }
    }
}

/// The characters of some strings: the commonest get the smallest codes, which keeps the nodes close together.
fn by_frequency<'s>(strings: impl Iterator<Item = &'s str>) -> Vec<char> {
    let mut counts = BTreeMap::<char, usize>::new();
    for c in strings.flat_map(str::chars) {
        *counts.entry(c).or_default() += 1;
    }
    let mut characters: Vec<(char, usize)> = counts.into_iter().collect();
    characters.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    characters.into_iter().map(|(c, _)| c).collect()
}

/// A search for room that passes more places than this lets the next one start further on.
const MOST_PASSED: u32 = 64;

struct Builder<'b> {
    words: &'b [(Vec<u16>, u32)],
    nodes: &'b mut Vec<Node>,
    /// By size of a family, as a power of two: where to look for room.
    starts: [u32; 17],
}

/// A node whose children are to be placed: its place, the words below it, and how deep it lies.
struct Pending {
    place: u32,
    words: Range<usize>,
    depth: usize,
}

impl Builder<'_> {
    fn build(mut self) {
        reserve(self.nodes, 1);
        self.nodes[ROOT as usize].parent = NO_PARENT;
        let mut pending = VecDeque::from([Pending { place: ROOT, words: 0..self.words.len(), depth: 0 }]);
        while let Some(mut node) = pending.pop_front() {
            if let Some((word, number)) = self.words.get(node.words.start).filter(|_| !node.words.is_empty())
                && word.len() == node.depth
            {
                self.nodes[node.place as usize].string = *number + 1;
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
    fn children(&self, node: &Pending) -> Vec<(u16, Range<usize>)> {
        let mut children: Vec<(u16, Range<usize>)> = Vec::new();
        for at in node.words.clone() {
            let code = self.words[at].0[node.depth];
            match children.last_mut() {
                Some((last, words)) if *last == code => words.end = at + 1,
                _ => children.push((code, at..at + 1)),
            }
        }
        children
    }

    /// A base that puts every child on a free place.
    fn room_for(&mut self, children: &[(u16, Range<usize>)]) -> u32 {
        let (least, most) = (u32::from(children[0].0), u32::from(children[children.len() - 1].0));
        let size = children.len().ilog2() as usize;
        while !self.is_free(self.starts[size]) {
            self.starts[size] += 1;
        }
        let start = self.starts[size].saturating_sub(least);
        let mut base = start;
        while !children.iter().all(|(code, _)| self.is_free(base + u32::from(*code))) {
            base += 1;
        }
        // The gaps passed over are too narrow for families of this size; smaller ones will fill them.
        if base - start > MOST_PASSED {
            self.starts[size] += (base - start) / 2;
        }
        let places = as_u32(self.nodes.len());
        reserve(self.nodes, (base + most + 1).saturating_sub(places));
        base
    }

    fn is_free(&self, place: u32) -> bool {
        self.nodes.get(place as usize).is_none_or(|node| node.parent == place)
    }
}

/// Adds free places at the end.
fn reserve(nodes: &mut Vec<Node>, places: u32) {
    let end = as_u32(nodes.len());
    nodes.extend((end..end + places).map(|place| Node { parent: place, base: 0, string: 0 }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(strings: &[&str], text: &str) -> Vec<(usize, u32, u32)> {
        let trie = Trie::new(strings.iter().copied().zip(0..));
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
    fn the_strings_can_be_told_again() {
        let strings = ["坏", "坏了", "快递慢", "慢", "\u{1F44E}"];
        let mut told: Vec<String> =
            Trie::new(strings.into_iter().zip(0..)).strings().map(|(string, _)| string).collect();
        told.sort_unstable();
        assert_eq!(told, strings);
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
        let strings: Vec<&str> =
            strings.iter().map(String::as_str).enumerate().filter(|(n, _)| n % 3 != 1).map(|(_, s)| s).collect();
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
