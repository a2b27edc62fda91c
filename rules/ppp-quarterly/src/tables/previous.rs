//! The quarter before, where it is handed in as a file or sheet of its own, known by its name.

use mingcha_kit::Table;

use super::project::PROJECT;

/// Columns as in [`PROJECT`]: its constants read the rows of both.
pub(crate) static PREVIOUS: Table = Table {
    name: "ppp_previous",
    zh: "上期PPP项目信息表",
    en: "PPP projects, quarter before",
    aliases: &["上期", "上季度", "上一季度", "上季", "上一期"],
    ..PROJECT
};
