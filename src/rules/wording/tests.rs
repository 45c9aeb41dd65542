use super::*;
use crate::rules::source::{Origin, SourceFile};

const CUSTOMER: SlotId = 1;
const PAID: SlotId = 2;

fn slots() -> [Slot; 4] {
    [
        Slot::sure("trouble", Kind::Phrase, "变质", 8),
        Slot::unsure("customer", Kind::Name, "王女士", 10),
        Slot::unsure("paid", Kind::Money, "¥9.95", 12),
        Slot::sure("sorry", Kind::Speech, "抱歉。", 12),
    ]
}

/// The text as a rule file would hold it.
fn compiled(text: &str) -> Result<Wording, Box<Diagnostic>> {
    let file = format!("text = \"{text}\"\n");
    let end = u32::try_from(file.len() - 1).unwrap();
    let mut faults = Faults::new(vec![SourceFile { name: "t.toml".into(), text: file }]);
    let written = Located { value: text.to_owned(), origin: Origin { file: 0, start: 7, end } };
    let wording = Wording::new(&written, &slots(), &mut faults);
    wording.ok_or_else(|| Box::new(faults.into_sorted().remove(0)))
}

fn values(known: &[(SlotId, &'static str)]) -> Values<'static> {
    let mut values = Values::default();
    values.set(0, "变质");
    for (slot, value) in known {
        values.set(*slot, *value);
    }
    values
}

#[test]
fn slots_and_conditions() {
    let who = [(CUSTOMER, "林女士")];
    let both = [(CUSTOMER, "林女士"), (PAID, "¥3.00")];
    for (text, known, shown) in [
        ("关于{{ trouble }}。", &[][..], "关于变质。"),
        ("{{trouble}}。", &[], "变质。"),
        ("{{ customer or '亲' }}，您好！", &[], "亲，您好！"),
        ("{{ customer or '亲' }}，您好！", &who, "林女士，您好！"),
        ("{% if customer %}{{ customer }}，{% endif %}您好！", &who, "林女士，您好！"),
        ("{% if customer %}{{ customer }}，{% endif %}您好！", &[], "您好！"),
        ("{% if customer %}甲{% else %}乙{% endif %}", &[], "乙"),
        ("{% if customer %}甲{% elif paid %}乙{% else %}丙{% endif %}", &[], "丙"),
        ("{% if customer and paid %}甲{% elif customer %}乙{% else %}丙{% endif %}", &who, "乙"),
        ("{% if customer and paid %}甲{% elif customer %}乙{% else %}丙{% endif %}", &both, "甲"),
        ("{% if not customer %}甲{% else %}乙{% endif %}", &[], "甲"),
        ("{% if not (customer or paid) %}甲{% else %}乙{% endif %}", &who, "乙"),
        // `and` binds closer than `or`, `not` closest.
        ("{% if customer or paid and not customer %}甲{% else %}乙{% endif %}", &who, "甲"),
        ("{% if paid %}{% if customer %}甲{% else %}乙{% endif %}{% else %}丙{% endif %}", &both, "甲"),
        ("折扣 5%，满 100%。", &[], "折扣 5%，满 100%。"),
    ] {
        let wording = compiled(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(wording.render(Script::Simplified, &values(known)), shown, "{text}");
    }
}

#[test]
fn a_text_knows_what_it_uses() {
    let wording = compiled("{% if customer and not paid %}{{ customer }}，{% endif %}您好！").unwrap();
    assert_eq!(wording.slots(), [CUSTOMER, PAID]);
}

#[test]
fn taiwan_reads_its_own_words_and_what_is_filled_in_stays() {
    let wording = compiled("{{ customer or '亲' }}，退货运费由我们承担，短信通知您。").unwrap();
    let shown = wording.render(Script::Traditional, &values(&[(CUSTOMER, "余先生")]));
    assert_eq!(shown, "余先生，退貨運費由我們承擔，簡訊通知您。");
}

#[test]
fn the_longest_path_is_known() {
    let wording = compiled("{% if customer %}{{ customer }}，{% endif %}{{ trouble }}。").unwrap();
    assert_eq!(wording.longest(&slots(), |_| true), 10 + 1 + 8 + 1);
    assert_eq!(wording.longest(&slots(), |_| false), 8 + 1);
}

#[test]
fn a_blank_value_is_an_unknown_one() {
    let mut values = values(&[(CUSTOMER, "")]);
    assert!(!values.known(CUSTOMER) && !values.known(99) && values.known(0));
    values.forget(0);
    values.forget(99);
    assert!(!values.known(0));
}

#[test]
fn faults_are_told_with_their_place() {
    for (text, part, at) in [
        ("{{ customer }}您好", "露出空白", None),
        ("{{ custmer }}您好", "custmer", Some("custmer")),
        ("{% if custmer %}您{% endif %}好", "custmer", Some("custmer")),
        ("{{ trouble", "没有结束", Some("{{ trouble")),
        ("{{ trouble | upper }}", "{{ 名字", None),
        ("{{ 'x' }}", "名字", None),
        ("{{ }}", "缺空位", None),
        ("{{ customer or 亲 }}", "引号", None),
        ("{% for a in b %}", "标签只有", None),
        ("{% if paid %}甲", "没有 {% endif %}", Some("{% if paid %}")),
        ("甲{% endif %}", "没有开头", Some("{% endif %}")),
        ("{% if paid %}甲{% else %}乙{% else %}丙{% endif %}", "只能是", Some("{% else %}")),
        ("{% if paid %}甲{% endif paid %}", "不能再写", Some("{% endif paid %}")),
        ("{% if (paid %}甲{% endif %}", "括号", None),
        ("{% if paid customer %}甲{% endif %}", "and、or、not", None),
        ("{% if paid %}{{ paid }}{% endif %}，已退", "多余的标点", None),
        ("{% if paid %}已退{% endif %}", "是空的", None),
        ("{{ trouble }}{", "花括号", None),
        ("关于{{ sorry }}", "整句话", None),
    ] {
        let fault = compiled(text).expect_err(text);
        assert_eq!(fault.code, Code::Template, "{text}");
        assert!(fault.message.contains(part), "{text}: {fault}");
        if let Some(at) = at {
            let place = fault.place.as_ref().unwrap();
            let column = "text = \"".chars().count() + text[..text.rfind(at).unwrap()].chars().count() + 1;
            assert_eq!(place.column, column, "{text}: {fault}");
        }
    }
}

#[test]
fn conditions_nest_only_so_deep() {
    let text = format!("{}甲{}", "{% if paid %}".repeat(1000), "{% endif %}".repeat(1000));
    assert!(compiled(&text).unwrap_err().message.contains("太深"));
    let text = format!("{{% if {}paid %}}甲{{% endif %}}", "not ".repeat(1000));
    assert!(compiled(&text).unwrap_err().message.contains("太深"));
}
