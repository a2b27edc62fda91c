//! At which level of government a source was issued, from the prefix of its number or from its title.
//!
//! A table of prefixes, not knowledge: a prefix that is not in it has no level, and each row says whether it was
//! seen in published catalogues or only recalled. Longer prefixes win, so that 财税函 is not read as 财税.

use crate::division::{Division, DivisionKind};
use crate::document_number::{Reference, ReferenceKind};
use crate::shipped;

/// Who issued a source, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssuerLevel {
    /// The state: its congress, the State Council, and the bodies under it.
    Central,
    /// A province or autonomous region.
    Region,
    /// A prefecture or a city with districts.
    Prefecture,
    /// A county or a city without districts.
    County,
}

/// How far a row of a table can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Seen in published catalogues or notices.
    Seen,
    /// Recalled, not verified.
    Recalled,
}

/// One row of the table of prefixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuerPrefix {
    /// How the number begins.
    pub prefix: &'static str,
    /// Who issues under it.
    pub level: IssuerLevel,
    /// How far the row can be trusted.
    pub standing: Standing,
}

/// What sort of text a title names, as far as the title tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TitleKind {
    /// 法律: ends with 法, but not with 办法.
    Law,
    /// 行政法规: ends with 条例 and names no place.
    Regulation,
    /// A text that begins with the name of a place.
    Local(IssuerLevel),
    /// Anything else.
    Unknown,
}

/// The shipped table.
pub const TABLE: &str = include_str!("../data/issuer-heads.csv");
const WIDTH: usize = 3;
const CELLS: [&str; shipped::count(TABLE, WIDTH)] = shipped::cells(TABLE);

/// The prefixes this crate knows.
pub const ISSUERS: [IssuerPrefix; CELLS.len() / WIDTH] = {
    let mut issuers = [row("", "central", "recalled"); CELLS.len() / WIDTH];
    let mut at = 0;
    while at < issuers.len() {
        issuers[at] = row(CELLS[at * WIDTH], CELLS[at * WIDTH + 1], CELLS[at * WIDTH + 2]);
        at += 1;
    }
    issuers
};

/// A row that says neither a level nor a standing does not compile.
const fn row(prefix: &'static str, level: &str, standing: &str) -> IssuerPrefix {
    let level = match level.as_bytes() {
        b"central" => IssuerLevel::Central,
        b"region" => IssuerLevel::Region,
        b"prefecture" => IssuerLevel::Prefecture,
        b"county" => IssuerLevel::County,
        _ => panic!("a head has no level"),
    };
    let standing = match standing.as_bytes() {
        b"read" => Standing::Seen,
        b"recalled" => Standing::Recalled,
        _ => panic!("a head has no standing"),
    };
    IssuerPrefix { prefix, level, standing }
}

/// Provinces, regions and cities directly under the state, short enough to begin any of their names.
const REGIONS: [&str; 34] = [
    "新疆",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "香港",
    "澳门",
];

/// The row a prefix of a document number belongs to: the longest it begins with.
#[must_use]
pub fn issuer_of_prefix(prefix: &str) -> Option<&'static IssuerPrefix> {
    ISSUERS.iter().filter(|row| prefix.starts_with(row.prefix)).max_by_key(|row| row.prefix.len())
}

/// The level of a body by its name: `国务院`, `财政部 税务总局`, `新疆维吾尔自治区人民政府`, `昌吉市财政局`.
///
/// None if the name tells nothing, as in `人民政府`.
#[must_use]
pub fn level_of_body(name: &str) -> Option<IssuerLevel> {
    level_of_place(name).or_else(|| {
        let central = ["国务院", "全国", "国家", "主席", "中共中央", "中国", "最高人民", "中华人民共和国"];
        let ends = ["总局", "总署", "人民银行", "发展改革委", "卫生健康委", "中央军委"];
        // 教育部, 财政部; not the 宣传部 of a 州委, which also ends with 部.
        let ministry = name.ends_with('部') && !name.contains(['州', '县', '市', '区', '省', '委', '厅']);
        let begins = central.iter().any(|word| name.starts_with(word));
        let of_state = name == "国" || ministry || begins || ends.iter().any(|word| name.ends_with(word));
        of_state.then_some(IssuerLevel::Central)
    })
}

