//! 污染源监测年度报告: the year in numbers, one record a point and pollutant.

use mingcha_kit::prelude::*;

use super::codes::{CREDIT_CODE_HEADERS, POLLUTANT_HEADERS, PUBLISHED_ON_HEADERS};
use crate::pollutants::POLLUTANTS;

table! {
    /// Annual reports.
    pub static EMITTER_ANNUAL = Table::named("emitter_annual", "污染源监测年度报告", "Annual monitoring reports")
        .aliases(&["年度报告", "自行监测年度报告", "监测年度报告", "年报"])
        .key(&[USCC, YEAR, POINT_CODE, POLLUTANT])
        .body(USCC);
    /// 统一社会信用代码
    pub const USCC = Column::text("uscc", "统一社会信用代码", "Unified social credit code")
        .aliases(CREDIT_CODE_HEADERS)
        .fill_down();
    /// 年度
    pub const YEAR = Column::integer("year", "年度", "Year")
        .aliases(&["年份", "报告年度", "所属年度"])
        .fill_down()
        .required();
    /// 生产天数
    pub const PRODUCTION_DAYS = Column::integer("production_days", "生产天数", "Days of production")
        .aliases(&["全年生产天数", "年生产天数", "生产日数"])
        .required();
    /// 监测天数
    pub const MONITORING_DAYS = Column::integer("monitoring_days", "监测天数", "Days of monitoring")
        .aliases(&["全年监测天数", "年监测天数"]);
    /// 排放口编号
    pub const POINT_CODE = Column::text("point_code", "排放口编号", "Point code")
        .aliases(&["监测点位", "监测点位名称", "点位名称", "排口编号", "排放口名称", "点位编号", "监测点"])
        .fill_down();
    /// 污染物名称
    pub const POLLUTANT = Column::text("pollutant", "污染物名称", "Pollutant").aliases(POLLUTANT_HEADERS).codes(POLLUTANTS);
    /// 监测次数
    pub const N_TESTS = Column::integer("n_tests", "监测次数", "Tests").aliases(&["全年监测次数", "总监测次数", "监测数据个数"]);
    /// 达标次数
    pub const N_COMPLIANT = Column::integer("n_compliant", "达标次数", "Tests within the limit").aliases(&["全年达标次数", "合格次数"]);
    /// 超标次数
    pub const N_EXCEEDING = Column::integer("n_exceeding", "超标次数", "Tests beyond the limit").aliases(&["全年超标次数", "不合格次数"]);
    /// 废水排放量
    pub const WASTEWATER_T = Column::number("wastewater_t", "废水排放量", "Wastewater discharged")
        .aliases(&["全年废水排放量", "废水年排放量"])
        .unit("t");
    /// 污染物排放量
    pub const EMISSION_T = Column::number("emission_t", "污染物排放量", "Pollutant discharged")
        .aliases(&["全年污染物排放量", "污染物年排放量", "排放总量"])
        .unit("t");
    /// 固体废物类型
    pub const SOLID_WASTE_TYPE = Column::text("solid_waste_type", "固体废物类型", "Kind of solid waste")
        .aliases(&["固废类型", "固体废物种类", "固废种类"]);
    /// 固体废物产生量
    pub const SOLID_WASTE_T = Column::number("solid_waste_t", "固体废物产生量", "Solid waste produced")
        .aliases(&["固废产生量", "固体废物产生数量"])
        .unit("t");
    /// 处置方式
    pub const DISPOSAL = Column::text("disposal", "处置方式", "Disposal").aliases(&["处置去向", "处理处置方式", "处置情况"]);
    /// 方案调整情况
    pub const PLAN_CHANGES = Column::text("plan_changes", "方案调整情况", "Changes of the plan")
        .aliases(&["监测方案调整变化情况", "方案变更情况", "方案调整变化情况"]);
    /// 周边环境质量
    pub const SURROUNDINGS = Column::text("surroundings", "周边环境质量", "Surroundings")
        .aliases(&["周边环境质量影响状况监测结果", "周边环境质量监测结果"]);
    /// 公开日期
    pub const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(PUBLISHED_ON_HEADERS)
        .from_part("published-on");
}
