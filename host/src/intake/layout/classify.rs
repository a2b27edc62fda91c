//! What a row below a header is, from its cells alone: a record, a section, a total, a note …

use super::SkipReason;
use super::stacked::Stacked;
use crate::intake::source::{Mark, Row};
use mingcha_values::division::Division;
use mingcha_values::period::Period;
use mingcha_values::text::{key, trimmed};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What is known of a table when its rows are gone through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    /// The first row below the header.
    pub(crate) start: Mark,
    /// Texts of each header row, by position.
    pub(crate) header: Vec<Vec<String>>,
    /// Positions of matched columns.
    pub(crate) matched: Vec<u32>,
    /// Columns that are carried down.
    pub(crate) fill: Vec<Slot>,
    /// Position of the column that only numbers the records.
    pub(crate) serial: Option<u32>,
    /// Position of the first required column of text.
    pub(crate) statement: Option<u32>,
    /// Cells a record has at least: as many as the header, without blank ones at its end.
    pub(crate) width: usize,
    /// Cells a record has at most, beyond which only blank ones may follow.
    pub(crate) full_width: usize,
    /// Some matched column holds text.
    pub(crate) has_text: bool,
    /// Keys of headers of any table on offer; a row of these is a header.
    pub(crate) known: Arc<HashSet<String>>,
}

/// A column that is carried down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Name of the declared column.
    pub(crate) name: String,
    /// Where it stands; none if only sections name it.
    pub(crate) position: Option<u32>,
    /// The fact it is otherwise taken from.
    pub(crate) fact: Option<String>,
}

impl Frame {
    /// Which carried column the name of a section stands for: the one it stands in, the one it can be a value of, or
    /// the first that is no fact.
    pub(super) fn slot_of(&self, name: &str, position: Option<usize>) -> usize {
        let here = self
            .fill
            .iter()
            .position(|slot| slot.position.is_some() && slot.position == position.map(|at| at as u32));
        let of_fact = |fact: &str| self.fill.iter().position(|slot| slot.fact.as_deref() == Some(fact));
        let region = || Division::find(name).and_then(|_| of_fact("region"));
        let period = || Period::parse(name, None).ok().and_then(|_| of_fact("period"));
        let plain = || self.fill.iter().position(|slot| slot.fact.is_none());
        here.or_else(region).or_else(period).or_else(plain).unwrap_or(self.fill.len())
    }

    fn fills(&self, position: u32) -> bool {
        self.fill.iter().any(|slot| slot.position == Some(position))
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Record,
    /// One sentence, at this position, saying that there is nothing to report.
    Statement(u32),
    Skip(SkipReason),
}

/// Goes over rows in order.
#[derive(Debug)]
pub(super) struct Classifier {
    pub(super) frame: Frame,
    /// Below a note, single cells go on with it.
    pub(super) in_notes: bool,
    /// No row was seen yet.
    pub(super) first: bool,
    pub(super) stacked: Stacked,
    /// First cells of rows seen before: where, and whether of records.
    pub(super) leads: HashMap<Box<[u8]>, (usize, bool)>,
}

/// A cell longer than this is no 合计 and no header; texts are not looked at further.
const SHORT: usize = 120;

impl Classifier {
    pub(super) fn new(frame: Frame) -> Self {
        Self { frame, in_notes: false, first: true, stacked: Stacked::default(), leads: HashMap::new() }
    }

    pub(super) fn classify(&mut self, row: Row<'_>) -> Kind {
        let first = std::mem::take(&mut self.first);
        if let Row::Text(text) = row {
            if text.has_nul() {
                return Kind::Skip(SkipReason::EmbeddedNul);
            }
            if text.flaw.is_some() {
                return Kind::Skip(SkipReason::BrokenQuote);
            }
        }
        let filled = row.filled(2);
        let Some(&lead) = filled.first() else {
            self.stacked.blank();
            return Kind::Skip(SkipReason::Blank);
        };
        let kind = match filled.len() {
            1 => self.single(row, lead),
            _ => self.several(row, lead, first),
        };
        match kind {
            Kind::Skip(SkipReason::Note) => self.in_notes = true,
            Kind::Skip(SkipReason::Blank) => {}
            _ => self.in_notes = false,
        }
        let kind = self.stacked.seen(kind, row, &self.frame);
        let must_be_whole = matches!(
            kind,
            Kind::Record
                | Kind::Skip(SkipReason::Section | SkipReason::OnlyNumbered | SkipReason::StackedTable)
        );
        let kind = if kind == Kind::Record && !row.is_record() && self.has_control(row) {
            Kind::Skip(SkipReason::Ragged)
        } else {
            kind
        };
        if must_be_whole && self.is_ragged(row) && kind != Kind::Skip(SkipReason::StackedTable) {
            Kind::Skip(SkipReason::Ragged)
        } else {
            kind
        }
    }

