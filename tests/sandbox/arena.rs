//! Where the hostile pack is let loose: its data, its limits, a run beside a built-in pack.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use hostile::Behaviour;
use mingcha::audit::record::{Finding, RuleRecord, RunRecord};
use mingcha::audit::{self, Request};
use mingcha::intake::{self, Options};
use mingcha::runtime::{Cache, Engine, Limits, Origin, Pack, PackError};
use tempfile::TempDir;

use crate::common;

/// Linear memory of a session here.
pub(super) const MEMORY_BYTES: usize = 32 << 20;
/// Time of a call here, for a pack that spins.
pub(super) const SPIN_MILLIS: u64 = 300;
/// Findings kept per rule here.
pub(super) const KEEP: u32 = 100;

/// The hostile pack's table: three records, one of them negative.
const TABLE: (&str, &str) = ("1-敌意测试表-合成数据.csv", "试样名称,试样数值\n甲,1\n乙,-1\n丙,2\n");
/// The table beside it.
const REFERENCE: (&str, &str) = ("2-敌意对照表-合成数据.csv", "对照名称,对照说明\n甲,无\n");
/// The built-in pack's table: two projects with their faults, the county written once for both.
const PROJECTS: (&str, &str) = (
    "3-PPP项目信息-合成数据.csv",
    "报告期,所属县市/园区,项目编号,项目名称,投资金额(万元),政府和社会资本参与方式,回报机制,运作方式,合作期限,项目进度,更新日期,公开日期,网址,中标日期,中标结果公告日期,政府方持股比例,社会资本持股比例,合同起始日期,合同终止日期,进入本阶段日期,采购方式,预中标公示开始日期,预中标公示结束日期,合同签订日期,中标社会资本,统一社会信用代码,年度财政支出责任,实施方案公开日期,物有所值评价报告公开日期,财政承受能力论证报告公开日期,填报人\n\
     2016Q3,昌吉市,CS-PPP-001,虚构城北污水处理厂,-12000,双方共同组建项目公司,使用者付费,BOT,25年,识别,2016-10-12,2016-10-14,http://ppp.example.cn/001,,,,,,,,,,,,,,,,,,张三\n\
     2016Q3,,CS-PPP-002,虚构城南供热管网,0,双方共同组建项目公司,使用者付费,BOT,25年,识别,2016-10-12,2016-10-14,http://ppp.example.cn/002,,,,,,,,,,,,,,,,,,张三\n",
);

/// What all cases share.
pub(super) struct Arena {
    folder: TempDir,
    patient: Engine,
    strict: Engine,
    cache: Cache,
    /// Of a run in which no hostile pack took part.
    pub(super) undisturbed: RunRecord,
}

impl Arena {
    pub(super) fn get() -> &'static Self {
        static ARENA: OnceLock<Arena> = OnceLock::new();
        ARENA.get_or_init(Self::new)
    }

    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in [TABLE, REFERENCE, PROJECTS] {
            fs::write(folder.path().join(name), content).expect("a file");
        }
        let engine = |call_millis| {
            let limits = Limits { memory_bytes: MEMORY_BYTES, call_millis, ..Limits::default() };
            Engine::new(limits).expect("the engine starts")
        };
        let (patient, strict) = (engine(Limits::default().call_millis), engine(SPIN_MILLIS));
        let cache = Cache::at(folder.path().join("cache"));
        let packs = [built_in(&patient, &cache)];
        let undisturbed = run(&packs, &[folder.path().join(PROJECTS.0)], 1, None);
        Self { folder, patient, strict, cache, undisturbed }
    }

    /// Loads the hostile pack with this behaviour; where it spins, the clock is short.
    pub(super) fn load(&self, behaviour: Behaviour) -> Result<Pack, PackError> {
        let engine = if behaviour.name().starts_with("spin") { &self.strict } else { &self.patient };
        self.load_bytes(engine, behaviour.name(), &component(behaviour))
    }

    /// Loads these bytes; the clock is short.
    pub(super) fn load_as(&self, name: &str, bytes: &[u8]) -> Result<Pack, PackError> {
        self.load_bytes(&self.strict, name, bytes)
    }

    fn load_bytes(&self, engine: &Engine, name: &str, bytes: &[u8]) -> Result<Pack, PackError> {
        let origin = Origin::File(PathBuf::from(name));
        Pack::load(engine, &self.cache, name, bytes, origin)
    }

    /// Whether this pack may run beside the built-in one.
    pub(super) fn check_beside(&self, pack: &Pack) -> Result<(), PackError> {
        pack.check_beside("it", &[built_in(&self.patient, &self.cache)])
    }

    /// A run of the built-in pack and this one over the files of both.
    pub(super) fn run_beside(&self, pack: Pack, jobs: usize) -> RunRecord {
        let packs = [built_in(&self.patient, &self.cache), pack];
        run(&packs, &self.files(), jobs, None)
    }

    /// The same, over so many instances where groups are judged.
    pub(super) fn run_spread(&self, pack: Pack, instances: usize) -> RunRecord {
        let packs = [built_in(&self.patient, &self.cache), pack];
        run(&packs, &self.files(), 2, Some(instances))
    }

    /// The hostile pack's files, then the built-in pack's.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        [TABLE, REFERENCE, PROJECTS].iter().map(|(name, _)| self.folder.path().join(name)).collect()
    }
}

/// The hostile pack with this behaviour.
pub(super) fn component(behaviour: Behaviour) -> Vec<u8> {
    behaviour
        .written_into(mingcha_bundle::HOSTILE.bytes)
        .expect("the hostile pack has a place for its behaviour")
}

/// The id of the built-in pack that runs beside.
const BESIDE: &str = "ppp-quarterly";

fn built_in(engine: &Engine, cache: &Cache) -> Pack {
    let bundled = mingcha_bundle::PACKS.iter().find(|pack| pack.name == BESIDE).expect("a built-in pack");
    Pack::load(engine, cache, bundled.name, bundled.bytes, Origin::BuiltIn).expect("a built-in pack loads")
}

fn run(packs: &[Pack], files: &[PathBuf], jobs: usize, instances: Option<usize>) -> RunRecord {
    let request = Request { keep: KEEP, jobs, ..common::request() };
    let intake = intake::read(files, &audit::offers(packs), &Options::default());
    audit::run_spread(packs, &intake, &request, &|_, _| {}, instances)
}

/// What a pack's rules came to.
pub(super) fn rules_of<'a>(record: &'a RunRecord, pack: &'a str) -> impl Iterator<Item = &'a RuleRecord> {
    record.manifest.rules.iter().filter(move |rule| rule.pack == pack)
}

/// What the built-in pack's rules came to, and found.
pub(super) fn of_the_built_in_pack(record: &RunRecord) -> (Vec<&RuleRecord>, Vec<&Finding>) {
    let rules: Vec<_> = rules_of(record, BESIDE).collect();
    let its_own = |finding: &&Finding| rules.iter().any(|rule| rule.id == finding.rule);
    let findings = record.findings.iter().filter(its_own).collect();
    (rules, findings)
}
