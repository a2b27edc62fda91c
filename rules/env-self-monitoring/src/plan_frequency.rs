//! Manual tests are planned less often than the least frequency.
//!
//! Memory: one entry per emitter with basic information.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::bases;
use crate::frequency::Frequency;
use crate::minimum_frequencies::Minimums;
use crate::plans;
use crate::points::medium;
use crate::pollutants::canonical;
use crate::tables::codes::MANUAL;
use crate::tables::emitter_basic::{self, EMITTER_BASIC, INDUSTRY};
use crate::tables::emitter_plan::{
    CHANGED_ON, EMITTER_PLAN, FREQ_N, FREQ_UNIT, MEDIUM, METHOD, POINT_CODE, POLLUTANT, PUBLISHED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 手工监测的频次不低于规定的最低频次。方案按公开日期(没有的按变更日期,再没有的按检查日期)适用:
    /// 2017年5月31日以前,废水化学需氧量、氨氮每日,其他每月;废气二氧化硫、氮氧化物每周,颗粒物每月,其他每季度;厂界噪声
    /// 每季度;畜禽养殖场每月。2017年6月1日起按HJ 819-2017的下限。每月4次视同每周1次,每月30次视同每日1次。
    /// “自动+手工”的点位以自动监测为主,不查。
    /// 最低频次是参考数据 `minimum-frequencies`,可用设置 `minimum-frequencies` 补充或替代。
    ///
    /// ## 为什么
    /// 频次太低,超标排放就看不见。有的最低频次尚未核对原文,这样的结论标“依据待核”,只作警告。
    ///
    /// ## 怎么改
    /// 把方案中该点位、该污染物的手工监测频次提高到不低于最低频次,按新频次监测,并在方案变更后及时公开。
    /// 环评批复、排污许可另有要求的,从严执行。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测方式,监测频次,公开日期
    /// DW001,化学需氧量,手工,1次/月,2016-09-01
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测方式,监测频次,公开日期
    /// DW001,化学需氧量,手工,1次/日,2016-09-01
    /// ```
    /// ---
    /// ## What
    /// Manual tests are planned at least as often as the rules demand on the day the plan was published (else changed, else
    /// the day of the audit). Until 2017-05-31: COD and ammonia in wastewater daily, others monthly; SO₂ and NOₓ weekly,
    /// particulates monthly, other waste gas quarterly; noise quarterly; livestock farms monthly. From 2017-06-01 the lower
    /// ends of HJ 819-2017. The frequencies are the facts `minimum-frequencies`; a setting of that name adds to them, or
    /// takes their place.
    ///
    /// ## Why
    /// Tests made too seldom do not see what exceeds. Where the least frequency was not checked against the original text,
    /// the finding says so and is a warning.
    ///
    /// ## How to mend
    /// Raise the frequency in the plan, test accordingly, and publish the changed plan.
    pub static RULE = Rule {
        id: "env/plan-frequency",
        title: text("手工监测频次低于最低要求", "Manual tests too seldom"),
        over: Reading::of(&EMITTER_PLAN, &[METHOD, POLLUTANT, FREQ_N])
            .and_optional(&[USCC, POINT_CODE, MEDIUM, FREQ_UNIT, CHANGED_ON, PUBLISHED_ON]),
        beside: &[Reading::of(&EMITTER_BASIC, &[emitter_basic::USCC, INDUSTRY]).presence(Presence::Optional)],
        bases: &[bases::FREQUENCY, bases::HJ_819],
        messages: &[
            Message::new(
                "{point_code}“{pollutant}”手工监测频次{actual},低于{expected}",
                "{point_code} “{pollutant}” is tested {actual}, less often than {expected}",
            ),
            Message::named(
                "unverified",
                "{point_code}“{pollutant}”手工监测频次{actual},低于{expected}(最低频次依据待核)",
                "{point_code} “{pollutant}” is tested {actual}, less often than {expected} (least frequency not yet verified)",
            )
            .weighing(Severity::Warning),
        ],
        since: bases::SINCE_81,
        check: Check::Inspection(|task| {
            Box::new(PlanFrequency { minimums: Minimums::of(task), industries: HashMap::new() })
        }),
        ..Rule::EMPTY
    };
}

struct PlanFrequency {
    minimums: Minimums,
    industries: HashMap<String, String>,
}

impl Inspection for PlanFrequency {
    fn beside(&mut self, batch: &Batch) {
        for emitter in batch.rows() {
            if let (Some(code), Some(industry)) = (emitter.text(emitter_basic::USCC), emitter.text(INDUSTRY))
            {
                self.industries.insert(code.to_owned(), industry.to_owned());
            }
        }
    }

    fn record(&mut self, line: &Row, findings: &mut Findings) -> Judged {
        if line.text(METHOD)? != MANUAL {
            return None;
        }
        let planned = Frequency::parse(line.text(FREQ_N)?, line.text(FREQ_UNIT))?;
        let industry = line.text(USCC).and_then(|code| self.industries.get(code));
        let medium = medium(line.text(POINT_CODE), line.text(MEDIUM))?;
        let least = self.minimums.least(
            industry.map(String::as_str),
            medium,
            canonical(line.text(POLLUTANT)?),
            plans::day(line),
        )?;
        if planned.is_below(least.frequency) {
            let finding = findings.at(line, FREQ_N);
            let finding = finding.expected(least.frequency.to_string()).actual(planned.to_string());
            if !least.verified {
                finding.saying("unverified");
            }
        }
        JUDGED
    }
}
