//! `fee/charged-above-standard`: a charge higher than the standard allows.

use mingcha_kit::prelude::*;
use values::standard::Measure;

use crate::bases::CHANGED_WITHOUT_AUTHORITY;
use crate::events::{self, Events};
use crate::lists::{self, Lists};
use crate::prices::{price, same_unit};
use crate::settings::AMOUNT_TOLERANCE;
use crate::tables::fee_catalogue::in_force;
use crate::tables::fee_collection::{
    AMOUNT, COLLECTED_ON, FEE_COLLECTION, ITEM_NAME, QUANTITY, REGION_CODE, UNIT, UNIT_NAME,
};

rule! {
    /// ## 查什么
    /// 台账中每一笔收费的金额,不应超过清单标准的上限乘以数量;超出不到0.5%(设置项 `amount-tolerance`)的不计。
    ///
    /// 清单中同名项目有几档标准的,按最高的一档算。标准是文字说明或几档写在一格里的、按比例收取的、没有写金额单位的,以及台账的计量单位与清单的计费单位不同的,都无法比较,不查。没有填写数量的不查;退费不查。
    /// ## 为什么
    /// 擅自提高收费标准的,要追究责任。
    /// ## 怎么改
    /// 核对数量、金额和标准文件。多收的,退还缴费人;清单标准写错的,改正清单。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,收费标准
    /// 示例检验费,《产品质量法》,200元/台
    /// ```
    /// ```csv bad
    /// 执收单位,收费项目,数量,计量单位,金额,收取日期
    /// 示例县检验所,示例检验费,2,台,500,2016-09-01
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,收费标准
    /// 示例检验费,《产品质量法》,200元/台
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,数量,计量单位,金额,收取日期
    /// 示例县检验所,示例检验费,2,台,400,2016-09-01
    /// ```
    /// ---
    /// ## What
    /// A charge is not higher than the upper end of the listed standard times the quantity, within 0.5 per cent
    /// (`amount-tolerance`).
    ///
    /// Of several standards under one name the highest counts. What cannot be compared is left out: prose, several
    /// standards in a cell, rates, bare numbers, other counting units, charges without a quantity, refunds.
    /// ## Why
    /// Raising a standard without authority is punishable.
    /// ## How to mend
    /// Check quantity, amount and standard; refund what was too much.
    pub(crate) static RULE = Rule {
        id: "fee/charged-above-standard",
        title: text("超标准收费", "Charged above the standard"),
        over: Reading::of(&FEE_COLLECTION, &[ITEM_NAME, AMOUNT, COLLECTED_ON, QUANTITY])
            .and_optional(&[UNIT, REGION_CODE, UNIT_NAME]),
        beside: &[lists::READING, events::READING],
        bases: &[CHANGED_WITHOUT_AUTHORITY],
        messages: &[Message::new(
            "“{item_name}”实收{actual}元,超过标准{expected}元",
            "{actual} yuan were charged for “{item_name}”; the standard allows {expected} yuan",
        )],
        check: Check::Inspection(|task| Box::new(ChargedAboveStandard {
            events: Events::shipped(),
            lists: Lists::asking(ceiling),
            factor: factor(task),
        })),
        ..Rule::EMPTY
    };
}

struct ChargedAboveStandard {
    events: Events,
    lists: Lists<Option<Ceiling>>,
    /// One and the tolerance.
    factor: Decimal,
}

/// The most an item may cost, in yuan, and what is counted.
#[derive(PartialEq)]
struct Ceiling {
    most: Decimal,
    per: Option<String>,
}

impl Inspection for ChargedAboveStandard {
    fn beside(&mut self, batch: &Batch) {
        if batch.is_of(events::READING.table) {
            self.events.read(batch);
        } else {
            self.lists.read(batch);
        }
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        let (day, amount) = (charge.date(COLLECTED_ON)?, charge.decimal(AMOUNT)?);
        let quantity = charge.decimal(QUANTITY)?;
        if amount.units() <= 0 || quantity.units() <= 0 {
            return None;
        }
        let entries = self.lists.of_charge_on(charge, &self.events, day)?;
        let ceilings: Vec<&Ceiling> =
            entries.iter().map(|entry| entry.said.as_ref()).collect::<Option<_>>()?;
        if !ceilings.iter().all(|ceiling| counts_alike(ceiling, charge.text(UNIT))) {
            return None;
        }
        let most = ceilings.iter().map(|ceiling| ceiling.most).max()?;
        let due = most.checked_mul(quantity)?;
        if amount > due.checked_mul(self.factor)? {
            let due = due.rescale(2)?;
            findings.at(charge, AMOUNT).expected(due).actual(amount).difference(amount.checked_sub(due)?);
        }
        JUDGED
    }
}

/// What a row of the list allows; `None` where it does not say so in one figure, or is not being collected.
fn ceiling(item: &Row) -> Option<Ceiling> {
    if !in_force(item)? {
        return None; // `charged-after-abolition` reports charges for it
    }
    let standard = price(item)?;
    let Some(Measure::Money(unit)) = standard.measure else { return None };
    let most = Decimal::new(unit.fen(), 2).checked_mul(standard.max?)?.normalized();
    Some(Ceiling { most, per: standard.per })
}

/// Whether the quantity of a charge counts what the standard is per. Where the ledger does not say what it counts, a
/// standard per one thing is taken at its word, one per ton and month is not.
fn counts_alike(ceiling: &Ceiling, unit: Option<&str>) -> bool {
    match (&ceiling.per, unit) {
        (None, _) => true,
        (Some(per), Some(unit)) => same_unit(per, unit),
        (Some(per), None) => !per.contains(['·', '.', '/', '*', '每']),
    }
}

fn factor(task: &Task) -> Decimal {
    let tolerance =
        Decimal::from_f64(task.settings.number(&AMOUNT_TOLERANCE)).and_then(|share| share.rescale(6));
    tolerance.and_then(|share| Decimal::from(1).checked_add(share)).unwrap_or(Decimal::from(1))
}
