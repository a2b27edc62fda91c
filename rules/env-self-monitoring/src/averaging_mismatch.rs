//! A mean of an hour or two is called an exceedance of a limit for the mean of a day.

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::measurement::{is_automatic, is_beyond, measured, only_beyond};
use crate::planned::Planned;
use crate::tables::emitter_plan::{self, AVERAGING, DAILY_MEAN, EMITTER_PLAN, STANDARD_NO};
use crate::tables::emitter_result::{
    EMITTER_RESULT, LIMIT_VALUE, METHOD, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, QUALIFIER,
    SAMPLED_ON, USCC, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 方案写明限值为日均值的(均值类型没有写、执行标准为GB 18918的,也按日均值),自动监测的单个时段均值超过限值时提示。
    /// 单个均值没有超过限值的不查:都不超过,日均值也不会超过。日均值数据(时段12小时以上)和手工监测不查。
    ///
    /// ## 为什么
    /// 限值是日均值,就要用当日全部数据的平均值评价。单个2小时均值超过限值,不等于超标。
    ///
    /// ## 怎么改
    /// 计算当日均值,按日均值填写达标情况和超标倍数;单个时段的数据,达标情况写“未评价”。日均值确实超过的,才是超标。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限,均值类型
    /// 91652302948219939M,DW001,化学需氧量,连续,50,日均值
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值,标准限值
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-06 02:00,2016-09-06 04:00,54,50
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限,均值类型
    /// 91652302948219939M,DW001,化学需氧量,连续,50,日均值
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值,标准限值
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-06 02:00,2016-09-06 04:00,48,50
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-06 00:00,2016-09-07 00:00,53,50
    /// ```
    /// ---
    /// ## What
    /// Where the plan says that the limit is one for daily means (or says nothing, and the standard is GB 18918), a single
    /// automatic mean beyond it is pointed out. Single means within the limit are left alone, for then the day's mean is
    /// within it too; so are daily means (12 hours and more) and manual tests.
    ///
    /// ## Why
    /// A limit for daily means is compared with the mean of the day. One mean of two hours above it is no exceedance.
    ///
    /// ## How to mend
    /// Work out the mean of the day and judge that; write 未评价 beside the single means.
    pub static RULE = Rule {
        id: "env/averaging-mismatch",
        title: text("日均限值按单个时段评价", "Daily limit applied to a single mean"),
        severity: Severity::Notice,
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, VALUE, LIMIT_VALUE])
            .and_optional(&[PERIOD_START, PERIOD_END, METHOD, SAMPLED_ON, VALUE_CORRECTED, QUALIFIER, WATER_TEMP]),
        beside: &[Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC, emitter_plan::POLLUTANT]).and_optional(&[
            emitter_plan::POINT_CODE, emitter_plan::POINT_NAME, AVERAGING, STANDARD_NO,
        ])],
        bases: &[bases::GB_18918_DAILY],
        messages: &[Message::new(
            "{point_code}“{pollutant}”的限值{limit_value}为日均值,应按日均值评价;单个时段的{actual}超过限值不等于超标",
            "The limit {limit_value} of {point_code} “{pollutant}” is one for daily means; a single mean of {actual} above it is no exceedance",
        )],
        check: Check::Inspection(|_| Box::new(AveragingMismatch(Planned::by(|line| Some(is_daily(line)))))),
        ..Rule::EMPTY
    };
}

/// In seconds; what is longer counts as the mean of a day.
const HALF_A_DAY: i64 = 12 * 3600;

struct AveragingMismatch(Planned<bool>);

impl Inspection for AveragingMismatch {
    fn beside(&mut self, batch: &Batch) {
        self.0.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        Some(only_beyond(results))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        // Few records are, and the rest is dearer to find out.
        if !is_beyond(result)? || !is_automatic(result) {
            return None;
        }
        let end = result.seconds(PERIOD_END)?;
        if result.seconds(PERIOD_START).is_some_and(|start| end - start >= HALF_A_DAY) {
            return None;
        }
        let planned = self.0.of(result).filter(|planned| !planned.is_empty())?;
        if planned.iter().all(|daily| *daily) {
            let measured = measured(result)?;
            findings.at(result, measured.column()).actual(measured.value);
        }
        JUDGED
    }
}

fn is_daily(line: &Row) -> bool {
    match line.text(AVERAGING) {
        Some(averaging) => averaging == DAILY_MEAN,
        None => line.text(STANDARD_NO).is_some_and(|standard| key(standard).contains("18918")),
    }
}
