//! The engines that stand beside each other, each made ready over the same strings.

use crate::rounds::Contestant;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use boreal::Scanner;
use boreal::compiler::CompilerBuilder;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use jieba_rs::Jieba;
use std::fmt::Write;
use std::time::{Duration, Instant};
use tousu::Triage;

/// So many strings become one YARA rule.
const STRINGS_PER_YARA_RULE: usize = 200;

/// An engine and how long it took to get ready.
pub struct Ready<E> {
    pub engine: E,
    pub took: Duration,
}

impl<E> Ready<E> {
    fn make(make: impl FnOnce() -> E) -> Self {
        let start = Instant::now();
        let engine = make();
        Self { engine, took: start.elapsed() }
    }
}

pub struct Engines {
    pub dfa: Ready<AhoCorasick>,
    pub nfa: Ready<AhoCorasick>,
    pub daachorse: Ready<CharwiseDoubleArrayAhoCorasick<u32>>,
    pub yara: Ready<Scanner>,
    pub jieba: Ready<Jieba>,
    pub tousu: Ready<Triage>,
}

impl Engines {
    pub fn new(lexicon: &[String]) -> Self {
        let automaton = |kind| {
            Ready::make(|| AhoCorasick::builder().kind(Some(kind)).build(lexicon).expect("an automaton of the lexicon"))
        };
        Self {
            dfa: automaton(AhoCorasickKind::DFA),
            nfa: automaton(AhoCorasickKind::ContiguousNFA),
            daachorse: Ready::make(|| CharwiseDoubleArrayAhoCorasick::new(lexicon).expect("a trie of the lexicon")),
            yara: Ready::make(|| yara(lexicon)),
            jieba: Ready::make(Jieba::new),
            tousu: Ready::make(Triage::builtin),
        }
    }

    /// Each engine at work, with how long it took to get ready. Bare scans come first.
    pub fn contestants<'c>(&'c self, messages: &'c [String]) -> Vec<(Contestant<'c>, Duration)> {
        let Self { dfa, nfa, daachorse, yara, jieba, tousu } = self;
        let whole = messages.join("\n");
        let scan = |automaton: &'c AhoCorasick| move |text: &str| automaton.find_overlapping_iter(text).count();
        let over = |name, took, work: Box<dyn Fn(&str) -> usize + 'c>| (Contestant::over(name, messages, work), took);
        vec![
            over("bare scan: `aho-corasick` DFA", dfa.took, Box::new(scan(&dfa.engine))),
            over("bare scan: `aho-corasick` contiguous NFA", nfa.took, Box::new(scan(&nfa.engine))),
            over(
                "bare scan: `daachorse` charwise",
                daachorse.took,
                Box::new(|text| daachorse.engine.find_overlapping_iter(text).count()),
            ),
            over(
                "`boreal`: the same strings as YARA rules",
                yara.took,
                Box::new(|text| matching_rules(&yara.engine, text)),
            ),
            (
                Contestant::new("`boreal`, all messages as one text", move || matching_rules(&yara.engine, &whole)),
                yara.took,
            ),
            over("`jieba-rs` cut, hmm off", jieba.took, Box::new(|text| jieba.engine.cut(text, false).len())),
            over("`tousu` classify", tousu.took, Box::new(|text| tousu.engine.classify(text).findings.len())),
            over("`tousu` assess", tousu.took, Box::new(|text| tousu.engine.assess(text).findings.len())),
        ]
    }
}

/// How many of [`Engines::contestants`] are bare scans.
pub const BARE_SCANS: usize = 3;

/// YARA rules that match where any string of the lexicon stands.
fn yara(lexicon: &[String]) -> Scanner {
    let mut rules = String::new();
    for (number, strings) in lexicon.chunks(STRINGS_PER_YARA_RULE).enumerate() {
        let _ = writeln!(rules, "rule r{number} {{ strings:");
        for (index, string) in strings.iter().enumerate() {
            let hex: String = string.bytes().map(|byte| format!("{byte:02x} ")).collect();
            let _ = writeln!(rules, "  $s{index} = {{ {hex}}}");
        }
        rules.push_str("condition: any of them }\n");
    }
    let mut compiler = CompilerBuilder::new().build();
    compiler.add_rules_str(&rules).expect("YARA rules of the lexicon");
    compiler.finalize()
}

fn matching_rules(scanner: &Scanner, text: &str) -> usize {
    scanner.scan_mem(text.as_bytes()).map_or(0, |result| result.rules.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::material::corpus;
    use crate::material::lexicon::lexicon;

    #[test]
    fn bare_scans_see_the_same_and_every_engine_finds_something() {
        let lexicon: Vec<String> = lexicon().into_iter().collect();
        let engines = Engines::new(&lexicon);
        let messages: Vec<String> = corpus::messages().into_iter().take(50).collect();
        let found: Vec<usize> =
            engines.contestants(&messages).iter().map(|(contestant, _)| contestant.pass()).collect();
        assert!(found.iter().all(|found| *found > 0), "{found:?}");
        assert!(found[..BARE_SCANS].iter().all(|hits| *hits == found[0]), "{found:?}");
    }

    #[test]
    fn yara_rules_match_what_holds_a_string_of_theirs() {
        let scanner = yara(&["退款".to_owned(), "烂".to_owned()]);
        let matches = |text| matching_rules(&scanner, text);
        assert_eq!((matches("我要退款"), matches("全烂了"), matches("很好")), (1, 1, 0));
    }
}
