//! The reason for not monitoring says nothing.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::shipped::bare;
use crate::tables::emitter_exception::{EMITTER_EXCEPTION, REASON_CODE, REASON_TEXT};

/// Words that are no reason where nothing else is said.
pub static GENERIC_REASONS: Setting = Setting::list(
    "generic-reasons",
    &[
        "无",
        "其他",
        "其它",
        "其他原因",
        "其它原因",
        "不详",
        "原因不详",
        "不明",
        "原因不明",
        "特殊情况",
        "特殊原因",
        "有原因",
        "客观原因",
    ],
    text("视为没有说明原因的写法(整格)", "Whole cells that are taken for no reason"),
);

rule! {
    /// ## 查什么
    /// 未开展自行监测的原因不能只写“无”“其他”“不详”“特殊情况”这类话(整格只有这几个字才算,标点不计;清单可用设置
    /// `generic-reasons` 调整)。另外写了具体原因代码(原因类别)的不报。空着的由 env/exception-reason 检查。
    ///
    /// ## 为什么
    /// 笼统的原因等于没有说明,公众无法判断是停产、故障还是有意不测。没有法规列明,所以只作警告。
    ///
    /// ## 怎么改
    /// 写明发生了什么、影响哪些设备或点位,例如“在线监测站房停电检修”。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-03,特殊情况。
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-03,因其他单位施工挖断电缆停电
    /// ```
    /// ---
    /// ## What
    /// The reason is more than 无, 其他, 不详 or 特殊情况; only whole cells count, and the setting `generic-reasons` has the list.
    /// Where a code of the reason says more, nothing is objected to. A blank cell belongs to env/exception-reason.
    ///
    /// ## Why
    /// Such a reason is none: a stop, a fault, or not wanting to know. No law has the list, so this is a warning.
    ///
    /// ## How to mend
    /// Say what happened and which instruments or points it concerned.
    pub static RULE = Rule {
        id: "env/exception-generic",
        title: text("未监测原因过于笼统", "Reason for not monitoring says nothing"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_EXCEPTION, &[REASON_TEXT]).and_optional(&[REASON_CODE]),
        bases: &[bases::REASON_DISCLOSED],
        messages: &[Message::new(
            "未开展自行监测的原因“{reason_text}”过于笼统",
            "“{reason_text}” says nothing of why there was no monitoring",
        )],
        check: Check::Inspection(|task| {
            let generic = task.settings.list(&GENERIC_REASONS).into_iter().map(bare).collect();
            Box::new(ExceptionGeneric { generic })
        }),
        ..Rule::EMPTY
    };
}

struct ExceptionGeneric {
    generic: Vec<String>,
}

impl Inspection for ExceptionGeneric {
    fn record(&mut self, exception: &Row, findings: &mut Findings) -> Judged {
        let is_generic = |reason: &str| self.generic.contains(&bare(reason));
        let coded = exception.text(REASON_CODE).is_some_and(|code| !is_generic(code));
        if is_generic(exception.text(REASON_TEXT)?) && !coded {
            findings.at(exception, REASON_TEXT);
        }
        JUDGED
    }
}
