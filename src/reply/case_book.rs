//! The four worked cases of the case book from situation to reply, and what holds for the advice in every case.

use super::Texts;
use super::compose;
use crate::advise::fixtures::{Loaded, Made, builtin, load};
use crate::advise::{Advice, advise};
use crate::rules::source::SourceFile;
use crate::rules::wording::Values;
use crate::taxonomy::{Demand, Party, Phase, Platform, Risk, Script, Severity, Stage, Standing};

fn advice(loaded: &Loaded, made: &Made<'_>) -> Advice {
    advise(&loaded.book, &made.situation())
}

fn remedies(advice: &Advice) -> Vec<&str> {
    advice.remedies.iter().map(|remedy| remedy.id.as_str()).collect()
}

/// The chat reply, which is listed first.
fn chat(loaded: &Loaded, made: &Made<'_>, advice: &Advice) -> String {
    compose(&loaded.book, &made.situation(), advice)
        .replies
        .into_iter()
        .next()
        .map_or_else(String::new, |reply| reply.text)
}

fn assert_says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no 「{part}」 in: {text}");
    }
}

#[test]
fn rotten_late_fruit_is_refunded_in_full_with_a_coupon_and_confirmed_next_day() {
    let loaded = builtin();
    let mut made = Made::new(&loaded, &["goods.spoiled", "logistics.slow"], Party::Courier)
        .demands(&[Demand::Refund, Demand::Compensation]);
    made.case = made.case.customer("王女士").paid("128.00".parse().unwrap());
    let advice = advice(&loaded, &made);
    assert_eq!(advice.remedies[0].id, "refund.spoiled");
    assert_eq!(advice.remedies[0].estimate.unwrap().to_string(), "¥128.00");
    assert_says(&advice.remedies[0].why, &["买家要求退款、赔偿", "变质过期"]);
    assert!(advice.remedies[0].sources.contains(&"case-book:1".to_owned()));
    assert!(advice.plan[0].phase == Phase::Answer && advice.plan[0].due_minutes == 15);
    assert!(advice.plan.iter().any(|step| step.phase == Phase::FollowUp && step.action.contains("次日回访")));
    let text = chat(&loaded, &made, &advice);
    assert_says(&text, &["王女士，您好", "变质", "全额退款 ¥128.00", "无门槛优惠券", "物流慢", "订单号", "明天"]);
    assert!(text.contains("不让您去找快递"), "the shop owns the matter: {text}");
}

#[test]
fn a_sweater_not_of_wool_is_taken_back_first_and_inspected_apart() {
    let loaded = builtin();
    let made = Made::new(&loaded, &["goods.not_as_described", "goods.counterfeit"], Party::Seller)
        .demands(&[Demand::ReturnRefund]);
    let advice = advice(&loaded, &made);
    assert_eq!(remedies(&advice)[0], "refund.return_free");
    assert!(remedies(&advice).contains(&"quality.inspect"), "{:?}", remedies(&advice));
    let text = chat(&loaded, &made, &advice);
    assert_says(&text, &["来回运费都由我们承担", "质检", "3 个工作日", "标签", "怀疑不是正品"]);
    let notices: Vec<&str> = advice.notices.iter().map(|notice| notice.id.as_str()).collect();
    assert!(notices.contains(&"fraud-threefold") && notices.contains(&"seven-day-return"), "{notices:?}");
}

#[test]
fn a_rude_agent_brings_the_supervisor_then_a_coupon_then_training() {
    let loaded = builtin();
    let made = Made::new(&loaded, &["service.attitude"], Party::Seller).demands(&[Demand::Apology]);
    let advice = advice(&loaded, &made);
    assert_eq!(remedies(&advice)[0], "apology.ladder");
    let steps = advice.remedies[0].steps.join("→");
    let place = |word: &str| steps.find(word).unwrap_or_else(|| panic!("no {word} in {steps}"));
    assert!(place("主管打电话致歉") < place("当事客服再亲自致歉") && place("当事客服再亲自") < place("平台上再次致歉"));
    assert!(advice.plan.iter().any(|step| step.action.contains("培训")));
    assert_says(&chat(&loaded, &made, &advice), &["客服主管", "道歉", "聊天记录", "无门槛券"]);
}

