//! The choices the pack leaves to its user.

use mingcha_kit::{Setting, text};

/// Who must be there, where the data handed in does not show it.
pub(crate) static BOUND_UNITS: Setting = Setting::list(
    "bound-units",
    &[],
    text(
        "应当公开的县市和园区(代码或名称);不填时,数据中出现两个以上县市或园区的,按七县市三园区全部检查",
        "Counties and parks that must publish (codes or names); if empty, all ten are expected as soon as the data holds two of them",
    ),
);

/// When a quarter must have been published.
pub(crate) static QUARTER_DEADLINE: Setting = Setting::integer(
    "quarter-deadline-working-days",
    20,
    text(
        "季度结束后应在多少个工作日内公开",
        "Working days after the end of a quarter within which it is published",
    ),
);

/// From which change on an investment must be explained.
pub(crate) static INVESTMENT_CHANGE: Setting = Setting::number(
    "investment-change-percent",
    10.0,
    text(
        "投资金额较上期变动超过百分之几,应当说明",
        "Change of an investment since the quarter before, in per cent, above which it is explained",
    ),
);

/// From which share of the budget on commitments call for a warning.
pub(crate) static FISCAL_WARNING: Setting = Setting::number(
    "fiscal-warning-percent",
    7.0,
    text(
        "PPP支出责任占一般公共预算支出超过百分之几,提示风险",
        "Share of the budget, in per cent, above which PPP commitments call for a warning",
    ),
);
