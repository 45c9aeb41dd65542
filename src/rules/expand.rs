//! From a pattern as it is written to flat sequences of elements, which is all that matching ever sees.
//!
//! Alternatives are multiplied out and adjacent literals melt together, so `(还|一直)没到` becomes two plain terms. Where
//! multiplying would yield too many, alternatives of single words stay one element, and a word that may be missing is a
//! step that may be skipped.

use super::pattern::{self, Element, Gap, Node, PatternFault, ReadBound};
use std::collections::HashSet;

/// The most sequences one pattern may expand into.
const MAX_SEQUENCES: usize = 1024;

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Use {
    /// A term of a concept: each of its forms is a word that others may be built with.
    Term,
    /// A pattern of a rule: that it matches is enough.
    Rule,
}

impl Use {
    /// Up to so many sequences, alternatives are multiplied out in full.
    pub const fn forms(self) -> usize {
        match self {
            Self::Term => 256,
            Self::Rule => 3,
        }
    }
}

/// An element and the gap before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Step {
    pub gap: Gap,
    pub element: Element,
    /// It may be missing; never so the first and the last.
    pub optional: bool,
}

/// A pattern multiplied out: elements in order, perhaps tied to the edges of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Sequence {
    pub steps: Vec<Step>,
    pub at_start: bool,
    /// The clause ends behind it, after at most so many characters; `None` if anything may follow.
    pub ends_within: Option<u8>,
}

impl Sequence {
    /// Whether it stands at an edge of its clause.
    pub fn is_tied(&self) -> bool {
        self.at_start || self.ends_within.is_some()
    }
}

/// Parses a pattern and multiplies it out.
pub(super) fn sequences(pattern: &str, for_use: Use, bound: &ReadBound) -> Result<Vec<Sequence>, PatternFault> {
    let nodes = pattern::parse(pattern, bound)?;
    let whole = |message: &str, help| PatternFault { at: 0..pattern.len(), message: message.to_owned(), help };
    let Expanded { sequences, misplaced } = expand(&nodes, Alternation::Multiply { most: for_use.forms() })
        .or_else(|| expand(&nodes, Alternation::Fold { skips: for_use == Use::Rule }))
        .ok_or_else(|| whole("展开后的写法太多", Some("把 (a|b) 里的选项做成概念")))?;
    if misplaced {
        return Err(whole(
            "「^」前面、「$」后面还有别的词",
            Some("「^」只写在最前，「$」只写在最后；要分小句，拆成几条写"),
        ));
    }
    for sequence in &sequences {
        let Some(first) = sequence.steps.first() else {
            return Err(whole("模式里没有任何词", Some("至少写一个词或 {概念}")));
        };
        if first.gap != Gap::None {
            return Err(whole("模式不能以「…」开头", Some("「…」写在两个词之间")));
        }
        let mut needed = sequence.steps.iter().filter(|step| !step.optional);
        if needed.all(|step| matches!(step.element, Element::Quantity { .. })) {
            return Err(whole("模式里只有数量，没有词", Some("给数量配一个词，如 等了{时长>=3天}")));
        }
    }
    Ok(sequences)
}

/// A sequence under construction: the gap that will stand before the next element.
#[derive(Clone, Default)]
struct Partial {
    sequence: Sequence,
    pending: Option<Gap>,
    /// Something stands before `^`, or behind `$`.
    misplaced: bool,
}

impl Partial {
    fn push(&mut self, element: &Element) {
        if let (Element::Literal(more), true) = (element, self.ends_in_literal())
            && let Some(Step { element: Element::Literal(text), .. }) = self.sequence.steps.last_mut()
        {
            text.push_str(more);
            return;
        }
        self.step(element, false);
    }

    /// Ties what comes next to the start of a clause.
    fn start(&mut self) {
        self.misplaced |= !self.sequence.steps.is_empty() || self.pending.is_some();
        self.sequence.at_start = true;
    }

    /// Ties what came last to the end of its clause, or near it.
    fn end(&mut self) {
        self.sequence.ends_within = Some(self.pending.take().map_or(0, Gap::bound));
    }

    fn step(&mut self, element: &Element, optional: bool) {
        self.misplaced |= self.sequence.ends_within.is_some();
        let gap = self.pending.take().unwrap_or(Gap::None);
        self.sequence.steps.push(Step { gap, element: element.clone(), optional });
    }

    /// Whether a literal that comes next melts into the last element.
    fn ends_in_literal(&self) -> bool {
        let literal = |step: &Step| !step.optional && matches!(step.element, Element::Literal(_));
        let open = self.pending.is_none() && self.sequence.ends_within.is_none();
        open && self.sequence.steps.last().is_some_and(literal)
    }

    /// Whether a word that may be missing can be a step of its own, of what stands behind it. Where words would melt
    /// together they had better: a longer word is seen less often.
    fn may_skip(&self, element: &Element, behind: Option<&Node>) -> bool {
        let before = self.ends_in_literal();
        let behind = matches!(behind, Some(Node::Element(Element::Literal(_))));
        let melts = if matches!(element, Element::Literal(_)) { before || behind } else { before && behind };
        !self.sequence.steps.is_empty() && !melts
    }

