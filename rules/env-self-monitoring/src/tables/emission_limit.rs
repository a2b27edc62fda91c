//! 补充排放限值: limits the user adds to those shipped, or puts in their place.

use mingcha_kit::prelude::*;

use super::codes::POLLUTANT_HEADERS;
use crate::pollutants::POLLUTANTS;

table! {
    /// Limits of local standards, of amendments, or instead of figures shipped. Limits are text, as in plans.
    pub static EMISSION_LIMIT = Table::named("emission_limit", "补充排放限值", "Limits beside those shipped")
        .aliases(&["排放限值库", "补充限值", "地方标准限值"])
        .key(&[NUMBER, POLLUTANT, GRADE, CONDITION, SINCE]);
    /// 标准编号: `DB 65/4275-2019`
    pub const NUMBER = Column::text("number", "限值标准编号", "Standard of the limit")
        .aliases(&["补充标准编号", "限值所属标准"])
        .fill_down()
        .required();
    /// 污染物名称
    pub const POLLUTANT = Column::text("pollutant", "污染物名称", "Pollutant")
        .aliases(POLLUTANT_HEADERS)
        .codes(POLLUTANTS)
        .required();
    /// 等级
    pub const GRADE = Column::text("grade", "等级", "Grade").aliases(&["级别", "标准等级"]);
    /// 适用条件
    pub const CONDITION = Column::text("condition", "适用条件", "Condition").aliases(&["适用范围", "条件"]);
    /// 限值
    pub const LIMIT = Column::text("limit", "限值", "Limit").aliases(&["标准限值", "排放限值"]).required();
    /// 单位
    pub const UNIT = Column::text("unit", "单位", "Unit").aliases(&["限值单位"]);
    /// 实施日期
    pub const SINCE = Column::date("since", "实施日期", "Since").aliases(&["开始实施日期", "施行日期"]).required();
    /// 废止日期
    pub const UNTIL = Column::date("until", "废止日期", "Until").aliases(&["停止实施日期", "失效日期"]);
}
