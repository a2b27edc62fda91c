//! Ways of operating: `BOT`, `TOT+BOT`, `建设-运营-移交`, `委托运营(O&M)`, in any width.
//!
//! One cell may name several. What is left when all known names and the words between them are taken away is unknown.

use std::sync::LazyLock;

use mingcha_kit::prelude::*;

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

/// Modes at whose end the asset is handed over.
pub(crate) const WITH_TRANSFER: [Mode; 3] =
    [BuildOperateTransfer, TransferOperateTransfer, RehabilitateOperateTransfer];

/// The shipped table: modes, how forms write them, how long a contract usually runs.
pub(crate) const DATA: &str = include_str!("../data/modes.csv");

/// A line of the table of modes.
struct Listed {
    mode: Mode,
    names: Vec<&'static str>,
    least: Option<Decimal>,
    most: Option<Decimal>,
}

static TABLE: LazyLock<Vec<Listed>> = LazyLock::new(|| {
    let row = |line| listed(line).unwrap_or_else(|| panic!("no row of the table of modes: {line}"));
    values::shipped::rows(DATA).map(row).collect()
});

/// Every name, as a key without dashes. Where one begins another, the longer stands first.
static NAMES: LazyLock<Vec<(&'static str, Mode)>> = LazyLock::new(|| {
    let named = |listed: &'static Listed| listed.names.iter().map(|name| (*name, listed.mode));
    let mut names: Vec<_> = TABLE.iter().flat_map(named).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
});

fn listed(line: &'static str) -> Option<Listed> {
    let [mode, names, least, most] = <[&str; 4]>::try_from(line.split(',').collect::<Vec<_>>()).ok()?;
    let mode = if mode.is_empty() { NotInGuide } else { Mode::of_guide(mode)? };
    let years = |cell: &str| if cell.is_empty() { Some(None) } else { Decimal::parse(cell).ok().map(Some) };
    Some(Listed { mode, names: names.split('/').collect(), least: years(least)?, most: years(most)? })
}

impl Mode {
    /// A mode of the guide by its letters.
    fn of_guide(letters: &str) -> Option<Self> {
        Some(match letters {
            "O&M" => OperateAndMaintain,
            "MC" => ManagementContract,
            "BOT" => BuildOperateTransfer,
            "BOO" => BuildOwnOperate,
            "TOT" => TransferOperateTransfer,
            "ROT" => RehabilitateOperateTransfer,
            _ => return None,
        })
    }

    /// How many years a contract usually runs at least, and at most: as the user says, else as the guide does.
    pub(crate) fn usual_years(self, task: &Task) -> (Option<Decimal>, Option<Decimal>) {
        let own = task.settings.entries(&USUAL_TERMS, usual_term);
        if let Some((_, least, most)) = own.iter().find(|(mode, ..)| *mode == self) {
            return (*least, Some(*most));
        }
        let listed = TABLE.iter().find(|listed| listed.mode == self);
        listed.map_or((None, None), |listed| (listed.least, listed.most))
    }
}

/// Usual terms in place of the guide's.
pub(crate) static USUAL_TERMS: Setting = Setting::list(
    "usual-terms",
    &[],
    text(
        "各运作方式通常的合作期限(年),替代操作指南的年限,每项写作“BOT=15-30”、“O&M=-10”",
        "Usual terms of the modes in years, in place of the guide's, each as “BOT=15-30” or “O&M=-10”",
    ),
)
.entries(text("“BOT=15-30”或“O&M=-10”", "“BOT=15-30” or “O&M=-10”"), |entry| {
    usual_term(entry).is_some()
});

/// `BOT=15-30`, `O&M=-10`: the mode, the least years, the most.
fn usual_term(entry: &str) -> Option<(Mode, Option<Decimal>, Decimal)> {
    let key = values::text::key(entry).to_uppercase();
    let (mode, years) = key.split_once('=')?;
    let (least, most) = years.split_once(['-', '~'])?;
    let least = if least.is_empty() { None } else { Some(Decimal::parse(least).ok()?) };
    let most = Decimal::parse(most).ok()?;
    least.is_none_or(|least| least <= most).then_some((Mode::of_guide(mode)?, least, most))
}

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modes {
    /// The ways it names, each once, in its order.
    pub(crate) known: Vec<Mode>,
    /// It holds something else as well, or nothing that is known.
    pub(crate) has_unknown: bool,
}

impl Modes {
    /// This way and no other.
    pub(crate) fn is_only(&self, mode: Mode) -> bool {
        self.known == [mode] && !self.has_unknown
    }

    /// One of these ways, alone or beside others.
    pub(crate) fn any_of(&self, modes: &[Mode]) -> Option<Mode> {
        self.known.iter().copied().find(|mode| modes.contains(mode))
    }
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
            ("BOOST", vec![NotInGuide]),
            ("建设-拥有-运营-移交", vec![NotInGuide]),
            ("管理合同（MC）", vec![ManagementContract]),
            ("其他", vec![NotInGuide]),
        ] {
            assert_eq!(parse(text), Modes { known, has_unknown: false }, "{text}");
        }
    }

    fn task(settings: &str) -> Task {
        let settings = mingcha_kit::Settings::parse(settings).expect("settings");
        Task { as_of: NaiveDate::default(), period: None, settings, keep: 1, tables: Vec::new() }
    }

    #[test]
    fn the_user_may_say_what_is_usual() {
        let task = task(r#"{"usual-terms": ["BOT=15-30", "o＆m＝-10"]}"#);
        assert_eq!(task.settings.check(&[&USUAL_TERMS]), Ok(()));
        let years = |mode: Mode| mode.usual_years(&task);
        assert_eq!(years(BuildOperateTransfer), (Some(Decimal::from(15)), Some(Decimal::from(30))));
        assert_eq!(years(OperateAndMaintain), (None, Some(Decimal::from(10))));
        assert_eq!(years(ManagementContract).1, Some(Decimal::from(3)), "as the guide says");
        assert!(
            ["BOT", "BT=1-2", "BOT=二十", "BOT=30-15"].into_iter().all(|entry| usual_term(entry).is_none())
        );
    }

    #[test]
    fn usual_years_are_those_of_the_guide() {
        let years = |mode: Mode| {
            let (least, most) = mode.usual_years(&task("{}"));
            (least.map(|years| years.to_string()), most.map(|years| years.to_string()))
        };
        let some = |years: &str| Some(years.to_owned());
        for mode in WITH_TRANSFER {
            assert_eq!(years(mode), (some("20"), some("30")));
        }
        assert_eq!(years(OperateAndMaintain), (None, some("8")));
        assert_eq!(years(ManagementContract), (None, some("3")));
        assert_eq!(years(BuildOwnOperate), (None, None));
    }

    #[test]
    fn what_is_left_over_is_unknown() {
        for text in ["BT", "BOTT", "特许经营", "BOT+回购", "PPP", "+"] {
            assert!(parse(text).has_unknown, "{text}");
        }
    }
}
