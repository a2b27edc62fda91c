//! Ways of operating: `BOT`, `TOT+BOT`, `建设-运营-移交`, `委托运营(O&M)`, in any width.
//!
//! One cell may name several. What is left when all known names and the words between them are taken away is unknown.

use mingcha_kit::values;

/// A way of operating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// 委托运营 O&M
    OperateAndMaintain,
    /// 管理合同 MC
    ManagementContract,
    /// 建设-运营-移交 BOT
    BuildOperateTransfer,
    /// 建设-拥有-运营 BOO
    BuildOwnOperate,
    /// 转让-运营-移交 TOT
    TransferOperateTransfer,
    /// 改建-运营-移交 ROT
    RehabilitateOperateTransfer,
    /// Known, but not in the guide's list: LOT, BOOT, BOOST, DBFO, 其他.
    NotInGuide,
}

use Mode::{
    BuildOperateTransfer, BuildOwnOperate, ManagementContract, NotInGuide, OperateAndMaintain,
    RehabilitateOperateTransfer, TransferOperateTransfer,
};

/// Names as keys without dashes. Where one begins another, the longer stands first.
const NAMES: &[(&str, Mode)] = &[
    ("建设拥有运营补贴移交", NotInGuide),
    ("建设拥有运营移交", NotInGuide),
    ("建设拥有经营移交", NotInGuide),
    ("设计建设融资运营", NotInGuide),
    ("设计建设融资经营", NotInGuide),
    ("设计建造融资运营", NotInGuide),
    ("租赁运营移交", NotInGuide),
    ("租赁经营移交", NotInGuide),
    ("其他", NotInGuide),
    ("其它", NotInGuide),
    ("建设运营移交", BuildOperateTransfer),
    ("建设经营移交", BuildOperateTransfer),
    ("建设经营转让", BuildOperateTransfer),
    ("建造运营移交", BuildOperateTransfer),
    ("建设拥有运营", BuildOwnOperate),
    ("建设拥有经营", BuildOwnOperate),
    ("转让运营移交", TransferOperateTransfer),
    ("转让经营移交", TransferOperateTransfer),
    ("移交运营移交", TransferOperateTransfer),
    ("移交经营移交", TransferOperateTransfer),
    ("改建运营移交", RehabilitateOperateTransfer),
    ("改扩建运营移交", RehabilitateOperateTransfer),
    ("改建经营移交", RehabilitateOperateTransfer),
    ("重构运营移交", RehabilitateOperateTransfer),
    ("委托运营", OperateAndMaintain),
    ("运营维护", OperateAndMaintain),
    ("运营与维护", OperateAndMaintain),
    ("运营和维护", OperateAndMaintain),
    ("管理合同", ManagementContract),
    ("boost", NotInGuide),
    ("boot", NotInGuide),
    ("dbfo", NotInGuide),
    ("lot", NotInGuide),
    ("bot", BuildOperateTransfer),
    ("boo", BuildOwnOperate),
    ("tot", TransferOperateTransfer),
    ("rot", RehabilitateOperateTransfer),
    ("o&m", OperateAndMaintain),
    ("om", OperateAndMaintain),
    ("mc", ManagementContract),
];

/// Words and signs that join or follow names.
const BETWEEN: &[&str] = &[
    "相结合",
    "组合",
    "结合",
    "模式",
    "方式",
    "运作",
    "采用",
    "以及",
    "和",
    "及",
    "与",
    "加",
    "+",
    "/",
    "、",
    ",",
    ";",
    "|",
    "(",
    ")",
    "[",
    "]",
    ".",
];

/// What a cell says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Modes {
    /// The ways it names, each once, in its order.
    pub(crate) known: Vec<Mode>,
    /// It holds something else as well, or nothing that is known.
    pub(crate) has_unknown: bool,
}

/// Reads the cell.
pub(crate) fn parse(text: &str) -> Modes {
    let key = values::text::key(text).replace(['-', '~', '→', '·'], "");
    let mut rest = key.as_str();
    let mut modes = Modes { known: Vec::new(), has_unknown: false };
    while let Some(next) = rest.chars().next() {
        let name = NAMES.iter().find_map(|(name, mode)| Some((rest.strip_prefix(name)?, *mode)));
        if let Some((after, mode)) = name.filter(|(after, _)| ends_word(rest, after)) {
            if !modes.known.contains(&mode) {
                modes.known.push(mode);
            }
            rest = after;
        } else if let Some(after) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        } else {
            modes.has_unknown = true;
            rest = &rest[next.len_utf8()..];
        }
    }
    modes.has_unknown |= modes.known.is_empty();
    modes
}

/// Latin letters end where other letters do not go on: `BOTT` is not `BOT`.
fn ends_word(text: &str, after: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric();
    !(text.starts_with(latin) && after.starts_with(latin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_and_combination_is_read() {
        for (text, known) in [
            ("BOT", vec![BuildOperateTransfer]),
            ("ＢＯＴ", vec![BuildOperateTransfer]),
            ("bot模式", vec![BuildOperateTransfer]),
            ("TOT+BOT", vec![TransferOperateTransfer, BuildOperateTransfer]),
            ("ＴＯＴ＋ＢＯＴ", vec![TransferOperateTransfer, BuildOperateTransfer]),
            ("建设-运营-移交", vec![BuildOperateTransfer]),
            ("建设—运营—移交（BOT）", vec![BuildOperateTransfer]),
            ("转让-运营-移交、改建-运营-移交", vec![TransferOperateTransfer, RehabilitateOperateTransfer]),
            ("委托运营(O&M)", vec![OperateAndMaintain]),
            ("Ｏ＆Ｍ", vec![OperateAndMaintain]),
            ("建设-拥有-运营", vec![BuildOwnOperate]),
            ("BOO", vec![BuildOwnOperate]),
            ("BOOT", vec![NotInGuide]),
            ("管理合同（MC）", vec![ManagementContract]),
            ("其他", vec![NotInGuide]),
        ] {
            assert_eq!(parse(text), Modes { known, has_unknown: false }, "{text}");
        }
    }

    #[test]
    fn what_is_left_over_is_unknown() {
        for text in ["BT", "BOTT", "特许经营", "BOT+回购", "PPP", "+"] {
            assert!(parse(text).has_unknown, "{text}");
        }
    }
}
