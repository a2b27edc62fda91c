//! How long a contract runs, and the two bounds that hold whatever the mode: ten years and thirty.
//!
//! `term-bot-range`, `term-below-10` and `term-over-30` look at the same cell; here is decided which of them speaks.

use mingcha_kit::prelude::*;
use values::term::Term;

use crate::bases::{CONCESSIONS_6, DEMONSTRATION_57, GUIDE_113_TERMS};
use crate::modes::{self, Mode, Modes};
use crate::tables::project::{CONTRACT_SIGNED_ON, CONTRACT_START, COOP_YEARS, OPERATION_MODE};

/// What is read of a record, beside its mode and term.
pub(crate) const CONTRACT: &[Column] = &[CONTRACT_SIGNED_ON, CONTRACT_START];

/// Modes the least term is asked of: what is built or bought must be worth the years.
const LONG: [Mode; 4] = [
    Mode::BuildOperateTransfer,
    Mode::TransferOperateTransfer,
    Mode::RehabilitateOperateTransfer,
    Mode::BuildOwnOperate,
];

/// The years of the term; `None` where it is blank or says none, which `required-fields` and `term-missing-number` report.
pub(crate) fn years(project: &Row) -> Option<Decimal> {
    Some(Term::parse(project.text(COOP_YEARS)?).ok()?.years)
}

/// Objects to a project of this mode alone whose term is longer than the guide says is usual.
pub(crate) fn at_most_usual(mode: Mode, project: &Row, findings: &mut Findings) -> Judged {
    let modes = project.by_value(OPERATION_MODE, modes::parse)?;
    if !modes.is_only(mode) {
        return None;
    }
    were_under(&GUIDE_113_TERMS, project)?;
    let (_, most) = mode.usual_years(project.task());
    let (most, years) = (most?, years(project)?);
    if years > most {
        findings.at(project, COOP_YEARS).with("most", most).actual(years);
    }
    JUDGED
}

/// Below ten years, of a mode and a day that ten years are asked of. `None` where they are not.
pub(crate) fn is_below_10(project: &Row, modes: &Modes, years: Decimal) -> Option<bool> {
    modes.any_of(&LONG)?;
    were_under(&DEMONSTRATION_57, project)?;
    Some(years < Decimal::from(10))
}

/// Above thirty years, of a mode and a day that thirty are the most for. `None` where they are not.
pub(crate) fn is_over_30(project: &Row, modes: &Modes, years: Decimal) -> Option<bool> {
    if modes.is_only(Mode::OperateAndMaintain) || modes.is_only(Mode::ManagementContract) {
        return None; // `term-om` and `term-mc`
    }
    were_under(&CONCESSIONS_6, project)?;
    Some(years > Decimal::from(30))
}

/// `None` where the contract was signed on a day the document did not hold. The day of the audit counts where none is
/// written.
pub(crate) fn were_under(basis: &Basis, project: &Row) -> Judged {
    let signed = project.date(CONTRACT_SIGNED_ON).or_else(|| project.date(CONTRACT_START));
    let day = signed.unwrap_or(project.task().as_of);
    basis.holds_on(day).then_some(())
}
