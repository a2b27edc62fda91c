//! Small tables as packs declare them.

use crate::manifest::{Code, Column, Kind, Table, Text};

/// A column without any extras, called by its name.
pub(crate) fn column(name: &str, kind: Kind) -> Column {
    Column::plain(name, name, kind)
}

/// A code with spellings.
pub(crate) fn code(value: &str, spellings: &[&str]) -> Code {
    Code { value: value.to_owned(), spellings: spellings.iter().map(|s| (*s).to_owned()).collect() }
}

/// Projects: name, region, amount in 万元, day, winner, period.
pub(crate) fn projects() -> Table {
    let mut name = named("name", "项目名称", Kind::Text, &[]);
    name.required = true;
    let mut region = named("region", "所属县市", Kind::Text, &["县市"]);
    (region.fill_down, region.from_part) = (true, Some("region".to_owned()));
    let mut amount = named("invest_amount", "投资金额", Kind::Decimal, &["项目总投资"]);
    (amount.unit, amount.scale) = (Some("万元".to_owned()), 2);
    let day = named("signed_on", "合同签订日期", Kind::Date, &["签约日期"]);
    let winner = named("winner", "中标(成交)社会资本", Kind::Text, &["中标社会资本"]);
    let mut period = named("period", "报告期", Kind::Text, &[]);
    period.from_part = Some("period".to_owned());
    table("projects", "项目信息表", &["本期"], vec![name, region, amount, day, winner, period])
}

/// The same columns for the period before.
pub(crate) fn previous() -> Table {
    Table {
        columns: projects().columns, ..table("previous", "上期项目信息表", &["上期"], Vec::new())
    }
}

/// A catalogue of fees with a department that is filled down.
pub(crate) fn fees() -> Table {
    let number = named("row_no", "序号", Kind::Text, &[]);
    let mut department = named("department", "部门", Kind::Text, &["主管部门"]);
    department.fill_down = true;
    let mut item = named("item", "收费项目", Kind::Text, &["项目名称"]);
    item.required = true;
    let basis = named("basis", "政策依据", Kind::Text, &["收费依据"]);
    let related = named("related", "是否涉企", Kind::Flag, &["涉企"]);
    table("fees", "收费目录清单", &["收费目录"], vec![number, department, item, basis, related])
}

fn table(name: &str, zh: &str, aliases: &[&str], columns: Vec<Column>) -> Table {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    Table { name: name.to_owned(), label: label(zh), aliases, key: Vec::new(), body: None, columns }
}

fn named(name: &str, zh: &str, kind: Kind, aliases: &[&str]) -> Column {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    Column { label: label(zh), aliases, ..column(name, kind) }
}

fn label(zh: &str) -> Text {
    Text { zh: zh.to_owned(), en: String::new() }
}
