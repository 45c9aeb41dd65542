//! Whatever comes in, an honest report comes out: no panic, spans that fit, the same answer twice.

use proptest::prelude::*;
use std::thread;
use tousu::{Report, Span, Triage};

fn spans(report: &Report) -> Vec<Span> {
    let findings = report.findings.iter().flat_map(|finding| &finding.evidence).map(|proof| proof.span);
    let blame = report.blame.evidence.iter().map(|proof| proof.span);
    let demands = report.demands.iter().map(|found| found.span);
    let risks = report.risks.iter().map(|found| found.span);
    findings.chain(blame).chain(demands).chain(risks).collect()
}

fn assert_sound(text: &str) {
    let triage = Triage::builtin();
    let report = triage.assess(text);
    assert_eq!(report.text, text);
    for span in spans(&report) {
        assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} of {text:?}");
    }
    assert_eq!(report.complaint, !report.findings.is_empty());
    assert!(report.findings.iter().all(|finding| !finding.evidence.is_empty()), "a finding out of nothing in {text:?}");
    let shares = report.blame.seller + report.blame.courier + report.blame.buyer;
    let whole = if report.complaint { 1.0 } else { 0.0 };
    assert!((shares - whole).abs() < 1e-9, "{shares}");
    assert!((0.0..=1.0).contains(&report.confidence));
    assert_eq!(report, triage.assess(text), "not deterministic on {text:?}");
    let verdict = triage.classify(text);
    assert_eq!((verdict.findings, verdict.blame, verdict.demands), (report.findings, report.blame, report.demands));
}

/// Pieces of complaints, so that random texts reach deep into the rules.
const PIECES: &[&str] = &[
    "快递",
    "客服",
    "没",
    "不",
    "坏了",
    "烂",
    "退款",
    "如果",
    "吗",
    "，",
    "。",
    "！",
    "？",
    "5天",
    "三斤",
    "¥9.9",
    "「",
    "」",
    "“",
    "”",
    "说",
    "的话",
    "都没有",
    "太",
    "慢",
    "差",
    "好",
    "但是",
    "👎",
    " ",
    "\n",
    "發貨",
    "tui款",
    "[数字x]",
    "A",
    "…",
    "、",
    "上次",
    "怎么还",
    "一",
    "半个月",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_string_is_assessed(text in any::<String>()) {
        assert_sound(&text);
    }

    #[test]
    fn any_mixture_of_complaint_words_is_assessed(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        assert_sound(&pieces.concat());
    }
}

#[test]
fn odd_texts_are_assessed() {
    for text in [
        "",
        " ",
        "\n\n",
        "\u{feff}",
        "\u{0}\u{1}\u{2}",
        "👨‍👩‍👧‍👦",
        "？？？",
        "(((",
        "{{{",
        "}}",
        "「「「",
        "。。。",
        "没没没没没没没",
        "12345678901234567890123456789012345678901234567890元",
        "٣天",
        "e\u{301}\u{301}\u{301}",
        "\u{202e}坏了",
        "[数字x][数字x]",
        "零零零",
        "万万万亿亿亿",
    ] {
        assert_sound(text);
    }
}

#[test]
fn a_long_text_is_assessed_whole() {
    let text = "收到的苹果全烂了，客服不理人。".repeat(20_000);
    let report = Triage::builtin().assess(&text);
    let last = spans(&report).into_iter().max().unwrap();
    assert!(last.end > text.len() - 60, "the end of the text was not read");
}

#[test]
fn what_is_said_far_into_a_long_text_means_what_it_means_alone() {
    let triage = Triage::builtin();
    let quiet = "他在院子里看书。".repeat(80);
    assert!(triage.explain(&quiet).firings.is_empty());
    for text in generated(20_261_201, 200) {
        let mut alone = triage.explain(&text);
        let shift = |span: &mut Span| (span.start, span.end) = (span.start + quiet.len(), span.end + quiet.len());
        alone.firings.iter_mut().flat_map(|firing| &mut firing.spans).for_each(shift);
        assert_eq!(triage.explain(&format!("{quiet}{text}")).firings, alone.firings, "{text}");
    }
}

/// Messages that follow from a seed, each of a few pieces.
fn generated(seed: u64, count: usize) -> Vec<String> {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let message = |next: &mut dyn FnMut(usize) -> usize| (0..=next(24)).map(|_| PIECES[next(PIECES.len())]).collect();
    (0..count).map(|_| message(&mut next)).collect()
}

#[test]
fn many_are_assessed_as_they_are_asked_for() {
    let endless = std::iter::repeat("苹果烂了一半");
    assert!(Triage::builtin().assess_all(endless).take(3).all(|report| report.complaint));
    assert_eq!(Triage::builtin().assess_all([""; 0]).count(), 0);
}

#[test]
fn neither_threads_nor_what_came_before_change_a_report() {
    let texts = generated(20_261_130, 400);
    let triage = Triage::builtin();
    let serial: Vec<Report> = texts.iter().map(|text| triage.assess(text)).collect();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                texts.iter().zip(&serial).for_each(|(text, report)| assert_eq!(&triage.assess(text), report))
            });
        }
    });
    assert!(triage.assess_all(&texts).eq(serial.iter().cloned()));
    // Working memory is kept from text to text: another engine meets them in another order.
    let other = Triage::builder().rules_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).build().unwrap();
    texts.iter().zip(&serial).rev().for_each(|(text, report)| assert_eq!(&other.assess(text), report));
}
