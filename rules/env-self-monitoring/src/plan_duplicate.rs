//! A plan has the same point and pollutant twice.
//!
//! Memory: one entry per planned line.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::pollutants::canonical;
use crate::tables::emitter_plan::{
    AVERAGING, CHANGED_ON, EMITTER_PLAN, FREQ_N, FREQ_UNIT, LIMIT_HIGH, LIMIT_LOW, METHOD, PLAN_VERSION,
    POINT_CODE, POINT_NAME, POLLUTANT, PUBLISHED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 同一单位、同一版本的方案中,同一排放口、同一污染物只有一行。版本空着的,以公开日期(没有的以变更日期)区分。自动和手工各
    /// 一行、日均值和小时值各一行,不算重复。COD与化学需氧量这样的同物异名算同一污染物。
    ///
    /// ## 为什么
    /// 重复的行如果频次或限值不同,就不知道该按哪一行监测、按哪个限值评价。
    ///
    /// ## 怎么改
    /// 删去多余的一行;两行内容不同的,先核对哪一行是对的。方案改版的,填上方案版本。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限,方案版本
    /// 91652302948219939M,DW001,化学需氧量,1次/日,50,2016-1
    /// 91652302948219939M,DW001,COD,1次/日,60,2016-1
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限,方案版本
    /// 91652302948219939M,DW001,化学需氧量,1次/日,60,2015-1
    /// 91652302948219939M,DW001,化学需氧量,1次/日,50,2016-1
    /// ```
    /// ---
    /// ## What
    /// In one version of an emitter's plan a point and pollutant stands once. Without a version, the day of publication (else
    /// of change) tells versions apart. A line for instruments and one for samples, or one for each averaging time, are two.
    ///
    /// ## Why
    /// Where the two differ, nobody knows how often to test and by which limit to judge.
    ///
    /// ## How to mend
    /// Delete one of them, after finding out which is right; give a changed plan its version.
    pub static RULE = Rule {
        id: "env/plan-duplicate",
        title: text("监测方案重复", "Planned twice"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC]),
        over: Reading::of(&EMITTER_PLAN, &[POLLUTANT]).and_optional(&[
            USCC, POINT_CODE, POINT_NAME, PLAN_VERSION, CHANGED_ON, PUBLISHED_ON, METHOD, AVERAGING, FREQ_N, FREQ_UNIT,
            LIMIT_HIGH, LIMIT_LOW,
        ]),
        messages: &[
            Message::new("{point}“{pollutant}”在监测方案中重复", "{point} “{pollutant}” stands in the plan twice"),
            Message::named(
                "different",
                "{point}“{pollutant}”在监测方案中重复,而且频次或限值不同",
                "{point} “{pollutant}” stands in the plan twice, with another frequency or limit",
            ),
        ],
        check: Check::Inspection(|_| Box::new(PlanDuplicate::default())),
        ..Rule::EMPTY
    };
}

/// A line: where it stands, its emitter, point and pollutant by name, and what it plans.
type Line = (Place, [String; 3], [String; 4]);

#[derive(Default)]
struct PlanDuplicate {
    /// By emitter, point, pollutant, version, method and averaging.
    lines: BTreeMap<[String; 6], Vec<Line>>,
}

impl Inspection for PlanDuplicate {
    fn record(&mut self, line: &Row, _: &mut Findings) -> Judged {
        let point = line.text(POINT_CODE).or_else(|| line.text(POINT_NAME))?;
        let cell = |column| line.text(column).map(key).unwrap_or_default();
        let dated = || line.date(PUBLISHED_ON).or_else(|| line.date(CHANGED_ON)).map(|day| day.to_string());
        let version = line.text(PLAN_VERSION).map(key).or_else(dated).unwrap_or_default();
        let pollutant = canonical(line.text(POLLUTANT)?);
        let planned = [cell(USCC), key(point), key(pollutant), version, cell(METHOD), cell(AVERAGING)];
        let content = [cell(FREQ_N), cell(FREQ_UNIT), cell(LIMIT_HIGH), cell(LIMIT_LOW)];
        let named = [line.text(USCC).unwrap_or_default(), point, pollutant].map(str::to_owned);
        self.lines.entry(planned).or_default().push((line.cell(POLLUTANT), named, content));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for lines in self.lines.values_mut() {
            lines.sort();
            findings.judge(|findings| {
                let (first, _, content) = lines.first()?;
                for (place, [emitter, point, pollutant], other) in &lines[1..] {
                    let finding = findings.at_place(*place).related(*first);
                    let finding = finding.subject(format!("{emitter} {point} {pollutant}"));
                    let finding = finding.with("point", point.as_str());
                    if other != content {
                        finding.saying("different");
                    }
                }
                JUDGED
            });
        }
    }
}
