//! The vocabulary of advice: facts of an order, what a remedy costs and who may promise it, and why it stands where it
//! stands.

use super::Stage;
use crate::set::Word;
use serde::{Deserialize, Serialize};
use std::fmt;

vocabulary! {
    /// What the order system says of an order; finer than [`Stage`].
    OrderState {
        /// Paid, not yet shipped.
        Paid = "paid" / "已付款",
        /// Handed to a courier.
        Shipped = "shipped" / "已发货",
        /// Signed for.
        Delivered = "delivered" / "已签收",
        /// Receipt confirmed, money paid out to the shop.
        Completed = "completed" / "交易完成",
        /// A refund or return was asked for and waits for the shop.
        RefundRequested = "refund_requested" / "售后申请中",
        /// The goods are on their way back.
        Returning = "returning" / "退货途中",
        /// The money went back.
        Refunded = "refunded" / "已退款",
        /// Closed or cancelled.
        Closed = "closed" / "交易关闭",
    }
}

impl OrderState {
    /// How far an order in this state has come; `None` where the state alone does not tell.
    #[must_use]
    pub const fn stage(self) -> Option<Stage> {
        match self {
            Self::Paid => Some(Stage::BeforeShipping),
            Self::Shipped => Some(Stage::InTransit),
            Self::Delivered | Self::Completed | Self::Returning => Some(Stage::Received),
            Self::RefundRequested | Self::Refunded | Self::Closed => None,
        }
    }
}

vocabulary! {
    /// Kinds of goods for which other rules hold. Goods may be of several kinds at once.
    Goods {
        /// None of the others.
        General = "general" / "普通商品",
        /// Made to the buyer's measure.
        Custom = "custom" / "定制商品",
        /// Fresh and perishable.
        Fresh = "fresh" / "生鲜",
        /// Food, fresh food aside.
        Food = "food" / "食品",
        /// Downloaded or unsealed digital goods, top-ups, codes.
        Digital = "digital" / "虚拟数字商品",
        /// Sold ahead of stock, with a dispatch date of its own.
        Presale = "presale" / "预售商品",
        /// Worn on the body or unfit for sale once unsealed.
        Hygiene = "hygiene" / "贴身拆封类商品",
        /// Used goods.
        SecondHand = "second_hand" / "二手商品",
    }
}

vocabulary! {
    /// What a buyer is like to talk to.
    CustomerKind {
        /// Wants the trouble solved.
        Reasonable = "reasonable" / "讲理",
        /// Hopes for an advantage.
        BargainSeeking = "bargain_seeking" / "图优惠",
        /// Wants to be respected; money offends.
        Proud = "proud" / "爱面子",
        /// Does not want to talk.
        Closed = "closed" / "不愿沟通",
        /// Lives on complaints, or competes with the shop.
        Professional = "professional" / "职业投诉",
    }
}

vocabulary! {
    /// Where the shop and the buyer talk.
    Channel {
        /// The platform's chat.
        Chat = "chat" / "聊天",
        /// A telephone call.
        Phone = "phone" / "电话",
        /// A text message.
        Sms = "sms" / "短信",
        /// A complaint ticket or dispute on the platform.
        Ticket = "ticket" / "平台工单",
        /// A public review.
        Review = "review" / "评价",
    }
}

vocabulary! {
    /// How a shop talks.
    Tone {
        /// Close and friendly.
        Warm = "warm" / "亲切",
        /// Reserved and polite.
        Formal = "formal" / "正式",
    }
}

vocabulary! {
    /// Who in or around a shop acts.
    Role {
        /// Whoever answers the buyer.
        Agent = "agent" / "客服",
        /// The agents' superior.
        Supervisor = "supervisor" / "主管",
        /// Whoever packs and ships.
        Warehouse = "warehouse" / "仓库",
        /// Whoever tests goods.
        Quality = "quality" / "质检",
        /// Whoever books refunds and invoices.
        Finance = "finance" / "财务",
        /// Whoever runs the shop.
        Manager = "manager" / "店长",
    }
}

vocabulary! {
    /// What a remedy costs the shop, cheapest first.
    Cost {
        /// Nothing but work.
        None = "none" / "不花钱",
        /// A voucher.
        Coupon = "coupon" / "优惠券",
        /// Carriage.
        Freight = "freight" / "运费",
        /// Part of the price.
        Partial = "partial" / "部分货款",
        /// Another piece of the goods.
        Goods = "goods" / "一份货",
        /// The whole price.
        Full = "full" / "全额货款",
    }
}

