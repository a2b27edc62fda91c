//! `fee/nature-missing`: an item that does not say what kind of charge it is, or says it in words nobody knows.

use mingcha_kit::prelude::*;

use crate::bases::ENTERPRISE_LISTS;
use crate::listing::list_of;
use crate::outline::{Carried, Item, Outline};
use crate::tables::NATURES;
use crate::tables::fee_catalogue::{
    BASIS, CATALOGUE_ID, DEPARTMENT, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, LIST_TITLE, NATURE, PUBLISHED_ON,
    REGION_CODE, REPORTER, ROW_NO, STANDARD_TEXT, STATUS, in_force,
};
use crate::unsaid::Unsaid;

rule! {
    /// ## 查什么
    /// 收费性质应写“行政事业性收费”“政府性基金”“经营服务性收费”或“涉企保证金”。整份清单都没有写的,只提示一次。
    ///
    /// 标题、表名或文件名只写了一种性质的清单(如“政府性基金目录清单”),不必逐行再写;上级标题写明的,对其下有序号的项目有效。已停征、取消的不查。
    /// ## 为什么
    /// 性质不同,谁有权设立、用什么票据、缴到哪里都不同。性质不明,其他规则也无法判断。
    /// ## 怎么改
    /// 在“收费性质”一栏补填,或改用上面四种写法之一。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,收费性质
    /// 示例考试费,《教育法》,行政事业性收费
    /// 示例检验费,《产品质量法》,
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,收费性质
    /// 示例考试费,《教育法》,行政事业性收费
    /// 示例检验费,《产品质量法》,事业性收费
    /// ```
    /// ---
    /// ## What
    /// Every item says whether it is an administrative fee, a government fund, a service fee or a deposit; a list that
    /// never says so gets one finding. A list whose title names one of these alone need not repeat it, and what a
    /// heading states holds for the numbered items under it.
    /// ## Why
    /// Who may set it up, which receipt is given and where the money goes depend on it.
    /// ## How to mend
    /// Fill 收费性质 with one of the four.
    pub(crate) static RULE = Rule {
        id: "fee/nature-missing",
        title: text("收费性质不明", "Nature of the charge unclear"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[
            NATURE, ROW_NO, DEPARTMENT, FUND_MODE, BASIS, STANDARD_TEXT, STATUS, REGION_CODE, CATALOGUE_ID,
            REPORTER, PUBLISHED_ON, LIST_TITLE,
        ]),
        bases: &[ENTERPRISE_LISTS],
        messages: &[
            Message::new("“{item_name}”未写明收费性质", "“{item_name}” does not say what kind of charge it is"),
            Message::named(
                "unknown",
                "“{item_name}”收费性质“{nature}”不在代码表",
                "The nature “{nature}” of “{item_name}” is none that is known",
            ),
            Message::named(
                "list",
                "清单中的{count}个项目都未写明收费性质",
                "None of the {count} items of the list says what kind of charge it is",
            ),
        ],
        check: Check::Inspection(|_| Box::<NatureMissing>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct NatureMissing {
    list: Outline<Natured>,
    unsaid: Unsaid,
}

/// Which list a row is in, and whether it states a known nature (`None` where it states none).
struct Natured {
    list: String,
    known: Option<bool>,
    counts: bool,
}

impl Carried for Natured {
    fn under(&mut self, heading: &Self) {
        self.known = self.known.or(heading.known);
    }
}

impl Natured {
    fn read(row: &Row) -> Self {
        let is_known = |nature: &str| NATURES.iter().any(|code| code.value == nature);
        let heading = row.text(ITEM_NAME).is_some_and(|name| named(name) == 1);
        let known = row.text(NATURE).map(is_known).or(heading.then_some(true));
        let titled = row.text(LIST_TITLE).is_some_and(|title| named(title) == 1);
        let counts = in_force(row) == Some(true) && row.is_filled(ITEM_NAME) && !(titled && known.is_none());
        Self { list: list_of(row), known, counts }
    }
}

impl Inspection for NatureMissing {
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let item = self.list.take(row, Natured::read(row));
        self.judge(item, findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| self.judge(last, findings));
        self.unsaid.report(NATURE, findings);
    }
}

impl NatureMissing {
    fn judge(&mut self, item: Option<Item<Natured>>, findings: &mut Findings) -> Judged {
        let Item { place, carried: Natured { list, known, counts }, .. } = item?;
        if !counts {
            return None;
        }
        match known {
            None => {
                self.unsaid.blank(list, place);
                return None; // judged once the list is known
            }
            Some(known) => {
                self.unsaid.said(list, true);
                if !known {
                    findings.at_place(place.cell(NATURE)).saying("unknown");
                }
            }
        }
        JUDGED
    }
}

/// How many natures a title names.
fn named(title: &str) -> usize {
    NATURES.iter().filter(|code| title.contains(code.value)).count()
}
