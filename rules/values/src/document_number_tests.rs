//! Document numbers, whole and broken.

use super::*;
use proptest::prelude::*;

fn canonical(text: &str) -> Vec<String> {
    references(text).found.iter().map(Reference::canonical).collect()
}

fn only(text: &str) -> Reference {
    let all = references(text);
    assert_eq!((all.found.len(), all.broken.len(), all.unparsed.len()), (1, 0, 0), "{text}: {all:?}");
    all.found.into_iter().next().expect("one")
}

#[test]
fn a_standard_number_is_its_own_canonical_form() {
    for text in [
        "财税〔2016〕11号",
        "发改价格规〔2018〕988号",
        "国办发明电〔2015〕18号",
        "新政办发〔2016〕74号",
        "财综〔2004〕100号",
    ] {
        let reference = only(text);
        assert_eq!((reference.canonical().as_str(), reference.literal.as_str()), (text, text));
        assert_eq!((reference.kind, reference.faults), (ReferenceKind::Numbered, Faults::default()));
    }
}

#[test]
fn other_brackets_are_read_and_flagged() {
    for (text, fixed) in [
        ("财综[2003]45号", "财综〔2003〕45号"),
        ("国发(1992)37号", "国发〔1992〕37号"),
        ("国发（1992）37号", "国发〔1992〕37号"),
        ("教财﹝2003﹞4号", "教财〔2003〕4号"),
        ("财科教【2017】6号", "财科教〔2017〕6号"),
        ("财综［2003］45号", "财综〔2003〕45号"),
        ("财综〖2003〗45号", "财综〔2003〕45号"),
        ("财综〔2003]45号", "财综〔2003〕45号"),
        ("鄂府发[2015]80号", "鄂府发〔2015〕80号"),
    ] {
        let reference = only(text);
        assert_eq!((reference.canonical().as_str(), reference.literal.as_str()), (fixed, text));
        assert!(reference.faults.bracket && !reference.faults.year_first, "{text}");
    }
}

#[test]
fn a_year_that_stands_first_is_read() {
    let reference = only("[1992]价费字198号");
    assert_eq!(reference.canonical(), "价费字〔1992〕198号");
    assert_eq!(
        (reference.year, reference.number, reference.prefix.as_str()),
        (Some(1992), Some(198), "价费字")
    );
    assert!(reference.faults.year_first && reference.faults.bracket);
    assert_eq!(
        canonical("财预字〔1994〕37号,[1992]价费字198号"),
        ["财预字〔1994〕37号", "价费字〔1992〕198号"]
    );
}

#[test]
fn a_year_of_two_digits_is_read_and_flagged() {
    let reference = only("[94]财预字第37号");
    assert_eq!(reference.canonical(), "财预字〔1994〕37号");
    assert!(reference.faults.two_digit_year && reference.faults.ordinal && reference.faults.year_first);
    let reference = only("财预字(04)37号");
    assert_eq!((reference.year, reference.faults.two_digit_year), (Some(2004), true));
}

#[test]
fn a_list_with_a_shared_head_is_several_references() {
    assert_eq!(canonical("国发明电〔1994〕2号、23号"), ["国发明电〔1994〕2号", "国发明电〔1994〕23号"]);
    assert_eq!(
        canonical("财税〔2014〕101号、〔2016〕42号和45号"),
        ["财税〔2014〕101号", "财税〔2016〕42号", "财税〔2016〕45号"]
    );
    assert_eq!(canonical("国务院令第60号、第61号"), ["国务院令第60号", "国务院令第61号"]);
    assert_eq!(canonical("国发明电〔1994〕2、5、23号"), canonical("国发明电〔1994〕2号、5号、23号"));
    assert_eq!(references("国发明电〔1994〕2、23号").found[0].literal, "国发明电〔1994〕2");
    assert_eq!(references("国发明电〔1994〕2号、23号").found[1].literal, "23号");
}

#[test]
fn orders_are_read_with_and_without_the_ordinal() {
    for text in ["国务院令第60号", "国务院令60号", "国务院令 第60号", "国务院令第６０号"]
    {
        let reference = only(text);
        assert_eq!(
            (reference.canonical().as_str(), reference.kind),
            ("国务院令第60号", ReferenceKind::Order)
        );
        assert_eq!((reference.year, reference.faults), (None, Faults::default()), "{text}");
    }
    assert_eq!(canonical("国务院令492号"), ["国务院令第492号"]);
    assert_eq!(
        canonical("国务院第492号令、财政部2021年第8号公告"),
        ["国务院令第492号", "财政部公告2021年第8号"]
    );
    assert_eq!(only("国务院第492号令").literal, "国务院第492号令");
    assert_eq!(canonical("财政部令2006年第33号"), ["财政部令2006年第33号"]);
    assert_eq!(only("根据国务院令第60号").prefix, "国务院");
}

