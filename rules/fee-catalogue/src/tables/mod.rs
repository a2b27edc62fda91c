//! The tables the pack reads, one file each; code lists that several of them share.

use mingcha_kit::Code;

pub(crate) mod fee_catalogue;
pub(crate) mod fee_collection;
pub(crate) mod fee_policy_event;
pub(crate) mod fee_publication;
pub(crate) mod trading_service_fee;

/// Charge levied by a public body on the strength of law.
pub(crate) const ADMINISTRATIVE_FEE: &str = "行政事业性收费";
/// Government fund.
pub(crate) const GOVERNMENT_FUND: &str = "政府性基金";
/// Fee of an operator for a service, perhaps priced by the government.
pub(crate) const SERVICE_FEE: &str = "经营服务性收费";
/// Deposit asked of enterprises.
pub(crate) const DEPOSIT: &str = "涉企保证金";

/// 收费性质
pub(crate) const NATURES: &[Code] = &[
    Code::spelt(
        ADMINISTRATIVE_FEE,
        &["行政事业收费", "行政性收费", "事业性收费", "行政事业性", "涉企行政事业性收费", "行政性", "事业性"],
    ),
    Code::spelt(GOVERNMENT_FUND, &["政府基金", "政府性基金收费", "涉企政府性基金", "基金"]),
    Code::spelt(
        SERVICE_FEE,
        &[
            "经营服务收费",
            "经营性收费",
            "服务性收费",
            "政府定价经营服务性收费",
            "经营服务性",
            "经营性",
            "服务性",
        ],
    ),
    Code::spelt(DEPOSIT, &["保证金"]),
];
