//! A manual result was made public too late.

use mingcha_kit::prelude::*;
use mingcha_kit::values::calendar::Calendar;

use crate::bases;
use crate::measurement::{is_manual, only_manual};
use crate::tables::emitter_result::{EMITTER_RESULT, METHOD, PERIOD_END, PUBLISHED_AT, SAMPLED_ON};

rule! {
    /// ## 查什么
    /// 手工监测结果的公开日期不晚于监测完成(有时段结束的,以结束日为准;没有的,以采样日期为准)的次日;2023年起不晚于
    /// 监测完成后5个工作日。次日是休息日、到下一个工作日才公开的,只提示。2023年起的年份没有工作日历数据时不查。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    ///
    /// ## 为什么
    /// 手工监测结果应于每次监测完成后的次日公布;2023年起按环办监测〔2023〕5号执行。
    ///
    /// ## 怎么改
    /// 监测当天就安排好次日公开;已经晚了的,保留真实的公开时间,写明原因,不要改日期。填错日期的改正。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测方式,采样日期,监测值,公开时间
    /// DW001,悬浮物,手工,2016-09-06,8,2016-09-09 10:00
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测方式,采样日期,监测值,公开时间
    /// DW001,悬浮物,手工,2016-09-06,8,2016-09-07 18:00
    /// ```
    /// ---
    /// ## What
    /// A manual result is public by the day after the test was finished (end of its period, else day of sampling); from 2023
    /// within five working days. Where the next day was a day of rest and the result came on the next working day, only a
    /// notice. Without a calendar for a year from 2023 on, the rule does not apply.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    ///
    /// ## Why
    /// Manual results are published the day after each test; from 2023 环办监测〔2023〕5号 applies.
    ///
    /// ## How to mend
    /// Plan publication together with the test. What was late stays late: give the reason, never change the date.
    pub static RULE = Rule {
        id: "env/manual-late",
        title: text("手工监测结果公开超期", "Manual result published late"),
        over: Reading::of(&EMITTER_RESULT, &[PUBLISHED_AT]).and_optional(&[SAMPLED_ON, METHOD, PERIOD_END]),
        bases: &[bases::NEXT_DAY, bases::FIVE_WORKING_DAYS],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "手工监测结果{days}日后才公开,应于次日({expected})公开",
                "The manual result was published {days} days later, due the next day ({expected})",
            ),
            Message::named(
                "day-of-rest",
                "手工监测结果{days}日后才公开;次日为休息日,或可能因地方节假日顺延,请核对",
                "The manual result was published {days} days later; the next day was one of rest, or may have been by a local holiday",
            )
            .weighing(Severity::Notice),
            Message::named(
                "five-working-days",
                "手工监测结果{days}日后才公开,应于5个工作日内({expected}前)公开",
                "The manual result was published {days} days later, due within five working days (by {expected})",
            ),
        ],
        screen: Some(only_manual),
        check: Check::Row(manual_late),
        ..Rule::EMPTY
    };
}

/// No holiday with the weekends about it is longer, so later than this is late whatever the calendar.
const LONGEST_REST: Days = Days::new(9);

fn manual_late(result: &Row, findings: &mut Findings) -> Judged {
    if !is_manual(result) {
        return None;
    }
    let sampled = result.date(SAMPLED_ON)?;
    let finished = result.instant(PERIOD_END).map_or(sampled, |end| sampled.max(end.date()));
    let published = result.instant(PUBLISHED_AT)?.date();
    let deadline = deadline(finished, result.task().calendar())?;
    if published > deadline.due {
        let days = published.signed_duration_since(finished).num_days();
        let wording = if published <= deadline.excused { "day-of-rest" } else { deadline.wording };
        let finding = findings.at(result, PUBLISHED_AT).expected(deadline.due).actual(published);
        finding.with("days", days).saying(wording);
    }
    JUDGED
}

struct Deadline {
    due: NaiveDate,
    /// Until then the calendar may be to blame.
    excused: NaiveDate,
    wording: &'static str,
}

fn deadline(finished: NaiveDate, calendar: &Calendar) -> Option<Deadline> {
    let doubtful = |due: NaiveDate| due.checked_add_days(LONGEST_REST);
    if bases::SINCE_FIVE_WORKING_DAYS.is_some_and(|since| finished >= since) {
        let due = calendar.add_working_days(finished, 5).ok()?;
        let excused = if due.unsettled { doubtful(due.date)? } else { due.date };
        return Some(Deadline { due: due.date, excused, wording: "five-working-days" });
    }
    let next_day = finished.succ_opt()?;
    let excused = match calendar.due_calendar_days(finished, 1) {
        Ok(due) if !due.unsettled => due.date,
        _ => doubtful(next_day)?,
    };
    Some(Deadline { due: next_day, excused, wording: "default" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn the_next_day_is_due_and_the_next_working_day_excused() {
        let friday = deadline(day(2016, 10, 21), Calendar::xinjiang()).expect("a deadline");
        assert_eq!((friday.due, friday.excused), (day(2016, 10, 22), day(2016, 10, 24)));
        let before_the_national_holiday =
            deadline(day(2016, 9, 30), Calendar::xinjiang()).expect("a deadline");
        assert_eq!(before_the_national_holiday.excused, day(2016, 10, 8));
        let in_a_doubtful_week = deadline(day(2016, 9, 12), Calendar::xinjiang()).expect("a deadline");
        assert_eq!(in_a_doubtful_week.excused, day(2016, 9, 22));
    }

    #[test]
    fn without_a_calendar_a_long_delay_is_still_late() {
        let unknown = deadline(day(2019, 3, 4), Calendar::xinjiang()).expect("a deadline");
        assert_eq!((unknown.due, unknown.excused), (day(2019, 3, 5), day(2019, 3, 14)));
        assert!(deadline(day(2023, 3, 1), Calendar::xinjiang()).is_none());
    }
}
