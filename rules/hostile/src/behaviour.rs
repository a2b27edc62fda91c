//! The list of behaviours, and how one of them is chosen: by bytes in the data section, found again in the component.

const MARK: &str = "MINGCHA-HOSTILE-BEHAVIOUR=";
const BYTES: usize = 64;

/// Looked up in the component by its mark and overwritten in place; never read except through `black_box`, or the
/// compiler would fold what it says into the code.
static CHOSEN: [u8; BYTES] = *b"MINGCHA-HOSTILE-BEHAVIOUR=well-behaved..........................";

macro_rules! behaviours {
    ($($(#[$meta:meta])* $case:ident = $name:literal,)+) => {
        /// What the pack does. Acts when the judged table is pushed, where nothing else is said.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Behaviour {
            $($(#[$meta])* $case,)+
        }

        impl Behaviour {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$case,)+];

            /// Its name on the scoreboard and in the data section.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$case => $name,)+
                }
            }
        }
    };
}

behaviours! {
    /// Does what a pack should.
    WellBehaved = "well-behaved",

    /// `describe` never returns.
    SpinInDescribe = "spin-in-describe",
    /// `open` never returns.
    SpinInOpen = "spin-in-open",
    /// `push` never returns.
    SpinInPush = "spin-in-push",
    /// `close` never returns.
    SpinInClose = "spin-in-close",
    /// Panics, and says nothing.
    Panic = "panic",
    /// Judges groups, and panics at one of them, without a word.
    PanicInOneGroup = "panic-in-one-group",
    /// Writes terminal escapes to the log as its last words, then aborts.
    LastWordsWithEscapes = "last-words-with-escapes",
    /// Calls itself without end.
    DeepRecursion = "deep-recursion",
    /// `open` answers with an error.
    RefuseInOpen = "refuse-in-open",
    /// `push` answers with an error: 100,000 characters, terminal escapes among them.
    RefuseAtLength = "refuse-at-length",
    /// `open` would fail if the instance had served a session before.
    RemembersSessions = "remembers-sessions",

    /// Takes memory until there is none, writing to every page, then panics.
    MemoryToTheCap = "memory-to-the-cap",
    /// Takes memory until there is none, writing to every page, gives it back and goes on honestly.
    MemoryToTheCapQuietly = "memory-to-the-cap-quietly",
    /// Asks for 4 GiB in one piece, and panics when refused.
    FourGibibytesAtOnce = "four-gibibytes-at-once",

    /// Objects to the record after the last.
    RecordAfterTheLast = "record-after-the-last",
    /// Objects to a record with the highest id there is.
    RecordOfNoPart = "record-of-no-part",
    /// Objects to such a record in answer to a reference table.
    RecordOfNoPartForReference = "record-of-no-part-for-reference",
    /// Names a record with the highest id as related.
    RelatedRecordOfNoPart = "related-record-of-no-part",
    /// Objects to a record of a table that was not sent.
    RecordOfUnsentTable = "record-of-unsent-table",
    /// Objects to a cell of a column that does not exist.
    ColumnThatDoesNotExist = "column-that-does-not-exist",
    /// Answers for a rule the session was not asked for.
    RuleNotAskedFor = "rule-not-asked-for",
    /// Answers for a rule that does not exist.
    RuleThatDoesNotExist = "rule-that-does-not-exist",
    /// Objects in a wording that does not exist.
    MessageThatDoesNotExist = "message-that-does-not-exist",
    /// Lists columns that do not exist as a value.
    ColumnsThatDoNotExist = "columns-that-do-not-exist",
    /// Gives a decimal of scale 200.
    DecimalOfScale200 = "decimal-of-scale-200",
    /// Gives a number that is none.
    NumberThatIsNone = "number-that-is-none",
    /// Gives a day two million years from now, and one as long ago.
    DaysOutsideTheCalendar = "days-outside-the-calendar",

    /// Objects to more units than it judged.
    MoreFailedThanApplied = "more-failed-than-applied",
    /// Sends a finding it does not count.
    FindingNotCounted = "finding-not-counted",
    /// Counts so many findings that their sum overflows.
    CountsThatOverflow = "counts-that-overflow",
    /// Counts for wordings that do not exist.
    CountsForMoreMessages = "counts-for-more-messages",
    /// Gives one rule's counts 4,096 times over, each as high as a count may be.
    CountsOverAndOver = "counts-over-and-over",
    /// Judges more records than were sent.
    MoreJudgedThanSent = "more-judged-than-sent",
    /// `close` counts records, though every record was judged alone.
    JudgesRecordsAtClose = "judges-records-at-close",

    /// One finding more than is kept.
    FindingsPastKeep = "findings-past-keep",
    /// 60,000 findings at once.
    FloodOfFindings = "flood-of-findings",
    /// One argument of 10 MiB.
    ArgumentOfTenMebibytes = "argument-of-ten-mebibytes",
    /// One text a byte longer than a text may be.
    TextPastTheLimit = "text-past-the-limit",
    /// One text exactly as long as a text may be.
    TextAtTheLimit = "text-at-the-limit",
    /// 65 arguments.
    TooManyArguments = "too-many-arguments",
    /// 1,001 related records.
    TooManyRelated = "too-many-related",
    /// A line of 10 MiB for the log.
    LogLineOfTenMebibytes = "log-line-of-ten-mebibytes",
    /// 10,000 lines for the log, with terminal escapes.
    LogFlood = "log-flood",

    /// Terminal escapes and bidi marks in every text it gives: manifest, finding, log.
    EscapesEverywhere = "escapes-everywhere",
    /// Braces, names of holes and quotes in arguments.
    HolesInArguments = "holes-in-arguments",

    /// `describe` answers differently when asked again.
    DescribeChanges = "describe-changes",
    /// `describe` answers with 10 MiB of page.
    ManifestOfTenMebibytes = "manifest-of-ten-mebibytes",
    /// A title longer than a text may be.
    TitlePastTheLimit = "title-past-the-limit",
    /// Terminal escapes in the pack's id.
    IdWithEscapes = "id-with-escapes",
    /// Declares a rule twice.
    RuleDeclaredTwice = "rule-declared-twice",
    /// A rule over a table it never declares.
    TableNeverDeclared = "table-never-declared",
    /// A rule over a column it never declares.
    ColumnNeverDeclared = "column-never-declared",
    /// A rule without a wording.
    RuleWithoutMessage = "rule-without-message",
    /// Declares a table with every header of another pack's file and one more, so that the file looks more like its own.
    ClaimsAnothersFile = "claims-anothers-file",
    /// The same under the name of that pack's table, and carries the cells of its columns down.
    ClaimsAnothersTable = "claims-anothers-table",
    /// Declares a rule of another pack.
    RuleOfAnother = "rule-of-another",
    /// Declares a rule of the host.
    RuleOfTheHost = "rule-of-the-host",
    /// Settings whose schema is no JSON object.
    SettingsNoObject = "settings-no-object",
    /// Settings whose schema refers to files, to the network and to itself, and asks for a pattern that takes for ever.
    SettingsSchemaBomb = "settings-schema-bomb",
    /// Settings whose schema is nested 10,000 deep.
    SettingsNestedDeeply = "settings-nested-deeply",
}