/// What sort of text a title names. Takes the title without 《》.
#[must_use]
pub fn title_kind(title: &str) -> TitleKind {
    let title = title.strip_prefix("中华人民共和国").unwrap_or(title);
    let name = title.split(['(', '（']).next().unwrap_or(title).trim_end();
    if let Some(level) = level_of_place(name) {
        return TitleKind::Local(level);
    }
    let not_laws = ["办法", "方法", "做法", "用法", "算法", "写法", "立法", "执法", "司法", "守法", "普法"];
    if name.ends_with("条例") {
        TitleKind::Regulation
    } else if (name.ends_with('法') || name.ends_with("法典"))
        && !not_laws.iter().any(|word| name.ends_with(word))
    {
        TitleKind::Law
    } else {
        TitleKind::Unknown
    }
}

impl Reference {
    /// The level this source was issued at, as far as its form tells.
    #[must_use]
    pub fn issuer_level(&self) -> Option<IssuerLevel> {
        match self.kind {
            ReferenceKind::Numbered => issuer_of_prefix(&self.prefix).map(|row| row.level),
            ReferenceKind::Order | ReferenceKind::Announcement | ReferenceKind::CongressAnnouncement => {
                level_of_body(&self.prefix)
            }
            ReferenceKind::Title => match title_kind(&self.prefix) {
                TitleKind::Law | TitleKind::Regulation => Some(IssuerLevel::Central),
                TitleKind::Local(level) => Some(level),
                TitleKind::Unknown => None,
            },
        }
    }

    /// True for a title that tells it is a law or an administrative regulation of the state.
    #[must_use]
    pub fn is_law_or_regulation(&self) -> bool {
        self.kind == ReferenceKind::Title
            && matches!(title_kind(&self.prefix), TitleKind::Law | TitleKind::Regulation)
    }
}

/// The level of the place a name begins with, the lowest of several.
fn level_of_place(name: &str) -> Option<IssuerLevel> {
    let region = REGIONS.iter().find_map(|region| name.strip_prefix(region));
    let rest = region.map_or(name, |rest| {
        let kinds = ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "特别行政区"];
        kinds.iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest)
    });
    below_region(rest).or(region.map(|_| IssuerLevel::Region))
}

/// The level of the prefecture, city or county a name begins with.
fn below_region(name: &str) -> Option<IssuerLevel> {
    let begins =
        |d: &&Division| name.starts_with(d.name) || d.aliases.iter().any(|alias| name.starts_with(alias));
    let known = crate::division::all().filter(begins);
    if let Some(division) = known.max_by_key(|division: &&Division| division.kind == DivisionKind::County) {
        return Some(match division.kind {
            DivisionKind::County | DivisionKind::Park => IssuerLevel::County,
            DivisionKind::Prefecture => IssuerLevel::Prefecture,
        });
    }
    let (place, mark, after) = first_place(name)?;
    let length = place.chars().count();
    let word = (place.chars().last().is_some_and(|c| "城上入都集门超夜股各本县全".contains(c)))
        || after.starts_with(['场', '政', '容', '民', '值', '价']);
    match mark {
        _ if word || !(2..=8).contains(&length) => None,
        '县' | '旗' => Some(IssuerLevel::County),
        _ => Some(IssuerLevel::Prefecture),
    }
}

/// The text before the first 市, 州, 盟, 县 or 旗, that character, and the text after it.
fn first_place(name: &str) -> Option<(&str, char, &str)> {
    let (at, mark) = name.char_indices().find(|(_, c)| matches!(c, '市' | '州' | '盟' | '县' | '旗'))?;
    Some((&name[..at], mark, &name[at + mark.len_utf8()..]))
}

#[cfg(test)]
#[path = "issuer_tests.rs"]
mod tests;
