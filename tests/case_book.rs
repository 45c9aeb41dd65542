//! The four worked cases of the case book, told as a buyer would tell them: the categories, the remedy, the plan and
//! the apology that the book describes.

use tousu::{Case, Phase, Report, Triage};

fn assess(text: &str) -> Report {
    Triage::builtin().assess(Case::new(text).customer("王女士"))
}

fn categories(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.category.as_str()).collect()
}

fn demands(report: &Report) -> Vec<&str> {
    report.demands.iter().map(|found| found.demand.as_str()).collect()
}

fn remedies(report: &Report) -> Vec<&str> {
    report.remedies.iter().map(|remedy| remedy.id.as_str()).collect()
}

#[track_caller]
fn assert_says(report: &Report, words: &[&str]) {
    let reply = &report.replies[0].text;
    assert!(reply.contains("王女士"), "{reply}");
    for word in words {
        assert!(reply.contains(word), "no 「{word}」 in: {reply}");
    }
}

/// The first answer is due within minutes, the plan ends with a follow-up, and nothing runs backwards.
#[track_caller]
fn assert_planned(report: &Report) {
    assert!(report.plan[0].phase == Phase::Answer && report.plan[0].due_minutes <= 15, "{:?}", report.plan[0]);
    assert_eq!(report.plan.last().unwrap().phase, Phase::FollowUp);
    let remedy = report.plan.iter().position(|step| step.phase == Phase::Remedy).unwrap();
    let withdrawal = report.plan.iter().position(|step| step.action.contains("撤"));
    assert!(withdrawal.is_none_or(|at| at > remedy), "withdrawal is asked for before the remedy");
}

#[test]
fn rotten_fruit_days_late() {
    let report = assess(
        "买的进口水果说好三天到，拖到第五天才送来，打开一看压烂了好几个，还有的都发霉了，我要全额退款，还要赔我精神损失！",
    );
    assert_eq!(categories(&report)[0], "goods.spoiled");
    assert!(categories(&report).contains(&"logistics.slow"));
    assert_eq!(demands(&report), ["refund", "compensation"]);
    assert_eq!(remedies(&report)[0], "refund.spoiled");
    assert!(report.remedies[0].sources.contains(&"case-book:1".to_owned()));
    assert_says(&report, &["全额退款", "无门槛", "不让您去找快递", "照片"]);
    assert_planned(&report);
    assert!(report.plan.iter().any(|step| step.phase == Phase::FollowUp && step.action.contains("到账")));
}

#[test]
fn wool_that_is_no_wool() {
    let report = assess(
        "写着纯羊毛的毛衣，摸着又粗又扎，洗了一次缩水变形得没法穿，材质跟页面写的完全不符，我要退货退款，你们这是欺诈吧",
    );
    assert!(categories(&report).contains(&"goods.not_as_described"), "{:?}", categories(&report));
    assert_eq!(demands(&report), ["return_refund"]);
    assert_eq!(remedies(&report)[0], "refund.return_free");
    // The remedy at once, the investigation apart from it.
    assert!(remedies(&report).contains(&"quality.inspect"), "{:?}", remedies(&report));
    assert_says(&report, &["退货退款", "运费都由我们", "照片"]);
    assert_planned(&report);
}

#[test]
fn go_and_read_the_page_yourself() {
    let report = assess(
        "问个尺寸，客服爱答不理，答得含含糊糊，再问就回一句“自己看详情页”、“都在上面写着呢”，太不尊重人了，我要投诉她",
    );
    assert_eq!(categories(&report)[0], "service.attitude");
    assert_eq!(remedies(&report)[0], "apology.ladder");
    assert_says(&report, &["主管", "道歉", "无门槛券", "聊天记录"]);
    assert_planned(&report);
}

#[test]
fn a_made_to_measure_cabinet_that_does_not_fit() {
    let report = assess(
        "定制的一套柜子，装好才发现有一个柜体尺寸做偏了，跟别的拼不上，我要求换这个柜子，商家说定制商品不退不换只肯修补，我不接受",
    );
    assert_eq!(categories(&report)[0], "aftersale.custom_goods");
    assert!(demands(&report).contains(&"exchange"), "{:?}", demands(&report));
    let remedies = remedies(&report);
    assert!(remedies[..3].iter().any(|id| ["custom.shared_fix", "custom.remake"].contains(id)), "{remedies:?}");
    assert_says(&report, &["定制"]);
    assert_planned(&report);
    assert!(report.notices.iter().any(|notice| notice.text.contains("定作")));
}
