//! A return mechanism that is none of the three.

use mingcha_kit::prelude::*;

use crate::bases::{GUIDE_113, PLAN_2_2};
use crate::tables::project::{PROJECT, RETURN_MECHANISM};

/// The values of the column's code list.
const MECHANISMS: [&str; 3] = ["使用者付费", "可行性缺口补助", "政府付费"];

rule! {
    /// ## 查什么
    /// 回报机制只能是三种之一:使用者付费、可行性缺口补助(也写作可行性缺口补贴)、政府付费。
    /// ## 为什么
    /// 回报机制决定钱由谁出:最终用户、用户加财政、还是全部由财政。写成“市场化运作”“特许经营”之类,看不出财政要承担多少。
    /// ## 怎么改
    /// 改成三种之一。同时有用户付费和财政补助的,就是可行性缺口补助。特许经营、股权合作等写到运作方式或参与方式里。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,回报机制
    /// 虚构污水处理厂,BOT,市场化运作
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,回报机制
    /// 虚构污水处理厂,BOT,可行性缺口补贴
    /// ```
    /// ---
    /// ## What
    /// The return mechanism is one of three: paid by users (使用者付费), viability gap subsidy (可行性缺口补助), paid by
    /// government (政府付费).
    /// ## Why
    /// It says whose money pays for the project. Any other word hides how much the budget will bear.
    /// ## How to mend
    /// Write one of the three. Users' payments together with a subsidy are 可行性缺口补助.
    pub(crate) static RULE = Rule {
        id: "ppp/return-code",
        title: text("回报机制不规范", "Return mechanism not one of the three"),
        over: Reading::of(&PROJECT, &[RETURN_MECHANISM]),
        bases: &[GUIDE_113, PLAN_2_2],
        messages: &[Message::new(
            "回报机制“{return_mechanism}”不规范,应为使用者付费、可行性缺口补助或政府付费",
            "Return mechanism “{return_mechanism}” is none of 使用者付费, 可行性缺口补助, 政府付费",
        )],
        check: Check::Row(return_code),
        ..Rule::EMPTY
    };
}

fn return_code(project: &Row, findings: &mut Findings) -> Judged {
    if !MECHANISMS.contains(&project.text(RETURN_MECHANISM)?) {
        findings.at(project, RETURN_MECHANISM);
    }
    JUDGED
}
