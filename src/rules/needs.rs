//! Which concepts a matcher needs: those that its patterns name, those that these are made of, and those that tell how
//! words are meant.

use super::lexicon::ConceptSource;
use std::collections::HashMap;

/// By concept: whether the patterns need it.
pub(super) fn needed<'p>(concepts: &[ConceptSource], patterns: impl Iterator<Item = &'p str>) -> Vec<bool> {
    let places: HashMap<&str, usize> =
        concepts.iter().enumerate().map(|(place, concept)| (concept.name.value.as_str(), place)).collect();
    let mut needed = vec![false; concepts.len()];
    let mut open: Vec<usize> = patterns.flat_map(names).filter_map(|name| places.get(name).copied()).collect();
    open.extend((0..concepts.len()).filter(|place| concepts[*place].role.is_some()));
    while let Some(place) = open.pop() {
        if !std::mem::replace(&mut needed[place], true) {
            let parts = concepts[place].terms.iter().flat_map(|term| names(&term.value));
            open.extend(parts.filter_map(|name| places.get(name).copied()));
        }
    }
    needed
}

/// The names in the braces of a pattern. A quantity is none of them, for no concept may be called like one.
fn names(pattern: &str) -> impl Iterator<Item = &str> {
    let braces = pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    braces.flat_map(|(inside, _)| inside.rsplit([':', '：']).next().unwrap_or(inside).split('|')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_braces() {
        let found: Vec<&str> = names("{快递|客服}…12{不:好用}没{时长>=3天}").collect();
        assert_eq!(found, ["快递", "客服", "好用", "时长>=3天"]);
    }
}
