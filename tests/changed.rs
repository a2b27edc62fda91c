//! Files that change while they are checked: what is said of them, and how often.

use std::fs;
use std::io::Write;

use mingcha::audit;
use mingcha::intake::{self, Options, Problem, ProblemKind};

use crate::common::{self, pack_of};

#[test]
fn a_file_that_changed_is_told_of_once_whatever_is_in_it() {
    let packs = pack_of("ppp");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("表.json");
    let row = format!(
        r#"{{"报告期":"2016Q3","所属县市":"昌吉市","项目名称":"虚构污水处理厂","运作方式":"BOT","投资金额(万元)":1,"其他":"{}"}}"#,
        "x".repeat(3 << 20)
    );
    fs::write(&path, format!(r#"{{"一":[{row}],"二":[{row}]}}"#)).expect("a file");
    let mut intake = intake::read(std::slice::from_ref(&path), &audit::offers(packs), &Options::default());
    assert_eq!((intake.parts.len(), &intake.problems[..]), (2, &[][..]));
    fs::File::options()
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(b"\n"))
        .expect("a change");
    let told = |intake: &intake::Intake| {
        let record = audit::run(packs, intake, &common::request(), &|_, _| {});
        record.manifest.problems.iter().map(|problem| problem.sentence.zh.clone()).collect::<Vec<_>>()
    };
    let once = told(&intake);
    assert!(once.len() == 1 && once[0].contains("核查途中"), "{once:?}");
    let kind = ProblemKind::Unreadable(intake.parts[0].fault().expect("it changed"));
    intake.problems.push(Problem { input: Some(0), path: "表.json".to_owned(), sheet: None, kind });
    let by_intake = told(&intake);
    assert!(by_intake.len() == 1 && !by_intake[0].contains("核查途中"), "{by_intake:?}");
}
