//! 自行监测检查情况: what counties and parks inspected and made public.

use mingcha_kit::prelude::*;

use super::codes::{PUBLISHED_ON_HEADERS, REGION_HEADERS, URL_HEADERS};

table! {
    /// Inspections, one record a county or park and period.
    pub static EMITTER_INSPECTION = Table::named("emitter_inspection", "自行监测检查情况", "Inspections of self-monitoring")
        .aliases(&["检查情况", "自行监测及信息公开检查", "信息公开检查情况", "监督检查情况"])
        .key(&[REGION, PERIOD])
        .body(REGION);
    /// 所属县市/园区
    pub const REGION = Column::text("region_code", "所属县市/园区", "County or park")
        .aliases(REGION_HEADERS)
        .fill_down()
        .from_part("region");
    /// 检查时段
    pub const PERIOD = Column::text("period", "检查时段", "Period")
        .aliases(&["检查时间", "检查季度", "时段", "检查期间"])
        .from_part("period");
    /// 检查企业数
    pub const CHECKED = Column::integer("checked", "检查企业数", "Emitters inspected")
        .aliases(&["检查单位数", "检查家数", "应检查企业数", "检查企业数(家)"])
        .required();
    /// 已公开企业数
    pub const DISCLOSED = Column::integer("disclosed", "已公开企业数", "Emitters that disclosed")
        .aliases(&["已公开单位数", "公开企业数", "已公开家数"]);
    /// 发现问题
    pub const PROBLEMS = Column::text("problems", "发现问题", "Problems found").aliases(&["存在问题", "检查发现问题", "主要问题"]);
    /// 处理情况
    pub const HANDLED = Column::text("handled", "处理情况", "What was done").aliases(&["整改情况", "处理结果", "整改要求"]);
    /// 公开日期
    pub const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(PUBLISHED_ON_HEADERS)
        .from_part("published-on");
    /// 网址
    pub const URL = Column::text("url", "网址", "Page").aliases(URL_HEADERS);
}
