//! A complaint together with what the caller already knows of the order.

use crate::money::Money;
use crate::taxonomy::{Platform, Stage};

/// One complaint to assess: the text and any facts of the order.
///
/// A plain `&str` converts into a case, so facts are stated only where they are known.
/// What the caller states beats what the text says.
///
/// ```
/// use tousu::{Case, Platform};
///
/// let case = Case::new("说好48小时发货，都第五天了")
///     .platform(Platform::Taobao)
///     .paid("199.00".parse()?)
///     .hours_since_order(110)
///     .customer("王女士");
/// assert_eq!(case.text(), "说好48小时发货，都第五天了");
/// # Ok::<(), tousu::ParseMoneyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case<'t> {
    text: &'t str,
    pub(crate) id: Option<String>,
    pub(crate) platform: Option<Platform>,
    pub(crate) stage: Option<Stage>,
    pub(crate) paid: Option<Money>,
    pub(crate) hours_since_order: Option<u32>,
    pub(crate) customer: Option<String>,
    pub(crate) order: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) shop: Option<String>,
    pub(crate) agent: Option<String>,
}

impl<'t> Case<'t> {
    /// A case of which only the text is known.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            id: None,
            platform: None,
            stage: None,
            paid: None,
            hours_since_order: None,
            customer: None,
            order: None,
            product: None,
            shop: None,
            agent: None,
        }
    }

    /// The buyer's text, as given.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The caller's own id, carried into the report.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Where the order was placed.
    #[must_use]
    pub fn platform(mut self, platform: Platform) -> Self {
        self.platform = Some(platform);
        self
    }

    /// How far the order has come, as the order system knows it.
    #[must_use]
    pub fn stage(mut self, stage: Stage) -> Self {
        self.stage = Some(stage);
        self
    }

    /// What the buyer paid.
    #[must_use]
    pub fn paid(mut self, paid: Money) -> Self {
        self.paid = Some(paid);
        self
    }

    /// Whole hours since the order was paid.
    #[must_use]
    pub fn hours_since_order(mut self, hours: u32) -> Self {
        self.hours_since_order = Some(hours);
        self
    }

    /// How the reply should address the buyer, such as `王女士`.
    #[must_use]
    pub fn customer(mut self, name: impl Into<String>) -> Self {
        self.customer = Some(name.into());
        self
    }

    /// The order number.
    #[must_use]
    pub fn order(mut self, number: impl Into<String>) -> Self {
        self.order = Some(number.into());
        self
    }

    /// What was bought, as the reply should name it.
    #[must_use]
    pub fn product(mut self, name: impl Into<String>) -> Self {
        self.product = Some(name.into());
        self
    }

    /// The shop's name, for the signature of a reply.
    #[must_use]
    pub fn shop(mut self, name: impl Into<String>) -> Self {
        self.shop = Some(name.into());
        self
    }

    /// The agent's name, for the signature of a reply.
    #[must_use]
    pub fn agent(mut self, name: impl Into<String>) -> Self {
        self.agent = Some(name.into());
        self
    }
}

impl<'t> From<&'t str> for Case<'t> {
    fn from(text: &'t str) -> Self {
        Self::new(text)
    }
}

impl<'t> From<&'t String> for Case<'t> {
    fn from(text: &'t String) -> Self {
        Self::new(text)
    }
}