    /// Whether the only thing in a row is what no keyboard types.
    fn has_control(&self, row: Row<'_>) -> bool {
        matches!(row, Row::Text(text) if text.width() == 1 && self.frame.width <= 1 && text.has_control())
    }

    /// A row of one filled cell.
    fn single(&self, row: Row<'_>, at: usize) -> Kind {
        if row.is_repeated(at) {
            return Kind::Skip(SkipReason::Blank);
        }
        if row.is_record() {
            return Kind::Record;
        }
        let cell = row.cell(at);
        let text = cell.shown();
        let position = at as u32;
        let is_serial = self.frame.serial == Some(position);
        if is_number(&text) {
            return if is_serial { Kind::Skip(SkipReason::OnlyNumbered) } else { Kind::Record };
        }
        if self.frame.statement != Some(position) && is_statement(&text) && self.frame.statement.is_some() {
            return Kind::Statement(position);
        }
        if self.in_notes || is_note(&text) {
            return Kind::Skip(SkipReason::Note);
        }
        if is_total(&text) {
            return Kind::Skip(SkipReason::Total);
        }
        let merged =
            row.merges().iter().any(|merge| merge.columns.0 == position && merge.columns.1 > position);
        let leads = self.frame.matched.iter().min().is_none_or(|&first| position <= first);
        let names_what_follows =
            !self.frame.fill.is_empty() || is_serial || !self.frame.matched.contains(&position);
        if merged || self.frame.fills(position) || (leads && names_what_follows) {
            return Kind::Skip(SkipReason::Section);
        }
        Kind::Record
    }

    /// A row of several filled cells, of which the first is at `lead`.
    fn several(&self, row: Row<'_>, lead: usize, first: bool) -> Kind {
        let lead = if row.is_repeated(lead) {
            row.filled(8).into_iter().find(|&at| !row.is_repeated(at))
        } else {
            Some(lead)
        };
        let Some(lead) = lead else { return Kind::Skip(SkipReason::Blank) };
        let cell = row.cell(lead);
        let text = cell.shown();
        if text.len() > SHORT {
            return Kind::Record;
        }
        if self.repeats_header(row, lead, &text) {
            return Kind::Skip(SkipReason::RepeatedHeader);
        }
        if first && self.numbers_columns(row) {
            return Kind::Skip(SkipReason::ColumnNumbers);
        }
        if is_total(&text) {
            return Kind::Skip(SkipReason::Total);
        }
        if is_signature(&text) {
            return Kind::Skip(SkipReason::Note);
        }
        Kind::Record
    }

    /// What [`Classifier::several`] says by the first cell of a row, where the others cannot change it.
    pub(super) fn is_lead_of_a_record(&self, at: usize, text: &str) -> bool {
        let is_header =
            || self.frame.header.iter().any(|header| header.get(at).is_some_and(|name| name == text));
        text.len() > SHORT || !(is_header() || is_total(text) || is_signature(text))
    }

    /// Whether the row has more or fewer cells than the header; a sheet's rows have no length of their own.
    fn is_ragged(&self, row: Row<'_>) -> bool {
        let Row::Text(text) = row else { return false };
        let width = text.width();
        width < self.frame.width || (self.frame.full_width..width).any(|at| text.is_filled(at))
    }

    /// Whether the row says again what the header says.
    fn repeats_header(&self, row: Row<'_>, lead: usize, text: &str) -> bool {
        self.frame.header.iter().any(|header| {
            if header.get(lead).map(String::as_str) != Some(text) {
                return false;
            }
            let named = header.iter().enumerate().filter(|(_, name)| !name.is_empty());
            let (mut same, mut all) = (0, 0);
            for (at, name) in named {
                all += 1;
                same += usize::from(row.cell(at).shown() == name.as_str());
            }
            same >= 2 && same * 5 >= all * 3
        })
    }

