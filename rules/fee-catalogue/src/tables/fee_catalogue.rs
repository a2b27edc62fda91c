//! 收费目录清单: one row per line of a list of fees and funds.
//!
//! Lists nest: `1.` holds `(1)` holds `①`; [`Outline`](crate::outline::Outline) knows which rows are headings. Every
//! column that the outline needs is text, so that no unreadable cell can hide a row from it.

use mingcha_kit::Code;
use mingcha_kit::prelude::*;

use super::{DEPOSIT, NATURES, SERVICE_FEE};

/// The item is being collected; what a blank status means too.
pub(crate) const IN_FORCE: &str = "执行";

const STATUSES: &[Code] = &[
    Code::spelt(
        IN_FORCE,
        &["执行中", "正在执行", "正常", "正常执行", "在征", "征收", "正常征收", "有效", "现行", "保留"],
    ),
    Code::spelt("停征", &["暂停征收", "暂停", "已停征", "停止征收"]),
    Code::spelt("取消", &["已取消", "废止", "已废止", "停止执行"]),
    Code::spelt("免征", &["免收", "全部免征", "已免征"]),
    Code::spelt("缓征", &["暂缓征收", "缓缴"]),
    Code::spelt("征收标准降为零", &["降为零", "标准降为零", "收费标准降为零", "零标准"]),
    Code::spelt("合并", &["已合并", "并入", "已并入"]),
];

/// Set up by the central authorities.
pub(crate) const CENTRAL: &str = "中央";
/// Set up by the autonomous region or a province.
pub(crate) const PROVINCIAL: &str = "省级";

const SET_LEVELS: &[Code] = &[
    Code::spelt(
        CENTRAL,
        &[
            "国家",
            "国家级",
            "中央级",
            "国务院",
            "中央设立",
            "国家设立",
            "中央立项",
            "国家立项",
            "中项",
            "全国性",
            "中央项目",
        ],
    ),
    Code::spelt(
        PROVINCIAL,
        &[
            "省",
            "自治区",
            "自治区级",
            "区级",
            "自治区设立",
            "自治区立项",
            "省设立",
            "省级设立",
            "省立项",
            "省级立项",
            "省项",
        ],
    ),
];

const PRICING_AUTHORITIES: &[Code] = &[
    Code::spelt("中项中标", &["中央立项中央定标", "国家立项国家定标"]),
    Code::spelt("中项省标", &["中央立项省定标", "国家立项自治区定标", "中项区标"]),
    Code::spelt("省项省标", &["省立项省定标", "自治区立项自治区定标", "区项区标"]),
];

/// 资金管理方式
pub(crate) const FUND_MODES: &[Code] = &[
    Code::spelt("缴入中央国库", &["中央国库", "上缴中央国库"]),
    Code::spelt("缴入地方国库", &["地方国库", "上缴地方国库"]),
    Code::spelt("缴入中央和地方国库", &["中央和地方国库", "缴入中央与地方国库", "缴入中央、地方国库"]),
    Code::spelt("缴入中央和地方财政专户", &["中央和地方财政专户", "缴入中央、地方财政专户"]),
    Code::spelt("缴入地方财政专户", &["地方财政专户", "缴入财政专户", "财政专户", "财政专户管理"]),
    Code::spelt("缴入同级国库", &["同级国库", "缴入国库", "国库", "缴入本级国库"]),
    Code::plain("缴入中央和地方国库或财政专户"),
];

