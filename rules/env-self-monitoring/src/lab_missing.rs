//! The plan has tests done by a laboratory, and the basic information names none.

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::entrusting::{self, Entrusting};
use crate::tables::emitter_basic::{EMITTER_BASIC, EMITTER_NAME, ENTRUSTED_LAB, USCC};

rule! {
    /// ## 查什么
    /// 自行监测方案中有“委托”的项目,基础信息却没有写委托监测机构名称,或者写了“无”“自行承担”一类的话。方案中没有委托的
    /// 单位不查;没有提交方案的不查(空着的由 env/basic-fields 提示)。
    ///
    /// ## 为什么
    /// 委托了谁监测必须公开,公众和监管部门据此核对机构的资质和报告。
    ///
    /// ## 怎么改
    /// 在基础信息的“委托监测机构名称”写机构全称,有几家的都写上;确实没有委托的,改正方案的“承担方式”。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,企业名称,法人代表,委托监测机构名称
    /// 91652302948219939M,昌吉市某某水务有限公司,张某,无
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,承担方式,监测频次
    /// 91652302948219939M,DW001,总磷,委托,1次/月
    /// ```
    /// ```csv good
    /// 统一社会信用代码,企业名称,法人代表,委托监测机构名称
    /// 91652302948219939M,昌吉市某某水务有限公司,张某,新疆某某检测有限公司
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,承担方式,监测频次
    /// 91652302948219939M,DW001,总磷,委托,1次/月
    /// ```
    /// ---
    /// ## What
    /// A line of the plan is done by a laboratory (委托), and the basic information names none, or says 无. Without such a line,
    /// or without a plan, nothing is judged; a blank cell is then a notice of env/basic-fields.
    ///
    /// ## Why
    /// Who monitors is disclosed, so that its licence and reports can be checked.
    ///
    /// ## How to mend
    /// Give the full name of each laboratory, or correct who does the tests in the plan.
    pub static RULE = Rule {
        id: "env/lab-missing",
        title: text("未公开委托监测机构名称", "Entrusted laboratory not named"),
        over: Reading::of(&EMITTER_BASIC, &[USCC]).and_optional(&[EMITTER_NAME, ENTRUSTED_LAB]),
        beside: &[entrusting::READING],
        bases: &[bases::BASIC_CONTENT],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{emitter_name}的方案有委托监测,但未公开委托机构名称",
                "The plan of {emitter_name} has tests done by a laboratory, but its name is not given",
            ),
            Message::named(
                "denied",
                "{emitter_name}的方案有委托监测,基础信息却填“{entrusted_lab}”",
                "The plan of {emitter_name} has tests done by a laboratory, but the basic information says “{entrusted_lab}”",
            ),
        ],
        check: Check::Inspection(|_| Box::new(LabMissing::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct LabMissing {
    entrusting: Entrusting,
}

impl Inspection for LabMissing {
    fn beside(&mut self, batch: &Batch) {
        self.entrusting.add(batch);
    }

    fn record(&mut self, emitter: &Row, findings: &mut Findings) -> Judged {
        if !self.entrusting.has(emitter.text(USCC)?) {
            return None;
        }
        match emitter.text(ENTRUSTED_LAB) {
            None => {
                findings.at(emitter, ENTRUSTED_LAB);
            }
            Some(laboratory) if is_none(laboratory) => {
                findings.at(emitter, ENTRUSTED_LAB).saying("denied");
            }
            Some(_) => {}
        }
        JUDGED
    }
}

/// Whether the cell says that there is no laboratory.
fn is_none(laboratory: &str) -> bool {
    const NONE: [&str; 12] = [
        "无",
        "没有",
        "无委托",
        "未委托",
        "不委托",
        "不涉及",
        "无此项",
        "自测",
        "自承担",
        "自行承担",
        "自行监测",
        "企业自测",
    ];
    NONE.contains(&key(laboratory).as_str())
}
