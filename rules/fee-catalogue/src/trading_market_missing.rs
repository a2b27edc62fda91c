//! `fee/trading-market-missing`: a trading market whose service fees nobody published.

use std::collections::BTreeSet;

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2016;
use crate::tables::trading_service_fee::{MARKET, REQUIRED_MARKETS, TRADING_SERVICE_FEE, markets};

rule! {
    /// ## 查什么
    /// 公开的交易市场服务收费中,矿业权、土地、建设工程三类市场都应有收费项目。一格里可以写几类市场。
    ///
    /// 交来的几张表合在一起看,只要有一张写了就行;没有交来交易市场服务收费表的,不查。
    /// ## 为什么
    /// 工作方案要求公开矿业权、土地、建设工程等垄断性交易市场的服务收费。
    /// ## 怎么改
    /// 补上该类市场的服务收费项目;不收费的,也写一行,标准写“不收费”。
    /// ## 例
    /// ```csv bad
    /// 交易市场,收费项目
    /// 土地,示例交易服务费
    /// 建设工程,示例交易服务费
    /// ```
    /// ```csv good
    /// 交易市场,收费项目
    /// 矿业权,示例交易服务费
    /// 土地,示例交易服务费
    /// 建设工程,示例交易服务费
    /// ```
    /// ---
    /// ## What
    /// The published service fees of trading markets hold items for mining rights, land and construction. All tables
    /// handed in count together; where none was, nothing is said.
    /// ## Why
    /// The plan asks for the service fees of these monopoly markets.
    /// ## How to mend
    /// Add the market's fees; where there are none, a row that says so.
    pub(crate) static RULE = Rule {
        id: "fee/trading-market-missing",
        title: text("交易市场服务收费未公开", "Trading market without published fees"),
        scope: Scope::WholeTable,
        over: Reading::of(&TRADING_SERVICE_FEE, &[MARKET]),
        bases: &[PLAN_2016],
        messages: &[Message::new("未公开{market_name}交易服务收费项目", "No service fees are published for the market {market_name}")],
        check: Check::Inspection(|_| Box::<TradingMarketMissing>::default()),
        ..Rule::EMPTY
    };
}

/// Memory: the markets met.
#[derive(Default)]
struct TradingMarketMissing(BTreeSet<&'static str>);

impl Inspection for TradingMarketMissing {
    fn record(&mut self, fee: &Row, _: &mut Findings) -> Judged {
        self.0.extend(markets(fee.text(MARKET)?));
        None // markets are judged, not records
    }

    fn close(&mut self, findings: &mut Findings) {
        for market in REQUIRED_MARKETS {
            findings.judge(|findings| {
                if !self.0.contains(market) {
                    findings.about(market).with("market_name", market);
                }
                JUDGED
            });
        }
    }
}
