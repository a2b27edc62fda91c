//! 收费政策事件: what a notice did to a fee or fund. The pack ships some ([`crate::events`]); a user may add more.

use mingcha_kit::Code;
use mingcha_kit::prelude::*;

use super::NATURES;

/// What the shipped events and the code list call each kind of event.
pub(crate) const ACTIONS: &[Code] = &[
    Code::spelt("establish", &["设立", "新设", "新设立", "恢复征收", "恢复"]),
    Code::spelt("adjust", &["调整", "调整标准", "标准调整"]),
    Code::spelt("reduce", &["降低", "降低标准", "下调", "减征", "减半"]),
    Code::spelt("zero", &["征收标准降为零", "降为零", "标准降为零", "收费标准降为零"]),
    Code::spelt("suspend", &["停征", "暂停征收", "停止征收", "暂停"]),
    Code::spelt("cancel", &["取消", "废止", "停止执行"]),
    Code::spelt("merge", &["合并", "并入", "归并"]),
    Code::spelt("exempt_sme", &["小微免征", "对小微企业免征", "小微企业免征"]),
    Code::spelt("exempt_all", &["免征", "全部免征", "对所有企业和个人免征"]),
];

table! {
    /// 收费政策事件
    pub(crate) static FEE_POLICY_EVENT = Table::named("fee_policy_event", "收费政策事件", "Fee policy events")
        .aliases(&["收费政策调整", "政策事件", "收费政策调整情况", "收费项目调整", "政策调整台账"])
        .key(&[EVENT_ID, DOC_NO, ITEM_NAME]);
    /// 事件编号
    pub(crate) const EVENT_ID = Column::text("event_id", "事件编号", "Event").aliases(&["编号"]);
    /// 文号
    pub(crate) const DOC_NO = Column::text("doc_no", "文号", "Document")
        .aliases(&["发文字号", "文件号", "文件文号", "政策文号"]).required();
    /// 发文日期
    pub(crate) const ISSUED_ON = Column::date("issued_on", "发文日期", "Issued on").aliases(&["印发日期", "成文日期", "发文时间"]);
    /// 生效日期
    pub(crate) const EFFECTIVE_ON = Column::date("effective_on", "生效日期", "Effective on")
        .aliases(&["执行日期", "施行日期", "生效时间", "执行时间"]).required();
    /// 调整类型
    pub(crate) const ACTION = Column::text("action", "调整类型", "Action")
        .aliases(&["事件类型", "调整方式", "政策类型", "措施"]).codes(ACTIONS).required();
    /// 收费项目
    pub(crate) const ITEM_NAME = Column::text("item_name", "收费项目", "Item").aliases(&["项目名称", "收费项目名称", "基金名称"]);
    /// 别名
    pub(crate) const ALIASES = Column::text("aliases", "别名", "Also called").aliases(&["其他名称", "曾用名", "又名"]).blanks(&["无"]);
    /// 并入项目
    pub(crate) const MERGED_INTO = Column::text("merged_into", "并入项目", "Merged into").aliases(&["合并为", "并入"]).blanks(&["无"]);
    /// 收费性质
    pub(crate) const NATURE = Column::text("nature", "收费性质", "Nature").aliases(&["项目性质", "收费类别"]).codes(NATURES);
    /// 核实情况; an event whose source was not read rests on memory
    pub(crate) const STANDING = Column::text("standing", "核实情况", "Verified").aliases(&["核实状态", "核对情况", "是否核实"]);
}