    /// With the steps at the end that may be missing, and without them.
    fn finish(self) -> Vec<Sequence> {
        let mut without = self.sequence;
        let mut all = Vec::new();
        while let Some(last) = without.steps.last_mut().filter(|step| step.optional) {
            last.optional = false;
            all.push(without.clone());
            without.steps.pop();
        }
        all.push(without);
        all
    }
}

/// What to do with alternatives of single words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Alternation {
    /// One sequence for each.
    Multiply { most: usize },
    /// One element for all; perhaps one that may be skipped, where a word may be missing.
    Fold { skips: bool },
}

impl Alternation {
    fn limit(self) -> usize {
        match self {
            Self::Multiply { most } => most,
            Self::Fold { .. } => MAX_SEQUENCES,
        }
    }
}

/// What a pattern expands into.
struct Expanded {
    sequences: Vec<Sequence>,
    /// Something stands before `^`, or behind `$`.
    misplaced: bool,
}

fn expand(nodes: &[Node], alternation: Alternation) -> Option<Expanded> {
    let mut partials = vec![Partial::default()];
    expand_into(nodes, alternation, &mut partials)?;
    let misplaced = partials.iter().any(|partial| partial.misplaced);
    let mut sequences: Vec<Sequence> = partials.into_iter().flat_map(Partial::finish).collect();
    if sequences.len() > 1 {
        let mut seen = HashSet::with_capacity(sequences.len());
        let mut new = sequences.iter().map(|sequence| seen.insert(sequence)).collect::<Vec<_>>().into_iter();
        sequences.retain(|_| new.next().unwrap_or(true));
    }
    Some(Expanded { sequences, misplaced })
}

fn expand_into(nodes: &[Node], alternation: Alternation, partials: &mut Vec<Partial>) -> Option<()> {
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Element(element) => partials.iter_mut().for_each(|partial| partial.push(element)),
            Node::Gap(gap) => partials.iter_mut().for_each(|partial| partial.pending = Some(*gap)),
            Node::Start => partials.iter_mut().for_each(Partial::start),
            Node::End => partials.iter_mut().for_each(Partial::end),
            Node::Alternatives(branches) => {
                let (folds, skips) = match alternation {
                    Alternation::Multiply { .. } => (false, false),
                    Alternation::Fold { skips } => (true, skips),
                };
                let mut skipping = Vec::new();
                if let Some(word) = skips.then(|| optional(branches)).flatten() {
                    skipping.extend(partials.extract_if(.., |partial| partial.may_skip(&word, nodes.get(at + 1))));
                    skipping.iter_mut().for_each(|partial| partial.step(&word, true));
                }
                let folded = folds.then(|| fold(branches)).flatten();
                let branches = folded.as_ref().unwrap_or(branches);
                let mut all = skipping;
                for (index, branch) in branches.iter().enumerate() {
                    let last = index + 1 == branches.len();
                    let mut copies = if last { std::mem::take(partials) } else { partials.clone() };
                    expand_into(branch, alternation, &mut copies)?;
                    all.append(&mut copies);
                    if all.len() > alternation.limit() {
                        return None;
                    }
                }
                *partials = all;
            }
        }
    }
    Some(())
}

