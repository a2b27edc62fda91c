//! 自行监测结果: the big table. Hourly means of automatic monitoring, and single manual tests.

use mingcha_kit::{Code, prelude::*};

use super::codes::{CREDIT_CODE_HEADERS, METHODS, POLLUTANT_HEADERS};
use crate::pollutants::POLLUTANTS;

/// How people write that nothing was detected.
pub const NOT_DETECTED: &[Code] = &[Code::spelt(
    "ND",
    &["未检出", "<DL", "低于检出限", "N.D.", "N.D", "未检测出", "未测出", "＜DL", "小于检出限", "L"],
)];

/// What the emitter says of its own value.
const COMPLIANCES: &[Code] = &[
    Code::spelt(COMPLIANT, &["合格", "是", "符合", "未超标", "达标排放", "达到标准", "√"]),
    Code::spelt(EXCEEDING, &["不达标", "不合格", "否", "不符合", "未达标", "超标排放", "×"]),
    Code::spelt(NOT_ASSESSED, &["不评价", "未作评价", "不参与评价"]),
];

/// Within the limit.
pub const COMPLIANT: &str = "达标";

/// Beyond the limit.
pub const EXCEEDING: &str = "超标";

/// Not compared with a limit.
pub const NOT_ASSESSED: &str = "未评价";

/// How the emitter discharges.
const DISCHARGE_MODES: &[Code] = &[
    Code::spelt("连续", &["连续排放", "稳定连续", "连续稳定排放"]),
    Code::spelt("间断", &["间断排放", "间歇", "间歇排放", "不连续"]),
    Code::spelt(NO_DISCHARGE, &["无排放", "未排放", "不外排", "零排放"]),
];

/// Nothing left the works.
pub const NO_DISCHARGE: &str = "不排放";

