//! PPP projects: one row per project and quarter, or a sentence saying that there are none.

use mingcha_kit::{Code, prelude::*};

use crate::stages::STAGES;

/// How people say "not there" where 无 cannot be an answer.
const NOTHING: &[&str] = &["无", "未填", "不详", "不涉及", "未确定", "尚未确定"];

/// The same, where procurement has not come so far.
const NO_AWARD: &[&str] = &[
    "无",
    "不涉及",
    "未确定",
    "尚未确定",
    "未采购",
    "尚未采购",
    "未招标",
    "尚未招标",
    "未中标",
    "尚未中标",
    "未成交",
];

/// The three mechanisms of the plan.
const RETURN_MECHANISMS: &[Code] = &[
    Code::spelt(
        "使用者付费",
        &["用户付费", "使用者付费模式", "使用者付费机制", "使用者支付", "使用者付费类"],
    ),
    Code::spelt(
        "可行性缺口补助",
        &[
            "可行性缺口补贴",
            "可行性缺口补助模式",
            "可行性缺口",
            "缺口补助",
            "缺口补贴",
            "政府补助",
            "可行性缺口补助(VGF)",
            "VGF",
        ],
    ),
    Code::spelt("政府付费", &["政府付费模式", "政府付费机制", "政府支付", "政府购买服务付费", "政府付费类"]),
];

/// The five ways of procurement.
const PROCUREMENT_METHODS: &[Code] = &[
    Code::spelt("公开招标", &["公开招投标", "公开招标方式"]),
    Code::spelt("邀请招标", &["邀请招投标", "邀标", "邀请招标方式"]),
    Code::spelt("竞争性谈判", &["竞争谈判", "竞争性谈判方式"]),
    Code::spelt("竞争性磋商", &["竞争磋商", "竞争性磋商方式"]),
    Code::spelt("单一来源采购", &["单一来源", "单一来源方式", "单一来源采购方式"]),
];

