//! Working memory, lent to one text after another, and the steps from a text to what can be matched in it.

use crate::builtin;
use crate::context::Context;
use crate::cues::Cues;
use crate::judge::{self, Fired};
use crate::matching::{self, Matching, Workbench};
use crate::rules::{Matcher, Rule};
use crate::scan;
use crate::text::Text;
use std::sync::{Mutex, PoisonError};

/// Memory that has worked on a text of more than this many characters is given back.
const LONGEST_KEPT: usize = 50_000;

/// Working memory, lent to one text after another: as many pieces as threads have assessed at once.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Workspace>>);

#[derive(Debug)]
struct Workspace {
    cues: Cues,
    bench: Workbench,
}

impl Workspace {
    /// Finds the words of a text and what they mean, ready to be matched.
    fn match_with<T>(&mut self, text: &Text, matcher: &Matcher, matched: impl FnOnce(&mut Matching<'_>) -> T) -> T {
        let Self { cues, bench } = self;
        scan::scan(text, matcher, &builtin::DICTIONARY, cues);
        let mut context = Context::new(text, cues, matcher);
        let built = matching::build_concepts(text, matcher, cues, &context, bench);
        context.learn(&built, cues, matcher);
        matched(&mut Matching { text, matcher, cues, context: &context, bench })
    }
}

impl Pool {
    /// The rules that fire on a text.
    pub fn fired(&self, text: &Text, matcher: &Matcher, rules: &[Rule]) -> Vec<Fired> {
        self.match_with(text, matcher, |matching| judge::fired(rules, matching))
    }

    /// Lends memory to match in a text. Every loan must name the same matcher.
    pub fn match_with<T>(&self, text: &Text, matcher: &Matcher, matched: impl FnOnce(&mut Matching<'_>) -> T) -> T {
        let pieces = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let spare = pieces().pop();
        let mut workspace =
            spare.unwrap_or_else(|| Workspace { cues: Cues::new(matcher.slots.atoms), bench: Workbench::new(matcher) });
        let done = workspace.match_with(text, matcher, matched);
        // What grew for a huge text would be kept for nothing.
        if text.len() <= LONGEST_KEPT {
            pieces().push(workspace);
        }
        done
    }
}