    /// Whether the row counts the columns: 1 2 3 4.
    fn numbers_columns(&self, row: Row<'_>) -> bool {
        let filled = row.filled(64);
        if filled.len() < 4 || !self.frame.has_text {
            return false;
        }
        let numbers = filled
            .iter()
            .map(|&at| row.cell(at).shown().trim_matches(['(', ')', '（', '）']).parse::<u32>().ok());
        let numbers: Vec<u32> = numbers.skip_while(Option::is_none).map_while(|number| number).collect();
        numbers.len() + 2 >= filled.len()
            && numbers.len() >= 4
            && numbers.first() == Some(&1)
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// 合计, 总计:, 小计(万元), 昌吉市小计.
fn is_total(text: &str) -> bool {
    if !text.contains('计') {
        return false;
    }
    let key = key(text);
    const WORDS: [&str; 5] = ["合计", "小计", "总计", "共计", "累计"];
    let begins = WORDS.iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', '[', ':', ',']))
    });
    let ends = key.chars().count() <= 12 && ["合计", "小计", "总计"].iter().any(|word| key.ends_with(word));
    begins || ends
}

/// 注:, 说明:, 备注1., and what signs a form.
fn is_note(text: &str) -> bool {
    let key = key(text);
    let begins = ["注:", "注1", "注：", "备注:", "备注1", "说明:", "填表说明", "填报说明", "附注", "※"];
    begins.iter().any(|word| key.starts_with(word)) || is_signature(text)
}

/// 填表人:张三, 审核人, 单位负责人 …
fn is_signature(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "填表人",
        "填报人",
        "制表人",
        "审核人",
        "复核人",
        "单位负责人",
        "分管领导",
        "填报日期",
        "填表日期",
        "填报单位",
        "注",
    ];
    let text = trimmed(text);
    WORDS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with([':', '：']) || rest.starts_with("(签") || rest.starts_with("（签")
        })
    })
}

/// 本季度无PPP项目, 暂无可公开内容, 零报告.
fn is_statement(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "尚无",
        "暂无",
        "并无",
        "没有",
        "零报告",
        "零申报",
        "未开展",
        "未发生",
        "无项目",
        "无ppp",
        "无可公开",
    ];
    if text.len() > SHORT {
        return false;
    }
    let key = key(text);
    key.chars().count() > 2 && WORDS.iter().any(|word| key.contains(word))
}

/// The name of a section without its number: 一、教育部门 is 教育部门.
pub(super) fn section_name(text: &str) -> &str {
    let rest = trimmed(text);
    let inner = rest.trim_start_matches(['(', '（']);
    let unnumbered =
        inner.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    if unnumbered.len() == inner.len() {
        return rest;
    }
    let name = unnumbered.trim_start_matches([')', '）']);
    let name = if name.len() < unnumbered.len() { name } else { unnumbered };
    let marked =
        name.len() < unnumbered.len() || name.starts_with(['、', '.', '．', ',', '，', ' ', '\u{3000}']);
    let name = trimmed(name.trim_start_matches(['、', '.', '．', ',', '，']));
    if marked && !name.is_empty() { name } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn totals_notes_and_statements_are_known_by_their_words() {
        assert!(["合计", "合 计", "总计：", "小计(万元)", "昌吉市小计"].into_iter().all(is_total));
        assert!(!["合计征收费", "计划", "会计师事务所审计费", "设计费"].into_iter().any(is_total));
        assert!(["注：1.本表…", "说明:", "填表人：张三", "填表说明"].into_iter().all(is_note));
        assert!(!["注册费", "备注", "说明书工本费", "审核人员培训费"].into_iter().any(is_note));
        assert!(["目前我区尚无PPP项目,暂无可公开内容", "本季度无PPP项目"].into_iter().all(is_statement));
        assert!(!["教育部门", "无", "无锡路管廊"].into_iter().any(is_statement));
    }

    #[test]
    fn a_section_is_named_without_its_number() {
        for (text, name) in [
            ("一、教育部门", "教育部门"),
            ("(二)公安部门", "公安部门"),
            ("3．自然资源部门", "自然资源部门"),
            ("十三师", "十三师"),
            ("教育部门", "教育部门"),
            ("一、", "一、"),
        ] {
            assert_eq!(section_name(text), name, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[一二、.()（）:合计注1 ]{0,12}|\\PC{0,30}") {
            let _ = (is_total(&text), is_note(&text), is_statement(&text), section_name(&text));
        }
    }
}
