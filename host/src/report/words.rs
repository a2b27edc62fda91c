//! The few words all reports share, in both languages.

use super::phrases::counted;
use crate::audit::plan::{Named, Reason};
use crate::audit::record::{Baseline, Conclusion, Status};
use crate::manifest::{Language, Severity};

/// Picks by language.
pub(super) fn either(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// A severity.
#[must_use]
pub fn severity(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => either(language, "错误", "error"),
        Severity::Warning => either(language, "警告", "warning"),
        Severity::Notice => either(language, "提示", "notice"),
    }
}

/// A status.
#[must_use]
pub fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Passed => either(language, "通过", "passed"),
        Status::Failed => either(language, "不通过", "failed"),
        Status::NotApplicable => either(language, "不适用", "not applicable"),
        Status::NotChecked => either(language, "未核查", "not checked"),
        Status::NotSelected => either(language, "未选", "not selected"),
        Status::Error => either(language, "出错", "error"),
    }
}

/// How a finding stands to an earlier run.
#[must_use]
pub(super) fn baseline(state: Baseline, language: Language) -> &'static str {
    match state {
        Baseline::New => either(language, "新增", "new"),
        Baseline::Persisting => either(language, "仍在", "persisting"),
        Baseline::Changed => either(language, "已改未对", "changed, still wrong"),
    }
}

/// A conclusion, as a sentence.
#[must_use]
pub fn conclusion(conclusion: Conclusion, language: Language) -> &'static str {
    match conclusion {
        Conclusion::Conform => either(language, "符合:未发现问题", "conform: nothing was found"),
        Conclusion::ConformWithWarnings => {
            either(language, "基本符合:只有警告或提示", "conform with warnings: no errors were found")
        }
        Conclusion::NonConform => either(language, "不符合:发现错误", "non-conform: errors were found"),
        Conclusion::Inconclusive => either(
            language,
            "无法下结论:有报送内容未能核查,已发现的问题仍然成立",
            "inconclusive: something handed in could not be checked; what was found stands",
        ),
    }
}

/// Why a rule was not checked, or not everywhere.
#[must_use]
pub fn reason(reason: &Reason, language: Language) -> String {
    let zh = language == Language::Zh;
    let titles = |named: &[Named], joint: &str| {
        named.iter().map(|named| named.title.get(language)).collect::<Vec<_>>().join(joint)
    };
    match reason {
        Reason::TableNotHandedIn { tables } if zh => format!("没有收到“{}”", titles(tables, "”或“")),
        Reason::TableNotHandedIn { tables } => format!("“{}” was not handed in", titles(tables, "” or “")),
        Reason::NotYetInForce { since } if zh => format!("{since} 起才适用"),
        Reason::NotYetInForce { since } => format!("applies from {since}"),
        Reason::NoLongerInForce { until } if zh => format!("{until} 起不再适用"),
        Reason::NoLongerInForce { until } => format!("no longer applies from {until}"),
        Reason::ColumnMissing { part, columns } if zh => format!("{part} 缺少列:{}", titles(columns, "、")),
        Reason::ColumnMissing { part, columns } => format!("{part} lacks column {}", titles(columns, ", ")),
        Reason::ColumnNotAsked { part, columns } if zh => {
            format!("{part} 没有列:{}(并非都须填报,不影响结论)", titles(columns, "、"))
        }
        Reason::ColumnNotAsked { part, columns } => {
            format!("{part} has no column {}; not all of them are owed", titles(columns, ", "))
        }
        Reason::CellsUnreadable { records } if zh => format!("{records} 条记录的有关单元格无法读取"),
        Reason::CellsUnreadable { records } => {
            format!("cells it needs are unreadable in {}", counted(*records, "record"))
        }
        Reason::NothingApplicable if zh => "没有适用的记录".to_owned(),
        Reason::NothingApplicable => "no record it applies to".to_owned(),
        Reason::BasisExpired { document, until } if zh => {
            format!("依据《{document}》{until} 起已被修改或失效")
        }
        Reason::BasisExpired { document, until } => {
            format!("its basis, {document}, was amended or expired on {until}")
        }
        Reason::PackFailed { zh: text, .. } if zh => text.clone(),
        Reason::PackFailed { en: text, .. } => text.clone(),
    }
}
