//! How a buyer means a word: cues in their surroundings → status.
//!
//! Which words deny, suppose, ask or quote is rule data (the roles of the lexicon); how far they reach is here.

use crate::cues::{Cue, Cues};
use crate::rules::lexicon::Role;
use crate::rules::{Atom, Matcher};
use crate::span::as_u32;
use crate::taxonomy::Status;
use crate::text::Text;

/// A negator is looked for at most so many steps to the left.
const NEGATION_STEPS: usize = 8;
/// A denial behind a word may stand at most so many characters away.
const DENIAL_DISTANCE: usize = 3;
/// The last item of a denied list may take so many characters, with what follows it.
const LAST_ITEM: usize = 6;
/// Words that introduce a quotation may stand at most so many characters before it.
const SPEECH_DISTANCE: u32 = 8;

/// The surroundings of every word of one text.
pub(crate) struct Context<'t> {
    text: &'t Text,
    /// By character: where the longest negator, transparent word, or other cue that ends there begins.
    negator_before: Vec<u32>,
    transparent_before: Vec<u32>,
    item_before: Vec<u32>,
    /// By clause.
    clauses: Vec<Surroundings>,
    /// Words that introduce speech, and the quotations they introduce.
    speech: Vec<Cue>,
    speeches: Vec<(u32, u32)>,
    /// Where words of contrast begin.
    contrasts: Vec<u32>,
    /// Words that suppose, fear, or turn to somebody else; in order.
    hypotheticals: Vec<Cue>,
    worries: Vec<Cue>,
    elsewheres: Vec<Cue>,
    /// Clauses with a sign of impatience, and clauses that ask, in order.
    impatient: Vec<u32>,
    questions: Vec<u32>,
}

/// Nothing ends here.
const NOTHING: u32 = u32::MAX;

/// What a clause says about everything in it.
#[derive(Debug, Clone, Default)]
struct Surroundings {
    has_negator: bool,
    hypothetical_after: Option<Cue>,
    question: Option<Cue>,
    denial: Option<Cue>,
}

impl<'t> Context<'t> {
    pub fn new(text: &'t Text, cues: &Cues, matcher: &Matcher) -> Self {
        let length = text.len() + 1;
        let mut context = Self {
            text,
            negator_before: vec![NOTHING; length],
            transparent_before: vec![NOTHING; length],
            item_before: vec![NOTHING; length],
            clauses: vec![Surroundings::default(); text.clauses().len()],
            speech: Vec::new(),
            speeches: Vec::new(),
            contrasts: Vec::new(),
            hypotheticals: Vec::new(),
            worries: Vec::new(),
            elsewheres: Vec::new(),
            impatient: Vec::new(),
            questions: Vec::new(),
        };
        for (atom, cues) in cues.atoms() {
            context.take(atom, cues, matcher);
        }
        context.settle();
        context
    }

    /// Takes in concepts built since: the atoms they were built for and those that contain them whole.
    pub fn learn(&mut self, built: &[(Atom, Cue)], cues: &Cues, matcher: &Matcher) {
        for group in built.chunk_by(|a, b| a.0 == b.0) {
            for atom in matcher.with_wholes(group[0].0) {
                self.take(atom, cues.of(atom), matcher);
            }
        }
        if !built.is_empty() {
            self.settle();
        }
    }

    /// Taking the same cue twice changes nothing.
    fn take(&mut self, atom: Atom, cues: &[Cue], matcher: &Matcher) {
        // Quantities, which come behind the terms, are plain items.
        let role = matcher.roles.get(atom as usize).copied().flatten();
        for &cue in cues {
            let around = &mut self.clauses[cue.clause as usize];
            match role {
                None => longest(&mut self.item_before, cue),
                Some(Role::Negator) => {
                    around.has_negator = true;
                    longest(&mut self.negator_before, cue);
                }
                Some(Role::Transparent) => longest(&mut self.transparent_before, cue),
                Some(Role::PostNegator) => last(&mut around.denial, cue),
                Some(Role::Hypothetical) => self.hypotheticals.push(cue),
                Some(Role::Worry) => self.worries.push(cue),
                Some(Role::HypotheticalAfter) => last(&mut around.hypothetical_after, cue),
                Some(Role::Question) => last(&mut around.question, cue),
                Some(Role::Elsewhere) => self.elsewheres.push(cue),
                Some(Role::Impatient) => self.impatient.push(cue.clause),
                Some(Role::Speech) => self.speech.push(cue),
                Some(Role::Contrast) => self.contrasts.push(cue.start),
            }
        }
    }

