//! The five stages of a project, in order, and how forms write them.

use mingcha_kit::Code;
use mingcha_kit::values::shipped;

/// The shipped table.
pub(crate) const DATA: &str = include_str!("../data/stages.csv");
const CELLS: [&str; shipped::count(DATA, 2)] = shipped::cells(DATA);
const SPELLINGS: &[&str] =
    &shipped::alternatives::<{ shipped::count_alternatives(&CELLS, 2, 1) }>(&CELLS, 2, 1);

/// The column's code list, in order.
pub(crate) const STAGES: [Code; CELLS.len() / 2] = {
    let mut codes = [Code::plain(""); CELLS.len() / 2];
    let mut row = 0;
    while row < codes.len() {
        codes[row] = Code::spelt(CELLS[row * 2], shipped::of_row(SPELLINGS, &CELLS, (2, 1), row));
        row += 1;
    }
    codes
};

/// A stage of a PPP project; later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// 识别
    Identification,
    /// 准备
    Preparation,
    /// 采购
    Procurement,
    /// 执行
    Execution,
    /// 移交
    Transfer,
}

/// In the order of the table.
const ORDER: [Stage; STAGES.len()] =
    [Stage::Identification, Stage::Preparation, Stage::Procurement, Stage::Execution, Stage::Transfer];

impl Stage {
    /// Reads a value of the column's code list; `None` for anything else.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        ORDER.into_iter().find(|stage| stage.name() == value)
    }

    /// How many stages lie between this one and a later one, that one counted; none if it is not later.
    pub(crate) fn steps_to(self, later: Self) -> u8 {
        (later as u8).saturating_sub(self as u8)
    }

    /// The value in the code list.
    pub(crate) fn name(self) -> &'static str {
        STAGES[self as usize].value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_its_own_name() {
        for (code, stage) in STAGES.iter().zip(ORDER) {
            assert_eq!(Stage::parse(code.value), Some(stage));
            assert_eq!(stage.name(), code.value);
        }
        let names: Vec<&str> = STAGES.iter().map(|code| code.value).collect();
        assert_eq!(names, ["识别", "准备", "采购", "执行", "移交"]);
        assert!(Stage::Preparation < Stage::Transfer);
    }
}
