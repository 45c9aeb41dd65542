//! What holds for every reply.

use super::compose;
use crate::advise::advise;
use crate::advise::fixtures::{Loaded, Made, builtin};
use crate::case::Case;
use crate::report::{Evidence, PlanStep, Reply};
use crate::rules::wording::Values;
use crate::span::Span;
use crate::taxonomy::{Channel, Demand, Party, Phase, Platform, Risk, RuleId, Script, Stage, Tone};
use std::collections::{BTreeMap, BTreeSet};

const PARTIES: [Party; 4] = [Party::Seller, Party::Courier, Party::Buyer, Party::Unclear];

fn replies(loaded: &Loaded, made: &Made<'_>) -> Vec<Reply> {
    compose(&loaded.book, &made.situation(), &advise(&loaded.book, &made.situation())).replies
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
        assert!(channels.starts_with(&["chat", "phone", "sms", "ticket"]), "{category}: {channels:?}");
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
            let most = match reply.channel {
                Channel::Sms => 70,
                Channel::Review => 240,
                Channel::Chat => 520,
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
        for reply in replies.iter().filter(|reply| reply.channel != Channel::Review) {
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
        for reply in replies.iter().filter(|reply| reply.channel == Channel::Review) {
            for private in ["欧阳", "2026112200001", "199.00"] {
                assert!(!reply.text.contains(private), "{category}: {}", reply.text);
            }
        }
    });
}

/// The sentences of a text, without those that every reply may share: how it greets and closes.
fn sentences<'t>(text: &'t str, shared: &[&str]) -> BTreeSet<&'t str> {
    let sentences =
        text.split_inclusive(['。', '！', '？', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty());
    sentences.filter(|sentence| !shared.iter().any(|shared| shared.contains(sentence))).collect()
}

#[test]
fn no_two_categories_read_the_same() {
    const GREETING_AND_CLOSE: [&str; 5] = [
        "亲，您好！",
        "谢谢您肯把问题告诉我们。",
        "您有什么想补充的，随时留言给我。",
        "有什么想问的，随时找我。",
        "您好，您的消息收到了。",
    ];
    let loaded = builtin();
    // A second remedy, told beside the first, is told in the same words wherever it is the remedy.
    let promises: Vec<String> = loaded
        .book
        .remedies
        .entries()
        .iter()
        .flat_map(|remedy| &remedy.offer)
        .map(|offer| offer.render(Script::Simplified, &Values::default()))
        .flat_map(|offer| [format!("另外，{offer}"), format!("或者，{offer}"), offer])
        .collect();
    let shared: Vec<&str> = GREETING_AND_CLOSE.into_iter().chain(promises.iter().map(String::as_str)).collect();
    for party in PARTIES {
        for stage in [Stage::Received, Stage::InTransit, Stage::BeforeShipping] {
            let chats: BTreeMap<&str, String> = loaded
                .names
                .keys()
                .map(|category| {
                    let made = Made::new(&loaded, &[category], party).stage(stage);
                    (category.as_str(), replies(&loaded, &made).swap_remove(0).text)
                })
                .collect();
            assert_eq!(chats.len(), 33);
            for (one, text) in &chats {
                for (other, other_text) in chats.range(..*one) {
                    let (own, others) = (sentences(text, &shared), sentences(other_text, &shared));
                    let same: Vec<_> = own.intersection(&others).collect();
                    assert!(same.is_empty(), "{one} and {other} ({party}, {stage}) both say {same:?}");
                    assert_ne!(text, other_text);
                }
            }
        }
    }
}

#[test]
fn a_review_is_answered_in_seven_points_and_for_a_new_shop() {
    let loaded = builtin();
    let mut made = Made::new(&loaded, &["goods.defective"], Party::Seller);
    let review = |made: &Made<'_>| replies(&loaded, made).into_iter().find(|reply| reply.channel == Channel::Review);
    let settled = review(&made).unwrap();
    assert_eq!(settled.id, "review.reply");
    for point in ["很抱歉", "真实", "七天无理由", "虚心", "口碑", "团队", "再次"] {
        assert!(settled.text.contains(point), "no {point}: {}", settled.text);
    }
    made.shop.new_shop = true;
    made.shop.freight_insurance = true;
    let new = review(&made).unwrap();
    assert_eq!(new.id, "review.reply_new_shop");
    for point in ["刚开的小店", "运费险", "不花钱买好评"] {
        assert!(new.text.contains(point), "no {point}: {}", new.text);
    }
    // A shop does not boast of what it does not grant.
    made.shop.freight_insurance = false;
    made.shop.seven_day_returns = false;
    let plain = review(&made).unwrap();
    assert!(!plain.text.contains("运费险") && !plain.text.contains("七天"), "{}", plain.text);
    let made = made.stage(Stage::InTransit);
    assert_eq!(review(&made), None);
}

