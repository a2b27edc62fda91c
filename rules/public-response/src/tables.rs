//! 突发事件和政务舆情回应记录: one record an event.

use mingcha_kit::{Code, prelude::*};

/// How people say that nothing has happened yet.
const NOT_YET: &[&str] = &["无", "未召开", "未举行", "尚未召开", "尚未举行", "未回应", "尚未回应"];

/// The four levels of emergencies, the two highest first.
const LEVELS: &[Code] = &[
    Code::spelt(
        VERY_MAJOR,
        &[
            "特别重大突发事件",
            "特别重大事件",
            "特别重大级",
            "特别重大(Ⅰ级)",
            "特别重大(I级)",
            "Ⅰ级(特别重大)",
            "I级(特别重大)",
            "Ⅰ级",
            "I级",
            "一级",
            "1级",
            "特大",
        ],
    ),
    Code::spelt(
        MAJOR,
        &[
            "重大突发事件",
            "重大事件",
            "重大级",
            "重大(Ⅱ级)",
            "重大(II级)",
            "Ⅱ级(重大)",
            "II级(重大)",
            "Ⅱ级",
            "II级",
            "二级",
            "2级",
        ],
    ),
    Code::spelt(
        "较大",
        &["较大突发事件", "较大事件", "较大级", "较大(Ⅲ级)", "较大(III级)", "Ⅲ级", "III级", "三级", "3级"],
    ),
    Code::spelt(
        "一般",
        &["一般突发事件", "一般事件", "一般级", "一般(Ⅳ级)", "一般(IV级)", "Ⅳ级", "IV级", "四级", "4级"],
    ),
];

/// 特别重大
const VERY_MAJOR: &str = "特别重大";

/// 重大
const MAJOR: &str = "重大";

table! {
    /// Events and the words said about them.
    pub(crate) static PUBLIC_EVENT =
        Table::named("public_event", "突发事件和政务舆情回应记录", "Events and responses")
            .aliases(&["舆情回应台账", "政务舆情回应情况", "突发事件回应情况"])
            .key(&[BODY, EVENT, OCCURRED_AT])
            .body(BODY);
    /// 回应单位
    pub(crate) const BODY = Column::text("body", "回应单位", "Body that answers")
        .aliases(&["责任单位", "涉事单位", "处置单位", "回应主体"])
        .fill_down()
        .from_part("reporter");
    /// 事件名称
    pub(crate) const EVENT = Column::text("event", "事件名称", "Event")
        .aliases(&["舆情事件", "舆情名称", "突发事件名称", "舆情(事件)名称", "事件"])
        .required();
    /// 事件级别
    pub(crate) const LEVEL = Column::text("level", "事件级别", "Level")
        .aliases(&["突发事件级别", "响应级别", "级别"])
        .codes(LEVELS)
        .blanks(&["无", "不涉及", "非突发事件"]);
    /// 发生时间
    pub(crate) const OCCURRED_AT = Column::instant("occurred_at", "发生时间", "Occurred at")
        .aliases(&["事发时间", "事件发生时间", "舆情发生时间", "监测发现时间", "发现时间"])
        .required();
    /// 新闻发布会时间
    pub(crate) const PRESS_AT = Column::instant("press_at", "新闻发布会时间", "Press conference at")
        .aliases(&["首次新闻发布会时间", "发布会时间", "新闻发布时间"])
        .blanks(NOT_YET);
    /// 回应时间
    pub(crate) const REPLIED_AT = Column::instant("replied_at", "回应时间", "Answered at")
        .aliases(&["首次回应时间", "舆情回应时间", "首次发布时间"])
        .blanks(NOT_YET);
}

/// Whether the level is written in a way nobody knows, so that it may be one of the two highest.
pub(crate) fn has_unknown_level(event: &Row) -> bool {
    event.text(LEVEL).is_some_and(|level| LEVELS.iter().all(|code| code.value != level))
}

/// Whether it is an emergency of the two highest levels; not where the level is blank or unknown.
pub(crate) fn is_major(event: &Row) -> bool {
    matches!(event.text(LEVEL), Some(VERY_MAJOR | MAJOR))
}
