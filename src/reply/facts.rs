//! What the caller told of the order, made fit to print.

use crate::case::Case;
use crate::rules::slots;
use crate::rules::wording::Values;
use crate::shop::ShopProfile;

/// What a slot holds that is only ever asked about.
const GRANTED: &str = "+";

/// The facts of a case and its shop as slots. They are printed as given, never in another script: 余先生 is not 餘先生.
pub(super) fn of<'a>(case: &'a Case<'_>, shop: &'a ShopProfile) -> Values<'a> {
    let told = [
        (slots::CUSTOMER, &case.customer),
        (slots::ORDER, &case.order),
        (slots::PRODUCT, &case.product),
        (slots::SHOP, &case.shop),
        (slots::AGENT, &case.agent),
    ];
    let mut values = Values::default();
    for (slot, fact) in told {
        values.set(slot, fact.as_deref().unwrap_or_default());
    }
    values.set(slots::PAID, case.paid.map(|paid| paid.to_string()).unwrap_or_default());
    values.set(slots::PLATFORM, case.platform.map_or("", |platform| platform.label()));
    let granted = |grants: bool| if grants { GRANTED } else { "" };
    values.set(slots::SEVEN_DAY_RETURNS, granted(shop.seven_day_returns));
    values.set(slots::FREIGHT_INSURANCE, granted(shop.freight_insurance));
    values
}
