//! What the rules rest on: each document once, with the days it holds.
//!
//! 环发〔2013〕81号 was written for state-controlled emitters; the prefecture's plan for 2016 extends it to all key
//! emitters. Its articles from 5 on were recalled, not read, and reports say so.

use mingcha_kit::prelude::*;

const DOC_81: &str = "国家重点监控企业自行监测及信息公开办法(试行)(环发〔2013〕81号)";

/// First day of 环发〔2013〕81号.
pub const SINCE_81: Option<NaiveDate> = NaiveDate::from_ymd_opt(2014, 1, 1);

/// First day of the rule of five working days for manual results.
pub const SINCE_FIVE_WORKING_DAYS: Option<NaiveDate> = NaiveDate::from_ymd_opt(2023, 1, 1);

/// What a plan contains.
pub const PLAN_CONTENT: Basis = Basis::read(DOC_81, "第四条").since(2014, 1, 1);

/// Automatic monitoring goes on all day.
pub const ALL_DAY: Basis =
    Basis::read(DOC_81, "第九条、第十条(采用自动监测的,全天连续监测)").since(2014, 1, 1);

/// How often manual tests are made at least.
pub const FREQUENCY: Basis = Basis::recalled(DOC_81, "第十条").since(2014, 1, 1);

/// Of an exceedance the cause is found, and it is reported.
pub const EXCEEDANCE_HANDLED: Basis = Basis::recalled(DOC_81, "第十六条").since(2014, 1, 1);

/// The annual report: by the end of January.
pub const ANNUAL_REPORT: Basis = Basis::recalled(DOC_81, "第十七条、第二十条(四)").since(2014, 1, 1);

/// The basic information an emitter discloses.
pub const BASIC_CONTENT: Basis = Basis::recalled(DOC_81, "第十八条(一)").since(2014, 1, 1);

/// What is disclosed of each result, at all points.
pub const RESULT_CONTENT: Basis = Basis::recalled(DOC_81, "第十八条(三)").since(2014, 1, 1);

/// Reasons for not monitoring are disclosed.
pub const REASON_DISCLOSED: Basis = Basis::recalled(DOC_81, "第十八条(四)").since(2014, 1, 1);

/// What was published stays public for a year.
pub const KEPT_A_YEAR: Basis = Basis::recalled(DOC_81, "第十九条").since(2014, 1, 1);

/// Manual results: the day after.
pub const NEXT_DAY: Basis = Basis::recalled(DOC_81, "第二十条(二)").since(2014, 1, 1);

/// Manual results: five working days, from 2023.
pub const FIVE_WORKING_DAYS: Basis =
    Basis::read("环办监测〔2023〕5号", "监测工作完成后五个工作日内公开监测结果").since(2023, 1, 1);

/// Automatic results: in real time.
pub const REAL_TIME: Basis = Basis::recalled(DOC_81, "第二十条(三)").since(2014, 1, 1);

/// Technical guide: how often emitters without a guide of their industry test.
pub const HJ_819: Basis =
    Basis::recalled("HJ 819-2017 排污单位自行监测技术指南 总则", "监测频次").since(2017, 6, 1);

/// Falsifying data is forbidden.
pub const NO_FALSIFYING: Basis = Basis::read("中华人民共和国环境保护法", "第四十二条").since(2015, 1, 1);

/// Key emitters disclose truthfully what they discharge and where they exceed.
pub const TRUTHFUL_DISCLOSURE: Basis =
    Basis::read("中华人民共和国环境保护法", "第五十五条").since(2015, 1, 1);

/// The prefecture's plan: key emitters disclose five things, among them reasons for not monitoring.
pub const PLAN_2016: Basis = Basis::read("自治州2016年政务公开工作实施方案", "三(五)").since(2016, 7, 26);

/// The credit code and its check character.
pub const CREDIT_CODE: Basis =
    Basis::read("GB 32100-2015 法人和其他组织统一社会信用代码编码规则", "").since(2015, 10, 1);

/// Limits for town sewage works, before their amendment.
pub const GB_18918: Basis =
    Basis::read("GB 18918-2002 城镇污水处理厂污染物排放标准", "表1").since(2003, 7, 1).until(2026, 3, 1);

/// The limits for town sewage works are daily means.
pub const GB_18918_DAILY: Basis = Basis::read("GB 18918-2002 城镇污水处理厂污染物排放标准", "表1(日均值)")
    .since(2003, 7, 1)
    .until(2026, 3, 1);

/// Which of two figures counts for ammonia.
pub const GB_18918_TEMPERATURE: Basis =
    Basis::recalled("GB 18918-2002 城镇污水处理厂污染物排放标准", "表1注(括号内外数值以水温12℃为界)")
        .since(2003, 7, 1)
        .until(2026, 3, 1);

/// Limits for thermal power plants.
pub const GB_13223: Basis = Basis::read("GB 13223-2011 火电厂大气污染物排放标准", "表1").since(2012, 1, 1);

/// Power plants correct to a reference oxygen.
pub const GB_13223_OXYGEN: Basis =
    Basis::recalled("GB 13223-2011 火电厂大气污染物排放标准", "基准氧含量排放浓度折算方法").since(2012, 1, 1);

/// Boilers correct to a reference oxygen.
pub const GB_13271_OXYGEN: Basis =
    Basis::recalled("GB 13271-2014 锅炉大气污染物排放标准", "基准氧含量排放浓度折算方法").since(2014, 7, 1);

/// Limits for boilers.
pub const GB_13271: Basis =
    Basis::recalled("GB 13271-2014 锅炉大气污染物排放标准", "表1、表2").since(2014, 7, 1);

/// Limits for wastewater in general.
pub const GB_8978: Basis = Basis::recalled("GB 8978-1996 污水综合排放标准", "表2、表4").since(1998, 1, 1);

/// What is monitored: water, air, and noise at the boundary.
pub const MONITORED_MEDIA: Basis = Basis::recalled(DOC_81, "第五条").since(2014, 1, 1);

/// Plans are disclosed.
pub const PLAN_DISCLOSED: Basis = Basis::recalled(DOC_81, "第十八条(二)").since(2014, 1, 1);

/// Changes of basic information and of plans: within five days.
pub const CHANGE_IN_FIVE_DAYS: Basis = Basis::recalled(DOC_81, "第二十条(一)").since(2014, 1, 1);

/// The list of key emitters: by the end of March.
pub const LIST_BY_MARCH: Basis =
    Basis::recalled("企业事业单位环境信息公开办法(环境保护部令第31号)", "重点排污单位名录每年3月底前公布")
        .since(2015, 1, 1)
        .until(2022, 2, 8);

/// Key emitters of air are listed, and measure by instruments.
pub const AIR_MONITORING: Basis = Basis::read("中华人民共和国大气污染防治法", "第二十四条").since(2016, 1, 1);

/// Key emitters of water measure by instruments.
pub const WATER_MONITORING: Basis =
    Basis::read("中华人民共和国水污染防治法(2017年修正)", "第二十三条").since(2018, 1, 1);
