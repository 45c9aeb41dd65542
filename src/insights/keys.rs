//! A bounded number of keys, which ones not depending on the order in which they come.
//!
//! Kept are the keys with the smallest hashes of all that were ever seen. A key that is once crowded out has enough
//! smaller ones before it for ever, so a key that is kept at the end was never out, and its counts are whole.

use super::Tally;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// So many keys are counted apart.
pub(super) const MOST: usize = 10_000;
/// Of a key so many bytes count.
const LONGEST: usize = 128;

/// The counts of one dimension, key by key. Keys are told apart by their first 128 bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    tallies: BTreeMap<(u64, Box<str>), Tally>,
    /// Whether any key was crowded out.
    crowded: bool,
}

impl Keys {
    /// The counts of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Tally> {
        self.tallies.get(&place(key))
    }

    /// Every key counted apart, in the order of their names.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, &Tally)> {
        let mut keys: Vec<(&str, &Tally)> = self.tallies.iter().map(|((_, key), tally)| (&**key, tally)).collect();
        keys.sort_unstable_by_key(|(key, _)| *key);
        keys
    }

    /// How many keys are counted apart.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tallies.len()
    }

    /// Whether no key was seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// Whether there were more keys than are counted apart.
    #[must_use]
    pub fn crowded(&self) -> bool {
        self.crowded
    }

    pub(super) fn count(&mut self, key: &str, count: impl FnOnce(&mut Tally)) {
        count(self.tallies.entry(place(key)).or_default());
        self.trim();
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (place, tally) in &other.tallies {
            if let Some(known) = self.tallies.get_mut(place) {
                known.merge(tally);
            } else {
                self.tallies.insert(place.clone(), tally.clone());
            }
        }
        self.crowded |= other.crowded;
        self.trim();
    }

    fn trim(&mut self) {
        while self.tallies.len() > MOST {
            self.tallies.pop_last();
            self.crowded = true;
        }
    }
}

/// A key with its FNV-1a hash before it.
fn place(key: &str) -> (u64, Box<str>) {
    let ends = key.char_indices().map(|(start, c)| start + c.len_utf8());
    let key = &key[..ends.take_while(|end| *end <= LONGEST).last().unwrap_or(0)];
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash, key.into())
}

/// As it is written: what a reader wants to see.
#[derive(Serialize, Deserialize)]
struct Written<T> {
    keys: BTreeMap<String, T>,
    #[serde(default)]
    crowded: bool,
}

impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = self.tallies.iter().map(|((_, key), tally)| (key.to_string(), tally)).collect();
        Written { keys, crowded: self.crowded }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::<Tally>::deserialize(deserializer)?;
        let mut keys = Self { crowded: written.crowded, ..Self::default() };
        for (key, tally) in &written.keys {
            keys.count(key, |known| known.merge(tally));
        }
        Ok(keys)
    }
}