    /// Puts in order what was taken, and draws the conclusions.
    fn settle(&mut self) {
        self.contrasts.sort_unstable();
        for marks in [&mut self.hypotheticals, &mut self.worries, &mut self.elsewheres] {
            marks.sort_unstable_by_key(|cue| (cue.end, cue.start));
        }
        self.calm_questions();
        let asks = (0u32..).zip(&self.clauses).filter(|(_, around)| around.question.is_some());
        self.questions.clear();
        self.questions.extend(asks.map(|(clause, _)| clause));
        self.attribute();
    }

    /// A question in a sentence that shows impatience is a reproach.
    fn calm_questions(&mut self) {
        if self.impatient.is_empty() {
            return;
        }
        let clauses = self.text.clauses();
        let mut sentences: Vec<u32> = self.impatient.iter().map(|clause| clauses[*clause as usize].sentence).collect();
        sentences.sort_unstable();
        for (around, clause) in self.clauses.iter_mut().zip(clauses) {
            if sentences.binary_search(&clause.sentence).is_ok() {
                around.question = None;
            }
        }
    }

    /// Keeps the quotations that follow a speech word closely.
    fn attribute(&mut self) {
        self.speeches.clear();
        self.speech.sort_unstable_by_key(|cue| cue.end);
        for quotation in self.text.quotations() {
            let (start, end) = (as_u32(quotation.start), as_u32(quotation.end));
            let until = self.speech.partition_point(|cue| cue.end <= start);
            if until > 0 && self.speech[until - 1].end + SPEECH_DISTANCE >= start {
                self.speeches.push((start, end));
            }
        }
    }

    /// The status of a match made of these elements; `denied` tells for each whether its denial is wanted.
    pub fn status(&self, elements: &[(Cue, bool)]) -> Option<Status> {
        // A word the pattern itself asked for does not change what the pattern means.
        let within = |cue: Cue| elements.iter().any(|(element, _)| element.overlaps(cue));
        let mut negated = false;
        for &(element, denied) in elements {
            let negation = self.negation(element).filter(|negation| denied || !within(*negation));
            match (negation, denied) {
                (None, true) => return None,
                (Some(_), false) => negated = true,
                _ => {}
            }
        }
        if negated {
            return Some(Status::Negated);
        }
        let (Some(&(first, _)), Some(&(last, _))) = (elements.first(), elements.last()) else { return None };
        let speech = self.speeches.partition_point(|(_, end)| *end <= first.start);
        if self.speeches.get(speech).is_some_and(|(start, end)| *start <= first.start && last.end <= *end) {
            return Some(Status::Quoted);
        }
        for &(element, _) in elements {
            let around = &self.clauses[element.clause as usize];
            let within_clause = |marks: &[Cue]| {
                self.reaching(marks, element).is_some_and(|mark| mark.clause == element.clause && !within(mark))
            };
            let supposed_behind =
                around.hypothetical_after.is_some_and(|mark| element.end <= mark.start && !within(mark));
            if within_clause(&self.hypotheticals) || within_clause(&self.worries) || supposed_behind {
                return Some(Status::Hypothetical);
            }
            if around.question.is_some_and(|mark| !within(mark)) || self.part_of_supposed_question(element) {
                return Some(Status::Asked);
            }
            if within_clause(&self.elsewheres) {
                return Some(Status::Other);
            }
        }
        Some(Status::Affirmed)
    }