#[test]
fn a_cabinet_off_size_is_mended_or_remade_and_agreed_in_writing() {
    let loaded = builtin();
    let made = Made::new(&loaded, &["aftersale.custom_goods"], Party::Seller).demands(&[Demand::Exchange]);
    let advice = advice(&loaded, &made);
    assert_eq!(remedies(&advice)[..2], ["custom.remake", "custom.shared_fix"]);
    assert!(advice.plan.iter().any(|step| step.phase == Phase::Fallback && step.action.contains("精修")));
    assert!(advice.plan.iter().any(|step| step.action.contains("书面确认")));
    assert_says(&chat(&loaded, &made, &advice), &["重做", "生产周期", "文字双方各留一份"]);
    assert!(advice.notices.iter().any(|notice| notice.id == "custom-exception"));
}

#[test]
fn late_shipping_owes_five_percent_and_three_points() {
    let loaded = builtin();
    let mut made = Made::new(&loaded, &["shipping.late"], Party::Seller).stage(Stage::BeforeShipping);
    made.case = made.case.paid("199.00".parse().unwrap()).hours_since_order(110).platform(Platform::Taobao);
    let notices = advice(&loaded, &made).notices;
    let penalty = notices.iter().find(|notice| notice.id == "late-shipping-penalty").unwrap();
    assert_says(&penalty.text, &["逾期未发货", "应付违约金 ¥9.95（实付 ¥199.00 × 5%）", "扣 3 分"]);
    assert_eq!(penalty.amount.unwrap().fen(), 995);
    made.case = made.case.hours_since_order(72);
    let notices = advice(&loaded, &made).notices;
    assert!(notices.iter().all(|notice| notice.id != "late-shipping-penalty"));
    made.case = made.case.platform(Platform::Rakuten);
    let advice = advice(&loaded, &made);
    assert!(advice.notices.iter().any(|notice| notice.id == "rakuten-first-answer"));
    assert_eq!(advice.plan[0].due_minutes, 60, "the urgent step is due before Rakuten's 24 hours");
}

#[test]
fn statutory_minimums_hold() {
    let loaded = builtin();
    for (category, policy, paid, amount) in [
        ("goods.counterfeit", "fraud-threefold", "20.00", "¥500.00"),
        ("goods.counterfeit", "fraud-threefold", "300.00", "¥900.00"),
        ("goods.spoiled", "food-tenfold", "35.50", "¥1000.00"),
        ("goods.spoiled", "food-tenfold", "135.50", "¥1355.00"),
    ] {
        let mut made = Made::new(&loaded, &[category], Party::Seller);
        made.case = made.case.paid(paid.parse().unwrap());
        let notices = advice(&loaded, &made).notices;
        let found = notices.iter().find(|notice| notice.id == policy).unwrap();
        assert_eq!(found.amount.unwrap().to_string(), amount, "{category} {paid}");
        assert_says(&found.text, &["可能适用", amount]);
    }
}

