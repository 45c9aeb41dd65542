//! What platforms and statutes fix: the figure computed to the fen, and what may never be recommended.

use tousu::{Case, Platform, Triage};

#[test]
fn a_missed_ship_date_costs_five_percent_and_three_points() {
    let case = Case::new("说好48小时发货，都第五天了")
        .platform(Platform::Taobao)
        .paid("199.00".parse().unwrap())
        .hours_since_order(110)
        .customer("王女士");
    let report = Triage::builtin().assess(case);
    let notice = &report.notices[0];
    assert_eq!(notice.amount, Some("9.95".parse().unwrap()));
    for part in ["¥9.95", "¥199.00 × 5%", "110 小时", "扣 3 分"] {
        assert!(notice.text.contains(part), "no {part} in: {}", notice.text);
    }
    assert!(notice.sources.contains(&"after-sales-basics:3".to_owned()));
    assert!(report.replies[0].text.contains("王女士"));
}

#[test]
fn what_is_prohibited_is_on_record_and_never_recommended() {
    let triage = Triage::builtin();
    let handbook = triage.handbook();
    let barred: Vec<&str> = handbook
        .practices
        .iter()
        .filter(|practice| practice.standing != tousu::Standing::Ok)
        .map(|practice| practice.id.as_str())
        .collect();
    assert!(barred.len() >= 2, "{barred:?}");
    let texts = ["差评！还没用过", "东西坏了，给你们差评", "给我五十块，不然就给差评", "太差了，再也不买，必须差评"];
    for report in texts.map(|text| triage.assess(text)) {
        let named = report.remedies.iter().map(|remedy| remedy.id.as_str()).find(|id| barred.contains(id));
        assert_eq!(named, None, "{}", report.text);
    }
}