table! {
    /// Results.
    ///
    /// A value that was not detected (`未检出`, `ND`, `<0.5`, `0.5L`) reaches a rule as the number 0 in state value:
    /// it never exceeds an upper limit. The limit is text, because `5(8)` and `6-9` are lawful limits; it has few
    /// distinct values, so that it is read once for each of them.
    pub static EMITTER_RESULT = Table::named("emitter_result", "自行监测结果", "Self-monitoring results")
        .aliases(&["监测结果", "监测数据", "自行监测数据", "自动监测数据", "手工监测数据", "手工监测结果", "自动监测结果"])
        .key(&[USCC, POINT_CODE, POLLUTANT, PERIOD_START, SAMPLED_ON])
        .body(USCC);
    /// 统一社会信用代码
    pub const USCC = Column::text("uscc", "统一社会信用代码", "Unified social credit code")
        .aliases(CREDIT_CODE_HEADERS)
        .fill_down();
    /// 排放口编号
    pub const POINT_CODE = Column::text("point_code", "排放口编号", "Point code")
        .aliases(&["监测点位", "监测点位名称", "点位名称", "排口编号", "排口名称", "排放口名称", "点位编号", "监测点", "排放口代码"])
        .fill_down();
    /// 污染物名称
    pub const POLLUTANT = Column::text("pollutant", "污染物名称", "Pollutant")
        .aliases(POLLUTANT_HEADERS)
        .codes(POLLUTANTS)
        .required();
    /// 监测方式
    pub const METHOD = Column::text("method", "监测方式", "Automatic or manual")
        .aliases(&["监测手段", "自动/手工", "数据来源", "监测方式(自动/手工)"])
        .codes(METHODS);
    /// 时段开始
    pub const PERIOD_START = Column::instant("period_start", "时段开始", "Period start")
        .aliases(&["开始时间", "时段起", "均值开始时间", "监测开始时间", "起始时间"]);
    /// 时段结束
    pub const PERIOD_END = Column::instant("period_end", "时段结束", "Period end")
        .aliases(&["结束时间", "时段止", "均值结束时间", "监测结束时间", "截止时间"]);
    /// 采样日期
    pub const SAMPLED_ON = Column::date("sampled_on", "采样日期", "Sampled on")
        .aliases(&["监测日期", "采样时间", "监测时间", "取样日期", "采样日"]);
    /// 监测值
    pub const VALUE = Column::number("value", "监测值", "Value")
        .aliases(&["监测结果", "监测浓度", "排放浓度", "实测浓度", "实测值", "浓度", "浓度值", "污染物浓度", "监测数值"])
        .codes(NOT_DETECTED)
        .required();
    /// 检出标志: `ND`, `<DL`, `L` beside a value that is then the detection limit
    pub const QUALIFIER = Column::text("qualifier", "检出标志", "Qualifier")
        .aliases(&["检出情况", "检出限标志", "数据标识"])
        .codes(&[
            Code::spelt("ND", &["未检出", "<DL", "低于检出限", "L", "<", "＜", "N.D.", "小于检出限"]),
        ]);
    /// 单位
    pub const UNIT = Column::text("unit", "单位", "Unit").aliases(&["计量单位", "浓度单位", "监测值单位"]);
    /// 氧含量
    pub const O2_PCT = Column::number("o2_pct", "氧含量", "Oxygen").aliases(&["含氧量", "烟气含氧量", "O2", "实测氧含量"]).unit("%");
    /// 基准氧含量
    pub const O2_REF = Column::number("o2_ref", "基准氧含量", "Reference oxygen")
        .aliases(&["基准含氧量", "基准氧", "折算氧含量"])
        .unit("%");
    /// 水温
    pub const WATER_TEMP = Column::number("water_temp", "水温", "Water temperature")
        .aliases(&["废水温度", "水温度", "出水水温", "采样水温"])
        .unit("℃");
    /// 折算浓度
    pub const VALUE_CORRECTED = Column::number("value_corrected", "折算浓度", "Corrected value")
        .aliases(&["折算值", "折算后浓度", "折算排放浓度", "基准氧含量折算浓度"])
        .codes(NOT_DETECTED);
    /// 标准限值
    pub const LIMIT_VALUE = Column::text("limit_value", "标准限值", "Limit")
        .aliases(&["限值", "排放限值", "执行标准限值", "浓度限值", "标准值", "执行限值", "排放标准限值", "评价标准"]);
    /// 达标情况
    pub const COMPLIANCE = Column::text("compliance", "达标情况", "Compliance")
        .aliases(&["是否达标", "评价结论", "达标与否", "评价结果", "达标评价", "是否合格"])
        .codes(COMPLIANCES);
    /// 超标倍数
    pub const EXCEED_MULTIPLE = Column::number("exceed_multiple", "超标倍数", "Times over the limit")
        .aliases(&["超标倍数(倍)", "最大超标倍数", "超标率(倍)"]);
    /// 超标原因及措施
    pub const EXCEED_NOTE = Column::text("exceed_note", "超标原因及措施", "Cause and action")
        .aliases(&["超标原因", "超标原因及处理措施", "超标说明", "超标处理情况", "原因及措施", "处理情况", "处理措施", "整改措施", "备注", "说明"]);
    /// 污染物排放方式
    pub const DISCHARGE_MODE = Column::text("discharge_mode", "污染物排放方式", "Discharge mode")
        .aliases(&["排放方式", "排放规律"])
        .codes(DISCHARGE_MODES);
    /// 排放去向
    pub const DISCHARGE_TO = Column::text("discharge_to", "排放去向", "Discharged to")
        .aliases(&["污染物排放去向", "受纳水体", "去向"]);
    /// 报告编号
    pub const REPORT_NO = Column::text("report_no", "报告编号", "Report").aliases(&["监测报告编号", "报告号", "检测报告编号"]);
    /// 公开时间
    pub const PUBLISHED_AT = Column::instant("published_at", "公开时间", "Published at")
        .aliases(&["公布时间", "发布时间", "公开日期", "公布日期", "发布日期"]);
}
