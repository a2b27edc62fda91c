//! Choices left to the user: times and tolerances, the national list of funds, and which document heads belong to which
//! level.
//!
//! Heads are the characters before the year of a document number (`新发改收费〔2016〕1号`); a list entry stands for every
//! head that begins with it, and the longest entry counts. They add to the heads that come with the values, and decide where both
//! know one. Heads nobody
//! knows are of unknown level, and no rule objects on their account.

use mingcha_kit::{Setting, text};

/// Working days in which a list must follow a notice.
pub(crate) static TIMELY_DAYS: Setting = Setting::integer(
    "timely-days",
    20,
    text("政策生效后更新清单的期限(工作日)", "Working days for bringing a list up to date"),
);

/// Days after which a list looks forgotten.
pub(crate) static MAX_AGE_DAYS: Setting = Setting::integer(
    "max-age-days",
    365,
    text("清单多少天未更新予以提示", "Days after which a list that was not updated is pointed out"),
);

/// From when a new fee on enterprises needs a law: the notice is of June 2014 and names no day.
pub(crate) static LAW_NEEDED_SINCE: Setting = Setting::text(
    "law-needed-since",
    "2014-06-30",
    text("新设涉企收费须有法律、行政法规依据的起始日期", "Day from which new fees on enterprises need a law"),
);

/// What a charge may exceed its standard by, as a share of it.
pub(crate) static AMOUNT_TOLERANCE: Setting = Setting::number(
    "amount-tolerance",
    0.005,
    text("实收金额超过标准的容许比例(0.005即0.5%)", "Share by which a charge may exceed its standard"),
);

/// Funds of the national list; replaces the list the pack ships.
pub(crate) static NATIONAL_FUNDS: Setting = Setting::list(
    "national-funds",
    &[],
    text(
        "全国政府性基金目录清单(填写后替代随规则提供的清单)",
        "The national list of government funds, in place of the one shipped",
    ),
);

/// Heads of the State Council, its offices and its ministries.
pub(crate) static CENTRAL_HEADS: Setting = Setting::list(
    "central-heads",
    &[],
    text(
        "中央文件的机关代字(补充随附的代字;同样的代字以这里为准)",
        "Heads of central documents, beside those known and before them",
    ),
);

/// Heads of the autonomous region and its departments.
pub(crate) static REGIONAL_HEADS: Setting = Setting::list(
    "regional-heads",
    &[],
    text(
        "自治区文件的机关代字(补充随附的代字;同样的代字以这里为准)",
        "Heads of the autonomous region's documents, beside those known and before them",
    ),
);

/// Heads of the prefecture and its departments, and of its parks.
pub(crate) static PREFECTURE_HEADS: Setting = Setting::list(
    "prefecture-heads",
    &[],
    text(
        "自治州(含园区)文件的机关代字(补充随附的代字;同样的代字以这里为准)",
        "Heads of the prefecture's and its parks' documents, beside those known and before them",
    ),
);

/// Heads of the counties and their departments.
pub(crate) static COUNTY_HEADS: Setting = Setting::list(
    "county-heads",
    &[],
    text(
        "县市文件的机关代字(补充随附的代字;同样的代字以这里为准)",
        "Heads of the counties' documents, beside those known and before them",
    ),
);
