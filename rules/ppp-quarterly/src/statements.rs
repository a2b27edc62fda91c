//! Rows that are no project but say that there is none: 本季度无PPP项目.
//!
//! Such a row speaks for its region and quarter, and every rule on projects leaves it alone. A rule that asks with `?`
//! for a cell which a statement leaves blank does so already; the others ask [`leave_alone`] first.

use mingcha_kit::{JUDGED, Judged, Row, values};

use crate::tables::project::{OPERATION_MODE, PROJECT_NAME};

/// Words of denial; longer ones first.
const NO: &[&str] =
    &["没有实施", "未实施", "未开展", "没有开展", "没有", "尚无", "暂无", "并无", "均无", "无"];

/// What is denied, right behind the denial. 无锡 and 无害化 are not among them.
const PROJECTS: &[&str] = &[
    "ppp",
    "项目",
    "政府和社会资本合作",
    "政府与社会资本合作",
    "相关项目",
    "此类项目",
    "在建",
    "在库",
    "入库",
    "新增",
    "可公开",
];

/// The whole cell, where that is all it says.
const ALONE: &[&str] = &["无", "零报告", "零申报"];

/// `None` for a zero statement, so that `?` passes over it. Reads the project's name and way of operating.
pub(crate) fn leave_alone(row: &Row) -> Judged {
    let says_so = row.by_value(PROJECT_NAME, denies_projects) == Some(true);
    if says_so && row.is_blank(OPERATION_MODE) { None } else { JUDGED }
}

/// Nothing but 无: no project, but no statement either.
pub(crate) fn is_bare(name: &str) -> bool {
    values::text::key(name) == "无"
}

fn denies_projects(name: &str) -> bool {
    let name = values::text::key(name);
    let denied = |rest: &str| PROJECTS.iter().any(|what| rest.starts_with(what));
    ALONE.contains(&name.as_str())
        || NO.iter().any(|no| name.match_indices(no).any(|(at, _)| denied(&name[at + no.len()..])))
}

#[cfg(test)]
mod tests {
    use super::denies_projects;

    #[test]
    fn a_denial_is_known_and_a_name_is_not() {
        for statement in [
            "本季度无PPP项目",
            "尚无PPP项目,暂无可公开内容",
            "目前我区尚无 ＰＰＰ 项目，暂无可公开内容",
            "本期没有政府和社会资本合作项目",
            "未开展PPP项目",
            "无项目",
            "无",
            "零报告",
        ] {
            assert!(denies_projects(statement), "{statement}");
        }
        for name in
            ["无锡路综合管廊PPP项目", "医疗废物无害化处理项目", "有机废物无害化PPP项目", "虚构污水处理厂"]
        {
            assert!(!denies_projects(name), "{name}");
        }
    }
}
