//! Text that would act on a terminal or turn the reading order is shown as code points, wherever it comes out.

use hostile::{Behaviour, NASTY};
use mingcha::audit::RunRecord;
use mingcha::manifest::Language;
use mingcha::report::{self, Options};

use super::arena::{Arena, rules_of};

/// How the hostile pack's text must look to people.
pub(super) const SHOWN: &str =
    "前<U+001B>[2J<U+001B>]0;x<U+0007><U+202E>反<U+2066><U+200B><U+FEFF><U+0000><U+000D><U+000A>后";

fn run(behaviour: Behaviour) -> RunRecord {
    let arena = Arena::get();
    arena.run_beside(arena.load(behaviour).expect("it loads"), 2)
}

fn text(record: &RunRecord) -> String {
    let report =
        report::text(record, Options { language: Language::Zh, width: 160, shown: usize::MAX, unfold: true });
    without_styles(&report)
}

/// Without the report's own styles: `ESC [`, figures, `m`.
fn without_styles(report: &str) -> String {
    let mut pieces = report.split("\u{1b}[");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|character: char| character.is_ascii_digit() || character == ';');
        match rest.strip_prefix('m') {
            Some(rest) => text.push_str(rest),
            None => text.extend(["\u{1b}[", piece]),
        }
    }
    text
}

/// What of a text would act on a terminal: of the pack's text everything but letters and line ends.
fn acting(text: &str) -> Vec<char> {
    let acts = |character: &char| {
        NASTY.contains(*character) && !character.is_alphanumeric() && !"[];\n".contains(*character)
    };
    text.chars().filter(acts).collect()
}

#[test]
fn escapes_and_bidi_marks_are_shown_in_every_text_of_a_finding() {
    let record = run(Behaviour::EscapesEverywhere);
    let finding =
        record.findings.iter().find(|finding| finding.rule == "hostile/table-liar").expect("a finding");
    let sentence = format!("{SHOWN}{SHOWN}");
    assert_eq!((&finding.text.zh, &finding.text.en), (&sentence, &sentence));
    assert_eq!((finding.subject.as_deref(), finding.message.as_str()), (Some(SHOWN), SHOWN));
    assert!(finding.arguments.contains_key(SHOWN), "{:?}", finding.arguments);
    let rule = rules_of(&record, "hostile").find(|rule| rule.id == finding.rule).expect("the rule");
    assert_eq!((rule.title.zh.as_str(), rule.bases[0].document.as_str()), (SHOWN, SHOWN));
}

#[test]
fn no_text_of_a_pack_acts_on_a_terminal() {
    for behaviour in
        [Behaviour::EscapesEverywhere, Behaviour::LastWordsWithEscapes, Behaviour::RefuseAtLength]
    {
        let record = run(behaviour);
        let (json, text) = (report::json(&record), text(&record));
        let name = behaviour.name();
        assert!(json.contains(SHOWN), "{name}: the JSON does not show the text");
        assert!(text.contains("<U+001B>"), "{name}: the report does not show the text:\n{text}");
        assert_eq!(acting(&json), Vec::<char>::new(), "{name}: in the JSON");
        assert_eq!(acting(&text), Vec::<char>::new(), "{name}: in the report");
        assert!(!json.contains("\\u00"), "{name}: the JSON hides control characters behind escapes");
    }
}

#[test]
fn what_an_argument_says_is_not_a_template() {
    let record = run(Behaviour::HolesInArguments);
    let finding =
        record.findings.iter().find(|finding| finding.rule == "hostile/record-liar").expect("a finding");
    assert_eq!(finding.text.zh, "甲:{sample_name}{word}{{expected}}\"'<b>");
}

#[test]
fn days_outside_the_calendar_are_numbers() {
    let record = run(Behaviour::DaysOutsideTheCalendar);
    let finding =
        record.findings.iter().find(|finding| finding.rule == "hostile/record-liar").expect("a finding");
    let shown = |value: &Option<mingcha::audit::record::Value>| format!("{value:?}");
    assert!(shown(&finding.actual).contains("2147483647 d"), "{:?}", finding.actual);
    assert!(shown(&finding.expected).contains("-9223372036854775808 s"), "{:?}", finding.expected);
}
