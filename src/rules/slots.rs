//! What replies may print besides their acts: the slots by number, with what each holds.

use super::due;
use super::remedies::RemedyBook;
use super::wording::{Kind, Slot, SlotId};

pub(crate) const CUSTOMER: SlotId = 0;
pub(crate) const ORDER: SlotId = 1;
pub(crate) const PRODUCT: SlotId = 2;
pub(crate) const SHOP: SlotId = 3;
pub(crate) const AGENT: SlotId = 4;
pub(crate) const PAID: SlotId = 5;
pub(crate) const PLATFORM: SlotId = 6;
/// Slots from here on come from the assessment; those before it are facts of the caller.
pub(crate) const FIRST_DERIVED: SlotId = 7;
pub(crate) const WORDS: SlotId = 7;
pub(crate) const SEVEN_DAY_RETURNS: SlotId = 8;
pub(crate) const FREIGHT_INSURANCE: SlotId = 9;
pub(crate) const TROUBLE: SlotId = 10;
pub(crate) const DUE: SlotId = 11;
pub(crate) const ASIDES: SlotId = 12;
pub(crate) const OTHERS: SlotId = 13;
pub(crate) const WANTS: SlotId = 14;
pub(crate) const OFFER: SlotId = 15;
pub(crate) const BESIDE: SlotId = 16;
pub(crate) const INSTEAD: SlotId = 17;
pub(crate) const REMEDY: SlotId = 18;
pub(crate) const ASK: SlotId = 19;
/// Slots from here on are acts.
pub(crate) const FIRST_ACT: SlotId = 20;

/// Facts in the order in which a text that is too long goes without them.
pub(crate) const SPARED: [SlotId; 7] = [SHOP, AGENT, PLATFORM, PRODUCT, ORDER, PAID, CUSTOMER];

/// The most characters of the buyer's own words that a reply repeats, quotation marks aside.
pub(crate) const MOST_WORDS: usize = 14;
/// The most things that a buyer is asked for at once; asked for more he will send nothing.
pub(crate) const MOST_ASKED: usize = 4;
/// So many further troubles are named one by one.
pub(crate) const MOST_OTHERS: usize = 3;
/// A caller's fact of up to this many characters is sure to fit.
const MOST_FACT: usize = 16;

/// Some of the slots that are no acts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SlotSet(u32);

impl SlotSet {
    /// Adds a slot; an act is passed over.
    pub fn insert(&mut self, slot: SlotId) {
        if slot < FIRST_ACT {
            self.0 |= 1 << slot;
        }
    }

    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub fn contains(self, slot: SlotId) -> bool {
        slot < FIRST_ACT && self.0 >> slot & 1 == 1
    }
}

/// What the caller may have told of the order; each may be unknown.
pub(crate) fn facts() -> Vec<Slot> {
    vec![
        Slot::unsure("customer", Kind::Name, "王女士", 8),
        Slot::unsure("order", Kind::Number, "2026112200001", 20),
        Slot::unsure("product", Kind::Name, "羊毛衫", MOST_FACT),
        Slot::unsure("shop", Kind::Name, "青禾小店", 12),
        Slot::unsure("agent", Kind::Name, "小林", 8),
        Slot::unsure("paid", Kind::Money, "¥199.00", 12),
        Slot::unsure("platform", Kind::Name, "淘宝", 4),
    ]
}

/// The facts and what the assessment adds to them. `trouble` is the most characters that a trouble's name comes to.
pub(crate) fn all(remedies: &RemedyBook, trouble: usize) -> Vec<Slot> {
    let offered = || remedies.entries().iter().filter(|remedy| remedy.offer.is_some());
    let longest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0).max(1);
    let remedy = longest(&mut offered().map(|remedy| remedy.name.chars().count()));
    let due = longest(&mut offered().map(|remedy| due::label(remedy.due_minutes).chars().count()).chain([5]));
    let asked = longest(&mut offered().flat_map(|remedy| &remedy.ask_for).map(|item| item.chars().count()));
    let facts = facts();
    let offer = longest(&mut offered().flat_map(|r| &r.offer).map(|offer| offer.longest(&facts, |_| true)));
    let derived = [
        Slot::unsure("words", Kind::Phrase, "“烂了一半”", MOST_WORDS + 2),
        Slot::unsure("seven_day_returns", Kind::Flag, "", 0),
        Slot::unsure("freight_insurance", Kind::Flag, "", 0),
        Slot::sure("trouble", Kind::Phrase, "变质过期", trouble),
        Slot::sure("due", Kind::Time, "24 小时", due),
        Slot::unsure("asides", Kind::Speech, "物流我也去催。", MOST_OTHERS * 60),
        Slot::unsure("others", Kind::List, "物流慢、态度差", MOST_OTHERS * (trouble + 1)),
        Slot::unsure("wants", Kind::List, "退款、赔偿", 40),
        Slot::unsure("offer", Kind::Speech, "我们为您全额退款。", offer),
        Slot::unsure("beside", Kind::Speech, "我们送您一张券。", offer),
        Slot::unsure("instead", Kind::Speech, "您也可以换货。", offer),
        Slot::unsure("remedy", Kind::Phrase, "全额退款", remedy),
        Slot::unsure("ask", Kind::List, "订单号、实物照片", MOST_ASKED * (asked + 1)),
    ];
    facts.into_iter().chain(derived).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_slots_but_no_acts() {
        let mut set = SlotSet::default();
        for slot in [CUSTOMER, ASK, FIRST_ACT, SlotId::MAX] {
            set.insert(slot);
        }
        assert!(set.contains(CUSTOMER) && set.contains(ASK));
        assert!(!set.contains(ORDER) && !set.contains(FIRST_ACT) && !set.contains(SlotId::MAX));
    }

    #[test]
    fn slots_stand_at_their_numbers() {
        let slots = all(&RemedyBook::default(), 8);
        for (id, name) in [
            (CUSTOMER, "customer"),
            (ORDER, "order"),
            (PRODUCT, "product"),
            (SHOP, "shop"),
            (AGENT, "agent"),
            (PAID, "paid"),
            (PLATFORM, "platform"),
            (WORDS, "words"),
            (SEVEN_DAY_RETURNS, "seven_day_returns"),
            (FREIGHT_INSURANCE, "freight_insurance"),
            (TROUBLE, "trouble"),
            (DUE, "due"),
            (ASIDES, "asides"),
            (OTHERS, "others"),
            (WANTS, "wants"),
            (OFFER, "offer"),
            (BESIDE, "beside"),
            (INSTEAD, "instead"),
            (REMEDY, "remedy"),
            (ASK, "ask"),
        ] {
            assert_eq!(slots[usize::from(id)].name, name);
        }
        assert_eq!(slots.len(), usize::from(FIRST_ACT));
        assert_eq!(facts().len(), usize::from(FIRST_DERIVED));
        assert!(facts().iter().all(|fact| !fact.sure));
        assert!((0..FIRST_DERIVED).all(|fact| SPARED.contains(&fact)));
        assert!(facts().iter().all(|fact| fact.sample.chars().count() <= fact.most), "samples fit");
    }
}
