//! A listed emitter discloses nothing of its self-monitoring.
//!
//! Memory: one entry per emitter that does.

use std::collections::HashSet;

use mingcha_kit::Cells;
use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::tables::emitter_basic::{self, EMITTER_BASIC};
use crate::tables::emitter_list::{EMITTER_LIST, EMITTER_NAME, USCC};
use crate::tables::emitter_plan::{self, EMITTER_PLAN};
use crate::tables::emitter_result::{self, EMITTER_RESULT};

rule! {
    /// ## 查什么
    /// 列入重点排污单位名录的单位,在提交的基础信息、自行监测方案、监测结果中至少出现一次。先按统一社会信用代码找,
    /// 再按企业名称到基础信息中找。名录没有列代码、按名称又找不到的,只作警告,请人工核对。
    ///
    /// ## 为什么
    /// 重点排污单位应当如实公开排放和监测情况。
    ///
    /// ## 怎么改
    /// 督促该单位公开基础信息、监测方案和监测结果。已经公开的,核对代码和名称是否与名录一致,并一并提交。
    ///
    /// ## 例
    /// ```csv bad
    /// 年度,统一社会信用代码,企业名称,名录类别
    /// 2016,91652302948219939M,昌吉市某某水务有限公司,水环境
    /// 2016,916523010824628146,昌吉市某某热力有限公司,大气环境
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,企业名称,法人代表
    /// 91652302948219939M,昌吉市某某水务有限公司,张某
    /// ```
    /// ```csv good
    /// 年度,统一社会信用代码,企业名称,名录类别
    /// 2016,91652302948219939M,昌吉市某某水务有限公司,水环境
    /// ```
    /// ```csv good
    /// 统一社会信用代码,企业名称,法人代表
    /// 91652302948219939M,昌吉市某某水务有限公司,张某
    /// ```
    /// ---
    /// ## What
    /// Every emitter on the list appears at least once among the basic information, plans and results handed in: by credit
    /// code, else by name in the basic information. Where the list gives no code and the name is not found, a warning.
    ///
    /// ## Why
    /// Key emitters disclose truthfully what they discharge and measure.
    ///
    /// ## How to mend
    /// Have the emitter disclose; where it did, compare code and name with the list and hand its tables in too.
    pub static RULE = Rule {
        id: "env/emitter-undisclosed",
        title: text("名录单位未公开自行监测信息", "Listed emitter discloses nothing"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_LIST, &[EMITTER_NAME]).and_optional(&[USCC]),
        beside: &[
            Reading::of(&EMITTER_BASIC, &[emitter_basic::EMITTER_NAME])
                .and_optional(&[emitter_basic::USCC])
                .presence(Presence::AnyOf),
            Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC]).presence(Presence::AnyOf),
            Reading::of(&EMITTER_RESULT, &[emitter_result::USCC]).presence(Presence::AnyOf),
        ],
        bases: &[bases::TRUTHFUL_DISCLOSURE, bases::PLAN_2016],
        since: bases::TRUTHFUL_DISCLOSURE.since,
        messages: &[
            Message::new(
                "{emitter_name}列入名录但未公开自行监测信息",
                "{emitter_name} is on the list but discloses nothing of its self-monitoring",
            ),
            Message::named(
                "by-name",
                "{emitter_name}列入名录(未列代码),按名称未找到其自行监测信息,请核对",
                "{emitter_name} is on the list without a code, and by its name nothing of its self-monitoring is found",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(EmitterUndisclosed::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct EmitterUndisclosed {
    codes: HashSet<String>,
    names: HashSet<String>,
    /// An emitter is listed once for each category, and objected to once.
    judged: HashSet<String>,
}

impl Inspection for EmitterUndisclosed {
    fn beside(&mut self, batch: &Batch) {
        let code = match () {
            () if batch.is_of(&EMITTER_BASIC) => emitter_basic::USCC,
            () if batch.is_of(&EMITTER_PLAN) => emitter_plan::USCC,
            () => emitter_result::USCC,
        };
        collect(batch, code, &mut self.codes);
        if batch.is_of(&EMITTER_BASIC) {
            collect(batch, emitter_basic::EMITTER_NAME, &mut self.names);
        }
    }

    fn record(&mut self, entry: &Row, findings: &mut Findings) -> Judged {
        let name = key(entry.text(EMITTER_NAME)?);
        let code = entry.text(USCC).map(key);
        if !self.judged.insert(code.clone().unwrap_or_else(|| name.clone())) {
            return None;
        }
        let disclosed =
            self.names.contains(&name) || code.as_ref().is_some_and(|code| self.codes.contains(code));
        if !disclosed {
            let subject = entry.text(USCC).or(entry.text(EMITTER_NAME)).unwrap_or_default();
            let finding = findings.on(entry).subject(subject);
            if code.is_none() {
                finding.saying("by-name");
            }
        }
        JUDGED
    }
}

/// The distinct cells of a column; of a dictionary only the values are looked at, not the records.
fn collect(batch: &Batch, column: Column, into: &mut HashSet<String>) {
    if let Cells::Dictionary(_, values) = &batch.column(column).cells {
        into.extend((0..values.len()).map(|index| key(values.get(index))));
    } else {
        into.extend(batch.rows().filter_map(|row| row.text(column)).map(key));
    }
}
