//! `fee/basis-after-publication`: a list that cites a document younger than itself.

use mingcha_kit::prelude::*;

use crate::sources;
use crate::tables::fee_catalogue::{BASIS, CATALOGUE_ID, FEE_CATALOGUE, ITEM_NAME, REGION_CODE};
use crate::versions::{self, Versions};

rule! {
    /// ## 查什么
    /// 清单的政策依据,文号年份不应晚于清单的版本日期。
    ///
    /// 版本日期取自公开记录(同一清单编号或同一地区);没有公开记录的不查。晚于检查基准日的年份,由 `fee/docno-year` 检查。
    /// ## 为什么
    /// 旧清单引用不了后来的文件。出现这种情况,不是文号抄错,就是清单改了而版本日期没有改。
    /// ## 怎么改
    /// 核对文号;清单确已更新的,重新公开,并把新的版本日期填入公开记录。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例考试费,财税〔2016〕11号
    /// ```
    /// ```csv bad
    /// 版本日期,公开渠道
    /// 2015-12-20,政府网站
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例考试费,财税〔2016〕11号
    /// ```
    /// ```csv good
    /// 版本日期,公开渠道
    /// 2016-05-03,政府网站
    /// ```
    /// ---
    /// ## What
    /// No document cited in a list is of a later year than the list's version, which is taken from the publications
    /// handed in. Lists without one are left out.
    /// ## Why
    /// An old list cannot cite a later document: the number is wrong, or the list was changed and its version was not.
    /// ## How to mend
    /// Check the number; if the list is newer, publish it again and enter the new version date.
    pub(crate) static RULE = Rule {
        id: "fee/basis-after-publication",
        title: text("依据晚于清单版本", "Basis younger than the list"),
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME, REGION_CODE, CATALOGUE_ID]),
        beside: &[versions::READING],
        messages: &[Message::new(
            "“{item_name}”依据文号“{text}”晚于清单版本日期{version_date}",
            "“{item_name}” cites “{text}”, which is younger than the list's version of {version_date}",
        )],
        check: Check::Inspection(|_| Box::<BasisAfterPublication>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct BasisAfterPublication {
    versions: Versions,
}

impl Inspection for BasisAfterPublication {
    fn beside(&mut self, batch: &Batch) {
        self.versions.read(batch);
    }

    fn record(&mut self, item: &Row, findings: &mut Findings) -> Judged {
        let sources = item.by_value(BASIS, sources::read)?;
        let version = self.versions.known(item)?;
        let years = (version.year() + 1)..=item.task().as_of.year();
        let younger =
            sources.found.iter().filter(|source| source.year.is_some_and(|year| years.contains(&year)));
        if let Some(newest) = younger.max_by_key(|source| source.year) {
            let finding = findings.at(item, BASIS).with("text", newest.canonical());
            finding.with("version_date", version);
        }
        JUDGED
    }
}
