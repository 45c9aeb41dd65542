//! Normalisation item by item, and what holds for any text at all.

use proptest::prelude::*;

use super::*;

#[test]
fn normalisation_table() {
    for (name, original, normal) in [
        ("full width", "ＡＢｃ１２３，。！？；：（）％￥", "abc123,。!?;:()%¥"),
        ("ideographic space", "ＯＫ\u{3000}吗", "ok 吗"),
        ("decimal stays", "5.1和５．１", "5.1和5.1"),
        ("lower case", "iPhone XS", "iphone xs"),
        ("traditional", "後來發現裡面髒了，這隻著實沒麼", "后来发现里面脏了,这只着实没么"),
        ("taiwan and hong kong", "裏面綫衞説妳牠揹粧", "里面线卫说你它背妆"),
        ("overturned stays", "覆水", "覆水"),
        ("zero width and friends", "\u{FEFF}退\u{200B}款\u{200D}\u{202E}吧\u{7}", "退款吧"),
        ("variation selector, skin tone", "❤\u{FE0F}👎🏽", "❤👎"),
        ("combining marks", "差\u{336}评\u{336}", "差评"),
        ("white space", "一\t二\r\n三\u{2028}四  五五", "一\t二\n三\n四 五五"),
        ("dash in a word", "退-款", "退款"),
        ("dash run", "退---款", "退款"),
        ("space in a word", "假 货", "假货"),
        ("star in a word", "假*货", "假货"),
        ("stop in a word", "退.款", "退款"),
        ("underscore", "客_服", "客服"),
        ("middle dot", "垃·圾", "垃圾"),
        ("many pieces", "垃 圾 店 铺", "垃圾店铺"),
        ("one lone side", "退-款吧", "退款吧"),
        ("no lone side stays", "质量-很差", "质量-很差"),
        ("space between words stays", "质量 很差", "质量 很差"),
        ("space beside a word stays", "很差 退", "很差 退"),
        ("slash and 、 stay", "红/白、黄", "红/白、黄"),
        ("digits and latin stay", "a-b 3-5", "a-b 3-5"),
        ("hidden figure stays", "要*元", "要*元"),
        ("figure set off by spaces", "等了 3 天", "等了3天"),
        ("space that parts stays", "收到了 3天就坏", "收到了 3天就坏"),
        ("space after a sum stays", "只要300 我就买", "只要300 我就买"),
        ("repeats", "太太太差！！！哈哈哈哈", "太差!哈"),
        ("two stay", "天天试试??", "天天试试??"),
        ("repeats in any width", "差！!！", "差!"),
        ("digits and latin repeat", "1000个www", "1000个www"),
        ("stops are an ellipsis", "唉。。。好吧...嗯……", "唉…好吧…嗯…"),
        ("repeats laid bare", "退-退-退款", "退款"),
        ("pinyin", "快速反應(yīng)匯報(bào)", "快速反应汇报"),
        ("pinyin full width", "當（dāng）然", "当然"),
        ("plain pinyin beside toned", "應(yīng)該的(de)", "应该的"),
        ("plain alone stays", "好的(de)", "好的(de)"),
        ("no pinyin", "反應(yīng)好(ok)大(max)", "反应好(ok)大(max)"),
        ("mask", "等了[数字x]天", "等了[数字x]天"),
        ("brackets and quotes", "【急】「退」", "[急]“退”"),
        ("nothing", "", ""),
    ] {
        assert_eq!(Text::new(original).normalized(), normal, "{name}");
    }
}

#[test]
fn sources_are_tight() {
    let source = |original: &'static str, range| Text::new(original).source(range).of(original);
    assert_eq!(source("太太太差！", 0..1), "太");
    assert_eq!(source("太太太差！", 0..2), "太太太差");
    assert_eq!(source("反應(yīng)快", 0..2), "反應");
    assert_eq!(source("反應(yīng)快", 1..3), "應(yīng)快");
    assert_eq!(source("我要退-款", 0..3), "我要退");
    assert_eq!(source("退\u{200B}款", 0..2), "退\u{200B}款");
    assert_eq!(source("ＯＫ", 1..2), "Ｋ");
}

#[test]
fn sources_of_odd_ranges_are_empty() {
    let text = Text::new("差评");
    assert_eq!(text.source(1..1), Span::new(3, 3));
    assert_eq!(text.source(2..2), Span::new(6, 6));
    assert_eq!(text.source(Range { start: 2, end: 1 }), Span::new(6, 6));
    assert_eq!(text.source(0..99), Span::new(0, 6));
    assert_eq!(text.slice(0..99), "差评");
    assert_eq!(text.slice(Range { start: 2, end: 1 }), "");
    assert_eq!((text.char_at(1), text.char_at(2), text.char_at_byte(4), text.char_at_byte(6)), ('评', '\0', 1, 2));
}

#[test]
fn script_is_told_by_what_only_one_script_has() {
    for (text, script) in [
        ("东西坏了，什么时候退款", Some(Script::Simplified)),
        ("東西壞了，什麼時候退款", Some(Script::Traditional)),
        ("好差", None),
        ("后里台只干", None),
        ("3 days", None),
    ] {
        assert_eq!(Text::new(text).script(), script, "{text}");
    }
}

#[test]
fn clauses_and_quotations_index_the_normalised_text() {
    let text = Text::new("快递太太太慢！客服說「不退」👎");
    let clauses: Vec<&str> = text.clauses().iter().map(|clause| text.slice(clause.range.clone())).collect();
    assert_eq!(clauses, ["快递太慢", "客服说“不退”", "👎"]);
    assert_eq!(text.slice(text.quotations()[0].clone()), "不退");
}

/// Text thick with what the normaliser acts on.
fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(
            "退款货货太太應裡Ａb2345 -*·._~|+()（）yīngde，。.…!！?\n\t\u{200B}\u{336}👎🏽“”\"、/"
                .chars()
                .collect::<Vec<_>>(),
        ),
        0..60,
    )
    .prop_map(String::from_iter)
}

fn holds_together(original: &str) -> Result<(), TestCaseError> {
    let text = Text::new(original);
    let (again, twice) = (Text::new(original), Text::new(text.normalized()));
    prop_assert_eq!(again.normalized(), text.normalized());
    prop_assert_eq!(text.normalized().chars().collect::<Vec<_>>(), text.chars());
    let mut last = 0;
    for index in 0..text.len() {
        let span = text.source(index..index + 1);
        prop_assert!(original.is_char_boundary(span.start) && original.is_char_boundary(span.end));
        prop_assert!(last <= span.start && span.start < span.end);
        prop_assert_eq!(text.char_at_byte(text.byte_at_char(index)), index);
        last = span.end;
    }
    let mut last = 0;
    for clause in text.clauses() {
        prop_assert!(
            last <= clause.range.start && clause.range.start < clause.range.end && clause.range.end <= text.len()
        );
        last = clause.range.end;
    }
    for quotation in text.quotations() {
        prop_assert!(quotation.start < quotation.end && quotation.end < text.len());
    }
    prop_assert_eq!(twice.normalized(), text.normalized());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds_together(original in ".*") {
        holds_together(&original)?;
    }

    #[test]
    fn hostile_text_holds_together(original in hostile()) {
        holds_together(&original)?;
    }

    #[test]
    fn replies_for_taiwan_never_fail(text in ".*") {
        let _ = to_traditional_taiwan(&text);
    }
}
