//! What the rules rest on, each document and article once.

use mingcha_kit::Basis;

const PLAN: &str = "自治州2016年政务公开工作实施方案";
const GUIDE: &str = "政府和社会资本合作模式操作指南(试行)(财金〔2014〕113号)";

/// Which elements are published, quarter by quarter, and whom to ask.
pub(crate) const PLAN_2_2: Basis = Basis::read(PLAN, "二(二)").since(2016, 7, 26);

/// The guide as a whole: return mechanisms and ways of operating.
pub(crate) const GUIDE_113: Basis = Basis::read(GUIDE, "").since(2014, 11, 29).until(2017, 11, 29);

/// The five stages: the titles of chapters two to six.
pub(crate) const GUIDE_113_STAGES: Basis =
    Basis::read(GUIDE, "第二章至第六章").since(2014, 11, 29).until(2017, 11, 29);

/// Usual terms of each way of operating.
pub(crate) const GUIDE_113_TERMS: Basis = Basis::read(GUIDE, "附件").since(2014, 11, 29).until(2017, 11, 29);

/// The award is published within two working days.
pub(crate) const PROCUREMENT_RULES_43: Basis =
    Basis::read("中华人民共和国政府采购法实施条例", "第四十三条").since(2015, 3, 1);

/// Commitments of all PPP projects stay within ten per cent of the budget. Known from reports that quote it.
pub(crate) const AFFORDABILITY_21: Basis =
    Basis::recalled("政府和社会资本合作项目财政承受能力论证指引(财金〔2015〕21号)", "").since(2015, 4, 7);