/// Single words and concepts among the branches, made one branch; `None` if fewer than two are.
fn fold(branches: &[Vec<Node>]) -> Option<Vec<Vec<Node>>> {
    let (mut literals, mut names, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for branch in branches {
        match branch.as_slice() {
            [Node::Element(Element::Literal(text))] => literals.push(text.clone()),
            [Node::Element(Element::Concept { names: more, negated: false })] => names.extend_from_slice(more),
            _ => rest.push(branch.clone()),
        }
    }
    if literals.len() + names.len() < 2 {
        return None;
    }
    rest.push(vec![Node::Element(Element::OneOf { literals, names })]);
    Some(rest)
}

/// The word that may be missing, if that is all the branches say.
fn optional(branches: &[Vec<Node>]) -> Option<Element> {
    let folded = fold(branches);
    let branches = folded.as_deref().unwrap_or(branches);
    match branches {
        [nothing, word] | [word, nothing] if nothing.is_empty() => match word.as_slice() {
            [Node::Element(element)] => Some(element.clone()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Measure;
    use crate::rules::pattern::Comparison;

    fn sequences(pattern: &str) -> Vec<Sequence> {
        super::sequences(pattern, Use::Term, &|measure, text| {
            Some((measure, text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?))
        })
        .unwrap()
    }

    fn fault(pattern: &str) -> PatternFault {
        super::sequences(pattern, Use::Term, &|measure, text| Some((measure, text.parse().ok()?))).unwrap_err()
    }

    fn literal(gap: Gap, text: &str) -> Step {
        Step { gap, element: Element::Literal(text.to_owned()), optional: false }
    }

    #[test]
    fn alternatives_multiply_and_literals_melt() {
        let found: Vec<_> = sequences("(还|)没(到|收到)").into_iter().map(|s| s.steps).collect();
        assert_eq!(found, ["还没到", "没到", "还没收到", "没收到"].map(|text| vec![literal(Gap::None, text)]));
    }

    #[test]
    fn gaps_keep_their_bounds() {
        let steps = &sequences("甲…乙…12丙……丁……30戊")[0].steps;
        let gaps: Vec<_> = steps.iter().map(|step| step.gap).collect();
        assert_eq!(gaps, [Gap::None, Gap::Clause(8), Gap::Clause(12), Gap::Sentence(24), Gap::Sentence(30)]);
    }

    #[test]
    fn concepts_unions_and_negation() {
        let steps = &sequences("{甲|乙}{不:好用}")[0].steps;
        assert_eq!(steps[0].element, Element::Concept { names: vec!["甲".into(), "乙".into()], negated: false });
        assert_eq!(steps[1].element, Element::Concept { names: vec!["好用".into()], negated: true });
    }

    #[test]
    fn quantities_compare() {
        let steps = &sequences("等了{时长>=3}")[0].steps;
        let Element::Quantity { measure, comparison } = &steps[1].element else { panic!("no quantity") };
        assert_eq!((*measure, *comparison), (Measure::Duration, Some(Comparison::AtLeast(3))));
        assert!(Comparison::AtLeast(3).holds(3));
        assert!(!Comparison::More(3).holds(3));
    }

    #[test]
    fn anchors_tie_to_the_clause() {
        let sequence = &sequences("^慢$")[0];
        assert!(sequence.at_start && sequence.ends_within == Some(0));
        assert_eq!(sequences("慢…3$")[0].ends_within, Some(3));
    }

    #[test]
    fn faults_point_at_the_offending_part() {
        for (pattern, at, message) in [
            ("{快递", 0..1, "「{」没有合上"),
            ("快}递", 3..4, "多出一个「}」"),
            ("(甲|乙", 0..1, "括号没有合上"),
            ("甲)乙", 3..4, "多出一个「)」"),
            ("甲|乙", 3..4, "「|」只能写在括号里"),
            ("…甲", 0..6, "模式不能以「…」开头"),
            ("甲…", 0..6, "模式不能以「…」结尾"),
            ("甲…99乙", 3..8, "间隔最多 60 个字"),
            ("", 0..0, "模式里没有任何词"),
            ("{时长}", 0..8, "模式里只有数量，没有词"),
            ("红^绿", 0..7, "「^」前面、「$」后面还有别的词"),
            ("红(了|$)……绿", 0..19, "「^」前面、「$」后面还有别的词"),
            ("{时长>=久}", 0..13, "看不懂的数量条件「>=久」"),
            ("{快递>3}", 0..10, "只有 时长 金额 日期 数量 可以比较"),
            ("等{不:时长}", 3..15, "数量不能否定"),
        ] {
            let fault = fault(pattern);
            assert_eq!((fault.at, fault.message.as_str()), (at, message), "{pattern}");
        }
    }

    #[test]
    fn many_alternatives_of_words_stay_one_element() {
        let wide = "(一|二|三|四|五|六|七|八|九)".repeat(2);
        let found = super::sequences(&wide, Use::Rule, &|_, _| None).unwrap();
        assert_eq!(found.len(), 1, "{} sequences", found.len());
    }

    #[test]
    fn too_many_forms_are_refused() {
        let wide = "(一|二甲{丙}|三甲{丙}|四甲{丙})".repeat(6);
        assert_eq!(fault(&wide).message, "展开后的写法太多");
    }

    fn folded(pattern: &str) -> Vec<Sequence> {
        super::sequences(pattern, Use::Rule, &|_, _| None).unwrap()
    }

    #[test]
    fn a_word_that_may_be_missing_is_one_step() {
        let found = folded("{甲}(的|了|){乙}…4(号|)……9{丙}");
        let shape: Vec<_> = found[0].steps.iter().map(|step| (step.gap, step.optional)).collect();
        let gaps = [Gap::None, Gap::None, Gap::None, Gap::Clause(4), Gap::Sentence(9)];
        assert_eq!(shape, gaps.into_iter().zip([false, true, false, true, false]).collect::<Vec<_>>());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_may_be_missing_at_an_edge_or_melts_is_multiplied_out() {
        for (pattern, sequences) in
            [("(我|){甲}{乙}(的|了|)", 4), ("(甲|乙)丙(丁|)戊(己|庚)", 2), ("{甲}…(乙|){丙}(丁|戊|)$", 2)]
        {
            let found = folded(pattern);
            assert_eq!(found.len(), sequences, "{pattern}");
            let at_edge = |sequence: &Sequence| {
                [sequence.steps.first(), sequence.steps.last()].map(Option::unwrap).iter().any(|step| step.optional)
            };
            assert!(!found.iter().any(at_edge), "{pattern}");
        }
    }
}
