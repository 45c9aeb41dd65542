//! An agent's draft × lints → what is wrong with it.

use crate::judge::Fired;
use crate::money::Money;
use crate::quantity::{self, Amount};
use crate::report::{Lint, Report};
use crate::rules::circumstances::{CategoryIndex, Circumstances};
use crate::rules::lint::{Against, Fact, Find, Limit, LintBook, LintEntry};
use crate::shop::{Powers, ShopProfile};
use crate::span::Span;
use crate::taxonomy::{Channel, Role};
use crate::text::Text;

/// A draft and the rules of lints that fire on it.
pub(crate) struct Draft<'d> {
    pub written: &'d str,
    pub text: &'d Text,
    pub fired: &'d [Fired],
}

/// What a draft is held against.
pub(crate) struct Known<'k> {
    /// How the buyer is to be addressed, read like a draft.
    pub customer: Option<Draft<'k>>,
    pub order: Option<&'k str>,
    pub paid: Option<Money>,
    /// What the agent may promise.
    pub powers: &'k Powers,
}

/// The facts and limits by which lints prove their own sentences, as told to those who write them.
pub(crate) struct Sample {
    pub customer: &'static str,
    pub order: &'static str,
    pub paid: Option<Money>,
    pub powers: Powers,
}

impl Sample {
    pub fn new() -> Self {
        let powers = Powers {
            coupon: Some(Money::from_fen(1_000)),
            cash: Some(Money::from_fen(2_000)),
            may: Some(Vec::new()),
            ..Powers::default()
        };
        Self { customer: "王女士", order: "2026112200001", paid: Some(Money::from_fen(19_900)), powers }
    }
}

/// Everything wrong with a draft, the worst first. Where nobody says where it is sent, it is chat.
///
/// `categories` are those of the report's findings.
pub(crate) fn review(
    book: &LintBook,
    draft: &Draft<'_>,
    known: &Known<'_>,
    report: &Report,
    categories: &[CategoryIndex],
) -> Vec<Lint> {
    let case = circumstances(report, categories);
    let channel = report.facts.channel.unwrap_or(Channel::Chat);
    let bears = |entry: &&LintEntry| {
        let there = entry.channels.is_empty() || entry.channels.contains(&channel);
        there && entry.when.closeness(&case).is_some()
    };
    let mut lints: Vec<Lint> = Vec::new();
    for entry in book.lints.iter().filter(bears) {
        lints.extend(faults(entry, draft, known).into_iter().map(|span| Lint {
            id: entry.id.clone(),
            span,
            severity: entry.severity,
            reason: entry.reason.clone(),
            better: entry.better.clone(),
            sources: entry.sources.clone(),
        }));
    }
    lints.sort_by(|a, b| (b.severity, a.span, &a.id).cmp(&(a.severity, b.span, &b.id)));
    lints
}

/// What a draft is held against, of this report and this shop.
pub(crate) fn known<'k>(report: &'k Report, shop: &'k ShopProfile, customer: Option<Draft<'k>>) -> Known<'k> {
    let facts = &report.facts;
    Known { customer, order: facts.order.as_deref(), paid: facts.paid, powers: shop.powers(Role::Agent) }
}

/// Where one lint finds its fault. What is missing is missed at the end.
pub(crate) fn faults(entry: &LintEntry, draft: &Draft<'_>, known: &Known<'_>) -> Vec<Span> {
    let end = Span::new(draft.written.len(), draft.written.len());
    match &entry.find {
        Find::Words { rule, against } => draft.words(*rule, *against, known),
        Find::Lack { rule } => {
            if draft.fires(*rule) {
                Vec::new()
            } else {
                vec![end]
            }
        }
        Find::Shapes(shapes) => {
            let mut spans: Vec<Span> = shapes
                .iter()
                .flat_map(|shape| shape.find_iter(draft.written))
                .map(|found| Span::new(found.start(), found.end()))
                .collect();
            spans.sort_unstable();
            spans.dedup_by(|later, earlier| earlier.overlaps(*later));
            spans
        }
        Find::LongerThan(most) => {
            let too_much = draft.written.char_indices().nth(*most);
            too_much.map(|(start, _)| Span::new(start, draft.written.len())).into_iter().collect()
        }
    }
}

impl Draft<'_> {
    fn fires(&self, rule: usize) -> bool {
        self.fired.iter().any(|fired| fired.rule == rule)
    }

    fn words(&self, rule: usize, against: Option<Against>, known: &Known<'_>) -> Vec<Span> {
        let hits = self.fired.iter().filter(|fired| fired.rule == rule).flat_map(|fired| &fired.matches);
        hits.map(|hit| hit.start as usize..hit.end as usize)
            .filter(|range| against.is_none_or(|against| self.offends(range.clone(), rule, against, known)))
            .map(|range| self.text.source(range))
            .collect()
    }

    /// Whether words go against what is known.
    fn offends(&self, range: std::ops::Range<usize>, rule: usize, against: Against, known: &Known<'_>) -> bool {
        let words = self.text.slice(range.clone());
        let exceeds =
            |limit: Option<Money>| limit.is_some_and(|limit| self.amounts(&range).any(|amount| amount > limit));
        match against {
            // Only an address can be wrong where an address is known; a nickname tells nothing of 王女士.
            Against::Fact(Fact::Customer) => known
                .customer
                .as_ref()
                .is_some_and(|customer| customer.fires(rule) && !words.contains(customer.text.normalized())),
            Against::Fact(Fact::Order) => known.order.is_some_and(|order| {
                let number = words.rsplit(|c: char| !c.is_ascii_alphanumeric()).find(|run| !run.is_empty());
                number.is_some_and(|number| !order.to_ascii_lowercase().ends_with(number))
            }),
            Against::Fact(Fact::Paid) => {
                known.paid.is_some_and(|paid| self.amounts(&range).any(|amount| amount != paid))
            }
            Against::Limit(Limit::Paid) => exceeds(known.paid),
            Against::Limit(Limit::Coupon) => exceeds(known.powers.coupon),
            Against::Limit(Limit::Cash) => exceeds(known.powers.cash_ceiling(known.paid)),
            Against::Power(cost) => !known.powers.may_grant(cost),
        }
    }

    /// The sums of money within some characters.
    fn amounts(&self, range: &std::ops::Range<usize>) -> impl Iterator<Item = Money> {
        quantity::find(&self.text.chars()[range.clone()]).into_iter().filter_map(|quantity| match quantity.amount {
            Amount::Money { fen } => fen.map(Money::from_fen),
            _ => None,
        })
    }
}

/// The report as the conditions of lints look at it.
fn circumstances<'r>(report: &Report, categories: &'r [CategoryIndex]) -> Circumstances<'r> {
    let facts = &report.facts;
    Circumstances {
        categories,
        party: report.blame.party,
        stage: report.stage,
        demands: report.demands.iter().map(|found| found.demand).collect(),
        risks: report.risks.iter().map(|found| found.risk).collect(),
        severity: report.severity,
        script: report.script,
        platform: facts.platform,
        order_state: facts.order_state,
        goods: facts.goods.iter().copied().collect(),
        customer: facts.customer_kind,
        paid: facts.paid,
        hours_since_order: facts.hours_since_order,
        hours_since_shipping: facts.hours_since_shipping,
        hours_since_receipt: facts.hours_since_receipt,
        contacts: facts.contacts,
    }
}
