//! What is known of a case when conditions are asked.

use crate::money::Money;
use crate::set::Set;
use crate::taxonomy::{CustomerKind, Demand, Goods, OrderState, Party, Platform, Risk, Script, Severity, Stage};

/// A category by its place among all categories of the rule set.
pub(crate) type CategoryIndex = u16;

/// What is known of a case when conditions are asked.
#[derive(Debug, Clone)]
pub(crate) struct Circumstances<'a> {
    /// Categories found, weightiest first.
    pub categories: &'a [CategoryIndex],
    pub party: Party,
    pub stage: Stage,
    pub demands: Set<Demand>,
    pub risks: Set<Risk>,
    pub severity: Severity,
    pub script: Script,
    pub platform: Option<Platform>,
    pub order_state: Option<OrderState>,
    /// Empty if unknown.
    pub goods: Set<Goods>,
    pub customer: Option<CustomerKind>,
    pub paid: Option<Money>,
    pub hours_since_order: Option<u32>,
    pub hours_since_shipping: Option<u32>,
    pub hours_since_receipt: Option<u32>,
    pub contacts: Option<u32>,
}

/// A case of which nothing is known.
impl Default for Circumstances<'_> {
    fn default() -> Self {
        Self {
            categories: &[],
            party: Party::Unclear,
            stage: Stage::Unknown,
            demands: Set::EMPTY,
            risks: Set::EMPTY,
            severity: Severity::Normal,
            script: Script::Simplified,
            platform: None,
            order_state: None,
            goods: Set::EMPTY,
            customer: None,
            paid: None,
            hours_since_order: None,
            hours_since_shipping: None,
            hours_since_receipt: None,
            contacts: None,
        }
    }
}