impl Behaviour {
    /// The one written into this component.
    pub(crate) fn chosen() -> Self {
        let chosen = std::hint::black_box(&CHOSEN);
        let name = chosen[MARK.len()..].split(|&byte| byte == b'.').next().unwrap_or_default();
        let found = Self::ALL.iter().find(|behaviour| behaviour.name().as_bytes() == name);
        found.copied().unwrap_or(Self::WellBehaved)
    }

    /// The component with this behaviour instead of its own; none where it is not this pack.
    #[must_use]
    pub fn written_into(self, component: &[u8]) -> Option<Vec<u8>> {
        let mut places =
            component.windows(MARK.len()).enumerate().filter(|(_, bytes)| *bytes == MARK.as_bytes());
        let ((at, _), None) = (places.next()?, places.next()) else { return None };
        let mut written = component.to_vec();
        let chosen = written.get_mut(at + MARK.len()..at + BYTES)?;
        chosen.fill(b'.');
        chosen.get_mut(..self.name().len())?.copy_from_slice(self.name().as_bytes());
        Some(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_fits_and_is_there_once() {
        let names: std::collections::BTreeSet<_> =
            Behaviour::ALL.iter().map(|behaviour| behaviour.name()).collect();
        assert_eq!(names.len(), Behaviour::ALL.len());
        assert!(names.iter().all(|name| name.len() < BYTES - MARK.len() && !name.contains('.')));
    }

    #[test]
    fn a_behaviour_is_written_over_the_one_before() {
        let component = [b"before".as_slice(), &CHOSEN, b"behind"].concat();
        let written = Behaviour::Panic.written_into(&component).expect("the mark is there");
        assert_eq!(written.len(), component.len());
        assert!(written.starts_with(b"beforeMINGCHA-HOSTILE-BEHAVIOUR=panic....."));
        assert!(written.ends_with(b".....behind"));
        assert_eq!(Behaviour::Panic.written_into(b"something else"), None);
        assert_eq!(Behaviour::chosen(), Behaviour::WellBehaved);
    }
}
