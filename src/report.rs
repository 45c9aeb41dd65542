//! What an assessment says: plain data, ready to serialize.
//!
//! Everything a report claims points at the buyer's own words (a [`Span`]) and at the rule that read them.

use crate::money::Money;
use crate::span::Span;
use crate::taxonomy::{
    Barrier, CategoryId, Channel, Consideration, Cost, CustomerKind, Demand, Fact, Goods, LintId, OrderState, Party,
    Phase, Platform, RemedyId, Risk, Role, RuleId, Script, Severity, Stage, Standing, TemplateId,
};
use serde::{Deserialize, Serialize};

/// The whole answer to one complaint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The caller's id, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The buyer's text exactly as given; every span is a byte range of it.
    pub text: String,
    /// Whether the text reports a trouble.
    pub complaint: bool,
    /// Probability that the text reports a trouble, 0 to 1: from all evidence together, the buyer's praise and anger.
    pub confidence: f64,
    /// The categories the library stands by, weightiest first.
    pub findings: Vec<Finding>,
    /// Who is at fault, as the text shows it.
    pub blame: Blame,
    /// What the buyer asks for.
    pub demands: Vec<DemandFound>,
    /// How far the order has come: as the text tells, or else as is usual for what it complains of.
    pub stage: Stage,
    /// What may grow beyond this order.
    pub risks: Vec<RiskFound>,
    /// How urgently a person should look.
    pub severity: Severity,
    /// The buyer's script; replies come in it.
    pub script: Script,
    /// What is known of the order and went into the advice.
    #[serde(default)]
    pub facts: Facts,
    /// What is not known and would change the advice, in the order of [`Fact`].
    #[serde(default)]
    pub questions: Vec<Question>,
    /// What the shop can do, best first. Nothing that is discouraged or prohibited is among it.
    pub remedies: Vec<Remedy>,
    /// The remedies laid out in time.
    pub plan: Vec<PlanStep>,
    /// Policies and statutes that bear on the case.
    pub notices: Vec<Notice>,
    /// Texts to send, one for each channel that is meant, in the order of [`Channel`].
    pub replies: Vec<Reply>,
    /// Messages to send once the remedies promised should have been carried out, in the order of time. Where a choice was
    /// offered, only the one about the remedy that the buyer chose is meant to be sent.
    #[serde(default)]
    pub follow_ups: Vec<FollowUp>,
    /// What must be so before the matter is closed.
    #[serde(default)]
    pub closing: Vec<Check>,
    /// What the shop can learn from the gravest findings.
    #[serde(default)]
    pub lessons: Vec<Lesson>,
}

/// What a text amounts to, without advice: the part of a [`Report`] that rests on the text alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Whether the text reports a trouble.
    pub complaint: bool,
    /// Probability that the text reports a trouble, 0 to 1: from all evidence together, the buyer's praise and anger.
    pub confidence: f64,
    /// The categories the library stands by, weightiest first.
    pub findings: Vec<Finding>,
    /// Who is at fault, as the text shows it.
    pub blame: Blame,
    /// What the buyer asks for.
    pub demands: Vec<DemandFound>,
    /// How far the order has come: as the text tells, or else as is usual for what it complains of.
    pub stage: Stage,
    /// What may grow beyond this order.
    pub risks: Vec<RiskFound>,
    /// How urgently a person should look.
    pub severity: Severity,
}

/// A category found in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The category's stable id.
    pub category: CategoryId,
    /// Its Chinese name.
    pub name: String,
    /// Probability that a careful reader would agree, 0 to 1.
    pub confidence: f64,
    /// The words that say so, in text order.
    pub evidence: Vec<Evidence>,
}

/// Words of the buyer and the rule that read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// Where the words stand.
    pub span: Span,
    /// The rule that they fire; `category/hints` where they only hint at that category.
    pub rule: RuleId,
}

