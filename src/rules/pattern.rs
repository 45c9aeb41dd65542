//! The small language rules are written in: `{快递}…{没到}`.

use crate::quantity::Measure;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Characters a bare `…` may skip.
const CLAUSE_GAP: u8 = 8;
/// Characters a bare `……` may skip.
const SENTENCE_GAP: u8 = 24;
/// The widest gap a pattern may ask for: matching stays linear because every gap is bounded.
const MAX_GAP: u8 = 60;

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

impl Gap {
    /// The most characters it holds.
    pub fn bound(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Clause(bound) | Self::Sentence(bound) => bound,
        }
    }

    /// The gap behind steps that are skipped: the one written last counts.
    pub fn or(self, skipped: Gap) -> Gap {
        if self == Gap::None { skipped } else { self }
    }
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

/// What is wrong with a pattern and where, in bytes of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PatternFault {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<&'static str>,
}

/// A piece of a pattern as it is written.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Element(Element),
    Gap(Gap),
    Alternatives(Vec<Vec<Node>>),
    Start,
    End,
}

/// Reads a bound as it is written: what it measures after all, and how much.
pub(super) type ReadBound = dyn Fn(Measure, &str) -> Option<(Measure, i64)>;

/// Reads a pattern.
pub(super) fn parse(pattern: &str, bound: &ReadBound) -> Result<Vec<Node>, PatternFault> {
    let mut parser = Parser { text: pattern, at: 0, bound };
    let nodes = parser.sequence(0)?;
    match parser.at < pattern.len() {
        true => Err(parser.fault(parser.at..parser.at + 1, "多出一个「)」", None)),
        false => Ok(nodes),
    }
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
