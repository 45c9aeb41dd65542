//! Sets of vocabulary words as bits, so that conditions built at load are asked without a search.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A word of one of the fixed vocabularies.
pub(crate) trait Word: Copy + 'static {
    /// Every word, in order of its place.
    const WORDS: &'static [Self];

    /// Its place among them; below 32.
    fn place(self) -> u32;

    /// Its stable name.
    fn name(self) -> &'static str;
}

/// Some words of a vocabulary.
pub(crate) struct Set<W> {
    bits: u32,
    of: PhantomData<W>,
}

impl<W: Word> Set<W> {
    pub const EMPTY: Self = Self { bits: 0, of: PhantomData };

    /// Every word.
    pub fn all() -> Self {
        W::WORDS.iter().copied().collect()
    }

    pub fn insert(&mut self, word: W) {
        self.bits |= 1 << word.place();
    }

    pub fn extend(&mut self, other: Self) {
        self.bits |= other.bits;
    }

    /// The words that are not in the other.
    pub fn without(self, other: Self) -> Self {
        Self { bits: self.bits & !other.bits, of: PhantomData }
    }

    pub fn contains(self, word: W) -> bool {
        self.bits >> word.place() & 1 == 1
    }

    pub fn meets(self, other: Self) -> bool {
        self.bits & other.bits != 0
    }

    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Its words, in the order of the vocabulary.
    pub fn words(self) -> impl Iterator<Item = W> {
        W::WORDS.iter().copied().filter(move |word| self.contains(*word))
    }
}

// Derived, these would ask the same of `W`.
impl<W> Serialize for Set<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.bits.serialize(serializer)
    }
}

impl<'de, W> Deserialize<'de> for Set<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { bits: u32::deserialize(deserializer)?, of: PhantomData })
    }
}

impl<W> Clone for Set<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Set<W> {}

impl<W: Word> Default for Set<W> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<W> PartialEq for Set<W> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<W> Eq for Set<W> {}

impl<W: Word + fmt::Debug> fmt::Debug for Set<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.words()).finish()
    }
}

impl<W: Word> FromIterator<W> for Set<W> {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut set = Self::EMPTY;
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Letter {
        A,
        B,
        C,
    }

    impl Word for Letter {
        const WORDS: &'static [Self] = &[Self::A, Self::B, Self::C];

        fn place(self) -> u32 {
            self as u32
        }

        fn name(self) -> &'static str {
            "letter"
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set: Set<Letter> = [Letter::C, Letter::A, Letter::C].into_iter().collect();
        assert_eq!(set.words().collect::<Vec<_>>(), [Letter::A, Letter::C]);
        assert!(set.contains(Letter::C) && !set.contains(Letter::B) && !set.is_empty());
        let other = Set::from_iter([Letter::B]);
        assert!(!set.meets(other));
        set.extend(other);
        assert!(set.meets(other));
        assert_eq!(set.without(other).words().collect::<Vec<_>>(), [Letter::A, Letter::C]);
        assert!(Set::<Letter>::EMPTY.is_empty());
    }
}
