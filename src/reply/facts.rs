//! What the caller told of the order, made fit to print.

use crate::case::Case;
use crate::rules::slots;
use crate::rules::wording::Values;
use std::borrow::Cow;

/// The facts of a case as slots; a blank fact counts as unknown. They are printed as given, never in another script:
/// 余先生 is not 餘先生.
pub(super) fn of<'a>(case: &'a Case<'_>) -> Values<'a> {
    let told = [
        (slots::CUSTOMER, &case.customer),
        (slots::ORDER, &case.order),
        (slots::PRODUCT, &case.product),
        (slots::SHOP, &case.shop),
        (slots::AGENT, &case.agent),
    ];
    let mut values = Values::default();
    for (slot, fact) in told {
        values.set(slot, fact.as_deref().map_or(Cow::Borrowed(""), clean));
    }
    values.set(slots::PAID, case.paid.map(|paid| paid.to_string()).unwrap_or_default());
    values.set(slots::PLATFORM, case.platform.map_or("", |platform| platform.label()));
    values
}

/// A fact on one line, without braces, so that it cannot look like a placeholder.
fn clean(value: &str) -> Cow<'_, str> {
    let stray = |c: char| c.is_control() || matches!(c, '{' | '}');
    if !value.contains(stray) {
        return Cow::Borrowed(value.trim());
    }
    let shown: String = value.chars().filter(|c| !stray(*c)).collect();
    Cow::Owned(shown.trim().to_owned())
}