#[test]
fn the_channel_that_is_named_gets_the_only_reply() {
    let loaded = builtin();
    for &channel in Channel::ALL {
        let mut made = Made::new(&loaded, &["logistics.slow"], Party::Courier).stage(Stage::InTransit);
        made.case = made.case.channel(channel);
        let channels: Vec<Channel> = replies(&loaded, &made).into_iter().map(|reply| reply.channel).collect();
        assert_eq!(channels, [channel]);
    }
}

#[test]
fn tone_changes_how_the_buyer_is_addressed() {
    let loaded = builtin();
    let opening = |tone: Option<Tone>, script: Script, risks: &[Risk]| {
        let mut made = Made::new(&loaded, &["goods.defective"], Party::Seller);
        if !risks.is_empty() {
            made = made.risks(risks);
        }
        made.script = script;
        made.case.tone = tone;
        let text = replies(&loaded, &made).swap_remove(0).text;
        text.split_inclusive('！').next().unwrap_or_default().to_owned()
    };
    assert_eq!(opening(None, Script::Simplified, &[]), "亲，您好！");
    assert_eq!(opening(Some(Tone::Warm), Script::Simplified, &[]), "亲，您好！");
    assert_eq!(opening(Some(Tone::Formal), Script::Simplified, &[]), "您好！");
    // Nobody in Taiwan says 亲, and nobody who was hurt wants to hear it.
    assert_eq!(opening(None, Script::Traditional, &[]), "您好！");
    assert_eq!(opening(None, Script::Simplified, &[Risk::Safety]), "您好！");
}

#[test]
fn the_buyers_own_words_are_repeated_where_they_are_fit_to_be() {
    let loaded = builtin();
    let hears = |text: &'static str, words: &str| {
        let mut made = Made::new(&loaded, &["goods.spoiled"], Party::Seller);
        made.case = Case::new(text);
        let start = text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        made.findings[0].evidence = vec![Evidence { span, rule: RuleId::from("t") }];
        replies(&loaded, &made).swap_remove(0).text
    };
    assert!(hears("等了八天，打开水果全烂了！", "全烂").contains("您说“打开水果全烂了”，"));
    let plain = hears("等了八天，你们这垃圾店的水果全烂了！", "全烂");
    assert!(!plain.contains('“') && plain.contains("变质"), "{plain}");
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

#[test]
fn the_buyer_hears_again_once_a_remedy_is_due() {
    let loaded = builtin();
    for category in loaded.names.keys() {
        for &stage in Stage::ALL {
            for script in [Script::Simplified, Script::Traditional] {
                let mut made = Made::new(&loaded, &[category], Party::Seller).stage(stage);
                made.script = script;
                made.case = made.case.customer("余先生");
                let situation = made.situation();
                let advice = advise(&loaded.book, &situation);
                let follow_ups = compose(&loaded.book, &situation, &advice).follow_ups;
                assert!(!follow_ups.is_empty(), "{category} {stage}");
                for message in &follow_ups {
                    let text = &message.text;
                    assert!(text.starts_with("余先生，") && !text.contains(['{', '}']), "{text}");
                    // It asks after the remedy; it does not press for anything.
                    for pressing in ["评价", "評價", "好评", "撤", "五星"] {
                        assert!(!text.contains(pressing), "{text}");
                    }
                    let of_remedy = |step: &&PlanStep| step.phase == Phase::Remedy && step.remedy == message.remedy;
                    let due = advice.plan.iter().find(of_remedy).map(|step| step.due_minutes);
                    assert!(due.is_none_or(|due| message.due_minutes > due), "{category} {stage}: {message:?}");
                }
            }
        }
    }
}
