//! Longitude and latitude are missing, exchanged, or of another place.

use mingcha_kit::prelude::*;

use crate::tables::emitter_basic::{EMITTER_BASIC, LAT, LON};

/// Western edge of the box.
pub static WEST: Setting = edge("longitude-from", 85.0, text("经度下限", "Least longitude"));

/// Eastern edge of the box.
pub static EAST: Setting = edge("longitude-to", 92.0, text("经度上限", "Greatest longitude"));

/// Southern edge of the box.
pub static SOUTH: Setting = edge("latitude-from", 43.0, text("纬度下限", "Least latitude"));

/// Northern edge of the box.
pub static NORTH: Setting = edge("latitude-to", 46.0, text("纬度上限", "Greatest latitude"));

const fn edge(name: &'static str, degrees: f64, title: mingcha_kit::Text) -> Setting {
    Setting::number(name, degrees, title)
}

rule! {
    /// ## 查什么
    /// 经度在85至92度、纬度在43至46度之间(昌吉州的大致范围,可用设置 `longitude-from`、`longitude-to`、`latitude-from`、
    /// `latitude-to` 调整)。经纬度写反的单独指出;只写了一个的报缺;两个都没有写的只提示。
    ///
    /// ## 为什么
    /// 坐标错了,地图上就找不到排污单位,也核不清离水源、居民区多远。没有法规规定坐标范围,所以只作警告。
    ///
    /// ## 怎么改
    /// 用十进制度填写,保留两位以上小数,如经度87.30、纬度44.01;写成度分秒的(87°18′36″、87度18分)也能读。
    ///
    /// ## 例
    /// ```csv bad
    /// 企业名称,法人代表,经度,纬度
    /// 昌吉市某某水务有限公司,张某,44.01,87.30
    /// ```
    /// ```csv good
    /// 企业名称,法人代表,经度,纬度
    /// 昌吉市某某水务有限公司,张某,87.30,44.01
    /// ```
    /// ---
    /// ## What
    /// Longitude is between 85 and 92, latitude between 43 and 46 (roughly the prefecture; four settings change that). The two
    /// exchanged is said so; one of them missing is a warning, both missing a notice.
    ///
    /// ## Why
    /// With wrong coordinates nobody finds the emitter on a map. No law sets the box, so this is a warning.
    ///
    /// ## How to mend
    /// Decimal degrees with two digits or more after the point; degrees, minutes and seconds are read too.
    pub static RULE = Rule {
        id: "env/basic-coordinates",
        title: text("地理位置坐标异常", "Coordinates missing or elsewhere"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_BASIC, &[]).and_optional(&[LON, LAT]),
        messages: &[
            Message::new(
                "{emitter_name}的经度{lon}、纬度{lat}不在应有范围(经度{west}至{east},纬度{south}至{north})",
                "Longitude {lon} and latitude {lat} of {emitter_name} are outside {west} to {east} and {south} to {north}",
            ),
            Message::named(
                "exchanged",
                "{emitter_name}的经度{lon}、纬度{lat}写反了",
                "Longitude {lon} and latitude {lat} of {emitter_name} are exchanged",
            ),
            Message::named("half", "{emitter_name}的地理位置缺少{missing}", "{emitter_name} lacks its {missing}"),
            Message::named(
                "none",
                "{emitter_name}没有填经纬度,建议补充",
                "{emitter_name} gives no longitude and latitude; they would help",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(basic_coordinates),
        ..Rule::EMPTY
    };
}

fn basic_coordinates(emitter: &Row, findings: &mut Findings) -> Judged {
    let (lon, lat) = match (emitter.number(LON), emitter.number(LAT)) {
        (Some(lon), Some(lat)) => (lon, lat),
        (None, None) => {
            findings.at(emitter, LON).saying("none");
            return JUDGED;
        }
        (lon, _) => {
            let missing = if lon.is_none() { LON } else { LAT };
            findings.at(emitter, missing).saying("half").with("missing", [missing].as_slice());
            return JUDGED;
        }
    };
    let settings = &emitter.task().settings;
    let [west, east, south, north] = [&WEST, &EAST, &SOUTH, &NORTH].map(|edge| settings.number(edge));
    let lies_in = |lon: f64, lat: f64| (west..=east).contains(&lon) && (south..=north).contains(&lat);
    if lies_in(lat, lon) && !lies_in(lon, lat) {
        findings.at(emitter, LON).saying("exchanged");
    } else if !lies_in(lon, lat) {
        let wrong = if (west..=east).contains(&lon) { LAT } else { LON };
        let finding = findings.at(emitter, wrong).with("west", west).with("east", east);
        finding.with("south", south).with("north", north);
    }
    JUDGED
}
