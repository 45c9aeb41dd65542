//! The fixed vocabulary of a verdict: who is to blame, what is asked for, how far the order has come.
//!
//! These few enumerations are the library's own and stable. Categories, remedies and templates are not
//! among them: they are rule data, and appear in code only as the opaque ids below.

use crate::set::Word;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// Declares an enumeration whose serialized names, `as_str` and parser can never drift apart.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal / $zh:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The stable name used in reports and rule files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)+ }
            }

            /// The name an agent reads, in Chinese.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $zh,)+ }
            }

            /// The value of that stable name, if there is one.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl Word for $name {
            const WORDS: &'static [Self] = Self::ALL;

            fn place(self) -> u32 {
                self as u32
            }

            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    };
}

mod advice;

pub use advice::*;

vocabulary! {
    /// The party a complaint points at.
    Party {
        /// Shop, platform, maker, their staff and installers.
        Seller = "seller" / "商家",
        /// Whoever carried the parcel.
        Courier = "courier" / "快递",
        /// The buyer.
        Buyer = "buyer" / "买家",
        /// A trouble is named without showing whose.
        Unclear = "unclear" / "责任不明",
        /// No complaint.
        None = "none" / "无",
    }
}

vocabulary! {
    /// What the buyer asks for.
    Demand {
        /// Money back; goods kept or not mentioned.
        Refund = "refund" / "退款",
        /// Goods back, money back.
        ReturnRefund = "return_refund" / "退货退款",
        /// Another one instead.
        Exchange = "exchange" / "换货",
        /// The missing or lost goods sent again.
        Reship = "reship" / "补发",
        /// Repair.
        Repair = "repair" / "维修",
        /// Compensation beyond the price.
        Compensation = "compensation" / "赔偿",
        /// The difference to a lower price.
        PriceDifference = "price_difference" / "退差价",
        /// An apology.
        Apology = "apology" / "道歉",
        /// Faster dispatch or delivery.
        Expedite = "expedite" / "催促",
        /// The order cancelled or the parcel intercepted.
        CancelOrder = "cancel_order" / "取消订单",
        /// An invoice issued or corrected.
        Invoice = "invoice" / "开票",
        /// An account of what happened.
        Explanation = "explanation" / "给说法",
        /// Punishment of whoever did it.
        Penalty = "penalty" / "处罚",
    }
}

vocabulary! {
    /// How far the order has come.
    Stage {
        /// Paid, not yet handed to a courier.
        BeforeShipping = "before_shipping" / "未发货",
        /// On the way.
        InTransit = "in_transit" / "运输中",
        /// In the buyer's hands.
        Received = "received" / "已收货",
        /// Neither the text nor what it complains of tells.
        Unknown = "unknown" / "未知",
    }
}

vocabulary! {
    /// What may grow beyond the single order.
    Risk {
        /// A regulator, court or the police is invoked.
        Regulator = "regulator" / "监管介入",
        /// Publicity is threatened or begun.
        Exposure = "exposure" / "曝光",
        /// Body or property was harmed or is in danger.
        Safety = "safety" / "安全",
    }
}

vocabulary! {
    /// How urgently a person should look.
    Severity {
        /// No complaint, or a faint one.
        Low = "low" / "轻微",
        /// An ordinary complaint.
        Normal = "normal" / "一般",
        /// Anger, several troubles, publicity, or a category that is grave in itself.
        High = "high" / "严重",
        /// Safety or a regulator.
        Critical = "critical" / "紧急",
    }
}

vocabulary! {
    /// Where the order was placed.
    Platform {
        /// 淘宝.
        Taobao = "taobao" / "淘宝",
        /// 天猫.
        Tmall = "tmall" / "天猫",
        /// 京东.
        Jd = "jd" / "京东",
        /// 拼多多.
        Pinduoduo = "pinduoduo" / "拼多多",
        /// 抖音电商.
        Douyin = "douyin" / "抖音",
        /// 樂天.
        Rakuten = "rakuten" / "乐天",
        /// Any other place.
        Other = "other" / "其他",
    }
}

vocabulary! {
    /// The buyer's script, so that a reply can answer in it.
    Script {
        /// Simplified Chinese.
        Simplified = "simplified" / "简体",
        /// Traditional Chinese.
        Traditional = "traditional" / "繁体",
    }
}

vocabulary! {
    /// Whether a shop may take an action at all.
    Standing {
        /// Good practice.
        Ok = "ok" / "可用",
        /// Kept on record, never offered by default.
        Discouraged = "discouraged" / "不建议",
        /// Against law or platform rules; never offered.
        Prohibited = "prohibited" / "禁止",
    }
}

vocabulary! {
    /// What reports can be added up by.
    Dimension {
        /// What was bought.
        Product = "product" / "商品",
        /// The batch it came from.
        Batch = "batch" / "批次",
        /// Who carried it.
        Courier = "courier" / "快递",
        /// Who answered.
        Agent = "agent" / "客服",
        /// The day.
        Day = "day" / "日期",
    }
}

/// How a buyer's words about a trouble are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Stated as so.
    Affirmed,
    /// Denied: 没有坏.
    Negated,
    /// Supposed or feared: 万一坏了.
    Hypothetical,
    /// Asked: 会不会坏.
    Asked,
    /// Happened and was put right: 少发了但马上补了.
    Settled,
    /// Somebody's words, quoted.
    Quoted,
    /// Said of another shop, order or person.
    Other,
}

impl Word for Status {
    const WORDS: &'static [Self] =
        &[Self::Affirmed, Self::Negated, Self::Hypothetical, Self::Asked, Self::Settled, Self::Quoted, Self::Other];

    fn place(self) -> u32 {
        self as u32
    }

    fn name(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Negated => "negated",
            Self::Hypothetical => "hypothetical",
            Self::Asked => "asked",
            Self::Settled => "settled",
            Self::Quoted => "quoted",
            Self::Other => "other",
        }
    }
}

/// Declares a cheap-to-clone id that comes from a rule file.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        ///
        /// Compares with plain strings; cloning is a reference count.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as written in the rule file.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }
    };
}

id! {
    /// Names a complaint category, such as `logistics.slow`.
    CategoryId
}
id! {
    /// Names a rule, such as `logistics.slow/not-arrived`.
    RuleId
}
id! {
    /// Names a remedy.
    RemedyId
}
id! {
    /// Names a reply template.
    TemplateId
}
id! {
    /// Names a lint: one fault that a draft may have.
    LintId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_serialized_names_agree() {
        for &party in Party::ALL {
            assert_eq!(serde_json::to_string(&party).unwrap(), format!("\"{party}\""));
            assert_eq!(Party::from_name(party.as_str()), Some(party));
        }
        for &demand in Demand::ALL {
            assert_eq!(serde_json::to_string(&demand).unwrap(), format!("\"{demand}\""));
        }
    }

    #[test]
    fn unknown_names_are_none() {
        assert_eq!(Stage::from_name("shipped"), None);
        assert_eq!(Risk::from_name(""), None);
    }
}
