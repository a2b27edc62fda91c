//! 执收台账: one row per fee collected.

use mingcha_kit::Code;
use mingcha_kit::prelude::*;

use super::NATURES;

/// A natural person.
pub(crate) const PERSON: &str = "个人";

/// A small or micro firm.
pub(crate) const SMALL_FIRM: &str = "小微企业";
/// A family business.
pub(crate) const SMALL_BUSINESS: &str = "个体工商户";
/// 税务发票
pub(crate) const TAX_INVOICE: &str = "税务发票";
/// 内部收据
pub(crate) const IN_HOUSE_RECEIPT: &str = "内部收据";
/// 无
pub(crate) const NO_RECEIPT: &str = "无";
/// 国库
pub(crate) const TREASURY: &str = "国库";
/// 财政专户
pub(crate) const FISCAL_ACCOUNT: &str = "财政专户";
/// 单位自有账户
pub(crate) const OWN_ACCOUNT: &str = "单位自有账户";

const PAYER_TYPES: &[Code] = &[
    Code::spelt("企业", &["大中型企业", "公司", "单位"]),
    Code::spelt(SMALL_FIRM, &["小型企业", "微型企业", "小微", "小型微型企业"]),
    Code::spelt(SMALL_BUSINESS, &["个体户", "个体"]),
    Code::spelt(PERSON, &["自然人", "居民", "个人缴费"]),
    Code::plain("其他"),
];

const BILL_TYPES: &[Code] = &[
    Code::spelt(
        "财政票据",
        &["非税收入票据", "非税票据", "财政收据", "非税收入一般缴款书", "行政事业性收费票据"],
    ),
    Code::spelt(TAX_INVOICE, &["发票", "增值税发票", "普通发票"]),
    Code::spelt(IN_HOUSE_RECEIPT, &["收据", "自制收据", "往来收据"]),
    Code::spelt(NO_RECEIPT, &["无票据", "未开票", "未开具", "没有"]),
];

const ACCOUNT_TYPES: &[Code] = &[
    Code::spelt(TREASURY, &["缴入国库", "地方国库", "中央国库", "同级国库"]),
    Code::spelt(FISCAL_ACCOUNT, &["非税专户", "财政非税专户", "非税收入专户", "缴入财政专户"]),
    Code::spelt(OWN_ACCOUNT, &["单位账户", "自有账户", "单位基本户", "基本户", "单位自有帐户"]),
];

table! {
    /// 执收台账
    pub(crate) static FEE_COLLECTION = Table::named("fee_collection", "执收台账", "Ledger of fees collected")
        .aliases(&["收费台账", "执收明细", "收费明细", "收费收入台账", "非税收入台账", "收费流水"])
        .key(&[UNIT_NAME, BILL_NO, ITEM_NAME, PAYER_NAME, COLLECTED_ON])
        .body(UNIT_NAME);
    /// 执收单位
    pub(crate) const UNIT_NAME = Column::text("unit_name", "执收单位", "Charging unit")
        .aliases(&["收费单位", "执收单位名称", "征收单位", "单位名称"]).from_part("reporter").fill_down();
    /// 执收单位统一社会信用代码
    pub(crate) const UNIT_USCC = Column::text("unit_uscc", "执收单位统一社会信用代码", "Charging unit's credit code")
        .aliases(&["单位统一社会信用代码", "执收单位代码", "单位代码"]);
    /// 行政区划代码, or the name of the county, park or prefecture
    pub(crate) const REGION_CODE = Column::text("region_code", "行政区划代码", "Division")
        .aliases(&["行政区划", "区划代码", "地区", "县市", "县(市、园区)", "县市(园区)"]).from_part("region");
    /// 收费项目
    pub(crate) const ITEM_NAME = Column::text("item_name", "收费项目", "Item")
        .aliases(&["项目名称", "收费项目名称", "收入项目", "收费名称"]).required();
    /// 收费性质
    pub(crate) const NATURE = Column::text("nature", "收费性质", "Nature")
        .aliases(&["项目性质", "收费类别", "收费类型"]).codes(NATURES).blanks(&["无"]);
    /// 缴费人
    pub(crate) const PAYER_NAME = Column::text("payer_name", "缴费人", "Payer")
        .aliases(&["缴款人", "缴费单位", "缴款单位", "缴费人名称", "缴费对象", "付款人"]);
    /// 缴费人统一社会信用代码
    pub(crate) const PAYER_USCC = Column::text("payer_uscc", "缴费人统一社会信用代码", "Payer's credit code")
        .aliases(&["统一社会信用代码", "缴费人代码", "缴款人代码"]);
    /// 缴费人类型
    pub(crate) const PAYER_TYPE = Column::text("payer_type", "缴费人类型", "Kind of payer")
        .aliases(&["缴款人类型", "缴费对象类型", "缴费人类别"]).codes(PAYER_TYPES);
    /// 数量
    pub(crate) const QUANTITY = Column::decimal("quantity", "数量", "Quantity", 4).aliases(&["计费数量", "征收数量", "件数"]);
    /// 计量单位
    pub(crate) const UNIT = Column::text("unit", "计量单位", "Counted in").aliases(&["计费单位", "数量单位"]);
    /// 金额
    pub(crate) const AMOUNT = Column::decimal("amount", "金额", "Amount", 2)
        .aliases(&["收费金额", "实收金额", "收取金额", "缴费金额", "缴款金额", "收入金额"]).unit("元").required();
    /// 收取日期
    pub(crate) const COLLECTED_ON = Column::date("collected_on", "收取日期", "Collected on")
        .aliases(&["收费日期", "缴费日期", "缴款日期", "开票日期", "执收日期", "收取时间"]).required();
    /// 票据类型
    pub(crate) const BILL_TYPE = Column::text("bill_type", "票据类型", "Kind of receipt")
        .aliases(&["票据种类", "开票类型", "票据名称"]).codes(BILL_TYPES);
    /// 票据号码
    pub(crate) const BILL_NO = Column::text("bill_no", "票据号码", "Receipt no.").aliases(&["票据号", "票号", "票据编号", "发票号码"]);
    /// 缴入账户
    pub(crate) const ACCOUNT_TYPE = Column::text("account_type", "缴入账户", "Paid into")
        .aliases(&["账户类型", "缴款账户", "缴入方式", "收款账户", "缴入帐户"]).codes(ACCOUNT_TYPES);
}
