//! Who issued a document, by the head of its number.

use super::*;
use crate::document_number::references;
use proptest::prelude::*;

fn level(text: &str) -> Option<IssuerLevel> {
    references(text).found.first().and_then(Reference::issuer_level)
}

#[test]
fn prefixes_have_levels() {
    for (text, expected) in [
        ("国发〔1992〕37号", IssuerLevel::Central),
        ("国办发明电〔2015〕18号", IssuerLevel::Central),
        ("财税〔2016〕11号", IssuerLevel::Central),
        ("财综[2003]45号", IssuerLevel::Central),
        ("发改价格规〔2018〕988号", IssuerLevel::Central),
        ("[1992]价费字198号", IssuerLevel::Central),
        ("新政办发〔2016〕74号", IssuerLevel::Region),
        ("新财非税〔2015〕3号", IssuerLevel::Region),
        ("昌州政办发〔2015〕12号", IssuerLevel::Prefecture),
        ("昌州财综〔2015〕12号", IssuerLevel::Prefecture),
        ("昌市政发〔2015〕2号", IssuerLevel::County),
        ("木政发〔2015〕2号", IssuerLevel::County),
    ] {
        assert_eq!(level(text), Some(expected), "{text}");
    }
    assert_eq!(level("鄂府发[2015]80号"), None);
}

#[test]
fn the_longest_prefix_wins_and_none_stands_twice() {
    assert_eq!(issuer_of_prefix("财税函").map(|row| row.prefix), Some("财税函"));
    assert_eq!(issuer_of_prefix("财税字").map(|row| row.prefix), Some("财税"));
    assert_eq!(issuer_of_prefix("桂价费"), None);
    for row in &ISSUERS {
        assert_eq!(ISSUERS.iter().filter(|other| other.prefix == row.prefix).count(), 1, "{}", row.prefix);
    }
}

#[test]
fn orders_and_announcements_have_the_level_of_their_body() {
    for (text, expected) in [
        ("国务院令第60号", Some(IssuerLevel::Central)),
        ("环境保护部令第31号", Some(IssuerLevel::Central)),
        ("财政部 税务总局公告2019年第76号", Some(IssuerLevel::Central)),
        ("海南省人民代表大会常务委员会公告第54号", Some(IssuerLevel::Region)),
        ("新疆维吾尔自治区人民政府令第174号", Some(IssuerLevel::Region)),
        ("昌吉回族自治州人民政府令第3号", Some(IssuerLevel::Prefecture)),
        ("新疆昌吉市人民政府公告2016年第3号", Some(IssuerLevel::County)),
        ("人民政府令第174号", None),
        ("准东经济技术开发区管理委员会公告2016年第1号", Some(IssuerLevel::County)),
        ("某某开发区管理委员会公告2016年第1号", None),
        ("中共某州委宣传部公告2016年第1号", Some(IssuerLevel::Prefecture)),
        ("国务院第60号令", Some(IssuerLevel::Central)),
    ] {
        assert_eq!(level(text), expected, "{text}");
    }
}

#[test]
fn titles_tell_laws_and_regulations() {
    for (title, kind) in [
        ("教育法", TitleKind::Law),
        ("中华人民共和国道路交通安全法", TitleKind::Law),
        ("民法典", TitleKind::Law),
        ("慈善法(2016)", TitleKind::Law),
        ("城市房地产管理法", TitleKind::Law),
        ("政府信息公开条例", TitleKind::Regulation),
        ("道路交通安全法实施条例", TitleKind::Regulation),
        ("城市道路管理条例", TitleKind::Regulation),
        ("排污许可管理办法", TitleKind::Unknown),
        ("关于调整收费标准的通知", TitleKind::Unknown),
        ("新疆维吾尔自治区环境保护条例", TitleKind::Local(IssuerLevel::Region)),
        ("新疆维吾尔自治区实施〈中华人民共和国义务教育法〉办法", TitleKind::Local(IssuerLevel::Region)),
        ("昌吉回族自治州城市管理条例", TitleKind::Local(IssuerLevel::Prefecture)),
        ("乌鲁木齐市机动车停车条例", TitleKind::Local(IssuerLevel::Prefecture)),
        ("木垒哈萨克自治县自治条例", TitleKind::Local(IssuerLevel::County)),
        ("上海市道路交通管理条例", TitleKind::Local(IssuerLevel::Region)),
    ] {
        assert_eq!(title_kind(title), kind, "{title}");
    }
    assert!(references("《教育法》").found[0].is_law_or_regulation());
    assert!(!references("财税〔2016〕11号").found[0].is_law_or_regulation());
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[新疆昌吉市州县木垒法条例办部令]{0,10}") {
        let _ = (title_kind(&text), level_of_body(&text), issuer_of_prefix(&text));
        let _ = (title_kind(&near), level_of_body(&near), issuer_of_prefix(&near));
    }
}
