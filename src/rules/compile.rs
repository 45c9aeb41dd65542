//! From written concepts and rules to the [`Matcher`] and the compiled rules.

use super::categories::{Category, find_category};
use super::commonness::Commonness;
use super::expand::{self, Sequence, Use};
use super::hints::{self, HintSource, Hints};
use super::layout::{DraftSequence, DraftStep, Want, lay_out};
use super::levels::levels;
use super::lexicon::{ConceptSource, Role};
use super::matcher::{Atom, Matcher, Owner, Posting, Rule, SequenceId};
use super::pattern::{Element, Gap};
use super::rule::{RuleSource, Target, TargetSource};
use super::source::{Faults, Located, check_unique};
use super::stored::Shape;
use super::table::Table;
use crate::diagnostic::{Code, Diagnostic};
use crate::quantity;
use crate::taxonomy::RuleId;
use crate::text::Text;
use crate::trie::Trie;
use std::collections::{BTreeSet, HashMap};

/// What finds words, and what they speak for.
pub(super) struct Compiled {
    pub matcher: Matcher,
    pub rules: Vec<Rule>,
    pub hints: Hints,
}

/// Compiles rules, hints and the concepts `needed`, reporting every fault.
pub(super) fn compile(
    concepts: &[ConceptSource],
    needed: &[bool],
    rules: Vec<RuleSource>,
    hints: Vec<HintSource>,
    categories: &[Category],
    faults: &mut Faults,
) -> Compiled {
    let mut compiler = Compiler::new(concepts, faults);
    compiler.concepts(concepts, needed, faults);
    let ids: Vec<String> = categories.iter().map(|category| category.id.as_str().to_owned()).collect();
    check_unique("规则", rules.iter().map(|rule| &rule.id), faults);
    let mut compiled = Vec::with_capacity(rules.len());
    for source in rules {
        let index = u32::try_from(compiled.len()).unwrap_or(u32::MAX);
        if let Some(rule) = compiler.rule(index, source, &ids, faults) {
            compiled.push(rule);
        }
    }
    let hints = hints::compile(hints, &ids, faults, |word, faults| compiler.word(word, faults));
    Compiled { matcher: compiler.finish(concepts, &compiled, faults), rules: compiled, hints }
}

struct Compiler {
    names: HashMap<String, Atom>,
    literals: HashMap<String, Atom>,
    strings: HashMap<String, Vec<Posting>>,
    shapes: Vec<(Shape, Atom)>,
    /// By concept: those that contain it whole directly.
    wholes: Vec<BTreeSet<Atom>>,
    /// By concept: the concepts its terms use.
    uses: Vec<BTreeSet<Atom>>,
    composite: Vec<SequenceId>,
    sequences: Vec<DraftSequence>,
    triggering: Vec<SequenceId>,
    atoms: Atom,
}

impl Compiler {
    fn new(concepts: &[ConceptSource], faults: &mut Faults) -> Self {
        check_unique("概念", concepts.iter().map(|concept| &concept.name), faults);
        let names = (0..).zip(concepts).map(|(atom, concept)| (concept.name.value.clone(), atom)).collect();
        Self {
            names,
            literals: HashMap::new(),
            strings: HashMap::new(),
            shapes: Vec::new(),
            wholes: vec![BTreeSet::new(); concepts.len()],
            uses: vec![BTreeSet::new(); concepts.len()],
            composite: Vec::new(),
            sequences: Vec::new(),
            triggering: Vec::new(),
            atoms: u32::try_from(concepts.len()).unwrap_or(u32::MAX),
        }
    }

    fn concepts(&mut self, concepts: &[ConceptSource], needed: &[bool], faults: &mut Faults) {
        for ((atom, concept), _) in (0..).zip(concepts).zip(needed).filter(|(_, needed)| **needed) {
            for term in &concept.terms {
                for sequence in parse(term, Use::Term, faults) {
                    self.term(atom, concept.cut, term, sequence, faults);
                }
            }
            for shape in &concept.shapes {
                self.shape(atom, shape, faults);
            }
            for word in &concept.except {
                for sequence in parse(word, Use::Term, faults) {
                    match plain(&sequence) {
                        Some(text) => {
                            self.string(text, Posting { atom, except: true, cut: false, last: false }, word, faults)
                        }
                        None => faults.report(word.origin, not_a_word(&sequence)),
                    }
                }
            }
        }
    }

