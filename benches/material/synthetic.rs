//! More rules than there are: the built-in ones, and copies of them in other words.
//!
//! A copy of a rule or concept is the same in everything but its characters, which a random one-to-one map of the
//! characters of all rules replaces: the same number of patterns, of words and of characters a word, but other words.
//! Characters swap only with characters about as common, with one exception: a word of a single character becomes a
//! rare character, since no language has sixteen sets of common one-character words. Numerals stay, and so do
//! placeholders of quantities, shapes, and concepts with a role (不, 如果 …), which the copies share.
//!
//! Messages seldom hold such words, as they would seldom hold those of rules about other subjects: what grows is the
//! automaton, the patterns and the tables, hardly the hits.

use super::lexicon;
use super::random::SplitMix64;
use super::rule_files::{root, rows, strings};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use toml::{Table, Value};
use tousu::Triage;

const SEED: u64 = 5;
/// Characters swap within so many neighbours in order of commonness.
const BAND: usize = 64;
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿半几多";
const QUANTITIES: [&str; 4] = ["时长", "金额", "日期", "数量"];
/// What is written in words.
const PATTERNS: [&str; 6] = ["terms", "except", "any", "all", "none", "unless"];
const SENTENCES: [&str; 2] = ["hits", "misses"];

/// The built-in rules and `times - 1` copies of them.
pub fn rules(times: usize) -> Triage {
    Triage::builder()
        .rules_dir(root().join("rules"))
        .rules_text("synthetic.toml", copies(times - 1))
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The strings that [`rules`] look for.
pub fn strings_of_rules(times: usize) -> BTreeSet<String> {
    let copied = lexicon::words(&copied_concepts(), &rows("rule"));
    let mut all = lexicon::lexicon();
    for map in maps(times - 1) {
        all.extend(copied.iter().map(|word| map.words(word)));
    }
    all
}

fn copied_concepts() -> Vec<Table> {
    rows("concept").into_iter().filter(|row| row.contains_key("terms") && !row.contains_key("role")).collect()
}

fn copies(count: usize) -> String {
    let (concepts, rules) = (copied_concepts(), rows("rule"));
    let names: BTreeSet<&str> = concepts.iter().filter_map(|row| row["name"].as_str()).collect();
    let mut text = String::new();
    for (number, map) in maps(count).into_iter().enumerate() {
        let copy = Copy { suffix: format!("~{}", number + 2), map, names: &names };
        concepts.iter().for_each(|row| copy.write("concept", row, &mut text));
        rules.iter().for_each(|row| copy.write("rule", row, &mut text));
    }
    text
}

/// One copy of all rules in the making.
struct Copy<'n> {
    suffix: String,
    map: CharMap,
    /// The concepts that are copied.
    names: &'n BTreeSet<&'n str>,
}

impl Copy<'_> {
    fn write(&self, table: &str, row: &Table, text: &mut String) {
        let _ = writeln!(text, "[[{table}]]");
        for (key, value) in row.iter().filter(|(key, _)| !["shapes", "sources"].contains(&key.as_str())) {
            let each = |reword: &dyn Fn(&str) -> String| {
                Value::Array(strings(row, key).map(reword).map(Value::from).collect())
            };
            let value = match key.as_str() {
                "id" | "name" => format!("{}{}", value.as_str().unwrap_or_default(), self.suffix).into(),
                key if PATTERNS.contains(&key) => each(&|pattern| self.pattern(pattern)),
                key if SENTENCES.contains(&key) => each(&|sentence| self.map.words(sentence)),
                _ => value.clone(),
            };
            // JSON's strings, numbers and arrays are TOML's.
            let _ = writeln!(text, "{key} = {}", serde_json::to_string(&value).expect("a plain value"));
        }
    }

    fn pattern(&self, pattern: &str) -> String {
        let mut copy = String::new();
        let mut rest = pattern;
        while let Some((words, behind)) = rest.split_once('{') {
            let (inside, behind) = behind.split_once('}').expect("a closed placeholder");
            let _ = write!(copy, "{}{{{}}}", self.map.words(words), self.placeholder(inside));
            rest = behind;
        }
        copy + &self.map.words(rest)
    }

    fn placeholder(&self, inside: &str) -> String {
        if QUANTITIES.iter().any(|quantity| inside.starts_with(quantity)) {
            return inside.to_owned();
        }
        let (no, names) = inside.strip_prefix("不:").map_or(("", inside), |names| ("不:", names));
        let name =
            |name: &str| if self.names.contains(name) { format!("{name}{}", self.suffix) } else { name.to_owned() };
        format!("{no}{}", names.split('|').map(name).collect::<Vec<_>>().join("|"))
    }
}

struct CharMap(HashMap<char, char>);

impl CharMap {
    fn words(&self, text: &str) -> String {
        text.chars().map(|c| self.0.get(&c).copied().unwrap_or(c)).collect()
    }
}

/// A map for each copy.
fn maps(count: usize) -> Vec<CharMap> {
    let lexicon = lexicon::lexicon();
    let ranked = by_commonness(&lexicon);
    let single = |c: &char| lexicon.contains(c.encode_utf8(&mut [0; 4]) as &str);
    let (singles, others): (Vec<char>, Vec<char>) = ranked.iter().copied().partition(single);
    // As many of the rarest as there are one-character words stand for those; the rest stand for each other.
    let (common, rare) = ranked.split_at(ranked.len() - singles.len());
    let mut random = SplitMix64::new(SEED);
    let mut map = || {
        let mut rare = rare.to_vec();
        random.shuffle(&mut rare);
        let mut common = common.to_vec();
        common.chunks_mut(BAND).for_each(|band| random.shuffle(band));
        CharMap(singles.iter().copied().zip(rare).chain(others.iter().copied().zip(common)).collect())
    };
    (0..count).map(|_| map()).collect()
}

/// The Chinese characters of the lexicon, the commonest in the rules' example sentences first.
fn by_commonness(lexicon: &BTreeSet<String>) -> Vec<char> {
    let is_word = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c) && !NUMERALS.contains(*c);
    let mut seen: HashMap<char, usize> =
        lexicon.iter().flat_map(|word| word.chars()).filter(is_word).map(|c| (c, 0)).collect();
    for rule in rows("rule") {
        for sentence in SENTENCES.into_iter().flat_map(|key| strings(&rule, key)) {
            sentence.chars().for_each(|c| {
                seen.entry(c).and_modify(|count| *count += 1);
            });
        }
    }
    let mut ranked: Vec<(char, usize)> = seen.into_iter().collect();
    ranked.sort_unstable_by_key(|(c, count)| (Reverse(*count), *c));
    ranked.into_iter().map(|(c, _)| c).collect()
}
