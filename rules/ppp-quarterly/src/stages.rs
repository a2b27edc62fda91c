//! The five stages of a project, in order.

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

/// The values of the column's code list, in order.
const STAGES: [(&str, Stage); 5] = [
    ("识别", Stage::Identification),
    ("准备", Stage::Preparation),
    ("采购", Stage::Procurement),
    ("执行", Stage::Execution),
    ("移交", Stage::Transfer),
];

impl Stage {
    /// Reads a value of the column's code list; `None` for anything else.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        STAGES.iter().find(|(name, _)| *name == value).map(|(_, stage)| *stage)
    }

    /// How many stages lie between this one and a later one, that one counted; none if it is not later.
    pub(crate) fn steps_to(self, later: Self) -> u8 {
        (later as u8).saturating_sub(self as u8)
    }

    /// The value in the code list.
    pub(crate) fn name(self) -> &'static str {
        STAGES[self as usize].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_its_own_name() {
        for (name, stage) in STAGES {
            assert_eq!(Stage::parse(name), Some(stage));
            assert_eq!(stage.name(), name);
        }
        assert!(Stage::Preparation < Stage::Transfer);
    }
}
