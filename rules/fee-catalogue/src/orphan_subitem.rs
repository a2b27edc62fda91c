//! `fee/orphan-subitem`: a sub-item under nothing, or one that has a standard although its heading has one too.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;

use crate::listing::list_of;
use crate::outline::{Carried, Item, Outline, depth_of};
use crate::tables::fee_catalogue::{
    BASIS, CATALOGUE_ID, DEPARTMENT, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, LIST_TITLE, PUBLISHED_ON,
    REGION_CODE, REPORTER, ROW_NO, STANDARD_TEXT,
};

rule! {
    /// ## 查什么
    /// “(1)”“①”这样的下级项目,上面应有“1.”这样的上级项目;上级项目和下级项目不应都写收费标准。
    ///
    /// 整份清单只用“(1)(2)”编号、没有上级编号的,不提示;紧接在没有编号的一行(如部门名称)下面的,也不提示。上级项目的标准一栏只写“见下”等、没有数字的,不算写了标准。
    /// ## 为什么
    /// 清单靠编号表示层级。缺了上级,就不知道它属于哪一项;上下级都有标准,就不知道按哪个收。
    /// ## 怎么改
    /// 补上漏掉的上级项目,或改正编号;标准只写在实际收取的那一级。
    /// ## 例
    /// ```csv bad
    /// 序号,收费项目,政策依据,收费标准
    /// 1,示例考试费,《教育法》,20元/人次
    /// (1),示例笔试费,《教育法》,10元/人次
    /// ```
    /// ```csv good
    /// 序号,收费项目,政策依据,收费标准
    /// 1,示例考试费,《教育法》,
    /// (1),示例笔试费,《教育法》,10元/人次
    /// ```
    /// ---
    /// ## What
    /// A sub-item such as (1) or ① stands under an item such as 1., and not both of them state a standard.
    ///
    /// Lists that number everything (1), (2) are left alone, and so are sub-items right under a row without a number. A
    /// heading's standard without a figure, such as “see below”, is none.
    /// ## Why
    /// Numbering is what shows where an item belongs, and two standards leave open which is due.
    /// ## How to mend
    /// Add the missing item or correct the number; state the standard at the level that is charged.
    pub(crate) static RULE = Rule {
        id: "fee/orphan-subitem",
        title: text("层级结构异常", "Broken outline"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[
            ROW_NO, DEPARTMENT, FUND_MODE, BASIS, STANDARD_TEXT, REGION_CODE, CATALOGUE_ID, REPORTER,
            PUBLISHED_ON, LIST_TITLE,
        ]),
        messages: &[
            Message::new("“{item_name}”层级结构异常:缺少上级项目", "“{item_name}” is a sub-item without the item above it"),
            Message::named(
                "two-standards",
                "“{item_name}”层级结构异常:上级项目也写了收费标准",
                "Both “{item_name}” and the item above it state a standard",
            ),
        ],
        check: Check::Inspection(|_| Box::<OrphanSubitem>::default()),
        ..Rule::EMPTY
    };
}

/// Memory: the outline of the list being read; per list one place for each sub-item under nothing.
#[derive(Default)]
struct OrphanSubitem {
    list: String,
    outline: Outline<Level>,
    /// The row before had no number and heads what follows it.
    under_unnumbered: bool,
    numbering: BTreeMap<String, Numbering>,
}

/// How a list numbers its items.
#[derive(Default)]
struct Numbering {
    upper_levels: bool,
    orphans: Vec<Place>,
}

/// Where a row stands, and what stands over it.
struct Level {
    depth: Option<u8>,
    standard: bool,
    headed: bool,
    headed_with_standard: bool,
}

impl Carried for Level {
    fn under(&mut self, heading: &Self) {
        self.headed = true;
        self.headed_with_standard |= heading.standard;
    }
}

impl Inspection for OrphanSubitem {
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let list = list_of(row);
        let ended = if list == self.list { None } else { self.end() };
        let depth = depth_of(row);
        let upper = depth.is_some_and(|depth| depth < 2);
        self.under_unnumbered = depth.is_none() || self.under_unnumbered && !upper;
        let standard = row.text(STANDARD_TEXT).is_some_and(has_figure);
        let level = Level { depth, standard, headed: self.under_unnumbered, headed_with_standard: false };
        let judged = self.judge(ended, findings);
        self.list = list;
        self.numbering.entry(self.list.clone()).or_default().upper_levels |= upper;
        let item = self.outline.take(row, level);
        judged.or(self.judge(item, findings))
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.end();
        findings.judge(|findings| self.judge(last, findings));
        let mut orphans: Vec<Place> = self
            .numbering
            .values()
            .filter(|list| list.upper_levels)
            .flat_map(|list| &list.orphans)
            .copied()
            .collect();
        orphans.sort_unstable();
        for place in orphans {
            findings.judge(|findings| {
                findings.at_place(place.cell(ITEM_NAME));
                JUDGED
            });
        }
    }
}

impl OrphanSubitem {
    /// The list is over.
    fn end(&mut self) -> Option<Item<Level>> {
        self.under_unnumbered = false;
        std::mem::take(&mut self.outline).finish()
    }

    fn judge(&mut self, item: Option<Item<Level>>, findings: &mut Findings) -> Judged {
        let Item { place, carried: level, .. } = item?;
        if level.depth? < 2 && !level.headed {
            return None;
        }
        if !level.headed {
            self.numbering.entry(self.list.clone()).or_default().orphans.push(place);
            return None; // judged once it is known how the list numbers
        }
        if level.standard && level.headed_with_standard {
            findings.at_place(place.cell(STANDARD_TEXT)).saying("two-standards");
        }
        JUDGED
    }
}

fn has_figure(standard: &str) -> bool {
    standard.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
}
