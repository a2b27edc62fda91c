//! How long a provisional award was shown: from its first day to its last, both counted.

use mingcha_kit::prelude::*;

use crate::tables::project::{PREAWARD_FROM, PREAWARD_TO};

/// The days it was shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    /// The first.
    pub(crate) from: NaiveDate,
    /// All of them.
    pub(crate) days: i64,
    /// Those that were worked.
    pub(crate) working_days: u32,
    /// A day is among them whose standing is not settled.
    pub(crate) unsettled: bool,
}

impl Shown {
    /// `None` where a date is blank, they are in the wrong order (`date-order`), or there is no calendar for them.
    pub(crate) fn of(project: &Row) -> Option<Self> {
        let (from, to) = (project.date(PREAWARD_FROM)?, project.date(PREAWARD_TO)?);
        if to < from {
            return None;
        }
        let calendar = project.task().calendar();
        let working_days = calendar.working_days_between(from.pred_opt()?, to).ok()?;
        let unsettled = from.iter_days().take_while(|day| *day <= to).any(|day| calendar.is_unsettled(day));
        Some(Self { from, days: (to - from).num_days() + 1, working_days, unsettled })
    }
}
