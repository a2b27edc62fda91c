//! `fee/never-updated-year`: a list nobody has touched for a year.

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2016;
use crate::newest::{self, NewestVersions};
use crate::settings::MAX_AGE_DAYS;
use crate::tables::fee_publication::{FEE_PUBLICATION, VERSION_DATE};

rule! {
    /// ## 查什么
    /// 目录清单最新版本的日期,距检查基准日超过365天(设置项 `max-age-days`)的,予以提示。
    ///
    /// 同一清单分几个渠道、几次公开的,看日期最新的一次。
    /// ## 为什么
    /// 工作方案要求目录清单实时更新。一年没有动过的清单,多半没有人核对过。
    /// ## 怎么改
    /// 核对清单,重新公开,并把新的版本日期填入公开记录。内容不需变动的,也应更新版本日期,表明已经核对。
    /// ## 例
    /// ```csv bad as-of=2016-11-30
    /// 版本日期,公开渠道
    /// 2015-11-29,政府网站
    /// ```
    /// ```csv good as-of=2016-11-30
    /// 版本日期,公开渠道
    /// 2015-11-29,政府网站
    /// 2016-05-03,政府网站
    /// ```
    /// ---
    /// ## What
    /// The newest version of a list is not older than 365 days (`max-age-days`) on the day of the audit.
    /// ## Why
    /// Lists are to be kept up to date; one untouched for a year was probably never looked at.
    /// ## How to mend
    /// Check the list, publish it again and enter the new version date, also where nothing changed.
    pub(crate) static RULE = Rule {
        id: "fee/never-updated-year",
        title: text("清单一年以上未更新", "List not updated for a year"),
        severity: Severity::Notice,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_PUBLICATION, &[VERSION_DATE]).and_optional(newest::COLUMNS),
        bases: &[PLAN_2016],
        messages: &[Message::new("清单版本{version_date}已{days}天未更新", "The list of {version_date} has not been updated for {days} days")],
        check: Check::Inspection(|_| Box::<NeverUpdatedYear>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct NeverUpdatedYear {
    lists: NewestVersions,
}

impl Inspection for NeverUpdatedYear {
    fn record(&mut self, publication: &Row, _: &mut Findings) -> Judged {
        self.lists.take(publication)?;
        None // lists are judged, not records
    }

    fn close(&mut self, findings: &mut Findings) {
        let limit = findings.task().settings.integer(&MAX_AGE_DAYS);
        for list in self.lists.in_order() {
            findings.judge(|findings| {
                let days = (findings.task().as_of - list.version).num_days();
                if days > limit {
                    let finding = findings.at_place(list.place.cell(VERSION_DATE));
                    finding.with("version_date", list.version).with("days", days);
                }
                JUDGED
            });
        }
    }
}
