//! A value that is no number.

use mingcha_kit::prelude::*;

use crate::tables::emitter_result::{EMITTER_RESULT, QUALIFIER, VALUE};

rule! {
    /// ## 查什么
    /// 监测值是数字,或者是“未检出”“ND”“<0.5”“0.5L”等未检出的写法。检出标志栏已有说明的不查;空着的由“监测结果缺项”报。
    ///
    /// ## 为什么
    /// “约38”“达标”“38、41”这样的内容无法与限值比较,等于没有公开结果。
    ///
    /// ## 怎么改
    /// 一格只填一个数字,单位填在“单位”栏;没有检出的写“未检出”;仪器故障、没有数据的,不要在监测值里写文字,
    /// 另在“未开展自行监测说明”中写明时段和原因。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,采样日期,监测值
    /// DW001,化学需氧量,2016-09-01,约38
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,采样日期,监测值
    /// DW001,化学需氧量,2016-09-01,38
    /// DW001,石油类,2016-09-01,0.04L
    /// ```
    /// ---
    /// ## What
    /// A value is a number or one of the ways to say that nothing was detected (未检出, ND, <0.5, 0.5L). Records with a
    /// qualifier are left alone, blank cells are reported by `env/result-fields`.
    ///
    /// ## Why
    /// “about 38” or “complies” cannot be compared with a limit; it is as good as not disclosed.
    ///
    /// ## How to mend
    /// One number a cell, its unit in the column for units, 未检出 for what was not detected. Declare times without data as
    /// times without monitoring instead of writing words here.
    pub static RULE = Rule {
        id: "env/result-number",
        title: text("监测值无法识别", "Value is no number"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE]).and_optional(&[QUALIFIER]),
        reports_unreadable: &[VALUE],
        messages: &[Message::new("监测值“{value}”无法识别", "Value “{value}” is not understood")],
        screen: Some(screen),
        check: Check::Row(result_number),
        ..Rule::EMPTY
    };
}

fn screen(results: &Batch) -> Screen {
    let all_are_values = results.column(VALUE).states.is_empty();
    Screen::All(if all_are_values { Glance::Passes } else { Glance::Look })
}

fn result_number(result: &Row, findings: &mut Findings) -> Judged {
    match result.state(VALUE) {
        State::Value => {}
        State::Unreadable if result.is_blank(QUALIFIER) => {
            findings.at(result, VALUE);
        }
        State::Unreadable | State::Blank => return None,
    }
    JUDGED
}
