//! Basic information lacks one of the items it must have.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::entrusting::{self, Entrusting};
use crate::tables::emitter_basic::{
    ADDRESS, EMITTER_BASIC, EMITTER_NAME, ENTRUSTED_LAB, INDUSTRY, LEGAL_REP, PHONE, PRODUCTION_CYCLE, USCC,
};

rule! {
    /// ## 查什么
    /// 基础信息七项:企业名称、法人代表、所属行业、地理位置、生产周期、联系方式、委托监测机构名称。前六项缺一项即报错;
    /// 委托监测机构名称空着,只提示:全部自行监测的单位没有委托机构,但应写明“无”。方案中有委托监测的,由 env/lab-missing 报错。
    ///
    /// ## 为什么
    /// 公众据此找到企业、联系企业,判断监测由谁完成。
    ///
    /// ## 怎么改
    /// 在所列各栏填上内容。没有委托监测的,在“委托监测机构名称”写“无”,不要空着或划斜线。
    ///
    /// ## 例
    /// ```csv bad
    /// 企业名称,法人代表,所属行业,地理位置,生产周期,联系方式,委托监测机构名称
    /// 昌吉市某某水务有限公司,张某,污水处理及其再生利用,昌吉市某某路1号,,0994-2345678,无
    /// ```
    /// ```csv good
    /// 企业名称,法人代表,所属行业,地理位置,生产周期,联系方式,委托监测机构名称
    /// 昌吉市某某水务有限公司,张某,污水处理及其再生利用,昌吉市某某路1号,全年连续生产,0994-2345678,无
    /// ```
    /// ---
    /// ## What
    /// Seven items: name, legal representative, industry, location, production cycle, telephone, entrusted laboratory.
    /// Any of the first six missing is an error; an empty laboratory is a notice, for an emitter that does all its own
    /// monitoring has none, but ought to write 无. Where its plan names one, env/lab-missing says so instead.
    ///
    /// ## Why
    /// The public finds and reaches the emitter by them, and sees who did the monitoring.
    ///
    /// ## How to mend
    /// Fill in the columns named. Without a laboratory write 无 instead of leaving the cell empty.
    pub static RULE = Rule {
        id: "env/basic-fields",
        title: text("基础信息缺项", "Basic information incomplete"),
        over: Reading::of(&EMITTER_BASIC, &[]).and_optional(&[
            EMITTER_NAME, LEGAL_REP, INDUSTRY, ADDRESS, PRODUCTION_CYCLE, PHONE, ENTRUSTED_LAB, USCC,
        ]),
        beside: &[entrusting::READING.presence(Presence::Optional)],
        bases: &[bases::BASIC_CONTENT],
        since: bases::SINCE_81,
        messages: &[
            Message::new("{emitter_name}基础信息缺少:{missing}", "Basic information of {emitter_name} lacks: {missing}"),
            Message::named(
                "laboratory",
                "{emitter_name}未填委托监测机构名称:有委托的请填机构全称,没有的请写“无”",
                "{emitter_name} names no entrusted laboratory: give its full name, or 无 where there is none",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|_| Box::new(BasicFields::default())),
        ..Rule::EMPTY
    };
}

const NEEDED: [Column; 6] = [EMITTER_NAME, LEGAL_REP, INDUSTRY, ADDRESS, PRODUCTION_CYCLE, PHONE];

#[derive(Default)]
struct BasicFields {
    entrusting: Entrusting,
}

impl Inspection for BasicFields {
    fn beside(&mut self, batch: &Batch) {
        self.entrusting.add(batch);
    }

    fn record(&mut self, emitter: &Row, findings: &mut Findings) -> Judged {
        let missing: Vec<_> = NEEDED.into_iter().filter(|&column| emitter.is_blank(column)).collect();
        if let Some(&first) = missing.first() {
            findings.at(emitter, first).with("missing", &missing);
        }
        let entrusts = emitter.text(USCC).is_some_and(|code| self.entrusting.has(code));
        if emitter.is_blank(ENTRUSTED_LAB) && !entrusts {
            findings.at(emitter, ENTRUSTED_LAB).saying("laboratory");
        }
        JUDGED
    }
}
