use super::*;
use crate::report::{Blame, Finding, Report};
use crate::taxonomy::{CategoryId, Party, Script, Severity, Stage};
use proptest::prelude::*;

fn report(category: Option<&str>, party: Party) -> Report {
    let finding = |category: &str| Finding {
        category: CategoryId::from(category),
        name: String::new(),
        confidence: 0.9,
        evidence: Vec::new(),
    };
    let plain = serde_json::json!({
        "text": "", "complaint": category.is_some(), "confidence": 0.9, "findings": [], "demands": [], "risks": [],
        "blame": { "party": "none", "seller": 0.0, "courier": 0.0, "buyer": 0.0, "evidence": [] },
        "stage": Stage::Unknown, "severity": Severity::Low, "script": Script::Simplified,
        "remedies": [], "plan": [], "notices": [], "replies": [],
    });
    let mut report: Report = serde_json::from_value(plain).unwrap();
    report.findings = category.into_iter().map(finding).collect();
    report.blame = Blame { party, ..report.blame };
    report
}

/// Small piles of reports, tagged or not.
fn pile() -> impl Strategy<Value = Insights> {
    let entry = (
        prop::option::of(prop::sample::select(vec!["a.x", "a.y", "b.z"])),
        prop::sample::select(vec![Party::Seller, Party::Courier]),
        prop::option::of("[a-d]"),
        prop::option::of("[0-9]{1,2}"),
        0..3_u64,
    );
    prop::collection::vec(entry, 0..30).prop_map(|entries| {
        let mut insights = Insights::new();
        for (category, party, product, batch, orders) in entries {
            if let Some(product) = &product {
                insights.add_orders(Dimension::Product, product, orders);
            }
            insights.add(&report(category, party), &Tags { product, batch, ..Tags::default() });
        }
        insights
    })
}

fn merged<'i>(piles: impl IntoIterator<Item = &'i Insights>) -> Insights {
    piles.into_iter().fold(Insights::new(), |mut sum, pile| {
        sum.merge(pile);
        sum
    })
}

proptest! {
    #[test]
    fn merging_is_commutative_and_associative(a in pile(), b in pile(), c in pile()) {
        prop_assert_eq!(merged([&a, &b]), merged([&b, &a]));
        prop_assert_eq!(merged([&merged([&a, &b]), &c]), merged([&a, &merged([&b, &c])]));
        prop_assert_eq!(&merged([&a]), &a);
    }

    #[test]
    fn insights_survive_json(a in pile()) {
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(serde_json::from_str::<Insights>(&json).unwrap(), a);
    }
}

#[test]
fn crowded_keys_do_not_depend_on_order() {
    let number = Insights::MOST_KEYS + 50;
    let pile = |keys: &mut dyn Iterator<Item = usize>| {
        let mut insights = Insights::new();
        keys.for_each(|n| insights.add_orders(Dimension::Batch, &n.to_string(), 1));
        insights
    };
    let (forward, backward) = (pile(&mut (0..number)), pile(&mut (0..number).rev()));
    assert!(forward.keys(Dimension::Batch).crowded());
    assert_eq!(forward.keys(Dimension::Batch).len(), Insights::MOST_KEYS);
    assert_eq!(forward, backward);
    let thirds: Vec<Insights> = (0..3).map(|third| pile(&mut (0..number).filter(|n| n % 3 == third))).collect();
    assert_eq!(merged(&thirds), forward);
    assert_eq!(merged(thirds.iter().rev()), forward);
}

#[test]
fn everything_is_counted_where_it_belongs() {
    let mut insights = Insights::new();
    let tags = Tags::new().product("杯子").courier("顺丰").agent("小林").day("2026-04-12");
    insights.add(&report(Some("a.x"), Party::Courier), &tags);
    insights.add(&report(None, Party::None), &tags);
    insights.add(&report(Some("a.y"), Party::Seller), &Tags::new());
    assert_eq!((insights.total().messages(), insights.total().complaints()), (3, 2));
    for dimension in [Dimension::Product, Dimension::Courier, Dimension::Agent, Dimension::Day] {
        let keys = insights.keys(dimension);
        let tally = keys.sorted()[0].1;
        assert_eq!((keys.len(), tally.messages(), tally.complaints()), (1, 2, 1), "{dimension}");
        assert_eq!((tally.of_category("a.x"), tally.of_party(Party::Courier)), (1, 1));
    }
    assert!(insights.keys(Dimension::Batch).is_empty());
}

#[test]
fn a_category_can_stand_out_where_all_are_complaints() {
    let mut insights = Insights::new();
    for n in 0..40 {
        insights.add(&report(Some(if n < 30 { "a.x" } else { "a.y" }), Party::Seller), &Tags::new().batch("7"));
        insights.add(&report(Some(if n < 5 { "a.x" } else { "a.y" }), Party::Seller), &Tags::new().batch("8"));
    }
    let flagged = insights.outliers(Dimension::Batch, 0.05);
    let told: Vec<_> = flagged.iter().map(|o| (o.key.as_str(), o.category.as_ref().map(CategoryId::as_str))).collect();
    assert_eq!(told, [("7", Some("a.x")), ("8", Some("a.y"))]);
    assert!(flagged[0].ratio() > 5.0 && flagged[0].p <= flagged[0].q);
}

#[test]
fn equal_keys_are_not_flagged_and_few_reports_prove_nothing() {
    let mut insights = Insights::new();
    for n in 0..200 {
        let category = (n % 5 == 0).then_some("a.x");
        insights.add(&report(category, Party::Seller), &Tags::new().batch((n % 10 / 5).to_string()));
    }
    insights.add(&report(Some("a.x"), Party::Seller), &Tags::new().batch("new"));
    assert_eq!(insights.outliers(Dimension::Batch, 0.05), []);
}

#[test]
fn orders_stand_for_messages_where_they_are_known() {
    let mut insights = Insights::new();
    for product in ["a", "b"] {
        insights.add_orders(Dimension::Product, product, if product == "a" { 1_000 } else { 30 });
        for _ in 0..12 {
            insights.add(&report(Some("a.x"), Party::Seller), &Tags::new().product(product));
        }
    }
    let flagged = insights.outliers(Dimension::Product, 0.01);
    assert_eq!((flagged[0].key.as_str(), flagged[0].count, flagged[0].of), ("b", 12, 30));
}

#[test]
fn long_keys_are_cut_at_a_character() {
    let mut insights = Insights::new();
    let long = "批".repeat(100);
    insights.add(&report(None, Party::None), &Tags::new().batch(&long));
    assert_eq!(insights.keys(Dimension::Batch).sorted()[0].0, "批".repeat(42));
    assert!(insights.keys(Dimension::Batch).get(&long).is_some());
}
