//! Times that cannot be: after the day of the audit, or made public before it was measured.

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::tables::emitter_result::{EMITTER_RESULT, PERIOD_END, PERIOD_START, PUBLISHED_AT, SAMPLED_ON};

rule! {
    /// ## 查什么
    /// 采样日期、时段、公开时间都不晚于检查日期;公开时间不早于监测结束(有时段结束的以它为准,没有的以采样日期为准)。
    /// 公开时间只写了日期的,按日期比较。每条记录只报最先发现的一处。
    ///
    /// ## 为什么
    /// 还没到的日子不会有监测结果,没测完也不可能公开。多为年份、月份录错,或者公开时间不是真实的。
    ///
    /// ## 怎么改
    /// 对照原始记录和平台上的发布时间,改正写错的日期。不要为了凑时限改日期。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,采样日期,监测值,公开时间
    /// DW001,化学需氧量,2016-09-08,38,2016-09-07 10:00
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,采样日期,监测值,公开时间
    /// DW001,化学需氧量,2016-09-08,38,2016-09-08
    /// ```
    /// ---
    /// ## What
    /// Day of sampling, period and time of publication are not after the day of the audit; publication is not before the
    /// measurement ended (end of the period, else day of sampling). A publication given as a day is compared as a day. Of
    /// each record only the first such fault is reported.
    ///
    /// ## Why
    /// There are no results of days to come, and none before the test is over: a year or month was mistyped, or the time of
    /// publication is not the true one.
    ///
    /// ## How to mend
    /// Correct the date after the raw record and the platform. Never change a date to meet a deadline.
    pub static RULE = Rule {
        id: "env/result-future",
        title: text("监测结果日期不合理", "Impossible date of a result"),
        over: Reading::of(&EMITTER_RESULT, &[]).and_optional(&COLUMNS),
        messages: &[
            Message::new(
                "{times}{actual}晚于检查日期{audited}",
                "{times}, {actual}, is after the day of the audit, {audited}",
            ),
            Message::named(
                "published-before",
                "公开时间{actual}早于监测时间{measured}",
                "It was published at {actual}, before it was measured ({measured})",
            ),
        ],
        screen: Some(screen),
        check: Check::Row(result_future),
        ..Rule::EMPTY
    };
}

const DAY: i64 = 86_400;

const COLUMNS: [Column; 4] = [SAMPLED_ON, PERIOD_START, PERIOD_END, PUBLISHED_AT];

/// Almost all are periods that ended before the day of the audit was over, and were published after they ended.
fn screen(results: &Batch) -> Screen {
    let tomorrow = tomorrow(results.task());
    let (sampled, starts) = (results.column(SAMPLED_ON), results.seconds(PERIOD_START));
    let (ends, published) = (results.seconds(PERIOD_END), results.seconds(PUBLISHED_AT));
    Screen::passes(results, |index| {
        sampled.state(index) == State::Blank
            && starts.at(index).is_none_or(|start| start < tomorrow)
            && ends.at(index).is_some_and(|end| {
                end <= tomorrow && published.at(index).is_none_or(|at| end <= at && at < tomorrow)
            })
    })
}

fn result_future(result: &Row, findings: &mut Findings) -> Judged {
    let as_of = result.task().as_of;
    let tomorrow = tomorrow(result.task());
    let sampled = result.date(SAMPLED_ON).map(|day| i64::from(date::days_since_epoch(day)) * DAY);
    let (start, end) = (result.seconds(PERIOD_START), result.seconds(PERIOD_END));
    let published = result.seconds(PUBLISHED_AT);
    // The last period of a day ends where the next day begins.
    let times = [sampled, start, end.map(|end| end - 1), published];
    if times.iter().all(Option::is_none) {
        return None;
    }
    if let Some(at) = times.iter().position(|time| time.is_some_and(|time| time >= tomorrow)) {
        let column = COLUMNS[at];
        let finding = findings.at(result, column).with("times", &[column][..]).with("audited", as_of);
        if column == SAMPLED_ON {
            finding.actual(result.date(SAMPLED_ON)?);
        } else {
            finding.actual(result.instant(column)?);
        }
    } else if let (Some(published), Some(measured)) = (published, end.or(sampled))
        && is_before(published, end, sampled)
        && let (Some(actual), Some(measured)) = (date::from_seconds(published), date::from_seconds(measured))
    {
        let finding = findings.at(result, PUBLISHED_AT).actual(actual).saying("published-before");
        match end {
            Some(_) => finding.with("measured", measured),
            None => finding.with("measured", measured.date()),
        };
    }
    JUDGED
}

/// The first second after the day of the audit.
fn tomorrow(task: &Task) -> i64 {
    (i64::from(date::days_since_epoch(task.as_of)) + 1) * DAY
}

/// Whether it was public before the period ended or the sample was taken. Midnight stands for a publication of which only
/// the day is known.
fn is_before(published: i64, end: Option<i64>, sampled: Option<i64>) -> bool {
    match (end, sampled) {
        (Some(end), _) if published.rem_euclid(DAY) == 0 => {
            published.div_euclid(DAY) < (end - 1).div_euclid(DAY)
        }
        (Some(time), _) | (None, Some(time)) => published < time,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_publication_is_compared_as_a_day() {
        let noon = DAY / 2;
        let ended = |published, end| is_before(published, Some(end), None);
        assert!(!ended(3 * DAY, 3 * DAY + noon), "published on the day of the measurement");
        assert!(!ended(3 * DAY, 4 * DAY), "the last period of the day ends at midnight");
        assert!(ended(3 * DAY, 4 * DAY + noon));
        assert!(ended(3 * DAY + noon, 3 * DAY + noon + 1) && !ended(3 * DAY + noon, 3 * DAY + noon));
    }

    #[test]
    fn a_sample_is_published_on_its_day_at_the_earliest() {
        let sampled = |published| is_before(published, None, Some(3 * DAY));
        assert!(sampled(2 * DAY) && sampled(3 * DAY - 1));
        assert!(!sampled(3 * DAY) && !sampled(3 * DAY + 1));
    }
}