/// What a verdict was made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The words and concepts stated, asked or (`{不:概念}`) denied of this order, as rules write them, sorted: what `[[hint]]`
    /// can name.
    pub words: Vec<String>,
    /// Every rule that fires, in rule order.
    pub firings: Vec<Firing>,
    /// Every category with evidence, weightiest first, whether or not it is reported.
    pub candidates: Vec<Candidate>,
    /// Whether the rules alone, without hints, are enough for some category.
    pub stands: bool,
    /// The buyer's praise in points, 0 to 4, as far as the category with the most evidence lets it count.
    pub praise: f64,
    /// The buyer's anger in points, 0 to 3.
    pub anger: f64,
    /// The log odds of a complaint as far as words hint at one.
    pub hints: f64,
    /// The probability that the text reports a trouble, 0 to 1, from all of that.
    pub confidence: f64,
}

/// A category with evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate {
    /// Which category.
    pub category: CategoryId,
    /// The weights of its rules and what words hint at, added up, after what was yielded and faded.
    pub score: f64,
    /// What words hint at, in points: part of the score.
    pub hints: f64,
    /// The share of its evidence, 0 to 1, that is evidence of a category with a higher score too.
    pub shared: f64,
    /// The probability that a careful reader would agree, 0 to 1.
    pub confidence: f64,
}

/// A rule that fires on a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Firing {
    /// Which rule.
    pub rule: RuleId,
    /// What it counts, as written in the rule file.
    pub weight: f64,
    /// The words it fires on, in text order.
    pub spans: Vec<Span>,
}

/// How fault is shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Blame {
    /// The party that leads, `unclear` if none does, `none` without a complaint.
    pub party: Party,
    /// The shop's share; the three shares sum to 1 when there is a complaint and to 0 otherwise.
    pub seller: f64,
    /// The courier's share.
    pub courier: f64,
    /// The buyer's share.
    pub buyer: f64,
    /// Words that name the culprit outright; empty when the shares rest on the categories alone.
    pub evidence: Vec<Evidence>,
}

/// A demand and where it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DemandFound {
    /// What is asked for.
    pub demand: Demand,
    /// The words that ask.
    pub span: Span,
    /// The rule that read them.
    pub rule: RuleId,
}

/// A risk and where it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RiskFound {
    /// Which risk.
    pub risk: Risk,
    /// The words that show it.
    pub span: Span,
    /// The rule that read them.
    pub rule: RuleId,
}

/// What is known of the order: stated by the caller, taken from the shop's profile or, for goods and the kind of
/// buyer, read from the text where nobody stated it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Facts {
    /// Where the order was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// What the order system says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_state: Option<OrderState>,
    /// Where the answer will be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The kinds of goods; empty if unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goods: Vec<Goods>,
    /// What the buyer is like to talk to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_kind: Option<CustomerKind>,
    /// What the buyer paid, in fen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<Money>,
    /// Whole hours since the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_since_order: Option<u32>,
    /// Whole hours since it was shipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_since_shipping: Option<u32>,
    /// Whole hours since it was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours_since_receipt: Option<u32>,
    /// How often the buyer has turned to the shop already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<u32>,
    /// How the buyer is to be addressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// What was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The shop's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// The agent's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

/// A fact that is not known and on which the advice hinges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Question {
    /// Which fact.
    pub fact: Fact,
    /// What to ask or look up, in Chinese.
    pub text: String,
}

/// Something the shop can do about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Remedy {
    /// The remedy's stable id.
    pub id: RemedyId,
    /// Its Chinese name.
    pub name: String,
    /// Fit to this case, 0 to 1: a hundredth of the points of the contributions.
    pub score: f64,
    /// Why it is recommended here, in Chinese.
    pub why: String,
    /// What the score is made of, each consideration once; those that bring nothing are left out.
    #[serde(default)]
    pub contributions: Vec<Contribution>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Who acts, in order.
    #[serde(default)]
    pub who: Vec<Role>,
    /// Who has to approve it first, where it is more than an agent of this shop may promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Role>,
    /// What to ask the buyer for.
    pub ask_for: Vec<String>,
    /// Minutes from the complaint by which it should be done.
    #[serde(default)]
    pub due_minutes: u32,
    /// What it costs the shop.
    pub cost: Cost,
    /// The estimate of that cost where the paid amount is known, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Money>,
    /// What to pay by how bad it is, mildest first; empty where one amount does for all.
    #[serde(default)]
    pub degrees: Vec<Degree>,
    /// What to do if the buyer refuses, in Chinese; empty if nothing more is due.
    pub if_refused: String,
    /// The facts and statutes it rests on.
    pub sources: Vec<String>,
}

