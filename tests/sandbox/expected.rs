//! The table: what each behaviour must come to.

use hostile::Behaviour;
use mingcha::manifest::Text;
use mingcha::runtime::{CallError, Export, Limits};

use super::arena::{KEEP, MEMORY_BYTES, SPIN_MILLIS};
use super::texts::SHOWN;

/// What a behaviour must come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing: it runs like any other pack.
    Runs,
    /// The pack is not loaded.
    NotLoaded(CallError),
    /// The pack is loaded, but not beside the one this rule belongs to.
    NotBeside { rule: &'static str, owner: &'static str },
    /// The sessions that judge record by record end in the one, the session that judges the table in the other.
    Stopped { records: CallError, table: CallError },
    /// Only the session that judges the table ends in an error.
    TableStopped(CallError),
    /// Only the sessions that judge record by record end in an error.
    RecordsStopped(CallError),
}

impl Expected {
    /// For the scoreboard.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Runs => "runs; nothing is disturbed".to_owned(),
            Self::NotLoaded(call) => format!("not loaded: {call}"),
            Self::NotBeside { rule, owner } => format!("not run: the rule {rule} belongs to {owner} already"),
            Self::Stopped { records: call, .. } | Self::TableStopped(call) | Self::RecordsStopped(call) => {
                call.to_string()
            }
        }
    }
}

type Case = (Behaviour, Expected);

/// Every behaviour, once.
pub(super) fn cases() -> Vec<Case> {
    [calls(), memory(), places(), values(), counts(), sizes(), manifests()].concat()
}

fn stopped(call: CallError) -> Expected {
    Expected::Stopped { records: call.clone(), table: call }
}

/// In English; in Chinese it says the same, see `behaviours`.
fn answer(export: Export, what: &str) -> CallError {
    CallError::Answer { export, what: Text::of("", what) }
}

/// The answer of `push` breaks the contract; `{rule}` stands for the rule that lies in each session.
fn broken(what: &str) -> Expected {
    let by = |rule: &str| answer(Export::Push, &what.replace("{rule}", rule));
    Expected::Stopped { records: by("hostile/record-liar"), table: by("hostile/table-liar") }
}

fn too_large(export: Export) -> CallError {
    CallError::AnswerTooLarge { export, bytes: Limits::default().answer_bytes }
}

fn calls() -> Vec<Case> {
    let deadline = |export| CallError::Deadline { export, millis: SPIN_MILLIS };
    let trap = |said: &str| CallError::Trapped { export: Export::Push, said: said.to_owned() };
    let trapped = |said: &str| stopped(trap(said));
    let unreachable = "wasm trap: wasm `unreachable` instruction executed";
    let refused = |export, said: &str| stopped(CallError::Refused { export, said: said.to_owned() });
    // The first 500 characters of a sentence are shown: 25 times the 20 of this text.
    let cut = format!("{}…", SHOWN.repeat(25));
    let stack = CallError::Stack { export: Export::Push, bytes: Limits::default().stack_bytes };
    vec![
        (Behaviour::WellBehaved, Expected::Runs),
        (Behaviour::SpinInDescribe, Expected::NotLoaded(deadline(Export::Describe))),
        (Behaviour::SpinInOpen, stopped(deadline(Export::Open))),
        (Behaviour::SpinInPush, stopped(deadline(Export::Push))),
        (Behaviour::SpinInClose, stopped(deadline(Export::Close))),
        (Behaviour::Panic, trapped(unreachable)),
        (Behaviour::PanicInOneGroup, Expected::TableStopped(trap(unreachable))),
        (Behaviour::LastWordsWithEscapes, trapped(SHOWN)),
        (Behaviour::DeepRecursion, stopped(stack)),
        (Behaviour::RefuseInOpen, refused(Export::Open, SHOWN)),
        (Behaviour::RefuseAtLength, refused(Export::Push, &cut)),
        (Behaviour::RemembersSessions, Expected::Runs),
    ]
}

fn memory() -> Vec<Case> {
    let exhausted = stopped(CallError::Memory { export: Export::Push, bytes: MEMORY_BYTES });
    vec![
        (Behaviour::MemoryToTheCap, exhausted.clone()),
        (Behaviour::MemoryToTheCapQuietly, Expected::Runs),
        (Behaviour::FourGibibytesAtOnce, exhausted),
    ]
}

fn places() -> Vec<Case> {
    let unknown = |id: u64| broken(&format!("a finding names record {id} of table 0, which was not sent"));
    let not_asked =
        |rule| answer(Export::Push, &format!("it speaks of rule {rule}, which was not asked for"));
    let nowhere = "a finding of {rule} is placed in a column that does not exist";
    vec![
        (Behaviour::RecordAfterTheLast, unknown(4)),
        (Behaviour::RecordOfNoPart, unknown(u64::MAX)),
        (
            Behaviour::RecordOfNoPartForReference,
            Expected::Stopped {
                records: answer(Export::Push, "1 records judged where 0 were sent"),
                table: answer(
                    Export::Push,
                    &format!("a finding names record {} of table 0, which was not sent", u64::MAX),
                ),
            },
        ),
        (Behaviour::RelatedRecordOfNoPart, unknown(u64::MAX)),
        (
            Behaviour::RecordOfUnsentTable,
            broken("a finding of {rule} is placed in table 999, which was not sent"),
        ),
        (Behaviour::ColumnThatDoesNotExist, broken(nowhere)),
        (Behaviour::RuleNotAskedFor, Expected::Stopped { records: not_asked(2), table: not_asked(1) }),
        (Behaviour::RuleThatDoesNotExist, stopped(not_asked(999))),
    ]
}

