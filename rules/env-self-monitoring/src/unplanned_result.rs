//! Results of a point or pollutant that the plan does not have.
//!
//! Memory: one entry per planned line, and per point and pollutant with results.

use std::collections::HashSet;

use mingcha_kit::prelude::*;

use crate::planned;
use crate::points::PointKey;
use crate::pollutants::is_beside;
use crate::tables::emitter_plan::{self, EMITTER_PLAN};
use crate::tables::emitter_result::{EMITTER_RESULT, POINT_CODE, POLLUTANT, USCC};

rule! {
    /// ## 查什么
    /// 监测结果的排放口和污染物,在本单位的自行监测方案中都能找到。排放口写编号或监测点位名称都可以。每个排放口、每种污染物
    /// 只报一次。没有提交方案的单位不查;温度、流量、氧含量等参数不查。
    ///
    /// 污染物名称见参考数据 `pollutants`,其他写法可用设置 `spellings` 补充。
    ///
    /// ## 为什么
    /// 方案之外的结果,没有限值、频次和方法可以对照。多为点位名称写法不一,或者方案没有及时更新。
    ///
    /// ## 怎么改
    /// 点位或污染物写法不一的,统一成方案中的写法;确实新增了监测的,先调整方案并公开。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次
    /// 91652302948219939M,DW001,化学需氧量,1次/日
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW002,化学需氧量,2016-09-06,38
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次
    /// 91652302948219939M,DW001,化学需氧量,1次/日
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,dw001,CODcr,2016-09-06,38
    /// ```
    /// ---
    /// ## What
    /// Every point and pollutant with results is in the emitter's plan; points are found by code or name. One finding for each
    /// point and pollutant. Emitters without a plan are left alone, and so are temperature, flow and oxygen.
    ///
    /// Names of pollutants are the facts `pollutants`; the setting `spellings` adds others.
    ///
    /// ## Why
    /// There is no limit, frequency or method to compare such results with. Mostly the point is spelt in two ways, or the plan
    /// is out of date.
    ///
    /// ## How to mend
    /// Spell points and pollutants as in the plan, or bring the plan up to date and publish it.
    pub static RULE = Rule {
        id: "env/unplanned-result",
        title: text("结果不在方案之内", "Result outside the plan"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT]),
        beside: &[Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC, emitter_plan::POLLUTANT])
            .and_optional(&[emitter_plan::POINT_CODE, emitter_plan::POINT_NAME])],
        messages: &[
            Message::new(
                "方案中{point_code}没有“{pollutant}”,却有{count}条监测结果",
                "The plan has no “{pollutant}” at {point_code}, and there are {count} results of it",
            ),
            Message::named(
                "point",
                "方案中没有排放口{point_code},却有“{pollutant}”的{count}条监测结果",
                "The plan has no point {point_code}, and there are {count} results of “{pollutant}” there",
            ),
        ],
        check: Check::Inspection(|_| Box::new(UnplannedResult::default())),
        ..Rule::EMPTY
    };
}

/// The results of a point and pollutant.
struct Results {
    first: Place,
    count: usize,
    key: PointKey,
}

struct UnplannedResult {
    planned: HashSet<PointKey>,
    /// Emitter and point.
    points: HashSet<(String, String)>,
    emitters: HashSet<String>,
    /// `None` where nobody looks for them in the plan.
    results: Groups<Option<Results>>,
}

impl Default for UnplannedResult {
    fn default() -> Self {
        Self {
            planned: HashSet::new(),
            points: HashSet::new(),
            emitters: HashSet::new(),
            results: Groups::by(&[USCC, POINT_CODE, POLLUTANT]),
        }
    }
}

impl Inspection for UnplannedResult {
    fn beside(&mut self, batch: &Batch) {
        for key in batch.rows().flat_map(|line| planned::keys(&line)) {
            self.emitters.insert(key.emitter.clone());
            self.points.insert((key.emitter.clone(), key.point.clone()));
            self.planned.insert(key);
        }
    }

    fn screen(&mut self, batch: &Batch, _: &mut Findings) -> Option<Screen> {
        let emitters = &self.emitters;
        self.results.each(
            batch,
            |result| Results::of(result, emitters),
            |results, records| {
                if let Some(results) = results {
                    results.count += records.len();
                    results.first = results.first.min(batch.row(records[0] as usize).cell(POLLUTANT));
                }
            },
        );
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let emitters = &self.emitters;
        let results = self.results.of(result, || Results::of(result, emitters))?.as_mut()?;
        results.count += 1;
        results.first = results.first.min(result.cell(POLLUTANT));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for results in self.results.iter().filter_map(|(_, results)| results.as_ref()) {
            findings.judge(|findings| {
                if !self.planned.contains(&results.key) {
                    let point = (results.key.emitter.clone(), results.key.point.clone());
                    let finding = findings.at_place(results.first).with("count", results.count);
                    if !self.points.contains(&point) {
                        finding.saying("point");
                    }
                }
                JUDGED
            });
        }
    }
}

impl Results {
    fn of(result: &Row, emitters: &HashSet<String>) -> Option<Self> {
        let pollutant = result.text(POLLUTANT)?;
        let key = PointKey::new(result.text(USCC)?, result.text(POINT_CODE)?, pollutant);
        let judged = emitters.contains(&key.emitter) && !is_beside(pollutant);
        judged.then(|| Self { first: result.cell(POLLUTANT), count: 0, key })
    }
}
