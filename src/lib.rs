//! Triage of Chinese buyer complaints by declarative rules.
//!
//! A buyer's message goes in; out comes what went wrong, who is to blame, what the buyer asks for, what the
//! shop can do about it, and a reply to send. Every claim points at the buyer's own words and at the rule
//! that read them. The rules are TOML files that a customer-service supervisor can read and write.
//!
//! ```
//! use tousu::{Case, Party, Triage};
//!
//! let triage = Triage::builtin();
//! let report = triage.assess("快递走了八天才到，打开水果全烂了，客服还不理人，我要全额退款！");
//!
//! assert!(report.complaint);
//! assert_eq!(report.findings[0].category, "goods.spoiled");
//! for proof in &report.findings[0].evidence {
//!     println!("{} ← {}", proof.span.of(&report.text), proof.rule);
//! }
//! assert_eq!(report.demands[0].demand.as_str(), "refund");
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod advise;
mod batch;
mod builtin;
mod case;
mod context;
mod cues;
mod diagnostic;
mod draft;
mod engine;
mod error;
mod insights;
mod judge;
mod matching;
mod money;
mod pool;
mod quantity;
mod reach;
mod reply;
mod report;
mod rules;
mod scan;
mod segment;
mod set;
mod shop;
mod span;
mod taxonomy;
mod text;
mod trie;
mod words;

pub use advise::{Guidance, Handbook, Policy, Practice, Source};
pub use case::Case;
pub use diagnostic::{Code, Diagnostic, Place};
pub use engine::{Triage, TriageBuilder};
pub use error::LoadError;
pub use insights::{Insights, Keys, Outlier, Tags, Tally};
pub use money::{Money, ParseMoneyError};
pub use report::{
    BarrierFound, Blame, Candidate, Check, Contribution, Degree, DemandFound, Evidence, Excluded, Explanation, Facts,
    Finding, Firing, FollowUp, Lesson, Lint, Notice, PlanStep, Question, Remedy, Reply, Report, RiskFound, Verdict,
};
pub use shop::{Powers, ShopProfile};
pub use span::Span;
pub use taxonomy::{
    Barrier, CategoryId, Channel, Consideration, Cost, CustomerKind, Demand, Dimension, Fact, Goods, LintId,
    OrderState, Party, Phase, Platform, RemedyId, Risk, Role, RuleId, Script, Service, Severity, Stage, Standing,
    TemplateId, Tone,
};
