//! 未开展自行监测的说明: when an emitter did not monitor, where, and why.

use mingcha_kit::prelude::*;

use super::codes::{CREDIT_CODE_HEADERS, POLLUTANT_HEADERS, PUBLISHED_ON_HEADERS};
use crate::pollutants::POLLUTANTS;

table! {
    /// Declared times without monitoring. A blank point means all points, a blank pollutant all pollutants, a blank
    /// end that it still goes on.
    pub static EMITTER_EXCEPTION = Table::named("emitter_exception", "未开展自行监测说明", "Times without monitoring")
        .aliases(&["未开展自行监测原因", "未监测说明", "未监测原因", "未开展监测情况"])
        .key(&[USCC, POINT_CODE, POLLUTANT, FROM])
        .body(USCC);
    /// 统一社会信用代码
    pub const USCC = Column::text("uscc", "统一社会信用代码", "Unified social credit code")
        .aliases(CREDIT_CODE_HEADERS)
        .fill_down();
    /// 排放口编号
    pub const POINT_CODE = Column::text("point_code", "排放口编号", "Point code")
        .aliases(&["监测点位", "监测点位名称", "点位名称", "排口编号", "排放口名称", "点位编号", "监测点"])
        .blanks(&["全部", "所有", "全部排放口", "所有排放口", "全厂"]);
    /// 污染物名称
    pub const POLLUTANT = Column::text("pollutant", "污染物名称", "Pollutant")
        .aliases(POLLUTANT_HEADERS)
        .codes(POLLUTANTS)
        .blanks(&["全部", "所有", "全部污染物", "所有污染物", "全部指标", "所有指标"]);
    /// 起始日期
    pub const FROM = Column::date("from", "起始日期", "From")
        .aliases(&["开始日期", "起始时间", "开始时间", "未监测起始日期", "停产日期"])
        .required();
    /// 截止日期
    pub const TO = Column::date("to", "截止日期", "To")
        .aliases(&["结束日期", "截止时间", "结束时间", "终止日期", "未监测截止日期", "恢复日期"])
        .blanks(&["至今", "今"]);
    /// 原因代码
    pub const REASON_CODE = Column::text("reason_code", "原因代码", "Reason code").aliases(&["原因类别", "原因类型"]);
    /// 未开展自行监测的原因
    pub const REASON_TEXT = Column::text("reason_text", "未开展自行监测的原因", "Reason")
        .aliases(&["未开展原因", "未监测原因", "未开展监测原因", "未开展自行监测原因", "原因说明", "原因"])
        .required();
    /// 公开日期
    pub const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(PUBLISHED_ON_HEADERS)
        .from_part("published-on");
}
