//! Findings name bodies as people do, where what was handed in says whose code it is.

use std::fs;

use mingcha::audit::RunRecord;

use crate::common::{self, pack_of};

fn checked(domain: &str, files: &[&str]) -> RunRecord {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (number, file) in files.iter().enumerate() {
        fs::write(folder.path().join(format!("表{number}.csv")), file).expect("a file");
    }
    common::run(pack_of(domain), &[folder.path().to_owned()], &common::request())
}

fn bodies_of<'a>(record: &'a RunRecord, rule: &str) -> Vec<&'a str> {
    let found = record.findings.iter().filter(|finding| finding.rule == rule);
    found.filter_map(|finding| finding.body.as_deref()).collect()
}

const RESULT: &str = "\
统一社会信用代码,排放口编号,污染物名称,监测方式,采样日期,监测值,单位,公开时间
91652302948219939M,DW001,悬浮物,手工,2016-09-06,-8,mg/L,2016-09-07 10:00
";

const BASIC: &str = "\
统一社会信用代码,企业名称,法人代表,所属行业
91652302948219939M,昌吉市虚构水务有限公司,张某,污水处理及其再生利用
";

#[test]
fn an_emitter_is_named_by_its_basic_information() {
    let record = checked("env", &[RESULT, BASIC]);
    assert_eq!(bodies_of(&record, "env/result-negative"), ["昌吉市虚构水务有限公司"]);
    let record = checked("env", &[RESULT]);
    assert_eq!(bodies_of(&record, "env/result-negative"), ["91652302948219939M"], "nobody says whose it is");
}

#[test]
fn a_county_is_named_by_its_code() {
    let form = "行政区划代码,项目名称,运作方式,投资金额(万元)\n652325,虚构污水处理厂,BOT,-1\n";
    assert_eq!(bodies_of(&checked("ppp", &[form]), "ppp/invest-positive"), ["奇台县"]);
}
