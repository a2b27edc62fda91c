//! Units money is counted in, and the unit a column header promises.
//!
//! Re-exported by [`crate::amount`]. Only 元 and its multiples: foreign money is not known here.

use crate::text::key;

/// A unit money is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 分
    Fen,
    /// 角, 10 分
    Jiao,
    /// 元, 100 分
    Yuan,
    /// 百元
    HundredYuan,
    /// 千元
    ThousandYuan,
    /// 万元
    TenThousandYuan,
    /// 百万元
    MillionYuan,
    /// 千万元
    TenMillionYuan,
    /// 亿元
    HundredMillionYuan,
}

/// Unit, power of ten of one 分, name, spellings after which 元 may be left out. Longer names stand first.
pub(crate) const UNITS: [(Unit, u8, &str, &[&str]); 9] = [
    (Unit::MillionYuan, 8, "百万元", &["百万", "佰万"]),
    (Unit::TenMillionYuan, 9, "千万元", &["千万", "仟万"]),
    (Unit::HundredMillionYuan, 10, "亿元", &["亿", "億"]),
    (Unit::TenThousandYuan, 6, "万元", &["万", "萬"]),
    (Unit::ThousandYuan, 5, "千元", &["千", "仟"]),
    (Unit::HundredYuan, 4, "百元", &["百", "佰"]),
    (Unit::Yuan, 2, "元", &[]),
    (Unit::Jiao, 1, "角", &[]),
    (Unit::Fen, 0, "分", &[]),
];

impl Unit {
    /// Reads the name of a unit, with or without 元: `万元`, `万`, `人民币亿元`, `圆`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = key(text).replace(['圆', '块'], "元");
        let name = name.strip_prefix("人民币").unwrap_or(&name);
        UNITS.iter().find(|unit| unit.2 == name || unit.3.contains(&name)).map(|unit| unit.0)
    }

    /// The Chinese name, such as `万元`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// One of this unit in 分.
    #[must_use]
    pub fn fen(self) -> i64 {
        10_i64.pow(self.power().into())
    }

    /// One of this unit is 10^power 分.
    pub(crate) fn power(self) -> u8 {
        self.row().1
    }

    /// The unit a text begins with, and the rest.
    pub(crate) fn prefix(text: &str) -> Option<(Self, &str)> {
        UNITS.iter().find_map(|unit| Some((unit.0, text.strip_prefix(unit.2)?)))
    }

    fn row(self) -> (Self, u8, &'static str, &'static [&'static str]) {
        UNITS.into_iter().find(|unit| unit.0 == self).unwrap_or(UNITS[6])
    }
}

/// The unit a column header promises: `投资金额(万元)`, `投资金额（单位：万元）`, `金额/亿元`, `收费标准(元/件)`.
///
/// Ask only for columns of money: `得分(分)` would count in 分.
#[must_use]
pub fn unit_in_header(header: &str) -> Option<Unit> {
    let key = key(header).replace(['[', '{'], "(").replace([']', '}'], ")");
    for inside in key.split('(').skip(1).filter_map(|part| part.split(')').next()) {
        let named = inside.rsplit([':', ',', '、']).next().unwrap_or(inside);
        if let Some(unit) = Unit::parse(named.split('/').next().unwrap_or(named)) {
            return Some(unit);
        }
    }
    let outside = key.split('(').next().unwrap_or(&key);
    let last = outside.rsplit([':', '/', ',']).next().filter(|last| last.len() < outside.len());
    last.and_then(Unit::parse)
        .or_else(|| UNITS.iter().find(|u| u.1 > 2 && outside.ends_with(u.2)).map(|u| u.0))
}