    /// Whether these elements can form one thing: none of them denied in its midst, each denial wanted found.
    pub fn coherent(&self, elements: &[(Cue, bool)]) -> bool {
        let Some(&(first, _)) = elements.first() else { return false };
        let within = |cue: Cue| elements.iter().any(|(element, _)| element.overlaps(cue));
        elements.iter().all(|&(element, denied)| match self.negation(element) {
            None => !denied,
            Some(negation) => denied || negation.start < first.start || within(negation),
        })
    }

    /// The nearest mark before a cue, if no word of contrast lies between.
    fn reaching(&self, marks: &[Cue], cue: Cue) -> Option<Cue> {
        let mark = marks[..marks.partition_point(|mark| mark.end <= cue.start)].last().copied()?;
        let next = self.contrasts.partition_point(|start| *start < mark.end);
        self.contrasts.get(next).is_none_or(|start| cue.start < *start).then_some(mark)
    }

    /// Whether a cue stands between 如果 and the question it leads to, in one sentence: 如果到了，坏了，能退吗.
    fn part_of_supposed_question(&self, cue: Cue) -> bool {
        let clauses = self.text.clauses();
        let sentence = clauses[cue.clause as usize].sentence;
        let supposed = self
            .reaching(&self.hypotheticals, cue)
            .is_some_and(|mark| clauses[mark.clause as usize].sentence == sentence);
        supposed && {
            let ahead = self.questions.partition_point(|clause| *clause <= cue.clause);
            self.questions.get(ahead).is_some_and(|clause| clauses[*clause as usize].sentence == sentence)
        }
    }

    /// The word that denies a cue, unless another word denies that one in turn.
    fn negation(&self, cue: Cue) -> Option<Cue> {
        self.negator_left(cue).or_else(|| self.denial_right(cue))
    }

    /// Walks left over transparent words and list items until something denies, or nothing can.
    fn negator_left(&self, cue: Cue) -> Option<Cue> {
        if !self.clauses[cue.clause as usize].has_negator {
            return None;
        }
        let clause = &self.text.clauses()[cue.clause as usize].range;
        let mut at = cue.start;
        let mut nearest: Option<Cue> = None;
        let mut denials = 0;
        let mut listing = false;
        for _ in 0..NEGATION_STEPS {
            if at as usize <= clause.start {
                break;
            }
            let negator = self.negator_before[at as usize];
            let transparent = self.transparent_before[at as usize];
            let item = self.item_before[at as usize];
            if negator != NOTHING {
                nearest.get_or_insert(Cue { start: negator, end: at, clause: cue.clause });
                denials += 1;
                at = negator;
            } else if transparent != NOTHING {
                at = transparent;
            } else if listing && item != NOTHING {
                at = item;
                listing = false;
            } else if denials == 0 && matches!(self.text.char_at(at as usize - 1), '、' | '和' | '或' | '及') {
                at -= 1;
                listing = true;
            } else {
                break;
            }
        }
        nearest.filter(|_| denials % 2 == 1)
    }

    /// A denial that closes the clause right behind the cue, or behind the list it stands in: 卡顿、发烫都没有.
    fn denial_right(&self, cue: Cue) -> Option<Cue> {
        let denial = self.clauses[cue.clause as usize].denial?;
        let clause = &self.text.clauses()[cue.clause as usize].range;
        if denial.end as usize != clause.end || denial.start < cue.end {
            return None;
        }
        let between = &self.text.chars()[cue.end as usize..denial.start as usize];
        let last_item = &between[between.len().saturating_sub(LAST_ITEM + 1)..];
        let listed = between.first() == Some(&'、') && last_item.contains(&'、');
        (listed || between.len() <= DENIAL_DISTANCE).then_some(denial)
    }
}

/// Records where the longest cue ending at a character begins.
fn longest(before: &mut [u32], cue: Cue) {
    let slot = &mut before[cue.end as usize];
    *slot = (*slot).min(cue.start);
}

/// Keeps the cue that ends last, of several the longest.
fn last(slot: &mut Option<Cue>, cue: Cue) {
    if slot.is_none_or(|known| (cue.end, known.start) > (known.end, cue.start)) {
        *slot = Some(cue);
    }
}
