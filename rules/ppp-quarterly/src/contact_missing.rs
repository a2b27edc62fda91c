//! A county or park without an agency, a person and a telephone number to ask about PPP projects.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2_2;
use crate::tables::contact::{AGENCY_NAME, CONTACT, CONTACT_NAME, PHONE, REGION_CODE};
use crate::units;

/// What a contact consists of.
const CONTACT_COLUMNS: [Column; 3] = [AGENCY_NAME, CONTACT_NAME, PHONE];

rule! {
    /// ## 查什么
    /// 每个县市、园区至少有一行同时写明PPP项目工作机构、联系人和联系电话。
    /// 应当公开的是七县市三园区:数据中出现两个以上县市或园区时全部查,只出现一个时只查它自己;也可以用设置 `bound-units` 指定。
    ///
    /// 县市、园区名称见参考数据 `divisions`,其他写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 实施方案要求公开各县市、园区PPP项目工作机构的联系人、联系方式。社会资本和群众要问项目,得找得到人。
    /// ## 怎么改
    /// 按提示补上缺的县市、园区,或者补上缺的那一项。人员变动后及时更换,不要留空。
    /// ## 例
    /// ```csv bad
    /// 所属县市/园区,PPP项目工作机构,联系人,联系电话
    /// 昌吉市,昌吉市PPP中心,张某某,
    /// ```
    /// ```csv good
    /// 所属县市/园区,PPP项目工作机构,联系人,联系电话
    /// 昌吉市,昌吉市PPP中心,张某某,0994-2345670
    /// ```
    /// ---
    /// ## What
    /// Every county and park has a row with its PPP agency, a person and a telephone number. All ten are expected once
    /// the data holds two of them, or those of the setting `bound-units`.
    ///
    /// Names of counties and parks are the facts `divisions`; the setting `spellings` adds others.
    /// ## Why
    /// The plan wants the contacts published, so that investors and the public know whom to ask.
    /// ## How to mend
    /// Add the county or park, or what its row lacks; replace people who have moved on.
    pub(crate) static RULE = Rule {
        id: "ppp/contact-missing",
        title: text("未公开PPP工作机构联系人", "PPP contact not published"),
        scope: Scope::WholeTable,
        over: Reading::of(&CONTACT, &[AGENCY_NAME, CONTACT_NAME]).and_optional(&[REGION_CODE, PHONE]),
        bases: &[PLAN_2_2],
        since: PLAN_2_2.since,
        messages: &[
            Message::new(
                "{region}未公开PPP工作机构联系人或联系方式",
                "{region} has not published whom to ask about PPP projects",
            ),
            Message::named(
                "incomplete",
                "{region}的PPP工作机构联系信息不全,缺少:{missing}",
                "The PPP contact of {region} lacks: {missing}",
            ),
        ],
        check: Check::Inspection(|_| Box::new(Contacts::default())),
        ..Rule::EMPTY
    };
}

/// The best row of each unit: how much it lacks, where it stands, what it lacks. Memory: one entry per unit.
#[derive(Default)]
struct Contacts(BTreeMap<&'static str, (usize, Place, Vec<Column>)>);

impl Inspection for Contacts {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        let unit = units::division_of(row, REGION_CODE)?;
        let missing: Vec<Column> =
            CONTACT_COLUMNS.into_iter().filter(|column| row.is_blank(*column)).collect();
        let this = (missing.len(), row.place(), missing);
        match self.0.get_mut(unit.code) {
            Some(best) if (best.0, best.1) <= (this.0, this.1) => {}
            Some(best) => *best = this,
            None => {
                self.0.insert(unit.code, this);
            }
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let in_data: BTreeSet<_> = self.0.keys().copied().collect();
        for unit in units::expected(findings.task(), &in_data) {
            findings.judge(|findings| {
                match self.0.get(unit.code) {
                    None => {
                        findings.about(unit.code).with("region", unit.name);
                    }
                    Some((0, ..)) => {}
                    Some((_, place, missing)) => {
                        let finding = findings.at_place(*place).saying("incomplete").subject(unit.code);
                        finding.with("region", unit.name).with("missing", missing);
                    }
                }
                JUDGED
            });
        }
    }
}
