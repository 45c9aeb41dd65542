//! The small language rules are written in: `{快递}…{没到}`.
//!
//! Parsing yields a tree; [`expand`] multiplies its alternatives out into flat sequences of elements, which is
//! all that matching ever sees. Adjacent literals melt together, so `(还|一直)没到` becomes two plain terms.
//! Where multiplying would yield too many, alternatives of single words stay one element instead.

use crate::quantity::Measure;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;

/// Characters a bare `…` may skip.
const CLAUSE_GAP: u8 = 8;
/// Characters a bare `……` may skip.
const SENTENCE_GAP: u8 = 24;
/// The widest gap a pattern may ask for: matching stays linear because every gap is bounded.
const MAX_GAP: u8 = 60;
/// Up to so many sequences, the alternatives of a word are multiplied out in full.
pub(crate) const WORD_FORMS: usize = 256;
/// Up to so many sequences, the alternatives of a rule's pattern are.
pub(crate) const PATTERN_FORMS: usize = 3;
/// The most sequences one pattern may expand into.
const MAX_SEQUENCES: usize = 1024;

/// How one element may follow another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Gap {
    /// They touch.
    None,
    /// At most so many characters between them, in one clause.
    Clause(u8),
    /// At most so many characters between them, in one sentence.
    Sentence(u8),
}

/// How a quantity must compare with a bound in minutes, fen or thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Comparison {
    Less(i64),
    AtMost(i64),
    Equal(i64),
    AtLeast(i64),
    More(i64),
}

impl Comparison {
    pub fn holds(self, value: i64) -> bool {
        match self {
            Self::Less(bound) => value < bound,
            Self::AtMost(bound) => value <= bound,
            Self::Equal(bound) => value == bound,
            Self::AtLeast(bound) => value >= bound,
            Self::More(bound) => value > bound,
        }
    }
}

/// One thing a pattern looks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Element {
    Literal(String),
    /// A cue of any of these concepts; `negated` asks for the denied form.
    Concept {
        names: Vec<String>,
        negated: bool,
    },
    /// Any of these words and concepts.
    OneOf {
        literals: Vec<String>,
        names: Vec<String>,
    },
    Quantity {
        measure: Measure,
        comparison: Option<Comparison>,
    },
}

/// An element and the gap before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Step {
    pub gap: Gap,
    pub element: Element,
}

/// A pattern multiplied out: elements in order, perhaps tied to the edges of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Sequence {
    pub steps: Vec<Step>,
    pub at_start: bool,
    pub at_end: bool,
}

/// What is wrong with a pattern and where, in bytes of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PatternFault {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<&'static str>,
}

#[derive(Debug, Clone)]
enum Node {
    Element(Element),
    Gap(Gap),
    Alternatives(Vec<Vec<Node>>),
    Start,
    End,
}

/// Reads a bound as it is written: what it measures after all, and how much.
type ReadBound = dyn Fn(Measure, &str) -> Option<(Measure, i64)>;

/// Parses a pattern and multiplies it out, as plain text where that makes no more than `forms` sequences.
pub(crate) fn parse(pattern: &str, forms: usize, bound: &ReadBound) -> Result<Vec<Sequence>, PatternFault> {
    let mut parser = Parser { text: pattern, at: 0, bound };
    let nodes = parser.sequence(0)?;
    if parser.at < pattern.len() {
        return Err(parser.fault(parser.at..parser.at + 1, "多出一个「)」", None));
    }
    let whole = |message: &str, help| PatternFault { at: 0..pattern.len(), message: message.to_owned(), help };
    let sequences = expand(&nodes, Alternation::Multiply { most: forms })
        .or_else(|| expand(&nodes, Alternation::Fold))
        .ok_or_else(|| whole("展开后的写法太多", Some("把 (a|b) 里的选项做成概念")))?;
    for sequence in &sequences {
        let Some(first) = sequence.steps.first() else {
            return Err(whole("模式里没有任何词", Some("至少写一个词或 {概念}")));
        };
        if first.gap != Gap::None {
            return Err(whole("模式不能以「…」开头", Some("「…」写在两个词之间")));
        }
        let only_quantities = sequence.steps.iter().all(|step| matches!(step.element, Element::Quantity { .. }));
        if only_quantities {
            return Err(whole("模式里只有数量，没有词", Some("给数量配一个词，如 等了{时长>=3天}")));
        }
    }
    Ok(sequences)
}

/// The placeholders that stand for quantities.
fn measure(name: &str) -> Option<Measure> {
    Some(match name {
        "时长" => Measure::Duration,
        "金额" => Measure::Money,
        "日期" => Measure::Date,
        "数量" => Measure::Count,
        _ => return None,
    })
}

