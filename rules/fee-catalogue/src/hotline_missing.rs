//! `fee/hotline-missing`: a body that publishes its list without a complaints line.

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2016;
use crate::publishers::Publishers;
use crate::tables::fee_publication::{FEE_PUBLICATION, HOTLINE, PUBLISHER, REGION_CODE};

rule! {
    /// ## 查什么
    /// 每个地区(没有地区的,按发布单位)公开收费目录清单时,至少有一条公开记录写明投诉举报电话。
    ///
    /// 只检查交来公开记录的地区和单位。
    /// ## 为什么
    /// 工作方案要求公开收费清单的同时公布投诉举报电话,群众遇到乱收费才知道找谁。
    /// ## 怎么改
    /// 在清单页面上公布电话,并把号码填入“投诉举报电话”一栏,如“0994-1234560”“12358”。
    /// ## 例
    /// ```csv bad
    /// 版本日期,公开渠道,投诉举报电话
    /// 2016-08-01,政府网站,
    /// ```
    /// ```csv good
    /// 版本日期,公开渠道,投诉举报电话
    /// 2016-08-01,政府网站,12358
    /// ```
    /// ---
    /// ## What
    /// Each division (or publisher, where no division is named) that publishes its list gives a complaints line in at
    /// least one of its publications. Only bodies whose publications were handed in are judged.
    /// ## Why
    /// The plan asks for the number, so that people know whom to call.
    /// ## How to mend
    /// Publish the number beside the list and enter it in 投诉举报电话.
    pub(crate) static RULE = Rule {
        id: "fee/hotline-missing",
        title: text("未公布投诉举报电话", "No complaints line published"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_PUBLICATION, &[]).and_optional(&[HOTLINE, REGION_CODE, PUBLISHER]),
        bases: &[PLAN_2016],
        messages: &[
            Message::new("{body}未公布投诉举报电话", "{body} publishes no complaints line"),
            Message::named("unnamed", "未公布投诉举报电话", "No complaints line is published"),
        ],
        check: Check::Inspection(|_| Box::<HotlineMissing>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct HotlineMissing {
    publishers: Publishers,
}

impl Inspection for HotlineMissing {
    fn record(&mut self, publication: &Row, _: &mut Findings) -> Judged {
        self.publishers.take(publication, publication.is_filled(HOTLINE));
        None // bodies are judged, not records
    }

    fn close(&mut self, findings: &mut Findings) {
        for body in self.publishers.in_order() {
            findings.judge(|findings| {
                if !body.found {
                    let wording = if body.name.is_empty() { "unnamed" } else { "default" };
                    let finding = findings.at_place(body.place.cell(HOTLINE)).saying(wording);
                    finding.with("body", body.name.as_str()).subject(body.name.as_str());
                }
                JUDGED
            });
        }
    }
}
