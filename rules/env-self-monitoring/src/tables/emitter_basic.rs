//! 基础信息: who the emitter is, where, and who monitors for it.

use mingcha_kit::prelude::*;

use super::codes::{CREDIT_CODE_HEADERS, EMITTER_NAME_HEADERS, PUBLISHED_ON_HEADERS, URL_HEADERS};

table! {
    /// Basic information, one record an emitter.
    pub static EMITTER_BASIC = Table::named("emitter_basic", "排污单位基础信息", "Emitters' basic information")
        .aliases(&["基础信息", "企业基础信息", "企业基本情况", "基本信息", "自行监测基础信息"])
        .key(&[USCC])
        .body(EMITTER_NAME);
    /// 统一社会信用代码
    pub const USCC = Column::text("uscc", "统一社会信用代码", "Unified social credit code").aliases(CREDIT_CODE_HEADERS);
    /// 企业名称
    pub const EMITTER_NAME = Column::text("emitter_name", "企业名称", "Emitter")
        .aliases(EMITTER_NAME_HEADERS)
        .from_part("reporter")
        .required();
    /// 法人代表
    pub const LEGAL_REP = Column::text("legal_rep", "法人代表", "Legal representative")
        .aliases(&["法定代表人", "法人", "法人代表(法定代表人)", "法定代表人(负责人)", "单位负责人"])
        .required();
    /// 所属行业
    pub const INDUSTRY = Column::text("industry", "所属行业", "Industry")
        .aliases(&["行业", "行业类别", "行业类型", "行业名称", "所属行业类别", "国民经济行业类别"]);
    /// 地理位置
    pub const ADDRESS = Column::text("address", "地理位置", "Location")
        .aliases(&["地址", "企业地址", "单位地址", "详细地址", "生产地址", "所在地", "企业所在地", "生产经营场所地址"]);
    /// 经度
    pub const LON = Column::number("lon", "经度", "Longitude").aliases(&["东经", "中心经度", "地理位置(经度)"]).unit("°");
    /// 纬度
    pub const LAT = Column::number("lat", "纬度", "Latitude").aliases(&["北纬", "中心纬度", "地理位置(纬度)"]).unit("°");
    /// 生产周期
    pub const PRODUCTION_CYCLE = Column::text("production_cycle", "生产周期", "Production cycle")
        .aliases(&["生产时间", "年生产时间", "生产班制", "生产制度"]);
    /// 联系人
    pub const CONTACT = Column::text("contact", "联系人", "Contact").aliases(&["联系人姓名", "环保联系人", "环保负责人"]);
    /// 联系方式
    pub const PHONE = Column::text("phone", "联系方式", "Telephone")
        .aliases(&["联系电话", "电话", "电话号码", "联系人电话", "办公电话", "手机"]);
    /// 委托监测机构名称
    pub const ENTRUSTED_LAB = Column::text("entrusted_lab", "委托监测机构名称", "Entrusted laboratory")
        .aliases(&["委托监测机构", "委托机构名称", "委托机构", "委托单位", "受委托监测机构", "第三方监测机构"]);
    /// 变更日期
    pub const CHANGED_ON = Column::date("changed_on", "变更日期", "Changed on").aliases(&["变更时间", "调整日期", "变动日期"]);
    /// 公开日期
    pub const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(PUBLISHED_ON_HEADERS)
        .from_part("published-on");
    /// 网址
    pub const URL = Column::text("url", "网址", "Page").aliases(URL_HEADERS);
}
