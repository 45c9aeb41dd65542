//! The words of patterns. Here rather than beside the code, which benchmarks without a test harness share.

use crate::material::lexicon::{lexicon, words};
use toml::Table;

fn of(key: &str, pattern: &str) -> Vec<String> {
    let row = Table::from_iter([(key.to_owned(), vec![pattern.to_owned()].into())]);
    let (concepts, rules) = if key == "terms" { (vec![row], vec![]) } else { (vec![], vec![row]) };
    words(&concepts, &rules).into_iter().collect()
}

#[track_caller]
fn assert_words(key: &str, pattern: &str, expected: &[&str]) {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(of(key, pattern), expected, "{pattern}");
}

#[test]
fn alternatives_are_multiplied_out_and_placeholders_part_words() {
    assert_words("any", "(还|一直|)没到", &["没到", "还没到", "一直没到"]);
    assert_words("any", "等了{时长>=3天}…12没(到|有(来|影))", &["等了", "没到", "没有来", "没有影"]);
    assert_words("none", "^(太|真)慢$", &["太慢", "真慢"]);
}

#[test]
fn too_many_alternatives_of_words_stay_words_in_patterns_of_rules() {
    assert_words("any", "快递(太|很|{真}|)慢", &["快递慢", "快递", "太", "很", "慢"]);
    assert_words("terms", "快递(太|很|真|)慢", &["快递太慢", "快递很慢", "快递真慢", "快递慢"]);
}

#[test]
fn the_rules_look_for_words_of_concepts_patterns_and_misspellings() {
    let lexicon = lexicon();
    assert!(lexicon.iter().all(|word| !word.is_empty() && !word.contains(['{', '…', '(', '|'])));
    assert!(["质量", "慢递", "tui款"].into_iter().all(|word| lexicon.contains(word)));
}
