//! `fee/other-unit-charging`: a charge collected by another unit than the one on the list.

use mingcha_kit::prelude::*;
use values::body::is_renamed;
use values::text::key;

use crate::events::{self, Events};
use crate::lists::{self, Lists};
use crate::tables::fee_catalogue::CHARGING_UNIT;
use crate::tables::fee_collection::{COLLECTED_ON, FEE_COLLECTION, ITEM_NAME, REGION_CODE, UNIT_NAME};

/// Words in a cell that leave open which unit is meant, or say that another one collects.
const OPEN: [&str; 7] = ["各", "有关", "相关", "等", "代", "委托", "授权"];

rule! {
    /// ## 查什么
    /// 台账的执收单位,应是目录清单写明的执收单位。
    ///
    /// 比对时不计地名和“部门”二字,简称(如“人社局”)与全称视为同一单位,一个单位的名称包含另一个的也视为同一单位。清单没有写明执收单位,或者写“各部门”“有关单位”“委托代征”等的,不作判断。
    ///
    /// 地名和机构改革前后的名称见参考数据 `divisions`、`bodies`:更名之日起,新旧名称视为同一单位;其他更名可用设置 `spellings`
    ///  补充。
    /// ## 为什么
    /// 收费要由清单公布的单位收取。别的单位收,缴费人无法核实,也可能是重复收费。
    /// ## 怎么改
    /// 核对是否委托代收:是,就在清单的执收单位或备注中写明;清单单位已更名的,更新清单;都不是的,停止收取。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,执收单位
    /// 示例检验费,《产品质量法》,质量技术监督局
    /// ```
    /// ```csv bad
    /// 执收单位,收费项目,金额,收取日期
    /// 奇台县水利局,示例检验费,200,2016-09-01
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,执收单位
    /// 示例检验费,《产品质量法》,质量技术监督局
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,金额,收取日期
    /// 奇台县质监局,示例检验费,200,2016-09-01
    /// ```
    /// ---
    /// ## What
    /// The unit that collects a charge is the one the list names. Names of places do not count, a short name is the same
    /// unit as the long one, and so is a name within another. Cells that leave the unit open are no ground for anything.
    ///
    /// Places and names before and after the reform of 2018 are the facts `divisions` and `bodies`: from its day on,
    /// the old and the new name are one unit. The setting `spellings` adds others.
    /// ## Why
    /// Payers cannot check a charge by somebody else, and it may be a second one.
    /// ## How to mend
    /// Say in the list who collects on behalf; update names; or stop the charge.
    pub(crate) static RULE = Rule {
        id: "fee/other-unit-charging",
        title: text("执收单位与清单不符", "Collected by another unit"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_COLLECTION, &[UNIT_NAME, ITEM_NAME, COLLECTED_ON]).and_optional(&[REGION_CODE]),
        beside: &[lists::READING, events::READING],
        messages: &[Message::new(
            "“{item_name}”由{unit_name}收取,清单执收单位为{charging_unit}",
            "“{item_name}” was collected by {unit_name}; the list names {charging_unit}",
        )],
        check: Check::Inspection(|_| Box::new(OtherUnitCharging { events: Events::shipped(), lists: Lists::asking(units) })),
        ..Rule::EMPTY
    };
}

struct OtherUnitCharging {
    events: Events,
    lists: Lists<Option<String>>,
}

/// The cell as written, where it names units and no others may be meant.
fn units(item: &Row) -> Option<String> {
    let cell = item.text(CHARGING_UNIT)?;
    (!OPEN.iter().any(|word| cell.contains(word))).then(|| cell.to_owned())
}

impl Inspection for OtherUnitCharging {
    fn beside(&mut self, batch: &Batch) {
        if batch.is_of(events::READING.table) {
            self.events.read(batch);
        } else {
            self.lists.read(batch);
        }
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        let (collector, day) = (charge.by_value(UNIT_NAME, stem)?, charge.date(COLLECTED_ON)?);
        let entries = self.lists.of_charge_on(charge, &self.events, day)?;
        let named: Vec<&str> = entries.iter().map(|entry| entry.said.as_deref()).collect::<Option<_>>()?;
        let first = named.first()?;
        let each = named.iter().flat_map(|cell| cell.split(['、', ',', '，', ';', '；', '/', '\n']));
        let same = |unit: String| same_body(&unit, &collector) || is_renamed(&unit, &collector, day);
        if !each.map(stem).any(same) {
            findings.at(charge, UNIT_NAME).with("charging_unit", *first).expected(*first);
        }
        JUDGED
    }
}

/// A name without the place in front of it, which a list of that place leaves out.
fn stem(name: &str) -> String {
    let name = key(name);
    let places = values::division::all()
        .flat_map(|place| [&[place.name][..], place.aliases, place.short_names].concat());
    let place = places.filter(|place| name.starts_with(place)).max_by_key(|place| place.len());
    let rest = place.map_or(name.as_str(), |place| &name[place.len()..]);
    let mut rest = rest.trim_start_matches("管委会");
    // 市场监督管理局 is no bureau of a city.
    while let Some(shorter) = rest.strip_prefix(['州', '县', '市']).filter(|_| !rest.starts_with("市场"))
    {
        rest = shorter;
    }
    let rest = rest.strip_suffix("部门").unwrap_or(rest);
    if rest.is_empty() { name } else { rest.to_owned() }
}

/// 人社局 and 人力资源和社会保障局: the characters of the shorter stand in the longer in the same order.
fn same_body(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let mut rest = long.chars();
    !short.is_empty() && short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_names_are_one_body_and_others_are_not() {
        for (a, b) in [
            ("昌吉市人力资源和社会保障局", "人社局"),
            ("州公安局", "公安部门"),
            ("玛纳斯县公安局交通警察大队", "玛纳斯县公安局"),
            ("准东经济技术开发区管委会财政局", "财政局"),
            ("州市场监督管理局", "昌吉市市场监督管理局"),
        ] {
            assert!(same_body(&stem(a), &stem(b)), "{a} {b}");
        }
        for name in ["州市场监督管理局", "县市场监督管理局", "市市场监督管理局", "市场监督管理局"]
        {
            assert_eq!(stem(name), "市场监督管理局");
        }
        assert!(!same_body(&stem("奇台县水利局"), &stem("质量技术监督局")));
        assert!(!same_body(&stem("昌吉市教育局"), &stem("昌吉市公安局")));
    }
}
