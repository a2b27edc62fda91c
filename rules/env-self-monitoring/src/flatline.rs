//! Automatic values that do not move.
//!
//! Memory: that of [`Series`], at most 12 MiB and a little per point and pollutant.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::measurement::{automatic, is_automatic, is_marked, marked};
use crate::series::{MOST_SAMPLES, Run, Sample, Series};
use crate::tables::emitter_result::{
    EMITTER_RESULT, METHOD, PERIOD_END, POINT_CODE, POLLUTANT, QUALIFIER, SAMPLED_ON, USCC, VALUE,
};

/// How many equal values in a row are suspicious.
pub static LEAST_RUN: Setting = Setting::integer(
    "flatline-run",
    24,
    text("连续多少个自动监测值完全相同即提示", "How many equal automatic values in a row are pointed out"),
);

rule! {
    /// ## 查什么
    /// 同一排放口、同一污染物的自动监测值,按时间先后连续24个以上完全相同。个数可用设置 `flatline-run` 调整。
    /// 零值和未检出不查;与记录在文件中的先后无关。
    ///
    /// ## 为什么
    /// 真实的排放浓度总在波动。长时间一点不变,多为仪器故障、数据保持,或者人为设定。
    ///
    /// ## 怎么改
    /// 检查仪器、采样管路和数采仪的上下限与保持设置,调取原始记录和运维记录。故障时段按规定标记并说明原因。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段结束,监测值
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 01:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 02:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 03:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 04:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 05:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 06:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 07:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 08:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 09:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 10:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 11:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 12:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 13:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 14:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 15:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 16:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 17:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 18:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 19:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 20:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 21:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 22:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 23:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-02 00:00,26.4
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段结束,监测值
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 01:00,26.4
    /// 91652302948219939M,DA001,二氧化硫,自动,2016-09-01 02:00,25.9
    /// ```
    /// ---
    /// ## What
    /// 24 or more equal automatic values of a point and pollutant, one after the other in time; the setting `flatline-run`
    /// changes the number. Zero and what was not detected do not count; the order of the records does not matter.
    ///
    /// ## Why
    /// Real concentrations move. Where nothing moves for long, the instrument failed, the logger held a value, or someone set it.
    ///
    /// ## How to mend
    /// Look at instrument, sampling line and logger, and at the raw and maintenance records; mark and explain faults.
    pub static RULE = Rule {
        id: "env/flatline",
        title: text("自动监测值长时间不变", "Automatic values do not move"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, PERIOD_END, VALUE])
            .and_optional(&[METHOD, SAMPLED_ON, QUALIFIER])
            .presence(Presence::Optional),
        bases: &[bases::NO_FALSIFYING],
        messages: &[Message::new(
            "{point_code}“{pollutant}”自{first}(时段结束)起连续{count}个监测值都是{actual},数据存疑",
            "{point_code} “{pollutant}”: {count} values in a row from the period ending {first} on are all {actual}, which is doubtful",
        )],
        check: Check::Inspection(|task| {
            let least = usize::try_from(task.settings.integer(&LEAST_RUN)).unwrap_or(0).max(2);
            Box::new(Flatline { least, held: 0, points: Groups::by(&[USCC, POINT_CODE, POLLUTANT]) })
        }),
        ..Rule::EMPTY
    };
}

struct Flatline {
    least: usize,
    /// Samples not yet folded, of all series.
    held: usize,
    points: Groups<(Place, Series)>,
}

impl Inspection for Flatline {
    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let (ends, values) = (results.seconds(PERIOD_END), results.numbers(VALUE));
        let (automatic, marked) = (automatic(results), marked(results));
        let sample = |index: usize| {
            let (at, value) = (ends.at(index).filter(|_| automatic[index])?, values.at(index)?);
            let value = if marked.at(index) == Some(true) { 0.0 } else { value };
            Some(Sample { at, value, id: results.id(index) })
        };
        let new = |result: &Row| (result.cell(VALUE), Series::default());
        let held = &mut self.held;
        self.points.each_picked(results, sample, new, |(_, series), samples| {
            series.extend(samples.iter().map(|(_, sample)| *sample));
            *held += samples.len();
        });
        self.fold();
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        if !is_automatic(result) {
            return None;
        }
        let (at, value) = (result.seconds(PERIOD_END)?, result.number(VALUE)?);
        let value = if is_marked(result) { 0.0 } else { value };
        let new = || (result.cell(VALUE), Series::default());
        self.points.of(result, new)?.1.push(Sample { at, value, id: result.place().id });
        self.held += 1;
        self.fold();
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (_, (cell, series)) in self.points.iter_mut() {
            let runs = std::mem::take(series).runs(self.least);
            findings.judge(|findings| {
                runs.iter().filter(|run| run.first.value != 0.0).for_each(|run| object(run, *cell, findings));
                JUDGED
            });
        }
    }
}

impl Flatline {
    /// Folds all series where too many samples are held.
    fn fold(&mut self) {
        if self.held >= MOST_SAMPLES {
            self.points.iter_mut().for_each(|(_, (_, series))| series.fold(self.least));
            self.held = 0;
        }
    }
}

/// `cell` is any of the column's.
fn object(run: &Run, cell: Place, findings: &mut Findings) {
    let of = |sample: Sample| Place { id: sample.id, ..cell };
    let finding = findings.at_place(of(run.first)).related(of(run.last));
    let finding = finding.actual(run.first.value).with("count", run.count);
    if let Some(first) = mingcha_kit::values::date::from_seconds(run.first.at) {
        finding.with("first", first);
    }
}