    fn shape(&mut self, atom: Atom, written: &Located<String>, faults: &mut Faults) {
        match Shape::new(&written.value, false) {
            Ok(shape) if shape.is_match("") || shape.is_match("测") => faults.report(
                written.origin,
                Diagnostic::new(Code::TooBroad, "shapes 只能描述由字母、数字组成的东西，如单号、电话、网址"),
            ),
            Ok(shape) => self.shapes.push((shape, atom)),
            Err(error) => {
                faults.report(written.origin, Diagnostic::new(Code::Pattern, format!("不是合法的正则表达式：{error}")))
            }
        }
    }

    fn term(
        &mut self,
        atom: Atom,
        cut: Option<bool>,
        written: &Located<String>,
        sequence: Sequence,
        faults: &mut Faults,
    ) {
        if let Some(text) = plain(&sequence) {
            let cut = cut.unwrap_or_else(|| text.chars().count() == 1);
            self.string(text, Posting { atom, except: false, cut, last: false }, written, faults);
            return;
        }
        let alias = match sequence.steps.as_slice() {
            [step] if !sequence.is_tied() => match &step.element {
                Element::Concept { names, negated: false } => Some(names),
                _ => None,
            },
            _ => None,
        };
        if let Some(names) = alias {
            for name in names {
                if let Some(part) = self.concept(name, written, faults) {
                    self.wholes[part as usize].insert(atom);
                    self.uses[atom as usize].insert(part);
                }
            }
        } else if let Some(compiled) = self.sequence(sequence, Owner::Concept(atom), written, faults) {
            let concepts = self.uses.len();
            let atoms = compiled.steps.iter().flat_map(|step| step.want.atoms()).copied();
            self.uses[atom as usize].extend(atoms.filter(|atom| (*atom as usize) < concepts));
            let id = self.push(compiled);
            self.composite.push(id);
        }
    }

    fn rule(&mut self, index: u32, source: RuleSource, ids: &[String], faults: &mut Faults) -> Option<Rule> {
        let owner = Owner::Rule(index);
        for pattern in &source.any {
            let ids = self.pattern(pattern, owner, faults);
            self.triggering.extend(ids);
        }
        let mut each = |patterns: &[Located<String>]| -> Vec<Vec<SequenceId>> {
            patterns.iter().map(|pattern| self.pattern(pattern, owner, faults)).collect()
        };
        let (all, none, unless) = (each(&source.all), each(&source.none).concat(), each(&source.unless).concat());
        let target = match source.target? {
            TargetSource::Known(target) => target,
            TargetSource::Category(name) => Target::Category(find_category(&name, ids, faults)?),
        };
        Some(Rule {
            id: RuleId::from(source.id.value.as_str()),
            target,
            weight: source.weight,
            status: source.status,
            all,
            none,
            unless,
            hits: source.hits,
            misses: source.misses,
        })
    }

    /// What a single word or concept is seen as, and whether its denial is wanted.
    fn word(&mut self, written: &Located<String>, faults: &mut Faults) -> Option<(Atom, bool)> {
        let mut sequences = parse(written, Use::Term, faults);
        let sequence = sequences.pop()?;
        let single = sequences.is_empty() && sequence.steps.len() == 1 && !sequence.is_tied();
        match sequence.steps.into_iter().next().map(|step| step.element).filter(|_| single) {
            Some(Element::Literal(text)) => Some((self.literal(text, written, faults), false)),
            Some(Element::Concept { names, negated }) if names.len() == 1 => {
                self.concept(&names[0], written, faults).map(|atom| (atom, negated))
            }
            _ => {
                faults.report(written.origin, Diagnostic::new(Code::BadValue, "这里只能写一个词，或一个 {概念}"));
                None
            }
        }
    }

