//! A procurement method that is none of the five.

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2_2;
use crate::tables::project::{PROCUREMENT_METHOD, PROJECT};

/// The values of the column's code list.
const METHODS: [&str; 5] = ["公开招标", "邀请招标", "竞争性谈判", "竞争性磋商", "单一来源采购"];

rule! {
    /// ## 查什么
    /// 采购方式应是五种之一:公开招标、邀请招标、竞争性谈判、竞争性磋商、单一来源采购。“邀标”“竞争性磋商方式”等常见写法能识别。
    /// 空着和写“尚未采购”的不查。
    /// ## 为什么
    /// PPP项目采购只有这五种方式。公示多少天、要不要单独公示,都按采购方式定;写“直接委托”“招商引资”,就看不出是否依法采购。
    /// ## 怎么改
    /// 按采购公告或批复改成五种之一,只写一种。先后用过两种的,写最后成交的那一种,经过写到进度说明里。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,采购方式
    /// 虚构污水处理厂,BOT,直接委托
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,采购方式
    /// 虚构污水处理厂,BOT,竞争性磋商
    /// ```
    /// ---
    /// ## What
    /// The procurement method is one of five: 公开招标, 邀请招标, 竞争性谈判, 竞争性磋商, 单一来源采购 (open or invited
    /// tender, competitive negotiation, competitive consultation, single source). Blanks are passed over.
    /// ## Why
    /// PPP projects are procured in no other way, and how long an award is shown depends on it.
    /// ## How to mend
    /// Write the one by which the contract came about; what was tried before belongs in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/method-code",
        title: text("采购方式不规范", "Procurement method not one of the five"),
        over: Reading::of(&PROJECT, &[PROCUREMENT_METHOD]),
        bases: &[PLAN_2_2],
        messages: &[Message::new(
            "采购方式“{procurement_method}”不规范,应为公开招标、邀请招标、竞争性谈判、竞争性磋商或单一来源采购",
            "Procurement method “{procurement_method}” is none of 公开招标, 邀请招标, 竞争性谈判, 竞争性磋商, 单一来源采购",
        )],
        check: Check::Row(method_code),
        ..Rule::EMPTY
    };
}

fn method_code(project: &Row, findings: &mut Findings) -> Judged {
    if !METHODS.contains(&project.text(PROCUREMENT_METHOD)?) {
        findings.at(project, PROCUREMENT_METHOD);
    }
    JUDGED
}
