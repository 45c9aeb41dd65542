//! Quantities as buyers write them.

use proptest::prelude::*;

use super::*;
use crate::text::Text;

/// The quantities of a text, each as `what it covers=what it says`.
fn found(original: &str) -> Vec<String> {
    let text = Text::new(original);
    let figure = |value: Option<String>| value.unwrap_or_else(|| "?".into());
    find(text.chars())
        .into_iter()
        .map(|quantity| {
            let says = match quantity.amount {
                Amount::Duration { minutes } => match minutes {
                    Some(minutes) if minutes > 0 && minutes % 1440 == 0 => {
                        format!("{}d", minutes / 1440)
                    }
                    Some(minutes) if minutes > 0 && minutes % 60 == 0 => {
                        format!("{}h", minutes / 60)
                    }
                    minutes => format!("{}min", figure(minutes.map(|m| m.to_string()))),
                },
                Amount::Money { fen } => format!("{}fen", figure(fen.map(|fen| fen.to_string()))),
                Amount::Date => "date".into(),
                Amount::Count { thousandths, unit } => {
                    format!("{}m{}", figure(thousandths.map(|n| n.to_string())), unit.unwrap_or("-"))
                }
            };
            format!("{}={says}", text.slice(quantity.range))
        })
        .collect()
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(found(text).join(" "), *expected, "{text}");
    }
}

#[test]
fn durations() {
    check(&[
        ("等了三天", "三天=3d"),
        ("等了3 天了", "3天=3d"),
        ("承诺48小时内", "48小时=2d"),
        ("48h没发货", "48h=2d"),
        ("等了一个多礼拜", "一个多礼拜=7d"),
        ("半个月了", "半个月=15d"),
        ("大半个月", "半个月=15d"),
        ("十几天", "十几天=10d"),
        ("十来天", "十来天=10d"),
        ("二十多天", "二十多天=20d"),
        ("玩了三天两夜", "三天两夜=3d"),
        ("三四天才到", "三四天=3d"),
        ("3-5天", "3-5天=3d"),
        ("三到五天", "三到五天=3d"),
        ("三、四天", "三、四天=3d"),
        ("等了一周", "一周=7d"),
        ("一星期", "一星期=7d"),
        ("1个星期", "1个星期=7d"),
        ("一个半小时", "一个半小时=90min"),
        ("两个小时", "两个小时=2h"),
        ("一个多小时", "一个多小时=1h"),
        ("用了半年", "半年=4380h"),
        ("俩月", "俩月=60d"),
        ("两个月", "两个月=60d"),
        ("一个月", "一个月=30d"),
        ("个把月", "个把月=30d"),
        ("三个来月", "三个来月=90d"),
        ("好几天", "好几天=3d"),
        ("好多天", "好多天=5d"),
        ("没几天就坏", "几天=3d"),
        ("第3天", "第3天=3d"),
        ("都第五天了", "第五天=5d"),
        ("七日无理由", "七日=7d"),
        ("3日内", "3日=3d"),
        ("十五分钟", "十五分钟=15min"),
        ("30秒", "30秒=0min"),
        ("两天半", "两天半=60h"),
        ("一年半", "一年半=13140h"),
        ("等了半天", "半天=12h"),
        ("[数字x]天", "[数字x]天=?min"),
        ("[数字x]个月", "[数字x]个月=?min"),
        ("n天了", "n天=?min"),
        ("3个工作日", "3个工作日=3d"),
    ]);
}

#[test]
fn money() {
    check(&[
        ("¥199", "¥199=19900fen"),
        ("￥1,299.00", "¥1,299.00=129900fen"),
        ("199元", "199元=19900fen"),
        ("花了199块", "199块=19900fen"),
        ("1块5", "1块5=150fen"),
        ("三块八一斤", "三块八=380fen 一斤=1000m斤"),
        ("5块5毛", "5块5毛=550fen"),
        ("1元5角", "1元5角=150fen"),
        ("五毛", "五毛=50fen"),
        ("两毛五", "两毛五=25fen"),
        ("2.5元", "2.5元=250fen"),
        ("$4680", "$4680=468000fen"),
        ("NT$ 300", "nt$ 300=30000fen"),
        ("300rmb", "300rmb=30000fen"),
        ("20块钱", "20块钱=2000fen"),
        ("一块钱", "一块钱=100fen"),
        ("三十多元", "三十多元=3000fen"),
        ("万把块", "万把块=1000000fen"),
        ("上百块", "百块=10000fen"),
        ("两三百块", "两三百块=20000fen"),
        ("好几百块", "好几百块=30000fen"),
        ("1.5k元", "1.5k元=150000fen"),
        ("1万元", "1万元=1000000fen"),
        ("一百五十块", "一百五十块=15000fen"),
        ("还要*元打孔费", "*元=?fen"),
        ("[金额x]元", "[金额x]元=?fen"),
        ("[数字x]块", "[数字x]块=?fen"),
        ("一分钱不退", "一分钱=1fen"),
    ]);
}

