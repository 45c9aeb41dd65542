//! The built-in rules keep what they promise.

use tousu::Triage;

#[test]
fn every_rule_fires_on_its_hits_and_not_on_its_misses() {
    let faults = Triage::builtin().prove();
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{} faults\n{}", shown.len(), shown.join("\n\n"));
}