table! {
    /// PPP projects, quarter by quarter. Without both a name and a way of operating it is another project list.
    pub(crate) static PROJECT = Table::named("ppp_project", "PPP项目信息表", "PPP projects")
        .aliases(&["本期", "本季度"])
        .key(&[PROJECT_ID, PROJECT_NAME, REPORT_PERIOD])
        .body(REGION_CODE);
    /// 报告期
    pub(crate) const REPORT_PERIOD = Column::text("report_period", "报告期", "Reporting period")
        .aliases(&["报告期间", "报告季度", "填报期", "填报季度", "公开季度", "所属季度", "季度", "期间", "所属期"])
        .fill_down()
        .from_part("period");
    /// 所属县市/园区
    pub(crate) const REGION_CODE = Column::text("region_code", "所属县市/园区", "County or park")
        .aliases(&[
            "所属县市", "所属园区", "县市", "县市(园区)", "县市/园区", "县市园区", "县市、园区", "所属县(市)", "所属县市(园区)", "所在地区",
            "所属地区", "地区", "所在县市", "区划", "行政区划", "行政区划代码", "填报地区",
        ])
        .fill_down()
        .from_part("region");
    /// 项目编号
    pub(crate) const PROJECT_ID = Column::text("project_id", "项目编号", "Project number")
        .aliases(&["项目编码", "项目代码", "项目库编号", "入库编号", "PROJ_RID"])
        .blanks(NOTHING);
    /// 项目名称
    pub(crate) const PROJECT_NAME = Column::text("project_name", "项目名称", "Project")
        .aliases(&["PPP项目名称", "项目", "PPP项目", "PROJ_NAME"])
        .required();
    /// 所属行业
    pub(crate) const INDUSTRY = Column::text("industry", "所属行业", "Industry")
        .aliases(&["行业", "行业类别", "行业领域", "所属领域", "项目类型"])
        .blanks(NOTHING);
    /// 投资金额
    pub(crate) const INVEST_AMOUNT = Column::decimal("invest_amount", "投资金额", "Investment", 6)
        .aliases(&["项目总投资", "总投资", "投资总额", "投资额", "项目投资", "总投资额", "估算总投资", "概算总投资", "项目投资额", "计划总投资"])
        .unit("万元");
    /// 政府和社会资本参与方式
    pub(crate) const PARTICIPATION_MODE =
        Column::text("participation_mode", "政府和社会资本参与方式", "Participation of government and private capital")
            .aliases(&["参与方式", "政府参与方式", "政府与社会资本参与方式", "社会资本参与方式", "政府和社会资本合作方式", "合作方式"])
            .blanks(NOTHING);
    /// 政府方持股比例
    pub(crate) const GOV_EQUITY_PCT = Column::decimal("gov_equity_pct", "政府方持股比例", "Government share", 4)
        .aliases(&["政府持股比例", "政府方股权比例", "政府出资比例", "政府方出资比例", "政府股权占比"])
        .unit("%");
    /// 社会资本持股比例
    pub(crate) const PRIVATE_EQUITY_PCT = Column::decimal("private_equity_pct", "社会资本持股比例", "Private share", 4)
        .aliases(&["社会资本方持股比例", "社会资本股权比例", "社会资本出资比例", "社会资本方出资比例", "社会资本股权占比"])
        .unit("%");
    /// 回报机制
    pub(crate) const RETURN_MECHANISM = Column::text("return_mechanism", "回报机制", "Return mechanism")
        .aliases(&["项目回报机制", "付费机制", "付费方式", "投资回报机制", "回报方式"])
        .codes(RETURN_MECHANISMS)
        .blanks(NOTHING);
    /// 运作方式
    pub(crate) const OPERATION_MODE = Column::text("operation_mode", "运作方式", "Mode of operation")
        .aliases(&["运作模式", "项目运作方式", "具体运作方式", "PPP运作方式", "实施方式", "操作模式"])
        .blanks(NOTHING)
        .required();
    /// 合作期限
    pub(crate) const COOP_YEARS = Column::text("coop_years", "合作期限", "Term")
        .aliases(&["合作期", "合作年限", "项目合作期", "项目合作期限", "特许经营期", "特许经营期限", "合同期限", "拟合作期限"])
        .unit("年")
        .blanks(NOTHING);
    /// 建设期
    pub(crate) const BUILD_YEARS = Column::text("build_years", "建设期", "Construction period")
        .aliases(&["建设期限", "建设年限", "其中:建设期", "项目建设期"])
        .unit("年")
        .blanks(NOTHING);
    /// 运营期
    pub(crate) const OP_YEARS = Column::text("op_years", "运营期", "Operation period")
        .aliases(&["运营期限", "运营年限", "其中:运营期", "经营期", "项目运营期", "运营维护期"])
        .unit("年")
        .blanks(NOTHING);
    /// 合同起始日期
    pub(crate) const CONTRACT_START = Column::date("contract_start", "合同起始日期", "Contract from")
        .aliases(&["合同起始日", "合同开始日期", "合作起始日期", "合作开始日期", "合同生效日期"]);
    /// 合同终止日期
    pub(crate) const CONTRACT_END = Column::date("contract_end", "合同终止日期", "Contract to")
        .aliases(&["合同终止日", "合同结束日期", "合同到期日", "合同截止日期", "合作终止日期", "合作结束日期"]);
    /// 项目进度
    pub(crate) const STAGE = Column::text("stage", "项目进度", "Stage")
        .aliases(&["项目阶段", "所处阶段", "进度", "阶段", "当前阶段", "实施阶段", "项目进展", "项目所处阶段", "PROJ_STATE_NAME"])
        .codes(&STAGES)
        .blanks(NOTHING);
    /// 进入本阶段日期
    pub(crate) const STAGE_SINCE = Column::date("stage_since", "进入本阶段日期", "In this stage since")
        .aliases(&["进入当前阶段日期", "进入本阶段时间", "本阶段开始日期", "进入阶段时间"]);
    /// 进度说明
    pub(crate) const PROGRESS_NOTE = Column::text("progress_note", "进度说明", "Note on progress")
        .aliases(&["进展说明", "进展情况", "项目进展情况", "工作进展", "备注", "变更说明", "情况说明", "说明"]);
    /// 采购方式
    pub(crate) const PROCUREMENT_METHOD = Column::text("procurement_method", "采购方式", "Procurement method")
        .aliases(&["招标方式", "招标采购方式", "招采方式", "社会资本采购方式", "项目采购方式", "招标(采购)方式"])
        .codes(PROCUREMENT_METHODS)
        .blanks(NO_AWARD);
    /// 资格预审日期
    pub(crate) const PREQUAL_ON = Column::date("prequal_on", "资格预审日期", "Prequalification")
        .aliases(&["资格预审公告日期", "资格预审时间", "资格预审公告时间", "预审日期"]);
    /// 采购公告日期
    pub(crate) const BID_NOTICE_ON = Column::date("bid_notice_on", "采购公告日期", "Call for bids")
        .aliases(&["招标公告日期", "采购公告时间", "招标公告时间", "采购(招标)公告日期", "磋商公告日期"]);
    /// 预中标公示开始日期
    pub(crate) const PREAWARD_FROM = Column::date("preaward_from", "预中标公示开始日期", "Provisional award shown from")
        .aliases(&["预中标公示起", "预中标公示开始时间", "预中标公示起始日期", "预成交公示开始日期", "中标候选人公示开始日期"]);
    /// 预中标公示结束日期
    pub(crate) const PREAWARD_TO = Column::date("preaward_to", "预中标公示结束日期", "Provisional award shown to")
        .aliases(&["预中标公示止", "预中标公示结束时间", "预中标公示截止日期", "预成交公示结束日期", "中标候选人公示结束日期"]);
    /// 中标日期
    pub(crate) const AWARD_ON = Column::date("award_on", "中标日期", "Award")
        .aliases(&["中标(成交)日期", "成交日期", "中标时间", "中标(成交)时间", "定标日期", "确定中标人日期", "中标成交日期"]);
    /// 中标结果公告日期
    pub(crate) const AWARD_NOTICE_ON = Column::date("award_notice_on", "中标结果公告日期", "Award published")
        .aliases(&[
            "中标公告日期", "成交公告日期", "结果公告日期", "中标(成交)结果公告日期", "中标(成交)公告日期", "中标结果公告时间", "中标公告时间",
            "中标结果公布日期",
        ]);
    /// 合同签订日期
    pub(crate) const CONTRACT_SIGNED_ON = Column::date("contract_signed_on", "合同签订日期", "Contract signed")
        .aliases(&["合同签署日期", "合同签订时间", "签约日期", "签约时间", "PPP合同签订日期", "项目合同签订日期"]);
    /// 合同公告日期
    pub(crate) const CONTRACT_PUBLISHED_ON = Column::date("contract_published_on", "合同公告日期", "Contract published")
        .aliases(&["合同公开日期", "合同公告时间", "合同公布日期", "合同公示日期"]);
    /// 中标(成交)社会资本
    pub(crate) const WINNER_NAME = Column::text("winner_name", "中标(成交)社会资本", "Winner")
        .aliases(&[
            "中标社会资本", "成交社会资本", "中标(成交)社会资本方", "中标社会资本方", "中标单位", "中标人", "成交供应商", "中标(成交)供应商",
            "中标(成交)单位", "中选社会资本", "社会资本方", "社会资本方名称", "中标企业", "中标结果", "招标采购及中标结果",
        ])
        .blanks(NO_AWARD);
    /// 中标社会资本统一社会信用代码
    pub(crate) const WINNER_USCC = Column::text("winner_uscc", "中标社会资本统一社会信用代码", "Winner's credit code")
        .aliases(&["统一社会信用代码", "社会信用代码", "信用代码", "社会资本统一社会信用代码", "中标单位统一社会信用代码"])
        .blanks(NOTHING);
    /// 中标金额
    pub(crate) const AWARD_AMOUNT = Column::decimal("award_amount", "中标金额", "Award amount", 6)
        .aliases(&["中标(成交)金额", "成交金额", "中标价", "成交价", "中标报价", "报价", "中标金额/报价", "中标(成交)价"])
        .unit("万元");
    /// 实施机构
    pub(crate) const IMPLEMENTING_AGENCY = Column::text("implementing_agency", "实施机构", "Implementing agency")
        .aliases(&["项目实施机构", "项目实施单位", "实施单位", "政府方实施机构"])
        .blanks(NOTHING);
    /// 物有所值论证
    pub(crate) const VFM_PASSED = Column::text("vfm_passed", "物有所值论证", "Value for money assessed")
        .aliases(&["物有所值评价", "物有所值", "物有所值评价通过", "物有所值评价日期", "是否通过物有所值评价"])
        .blanks(NOTHING);
    /// 财承论证
    pub(crate) const FISCAL_PASSED = Column::text("fiscal_passed", "财承论证", "Affordability assessed")
        .aliases(&["财政承受能力论证", "财政承受能力", "财承论证通过", "财承论证日期", "财政承受能力论证日期", "是否通过财政承受能力论证"])
        .blanks(NOTHING);
    /// 实施方案公开日期
    pub(crate) const PLAN_PUBLISHED_ON = Column::date("plan_published_on", "实施方案公开日期", "Implementation plan published")
        .aliases(&["实施方案公开时间", "项目实施方案公开日期", "PPP实施方案公开日期", "实施方案公示日期"]);
    /// 物有所值评价报告公开日期
    pub(crate) const VFM_PUBLISHED_ON = Column::date("vfm_published_on", "物有所值评价报告公开日期", "Value for money report published")
        .aliases(&["物有所值评价报告公开时间", "物有所值报告公开日期", "物有所值评价公开日期", "物有所值公开日期"]);
    /// 财政承受能力论证报告公开日期
    pub(crate) const FISCAL_PUBLISHED_ON =
        Column::date("fiscal_published_on", "财政承受能力论证报告公开日期", "Affordability report published")
            .aliases(&["财政承受能力论证报告公开时间", "财承论证报告公开日期", "财政承受能力论证公开日期", "财承报告公开日期", "财承公开日期"]);
    /// 年度财政支出责任
    pub(crate) const ANNUAL_GOV_PAYMENT = Column::decimal("annual_gov_payment", "年度财政支出责任", "Yearly public payment", 6)
        .aliases(&["当年财政支出责任", "年度支出责任", "财政支出责任", "年度财政补贴", "财政补贴支出", "年度政府支出责任", "年均财政支出责任"])
        .unit("万元");
    /// 更新日期
    pub(crate) const UPDATED_ON = Column::date("updated_on", "更新日期", "Updated")
        .aliases(&["更新时间", "信息更新日期", "最近更新日期", "最后更新日期", "最近更新时间"]);
    /// 公开日期
    pub(crate) const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published")
        .aliases(&["公开时间", "发布日期", "发布时间", "公布日期", "公示日期", "信息公开日期"])
        .from_part("published-on");
    /// 网址
    pub(crate) const URL = Column::text("url", "网址", "Address on the web")
        .aliases(&["公开网址", "链接", "公开链接", "网页地址", "公开地址", "信息公开网址"])
        .blanks(NOTHING);
}
