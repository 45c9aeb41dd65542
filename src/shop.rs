//! What a shop is and what it may promise, as the shop itself states it.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::LoadError;
use crate::money::Money;
use crate::rules::limits::money;
use crate::rules::names::{named, names};
use crate::rules::source::{Faults, Row, SourceFile, read_rows};
use crate::taxonomy::{Cost, Platform, Role, Service};
use serde::{Deserialize, Serialize};

/// A shop's own terms: where it sells, what it grants, and how much each role may promise.
///
/// What a profile leaves out sets no limit, so [`ShopProfile::default`] restricts nothing. Give it to a triage with
/// `Triage::with_shop` or `TriageBuilder::shop`.
///
/// ```
/// use tousu::{Cost, Money, Role, ShopProfile};
///
/// let shop = ShopProfile::from_toml("shop.toml", r#"
/// [shop]
/// name = "青禾小店"
/// platform = "taobao"
/// new_shop = true
/// freight_insurance = true
///
/// [agent]
/// coupon = "10.00"
/// cash = "20.00"
/// cash_percent = 10
/// may = ["coupon", "freight", "partial"]
///
/// [supervisor]
/// cash = "200.00"
/// "#)?;
/// let agent = shop.powers(Role::Agent);
/// assert_eq!(agent.cash_ceiling(Some("150.00".parse()?)), Some("15.00".parse()?));
/// assert!(!agent.may_grant(Cost::Full) && shop.powers(Role::Supervisor).may_grant(Cost::Full));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ShopProfile {
    /// The name under which it signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it sells; a case may state another place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Whether it has only just opened.
    pub new_shop: bool,
    /// Whether it takes goods back for seven days without a reason; so it does unless it says otherwise.
    pub seven_day_returns: bool,
    /// Whether its orders carry freight insurance for returns.
    pub freight_insurance: bool,
    /// What an agent may promise.
    pub agent: Powers,
    /// What a supervisor may promise.
    pub supervisor: Powers,
}

/// How much a role may promise; what is left out is not limited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Powers {
    /// The dearest coupon, in fen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon: Option<Money>,
    /// The most money beyond what the buyer is owed, in fen: compensation and part refunds. A refund of the whole price
    /// is limited by `may` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash: Option<Money>,
    /// The most money as a share of the price paid, in basis points (1000 is 10 %).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash_basis_points: Option<u32>,
    /// What the role may promise at all; `None` for everything. Words that cost nothing may always be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may: Option<Vec<Cost>>,
}

impl Default for ShopProfile {
    fn default() -> Self {
        Self {
            name: None,
            platform: None,
            new_shop: false,
            seven_day_returns: true,
            freight_insurance: false,
            agent: Powers::default(),
            supervisor: Powers::default(),
        }
    }
}

impl ShopProfile {
    /// Reads a profile from TOML: the tables `[shop]`, `[agent]` and `[supervisor]`, each of which may be left out.
    /// `name` is what faults call the file. Amounts are yuan in quotes, `"20.00"`; shares are per cent.
    ///
    /// # Errors
    /// With every fault of the file at once, in Chinese, each with its line and a caret.
    ///
    /// ```
    /// let error = tousu::ShopProfile::from_toml("shop.toml", "[agent]\ncash = \"二十\"").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].place.as_ref().map(|place| place.line), Some(2));
    /// ```
    pub fn from_toml(name: impl Into<String>, text: &str) -> Result<Self, LoadError> {
        let mut faults = Faults::new(vec![SourceFile { name: name.into(), text: text.to_owned() }]);
        let mut profile = Self::default();
        read_rows(0, text, &mut faults, |table, row, faults| match table {
            "shop" => profile.read_shop(row, faults),
            "agent" => profile.agent = Powers::read(row, faults),
            "supervisor" => profile.supervisor = Powers::read(row, faults),
            _ => {
                let fault = Diagnostic::new(Code::UnknownKey, format!("不认识的表「{table}」"));
                faults.report(row.origin(), fault.nearest(table, ["shop", "agent", "supervisor"]));
            }
        });
        let faults = faults.into_sorted();
        if faults.is_empty() { Ok(profile) } else { Err(faults.into()) }
    }

    /// What a role may promise; roles that do not talk to buyers share the supervisor's limits.
    #[must_use]
    pub fn powers(&self, role: Role) -> &Powers {
        if role == Role::Agent { &self.agent } else { &self.supervisor }
    }

