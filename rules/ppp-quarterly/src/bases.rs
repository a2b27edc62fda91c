//! What the rules rest on, each document and article once.

use mingcha_kit::Basis;

const PLAN: &str = "自治州2016年政务公开工作实施方案";
const GUIDE: &str = "政府和社会资本合作模式操作指南(试行)(财金〔2014〕113号)";
const PROCUREMENT_RULES: &str = "中华人民共和国政府采购法实施条例";
const QUALITY: &str = "财政部办公厅关于开展全国PPP综合信息平台项目信息质量提升专项行动的通知(2022年)";

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
pub(crate) const PROCUREMENT_RULES_43: Basis = Basis::read(PROCUREMENT_RULES, "第四十三条").since(2015, 3, 1);

/// Commitments of all PPP projects stay within ten per cent of the budget. Known from reports that quote it.
pub(crate) const AFFORDABILITY_21: Basis =
    Basis::recalled("政府和社会资本合作项目财政承受能力论证指引(财金〔2015〕21号)", "").since(2015, 4, 7);

/// Procurement: the contract is signed within thirty days of the notice of award.
pub(crate) const PROCUREMENT_46: Basis = Basis::read("中华人民共和国政府采购法", "第四十六条");

/// A single source is shown for five working days.
pub(crate) const PROCUREMENT_RULES_38: Basis = Basis::read(PROCUREMENT_RULES, "第三十八条").since(2015, 3, 1);

/// The contract is published within two working days.
pub(crate) const PROCUREMENT_RULES_50: Basis = Basis::read(PROCUREMENT_RULES, "第五十条").since(2015, 3, 1);

/// Candidates for the award are shown for three days. The day it took effect is recalled.
pub(crate) const TENDER_RULES_54: Basis =
    Basis::read("中华人民共和国招标投标法实施条例", "第五十四条").since(2012, 2, 1);

/// A provisional award of a PPP project is shown for five working days.
pub(crate) const PPP_PROCUREMENT_215: Basis =
    Basis::recalled("政府和社会资本合作项目政府采购管理办法(财库〔2014〕215号)", "").since(2014, 12, 31);

/// A term of ten years at least, in principle; no fixed return, no promise to buy back.
pub(crate) const DEMONSTRATION_57: Basis =
    Basis::recalled("关于进一步做好政府和社会资本合作项目示范工作的通知(财金〔2015〕57号)", "")
        .since(2015, 6, 25);

/// A concession runs thirty years at most.
pub(crate) const CONCESSIONS_6: Basis =
    Basis::recalled("基础设施和公用事业特许经营管理办法(2015年)", "第六条")
        .since(2015, 6, 1)
        .until(2024, 5, 1);

/// What a project contract says of shares: government below half, and without control.
pub(crate) const CONTRACT_GUIDE_156: Basis =
    Basis::recalled("PPP项目合同指南(试行)(财金〔2014〕156号)", "").since(2014, 12, 30);

/// Value for money and affordability are assessed before procurement.
pub(crate) const GUIDE_113_ASSESSMENTS: Basis =
    Basis::recalled(GUIDE, "第八条、第九条").since(2014, 11, 29).until(2017, 11, 29);

/// No local guarantee of returns under another name.
pub(crate) const LOCAL_DEBT_50: Basis =
    Basis::recalled("关于进一步规范地方政府举债融资行为的通知(财预〔2017〕50号)", "").since(2017, 4, 26);

/// What is published at once and what in time. Known from reports that quote it.
pub(crate) const DISCLOSURE_1: Basis =
    Basis::recalled("政府和社会资本合作(PPP)综合信息平台信息公开管理暂行办法(财金〔2017〕1号)", "")
        .since(2017, 3, 1)
        .until(2022, 2, 1);

/// Where commitments are above five per cent, no new project paid by government; above seven, a warning.
pub(crate) const STANDARDS_10: Basis =
    Basis::recalled("关于推进政府和社会资本合作规范发展的实施意见(财金〔2019〕10号)", "").since(2019, 3, 7);

/// The same lines again, as reported on the day given.
pub(crate) const SUNSHINE_2022: Basis =
    Basis::read("关于进一步推动政府和社会资本合作(PPP)规范发展、阳光运行的通知(2022年)", "")
        .since(2022, 11, 18);

/// Projects nobody has brought up to date, or without what matters in execution.
pub(crate) const QUALITY_2022_STANDSTILL: Basis = Basis::read(QUALITY, "一(一)").since(2022, 6, 20);

/// Changes that were not entered, and data plainly wrong.
pub(crate) const QUALITY_2022_CHANGES: Basis = Basis::read(QUALITY, "一(二)").since(2022, 6, 20);

/// How a credit code is made up.
pub(crate) const CREDIT_CODE: Basis =
    Basis::read("GB 32100-2015 法人和其他组织统一社会信用代码编码规则", "").since(2015, 10, 1);