#[test]
fn dates() {
    check(&[
        ("5月3号", "5月3号=date"),
        ("2024年5月1日买的", "2024年5月1日=date"),
        ("5/15下单", "5/15=date"),
        ("11.11买的", "11.11=date"),
        ("2024-05-01", "2024-05-01=date"),
        ("6月21发货", "6月21=date"),
        ("六月二十一号", "六月二十一号=date"),
        ("周一", "周一=date"),
        ("上周五", "上周五=date"),
        ("星期天", "星期天=date"),
        ("昨天", "昨天=date"),
        ("双十一", "双十一=date"),
        ("十一买的", "十一=date"),
        ("走了十一天", "十一天=11d"),
        ("亏了十一万块", "十一万块=11000000fen"),
        ("十一个", "十一个=11000m个"),
        ("18号", "18号=date"),
        ("[日期x]", "[日期x]=date"),
        ("[时间x]", "[时间x]=date"),
        ("[数字x]月[数字x]号", "[数字x]月[数字x]号=date"),
        ("12:30", "12:30=date"),
        ("下午三点半", "三点半=date"),
        ("3月", "3月=date"),
        ("前几天", "前几天=date"),
        ("2022年", "2022年=date"),
        ("24年买的", "24年=date"),
        ("15日到货", "15日=date"),
        ("8.4日", "8.4日=date"),
        ("今天周三", "今天=date 周三=date"),
        ("上周一直没到", "上周一=date"),
        ("到底几号发", "几号=date"),
        ("第二天就坏", "第二天=date"),
    ]);
}

#[test]
fn counts() {
    check(&[
        ("买了3个坏2个", "3个=3000m个 2个=2000m个"),
        ("两件", "两件=2000m件"),
        ("2公斤", "2公斤=2000m公斤"),
        ("二两", "二两=2000m两"),
        ("1两", "1两=1000m两"),
        ("半两", "半两=500m两"),
        ("二两茶", "二两=2000m两"),
        ("一两个", "一两个=1000m个"),
        ("1.5kg", "1.5kg=1500mkg"),
        ("500ml", "500ml=500000mml"),
        ("半箱", "半箱=500m箱"),
        ("三斤半", "三斤半=3500m斤"),
        ("坏了一块", "一块=1000m块"),
        ("两次", "两次=2000m次"),
        ("42码", "42码=42000m码"),
        ("43号", "43号=43000m号"),
        ("50%", "50%=50000m%"),
        ("百分之五十", "百分之五十=50000m%"),
        ("八成新", "八成=8000m成"),
        ("一星差评", "一星=1000m星"),
        ("坏了一半", "一半=500m份"),
        ("三分之一", "三分之一=333m份"),
        ("2/3", "2/3=666m份"),
        ("打8.8折", "8.8折=8800m折"),
        ("[数字x]", "[数字x]=?m-"),
        ("[数字x]个", "[数字x]个=?m个"),
        ("给10分", "10分=10000m分"),
        ("十几个", "十几个=10000m个"),
    ]);
}

#[test]
fn no_quantities() {
    for text in [
        "三更半夜",
        "一下",
        "一点",
        "一直",
        "一样",
        "一定",
        "一起",
        "一般",
        "第一次",
        "第二个",
        "万一",
        "千万不要",
        "一会儿",
        "十分满意",
        "几乎",
        "数码产品",
        "三包",
        "三星手机",
        "一天到晚",
        "一部分",
        "一次性",
        "一分钱一分货",
        "两码事",
        "百度",
        "星期",
        "大家",
        "好多",
        "iphone13",
        "a4纸",
        "不是一回事",
        "一块儿",
        "三点建议",
        "no",
        "x",
        "2、手机",
        "一个个都坏",
        "同一位置",
        "扔*桶",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn hidden_in_a_sentence() {
    check(&[
        (
            "双十一花了一千二百多买的冰箱，第三天送到，两个星期就坏了，打了5次电话只肯赔50块",
            "双十一=date 第三天=3d 两个星期=14d 5次=5000m次 50块=5000fen",
        ),
        ("昨天下午三点半打电话说24小时内处理", "昨天=date 三点半=date 24小时=1d"),
    ]);
}

#[test]
fn too_large_is_the_largest() {
    let nines = "9".repeat(40);
    for text in [format!("{nines}元"), format!("{nines}天"), format!("{nines}个"), format!("{nines}亿元")] {
        assert_eq!(found(&text).len(), 1, "{text}");
    }
}

#[test]
fn a_long_numeral_is_read_once() {
    // Quadratic reading would take minutes here.
    let chars: Vec<char> = "十一".repeat(200_000).chars().collect();
    assert!(find(&chars).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quantities_lie_in_the_text_in_order(
        original in prop::collection::vec(
            prop::sample::select("0123456789.,:/-~[数字x]*¥$ 一二两三十百千万亿俩半几好多来个月天周年日号点块元毛钱小时分之第上昨kgn%到、".chars().collect::<Vec<_>>()),
            0..40,
        ).prop_map(String::from_iter),
    ) {
        let text = Text::new(&original);
        let mut last = 0;
        for quantity in find(text.chars()) {
            prop_assert!(last <= quantity.range.start && quantity.range.start < quantity.range.end);
            prop_assert!(quantity.range.end <= text.len());
            last = quantity.range.end;
        }
    }

    #[test]
    fn any_characters_will_do(original in ".*") {
        let _ = find(&original.chars().collect::<Vec<_>>());
    }
}
