//! `fee/stale-after-event`: a list older than a notice that has taken effect since.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;

use crate::bases::{ENTERPRISE_LISTS, PLAN_2016};
use crate::events::{self, Event, Events};
use crate::newest::{self, Newest, NewestVersions};
use crate::settings::TIMELY_DAYS;
use crate::tables::ADMINISTRATIVE_FEE;
use crate::tables::fee_publication::{FEE_PUBLICATION, VERSION_DATE};

/// An unsettled holiday moves a due date by a few days, not by weeks.
const DAYS_A_HOLIDAY_MAY_MOVE: u64 = 7;

rule! {
    /// ## 查什么
    /// 收费政策调整生效后,目录清单应当更新。清单最新版本的日期早于已经生效的政策文件的,予以提示;政策生效满 20 个工作日(设置项 `timely-days`)仍未更新的,作为错误。
    ///
    /// 同一清单分几个渠道公开的,看日期最新的一次。只含基金的清单,不看行政事业性收费的文件。没有该年度工作日数据的,只作提醒,不计算工作日。
    ///
    /// 政策事件见参考数据 `fee-policy-events`,可随报送材料提交“收费政策事件”表补充。
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// ## 为什么
    /// 目录清单要求实时公开、实时更新。旧清单会让已经取消的项目看起来还在收。
    /// ## 怎么改
    /// 对照该文件逐项核对清单,更新后重新公开,并把新的版本日期填入公开记录。核对后清单内容不需变动的,也应更新版本日期,表明已经核对。
    /// ## 例
    /// ```csv bad as-of=2016-11-30
    /// 版本日期,公开渠道
    /// 2016-03-01,政府网站
    /// ```
    /// ```csv good as-of=2016-11-30
    /// 版本日期,公开渠道
    /// 2016-05-03,政府网站
    /// ```
    /// ---
    /// ## What
    /// A list is brought up to date when a notice takes effect. A list older than such a notice is a warning, and an
    /// error once 20 working days (`timely-days`) have passed.
    ///
    /// Of several publications of one list the newest counts. Lists of funds alone are not measured by notices on fees.
    /// Where the working days of a year are not known, the finding stays a warning.
    ///
    /// The notices are the facts `fee-policy-events`; a table 收费政策事件 handed in beside adds to them.
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// ## Why
    /// Lists must be published and kept up to date in real time.
    /// ## How to mend
    /// Check the list against the notice, publish it again and enter the new version date, also where nothing changed.
    pub(crate) static RULE = Rule {
        id: "fee/stale-after-event",
        title: text("政策调整后清单未更新", "List not updated after a policy change"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_PUBLICATION, &[VERSION_DATE]).and_optional(newest::COLUMNS),
        beside: &[events::READING],
        bases: &[ENTERPRISE_LISTS, PLAN_2016],
        messages: &[
            Message::new(
                "{doc_no}自{effective_on}起生效,清单版本{version_date}未更新({days}个工作日)",
                "{doc_no} took effect on {effective_on}; the list of {version_date} is not up to date after {days} working days",
            ),
            Message::named(
                "recent",
                "{doc_no}自{effective_on}起生效,清单版本{version_date}尚未更新({days}个工作日)",
                "{doc_no} took effect on {effective_on}; the list of {version_date} is not yet up to date after {days} working days",
            )
            .weighing(Severity::Warning),
            Message::named(
                "unsettled",
                "{doc_no}自{effective_on}起生效,清单版本{version_date}未更新({days}个工作日;期限可能因地方节假日顺延)",
                "{doc_no} took effect on {effective_on}; the list of {version_date} is not up to date after {days} working days, but a local holiday may extend the time",
            )
            .weighing(Severity::Warning),
            Message::named(
                "uncounted",
                "{doc_no}自{effective_on}起生效,清单版本{version_date}未更新(缺少该年度工作日数据,未计算期限)",
                "{doc_no} took effect on {effective_on}; the list of {version_date} is not up to date; working days of that year are not known",
            )
            .weighing(Severity::Warning),
            Message::named(
                "unverified",
                "{doc_no}据记载自{effective_on}起生效,清单版本{version_date}未更新(依据待核,请先核对文件)",
                "{doc_no} is said to have taken effect on {effective_on}; the list of {version_date} is not up to date; check the document first",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(StaleAfterEvent { events: Events::shipped(), lists: NewestVersions::default() })),
        ..Rule::EMPTY
    };
}

struct StaleAfterEvent {
    events: Events,
    lists: NewestVersions,
}

impl Inspection for StaleAfterEvent {
    fn beside(&mut self, batch: &Batch) {
        self.events.read(batch);
    }

    fn record(&mut self, publication: &Row, _: &mut Findings) -> Judged {
        self.lists.take(publication)?;
        None // lists are judged, not records
    }

    fn close(&mut self, findings: &mut Findings) {
        for list in self.lists.in_order() {
            findings.judge(|findings| {
                self.judge(list, findings);
                JUDGED
            });
        }
    }
}

impl StaleAfterEvent {
    fn judge(&self, list: Newest, findings: &mut Findings) {
        let concerns =
            |event: &&Event| !(list.funds_only && event.nature.as_deref() == Some(ADMINISTRATIVE_FEE));
        let since = self.events.iter().filter(|event| list.version < event.effective_on).filter(concerns);
        let mut notices: BTreeMap<(NaiveDate, &str), bool> = BTreeMap::new();
        for event in since.filter(|event| event.effective_on < findings.task().as_of) {
            *notices.entry((event.effective_on, &event.doc_no)).or_default() |= event.verified;
        }
        for ((effective_on, doc_no), verified) in notices {
            let (wording, days) = weigh(effective_on, verified, findings.task());
            let finding = findings
                .at_place(list.place.cell(VERSION_DATE))
                .saying(wording)
                .with("doc_no", doc_no)
                .with("effective_on", effective_on)
                .with("version_date", list.version);
            if let Some(days) = days {
                finding.with("days", days);
            }
        }
    }
}

/// The wording for a notice in force since that day, and the working days since, where they are known.
fn weigh(effective_on: NaiveDate, verified: bool, task: &Task) -> (&'static str, Option<u32>) {
    if !verified {
        return ("unverified", None);
    }
    let calendar = task.calendar();
    let allowed = u32::try_from(task.settings.integer(&TIMELY_DAYS)).unwrap_or(0);
    let counted = calendar.working_days_between(effective_on, task.as_of).ok();
    let (Some(days), Ok(due)) = (counted, calendar.add_working_days(effective_on, allowed)) else {
        return ("uncounted", None);
    };
    let near = task.as_of <= due.date + Days::new(DAYS_A_HOLIDAY_MAY_MOVE);
    let wording = match () {
        () if task.as_of <= due.date => "recent",
        () if due.unsettled && near => "unsettled",
        () => "default",
    };
    (wording, Some(days))
}
