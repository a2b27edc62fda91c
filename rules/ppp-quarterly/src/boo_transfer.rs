//! A project the company keeps, and that is said to be handed over.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113_TERMS;
use crate::modes::{self, Mode, WITH_TRANSFER};
use crate::notes;
use crate::stages::Stage;
use crate::tables::project::{
    CONTRACT_SIGNED_ON, CONTRACT_START, OPERATION_MODE, PROGRESS_NOTE, PROJECT, STAGE,
};
use crate::terms;

/// What else is handed over.
const BESIDES: [&str; 10] = [
    "土地移交",
    "用地移交",
    "场地移交",
    "资料移交",
    "档案移交",
    "移交土地",
    "移交用地",
    "移交场地",
    "移交资料",
    "移交项目公司",
];

rule! {
    /// ## 查什么
    /// 运作方式为BOO(建设-拥有-运营)的项目,项目进度不应是移交,进度说明里也不应说要移交。
    /// 写“期满不移交”“不涉及移交”的、说土地或资料移交的不算;BOO与BOT等并用的不查。2014年11月29日以前签的合同不查。
    /// ## 为什么
    /// BOO由企业长期拥有资产,操作指南写明一般不涉及期满移交。要移交的项目就是BOT,两者在资产归属和财政责任上完全不同。
    /// ## 怎么改
    /// 对照合同:约定期满移交的,把运作方式改为BOT;没有约定的,改正项目进度或进度说明。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,进度说明
    /// 虚构医养中心,BOO,运营期满后无偿移交政府
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,进度说明
    /// 虚构医养中心,BOO,期满不移交
    /// 虚构污水处理厂,BOT,运营期满后无偿移交政府
    /// ```
    /// ---
    /// ## What
    /// A BOO project is not in the stage of transfer, and its note on progress does not speak of one. 期满不移交 and the
    /// like are no objection, nor is the transfer of land or papers, nor BOO beside BOT. Contracts signed before
    /// 29 November 2014 are passed over.
    /// ## Why
    /// Under BOO the company keeps the asset; the guide says that it usually involves no transfer.
    /// ## How to mend
    /// If the contract provides for a transfer, the mode is BOT. If not, mend the stage or the note.
    pub(crate) static RULE = Rule {
        id: "ppp/boo-transfer",
        title: text("BOO项目写了移交", "BOO project said to be handed over"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE]).and_optional(&[STAGE, PROGRESS_NOTE, CONTRACT_SIGNED_ON, CONTRACT_START]),
        bases: &[GUIDE_113_TERMS],
        since: GUIDE_113_TERMS.since,
        until: GUIDE_113_TERMS.until,
        messages: &[
            Message::new(
                "BOO方式一般不涉及期满移交,项目进度却是“{stage}”",
                "BOO usually involves no transfer, yet the stage is “{stage}”",
            ),
            Message::named(
                "note",
                "BOO方式一般不涉及期满移交,进度说明却写“{progress_note}”",
                "BOO usually involves no transfer, yet the note says “{progress_note}”",
            ),
        ],
        check: Check::Row(boo_transfer),
        ..Rule::EMPTY
    };
}

fn boo_transfer(project: &Row, findings: &mut Findings) -> Judged {
    let modes = project.by_value(OPERATION_MODE, modes::parse)?;
    if modes.any_of(&WITH_TRANSFER).is_some() || !modes.known.contains(&Mode::BuildOwnOperate) {
        return None;
    }
    terms::were_under(&GUIDE_113_TERMS, project)?;
    if project.text(STAGE).and_then(Stage::parse) == Some(Stage::Transfer) {
        findings.at(project, STAGE);
    } else if project.text(PROGRESS_NOTE).is_some_and(|note| notes::says(note, &["移交"], &BESIDES).is_some())
    {
        findings.at(project, PROGRESS_NOTE).saying("note");
    }
    JUDGED
}
