//! Rules that judge groups may run over any number of instances of their pack: the run record is the same, byte by byte,
//! also in whatever stretches, batches and on however many threads.

use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use mingcha::audit::record::RunRecord;
use mingcha::audit::{self, Request};
use mingcha::intake::{self, Manner, Options};
use mingcha::manifest::Scope;
use mingcha::runtime::{Cache, Engine, Limits, Origin, Pack};
use proptest::prelude::*;

use crate::common::{self, pack_of, packs, quarter, root};
use crate::splits::{self, Spread};

/// Instances, bytes of a stretch and of a batch, threads.
type Way = (usize, usize, u64, usize);

/// What all others are compared with.
const USUAL: Way = (1, 1 << 20, 1 << 20, 1);
const OTHERS: [Way; 6] = [
    (1, 4_096, 300, 3),
    (2, 1 << 20, 5_000, 2),
    (3, 4_096, 300, 1),
    (3, 1 << 20, 1 << 20, 3),
    (7, 1 << 20, 2_000, 3),
    (7, 100, 300, 2),
];

fn run(
    packs: &[Pack],
    paths: &[PathBuf],
    request: &Request,
    (instances, window, chunk, jobs): Way,
) -> RunRecord {
    let manner = Manner { window, chunk, jobs, ..Manner::default() };
    let options = Options { manner, ..Options::default() };
    let intake = intake::read(paths, &audit::offers(packs), &options);
    let request = Request { jobs, ..request.clone() };
    audit::run_spread(packs, &intake, &request, &|_, _| {}, Some(instances))
}

/// The record, once it is the same in all ways.
fn alike(packs: &[Pack], paths: &[PathBuf], request: &Request) -> RunRecord {
    let usual = run(packs, paths, request, USUAL);
    for way in OTHERS {
        let other = run(packs, paths, request, way);
        let (is, should_be) = (mingcha::report::json(&other), mingcha::report::json(&usual));
        let differing = is.lines().zip(should_be.lines()).find(|(is, should_be)| is != should_be);
        assert!(is == should_be, "{way:?}: {differing:#?}");
    }
    usual
}

/// How often rules that judge groups object.
fn of_groups(packs: &[Pack], record: &RunRecord) -> u64 {
    let rules = packs.iter().flat_map(|pack| &pack.manifest.rules);
    let grouped: Vec<&str> =
        rules.filter(|rule| matches!(rule.scope, Scope::Group(_))).map(|rule| rule.id.as_str()).collect();
    let of_groups = record.manifest.rules.iter().filter(|rule| grouped.contains(&rule.id.as_str()));
    of_groups.map(|rule| rule.findings.all()).sum()
}

#[test]
fn the_record_of_the_demo_does_not_depend_on_instances() {
    let request = Request { period: Some(quarter("2016Q3", 16_983, 17_074)), ..common::request() };
    let record = alike(packs(), &[root().join("fixtures/changji-2016q3")], &request);
    assert!(of_groups(packs(), &record) > 0);
}

#[test]
fn records_in_no_order_and_over_several_files_are_judged_alike_over_any_instances() {
    let submission = splits::submission("env", 600, 40);
    let packs = pack_of("env");
    let cases = ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(cases);
    let spreads = (1..4_usize, any::<u64>(), prop_oneof![Just(1_u32), Just(1_000)]);
    let outcome = runner.run(&spreads, |(files, shuffle, keep)| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        splits::write(&submission, &Spread { files, shuffle, ..splits::WHOLE }, folder.path());
        let request = Request { keep, ..common::request() };
        let found = of_groups(packs, &alike(packs, &[folder.path().to_owned()], &request));
        prop_assert!(found > 3, "rules that judge groups object {} times", found);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn instructions_are_counted_alike_however_many_instances_there_could_be() {
    let engine = Engine::metered(Limits::default()).expect("the engine starts");
    let bundled =
        mingcha_bundle::PACKS.iter().find(|pack| pack.name == "env-self-monitoring").expect("the pack");
    let pack =
        Pack::load(&engine, &Cache::none(), bundled.name, bundled.bytes, Origin::BuiltIn).expect("it loads");
    let paths = [root().join("fixtures/changji-2016q3/重点排污单位")];
    let over =
        |instances| run(slice::from_ref(&pack), &paths, &common::request(), (instances, 1 << 20, 1 << 20, 1));
    let fuel = over(1).manifest.packs[0].fuel;
    assert!(fuel.is_some_and(|units| units > 10_000), "{fuel:?}");
    assert_eq!(over(7).manifest.packs[0].fuel, fuel);
}

fn written(folder: &Path, name: &str, lines: &str) {
    fs::write(folder.join(name), lines).expect("a file is written");
}

/// How often a rule objects, over any number of instances.
fn objections(folder: &Path, request: &Request, rule: &str) -> u64 {
    let record = alike(pack_of("env"), &[folder.to_owned()], request);
    let rule = record.manifest.rules.iter().find(|known| known.id == rule).expect("the rule");
    rule.findings.all()
}

#[test]
fn an_emitter_whose_code_is_written_in_two_ways_is_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = "统一社会信用代码,排放口编号,污染物名称,监测频次,排放限值\n\
                91652302948219939M,DW001,化学需氧量,1次/日,50\n\
                91652302948219939m,DW001,化学需氧量,1次/日,50\n\
                ９１６５２３０２９４８２１９９３９Ｍ,DW002,氨氮,1次/日,5\n\
                91652302948219939M,DW002,氨氮,1次/日,8\n";
    written(folder.path(), "自行监测方案-合成数据.csv", plan);
    assert_eq!(objections(folder.path(), &common::request(), "env/plan-duplicate"), 2);
}

#[test]
fn spellings_the_user_made_one_meet_in_one_instance() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut results = "统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,报告编号\n".to_owned();
    for point in 1..20 {
        for (name, report) in [("一号口", 1), ("甲口", 2)] {
            results += &format!(
                "91652302948219939M,{name}{point},化学需氧量,2016-09-05,{point}{report},B{report}\n"
            );
        }
    }
    written(folder.path(), "监测结果-合成数据.csv", &results);
    let spelt: Vec<String> =
        (1..20).map(|point| format!("\"point_code:甲口{point}=一号口{point}\"")).collect();
    let settings = format!("{{\"spellings\": [{}]}}", spelt.join(","));
    let pack = pack_of("env")[0].manifest.id.clone();
    let request = Request { settings: [(pack, settings)].into(), ..common::request() };
    assert_eq!(objections(folder.path(), &common::request(), "env/duplicate-result"), 0);
    assert_eq!(objections(folder.path(), &request, "env/duplicate-result"), 19);
}