#[test]
fn announcements_are_read_with_all_their_bodies() {
    assert_eq!(canonical("财政部公告2021年第8号"), ["财政部公告2021年第8号"]);
    let many = "财政部 税务总局 发展改革委 民政部 商务部 卫生健康委公告2019年第76号";
    let reference = only(many);
    assert_eq!((reference.canonical().as_str(), reference.year), (many, Some(2019)));
    assert_eq!(canonical("财政部公告 2019 年第 76 号"), ["财政部公告2019年第76号"]);
    assert_eq!(only("财政部 税务总局 …公告2019年第76号").kind, ReferenceKind::Announcement);
    let congress = only("海南省人民代表大会常务委员会公告第54号");
    assert_eq!(
        (congress.kind, congress.year, congress.number),
        (ReferenceKind::CongressAnnouncement, None, Some(54))
    );
    assert_eq!(canonical("《教育法》,财政部公告2021年第8号"), ["《教育法》", "财政部公告2021年第8号"]);
}

#[test]
fn titles_are_keyed_without_the_name_of_the_state() {
    assert_eq!(canonical("《中华人民共和国道路交通安全法》"), ["《道路交通安全法》"]);
    assert_eq!(canonical("《教育法》"), ["《教育法》"]);
    assert_eq!(only("《教育法》第三十二条").literal, "《教育法》");
    assert_eq!(canonical("《关于印发《办法》的通知》"), ["《关于印发《办法》的通知》"]);
    assert_eq!(canonical("《关于2号文的通知》"), ["《关于2号文的通知》"]);
}

#[test]
fn a_real_cell_with_mixed_separators_is_read_whole() {
    let text = "《道路交通安全法》，发改价格〔2004〕2831号、计价格〔1994〕783号,价费字〔1992〕240号;行政法规";
    assert_eq!(
        canonical(text),
        ["《道路交通安全法》", "发改价格〔2004〕2831号", "计价格〔1994〕783号", "价费字〔1992〕240号"]
    );
    assert!(references(text).unparsed.is_empty());
    let text = "《教育法》(财税〔2016〕11号)";
    assert_eq!(canonical(text), ["《教育法》", "财税〔2016〕11号"]);
}

#[test]
fn padded_and_ordinal_numbers_are_read_and_flagged() {
    let padded = only("财税〔2016〕011号");
    assert_eq!((padded.canonical().as_str(), padded.faults.padded), ("财税〔2016〕11号", true));
    let ordinal = only("财税〔2016〕第11号");
    assert_eq!((ordinal.canonical().as_str(), ordinal.faults.ordinal), ("财税〔2016〕11号", true));
    assert_eq!(only("财税 〔２０１６〕 １１ 号").canonical(), "财税〔2016〕11号");
}

#[test]
fn numbers_that_lost_a_bracket_or_digits_are_broken() {
    let lost_bracket = ["财税〔202428号", "裕政〔201510号", "皖发改价费函〔2023276号", "财税2024〕28号"];
    let year_first = ["1992]价费字198号", "[1992价费字198号"];
    let lost_digits = ["财税〔2016〕号", "财税〔2016〕第号", "财税〔〕11号", "财税〔201〕11号"];
    for text in lost_bracket.into_iter().chain(year_first).chain(lost_digits) {
        let all = references(text);
        assert_eq!(
            (all.broken, all.found.len(), all.unparsed.len()),
            (vec![text.to_owned()], 0, 0),
            "{text}"
        );
    }
    let all = references("财税〔2016〕11号、财税〔202428号");
    assert_eq!((all.found.len(), all.broken), (1, vec!["财税〔202428号".to_owned()]));
    let whole = references("财综〔2012〕41号(附件1)2号、国发〔2011〕9号文");
    assert!(whole.broken.is_empty() && whole.found.len() == 2, "{whole:?}");
}

#[test]
fn what_cannot_be_read_is_kept() {
    for text in
        ["三号文件", "财税201611号", "公告第54号", "第11号", "〔2016〕11号", "财税〔2016〕123456号", "号"]
    {
        let all = references(text);
        assert_eq!((all.unparsed, all.found.len()), (vec![text.to_owned()], 0), "{text}");
    }
    for text in ["", "/", "国家有关规定", "《未完"] {
        assert!(references(text).is_empty(), "{text}");
    }
}

#[test]
fn a_cell_of_any_length_is_read_in_its_own_time() {
    for part in ["财税〔2016〕11号、", "1、", "号", "《", "〔", "字1号", "公告", "财税〔2016号"]
    {
        let _ = references(&part.repeat(20_000));
    }
}

#[test]
fn dittos_are_told() {
    for text in ["同上", " 〃 ", "″", "同前", "同上,财税〔2016〕11号"] {
        assert!(references(text).ditto, "{text}");
    }
    assert!(!references("财税〔2016〕11号").ditto);
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[财税国务院令公告年第号、,〔〕\\[\\]()（《》0-9 ]{0,30}") {
        let _ = (references(&text), references(&near));
    }

    #[test]
    fn a_canonical_number_reads_back(prefix in "[财税国发办综新政]{1,8}", year in 1950_i32..2030, number in 1_u32..99999) {
        let text = format!("{prefix}〔{year}〕{number}号");
        prop_assert_eq!(canonical(&text), vec![text]);
    }

    #[test]
    fn canonical_forms_are_stable(near in "[财税国务院令公告年第号、,〔〕0-9]{0,20}") {
        for form in canonical(&near) {
            prop_assert_eq!(canonical(&form), vec![form]);
        }
    }
}
