//! 重点排污单位名录: which emitters the environment bureau listed for a year.

use mingcha_kit::{Code, prelude::*};

use super::codes::{
    CREDIT_CODE_HEADERS, EMITTER_NAME_HEADERS, PUBLISHED_ON_HEADERS, REGION_HEADERS, URL_HEADERS,
};

/// The media a list is made for.
const CATEGORIES: &[Code] = &[
    Code::spelt(WATER, &["水", "废水", "水环境重点排污单位", "废水重点排污单位", "污水处理厂"]),
    Code::spelt(AIR, &["大气", "废气", "大气环境重点排污单位", "废气重点排污单位"]),
    Code::spelt("土壤环境", &["土壤", "土壤环境污染重点监管单位", "土壤环境重点排污单位"]),
    Code::spelt("危险废物", &["危废", "危险废物重点排污单位", "危险废物重点监控单位"]),
    Code::spelt("声环境", &["噪声", "声环境重点排污单位"]),
];

/// Listed for what it does to water.
pub const WATER: &str = "水环境";

/// Listed for what it does to air.
pub const AIR: &str = "大气环境";

table! {
    /// The list of key emitters; an emitter stands in it once for each category.
    pub static EMITTER_LIST = Table::named("emitter_list", "重点排污单位名录", "List of key emitters")
        .aliases(&["重点排污单位", "国家重点监控企业名单", "国控企业名单", "排污单位名录", "名录"])
        .key(&[YEAR, EMITTER_NAME, CATEGORY])
        .body(REGION);
    /// 年度
    pub const YEAR = Column::integer("year", "年度", "Year").aliases(&["年份", "名录年度", "所属年度"]).fill_down();
    /// 所属县市/园区
    pub const REGION = Column::text("region_code", "所属县市/园区", "County or park")
        .aliases(REGION_HEADERS)
        .fill_down()
        .from_part("region");
    /// 统一社会信用代码
    pub const USCC = Column::text("uscc", "统一社会信用代码", "Unified social credit code").aliases(CREDIT_CODE_HEADERS);
    /// 企业名称
    pub const EMITTER_NAME = Column::text("emitter_name", "企业名称", "Emitter").aliases(EMITTER_NAME_HEADERS).required();
    /// 名录类别
    pub const CATEGORY = Column::text("category", "名录类别", "Category")
        .aliases(&["类别", "名录类型", "重点排污单位类别", "重点排污单位类型", "单位类别", "环境要素"])
        .codes(CATEGORIES)
        .required();
    /// 公开日期
    pub const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(PUBLISHED_ON_HEADERS)
        .from_part("published-on");
    /// 网址
    pub const URL = Column::text("url", "网址", "Page").aliases(URL_HEADERS);
}