table! {
    /// 收费目录清单
    pub(crate) static FEE_CATALOGUE = Table::named("fee_catalogue", "收费目录清单", "Fee catalogue")
        .aliases(&[
            "收费目录", "目录清单", "收费清单", "涉企收费目录清单", "涉企收费清单", "行政事业性收费目录", "行政事业性收费目录清单",
            "涉企行政事业性收费目录清单", "政府性基金目录", "政府性基金目录清单", "收费项目目录",
        ])
        .key(&[REGION_CODE, DEPARTMENT, ITEM_NAME, ROW_NO])
        .body(DEPARTMENT);
    /// 序号
    pub(crate) const ROW_NO = Column::text("row_no", "序号", "No.").aliases(&["项目序号", "编号", "项目编号"]);
    /// 部门
    pub(crate) const DEPARTMENT = Column::text("department", "部门", "Department")
        .aliases(&["收费部门", "主管部门", "部门名称", "执收部门", "主管单位", "单位"]).blanks(&["无"]).fill_down();
    /// 执收单位
    pub(crate) const CHARGING_UNIT = Column::text("charging_unit", "执收单位", "Charging unit")
        .aliases(&["收费单位", "征收单位", "收费主体", "征收部门", "执收主体"]).blanks(&["无"]);
    /// 收费项目
    pub(crate) const ITEM_NAME = Column::text("item_name", "收费项目", "Item")
        .aliases(&["项目名称", "收费项目名称", "基金项目", "基金名称", "收费名称", "收费基金项目", "项目"]).required();
    /// 收费性质
    pub(crate) const NATURE = Column::text("nature", "收费性质", "Nature")
        .aliases(&["项目性质", "收费类别", "收费类型", "项目类别", "性质"]).codes(NATURES).blanks(&["无"]);
    /// 是否涉企
    pub(crate) const ENTERPRISE_RELATED = Column::flag("enterprise_related", "是否涉企", "Levied on enterprises")
        .aliases(&["涉企", "是否涉企收费", "涉企收费", "是否涉及企业"]);
    /// 设立级次
    pub(crate) const SET_LEVEL = Column::text("set_level", "设立级次", "Set up by")
        .aliases(&["立项级次", "立项级别", "设立级别", "设立层级", "立项层级", "审批级次"]).codes(SET_LEVELS).blanks(&["无"]);
    /// 制定权限
    pub(crate) const PRICING_AUTHORITY = Column::text("pricing_authority", "制定权限", "Pricing authority")
        .aliases(&["定价权限", "收费标准制定权限", "立项定标权限"]).codes(PRICING_AUTHORITIES).blanks(&["无"]);
    /// 资金管理方式
    pub(crate) const FUND_MODE = Column::text("fund_mode", "资金管理方式", "Where the money goes")
        .aliases(&["管理方式", "收入管理方式", "资金管理", "资金缴库方式", "缴库方式"]).codes(FUND_MODES).blanks(&["无"]);
    /// 政策依据
    pub(crate) const BASIS = Column::text("basis", "政策依据", "Basis")
        .aliases(&[
            "收费依据", "文件依据", "征收依据", "设立依据", "收费文件依据", "收费及资金管理文件依据", "政策文件依据", "法律依据",
            "依据", "收费政策依据", "批准文件", "批准文号",
        ])
        .blanks(&["无"]).required();
    /// 收费标准
    pub(crate) const STANDARD_TEXT = Column::text("standard_text", "收费标准", "Standard")
        .aliases(&["征收标准", "标准", "现行收费标准", "执行标准", "收费标准及计费单位"]).blanks(&["无"]);
    /// 计费单位
    pub(crate) const STANDARD_UNIT = Column::text("standard_unit", "计费单位", "Charged per")
        .aliases(&["计量单位", "计价单位", "计征单位"]).blanks(&["无"]).from_part("unit-of-standard_text");
    /// 征收对象
    pub(crate) const PAYER_SCOPE = Column::text("payer_scope", "征收对象", "Levied on")
        .aliases(&["收费范围", "收费对象", "征收范围", "缴费对象", "收费对象及范围", "征收对象及范围"]).blanks(&["无"]);
    /// 设立日期
    pub(crate) const FIRST_SET_ON = Column::date("first_set_on", "设立日期", "First set up on")
        .aliases(&["设立时间", "立项日期", "立项时间", "批准日期", "批准时间"]);
    /// 执行期限, first and last day in one cell
    pub(crate) const VALID = Column::text("valid", "执行期限", "In force")
        .aliases(&["有效期", "收费期限", "有效期限", "执行时间", "征收期限"]).blanks(&["无"]);
    /// 状态
    pub(crate) const STATUS = Column::text("status", "状态", "Status")
        .aliases(&["执行状态", "项目状态", "执行情况", "征收状态"]).codes(STATUSES).blanks(&["无"]);
    /// 小微免征
    pub(crate) const SME_EXEMPT = Column::flag("sme_exempt", "小微免征", "Small firms exempt")
        .aliases(&["小微企业免征", "是否小微免征", "小微企业是否免征"]);
    /// 备注
    pub(crate) const REMARK = Column::text("remark", "备注", "Remark").aliases(&["说明", "其他说明"]);
    /// 行政区划代码, or the name of the county, park or prefecture whose list it is
    pub(crate) const REGION_CODE = Column::text("region_code", "行政区划代码", "Division")
        .aliases(&["行政区划", "区划代码", "地区", "县市", "所属地区", "县(市、园区)", "县市(园区)"]).from_part("region");
    /// 目录清单编号
    pub(crate) const CATALOGUE_ID = Column::text("catalogue_id", "目录清单编号", "Catalogue")
        .aliases(&["清单编号", "目录编号", "目录清单名称", "清单名称"]);
    /// 填报单位
    pub(crate) const REPORTER = Column::text("reporter", "填报单位", "Reported by").aliases(&["报送单位"]).from_part("reporter");
    /// 公开日期, as written: it only tells versions of one list apart
    pub(crate) const PUBLISHED_ON = Column::text("published_on", "公开日期", "Published on")
        .aliases(&["发布日期", "公布日期"]).from_part("published-on");
    /// 清单标题: title row, sheet and file, which tell a list of enterprise fees from the full one
    pub(crate) const LIST_TITLE = Column::text("list_title", "清单标题", "Title of the list").from_part("title");
}

/// Whether the title says that the list holds fees on enterprises alone.
pub(crate) fn is_of_enterprises(title: &str) -> bool {
    title.match_indices("涉企").any(|(at, _)| !title[..at].ends_with(['含', '非']))
}

/// Whether the item is a fee or a fund, as far as its nature says: not a price of an operator, not a deposit.
pub(crate) fn is_levied(row: &Row) -> bool {
    !matches!(row.text(NATURE), Some(SERVICE_FEE | DEPOSIT))
}

/// Whether the list says the item is being collected. `None` where its status is a word not in the code list.
pub(crate) fn in_force(row: &Row) -> Option<bool> {
    match row.text(STATUS) {
        None | Some(IN_FORCE) => Some(true),
        Some(status) => STATUSES.iter().any(|code| code.value == status).then_some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_also_holds_enterprise_fees_is_not_of_them_alone() {
        assert!(is_of_enterprises("示例县涉企收费目录清单"));
        assert!(is_of_enterprises("目录 / 2016年涉企行政事业性收费清单"));
        assert!(!is_of_enterprises("示例县行政事业性收费目录_含涉企收费项目"));
        assert!(!is_of_enterprises("收费目录清单"));
    }
}
