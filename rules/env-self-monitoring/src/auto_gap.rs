//! Days on which automatic data are incomplete and nobody said why.
//!
//! Memory: a bit mask per point, pollutant and day with data.

use mingcha_kit::{Finding, prelude::*};

use crate::automatic_days::{AutomaticDays, date_of, number};
use crate::bases;
use crate::exceptions::{self, Exception, Exceptions};
use crate::measurement::{automatic, is_automatic};
use crate::points::{self, Media};
use crate::tables::emitter_result::{
    EMITTER_RESULT, METHOD, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, SAMPLED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 自动监测全天连续:废气每天24个1小时均值,废水每天12个2小时均值。从某点位某污染物有数据的第一天到最后一天(指定了检查时段的,
    /// 为该时段),逐日清点;缺的时段没有“未开展自行监测说明”覆盖的,每天报一条,连续几天全无数据的合报一条,一断就是300天以上又有数据的,提醒核对年份。检查时段内所有点位
    /// 都没有数据、也没有说明的,多半是检查时段给错了,总共只报一条。检查日期当天及以后不查。
    /// 废气、废水按排放口编号(DA、DW)区分,其他编号看方案的污染源类别;都看不出的不查。
    ///
    /// ## 为什么
    /// 缺数而不说明,无法区分停产、故障和有意不测。
    ///
    /// ## 怎么改
    /// 补传缺少的时段;确实没有监测的,在“未开展自行监测说明”中写明起止日期、排放口和原因并公开。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 00:00,2016-09-01 02:00,31
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 02:00,2016-09-01 04:00,33
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 00:00,2016-09-01 02:00,31
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 02:00,2016-09-01 04:00,33
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-03,设备检修
    /// ```
    /// ---
    /// ## What
    /// Automatic monitoring goes on all day: 24 means of one hour for waste gas, 12 of two hours for wastewater. From the
    /// first to the last day with data of a point and pollutant (or over the period of the audit), each day with fewer that
    /// no declared exception covers is a finding; days in a row without any are one, and a leap of 300 days or
    /// more asks whether a year is mistyped. Where no point has data or an exception
    /// in the period, that is one finding in all: the period may be wrong. The day of the audit and later are left out. DA and
    /// DW in the point's code tell gas from water, else the plan does.
    ///
    /// ## Why
    /// Data missing without a word may be a stop, a fault, or not wanting to know.
    ///
    /// ## How to mend
    /// Upload what is missing, or declare and publish from when to when the point was not monitored, and why.
    pub static RULE = Rule {
        id: "env/auto-gap",
        title: text("自动监测数据缺失未说明", "Automatic data missing without explanation"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, PERIOD_END])
            .and_optional(&[PERIOD_START, METHOD, SAMPLED_ON])
            .presence(Presence::Optional),
        beside: &[exceptions::READING, points::MEDIA],
        bases: &[bases::ALL_DAY, bases::REASON_DISCLOSED, bases::PLAN_2016],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{point}“{pollutant}”{day}自动数据应有{expected}个时段,缺{difference}个且未说明原因",
                "{point} “{pollutant}”: of {expected} automatic means on {day}, {difference} are missing without a reason",
            ),
            Message::named(
                "days",
                "{point}“{pollutant}”{first}至{last}连续{days}天没有自动数据且未说明原因",
                "{point} “{pollutant}”: no automatic means from {first} to {last} ({days} days), without a reason",
            ),
            Message::named(
                "year",
                "{point}“{pollutant}”的自动数据从{first}一下跳到{last},中间{days}天没有;年份可能填错,请先核对",
                "{point} “{pollutant}”: the automatic means leap from {first} to {last}, over {days} days; perhaps a year is mistyped",
            )
            .weighing(Severity::Warning),
            Message::named(
                "nothing",
                "检查时段{period}内,{points}个点位污染物都没有自动数据(提交的数据为{first}至{last});请核对检查时段,或补交该时段的数据",
                "Nothing automatic was handed in for {period}, at any of {points} points and pollutants (there is data from {first} to {last}); check the period, or hand in its data",
            ),
        ],
        check: Check::Inspection(|_| Box::new(AutoGap::default())),
        ..Rule::EMPTY
    };
}

struct AutoGap {
    exceptions: Exceptions,
    media: Media,
    points: Groups<Option<AutomaticDays>>,
}

impl Default for AutoGap {
    fn default() -> Self {
        let points = Groups::by(&[USCC, POINT_CODE, POLLUTANT]);
        Self { exceptions: Exceptions::default(), media: Media::default(), points }
    }
}

impl Inspection for AutoGap {
    fn beside(&mut self, batch: &Batch) {
        self.exceptions.add(batch);
        self.media.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let (starts, ends) = (results.seconds(PERIOD_START), results.seconds(PERIOD_END));
        let (automatic, media) = (automatic(results), &self.media);
        self.points.each_picked(
            results,
            |index| Some((starts.at(index), ends.at(index).filter(|_| automatic[index])?)),
            |result| AutomaticDays::of(result, media),
            |days, means| {
                let Some(days) = days else { return };
                days.first = days.first.min(results.row(means[0].0 as usize).place());
                means.iter().for_each(|(_, (start, end))| days.mark(*start, *end));
            },
        );
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        if !is_automatic(result) {
            return None;
        }
        let end = result.seconds(PERIOD_END)?;
        let media = &self.media;
        let days = self.points.of(result, || AutomaticDays::of(result, media))?.as_mut()?;
        days.first = days.first.min(result.place());
        days.mark(result.seconds(PERIOD_START), end);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        self.points.iter_mut().filter_map(|(_, days)| days.as_mut()).for_each(AutomaticDays::flush);
        let days = self.points.iter().filter_map(|(_, days)| days.as_ref());
        let points: Vec<_> = days.map(|days| Judge::new(days, &self.exceptions)).collect();
        let window = Window::of(findings.task());
        if window.is_of_another_time(&points) {
            findings.judge(|findings| nothing_handed_in(&points, findings));
        } else {
            points.iter().for_each(|point| point.judge(window, findings));
        }
    }
}

