//! A new category with its rule, remedy and template is a matter of rule files alone.

use std::path::Path;
use tousu::{Party, Stage, Triage};

fn own_rules() -> Triage {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/own_rules");
    Triage::builder().rules_dir(folder).build().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_folder_of_files_is_a_whole_rule_set() {
    let triage = own_rules();
    assert!(triage.prove().is_empty());
    let report = triage.assess("小貓到家第二天就拉稀，怎麼辦");
    assert_eq!(report.findings[0].category, "pet.sick");
    assert_eq!(report.findings[0].name, "宠物生病");
    assert_eq!(report.findings[0].evidence[0].span.of(&report.text), "小貓到家第二天就拉稀");
    assert_eq!((report.blame.party, report.stage), (Party::Seller, Stage::Received));
    assert_eq!(report.remedies[0].id, "vet_visit");
    assert_eq!(report.remedies[0].sources, ["shop-handbook:1"]);
    assert_eq!(report.replies[0].id, "chat.pet");
    assert!(report.replies[0].text.contains("小傢伙病了"), "{}", report.replies[0].text);
}

#[test]
fn what_the_folder_does_not_say_is_not_there() {
    assert!(!own_rules().assess("快递太慢了，手机也坏了").complaint);
}
