//! `fee/fund-set-locally`: a government fund without central authority.

use mingcha_kit::prelude::*;
use values::issuer::IssuerLevel;

use crate::bases::LAWFUL_FUND;
use crate::sources::{self, Heads};
use crate::tables::GOVERNMENT_FUND;
use crate::tables::fee_catalogue::{BASIS, CENTRAL, FEE_CATALOGUE, ITEM_NAME, NATURE, SET_LEVEL};

rule! {
    /// ## 查什么
    /// 性质为“政府性基金”的项目,设立级次应为“中央”,依据中应有法律、行政法规或国务院、财政部文件。
    ///
    /// 依据的文号中有机关代字不在代字表中的,无法判断级次,不提示。
    ///
    /// 文件级次按参考数据 `issuer-heads` 中的发文代字判断,可用设置 `central-heads`、`regional-heads`、`prefecture-heads`、`county-heads`
    ///  补充或改判。
    /// ## 为什么
    /// 政府性基金须依据法律、行政法规、国务院规定或经财政部批准设立,自治区和州、县都无权设立。
    /// ## 怎么改
    /// 核对该基金是否在全国政府性基金目录清单中:在,就改正级次、补充中央依据;不在,就停止征收并移出清单。
    /// ## 例
    /// ```csv bad
    /// 收费项目,收费性质,设立级次,政策依据
    /// 示例发展基金,政府性基金,自治区,新政办发〔2014〕5号
    /// ```
    /// ```csv good
    /// 收费项目,收费性质,设立级次,政策依据
    /// 示例发展基金,政府性基金,中央,财综〔2010〕98号、新政办发〔2014〕5号
    /// ```
    /// ---
    /// ## What
    /// A government fund is set up by the central authorities and names a law, an administrative regulation, or a
    /// document of the State Council or the Ministry of Finance.
    ///
    /// A document whose head is in no table is given the benefit of the doubt.
    ///
    /// Levels follow from the heads of document numbers in the facts `issuer-heads`; the settings `central-heads`,
    /// `regional-heads`, `prefecture-heads` and `county-heads` stand before them.
    /// ## Why
    /// Neither the autonomous region nor anybody below it may set up a fund.
    /// ## How to mend
    /// If the fund is on the national list, correct its level and name the central source. If not, stop levying it.
    pub(crate) static RULE = Rule {
        id: "fee/fund-set-locally",
        title: text("地方自行设立政府性基金", "Government fund set up locally"),
        over: Reading::of(&FEE_CATALOGUE, &[NATURE]).and_optional(&[ITEM_NAME, SET_LEVEL, BASIS]),
        bases: &[LAWFUL_FUND],
        messages: &[
            Message::new(
                "政府性基金“{item_name}”须有法律、行政法规、国务院或财政部依据",
                "The government fund “{item_name}” needs a law, an administrative regulation, or a document of the State Council or the Ministry of Finance",
            ),
            Message::named(
                "level",
                "政府性基金“{item_name}”设立级次为“{set_level}”,只有中央可以设立",
                "The government fund “{item_name}” was set up by “{set_level}”; only the central authorities may",
            ),
        ],
        check: Check::Inspection(|task| Box::new(FundSetLocally { heads: Heads::of(task) })),
        ..Rule::EMPTY
    };
}

struct FundSetLocally {
    heads: Heads,
}

impl Inspection for FundSetLocally {
    fn record(&mut self, item: &Row, findings: &mut Findings) -> Judged {
        if item.text(NATURE)? != GOVERNMENT_FUND {
            return None;
        }
        let level = item.text(SET_LEVEL);
        if level.is_some_and(|level| !level.contains(CENTRAL) && !level.contains("国家")) {
            findings.at(item, SET_LEVEL).saying("level").expected(CENTRAL);
            return JUDGED;
        }
        let levels = item.by_value(BASIS, sources::read).and_then(|sources| self.heads.levels(&sources));
        match levels {
            Some(levels) if !levels.contains(&IssuerLevel::Central) => {
                findings.at(item, BASIS);
            }
            None if level.is_none() => return None,
            _ => {}
        }
        JUDGED
    }
}