fn values() -> Vec<Case> {
    vec![
        (Behaviour::MessageThatDoesNotExist, broken("{rule} has no message 999")),
        (Behaviour::ColumnsThatDoNotExist, broken("there is no column 999")),
        (Behaviour::DecimalOfScale200, broken("a decimal has scale 200")),
        (Behaviour::NumberThatIsNone, broken("a value is NaN, which is no number")),
        (Behaviour::DaysOutsideTheCalendar, Expected::Runs),
        (Behaviour::EscapesEverywhere, Expected::Runs),
        (Behaviour::HolesInArguments, Expected::Runs),
    ]
}

fn counts() -> Vec<Case> {
    let wrong = |counts: &str| broken(&format!("the counts of {{rule}} do not add up ({counts} found)"));
    let zeros = format!("3 applied, 0 failed, [{}…", &"0, ".repeat(33));
    let judged = |export, judged: u64, sent| {
        answer(export, &format!("{judged} records judged where {sent} were sent"))
    };
    let twice = |rule| answer(Export::Push, &format!("it counts twice for rule {rule}"));
    vec![
        (Behaviour::MoreFailedThanApplied, wrong("3 applied, 4 failed, [4]")),
        (Behaviour::FindingNotCounted, broken("{rule} sent 1 findings and counted 0")),
        (Behaviour::CountsThatOverflow, wrong("3 applied, 1 failed, [18446744073709551615]")),
        (Behaviour::CountsForMoreMessages, wrong(&zeros)),
        (Behaviour::CountsOverAndOver, Expected::Stopped { records: twice(1), table: twice(2) }),
        (Behaviour::MoreJudgedThanSent, Expected::RecordsStopped(judged(Export::Push, (1 << 53) - 1, 3))),
        (Behaviour::JudgesRecordsAtClose, Expected::RecordsStopped(judged(Export::Close, 1, 0))),
    ]
}

fn sizes() -> Vec<Case> {
    let limit = Limits::default().text_bytes;
    let text = format!("a text has {} bytes, at most {limit} are taken", limit + 1);
    let many = "a finding of {rule} has too many arguments or related records";
    let kept = format!("{{rule}} sent {} findings where at most {KEEP} were asked for", KEEP + 1);
    vec![
        (Behaviour::FindingsPastKeep, broken(&kept)),
        (Behaviour::FloodOfFindings, stopped(too_large(Export::Push))),
        (Behaviour::ArgumentOfTenMebibytes, stopped(too_large(Export::Push))),
        (Behaviour::TextPastTheLimit, broken(&text)),
        (Behaviour::TextAtTheLimit, Expected::Runs),
        (Behaviour::TooManyArguments, broken(many)),
        (Behaviour::TooManyRelated, broken(many)),
        (Behaviour::LogLineOfTenMebibytes, stopped(too_large(Export::Push))),
        (Behaviour::LogFlood, Expected::Runs),
    ]
}

fn manifests() -> Vec<Case> {
    let lies = |what: &str| Expected::NotLoaded(answer(Export::Describe, what));
    let limit = Limits::default().text_bytes;
    vec![
        (Behaviour::DescribeChanges, Expected::Runs),
        (Behaviour::ClaimsAnothersFile, Expected::Runs),
        (Behaviour::ClaimsAnothersTable, Expected::Runs),
        (Behaviour::ManifestOfTenMebibytes, Expected::NotLoaded(too_large(Export::Describe))),
        (
            Behaviour::TitlePastTheLimit,
            lies(&format!("{} bytes of text, at most {limit} are taken", limit + 1)),
        ),
        (
            Behaviour::IdWithEscapes,
            lies(&format!("the pack id “{SHOWN}” is not lower-case words joined by hyphens")),
        ),
        (Behaviour::RuleDeclaredTwice, lies("rule “hostile/record-liar” has no name or has one twice")),
        (Behaviour::TableNeverDeclared, lies("rule hostile/table-liar: there is no table 9")),
        (Behaviour::ColumnNeverDeclared, lies("rule hostile/table-liar: there is no column 9")),
        (
            Behaviour::RuleWithoutMessage,
            lies("rule hostile/table-liar: it has no message or no Chinese title"),
        ),
        (
            Behaviour::RuleOfAnother,
            Expected::NotBeside { rule: "ppp/invest-positive", owner: "ppp-quarterly" },
        ),
        (Behaviour::RuleOfTheHost, Expected::NotBeside { rule: "intake/unreadable-cell", owner: "intake" }),
        (Behaviour::SettingsNoObject, lies("the schema of its settings is no JSON object")),
        (Behaviour::SettingsNestedDeeply, lies("the schema of its settings is no JSON object")),
        (Behaviour::SettingsSchemaBomb, Expected::Runs),
    ]
}