/// One thing that raised or lowered a remedy's score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contribution {
    /// What was considered.
    pub name: Consideration,
    /// What it brings, of 100; below zero if it speaks against the remedy.
    pub points: f64,
    /// Why, in Chinese; empty where the name says it all.
    pub reason: String,
}

/// What to pay where the trouble is as bad as this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Degree {
    /// How bad, in Chinese.
    pub name: String,
    /// The share of the price, in basis points.
    pub basis_points: u32,
    /// That share of the price paid, where it is known, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Who has to approve it first, if it is more than an agent of this shop may promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Role>,
}

/// A remedy that is not offered, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Excluded {
    /// The remedy's stable id.
    pub id: RemedyId,
    /// Its Chinese name.
    pub name: String,
    /// Whether a shop may do it at all.
    pub standing: Standing,
    /// Everything that stands against it, gravest first; never empty.
    pub barriers: Vec<BarrierFound>,
}

/// Something that stands against a remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BarrierFound {
    /// What it is.
    pub barrier: Barrier,
    /// What it means here, in Chinese.
    pub reason: String,
}

/// One step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlanStep {
    /// Which part of the plan this is.
    pub phase: Phase,
    /// Minutes from the complaint by which it should be done.
    pub due_minutes: u32,
    /// Who does it.
    pub who: Role,
    /// What to do, in Chinese.
    pub action: String,
    /// What to ask the buyer for.
    #[serde(default)]
    pub ask_for: Vec<String>,
    /// What never to say or do about it, in Chinese; empty if nothing in particular.
    #[serde(default)]
    pub never: String,
    /// The remedy it belongs to, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<RemedyId>,
    /// The facts it rests on.
    pub sources: Vec<String>,
}

/// A policy or statute that bears on the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Notice {
    /// The policy's stable id.
    pub id: String,
    /// Its Chinese name.
    #[serde(default)]
    pub name: String,
    /// What it means here, with the computed figure, in Chinese.
    pub text: String,
    /// The computed amount, if the policy fixes one and the paid amount is known, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The facts and statutes it rests on.
    pub sources: Vec<String>,
}

/// A text to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reply {
    /// The template's stable id.
    pub id: TemplateId,
    /// Where it is meant to be sent.
    pub channel: Channel,
    /// The text, in the buyer's script, without a raw placeholder.
    pub text: String,
    /// Facts the caller did not state and the text had to do without.
    pub missing: Vec<String>,
    /// The facts it rests on.
    pub sources: Vec<String>,
}

/// A fault in a draft, as `Triage::review_draft` finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lint {
    /// The lint's stable id.
    pub id: LintId,
    /// The words at fault, in bytes of the draft; empty, at its end, where something is missing.
    pub span: Span,
    /// How bad it is: `critical` must not be sent, `high` should not be, `normal` could be better.
    pub severity: Severity,
    /// What is wrong with it, in Chinese.
    pub reason: String,
    /// A wording that would do, in Chinese.
    pub better: String,
    /// The facts and statutes it rests on.
    pub sources: Vec<String>,
}

/// A message that asks whether a remedy has reached the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FollowUp {
    /// The message's stable id.
    pub id: String,
    /// Minutes from the complaint at which to send it: some time after the remedy is due by the plan.
    pub due_minutes: u32,
    /// The text, in the buyer's script.
    pub text: String,
    /// The remedy it asks about; none where nothing was promised yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<RemedyId>,
    /// The facts it rests on.
    pub sources: Vec<String>,
}

/// Something to tick off before a matter is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Check {
    /// Its stable id.
    pub id: String,
    /// What must be so, in Chinese.
    pub text: String,
    /// The facts it rests on.
    pub sources: Vec<String>,
}

/// What a finding teaches the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lesson {
    /// The category found.
    pub category: CategoryId,
    /// Where to look for the cause, in Chinese; empty if the rules do not say.
    pub cause: String,
    /// How to keep it from coming back, in Chinese; empty if the rules do not say.
    pub prevention: String,
    /// The facts both rest on.
    pub sources: Vec<String>,
}