    /// Whether the shop grants a service.
    #[must_use]
    pub fn grants(&self, service: Service) -> bool {
        match service {
            Service::SevenDayReturns => self.seven_day_returns,
            Service::FreightInsurance => self.freight_insurance,
        }
    }

    fn read_shop(&mut self, mut row: Row<'_>, faults: &mut Faults) {
        self.name = row.text("name", faults).map(|name| name.value);
        self.platform =
            row.text("platform", faults).and_then(|name| named(&name, Platform::ALL, Platform::as_str, faults));
        self.new_shop = row.flag("new_shop", faults).unwrap_or(false);
        self.seven_day_returns = row.flag("seven_day_returns", faults).unwrap_or(true);
        self.freight_insurance = row.flag("freight_insurance", faults).unwrap_or(false);
        row.finish(faults);
    }
}

impl Powers {
    /// The most money the role may promise on an order of this price; `None` if there is no limit. A share of an unknown
    /// price sets none.
    #[must_use]
    pub fn cash_ceiling(&self, paid: Option<Money>) -> Option<Money> {
        let share = paid.zip(self.cash_basis_points).and_then(|(paid, share)| paid.basis_points(share));
        match (self.cash, share) {
            (Some(cash), Some(share)) => Some(cash.min(share)),
            (cash, share) => cash.or(share),
        }
    }

    /// Whether the role may promise something of this cost.
    #[must_use]
    pub fn may_grant(&self, cost: Cost) -> bool {
        cost == Cost::None || self.may.as_ref().is_none_or(|may| may.contains(&cost))
    }

    fn read(mut row: Row<'_>, faults: &mut Faults) -> Self {
        let limited = row.has("may");
        let may = names(&mut row, "may", Cost::ALL, Cost::as_str, faults);
        let powers = Self {
            coupon: money(&mut row, "coupon", faults),
            cash: money(&mut row, "cash", faults),
            cash_basis_points: row.basis_points("cash_percent", 100.0, faults),
            may: limited.then_some(may),
        };
        row.finish(faults);
        powers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_profile_limits_nothing() {
        let shop = ShopProfile::from_toml("shop.toml", "").unwrap();
        assert_eq!(shop, ShopProfile::default());
        assert!(shop.seven_day_returns && !shop.freight_insurance && !shop.new_shop);
        assert_eq!(shop.powers(Role::Agent).cash_ceiling(Some(Money::from_fen(100))), None);
        assert!(Cost::ALL.iter().all(|cost| shop.powers(Role::Agent).may_grant(*cost)));
    }

    #[test]
    fn the_lower_of_two_ceilings_holds() {
        let powers = Powers { cash: Some(Money::from_fen(2_000)), cash_basis_points: Some(1_000), ..Powers::default() };
        let ceiling = |paid: i64| powers.cash_ceiling(Some(Money::from_fen(paid))).map(Money::fen);
        assert_eq!((ceiling(15_000), ceiling(90_000)), (Some(1_500), Some(2_000)));
        assert_eq!(powers.cash_ceiling(None).map(Money::fen), Some(2_000));
    }

    #[test]
    fn nothing_may_be_granted_where_the_list_is_empty() {
        let shop = ShopProfile::from_toml("shop.toml", "[agent]\nmay = []").unwrap();
        assert!(!shop.agent.may_grant(Cost::Coupon) && shop.agent.may_grant(Cost::None));
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let text = "[shop]\nplatform = \"taobo\"\nnew = true\n[agent]\ncash = \"-3\"\ncash_percent = 120\nmay = [\"cupon\"]\n[boss]\n";
        let error = ShopProfile::from_toml("shop.toml", text).unwrap_err();
        let lines: Vec<usize> =
            error.diagnostics().iter().filter_map(|fault| fault.place.as_ref()).map(|place| place.line).collect();
        assert_eq!(lines, [2, 3, 5, 6, 7, 8], "{error}");
    }

    #[test]
    fn a_profile_survives_json() {
        let text = "[shop]\nname = \"青禾\"\nplatform = \"tmall\"\n[agent]\ncoupon = \"5\"\ncash_percent = 7.5\n";
        let shop = ShopProfile::from_toml("shop.toml", text).unwrap();
        assert_eq!(shop.agent.cash_basis_points, Some(750));
        let json = serde_json::to_string(&shop).unwrap();
        assert_eq!(serde_json::from_str::<ShopProfile>(&json).unwrap(), shop);
    }
}
