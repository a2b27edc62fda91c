//! Code lists and headers that several tables share.

use mingcha_kit::Code;

/// 自动 or 手工 monitoring.
pub const METHODS: &[Code] = &[
    Code::spelt(AUTOMATIC, &["自动监测", "在线", "在线监测", "自动在线", "连续自动监测", "连续监测"]),
    Code::spelt(MANUAL, &["手工监测", "人工", "人工监测", "手动", "手动监测", "实验室监测"]),
    Code::spelt(
        BOTH,
        &["手工+自动", "自动和手工", "自动与手工", "自动、手工", "手工、自动", "自动与手工相结合"],
    ),
];

/// By instruments on the spot, day and night.
pub const AUTOMATIC: &str = "自动";

/// By samples and a laboratory.
pub const MANUAL: &str = "手工";

/// By instruments, with samples beside.
pub const BOTH: &str = "自动+手工";

/// What a point watches.
pub const MEDIA: &[Code] = &[
    Code::spelt(WASTEWATER, &["水", "污水", "废水污染物", "水污染物", "水污染源"]),
    Code::spelt(STACK_GAS, &["废气", "有组织", "有组织排放", "气", "大气污染物", "废气污染物", "大气污染源"]),
    Code::spelt(FUGITIVE_GAS, &["无组织", "无组织排放", "厂界无组织", "厂界无组织废气"]),
    Code::spelt(NOISE, &["噪声", "厂界环境噪声", "工业企业厂界噪声", "噪音", "厂界噪音"]),
    Code::spelt(SURROUNDINGS, &["周边环境质量", "环境质量", "周边环境质量影响"]),
];

/// Water that leaves through a pipe.
pub const WASTEWATER: &str = "废水";

/// Gas that leaves through a stack.
pub const STACK_GAS: &str = "有组织废气";

/// Gas that leaves elsewhere.
pub const FUGITIVE_GAS: &str = "无组织废气";

/// Noise at the boundary of the works.
pub const NOISE: &str = "厂界噪声";

/// Air, water and soil around the works.
pub const SURROUNDINGS: &str = "周边环境";

/// Headers of the credit code. In 2016 many firms still had the older organisation code or registration number.
pub const CREDIT_CODE_HEADERS: &[&str] = &[
    "社会信用代码",
    "信用代码",
    "统一信用代码",
    "统一社会信用代码(组织机构代码)",
    "组织机构代码",
    "企业代码",
    "法人代码",
];

/// Headers of the emitter's name.
pub const EMITTER_NAME_HEADERS: &[&str] = &[
    "单位名称",
    "排污单位名称",
    "排污单位",
    "重点排污单位",
    "重点排污单位名称",
    "企业名称(盖章)",
    "企业(单位)名称",
    "公司名称",
    "污染源名称",
];

/// Headers of a pollutant.
pub const POLLUTANT_HEADERS: &[&str] = &[
    "污染物",
    "污染物种类",
    "监测指标",
    "监测项目",
    "监测因子",
    "监测指标名称",
    "监测项目名称",
    "指标",
    "项目",
];

/// Headers of the day something was made public.
pub const PUBLISHED_ON_HEADERS: &[&str] =
    &["公开时间", "公布日期", "公布时间", "发布日期", "发布时间", "公示日期"];

/// Headers of the page it was made public on.
pub const URL_HEADERS: &[&str] = &["公开网址", "链接", "网页地址", "公开链接", "公开地址"];

/// Headers of the county or park.
pub const REGION_HEADERS: &[&str] = &[
    "所属县市",
    "所属县(市)",
    "县市/园区",
    "县市",
    "县(市、区)",
    "县(市)",
    "所属区县",
    "所在县市",
    "所属园区",
    "所属地区",
    "地区",
    "行政区划",
];
