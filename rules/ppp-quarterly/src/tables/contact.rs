//! Whom to ask about PPP projects, one row per county or park.

use mingcha_kit::prelude::*;

/// How people say "not there" where 无 cannot be an answer.
const NOTHING: &[&str] = &["无", "未填", "不详", "未确定", "尚未确定", "空缺"];

table! {
    /// The PPP agency of each county and park, and how to reach it.
    pub(crate) static CONTACT = Table::named("ppp_contact", "PPP项目工作机构联系表", "PPP agencies and contacts")
        .aliases(&["PPP联系人", "PPP工作机构", "PPP项目工作机构", "联系人名单"])
        .key(&[REGION_CODE, AGENCY_NAME])
        .body(REGION_CODE);
    /// 所属县市/园区
    pub(crate) const REGION_CODE = Column::text("region_code", "所属县市/园区", "County or park")
        .aliases(&[
            "所属县市", "所属园区", "县市", "县市(园区)", "县市/园区", "县市园区", "县市、园区", "所属县(市)", "所属县市(园区)", "所在地区",
            "所属地区", "地区", "单位", "行政区划", "行政区划代码",
        ])
        .fill_down()
        .from_part("region");
    /// PPP项目工作机构
    pub(crate) const AGENCY_NAME = Column::text("agency_name", "PPP项目工作机构", "PPP agency")
        .aliases(&["PPP工作机构", "工作机构", "PPP项目工作机构名称", "PPP工作机构名称", "工作机构名称", "PPP管理机构", "PPP中心", "PPP机构"])
        .blanks(NOTHING)
        .required();
    /// 联系人
    pub(crate) const CONTACT_NAME = Column::text("contact_name", "联系人", "Contact person")
        .aliases(&["联系人姓名", "负责人", "经办人", "联络员", "联络人", "姓名"])
        .blanks(NOTHING)
        .required();
    /// 联系电话
    pub(crate) const PHONE = Column::text("phone", "联系电话", "Telephone")
        .aliases(&["联系方式", "电话", "办公电话", "联系人电话", "电话号码", "手机", "联系号码"])
        .blanks(NOTHING);
    /// 电子邮箱
    pub(crate) const EMAIL = Column::text("email", "电子邮箱", "E-mail")
        .aliases(&["邮箱", "电子邮件", "E-mail", "邮箱地址"])
        .blanks(NOTHING);
    /// 地址
    pub(crate) const ADDRESS = Column::text("address", "地址", "Address")
        .aliases(&["联系地址", "办公地址", "通讯地址", "通信地址"])
        .blanks(NOTHING);
    /// 更新日期
    pub(crate) const UPDATED_ON = Column::date("updated_on", "更新日期", "Updated")
        .aliases(&["更新时间", "信息更新日期", "最近更新日期", "最后更新日期"]);
    /// 公开日期
    pub(crate) const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published")
        .aliases(&["公开时间", "发布日期", "发布时间", "公布日期"])
        .from_part("published-on");
    /// 网址
    pub(crate) const URL = Column::text("url", "网址", "Address on the web")
        .aliases(&["公开网址", "链接", "公开链接", "网页地址"])
        .blanks(NOTHING);
}
