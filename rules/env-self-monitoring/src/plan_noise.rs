//! A plan leaves out the noise at the boundary.
//!
//! Memory: one entry per emitter.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::pollutants::is_noise;
use crate::tables::codes::NOISE;
use crate::tables::emitter_plan::{EMITTER_PLAN, MEDIUM, POLLUTANT, USCC};

rule! {
    /// ## 查什么
    /// 一家单位的自行监测方案至少有一行厂界噪声:污染源类别为“厂界噪声”,或者污染物名称写明噪声、等效声级。
    ///
    /// ## 为什么
    /// 自行监测内容包括水、大气污染物和厂界噪声。
    ///
    /// ## 怎么改
    /// 在方案中补上厂界噪声,每季度至少监测一次,夜间生产的加测夜间噪声。环评批复或排污许可不要求监测噪声的,在方案中写明。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染源类别,污染物名称,监测频次
    /// 91652302948219939M,DW001,废水,化学需氧量,1次/日
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染源类别,污染物名称,监测频次
    /// 91652302948219939M,DW001,废水,化学需氧量,1次/日
    /// 91652302948219939M,厂界东,厂界噪声,昼间噪声,1次/季
    /// ```
    /// ---
    /// ## What
    /// An emitter's plan has a line for noise at the boundary, by its medium or the name of what is measured.
    ///
    /// ## Why
    /// Self-monitoring is of water, of air, and of noise at the boundary.
    ///
    /// ## How to mend
    /// Add it, once a quarter at least, also at night where the works run at night; or say in the plan why it is not asked.
    pub static RULE = Rule {
        id: "env/plan-noise",
        title: text("方案未包含厂界噪声", "Plan without noise at the boundary"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC]),
        over: Reading::of(&EMITTER_PLAN, &[USCC]).and_optional(&[MEDIUM, POLLUTANT]),
        bases: &[bases::MONITORED_MEDIA],
        since: bases::SINCE_81,
        messages: &[Message::new(
            "{uscc}的自行监测方案未包含厂界噪声",
            "The plan of {uscc} leaves out noise at the boundary",
        )],
        check: Check::Inspection(|_| Box::new(PlanNoise { plans: Groups::by(&[USCC]) })),
        ..Rule::EMPTY
    };
}

struct PlanNoise {
    /// The first line of each plan, and whether a line is of noise.
    plans: Groups<(Place, bool)>,
}

impl Inspection for PlanNoise {
    fn record(&mut self, line: &Row, _: &mut Findings) -> Judged {
        let (first, noise) = self.plans.of(line, || (line.place(), false))?;
        *first = line.place().min(*first);
        *noise |= line.text(MEDIUM) == Some(NOISE) || line.text(POLLUTANT).is_some_and(is_noise);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (emitter, &(first, noise)) in self.plans.iter() {
            findings.judge(|findings| {
                if !noise {
                    findings.at_place(first).subject(emitter);
                }
                JUDGED
            });
        }
    }
}
