//! 自行监测方案: what is to be measured where, how often, and against which limit. One record a point and pollutant.

use mingcha_kit::{Code, prelude::*};

use super::codes::{CREDIT_CODE_HEADERS, MEDIA, METHODS, POLLUTANT_HEADERS, PUBLISHED_ON_HEADERS};
use crate::pollutants::POLLUTANTS;

/// Who takes and tests the samples.
const WHO: &[Code] = &[
    Code::spelt("自承担", &["自行承担", "自行监测", "自测", "企业自测", "自承担监测"]),
    Code::spelt(ENTRUSTED, &["委托监测", "委托第三方", "委托第三方监测", "第三方", "委托社会机构"]),
];

/// Done by a laboratory.
pub const ENTRUSTED: &str = "委托";

/// The limit is one of the mean of a day.
pub const DAILY_MEAN: &str = "日均";

/// Over which time the limit is a mean.
const AVERAGINGS: &[Code] = &[
    Code::spelt(DAILY_MEAN, &["日均值", "日平均", "24小时均值", "24小时平均"]),
    Code::spelt("小时", &["小时均值", "小时值", "1小时均值", "小时平均"]),
    Code::spelt("瞬时", &["瞬时值", "一次值", "任何一次", "一次最高允许浓度"]),
];

table! {
    /// Plans; limits are text, because two figures `5(8)` and ranges `6-9` are lawful limits.
    pub static EMITTER_PLAN = Table::named("emitter_plan", "自行监测方案", "Self-monitoring plans")
        .aliases(&["监测方案", "企业自行监测方案", "方案", "监测内容"])
        .key(&[USCC, POINT_CODE, POLLUTANT, PLAN_VERSION])
        .body(USCC);
    /// 统一社会信用代码
    pub const USCC = Column::text("uscc", "统一社会信用代码", "Unified social credit code")
        .aliases(CREDIT_CODE_HEADERS)
        .fill_down();
    /// 排放口编号: `DA001` waste gas, `DW001` wastewater
    pub const POINT_CODE = Column::text("point_code", "排放口编号", "Point code")
        .aliases(&["排口编号", "点位编号", "监测点位编号", "排放口代码", "排污口编号"])
        .fill_down();
    /// 监测点位
    pub const POINT_NAME = Column::text("point_name", "监测点位", "Point")
        .aliases(&["监测点位名称", "点位名称", "排放口名称", "排口名称", "监测点名称", "监测点"])
        .fill_down();
    /// 污染源类别
    pub const MEDIUM = Column::text("medium", "污染源类别", "Medium")
        .aliases(&["监测类别", "污染源类型", "监测类型", "类别", "排放类型"])
        .codes(MEDIA)
        .fill_down();
    /// 污染物名称
    pub const POLLUTANT = Column::text("pollutant", "污染物名称", "Pollutant")
        .aliases(POLLUTANT_HEADERS)
        .codes(POLLUTANTS)
        .required();
    /// 污染物编码
    pub const POLLUTANT_CODE = Column::text("pollutant_code", "污染物编码", "Pollutant code")
        .aliases(&["污染物代码", "因子编码", "监测因子编码"]);
    /// 监测方式
    pub const METHOD = Column::text("method", "监测方式", "Automatic or manual")
        .aliases(&["监测手段", "自动/手工", "监测设施", "监测方式(自动/手工)"])
        .codes(METHODS);
    /// 承担方式
    pub const BY_WHOM = Column::text("by_whom", "承担方式", "Done by")
        .aliases(&["监测承担方", "自承担/委托", "监测承担方式", "开展方式"])
        .codes(WHO);
    /// 监测频次: `1`, `1次/月`, `每月1次`, `连续`
    pub const FREQ_N = Column::text("freq_n", "监测频次", "Frequency")
        .aliases(&["手工监测频次", "监测频率", "频次", "频率", "监测频次(次)", "最低监测频次"])
        .required();
    /// 频次单位
    pub const FREQ_UNIT = Column::text("freq_unit", "频次单位", "Frequency unit").aliases(&["监测频次单位", "频率单位"]);
    /// 执行标准
    pub const STANDARD_NO = Column::text("standard_no", "执行标准", "Standard")
        .aliases(&["排放标准", "执行标准名称", "执行排放标准", "标准编号", "标准号", "执行标准编号"]);
    /// 标准等级
    pub const STANDARD_GRADE = Column::text("standard_grade", "标准等级", "Grade")
        .aliases(&["执行级别", "标准级别", "执行等级", "级别"]);
    /// 限值上限
    pub const LIMIT_HIGH = Column::text("limit_high", "限值上限", "Upper limit")
        .aliases(&["标准限值", "限值", "排放限值", "执行标准限值", "浓度限值", "许可排放浓度限值", "上限"]);
    /// 限值下限
    pub const LIMIT_LOW = Column::text("limit_low", "限值下限", "Lower limit").aliases(&["下限", "标准下限"]);
    /// 限值单位
    pub const LIMIT_UNIT = Column::text("limit_unit", "限值单位", "Unit").aliases(&["单位", "浓度单位", "计量单位"]);
    /// 均值类型
    pub const AVERAGING = Column::text("averaging", "均值类型", "Averaging")
        .aliases(&["评价时段", "限值类型", "均值", "平均时间"])
        .codes(AVERAGINGS);
    /// 监测方法
    pub const ANALYSIS_METHOD = Column::text("analysis_method", "监测方法", "Analysis method")
        .aliases(&["分析方法", "测定方法", "监测分析方法", "手工测定方法", "监测方法及依据"]);
    /// 监测仪器
    pub const INSTRUMENT = Column::text("instrument", "监测仪器", "Instrument")
        .aliases(&["仪器名称", "监测仪器名称", "分析仪器", "仪器设备", "仪器名称及型号", "监测仪器型号"]);
    /// 监测质量控制
    pub const QUALITY_CONTROL = Column::text("quality_control", "监测质量控制", "Quality control")
        .aliases(&["质量控制", "质量控制措施", "质控措施", "质量保证与质量控制", "监测质量控制措施"]);
    /// 监测点位示意图
    pub const POINT_MAP_URL = Column::text("point_map_url", "监测点位示意图", "Map of points")
        .aliases(&["点位示意图", "示意图", "监测点位图", "监测点位示意图链接"]);
    /// 监测结果公开时限
    pub const DISCLOSURE_DEADLINE = Column::text("disclosure_deadline", "监测结果公开时限", "Disclosure deadline")
        .aliases(&["公开时限", "结果公开时限", "公布时限", "信息公开时限"]);
    /// 方案版本
    pub const PLAN_VERSION = Column::text("plan_version", "方案版本", "Plan version").aliases(&["版本", "版本号"]);
    /// 变更日期
    pub const CHANGED_ON = Column::date("changed_on", "变更日期", "Changed on")
        .aliases(&["变更时间", "调整日期", "方案变更日期", "方案调整日期"]);
    /// 公开日期
    pub const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(PUBLISHED_ON_HEADERS)
        .from_part("published-on");
}
