//! A mode of operation nobody can place.

use mingcha_kit::prelude::*;

use crate::bases::{GUIDE_113, PLAN_2_2};
use crate::modes;
use crate::tables::project::{OPERATION_MODE, PROJECT};

rule! {
    /// ## 查什么
    /// 运作方式应能识别:O&M(委托运营)、MC(管理合同)、BOT(建设-运营-移交)、BOO(建设-拥有-运营)、TOT(转让-运营-移交)、
    /// ROT(改建-运营-移交);LOT、BOOT、BOOST、DBFO、其他也能识别。几种方式并用的写成 `TOT+BOT`。中文名称、全角字母都可以。
    ///
    /// 运作方式及通常年限见参考数据 `modes-and-terms`,年限可用设置 `usual-terms` 替代,写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 运作方式决定资产归谁、由谁运营、期满是否移交,合作期限也按它来看。操作指南列举了六种,用“等”字收尾,所以这里只提醒,不判错。
    /// ## 怎么改
    /// 按合同或实施方案写成上面的名称,用“+”连接。“特许经营”是授权形式,不是运作方式,请写明是BOT还是别的。确属其他方式的写“其他”,
    /// 在进度说明里讲清楚。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式
    /// 虚构供热管网,特许经营
    /// ```
    /// ```csv good
    /// 项目名称,运作方式
    /// 虚构供热管网,ＴＯＴ＋建设-运营-移交
    /// ```
    /// ---
    /// ## What
    /// The mode of operation can be placed: O&M, MC, BOO, BOT, TOT, ROT, or one of LOT, BOOT, BOOST, DBFO, 其他; several
    /// are joined as `TOT+BOT`. Chinese names and full-width letters will do.
    ///
    /// Modes and usual terms are the facts `modes-and-terms`; the settings `usual-terms` and `spellings` change them.
    /// ## Why
    /// The mode says who owns, who operates and whether the asset is handed over; the usual term depends on it. The
    /// guide's list is open, so this is a warning.
    /// ## How to mend
    /// Take the name from the contract. A concession (特许经营) is a grant and no mode: say which mode it uses.
    pub(crate) static RULE = Rule {
        id: "ppp/mode-code",
        title: text("运作方式无法识别", "Mode of operation unknown"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE]),
        bases: &[GUIDE_113, PLAN_2_2],
        messages: &[Message::new("运作方式“{operation_mode}”无法识别", "Mode of operation “{operation_mode}” is not known")],
        check: Check::Row(mode_code),
        ..Rule::EMPTY
    };
}

fn mode_code(project: &Row, findings: &mut Findings) -> Judged {
    if project.by_value(OPERATION_MODE, |text| modes::parse(text).has_unknown)? {
        findings.at(project, OPERATION_MODE);
    }
    JUDGED
}
