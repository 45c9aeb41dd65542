//! Words looked up by their first character, since almost none of them stands at any one place.

/// A list of words, each with what it means.
pub(super) struct Words<T> {
    /// In the order of their first characters, otherwise as given.
    sorted: Vec<(char, &'static str, T)>,
}

impl<T> Words<T> {
    pub fn new(words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut sorted: Vec<_> =
            words.filter_map(|(word, meaning)| Some((word.chars().next()?, word, meaning))).collect();
        sorted.sort_by_key(|(first, ..)| *first);
        Self { sorted }
    }

    /// The words that stand at `at`, each with the character after it.
    pub fn at(&self, chars: &[char], at: usize) -> impl Iterator<Item = (usize, &T)> {
        let first = chars.get(at).copied();
        let from = self.sorted.partition_point(|(c, ..)| Some(*c) < first);
        let alike = self.sorted[from..].iter().take_while(move |(c, ..)| Some(*c) == first);
        alike.filter_map(move |(_, word, meaning)| Some((literal(chars, at, word)?, meaning)))
    }

    /// The end of the longest word that stands at `at`.
    pub fn longest(&self, chars: &[char], at: usize) -> Option<usize> {
        self.at(chars, at).map(|(end, _)| end).max()
    }
}

/// The character after a word, if it stands at `at`.
pub(super) fn literal(chars: &[char], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for c in word.chars() {
        if chars.get(end) != Some(&c) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_of_several_is_found() {
        let words = Words::new(["星期", "上个月", "上个", "上"].into_iter().map(|word| (word, ())));
        let chars: Vec<char> = "上个月到".chars().collect();
        assert_eq!([0, 1, 3].map(|at| words.longest(&chars, at)), [Some(3), None, None]);
        assert_eq!(words.longest(&chars, 9), None);
    }
}
