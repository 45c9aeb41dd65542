//! `[[spelling]]`: how buyers misspell and disguise words, put right before anything else is looked for.

use super::source::{Faults, Located, Row};
use super::stored::Strings;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;

/// A word and its misspellings as written.
#[derive(Debug)]
pub(crate) struct SpellingSource {
    standard: Located<String>,
    variants: Vec<Located<String>>,
}

pub(crate) fn read_spelling(mut row: Row<'_>, faults: &mut Faults) -> Option<SpellingSource> {
    let standard = row.required("standard", faults);
    let variants = row.texts("variants", faults);
    row.finish(faults);
    Some(SpellingSource { standard: standard?, variants })
}

/// All misspellings, ready to be found.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Spellings {
    variants: Strings,
    /// By variant.
    standards: Vec<String>,
}

pub(crate) fn compile_spellings(sources: Vec<SpellingSource>, faults: &mut Faults) -> Spellings {
    let mut standards: HashMap<String, String> = HashMap::new();
    for source in sources {
        for word in source.variants.iter().chain([&source.standard]) {
            let normal = Text::new(&word.value);
            if normal.normalized() != word.value {
                faults.report(
                    word.origin,
                    Diagnostic::new(Code::NotNormal, format!("「{}」不是规范写法", word.value))
                        .help(format!("写成「{}」", normal.normalized())),
                );
            }
        }
        for variant in source.variants {
            if variant.value.is_empty() {
                faults.report(variant.origin, Diagnostic::new(Code::BadValue, "variants 里不能有空的写法"));
                continue;
            }
            let known = standards.insert(variant.value.clone(), source.standard.value.clone());
            if known.is_some() || variant.value == source.standard.value {
                faults
                    .report(variant.origin, Diagnostic::new(Code::Duplicate, format!("「{}」写了两次", variant.value)));
            }
        }
    }
    let mut pairs: Vec<(String, String)> = standards.into_iter().collect();
    pairs.sort_unstable();
    let (variants, standards) = pairs.into_iter().unzip();
    match Strings::new(variants) {
        Ok(variants) => Spellings { variants, standards },
        Err(error) => {
            faults.report_overall(Diagnostic::new(Code::TooBroad, format!("错别字太多，无法编译：{error}")));
            Spellings::default()
        }
    }
}

impl Spellings {
    /// The text as it would read without its misspellings; positions still point at what was written.
    pub fn correct(&self, text: Text) -> Text {
        let Some(automaton) = self.variants.automaton() else { return text };
        let changes: Vec<(Range<usize>, &str)> = automaton
            .find_iter(text.normalized())
            .filter(|hit| stands_alone(text.normalized().as_bytes(), hit.range()))
            .map(|hit| {
                let range = text.char_at_byte(hit.start())..text.char_at_byte(hit.end());
                (range, self.standards[hit.pattern().as_usize()].as_str())
            })
            .collect();
        if changes.is_empty() { text } else { text.respelled(&changes) }
    }
}

/// Whether no Latin letter or digit at the edge of a range goes on beyond it: `fu` in `fun` is no misspelling.
fn stands_alone(text: &[u8], range: Range<usize>) -> bool {
    let latin = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let runs_on_left = range.start > 0 && latin(range.start) && latin(range.start - 1);
    let runs_on_right = latin(range.end - 1) && latin(range.end);
    !runs_on_left && !runs_on_right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_do_not_match_inside_words() {
        let text = "客fu fun".as_bytes();
        assert!(stands_alone(text, 0..5));
        assert!(!stands_alone(text, 6..8));
    }
}
