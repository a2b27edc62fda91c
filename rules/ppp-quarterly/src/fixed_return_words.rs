//! A project that promises the company a return.

use mingcha_kit::prelude::*;

use crate::bases::{DEMONSTRATION_57, LOCAL_DEBT_50};
use crate::notes;
use crate::tables::project::{PARTICIPATION_MODE, PROGRESS_NOTE, PROJECT};

/// Words of a promise.
const WORDS: [&str; 5] = ["保底", "固定回报", "回购", "兜底", "明股实债"];

/// A least quantity shares a risk, and public welfare promises no company anything.
const BESIDES: [&str; 10] = [
    "保底水量",
    "保底处理量",
    "保底量",
    "保底垃圾量",
    "保底供水量",
    "保底供热量",
    "保底车流量",
    "保底用量",
    "兜底保障",
    "兜底对象",
];

rule! {
    /// ## 查什么
    /// 政府和社会资本参与方式、进度说明里,不应写着保底、固定回报、回购、兜底、明股实债。写“不得承诺保底”“无回购安排”的不算;
    /// “保底水量”之类约定最低数量的、“兜底保障”之类说社会救助的也不算。
    /// ## 为什么
    /// 财金〔2015〕57号、财预〔2017〕50号(原文待核)禁止政府向社会资本承诺固定回报、保底、回购或兜底:风险全由政府担,PPP就成了变相举债。
    /// ## 怎么改
    /// 对照合同。合同里有这类约定的,应当依法清理;没有的,把文字改准确。项目公司内部股东之间的安排,写清楚不由政府承担。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,政府和社会资本参与方式
    /// 虚构环城公路,BOT,政府方三年后回购社会资本股权
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,政府和社会资本参与方式
    /// 虚构环城公路,BOT,双方共同组建项目公司;无回购安排
    /// ```
    /// ---
    /// ## What
    /// Neither how the two sides take part nor the note on progress speaks of 保底, 固定回报, 回购, 兜底 or 明股实债: a floor, a
    /// fixed return, buying back, making good, debt in the guise of shares. 无回购安排 and the like are no objection, nor are
    /// least quantities (保底水量) and public welfare (兜底保障).
    /// ## Why
    /// Two notices (their wording is still to be checked) forbid government to promise them: with all risks left to it,
    /// PPP is borrowing by another name.
    /// ## How to mend
    /// Compare with the contract. What it promises must be undone; what it does not must not be written.
    pub(crate) static RULE = Rule {
        id: "ppp/fixed-return-words",
        title: text("写有保底、固定回报、回购等字样", "A return is promised"),
        over: Reading::of(&PROJECT, &[]).and_optional(&[PARTICIPATION_MODE, PROGRESS_NOTE]),
        bases: &[DEMONSTRATION_57, LOCAL_DEBT_50],
        since: DEMONSTRATION_57.since,
        messages: &[Message::new(
            "{field}写有“{word}”,政府不得承诺固定回报、保底或回购",
            "{field} says “{word}”; government may promise no fixed return, no floor and no buying back",
        )],
        check: Check::Row(fixed_return_words),
        ..Rule::EMPTY
    };
}

fn fixed_return_words(project: &Row, findings: &mut Findings) -> Judged {
    let told = [PARTICIPATION_MODE, PROGRESS_NOTE].map(|column| (column, project.text(column)));
    if told.iter().all(|(_, text)| text.is_none()) {
        return None;
    }
    for (column, text) in told {
        if let Some(word) = text.and_then(|text| notes::says(text, &WORDS, &BESIDES)) {
            findings.at(project, column).with("field", [column].as_slice()).with("word", word);
        }
    }
    JUDGED
}
