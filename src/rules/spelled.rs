//! Atoms as a rule writes them: the way back from what was compiled.

use super::matcher::{Atom, Matcher};

/// How a rule writes what is seen in a text.
#[derive(Debug)]
pub(crate) struct Spelled {
    /// How many of the atoms are concepts: the first ones.
    concepts: usize,
    /// By atom: the name of a concept, or plain text; nothing for quantities.
    atoms: Vec<String>,
}

impl Spelled {
    pub fn new(matcher: &Matcher) -> Self {
        let concepts = matcher.names.len();
        let mut atoms = matcher.names.clone();
        atoms.resize(matcher.slots.atoms as usize, String::new());
        for (text, string) in matcher.trie.strings() {
            let literals = matcher.postings_of(string).iter().map(|posting| posting.atom as usize);
            literals.filter(|atom| *atom >= concepts).for_each(|atom| atoms[atom].clone_from(&text));
        }
        Self { concepts, atoms }
    }

    /// `{概念}`, `{不:概念}` or plain text; quantities are not written so, nor is plain text that is denied.
    pub fn of(&self, atom: Atom, denied: bool) -> Option<String> {
        let spelled = &self.atoms[atom as usize];
        match (denied, (atom as usize) < self.concepts) {
            (true, true) => Some(format!("{{不:{spelled}}}")),
            (false, true) => Some(format!("{{{spelled}}}")),
            (false, false) if !spelled.is_empty() => Some(spelled.clone()),
            (_, false) => None,
        }
    }
}