/// Objects once, to the period as a whole.
fn nothing_handed_in(points: &[Judge], findings: &mut Findings) -> Judged {
    let spans = || points.iter().filter_map(|point| point.days.span());
    let first = spans().map(|(first, _)| first).min().and_then(date_of)?;
    let last = spans().map(|(_, last)| last).max().and_then(date_of)?;
    let place = points.iter().map(|point| point.days.first).min()?;
    let period = findings.task().period.clone()?;
    let finding = findings.about(period.name.clone()).saying("nothing").related(place);
    finding.with("period", period.name).with("first", first).with("last", last).with("points", points.len());
    JUDGED
}

/// A point and pollutant, and what there is to say of its days.
struct Judge<'a> {
    days: &'a AutomaticDays,
    excused: Vec<&'a Exception>,
}

impl<'a> Judge<'a> {
    fn new(days: &'a AutomaticDays, exceptions: &'a Exceptions) -> Self {
        Self { days, excused: exceptions.of(&days.key).collect() }
    }

    fn is_excused(&self, day: NaiveDate) -> bool {
        self.excused.iter().any(|exception| exception.covers(day))
    }

    /// The days with data are judged each; days in a row without any are judged as one.
    fn judge(&self, window: Window, findings: &mut Findings) {
        let Some((first, last)) = window.period.or(self.days.span()) else { return };
        let mut without: Option<(NaiveDate, NaiveDate)> = None;
        for day in (first..=last.min(window.last)).filter_map(date_of) {
            let (found, is_excused) = (self.days.found(day), self.is_excused(day));
            if found == 0 && !is_excused {
                without = Some((without.map_or(day, |(first, _)| first), day));
                continue;
            }
            let days = without.take();
            match days.filter(|days| found > 0 && window.period.is_none() && is_leap(*days)) {
                Some(days) => findings.judge(|findings| self.leap(days, findings)),
                None => self.without(days, findings),
            }
            if !is_excused {
                findings.judge(|findings| self.incomplete(day, found, findings));
            }
        }
        self.without(without, findings);
    }

    fn incomplete(&self, day: NaiveDate, found: u32, findings: &mut Findings) -> Judged {
        let means = self.days.means;
        if found < means {
            let finding = self.object(day.to_string(), findings).with("day", day);
            finding.expected(means).actual(found).difference(means - found);
        }
        JUDGED
    }

    /// Objects to days without data: to one as to any incomplete day, to more of them once.
    fn without(&self, days: Option<(NaiveDate, NaiveDate)>, findings: &mut Findings) {
        let Some((first, last)) = days else { return };
        findings.judge(|findings| {
            if first == last {
                return self.incomplete(first, 0, findings);
            }
            let days = days_of((first, last));
            let finding = self.object(format!("{first}..{last}"), findings).saying("days");
            finding.with("first", first).with("last", last).with("days", days);
            JUDGED
        });
    }

    /// Objects once to a leap of most of a year: what lies between was hardly ever to be monitored.
    fn leap(&self, (first, last): (NaiveDate, NaiveDate), findings: &mut Findings) -> Judged {
        let finding = self.object(format!("{first}..{last}"), findings).saying("year");
        finding
            .with("first", first.pred_opt()?)
            .with("last", last.succ_opt()?)
            .with("days", days_of((first, last)));
        JUDGED
    }

    fn object<'f>(&self, when: String, findings: &'f mut Findings) -> Finding<'f> {
        let AutomaticDays { emitter, point, pollutant, first, .. } = self.days;
        let finding = findings.about(format!("{emitter} {point} {pollutant} {when}")).related(*first);
        finding.with("point", point.as_str()).with("pollutant", pollutant.as_str())
    }

    /// Whether a day between these has data, or is excused.
    fn is_known_in(&self, (first, last): (i64, i64)) -> bool {
        (first..=last).filter_map(date_of).any(|day| self.days.found(day) > 0 || self.is_excused(day))
    }
}

/// Days in a row without data after which a mistyped year is likelier than a stop.
const LEAP: i64 = 300;

fn is_leap(days: (NaiveDate, NaiveDate)) -> bool {
    days_of(days) >= LEAP
}

fn days_of((first, last): (NaiveDate, NaiveDate)) -> i64 {
    last.signed_duration_since(first).num_days() + 1
}

/// The days that are judged, since 1970-01-01.
#[derive(Clone, Copy)]
struct Window {
    /// Those asked for.
    period: Option<(i64, i64)>,
    /// The day before the audit: its own is not over.
    last: i64,
}

impl Window {
    fn of(task: &Task) -> Self {
        let period = task.period.as_ref().map(|period| (number(period.first), number(period.last)));
        Self { period, last: number(task.as_of) - 1 }
    }

    /// Whether no point has data in the period, nor an excuse: then the period is wrong, or nothing was handed in for it.
    fn is_of_another_time(self, points: &[Judge]) -> bool {
        let Some((first, last)) = self.period else { return false };
        let last = last.min(self.last);
        first <= last && !points.iter().any(|point| point.is_known_in((first, last)))
    }
}
