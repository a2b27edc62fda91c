//! `fee/no-portal`: a body that publishes its list anywhere but on the government's website.

use mingcha_kit::prelude::*;

use crate::bases::{ENTERPRISE_LISTS, PLAN_2016};
use crate::publishers::Publishers;
use crate::tables::fee_publication::{
    CHANNEL, FEE_PUBLICATION, PORTAL, PUBLISHER, REGION_CODE, URL, channels,
};

rule! {
    /// ## 查什么
    /// 每个地区(没有地区的,按发布单位)的收费目录清单,至少应在政府网站公开一次。“公开渠道”一栏可以写几个渠道,其中有政府网站即可;没有填写渠道而网址以 .gov.cn 结尾的,视为政府网站。
    ///
    /// 只检查交来公开记录的地区和单位。
    /// ## 为什么
    /// 收费目录清单应通过政府网站和公共媒体向社会公开。只贴在公告栏或发在微信里,多数企业看不到。
    /// ## 怎么改
    /// 在政府门户网站公开清单,并补一条公开记录,渠道写“政府网站”,填上网址。
    /// ## 例
    /// ```csv bad
    /// 版本日期,公开渠道
    /// 2016-08-01,公告栏
    /// ```
    /// ```csv good
    /// 版本日期,公开渠道
    /// 2016-08-01,公告栏
    /// 2016-08-01,政府网站
    /// ```
    /// ---
    /// ## What
    /// Each division (or publisher, where no division is named) publishes its list on the government's website at least
    /// once. A cell may name several channels; a blank one with an address under .gov.cn counts as the website.
    /// ## Why
    /// Lists are published on government websites and in public media.
    /// ## How to mend
    /// Put the list on the portal and add a record of that publication with its address.
    pub(crate) static RULE = Rule {
        id: "fee/no-portal",
        title: text("未在政府网站公开", "Not on the government's website"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_PUBLICATION, &[CHANNEL]).and_optional(&[URL, REGION_CODE, PUBLISHER]),
        bases: &[ENTERPRISE_LISTS, PLAN_2016],
        messages: &[
            Message::new("{body}的收费目录清单未在政府网站公开", "The fee list of {body} is not on the government's website"),
            Message::named("unnamed", "收费目录清单未在政府网站公开", "The fee list is not on the government's website"),
        ],
        check: Check::Inspection(|_| Box::<NoPortal>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct NoPortal {
    publishers: Publishers,
}

impl Inspection for NoPortal {
    fn record(&mut self, publication: &Row, _: &mut Findings) -> Judged {
        let on_portal = match publication.text(CHANNEL) {
            Some(written) => channels(written).any(|channel| channel == PORTAL),
            None => publication.text(URL).is_some_and(is_government_address),
        };
        self.publishers.take(publication, on_portal);
        None // bodies are judged, not records
    }

    fn close(&mut self, findings: &mut Findings) {
        for body in self.publishers.in_order() {
            findings.judge(|findings| {
                if !body.found {
                    let wording = if body.name.is_empty() { "unnamed" } else { "default" };
                    let finding =
                        findings.at_place(body.place.cell(CHANNEL)).saying(wording).expected(PORTAL);
                    finding.with("body", body.name.as_str()).subject(body.name.as_str());
                }
                JUDGED
            });
        }
    }
}

fn is_government_address(url: &str) -> bool {
    let host =
        url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', ':', '?']).next().unwrap_or_default();
    host.to_ascii_lowercase().ends_with(".gov.cn")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_tells() {
        assert!(is_government_address("http://www.example.gov.cn/fee/list.html"));
        assert!(!is_government_address("http://example.com/www.example.gov.cn"));
    }
}
