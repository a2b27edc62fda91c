//! A project more than a year in execution that tells nothing of money, works, payment or performance.

use mingcha_kit::prelude::*;

use crate::bases::QUALITY_2022_STANDSTILL;
use crate::stages::Stage;
use crate::tables::project::{CONTRACT_SIGNED_ON, PROGRESS_NOTE, PROJECT, REPORT_PERIOD, STAGE, STAGE_SINCE};
use crate::{history, months};

/// What must be told, and words by which a note tells it.
const MATTERS: [(&str, &[&str]); 4] = [
    ("融资", &["融资", "贷款", "资金到位", "资本金"]),
    ("开工建设", &["开工", "建设", "施工", "建成", "竣工", "完工", "投产", "运营"]),
    ("付费", &["付费", "支付", "补助", "补贴", "收费"]),
    ("绩效", &["绩效", "考核"]),
];

/// Months in execution after which it must be told.
const MONTHS: i32 = 12;

rule! {
    /// ## 查什么
    /// 进入执行阶段超过12个月的项目,进度说明要讲到融资、开工建设、付费、绩效四方面;还没有到的写“尚未到付费期”之类也可以。
    /// 进入执行的日期取“进入本阶段日期”,没有填的取合同签订日期,两个都没有的不查。
    /// 较早报告期的行,只算到它的下一季度末。
    /// ## 为什么
    /// 财政部2022年把“进入执行阶段12个月以上但未录入项目融资、开工建设进度、项目付费、绩效管理等重要信息”列为数据质量问题。
    /// 2022年以前没有这条规定,这里只作提示。
    /// ## 怎么改
    /// 在进度说明里按提示补上缺的方面,例如“融资已到位3亿元,完成建设60%,尚未到付费期,未开展绩效考核”。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,项目进度,进入本阶段日期,进度说明
    /// 2016Q3,虚构污水处理厂,BOT,执行,2015-08-10,完成建设60%
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,项目进度,进入本阶段日期,进度说明
    /// 2016Q3,虚构污水处理厂,BOT,执行,2015-08-10,融资已到位;完成建设60%;尚未到付费和绩效考核期
    /// ```
    /// ---
    /// ## What
    /// The note on a project more than twelve months in execution speaks of financing (融资), works (开工建设), payment (付费)
    /// and performance (绩效), if only to say that it is too early. Execution began on the day given, or else when the contract was signed. A row of
    /// an earlier period is judged as of the end of the quarter after it.
    /// ## Why
    /// The Ministry of Finance counted projects without these among the faults of data in 2022. Before that, it is only a
    /// notice.
    /// ## How to mend
    /// Add to the note on progress what the message lists.
    pub(crate) static RULE = Rule {
        id: "ppp/execution-thin",
        title: text("执行阶段信息单薄", "Little told of the execution"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[STAGE])
            .and_optional(&[STAGE_SINCE, CONTRACT_SIGNED_ON, PROGRESS_NOTE, REPORT_PERIOD]),
        bases: &[QUALITY_2022_STANDSTILL],
        messages: &[
            Message::new(
                "{since}进入执行阶段,已超过12个月,进度说明未公开:{missing}",
                "In execution since {since}, more than twelve months, and the note does not tell of: {missing}",
            ),
            Message::named(
                "before-2022",
                "{since}进入执行阶段,已超过12个月,进度说明宜公开:{missing}(2022年起的要求)",
                "In execution since {since}, more than twelve months; the note had better tell of: {missing} (asked for since 2022)",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(execution_thin),
        ..Rule::EMPTY
    };
}

fn execution_thin(project: &Row, findings: &mut Findings) -> Judged {
    if Stage::parse(project.text(STAGE)?)? != Stage::Execution {
        return None;
    }
    let since = project.date(STAGE_SINCE).or_else(|| project.date(CONTRACT_SIGNED_ON))?;
    let day = history::newest_until(project);
    if !months::more_than(MONTHS, since, day) {
        return None;
    }
    let note = project.text(PROGRESS_NOTE).unwrap_or_default();
    let untold = |words: &[&str]| !words.iter().any(|word| note.contains(word));
    let missing: Vec<_> = MATTERS.iter().filter(|(_, words)| untold(words)).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        let finding = findings.on(project).with("since", since).with("missing", missing.join("、"));
        if project.task().as_of < QUALITY_2022_STANDSTILL.since? {
            finding.saying("before-2022");
        }
    }
    JUDGED
}
