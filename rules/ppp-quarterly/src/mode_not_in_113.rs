//! A mode of operation the guide does not list.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113;
use crate::history;
use crate::modes::{self, Mode};
use crate::tables::project::{OPERATION_MODE, PROGRESS_NOTE, PROJECT, REPORT_PERIOD};

rule! {
    /// ## 查什么
    /// 运作方式写LOT、BOOT、BOOST、DBFO或“其他”的,进度说明里要讲清楚是怎么运作的。进度说明里提到“运作”二字就算讲了。
    /// 完全认不出来的方式由 mode-code 报。
    /// 报告期末不在操作指南有效期(2014年11月29日至2017年11月28日)内的不查;没有写报告期的,按检查时段的末日或检查日期。
    /// ## 为什么
    /// 操作指南列举了六种方式:O&M、MC、BOT、BOO、TOT、ROT,后面带“等”字。列举之外的可以用,但公众看到名称不知道资产归谁、期满是否移交。
    /// ## 怎么改
    /// 先看能不能归到六种之一,例如先租后交、由企业运营期满移交的,多数可归为TOT。确属其他方式的,在进度说明里写
    /// “运作方式:由……出租,……运营,期满……”。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式
    /// 虚构供热管网,LOT
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,进度说明
    /// 虚构供热管网,LOT,运作方式为政府出租存量管网由企业运营25年后交还
    /// ```
    /// ---
    /// ## What
    /// LOT, BOOT, BOOST, DBFO and 其他 are explained in the note on progress; a note that has the word 运作 will do. A
    /// mode nobody can place is left to mode-code.
    /// Periods that end outside the days of the guide, 29 November 2014 to 28 November 2017, are passed over; where none is
    /// written, the end of the period of the audit counts, else its day.
    /// ## Why
    /// The guide lists six modes and leaves the list open. From other names the public cannot tell who owns the asset.
    /// ## How to mend
    /// See whether one of the six fits. If none does, say in the note how the project is operated.
    pub(crate) static RULE = Rule {
        id: "ppp/mode-not-in-113",
        title: text("运作方式不在操作指南列举之内", "Mode of operation not listed by the guide"),
        severity: Severity::Notice,
        over: Reading::of(&PROJECT, &[OPERATION_MODE]).and_optional(&[PROGRESS_NOTE, REPORT_PERIOD]),
        bases: &[GUIDE_113],
        since: GUIDE_113.since,
        messages: &[Message::new(
            "运作方式“{operation_mode}”不在操作指南列举之内,请在进度说明中写明如何运作",
            "Mode of operation “{operation_mode}” is not listed by the guide; say in the note how the project is operated",
        )],
        check: Check::Row(mode_not_in_113),
        ..Rule::EMPTY
    };
}

fn mode_not_in_113(project: &Row, findings: &mut Findings) -> Judged {
    history::was_under(&GUIDE_113, project)?;
    let modes = project.by_value(OPERATION_MODE, modes::parse)?;
    if modes.has_unknown {
        return None; // `mode-code`
    }
    let explained = project.text(PROGRESS_NOTE).is_some_and(|note| note.contains("运作"));
    if modes.known.contains(&Mode::NotInGuide) && !explained {
        findings.at(project, OPERATION_MODE);
    }
    JUDGED
}
