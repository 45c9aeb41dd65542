//! What the judge found and the caller knew, as everything that advises looks at it.

use crate::case::Case;
use crate::report::{Blame, DemandFound, Facts, Finding, RiskFound};
use crate::rules::circumstances::{CategoryIndex, Circumstances};
use crate::set::Set;
use crate::shop::ShopProfile;
use crate::taxonomy::{CustomerKind, Demand, Goods, Party, Script, Severity, Stage};

/// What the judge found, and what the caller knew.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Situation<'a> {
    /// Weightiest first; empty means no complaint.
    pub findings: &'a [Finding],
    /// The categories of the findings, by index.
    pub categories: &'a [CategoryIndex],
    pub blame: &'a Blame,
    pub demands: &'a [DemandFound],
    pub stage: Stage,
    pub risks: &'a [RiskFound],
    pub severity: Severity,
    pub script: Script,
    /// As stated, or else as the text shows; empty if unknown.
    pub goods: Set<Goods>,
    pub customer: Option<CustomerKind>,
    pub case: &'a Case<'a>,
    pub shop: &'a ShopProfile,
}

impl<'a> Situation<'a> {
    /// What the conditions of rules look at.
    pub fn circumstances(&self) -> Circumstances<'a> {
        Circumstances {
            categories: self.categories,
            party: self.blame.party,
            stage: self.stage,
            demands: self.demands.iter().map(|found| found.demand).collect(),
            risks: self.risks.iter().map(|found| found.risk).collect(),
            severity: self.severity,
            script: self.script,
            platform: self.case.platform,
            order_state: self.case.order_state,
            goods: self.goods,
            customer: self.customer,
            paid: self.case.paid,
            hours_since_order: self.case.hours_since_order,
            hours_since_shipping: self.case.hours_since_shipping,
            hours_since_receipt: self.case.hours_since_receipt,
            contacts: self.case.contacts,
        }
    }

    /// The demands, each once, in the order in which they are made.
    pub fn demanded(&self) -> Vec<Demand> {
        let mut demands = Vec::new();
        for found in self.demands {
            if !demands.contains(&found.demand) {
                demands.push(found.demand);
            }
        }
        demands
    }

    /// A party's share of the blame.
    pub fn share(&self, party: Party) -> f64 {
        match party {
            Party::Seller => self.blame.seller,
            Party::Courier => self.blame.courier,
            Party::Buyer => self.blame.buyer,
            Party::Unclear | Party::None => 0.0,
        }
    }

    /// The facts as the report shows them.
    pub fn facts(&self) -> Facts {
        let case = self.case;
        Facts {
            platform: case.platform,
            order_state: case.order_state,
            channel: case.channel,
            goods: self.goods.words().collect(),
            customer_kind: self.customer,
            paid: case.paid,
            hours_since_order: case.hours_since_order,
            hours_since_shipping: case.hours_since_shipping,
            hours_since_receipt: case.hours_since_receipt,
            contacts: case.contacts,
            customer: case.customer.clone(),
            order: case.order.clone(),
            product: case.product.clone(),
            shop: case.shop.clone(),
            agent: case.agent.clone(),
        }
    }
}
