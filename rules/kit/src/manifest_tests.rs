//! Mistakes in a pack that the lint has to find.

use super::*;
use crate::prelude::{Reading, text};
use crate::support::*;

/// A page with all headings and examples, as `rule!` joins the lines of a doc comment.
const PAGE: &str = " ## 查什么\n 名称。\n ## 为什么\n 找得到。\n ## 怎么改\n 补上。\n ## 例\n ```csv bad\n ```\n ```csv good\n ```\n ---\n \
    ## What\n Names.\n ## Why\n To find it.\n ## How to mend\n Add it.\n";

const GOOD: Rule = Rule {
    id: "bridge/unnamed",
    title: text("无名", "Unnamed"),
    page: PAGE,
    over: Reading::of(&BRIDGES, &[NAME]),
    messages: &[Message::new("{name}无{actual}", "No {actual} of {name}")],
    ..Rule::EMPTY
};

static GRACE: Setting = Setting::integer("grace-days", 15, text("宽限天数", "Days of grace"));
static OTHER: Rule = Rule { id: "bridge/unnumbered", ..GOOD };
static NAMED_TWICE: Table = Table::named("piers", "桥墩", "Piers").with_columns(&[NAME, NAME]);

const SOUND: Pack = Pack {
    id: "bridges",
    version: "0.1.0",
    title: text("桥梁", "Bridges"),
    tables: &[&BRIDGES, &rivers::RIVERS],
    rules: &[&OTHER],
    references: &[],
    settings: &[&GRACE],
};

/// What is wrong with a pack whose only rule is this one, without the rule's id.
fn mistakes_of(rule: Rule) -> Vec<String> {
    let rules: &'static [&'static Rule] = Box::leak(Box::new([&*Box::leak(Box::new(rule))]));
    let mistakes = lint(&Pack { rules, ..SOUND });
    let prefix = format!("{}: ", rule.id);
    mistakes.iter().map(|mistake| mistake.strip_prefix(&prefix).expect("the rule's id").to_owned()).collect()
}

#[test]
fn a_sound_pack_has_no_mistakes() {
    assert!(lint(&SOUND).is_empty());
    assert!(mistakes_of(GOOD).is_empty());
}

#[test]
fn a_name_declared_twice_is_a_mistake() {
    const TWICE: [(Pack, &str); 4] = [
        (Pack { tables: &[&BRIDGES, &BRIDGES], ..SOUND }, "table bridges is declared twice"),
        (Pack { rules: &[&OTHER, &OTHER], ..SOUND }, "rule bridge/unnumbered is declared twice"),
        (Pack { settings: &[&GRACE, &GRACE], ..SOUND }, "setting grace-days is declared twice"),
        (Pack { tables: &[&BRIDGES, &NAMED_TWICE], ..SOUND }, "column of piers name is declared twice"),
    ];
    for (pack, mistake) in TWICE {
        assert_eq!(lint(&pack), [mistake]);
    }
}

#[test]
fn an_id_that_is_not_domain_and_fault_in_kebab_case_is_a_mistake() {
    for id in [
        "unnamed",
        "bridge/",
        "/unnamed",
        "Bridge/unnamed",
        "bridge/un_named",
        "bridge/un--named",
        "a/b/c",
        "",
    ] {
        assert_eq!(mistakes_of(Rule { id, ..GOOD }), ["the id is not domain/fault in kebab-case"], "{id}");
    }
}

#[test]
fn a_title_in_one_language_is_a_mistake() {
    for title in [text("", "Unnamed"), text("无名", "")] {
        assert_eq!(mistakes_of(Rule { title, ..GOOD }), ["the title is missing in one language"]);
    }
}

#[test]
fn each_missing_heading_of_the_page_is_a_mistake() {
    for (zh, en) in HEADINGS {
        for heading in [zh, en] {
            let page = PAGE.replace(&format!("{heading}\n"), "其他\n").leak();
            assert_eq!(mistakes_of(Rule { page, ..GOOD }), [format!("the page has no heading “{heading}”")]);
        }
    }
}

#[test]
fn each_missing_example_of_the_page_is_a_mistake() {
    for example in ["```csv bad", "```csv good"] {
        let page = PAGE.replace(example, "```csv").leak();
        let mistake = format!("the page has no example that begins with {example}");
        assert_eq!(mistakes_of(Rule { page, ..GOOD }), [mistake]);
    }
}

#[test]
fn a_page_without_a_dividing_line_has_no_english_half() {
    let page = PAGE.replace(" ---\n", "").leak();
    let expected = HEADINGS.map(|(_, en)| format!("the page has no heading “{en}”"));
    assert_eq!(mistakes_of(Rule { page, ..GOOD }), expected);
}

#[test]
fn a_rule_without_a_message_is_a_mistake() {
    assert_eq!(mistakes_of(Rule { messages: &[], ..GOOD }), ["it has no message"]);
}

#[test]
fn each_mistake_of_a_message_is_named() {
    const PLAIN: Message = Message::new("无名", "Unnamed");
    const BAD: [(&[Message], &str); 5] = [
        (&[PLAIN, PLAIN], "message default is declared twice"),
        (&[Message::new("", "Unnamed")], "message default is missing in one language"),
        (&[PLAIN, Message::named("twice", "重名", "")], "message twice is missing in one language"),
        (&[Message::new("{name}", "{actual}")], "message default has other holes in Chinese than in English"),
        (
            &[Message::new("{name}{name}", "{name}")],
            "message default has other holes in Chinese than in English",
        ),
    ];
    for (messages, mistake) in BAD {
        assert_eq!(mistakes_of(Rule { messages, ..GOOD }), [mistake]);
    }
}

#[test]
fn a_table_the_pack_does_not_list_is_a_mistake() {
    let unlisted = "it reads table “piers”, which the pack does not list";
    assert_eq!(mistakes_of(Rule { over: Reading::of(&NAMED_TWICE, &[]), ..GOOD }), [unlisted]);
    assert_eq!(mistakes_of(Rule { beside: const { &[Reading::of(&NAMED_TWICE, &[])] }, ..GOOD }), [unlisted]);
}

#[test]
fn a_column_of_another_table_is_a_mistake() {
    let over = Reading::of(&BRIDGES, &[NAME, rivers::LENGTH_KM]);
    assert_eq!(mistakes_of(Rule { over, ..GOOD }), ["column length_km is not one of table bridges"]);
    let over = Reading::of(&BRIDGES, &[NAME]).and_optional(&[rivers::LENGTH_KM]);
    assert_eq!(mistakes_of(Rule { over, ..GOOD }), ["column length_km is not one of table bridges"]);
    let beside = const { &[Reading::of(&rivers::RIVERS, &[SPANS])] };
    assert_eq!(mistakes_of(Rule { beside, ..GOOD }), ["column spans is not one of table rivers"]);
}

#[test]
fn reading_its_own_table_as_a_reference_table_is_a_mistake() {
    let beside = const { &[Reading::of(&BRIDGES, &[NAME])] };
    assert_eq!(mistakes_of(Rule { beside, ..GOOD }), ["it reads its own table as a reference table"]);
}

#[test]
fn the_pack_knows_its_tables_by_position_and_panics_on_a_stranger() {
    assert_eq!((SOUND.index_of(&BRIDGES), SOUND.index_of(&rivers::RIVERS)), (0, 1));
    let panic = panic_of(|| {
        let _ = SOUND.index_of(&NAMED_TWICE);
    });
    assert_eq!(panic, "table piers is read by a rule but not listed in the pack's tables");
}
