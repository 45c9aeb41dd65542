//! How often a string is likely to be seen, judged by the rules' own example sentences.

/// Pairs of characters are counted in so many buckets; two that share one only look more common than they are.
const BUCKETS: usize = 1 << 16;
/// What was never seen in the examples is still seen now and then.
const UNSEEN: f32 = 0.25;

/// Counts of characters and of pairs of neighbours.
pub(super) struct Commonness {
    single: Vec<u32>,
    pairs: Vec<u32>,
}

impl Commonness {
    pub fn of<'a>(sentences: impl Iterator<Item = &'a str>) -> Self {
        let mut counted = Self { single: vec![0; BUCKETS], pairs: vec![0; BUCKETS] };
        for sentence in sentences {
            let mut before = None;
            for c in sentence.chars() {
                counted.single[bucket(c, None)] += 1;
                if let Some(before) = before {
                    counted.pairs[bucket(before, Some(c))] += 1;
                }
                before = Some(c);
            }
        }
        counted
    }

    /// A string is no more common than the rarest pair in it.
    pub fn estimate(&self, text: &str) -> f32 {
        let mut characters = text.chars();
        let Some(mut before) = characters.next() else { return 0.0 };
        let mut least = self.single[bucket(before, None)];
        for c in characters {
            least = least.min(self.pairs[bucket(before, Some(c))]);
            before = c;
        }
        // Counts of examples are far below what a float holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let seen = least as f32;
        seen + UNSEEN
    }
}

fn bucket(first: char, second: Option<char>) -> usize {
    let second = second.map_or(0, |c| (c as usize).wrapping_mul(0x9E37));
    ((first as usize) ^ second) % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_as_common_as_its_rarest_pair() {
        let commonness = Commonness::of(["快递慢", "快递很慢", "快递"].into_iter());
        let seen = |text| commonness.estimate(text) - UNSEEN;
        assert!((seen("快递") - 3.0).abs() < 0.01 && (seen("快递慢") - 1.0).abs() < 0.01 && seen("慢快").abs() < 0.01);
    }
}