vocabulary! {
    /// Something about an order on which advice can hinge.
    Fact {
        /// Where it was placed.
        Platform = "platform" / "平台",
        /// How far it has come.
        Stage = "stage" / "阶段",
        /// What the order system says of it.
        OrderState = "order_state" / "订单状态",
        /// The kind of goods.
        Goods = "goods" / "商品种类",
        /// What the buyer is like to talk to.
        CustomerKind = "customer_kind" / "买家类型",
        /// The amount paid.
        Paid = "paid" / "实付金额",
        /// Hours since the order.
        HoursSinceOrder = "hours_since_order" / "下单多久",
        /// Hours since it was shipped.
        HoursSinceShipping = "hours_since_shipping" / "发货多久",
        /// Hours since it was received.
        HoursSinceReceipt = "hours_since_receipt" / "签收多久",
        /// How often the buyer has turned to the shop already.
        Contacts = "contacts" / "联系过几次",
    }
}

vocabulary! {
    /// What a remedy's score is made of.
    Consideration {
        /// Whether it gives what the buyer asks for.
        Demand = "demand" / "合买家要求",
        /// How well it suits the troubles found.
        Fit = "fit" / "对症",
        /// Whether it is due at the fault of whoever is at fault.
        Blame = "blame" / "责任",
        /// Whether it is meant for this stage of the order.
        Stage = "stage" / "阶段",
        /// Whether it calms a risk that shows.
        Risk = "risk" / "风险",
        /// Whether it is meant for cases as grave as this.
        Severity = "severity" / "轻重",
        /// Whether a policy or statute that bears on the case calls for it.
        Duty = "duty" / "规则要求",
        /// Whether it is meant for this kind of buyer.
        Customer = "customer" / "合买家脾气",
        /// How cheap it is; counts less the graver the case.
        Cost = "cost" / "花费",
        /// Whether it does anything for the buyer at all.
        Offer = "offer" / "对买家的交代",
    }
}

vocabulary! {
    /// Why a remedy is not offered.
    Barrier {
        /// Against law or platform rules.
        Prohibited = "prohibited" / "禁止",
        /// On record as bad practice.
        Discouraged = "discouraged" / "不建议",
        /// Never used for the weightiest trouble found.
        Category = "category" / "这类投诉绝不用",
        /// Not possible at this stage of the order.
        Stage = "stage" / "这个阶段做不到",
        /// Not in this state of the order.
        OrderState = "order_state" / "订单状态不合",
        /// Not on this platform.
        Platform = "platform" / "平台不合",
        /// Not for goods of this kind.
        Goods = "goods" / "商品种类不合",
        /// Not for a buyer of this kind.
        Customer = "customer" / "买家类型不合",
        /// Too early or too late.
        Time = "time" / "时间不合",
        /// Not for a price like this.
        Amount = "amount" / "金额不合",
        /// Not after so few contacts.
        Contacts = "contacts" / "联系次数不合",
        /// The case is not grave enough for it.
        Severity = "severity" / "事情没有严重到这一步",
        /// Beyond what anyone in the shop may spend on it.
        Ceiling = "ceiling" / "超出店铺的上限",
        /// Nobody in the shop may promise it.
        Powers = "powers" / "店里无人有权答应",
        /// The shop does not offer the service it rests on.
        Service = "service" / "店铺没有这项服务",
        /// Has nothing to do with the troubles found.
        Unfit = "unfit" / "与买家说的事不相干",
        /// Suits, but others suit better.
        Outranked = "outranked" / "有更合适的办法",
    }
}

vocabulary! {
    /// A part of the plan, in the order of time.
    Phase {
        /// The first words to the buyer.
        Answer = "answer" / "首答",
        /// Finding out what happened.
        Verify = "verify" / "核实",
        /// Putting it right.
        Remedy = "remedy" / "处理",
        /// What to do if the buyer refuses.
        Fallback = "fallback" / "谈不拢",
        /// Seeing it through, and keeping it from coming back.
        FollowUp = "follow_up" / "跟进",
    }
}

vocabulary! {
    /// A service that a shop may or may not grant.
    Service {
        /// Returns within seven days without a reason.
        SevenDayReturns = "seven_day_returns" / "七天无理由退货",
        /// Freight insurance for returns.
        FreightInsurance = "freight_insurance" / "运费险",
    }
}
