//! `fee/enterprise-law-basis`: a new fee on enterprises without a law or an administrative regulation.

use mingcha_kit::prelude::*;
use values::date::parse_date;
use values::document_number::Reference;

use crate::bases::NEW_FEES;
use crate::settings::LAW_NEEDED_SINCE;
use crate::sources;
use crate::tables::fee_catalogue::{
    BASIS, ENTERPRISE_RELATED, FEE_CATALOGUE, FIRST_SET_ON, ITEM_NAME, LIST_TITLE, NATURE, is_levied,
    is_of_enterprises,
};

rule! {
    /// ## 查什么
    /// 2014年6月30日(设置项 `law-needed-since`)以后新设立的涉企收费、基金,依据中应有法律或行政法规。“设立日期”空白的不查。
    ///
    /// 标题写明“涉企”的清单,各项都按涉企处理。依据中有国务院文件的(按国际惯例或对等原则设立、报国务院批准),以及依据残缺、写“同上”的,不提示。经营服务性收费和保证金不适用。
    /// ## 为什么
    /// 通知要求:新设立涉企行政事业性收费和政府性基金项目,必须依据有关法律、行政法规的规定。
    /// ## 怎么改
    /// 补充法律、行政法规的名称,写在《》里。没有的,停止收取并移出清单;设立日期填错的,改正日期。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,是否涉企,设立日期
    /// 示例检验费,新发改收费〔2015〕8号,是,2015-03-01
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,是否涉企,设立日期
    /// 示例检验费,《产品质量法》、新发改收费〔2015〕8号,是,2015-03-01
    /// ```
    /// ---
    /// ## What
    /// A fee or fund on enterprises first set up on or after 2014-06-30 (`law-needed-since`) names a law or an
    /// administrative regulation. Documents of the State Council, which may approve a fee by international custom, and
    /// cells that cannot be read whole are given the benefit of the doubt.
    /// ## Why
    /// The notice of June 2014 demands it.
    /// ## How to mend
    /// Name the law in 《》. If there is none, stop charging the fee and take it off the list.
    pub(crate) static RULE = Rule {
        id: "fee/enterprise-law-basis",
        title: text("新设涉企收费无法律依据", "New fee on enterprises without a law"),
        over: Reading::of(&FEE_CATALOGUE, &[BASIS])
            .and_optional(&[ITEM_NAME, FIRST_SET_ON, NATURE, ENTERPRISE_RELATED, LIST_TITLE]),
        bases: &[NEW_FEES],
        messages: &[Message::new(
            "{first_set_on}新设涉企收费“{item_name}”未引用法律、行政法规",
            "The fee on enterprises “{item_name}”, first set up on {first_set_on}, names no law or administrative regulation",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    let set_on = item.date(FIRST_SET_ON)?;
    let titled = || item.text(LIST_TITLE).is_some_and(is_of_enterprises);
    let on_enterprises = item.flag(ENTERPRISE_RELATED).unwrap_or_else(titled);
    let since = parse_date(item.task().settings.text(&LAW_NEEDED_SINCE)).ok()?;
    let sources = item.by_value(BASIS, sources::read)?;
    let readable = sources.broken.is_empty() && sources.unparsed.is_empty() && !sources.ditto;
    if set_on < since || !on_enterprises || !is_levied(item) || !readable || sources.found.is_empty() {
        return None;
    }
    if !sources.found.iter().any(suffices) {
        findings.at(item, BASIS);
    }
    JUDGED
}

/// A law, an administrative regulation, an order of the State Council, or its approval.
fn suffices(source: &Reference) -> bool {
    source.is_law_or_regulation()
        || ["国务院", "国发", "国办", "国函"].iter().any(|head| source.prefix.starts_with(head))
}
