//! `fee/no-public-media`: a body whose list is in no newspaper and on no air.

use mingcha_kit::prelude::*;

use crate::bases::{ENTERPRISE_LISTS, PLAN_2016};
use crate::publishers::Publishers;
use crate::tables::fee_publication::{
    CHANNEL, FEE_PUBLICATION, MEDIA_NAME, PUBLISHER, REGION_CODE, channels,
};

rule! {
    /// ## 查什么
    /// 每个地区(没有地区的,按发布单位)的收费目录清单,除政府网站外,至少应通过报纸、电视、广播等公共媒体公开一次。公告栏和微信、微博等新媒体不算公共媒体。“公开渠道”一栏可以写几个渠道;没有填写渠道的,看媒体名称。
    ///
    /// 只检查交来公开记录的地区和单位。
    /// ## 为什么
    /// 工作方案要求通过政府网站、报纸电视等公共媒体公开,让不上网的人也能知道。
    /// ## 怎么改
    /// 在当地报纸、电视或广播公开清单,并补一条公开记录,写明媒体名称和日期。
    /// ## 例
    /// ```csv bad
    /// 版本日期,公开渠道
    /// 2016-08-01,政府网站
    /// ```
    /// ```csv good
    /// 版本日期,公开渠道
    /// 2016-08-01,政府网站
    /// 2016-08-01,报纸
    /// ```
    /// ---
    /// ## What
    /// Each division (or publisher, where no division is named) publishes its list at least once in a newspaper, on
    /// television or radio. Notice boards and social media are no public media here. A cell may name several channels;
    /// where it is blank, the name of the medium tells.
    /// ## Why
    /// The plan asks for public media beside the website.
    /// ## How to mend
    /// Publish the list there and add a record of it.
    pub(crate) static RULE = Rule {
        id: "fee/no-public-media",
        title: text("未通过公共媒体公开", "Not in public media"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_PUBLICATION, &[CHANNEL]).and_optional(&[MEDIA_NAME, REGION_CODE, PUBLISHER]),
        bases: &[PLAN_2016, ENTERPRISE_LISTS],
        messages: &[
            Message::new("{body}的收费目录清单未通过报纸、电视等公共媒体公开", "The fee list of {body} is in no public media"),
            Message::named("unnamed", "收费目录清单未通过报纸、电视等公共媒体公开", "The fee list is in no public media"),
        ],
        check: Check::Inspection(|_| Box::<NoPublicMedia>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct NoPublicMedia {
    publishers: Publishers,
}

impl Inspection for NoPublicMedia {
    fn record(&mut self, publication: &Row, _: &mut Findings) -> Judged {
        let named = publication.text(CHANNEL).or_else(|| publication.text(MEDIA_NAME));
        self.publishers.take(publication, named.is_some_and(|cell| channels(cell).any(is_public)));
        None // bodies are judged, not records
    }

    fn close(&mut self, findings: &mut Findings) {
        for body in self.publishers.in_order() {
            findings.judge(|findings| {
                if !body.found {
                    let wording = if body.name.is_empty() { "unnamed" } else { "default" };
                    let finding = findings.at_place(body.place.cell(CHANNEL)).saying(wording);
                    finding.with("body", body.name.as_str()).subject(body.name.as_str());
                }
                JUDGED
            });
        }
    }
}

fn is_public(channel: &str) -> bool {
    ["报纸", "电视", "广播"].contains(&channel) || channel.contains("公共媒体")
}