#[test]
fn no_case_comes_back_empty_handed_and_nothing_improper_is_offered() {
    let loaded = builtin();
    let improper: Vec<&str> = loaded
        .book
        .remedies
        .entries()
        .iter()
        .filter(|remedy| remedy.standing != Standing::Ok)
        .map(|remedy| remedy.id.value.as_str())
        .collect();
    assert!(improper.contains(&"review.pay_for_change") && improper.contains(&"review.press_for_change"));
    for category in loaded.names.keys() {
        for &party in &Party::ALL[..4] {
            for &stage in Stage::ALL {
                for demands in [&[][..], &[Demand::Refund], &[Demand::Compensation, Demand::Penalty]] {
                    let made = Made::new(&loaded, &[category], party).stage(stage).demands(demands);
                    let advice = advice(&loaded, &made);
                    let ids = remedies(&advice);
                    assert!((2..=6).contains(&ids.len()), "{category} {party} {stage}: {ids:?}");
                    assert!(ids.iter().all(|id| !improper.contains(id)), "{ids:?}");
                    assert!(advice.remedies.iter().all(|remedy| !remedy.why.is_empty()));
                    assert!(advice.remedies.is_sorted_by(|a, b| a.score >= b.score));
                    for &phase in Phase::ALL {
                        assert!(
                            advice.plan.iter().any(|step| step.phase == phase),
                            "{category} {party} {stage}: {phase}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn withdrawal_is_asked_for_only_after_the_remedy() {
    let loaded = builtin();
    for category in loaded.names.keys() {
        let made = Made::new(&loaded, &[category], Party::Seller).stage(Stage::Unknown).demands(&[Demand::Penalty]);
        let advice = advice(&loaded, &made);
        let last_remedy =
            advice.plan.iter().filter(|step| step.phase == Phase::Remedy).map(|step| step.due_minutes).max();
        for step in advice.plan.iter().filter(|step| step.action.contains("撤销投诉")) {
            assert!(step.phase == Phase::FollowUp && Some(step.due_minutes) > last_remedy, "{category}: {step:?}");
        }
        assert!(!chat(&loaded, &made, &advice).contains("撤"), "{category}");
    }
}

#[test]
fn the_same_case_gets_the_same_advice() {
    let loaded = builtin();
    let made = Made::new(&loaded, &["goods.defective", "service.unhelpful"], Party::Seller)
        .demands(&[Demand::Refund])
        .risks(&[Risk::Regulator]);
    let first = advice(&loaded, &made);
    assert!(remedies(&first).contains(&"regulator.cooperate") || first.remedies.len() == 6, "{:?}", remedies(&first));
    assert_eq!(first, advice(&builtin(), &made));
    assert_eq!(made.severity, Severity::Critical);
}

#[test]
fn no_findings_no_advice() {
    let loaded = builtin();
    let made = Made::new(&loaded, &[], Party::None);
    let advice = advice(&loaded, &made);
    assert_eq!(advice, Advice::default());
    assert_eq!(compose(&loaded.book, &made.situation(), &advice), Texts::default());
}

const SMALL: &str = r#"
[[category]]
id = "tickets.seat"
name = "座位不符"

[[remedy]]
id = "seat.change"
name = "调换座位"
fits = { "tickets.seat" = 1.0 }
parties = ["seller"]
steps = ["核对票面和图示", "调换到同价位座位"]
offer = "我们给您调换到同价位的座位，{% if order %}订单 {{ order }} {% endif %}今天办好。"

[[act]]
act = "hear"
text = "您说{{ trouble }}，我们马上核对。"

[[template]]
id = "chat.small"
channel = "chat"
text = "{{ customer or '您好' }}，{{ hear }}{% if offer %}{{ offer }}{% endif %}"
"#;

#[test]
fn a_category_remedy_and_template_of_ones_own_need_no_code() {
    let file = SourceFile { name: "small.toml".into(), text: SMALL.into() };
    let loaded = load(vec![file]).unwrap();
    let mut made = Made::new(&loaded, &["tickets.seat"], Party::Seller);
    let advice = advice(&loaded, &made);
    assert_eq!(remedies(&advice), ["seat.change"]);
    assert_eq!(
        chat(&loaded, &made, &advice),
        "您好，您说座位不符，我们马上核对。我们给您调换到同价位的座位，今天办好。"
    );
    made.case = made.case.order("A1").customer("王女士");
    assert_eq!(
        chat(&loaded, &made, &advice),
        "王女士，您说座位不符，我们马上核对。我们给您调换到同价位的座位，订单 A1 今天办好。"
    );
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let text = r#"
[[category]]
id = "a.b"
name = "甲"

[[source]]
id = "book"
title = "书"
kind = "document"

[[remedy]]
id = "x"
name = "办法"
fits = { "a.c" = 1.0 }
stages = ["recieved"]
cost = "ful"
due = "一天"
offer = "给{{ custmer }}退款。"
steps = ["退款"]
sources = ["bok:1", "book:1"]

[[policy]]
id = "p"
name = "规则"
text = "赔 {{ amount }}"
sources = ["book:2"]

[[template]]
id = "t"
channel = "mail"
text = "您好"
"#;
    let faults = load(vec![SourceFile { name: "bad.toml".into(), text: text.into() }]).err().unwrap();
    let all: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
    for part in
        ["a.c", "recieved", "「received」", "ful", "一天", "custmer", "「customer」", "bok:1", "露出空白", "mail"]
    {
        assert!(all.contains(part), "no {part} in:\n{all}");
    }
    let lines: Vec<usize> = faults.iter().filter_map(|fault| fault.place.as_ref()).map(|place| place.line).collect();
    assert!(lines.is_sorted() && lines.len() >= 8, "{all}");
}

#[test]
fn remedies_are_written_with_care() {
    let loaded = builtin();
    for remedy in loaded.book.remedies.entries() {
        let id = &remedy.id.value;
        assert!(!remedy.sources.is_empty() && !remedy.steps.is_empty(), "{id} wants steps and sources");
        assert!(remedy.name.chars().count() <= 14, "{id}: the name goes into a text message of 70 characters");
        if remedy.standing != Standing::Ok {
            assert!(!remedy.reason.is_empty() && remedy.offer.is_none(), "{id}");
        }
        for text in remedy.steps.iter().chain([&remedy.if_refused]) {
            assert!(!text.contains(['{', '}']), "{id}: {text}");
        }
        if let Some(offer) = &remedy.offer {
            let text = offer.render(Script::Simplified, &Values::default());
            assert!(text.ends_with('。'), "{id}: {text}");
        }
    }
}
