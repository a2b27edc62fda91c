//! Columns no form has to have: a file without them is not inconclusive for it, and is told what was not checked.

use std::fs;

use mingcha::audit::RunRecord;
use mingcha::audit::plan::Reason;
use mingcha::audit::record::{Conclusion, Status};

use crate::common::{self, pack_of};

fn checked(domain: &str, file: &str) -> RunRecord {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("表.csv"), file).expect("a file");
    common::run(pack_of(domain), &[folder.path().to_owned()], &common::request())
}

/// The eight elements of the plan, and nothing else.
const PLAIN_FORM: &str = "\
报告期,所属县市,项目编号,项目名称,投资金额(万元),政府和社会资本参与方式,回报机制,运作方式,合作期限,项目进度,采购方式,中标社会资本
2016Q3,昌吉市,CS-1,虚构污水处理厂,12000,共同组建项目公司,使用者付费,BOT,25年,识别,,
";

#[test]
fn a_form_with_the_elements_of_the_plan_alone_is_conclusive() {
    let record = checked("ppp", PLAIN_FORM);
    assert_ne!(record.manifest.conclusion, Conclusion::Inconclusive);
    let rule = |id: &str| record.manifest.rules.iter().find(|rule| rule.id == id).expect("a rule");
    for id in ["ppp/winner-uscc", "ppp/term-dates", "ppp/equity-sum", "ppp/deferred-disclosure"] {
        let rule = rule(id);
        let not_asked = matches!(rule.reasons.as_slice(), [Reason::ColumnNotAsked { .. }]);
        let too_early = matches!(rule.reasons.as_slice(), [Reason::NotYetInForce { .. }]);
        assert!(not_asked && rule.status == Status::NotChecked || too_early, "{id}: {:?}", rule.reasons);
    }
}

#[test]
fn a_column_of_the_plan_is_owed() {
    let record = checked("ppp", &PLAIN_FORM.replace("项目进度", "进展").replace("回报机制", "机制"));
    assert_eq!(record.manifest.conclusion, Conclusion::Inconclusive);
}

#[test]
fn a_file_of_manual_tests_alone_owes_no_hours() {
    let file = "\
统一社会信用代码,排放口编号,污染物名称,监测方式,采样日期,监测值,单位,标准限值,达标情况,超标倍数,污染物排放方式,排放去向,公开时间
91652302948219939M,DW001,悬浮物,手工,2016-09-06,8,mg/L,10,达标,,连续,某某河,2016-09-07 10:00
";
    let record = checked("env", file);
    assert_ne!(record.manifest.conclusion, Conclusion::Inconclusive, "{:#?}", record.manifest.rules);
}
