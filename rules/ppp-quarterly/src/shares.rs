//! What PPP projects take of a year's budget, and how it is shown beside a line it must be above.

use mingcha_kit::prelude::*;
use values::decimal::ratio;

use crate::tables::fiscal::{GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT};

/// Commitments against general budget expenditure, compared exactly.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    hundredfold: Decimal,
    budget: Decimal,
}

impl Share {
    /// `None` where a figure is blank or the budget is not above zero.
    pub(crate) fn of(year: &Row) -> Option<Self> {
        let budget = year.decimal(GENERAL_BUDGET_EXPENDITURE).filter(|budget| *budget > Decimal::ZERO)?;
        Some(Self { hundredfold: year.decimal(PPP_COMMITMENT)?.checked_mul(Decimal::from(100))?, budget })
    }

    /// Above so many per cent; exactly as many is not above.
    pub(crate) fn is_above(self, per_cent: Decimal) -> Option<bool> {
        Some(self.hundredfold > per_cent.checked_mul(self.budget)?)
    }

    /// In per cent with two decimals, or with as many as it takes to see that it is above the line.
    pub(crate) fn shown(self, line: Decimal) -> Option<Decimal> {
        let rounded = |scale| ratio(self.hundredfold, self.budget, scale);
        [2, 4, 6, 10].into_iter().filter_map(rounded).find(|share| *share > line)
    }
}
