//! A name, mode, mechanism or term that changed since the quarter before, without a word about it.

use mingcha_kit::prelude::*;
use values::term::Term;

use crate::bases::QUALITY_2022_CHANGES;
use crate::history::{self, Entry, History, Quarter};
use crate::modes;
use crate::tables::{
    previous::PREVIOUS,
    project::{
        COOP_YEARS, OPERATION_MODE, PROGRESS_NOTE, PROJECT, PROJECT_ID, PROJECT_NAME, REGION_CODE,
        REPORT_PERIOD, RETURN_MECHANISM,
    },
};

/// What should not change without a word.
const CORE: [Column; 4] = [PROJECT_NAME, OPERATION_MODE, RETURN_MECHANISM, COOP_YEARS];

const READ: &[Column] =
    &[REPORT_PERIOD, REGION_CODE, PROJECT_ID, OPERATION_MODE, RETURN_MECHANISM, COOP_YEARS, PROGRESS_NOTE];

rule! {
    /// ## 查什么
    /// 同一项目的项目名称、运作方式、回报机制、合作期限与上期不同的,本期进度说明要有说明;与上期一字不差的说明不算。
    /// 只是写法不同的不报:“BOT”与“建设-运营-移交”、“25年”与“二十五年”、“可行性缺口补贴”与“可行性缺口补助”是一回事。
    /// 有一期空着的不查。同一项目按项目编号认,没有编号的按县市和项目名称认。
    /// 上期数据可以是文件名带“上期”“上季度”的另一张表,也可以是同一张表里较早报告期的行。
    /// ## 为什么
    /// 这几项是项目的基本约定,变了就不是原来的项目。财政部2022年把“信息变化未及时录入更新”列为数据质量问题,说明原因才看得出是变更还是填错。
    /// ## 怎么改
    /// 先核对哪一期填错。确实变了的,在进度说明写明变更的内容和批准文件,例如“经政府批准,合作期限调整为23年”。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目编号,项目名称,运作方式,回报机制
    /// 2016Q2,CS-001,虚构污水处理厂,BOT,使用者付费
    /// 2016Q3,CS-001,虚构污水处理厂,BOT,政府付费
    /// ```
    /// ```csv good
    /// 报告期,项目编号,项目名称,运作方式,回报机制,进度说明
    /// 2016Q2,CS-001,虚构污水处理厂,BOT,使用者付费,
    /// 2016Q3,CS-001,虚构污水处理厂,建设-运营-移交,可行性缺口补助,经政府批准增加可行性缺口补助
    /// ```
    /// ---
    /// ## What
    /// Name, mode of operation, return mechanism and term agree with the quarter before, or the note on progress is
    /// another than it was then. Other spellings of the same thing are no change; blanks are passed over.
    /// ## Why
    /// These make the project what it is. The Ministry of Finance counted unrecorded changes among the faults of data
    /// in 2022.
    /// ## How to mend
    /// See whether one quarter is wrong. If not, say in the note what was changed and who approved it.
    pub(crate) static RULE = Rule {
        id: "ppp/core-field-changed",
        title: text("项目基本信息变动未说明", "Core of the project changed without explanation"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[PROJECT_NAME]).and_optional(READ),
        beside: &[Reading::of(&PREVIOUS, &[PROJECT_NAME]).and_optional(READ).presence(Presence::Optional)],
        bases: &[QUALITY_2022_CHANGES],
        messages: &[Message::new(
            "{field}由“{before}”变为“{actual}”,未说明原因",
            "{field} changed from “{before}” to “{actual}” without explanation",
        )],
        check: Check::Inspection(|_| Box::new(Changed::default())),
        ..Rule::EMPTY
    };
}

/// A cell as the table has it, and what it is compared by.
struct Said {
    text: String,
    meaning: String,
}

impl Said {
    fn of(row: &Row, column: Column) -> Option<Self> {
        let text = row.text(column)?;
        Some(Self { text: text.to_owned(), meaning: meaning(column, text) })
    }
}

fn meaning(column: Column, text: &str) -> String {
    let read = if column == OPERATION_MODE {
        let mut modes: Vec<_> = modes::parse(text).known.iter().map(|mode| format!("{mode:?}")).collect();
        modes.sort_unstable();
        (!modes::parse(text).has_unknown).then(|| modes.join("+"))
    } else if column == COOP_YEARS {
        Term::parse(text).ok().map(|term| term.years.normalized().to_string())
    } else {
        None
    };
    read.unwrap_or_else(|| values::text::key(text))
}

/// What is remembered of a row.
struct Core {
    said: [Option<Said>; 4],
    note: Option<String>,
}

impl Core {
    fn of(row: &Row) -> Self {
        Self { said: CORE.map(|column| Said::of(row, column)), note: history::note(row) }
    }
}

/// Memory: one entry of four cells and a note per project and quarter.
#[derive(Default)]
struct Changed(History<Core>);

impl Inspection for Changed {
    fn beside(&mut self, batch: &Batch) {
        for row in batch.rows() {
            self.0.remember(&row, Quarter::before(&row), Core::of(&row));
        }
    }

    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        self.0.remember(row, Quarter::of(row), Core::of(row));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (now, before) in self.0.compared() {
            findings.judge(|findings| judge(now, &before, findings));
        }
    }
}

fn judge(now: &Entry<Core>, before: &[&Entry<Core>], findings: &mut Findings) -> Judged {
    let first = before.first()?;
    if before.iter().any(|before| history::explains(now.state.note.as_ref(), before.state.note.as_ref())) {
        return JUDGED;
    }
    for (index, column) in CORE.into_iter().enumerate() {
        let (Some(new), Some(old)) = (&now.state.said[index], &first.state.said[index]) else { continue };
        let same = |before: &&Entry<Core>| {
            before.state.said[index].as_ref().is_some_and(|said| said.meaning == new.meaning)
        };
        if !before.iter().any(same) {
            findings
                .at_place(now.place.cell(column))
                .with("field", [column].as_slice())
                .with("before", old.text.as_str())
                .actual(new.text.as_str())
                .related(first.place.cell(column));
        }
    }
    JUDGED
}
