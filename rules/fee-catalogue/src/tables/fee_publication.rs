//! 清单公开记录: one row per publication of a list through one channel.

use mingcha_kit::Code;
use mingcha_kit::prelude::*;

/// The government's own website.
pub(crate) const PORTAL: &str = "政府网站";
/// The list of government funds only.
pub(crate) const FUNDS_ONLY: &str = "基金";

const CHANNELS: &[Code] = &[
    Code::spelt(
        PORTAL,
        &[
            "政府门户网站",
            "门户网站",
            "政府网",
            "政务网站",
            "政务公开网",
            "部门网站",
            "政府信息公开网",
            "政府信息公开平台",
            "单位网站",
            "官方网站",
            "官网",
            "网站",
        ],
    ),
    Code::spelt("报纸", &["报刊", "党报", "日报"]),
    Code::spelt("电视", &["电视台", "广播电视"]),
    Code::spelt("广播", &["电台", "广播电台"]),
    Code::spelt("公告栏", &["公示栏", "公开栏", "宣传栏", "政务大厅公告栏", "收费公示栏", "办事大厅"]),
    Code::spelt("新媒体", &["微信", "微博", "微信公众号", "政务微博", "政务微信", "客户端", "两微一端"]),
];

const SCOPES: &[Code] = &[
    Code::spelt("全部", &["全部收费", "收费和基金", "收费基金", "行政事业性收费和政府性基金"]),
    Code::spelt("涉企", &["涉企收费", "涉企清单", "涉企收费清单"]),
    Code::spelt(FUNDS_ONLY, &["政府性基金", "基金清单"]),
];

table! {
    /// 收费目录清单公开记录
    pub(crate) static FEE_PUBLICATION = Table::named("fee_publication", "收费目录清单公开记录", "Publications of the fee catalogue")
        .aliases(&["清单公开情况", "公开情况", "目录清单公开情况", "公开记录", "收费清单公开情况表", "目录清单发布情况"])
        .key(&[CATALOGUE_ID, REGION_CODE, CHANNEL, VERSION_DATE])
        .body(PUBLISHER);
    /// 目录清单编号
    pub(crate) const CATALOGUE_ID = Column::text("catalogue_id", "目录清单编号", "Catalogue")
        .aliases(&["清单编号", "目录编号", "目录清单名称", "清单名称"]).blanks(&["无"]);
    /// 行政区划代码, or the name of the county, park or prefecture
    pub(crate) const REGION_CODE = Column::text("region_code", "行政区划代码", "Division")
        .aliases(&["行政区划", "区划代码", "地区", "县市", "县(市、园区)", "县市(园区)"]).from_part("region");
    /// 发布单位
    pub(crate) const PUBLISHER = Column::text("publisher", "发布单位", "Publisher")
        .aliases(&["公开单位", "公布单位", "发布机构", "公开主体", "填报单位"]).from_part("reporter");
    /// 清单范围
    pub(crate) const SCOPE = Column::text("scope", "清单范围", "Scope").aliases(&["清单类别", "公开范围", "目录范围"]).codes(SCOPES);
    /// 版本日期
    pub(crate) const VERSION_DATE = Column::date("version_date", "版本日期", "Version of")
        .aliases(&["清单版本日期", "更新日期", "更新时间", "清单日期", "版本时间", "最近更新日期"]).required();
    /// 公开日期
    pub(crate) const PUBLISHED_ON = Column::date("published_on", "公开日期", "Published on")
        .aliases(&["发布日期", "公布日期", "公开时间", "发布时间", "公布时间"]).from_part("published-on");
    /// 公开渠道
    pub(crate) const CHANNEL = Column::text("channel", "公开渠道", "Channel")
        .aliases(&["公开方式", "发布渠道", "公布渠道", "公开载体", "公开渠道和载体"]).codes(CHANNELS).blanks(&["无"]).required();
    /// 媒体名称
    pub(crate) const MEDIA_NAME = Column::text("media_name", "媒体名称", "Medium")
        .aliases(&["网站名称", "媒体", "报刊名称", "载体名称"]).blanks(&["无"]);
    /// 网址
    pub(crate) const URL = Column::text("url", "网址", "Address")
        .aliases(&["链接", "公开网址", "网页地址", "公开链接", "链接地址"]).blanks(&["无"]);
    /// 投诉举报电话
    pub(crate) const HOTLINE = Column::text("hotline", "投诉举报电话", "Complaints line")
        .aliases(&["举报电话", "投诉电话", "监督电话", "投诉举报热线", "监督举报电话", "投诉监督电话"]).blanks(&["无", "未公布", "没有"]);
    /// 电话受理单位
    pub(crate) const HOTLINE_OWNER = Column::text("hotline_owner", "电话受理单位", "Line answered by")
        .aliases(&["受理单位", "举报受理单位", "投诉受理单位"]).blanks(&["无"]);
}

/// Channels named in a cell: `政府网站、昌吉日报` names two. A word of no code list stays as written.
pub(crate) fn channels(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['、', ',', '，', ';', '；', '/', '和', '及', '\n']).map(values::text::trimmed).map(|word| {
        let spelt = |code: &&Code| code.value == word || code.spellings.contains(&word);
        let ends = |code: &&Code| {
            word.ends_with(code.value) || code.spellings.iter().any(|known| word.ends_with(known))
        };
        CHANNELS.iter().find(spelt).or_else(|| CHANNELS.iter().find(ends)).map_or(word, |code| code.value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_name_several_channels() {
        let named: Vec<_> = channels("州政府门户网站、昌吉日报，其他").collect();
        assert_eq!(named, [PORTAL, "报纸", "其他"]);
    }
}
