//! What holds for every reply.

use super::compose;
use crate::advise::advise;
use crate::advise::fixtures::{Loaded, Made, builtin};
use crate::report::Reply;
use crate::taxonomy::{Demand, Party, Platform, Risk, Script, Stage};
use std::collections::BTreeMap;

const PARTIES: [Party; 4] = [Party::Seller, Party::Courier, Party::Buyer, Party::Unclear];

fn replies(loaded: &Loaded, made: &Made<'_>) -> Vec<Reply> {
    compose(&loaded.book, &made.situation(), &advise(&loaded.book, &made.situation()))
}

/// Every category, party and stage, with few and with many demands, risks and further troubles.
fn for_every_case(mut check: impl FnMut(&str, &Made<'_>, Vec<Reply>)) {
    let loaded = builtin();
    let many = [Demand::Refund, Demand::Compensation, Demand::Apology, Demand::Penalty, Demand::Invoice];
    for category in loaded.names.keys() {
        for party in PARTIES {
            for &stage in Stage::ALL {
                let bare = Made::new(&loaded, &[category], party).stage(stage);
                check(category, &bare, replies(&loaded, &bare));
                let others = ["logistics.slow", "service.attitude", "goods.defective", "shipping.missing_item"];
                let found: Vec<&str> = std::iter::once(category.as_str())
                    .chain(others.into_iter().filter(|other| other != category))
                    .collect();
                let mut full = Made::new(&loaded, &found, party).stage(stage).demands(&many).risks(Risk::ALL);
                full.case = full.case.customer("欧阳女士").product("恒温电热水壶").order("2026112200001").agent("小林");
                full.case = full.case.shop("青禾家居旗舰店").paid("199.00".parse().unwrap()).platform(Platform::Tmall);
                check(category, &full, replies(&loaded, &full));
            }
        }
    }
}

#[test]
fn replies_are_whole() {
    for_every_case(|category, made, replies| {
        let channels: Vec<&str> = replies.iter().map(|reply| reply.channel.as_str()).collect();
        assert!(channels.starts_with(&["chat", "phone", "sms"]), "{category}: {channels:?}");
        for reply in &replies {
            let text = &reply.text;
            let at = format!("{category} {} {} {}:\n{text}", made.blame.party, made.stage, reply.id);
            assert!(!text.contains(['{', '}', '%']) && !text.contains("none") && !text.contains("undefined"), "{at}");
            for flaw in ["，，", "。。", "，。", "。，", "、。", "！。", "；。", "：。", "\n\n", "「」"]
            {
                assert!(!text.contains(flaw), "{flaw} in {at}");
            }
            for line in text.lines() {
                assert!(!line.is_empty() && !line.starts_with(['，', '。', '、', '；']), "{at}");
            }
            assert!(!reply.sources.is_empty(), "{at}");
        }
    });
}

#[test]
fn lengths_suit_the_channels() {
    for_every_case(|category, _, replies| {
        for reply in replies {
            let most = match reply.channel.as_str() {
                "sms" => 70,
                "review" => 240,
                "chat" => 520,
                _ => 700,
            };
            let length = reply.text.chars().count();
            assert!(length <= most, "{category} {} has {length} characters:\n{}", reply.id, reply.text);
        }
    });
}

#[test]
fn every_reply_apologises_without_admitting_what_is_not_shown() {
    const ADMISSIONS: [&str; 6] = ["没做好", "疏忽", "是我们的不是", "是我们的错", "我们的责任", "我们失误"];
    for_every_case(|category, made, replies| {
        for reply in replies.iter().filter(|reply| reply.channel != "review") {
            let sorry = ["抱歉", "道歉", "对不住", "对不起", "不好意思", "过意不去", "费心"];
            assert!(sorry.iter().any(|word| reply.text.contains(word)), "{category}: {}", reply.text);
            if made.blame.party != Party::Seller {
                for admission in ADMISSIONS {
                    assert!(!reply.text.contains(admission), "{category} {}: {}", made.blame.party, reply.text);
                }
            }
        }
    });
}

#[test]
fn a_public_answer_tells_nothing_of_the_buyer() {
    for_every_case(|category, _, replies| {
        for reply in replies.iter().filter(|reply| reply.channel == "review") {
            for private in ["欧阳", "2026112200001", "199.00"] {
                assert!(!reply.text.contains(private), "{category}: {}", reply.text);
            }
        }
    });
}

#[test]
fn no_two_categories_read_the_same() {
    let loaded = builtin();
    for party in PARTIES {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for category in loaded.names.keys() {
            let made = Made::new(&loaded, &[category], party);
            if let Some(same) = seen.insert(replies(&loaded, &made)[0].text.clone(), category.clone()) {
                panic!("{same} and {category} get the same reply");
            }
        }
    }
}

#[test]
fn a_review_is_answered_in_seven_points_and_for_a_new_shop() {
    let loaded = builtin();
    let made = Made::new(&loaded, &["goods.defective"], Party::Seller);
    let reviews: Vec<Reply> = replies(&loaded, &made).into_iter().filter(|reply| reply.channel == "review").collect();
    assert_eq!(
        reviews.iter().map(|reply| reply.id.as_str()).collect::<Vec<_>>(),
        ["review.reply", "review.reply_new_shop"]
    );
    for point in ["很抱歉", "真实", "七天无理由", "虚心", "口碑", "团队", "再次"] {
        assert!(reviews[0].text.contains(point), "no {point}: {}", reviews[0].text);
    }
    for point in ["刚开的小店", "运费险", "不花钱买好评"] {
        assert!(reviews[1].text.contains(point), "no {point}: {}", reviews[1].text);
    }
    let made = made.stage(Stage::InTransit);
    assert!(replies(&loaded, &made).iter().all(|reply| reply.channel != "review"));
}

#[test]
fn what_was_not_told_is_listed_and_what_was_told_is_used() {
    let loaded = builtin();
    let mut made = Made::new(&loaded, &["goods.spoiled"], Party::Seller);
    let missing = &replies(&loaded, &made)[0].missing;
    assert_eq!(*missing, ["customer", "order", "product", "shop", "agent", "paid"]);
    made.case =
        made.case.customer("王女士").product("车厘子").shop("鲜果铺").paid("88.00".parse().unwrap()).order("A1");
    let chat = &replies(&loaded, &made)[0];
    for told in ["王女士", "车厘子", "鲜果铺", "¥88.00"] {
        assert!(chat.text.contains(told), "no {told}: {}", chat.text);
    }
    assert!(!chat.text.contains("订单号"), "the shop knows the order: {}", chat.text);
    assert!(!chat.missing.iter().any(|fact| fact == "customer" || fact == "shop"), "{:?}", chat.missing);
}

#[test]
fn a_fact_that_looks_like_a_placeholder_is_defused() {
    let loaded = builtin();
    let mut made = Made::new(&loaded, &["goods.spoiled"], Party::Seller);
    made.case = made.case.customer("{{ 7 * 7 }}\n{% raw %}").product("  ");
    for reply in replies(&loaded, &made) {
        assert!(!reply.text.contains(['{', '}']), "{}", reply.text);
    }
}

#[test]
fn a_buyer_who_writes_traditional_is_answered_in_it() {
    let loaded = builtin();
    let mut made = Made::new(&loaded, &["logistics.slow"], Party::Courier);
    made.script = Script::Traditional;
    made.case = made.case.customer("林小姐");
    let text = &replies(&loaded, &made)[0].text;
    assert!(
        text.starts_with("林小姐，您好！") && text.contains("實在抱歉") && !text.contains(['实', '这', '们', '发']),
        "{text}"
    );
}
