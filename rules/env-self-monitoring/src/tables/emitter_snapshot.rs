//! Results as they were disclosed at an earlier time, handed in as a file or sheet of its own, known by its name.

use mingcha_kit::Table;

use super::emitter_result::EMITTER_RESULT;

/// Columns as in [`EMITTER_RESULT`]: its constants read the rows of both.
pub static EMITTER_SNAPSHOT: Table = Table {
    name: "emitter_snapshot",
    zh: "自行监测结果(较早快照)",
    en: "Self-monitoring results, earlier snapshot",
    aliases: &[
        "较早快照",
        "早期快照",
        "上次快照",
        "前次快照",
        "历史快照",
        "上次公开",
        "前次公开",
        "此前公开",
    ],
    ..EMITTER_RESULT
};
