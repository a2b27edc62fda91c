//! The standard a plan names is none, or not one of its day.

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::plans;
use crate::standards::{Fault, fault};
use crate::tables::emitter_plan::{CHANGED_ON, EMITTER_PLAN, PUBLISHED_ON, STANDARD_NO};

/// Standards the user knows of.
pub static MORE_STANDARDS: Setting = Setting::list(
    "more-standards",
    &[],
    text(
        "标准库以外认可的执行标准(写法与方案中一致)",
        "Standards accepted beside those shipped, as plans write them",
    ),
);

rule! {
    /// ## 查什么
    /// “执行标准”写的是标准库中的国家标准,并且在方案公开(没有公开日期的按变更日期,再没有的按检查日期)时有效。按标准号认,
    /// 没有写号的按标准名称认。地方标准(DB)、环评批复、排污许可证、纳管协议、超低排放要求不查。库中没有而确实有效的标准,用设置
    /// `more-standards` 补充。空着的由 env/plan-items 检查。
    ///
    /// 标准目录见参考数据 `standards`,可用设置 `more-standards` 补充。
    ///
    /// ## 为什么
    /// 标准号写错一位,或者用了已经废止的版本,限值就无从核对。标准库尚未逐项核对原文,所以只作警告。
    ///
    /// ## 怎么改
    /// 对照排污许可、环评批复核对标准号和年号,写成“GB 18918-2002”这样的完整编号。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测频次,执行标准
    /// DW001,化学需氧量,1次/日,GB 18981-2002
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测频次,执行标准
    /// DW001,化学需氧量,1次/日,《城镇污水处理厂污染物排放标准》(GB18918-2002)一级A标准
    /// ```
    /// ---
    /// ## What
    /// The standard of a line is one of the national standards shipped, by its number or, without one, by its title, and held
    /// on the day the plan was published (else changed, else the day of the audit). Local standards (DB), approvals, permits,
    /// agreements and ultra-low emission are not judged. The setting `more-standards` adds others. A blank cell belongs to env/plan-items.
    ///
    /// The standards are the facts `standards`; the setting `more-standards` adds to them.
    ///
    /// ## Why
    /// With a wrong digit, or an edition that no longer holds, no limit can be checked. The table was not checked entry by entry
    /// against the originals, so this is a warning.
    ///
    /// ## How to mend
    /// Compare number and year with the permit and the approval, and write them in full: GB 18918-2002.
    pub static RULE = Rule {
        id: "env/plan-standard-unknown",
        title: text("执行标准无法识别", "Standard unknown"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_PLAN, &[STANDARD_NO]).and_optional(&[CHANGED_ON, PUBLISHED_ON]),
        bases: &[bases::PLAN_CONTENT],
        messages: &[
            Message::new(
                "执行标准“{standard_no}”无法识别:没有标准号,也不是库中的标准名称",
                "Standard “{standard_no}” is not recognised: it has no number, and no title that is known",
            ),
            Message::named(
                "number",
                "执行标准“{standard_no}”无法识别:库中没有{number}",
                "Standard “{standard_no}” is not recognised: {number} is not known",
            ),
            Message::named(
                "not-in-force",
                "执行标准“{standard_no}”在{day}不适用:{number}尚未实施或已被代替",
                "Standard “{standard_no}” did not hold on {day}: {number} was not yet in force, or replaced",
            ),
            Message::named(
                "other-edition",
                "执行标准“{standard_no}”在{day}不适用,当时有效的是{expected}",
                "Standard “{standard_no}” did not hold on {day}; {expected} did",
            ),
        ],
        check: Check::Inspection(|task| {
            let accepted = task.settings.list(&MORE_STANDARDS).into_iter().map(key).collect();
            Box::new(PlanStandardUnknown { accepted })
        }),
        ..Rule::EMPTY
    };
}

struct PlanStandardUnknown {
    accepted: Vec<String>,
}

impl Inspection for PlanStandardUnknown {
    fn record(&mut self, line: &Row, findings: &mut Findings) -> Judged {
        let standard = line.text(STANDARD_NO)?;
        let written = key(standard);
        let day = plans::day(line);
        if self.accepted.iter().any(|accepted| written.contains(accepted.as_str())) {
            return JUDGED;
        }
        let Some(fault) = fault(standard, day) else { return JUDGED };
        let finding = findings.at(line, STANDARD_NO).actual(standard);
        match fault {
            Fault::NoStandard => finding,
            Fault::Unknown(number) => finding.saying("number").with("number", number),
            Fault::NotInForce(number, None) => {
                finding.saying("not-in-force").with("number", number).with("day", day)
            }
            Fault::NotInForce(_, Some(other)) => {
                finding.saying("other-edition").with("day", day).expected(other)
            }
        };
        JUDGED
    }
}