struct Parser<'p> {
    text: &'p str,
    at: usize,
    bound: &'p ReadBound,
}

impl Parser<'_> {
    fn fault(&self, at: Range<usize>, message: impl Into<String>, help: Option<&'static str>) -> PatternFault {
        PatternFault { at, message: message.into(), help }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Node>, PatternFault> {
        let mut nodes = Vec::new();
        let mut literal = String::new();
        let flush = |literal: &mut String, nodes: &mut Vec<Node>| {
            if !literal.is_empty() {
                nodes.push(Node::Element(Element::Literal(std::mem::take(literal))));
            }
        };
        while let Some(c) = self.peek() {
            match c {
                ')' | '|' if depth > 0 => break,
                ')' => break,
                '|' => {
                    return Err(self.fault(self.at..self.at + 1, "「|」只能写在括号里", Some("写成 (甲|乙)")));
                }
                '(' => {
                    flush(&mut literal, &mut nodes);
                    nodes.push(self.alternatives(depth)?);
                }
                '{' => {
                    flush(&mut literal, &mut nodes);
                    nodes.push(Node::Element(self.placeholder()?));
                }
                '}' => return Err(self.fault(self.at..self.at + 1, "多出一个「}」", None)),
                '…' => {
                    flush(&mut literal, &mut nodes);
                    let at = self.at;
                    let gap = self.gap()?;
                    if matches!(nodes.last(), Some(Node::Gap(_))) {
                        return Err(self.fault(at..self.at, "两个「…」连在一起", None));
                    }
                    nodes.push(Node::Gap(gap));
                }
                '^' => {
                    flush(&mut literal, &mut nodes);
                    self.at += 1;
                    nodes.push(Node::Start);
                }
                '$' => {
                    flush(&mut literal, &mut nodes);
                    self.at += 1;
                    nodes.push(Node::End);
                }
                _ => {
                    literal.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        flush(&mut literal, &mut nodes);
        if depth == 0 && matches!(nodes.last(), Some(Node::Gap(_))) {
            return Err(self.fault(0..self.text.len(), "模式不能以「…」结尾", Some("「…」写在两个词之间")));
        }
        Ok(nodes)
    }

    fn alternatives(&mut self, depth: usize) -> Result<Node, PatternFault> {
        let open = self.at;
        if depth >= 2 {
            return Err(self.fault(open..open + 1, "括号最多套一层", Some("把里层做成概念")));
        }
        self.at += 1;
        let mut branches = Vec::new();
        loop {
            branches.push(self.sequence(depth + 1)?);
            match self.peek() {
                Some('|') => self.at += 1,
                Some(')') => {
                    self.at += 1;
                    return Ok(Node::Alternatives(branches));
                }
                _ => return Err(self.fault(open..open + 1, "括号没有合上", None)),
            }
        }
    }

    fn placeholder(&mut self) -> Result<Element, PatternFault> {
        let open = self.at;
        let Some(length) = self.text[open..].find('}') else {
            return Err(self.fault(open..open + 1, "「{」没有合上", None));
        };
        self.at = open + length + 1;
        let whole = open..self.at;
        let body = &self.text[open + 1..open + length];
        let (negated, body) = match body.strip_prefix("不:").or_else(|| body.strip_prefix("不：")) {
            Some(rest) => (true, rest),
            None => (false, body),
        };
        let name_end = body.find(['<', '>', '=', '≥', '≤']).unwrap_or(body.len());
        if let Some(measure) = measure(&body[..name_end]) {
            if negated {
                return Err(self.fault(whole, "数量不能否定", Some("「不:」只用于概念")));
            }
            return self.quantity(measure, &body[name_end..], whole);
        }
        if name_end < body.len() {
            return Err(self.fault(whole, "只有 时长 金额 日期 数量 可以比较", None));
        }
        let names: Vec<String> = body.split('|').map(|name| name.trim().to_owned()).collect();
        if names.iter().any(String::is_empty) {
            return Err(self.fault(whole, "「{}」里缺少概念名", None));
        }
        Ok(Element::Concept { names, negated })
    }

    fn quantity(&self, measure: Measure, condition: &str, at: Range<usize>) -> Result<Element, PatternFault> {
        type Make = fn(i64) -> Comparison;
        const SIGNS: [(&str, Make); 7] = [
            (">=", Comparison::AtLeast),
            ("≥", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            ("≤", Comparison::AtMost),
            (">", Comparison::More),
            ("<", Comparison::Less),
            ("=", Comparison::Equal),
        ];
        if condition.is_empty() {
            return Ok(Element::Quantity { measure, comparison: None });
        }
        let parsed = SIGNS.iter().find_map(|(sign, make)| Some((make, condition.strip_prefix(sign)?)));
        let bound = parsed.and_then(|(make, value)| Some((make, (self.bound)(measure, value)?)));
        match bound {
            Some((make, (measure, value))) => Ok(Element::Quantity { measure, comparison: Some(make(value)) }),
            None => Err(self.fault(
                at,
                format!("看不懂的数量条件「{condition}」"),
                Some("写成 {时长>=3天}、{金额>50}、{数量<2}、{数量>=2次}"),
            )),
        }
    }

    fn gap(&mut self) -> Result<Gap, PatternFault> {
        let open = self.at;
        self.at += '…'.len_utf8();
        let sentence = self.peek() == Some('…');
        if sentence {
            self.at += '…'.len_utf8();
        }
        let digits = self.text[self.at..].chars().take_while(char::is_ascii_digit).count();
        let bound = match &self.text[self.at..self.at + digits] {
            "" if sentence => SENTENCE_GAP,
            "" => CLAUSE_GAP,
            number => match number.parse() {
                Ok(bound) if bound <= MAX_GAP => bound,
                _ => return Err(self.fault(open..self.at + digits, format!("间隔最多 {MAX_GAP} 个字"), None)),
            },
        };
        self.at += digits;
        Ok(if sentence { Gap::Sentence(bound) } else { Gap::Clause(bound) })
    }
}

/// A sequence under construction: the gap that will stand before the next element.
#[derive(Clone, Default)]
struct Partial {
    sequence: Sequence,
    pending: Option<Gap>,
}

impl Partial {
    fn push(&mut self, element: &Element) {
        let gap = self.pending.take().unwrap_or(Gap::None);
        if let (Gap::None, Element::Literal(more), Some(Step { element: Element::Literal(text), .. })) =
            (gap, element, self.sequence.steps.last_mut())
        {
            text.push_str(more);
            return;
        }
        self.sequence.steps.push(Step { gap, element: element.clone() });
    }
}

/// What to do with alternatives of single words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Alternation {
    /// One sequence for each.
    Multiply { most: usize },
    /// One element for all.
    Fold,
}

impl Alternation {
    fn limit(self) -> usize {
        match self {
            Self::Multiply { most } => most,
            Self::Fold => MAX_SEQUENCES,
        }
    }
}

fn expand(nodes: &[Node], alternation: Alternation) -> Option<Vec<Sequence>> {
    let mut partials = vec![Partial::default()];
    expand_into(nodes, alternation, &mut partials)?;
    let mut sequences: Vec<Sequence> = partials.into_iter().map(|partial| partial.sequence).collect();
    if sequences.len() > 1 {
        let mut seen = HashSet::with_capacity(sequences.len());
        let mut new = sequences.iter().map(|sequence| seen.insert(sequence)).collect::<Vec<_>>().into_iter();
        sequences.retain(|_| new.next().unwrap_or(true));
    }
    Some(sequences)
}

fn expand_into(nodes: &[Node], alternation: Alternation, partials: &mut Vec<Partial>) -> Option<()> {
    for node in nodes {
        match node {
            Node::Element(element) => partials.iter_mut().for_each(|partial| partial.push(element)),
            Node::Gap(gap) => partials.iter_mut().for_each(|partial| partial.pending = Some(*gap)),
            Node::Start => partials.iter_mut().for_each(|partial| partial.sequence.at_start = true),
            Node::End => partials.iter_mut().for_each(|partial| partial.sequence.at_end = true),
            Node::Alternatives(branches) => {
                let folded = (alternation == Alternation::Fold).then(|| fold(branches)).flatten();
                let branches = folded.as_ref().unwrap_or(branches);
                let mut all = Vec::new();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sequences(pattern: &str) -> Vec<Sequence> {
        parse(pattern, WORD_FORMS, &|measure, text| {
            Some((measure, text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?))
        })
        .unwrap()
    }

    fn fault(pattern: &str) -> PatternFault {
        parse(pattern, WORD_FORMS, &|measure, text| Some((measure, text.parse().ok()?))).unwrap_err()
    }

    fn literal(gap: Gap, text: &str) -> Step {
        Step { gap, element: Element::Literal(text.to_owned()) }
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
        assert!(sequence.at_start && sequence.at_end);
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
        let found = parse(&wide, PATTERN_FORMS, &|_, _| None).unwrap();
        assert_eq!(found.len(), 1, "{} sequences", found.len());
    }

    #[test]
    fn too_many_forms_are_refused() {
        let wide = "(一|二甲{丙}|三甲{丙}|四甲{丙})".repeat(6);
        assert_eq!(fault(&wide).message, "展开后的写法太多");
    }
}
