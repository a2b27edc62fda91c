//! 垄断性交易市场服务收费: one row per service fee of a trading market.

use mingcha_kit::Code;
use mingcha_kit::prelude::*;

const MARKETS: &[Code] = &[
    Code::spelt("矿业权", &["矿业权交易", "矿权", "探矿权采矿权", "矿业权出让"]),
    Code::spelt("土地", &["土地交易", "土地使用权", "国有土地使用权", "土地使用权出让", "土地使用权交易"]),
    Code::spelt("建设工程", &["工程建设", "建设工程交易", "工程建设项目", "工程招投标", "工程建设招投标"]),
    Code::spelt("政府采购", &["采购"]),
    Code::spelt("产权", &["产权交易", "国有产权", "国有产权交易"]),
];

/// The markets whose fees the plan wants published.
pub(crate) const REQUIRED_MARKETS: [&str; 3] = ["矿业权", "土地", "建设工程"];

table! {
    /// 交易市场服务收费
    pub(crate) static TRADING_SERVICE_FEE = Table::named("trading_service_fee", "交易市场服务收费", "Service fees of trading markets")
        .aliases(&["垄断性交易市场服务收费", "交易服务收费", "交易服务收费项目", "公共资源交易服务收费"])
        .key(&[MARKET, PLATFORM, ITEM_NAME])
        .body(PLATFORM);
    /// 交易市场
    pub(crate) const MARKET = Column::text("market", "交易市场", "Market")
        .aliases(&["交易类别", "交易类型", "市场类别", "市场"]).codes(MARKETS).fill_down().required();
    /// 交易平台
    pub(crate) const PLATFORM = Column::text("platform", "交易平台", "Platform")
        .aliases(&["交易机构", "平台名称", "交易中心", "收费单位"]).fill_down();
    /// 收费项目
    pub(crate) const ITEM_NAME = Column::text("item_name", "收费项目", "Item")
        .aliases(&["项目名称", "收费项目名称", "服务收费项目"]).required();
    /// 收费标准
    pub(crate) const STANDARD_TEXT = Column::text("standard_text", "收费标准", "Standard").aliases(&["标准", "现行收费标准"]).blanks(&["无"]);
    /// 政策依据
    pub(crate) const BASIS = Column::text("basis", "政策依据", "Basis").aliases(&["收费依据", "文件依据", "依据", "批准文号"]).blanks(&["无"]);
    /// 公开日期
    pub(crate) const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(&["发布日期", "公布日期", "公开时间"]).from_part("published-on");
    /// 网址
    pub(crate) const URL = Column::text("url", "网址", "Address").aliases(&["链接", "公开网址", "链接地址"]).blanks(&["无"]);
}

/// Markets named in a cell: `土地、矿业权交易` names two. A word that names none is left out.
pub(crate) fn markets(cell: &str) -> impl Iterator<Item = &'static str> {
    let named = |word: &str| {
        let names = |code: &&Code| {
            word.contains(code.value) || code.spellings.iter().any(|known| word.contains(known))
        };
        MARKETS.iter().find(names).map(|code| code.value)
    };
    cell.split(['、', ',', '，', ';', '；', '/', '和', '及', '\n'])
        .map(values::text::trimmed)
        .filter_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_name_several_markets() {
        assert_eq!(markets("国有土地使用权、探矿权采矿权").collect::<Vec<_>>(), ["土地", "矿业权"]);
        assert_eq!(markets("工程建设招投标及政府采购").collect::<Vec<_>>(), ["建设工程", "政府采购"]);
        assert_eq!(markets("其他").count(), 0);
    }
}