    fn pattern(&mut self, written: &Located<String>, owner: Owner, faults: &mut Faults) -> Vec<SequenceId> {
        let sequences = parse(written, Use::Rule, faults);
        sequences
            .into_iter()
            .filter_map(|sequence| {
                let compiled = self.sequence(sequence, owner, written, faults)?;
                Some(self.push(compiled))
            })
            .collect()
    }

    fn push(&mut self, sequence: DraftSequence) -> SequenceId {
        let id = u32::try_from(self.sequences.len()).unwrap_or(u32::MAX);
        self.sequences.push(sequence);
        id
    }

    fn sequence(
        &mut self,
        sequence: Sequence,
        owner: Owner,
        written: &Located<String>,
        faults: &mut Faults,
    ) -> Option<DraftSequence> {
        let mut steps = Vec::with_capacity(sequence.steps.len());
        // Every unknown name is told, not only the first.
        let mut sound = true;
        for step in sequence.steps {
            let want = match step.element {
                Element::Literal(text) => Want::any(vec![self.literal(text, written, faults)]),
                Element::Quantity { measure, comparison } => Want::Quantity(measure, comparison),
                Element::OneOf { literals, names } => {
                    let mut atoms: Vec<Atom> =
                        names.iter().filter_map(|name| self.concept(name, written, faults)).collect();
                    sound &= atoms.len() == names.len();
                    atoms.extend(literals.into_iter().map(|text| self.literal(text, written, faults)));
                    Want::any(atoms)
                }
                Element::Concept { names, negated } => {
                    let atoms: Vec<Atom> =
                        names.iter().filter_map(|name| self.concept(name, written, faults)).collect();
                    sound &= atoms.len() == names.len();
                    if negated { Want::denied(atoms) } else { Want::any(atoms) }
                }
            };
            steps.push(DraftStep { gap: step.gap, want, optional: step.optional });
        }
        sound.then_some(DraftSequence { steps, at_start: sequence.at_start, ends_within: sequence.ends_within, owner })
    }

    fn concept(&self, name: &str, written: &Located<String>, faults: &mut Faults) -> Option<Atom> {
        let found = self.names.get(name).copied();
        if found.is_none() {
            let open = |at: &usize| written.value[..*at].ends_with(['{', '|', ':', '：']);
            let mut places = written.value.match_indices(name).map(|(at, _)| at);
            let at = places.find(open).map_or(0..written.value.len(), |at| at..at + name.len());
            faults.report(
                written.origin.inside(&written.value, at),
                Diagnostic::new(Code::UnknownConcept, format!("没有名为「{name}」的概念"))
                    .nearest(name, self.names.keys().map(String::as_str)),
            );
        }
        found
    }

    fn literal(&mut self, text: String, written: &Located<String>, faults: &mut Faults) -> Atom {
        if let Some(atom) = self.literals.get(&text) {
            return *atom;
        }
        let atom = self.atoms;
        self.atoms += 1;
        self.string(text.clone(), Posting { atom, except: false, cut: false, last: false }, written, faults);
        self.literals.insert(text, atom);
        atom
    }

    fn string(&mut self, text: String, posting: Posting, written: &Located<String>, faults: &mut Faults) {
        let normal = Text::new(&text);
        if normal.normalized() != text {
            faults.report(
                written.origin,
                Diagnostic::new(Code::NotNormal, format!("「{text}」不是规范写法，永远匹配不到"))
                    .help(format!("规则里一律写简体、半角、小写，叠字不超过两个：写成「{}」", normal.normalized())),
            );
            return;
        }
        let postings = self.strings.entry(text).or_default();
        if !postings.contains(&posting) {
            postings.push(posting);
        }
    }

