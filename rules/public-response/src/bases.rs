//! What the rules rest on, each document once, with the days it holds.

use mingcha_kit::Basis;

/// The prefecture's plan: a press conference within 24 hours of an emergency of the two highest levels.
pub(crate) const PLAN_2016: Basis =
    Basis::read("自治州2016年政务公开工作实施方案", "五(二)").since(2016, 7, 26);

/// 24 hours for those emergencies, 48 for all other matters. The wording was read, not under which number it stands, so
/// none is cited. It is dated 30 July 2016; `since` is the day of publication, before which nobody could know it.
pub(crate) const RESPONSE_61: Basis =
    Basis::read("国办发〔2016〕61号《关于在政务公开工作中进一步做好政务舆情回应的通知》", "")
        .since(2016, 8, 12);
