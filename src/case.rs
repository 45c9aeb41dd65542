//! A complaint together with what the caller already knows of the order.

use crate::money::Money;
use crate::taxonomy::{Channel, CustomerKind, Goods, OrderState, Platform, Script, Stage, Tone};

/// One complaint to assess: the text and any facts of the order.
///
/// A plain `&str` converts into a case, so facts are stated only where they are known.
/// What the caller states beats what the text says. Names and numbers are taken without what cannot be printed on one line;
/// a blank one counts as unknown.
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
    pub(crate) order_state: Option<OrderState>,
    pub(crate) hours_since_order: Option<u32>,
    pub(crate) hours_since_shipping: Option<u32>,
    pub(crate) hours_since_receipt: Option<u32>,
    pub(crate) goods: Vec<Goods>,
    pub(crate) customer_kind: Option<CustomerKind>,
    pub(crate) contacts: Option<u32>,
    pub(crate) channel: Option<Channel>,
    pub(crate) tone: Option<Tone>,
    pub(crate) script: Option<Script>,
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
            order_state: None,
            hours_since_order: None,
            hours_since_shipping: None,
            hours_since_receipt: None,
            goods: Vec::new(),
            customer_kind: None,
            contacts: None,
            channel: None,
            tone: None,
            script: None,
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

    /// How far the order has come, as far as the caller told: the stage, or else what the order's state says of it.
    pub(crate) fn known_stage(&self) -> Option<Stage> {
        self.stage.or_else(|| self.order_state.and_then(OrderState::stage))
    }

    /// The case with what its shop says of itself, where the caller says nothing else.
    pub(crate) fn of_shop(mut self, name: &Option<String>, platform: Option<Platform>) -> Self {
        self.shop = self.shop.or_else(|| fact(name.as_deref()?));
        self.platform = self.platform.or(platform);
        self
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

    /// How far the order has come; beats both the order's state and the text.
    #[must_use]
    pub fn stage(mut self, stage: Stage) -> Self {
        self.stage = Some(stage);
        self
    }

    /// What the order system says of the order; it tells the stage where no stage is stated.
    #[must_use]
    pub fn order_state(mut self, state: OrderState) -> Self {
        self.order_state = Some(state);
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

    /// Whole hours since the goods were handed to the courier.
    #[must_use]
    pub fn hours_since_shipping(mut self, hours: u32) -> Self {
        self.hours_since_shipping = Some(hours);
        self
    }

    /// Whole hours since the goods were signed for.
    #[must_use]
    pub fn hours_since_receipt(mut self, hours: u32) -> Self {
        self.hours_since_receipt = Some(hours);
        self
    }

    /// What kind of goods it is about. Goods may be of several kinds: call it once for each.
    ///
    /// Once stated, the text is not asked; [`Goods::General`] says that the goods are of no special kind.
    ///
    /// ```
    /// use tousu::{Case, Goods};
    ///
    /// let case = Case::new("预定的草莓还没发货").goods(Goods::Fresh).goods(Goods::Presale);
    /// # let _ = case;
    /// ```
    #[must_use]
    pub fn goods(mut self, kind: Goods) -> Self {
        if !self.goods.contains(&kind) {
            self.goods.push(kind);
        }
        self
    }

    /// What the buyer is like to talk to, as the agent sees it.
    #[must_use]
    pub fn customer_kind(mut self, kind: CustomerKind) -> Self {
        self.customer_kind = Some(kind);
        self
    }

    /// How many times the buyer has already turned to the shop about this trouble.
    #[must_use]
    pub fn contacts(mut self, times: u32) -> Self {
        self.contacts = Some(times);
        self
    }

    /// Where the answer will be sent.
    #[must_use]
    pub fn channel(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }

    /// How the answer should sound.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    /// The script to answer in; beats that of the text, which may be too short to show one.
    ///
    /// ```
    /// use tousu::{Case, Script, Triage};
    ///
    /// let report = Triage::builtin().assess(Case::new("收到不能用，要退").script(Script::Traditional));
    /// assert!(report.replies[0].text.contains("您說"));
    /// ```
    #[must_use]
    pub fn script(mut self, script: Script) -> Self {
        self.script = Some(script);
        self
    }

    /// How the reply should address the buyer, such as `王女士`.
    #[must_use]
    pub fn customer(mut self, name: impl Into<String>) -> Self {
        self.customer = fact(name);
        self
    }

    /// The order number.
    #[must_use]
    pub fn order(mut self, number: impl Into<String>) -> Self {
        self.order = fact(number);
        self
    }

    /// What was bought, as the reply should name it.
    #[must_use]
    pub fn product(mut self, name: impl Into<String>) -> Self {
        self.product = fact(name);
        self
    }

    /// The shop's name, for the signature of a reply.
    #[must_use]
    pub fn shop(mut self, name: impl Into<String>) -> Self {
        self.shop = fact(name);
        self
    }

    /// The agent's name, for the signature of a reply.
    #[must_use]
    pub fn agent(mut self, name: impl Into<String>) -> Self {
        self.agent = fact(name);
        self
    }
}

/// A fact on one line, without braces, so that it cannot look like a placeholder; `None` if nothing is left.
fn fact(told: impl Into<String>) -> Option<String> {
    let stray = |c: char| c.is_control() || matches!(c, '{' | '}');
    let told: String = told.into().chars().filter(|c| !stray(*c)).collect();
    let told = told.trim();
    (!told.is_empty()).then(|| told.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_one_line_and_a_blank_one_is_unknown() {
        let case = Case::new("").customer(" 王\n女士 ").order(" ").product("{{ 羊毛衫 }}").shop("\t");
        assert_eq!(case.customer.as_deref(), Some("王女士"));
        assert_eq!(case.product.as_deref(), Some("羊毛衫"));
        assert_eq!((case.order.as_ref(), case.shop.as_ref()), (None, None));
        assert_eq!(case.of_shop(&Some("青禾".to_owned()), None).shop.as_deref(), Some("青禾"));
    }
}