    fn finish(self, concepts: &[ConceptSource], rules: &[Rule], faults: &mut Faults) -> Matcher {
        let mut composed = vec![false; concepts.len()];
        for id in &self.composite {
            if let Owner::Concept(atom) = self.sequences[*id as usize].owner {
                composed[atom as usize] = true;
            }
        }
        let levels = levels(&self.uses, &composed, concepts, faults);
        let mut strings: Vec<(String, Vec<Posting>)> = self.strings.into_iter().collect();
        strings.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let atoms = self.atoms as usize;
        let implied = closure(&self.wholes, atoms);
        let mut wholes = Table::default();
        (0..atoms).for_each(|atom| wholes.push(self.wholes.get(atom).into_iter().flatten().copied()));
        let examples = rules.iter().flat_map(|rule| rule.hits.iter().chain(&rule.misses));
        let commonness = Commonness::of(examples.map(|example| example.value.as_str()));
        let frequencies = frequencies(&strings, &implied, &commonness);
        let composite = self.composite.iter().filter_map(|id| match self.sequences[*id as usize].owner {
            Owner::Concept(atom) => Some((levels[atom as usize] - 1, *id)),
            Owner::Rule(_) => None,
        });
        let layout = lay_out(&self.sequences, &frequencies, composite.collect(), &self.triggering);
        let mut roles: Vec<Option<Role>> = concepts.iter().map(|concept| concept.role).collect();
        roles.resize(atoms, None);
        let mut postings: Vec<Posting> = Vec::new();
        let mut numbered: Vec<(&str, u32)> = Vec::new();
        for (text, row) in &strings {
            numbered.push((text, u32::try_from(postings.len()).unwrap_or(u32::MAX)));
            postings.extend(row);
            postings.last_mut().into_iter().for_each(|posting| posting.last = true);
        }
        let trie = Trie::new(numbered.into_iter());
        Matcher {
            trie,
            names: concepts.iter().map(|concept| concept.name.value.clone()).collect(),
            shapes: self.shapes,
            postings,
            wholes,
            roles,
            slots: layout.slots,
            sequences: layout.sequences,
            steps: layout.steps,
            triggers: layout.triggers,
        }
    }
}

fn parse(written: &Located<String>, for_use: Use, faults: &mut Faults) -> Vec<Sequence> {
    match expand::sequences(&written.value, for_use, &quantity::bound) {
        Ok(sequences) => sequences,
        Err(fault) => {
            let mut diagnostic = Diagnostic::new(Code::Pattern, fault.message);
            diagnostic.help = fault.help.map(str::to_owned);
            faults.report(written.origin.inside(&written.value, fault.at), diagnostic);
            Vec::new()
        }
    }
}

/// The text of a sequence that is nothing but one literal.
fn plain(sequence: &Sequence) -> Option<String> {
    match sequence.steps.as_slice() {
        [step] if !sequence.is_tied() => match &step.element {
            Element::Literal(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Why an exception cannot be used.
fn not_a_word(sequence: &Sequence) -> Diagnostic {
    let is_text = |element: &Element| match element {
        Element::Literal(_) => true,
        Element::OneOf { names, .. } => names.is_empty(),
        _ => false,
    };
    let tied = sequence.is_tied();
    if !tied && sequence.steps.iter().all(|step| step.gap == Gap::None && is_text(&step.element)) {
        return Diagnostic::new(Code::BadValue, format!("except 里的一条展开后超过 {} 个词", Use::Term.forms()))
            .help("拆成几条写");
    }
    Diagnostic::new(Code::BadValue, "except 里只能写普通的词，不能写 {概念} 和 …")
}

/// By atom, how often it is likely to be seen.
fn frequencies(strings: &[(String, Vec<Posting>)], implied: &Table<Atom>, commonness: &Commonness) -> Vec<f32> {
    let mut frequencies = vec![0.0; implied.rows() as usize];
    for (text, postings) in strings {
        let seen = commonness.estimate(text);
        for posting in postings.iter().filter(|posting| !posting.except) {
            frequencies[posting.atom as usize] += seen;
        }
    }
    let alone = frequencies.clone();
    for (atom, seen) in (0..).zip(alone) {
        implied.of(atom).iter().for_each(|whole| frequencies[*whole as usize] += seen);
    }
    frequencies
}

/// By atom, every concept that contains it whole, directly or through others.
fn closure(direct: &[BTreeSet<Atom>], atoms: usize) -> Table<Atom> {
    let mut closed = Table::default();
    for atom in 0..atoms {
        let mut reached = BTreeSet::new();
        let mut open: Vec<Atom> = direct.get(atom).into_iter().flatten().copied().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(&direct[next as usize]);
            }
        }
        closed.push(reached);
    }
    closed
}
