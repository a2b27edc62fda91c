//! `fee/hotline-format`: a complaints line nobody can dial.

use mingcha_kit::prelude::*;
use values::telephone::{Telephone, TelephoneError, TelephoneKind};

use crate::bases::PLAN_2016;
use crate::tables::fee_publication::{FEE_PUBLICATION, HOTLINE, PUBLISHER};

rule! {
    /// ## 查什么
    /// 投诉举报电话应当打得通:固定电话有区号(昌吉州0994)和7位号码,手机号11位,或者是12358、12345等短号和400电话。一格里可以写几个号码,用顿号分开,有一个不对就提示。
    ///
    /// 其他地区的区号(如乌鲁木齐0991)只作提醒。没有填写电话的,由 `fee/hotline-missing` 检查。
    /// ## 为什么
    /// 公布了打不通的电话,等于没有公布。
    /// ## 怎么改
    /// 拨打核实后改正,固定电话写成“0994-1234560”的样子。
    /// ## 例
    /// ```csv bad
    /// 版本日期,公开渠道,投诉举报电话
    /// 2016-08-01,政府网站,0994-23451
    /// ```
    /// ```csv good
    /// 版本日期,公开渠道,投诉举报电话
    /// 2016-08-01,政府网站,0994-2345178、12358
    /// ```
    /// ---
    /// ## What
    /// A complaints line can be dialled: a landline with its area code and 7 digits, a mobile number, a short number or
    /// a 400 number. Each number of a cell is looked at; area codes of other places are a notice only.
    /// ## Why
    /// A number that reaches nobody is not published.
    /// ## How to mend
    /// Dial it, and write it like 0994-1234560.
    pub(crate) static RULE = Rule {
        id: "fee/hotline-format",
        title: text("投诉举报电话格式不正确", "Complaints line that cannot be dialled"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_PUBLICATION, &[]).and_optional(&[HOTLINE, PUBLISHER]),
        bases: &[PLAN_2016],
        messages: &[
            Message::new("投诉举报电话“{hotline}”格式不正确", "The complaints line “{hotline}” is not a telephone number"),
            Message::named("length", "投诉举报电话“{hotline}”位数不对", "The complaints line “{hotline}” has the wrong number of digits"),
            Message::named(
                "placeholder",
                "投诉举报电话“{hotline}”像是占位号码,请核实",
                "The complaints line “{hotline}” looks like a placeholder; please check",
            ),
            Message::named("no-area", "投诉举报电话“{hotline}”没有区号", "The complaints line “{hotline}” has no area code"),
            Message::named(
                "other-area",
                "投诉举报电话“{hotline}”是外地号码,请核实",
                "The complaints line “{hotline}” is of another area; please check",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(publication: &Row, findings: &mut Findings) -> Judged {
    if let Some(wording) = publication.by_value(HOTLINE, fault)? {
        findings.at(publication, HOTLINE).saying(wording);
    }
    JUDGED
}

/// The wording for the first number of a cell that has a fault; numbers that cannot be dialled count first.
fn fault(cell: &str) -> Option<&'static str> {
    let numbers = Telephone::parse_all(cell);
    let undialled = numbers.iter().find_map(|number| number.as_ref().err()).map(|error| match error {
        TelephoneError::NotANumber => "default",
        TelephoneError::Length => "length",
        TelephoneError::Placeholder => "placeholder",
    });
    let read = || numbers.iter().flatten();
    let no_area = || read().any(|number| number.kind == TelephoneKind::Local).then_some("no-area");
    let other_area = || read().any(Telephone::has_other_area).then_some("other-area");
    undialled.or_else(no_area).or_else(other_area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_fault_of_a_cell_is_told() {
        assert_eq!(fault("0994-2345178、12358"), None);
        assert_eq!(fault("0991-2345178、2345"), Some("length"));
        assert_eq!(fault("2345178"), Some("no-area"));
        assert_eq!(fault("0991-2345178"), Some("other-area"));
        assert_eq!(fault("见公示栏"), Some("default"));
        assert_eq!(fault("0994-8888888"), Some("placeholder"));
    }
}
