//! What the rules rest on, each document and article once.

use mingcha_kit::Basis;

/// 目录清单管理, 实时公开, 清单之外一律不得执行
pub(crate) const ENTERPRISE_LISTS: Basis =
    Basis::read("国办发〔2014〕30号《关于进一步加强涉企收费管理减轻企业负担的通知》", "一")
        .since(2014, 6, 30);
/// New fees and funds on enterprises must rest on laws and administrative regulations
pub(crate) const NEW_FEES: Basis =
    Basis::read("国办发〔2014〕30号《关于进一步加强涉企收费管理减轻企业负担的通知》", "二")
        .since(2014, 6, 30);
/// The prefecture's plan: lists published and kept up to date, complaints line
pub(crate) const PLAN_2016: Basis =
    Basis::read("自治州2016年政务公开工作实施方案", "二(四)").since(2016, 7, 26);
/// 行政事业性收费的项目、依据、标准 are published, until 2019
pub(crate) const DISCLOSURE_2007: Basis =
    Basis::recalled("政府信息公开条例(国务院令第492号)", "第十条(五)").since(2008, 5, 1).until(2019, 5, 15);
/// 行政事业性收费项目及其依据、标准 are published
pub(crate) const DISCLOSURE_2019: Basis =
    Basis::read("政府信息公开条例(国务院令第711号)", "第二十条(八)").since(2019, 5, 15);
/// Two levels of approval: central and provincial
pub(crate) const TWO_LEVELS: Basis =
    Basis::read("财综〔2004〕100号《行政事业性收费项目审批管理暂行办法》", "第四条").since(2005, 1, 1);
/// What counts as a fee set up lawfully
pub(crate) const LAWFUL_FEE: Basis = order_281("第三条");
/// What counts as a fund set up lawfully
pub(crate) const LAWFUL_FUND: Basis = order_281("第三条(二)");
/// Setting up a fee without authority
pub(crate) const FEE_WITHOUT_AUTHORITY: Basis = order_281("第五条");
/// Changing scope or standard without authority
pub(crate) const CHANGED_WITHOUT_AUTHORITY: Basis = order_281("第六条");
/// Charging on after abolition or reduction
pub(crate) const CHARGED_ON: Basis = order_281("第七条");
/// Receipts other than those of the finance departments
pub(crate) const FISCAL_RECEIPTS: Basis = order_281("第十条");
/// Revenue that does not reach the treasury or the fiscal account
pub(crate) const PAID_INTO_TREASURY: Basis = order_281("第十四条");
/// Revenue kept or spent by the unit itself
pub(crate) const KEPT_REVENUE: Basis = order_281("第十六条");
/// Fees ended, and fees from which small firms are exempt
pub(crate) const SMALL_FIRMS_EXEMPT: Basis = Basis::read("财税〔2014〕101号", "二").since(2015, 1, 1);
/// Fees from which everybody is exempt
pub(crate) const ALL_EXEMPT: Basis = Basis::read("财税〔2016〕42号", "").since(2016, 5, 1);
/// Which funds there are
pub(crate) const FUND_LIST: Basis = Basis::recalled("全国政府性基金目录清单(财政部)", "");
/// Abolished fees may not become prices of services
pub(crate) const NOT_INTO_SERVICES: Basis =
    Basis::recalled("关于取消的行政事业性收费不得转为经营服务性收费的规定(2006年)", "");
/// The funds ended or merged in 2016; 不得以任何理由拖延或者拒绝执行
pub(crate) const FUNDS_2016: Basis = Basis::read("财税〔2016〕11号", "").since(2016, 2, 1);
/// Nobody may charge outside the lists
pub(crate) const SMALL_FIRMS: Basis =
    Basis::read("中小企业促进法(2017年修订)", "第五十五条").since(2018, 1, 1);
/// Fees and deposits outside the lists may not be charged
pub(crate) const BUSINESS_ENVIRONMENT: Basis =
    Basis::read("优化营商环境条例(国务院令第722号)", "第二十五条").since(2020, 1, 1);
/// How a document number is written
pub(crate) const DOCUMENT_NUMBERS: Basis =
    Basis::read("GB/T 9704-2012《党政机关公文格式》", "7.2.5").since(2012, 7, 1);

const fn order_281(article: &'static str) -> Basis {
    Basis::read("国务院令第281号《违反行政事业性收费和罚没收入收支两条线管理规定行政处分暂行规定》", article)
        .since(2000, 2, 12)
}
