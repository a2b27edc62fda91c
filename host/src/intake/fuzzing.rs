//! What the fuzz targets in `fuzz/` call, and what `cargo test` replays their corpus through: every parser that meets
//! bytes of strangers first. A target takes any bytes; it must end, and must not panic.

use super::blob::Blob;
use super::facts;
use super::header::{Lookup, bare, in_brackets, likeness};
use super::offer::{Manner, Offer};
use super::recognise::{Head, recognise};
use super::source::{Mark, Source};
use super::text::Undivided;
use crate::manifest::{Column, Kind, Table, Text};
use mingcha_values::amount::{Amount, Unit, unit_in_header};
use mingcha_values::credit_code::{IdentityCode, UnifiedCreditCode};
use mingcha_values::date::{parse_date, parse_date_precision, parse_instant, written};
use mingcha_values::decimal::Decimal;
use mingcha_values::division::Division;
use mingcha_values::document_number::references;
use mingcha_values::numeral::{digits, figure};
use mingcha_values::period::Period;
use mingcha_values::pollutant::{Limit, Measured, Pollutant, canonical_unit};
use mingcha_values::standard::Standard;
use mingcha_values::telephone::Telephone;
use mingcha_values::term::Term;
use mingcha_values::text::{half_width, is_blank_spelling, is_ditto, key, trimmed};
use std::ops::ControlFlow;

/// Something that takes any bytes.
pub type Target = fn(&[u8]);

/// Every target, by the name it has in `fuzz/`.
pub const TARGETS: [(&str, Target); 16] = [
    ("scanner", scanner),
    ("encoding", encoding),
    ("header", header),
    ("facts", facts_of_rows),
    ("date", |bytes| text(bytes, date)),
    ("amount", |bytes| text(bytes, amount)),
    ("decimal", |bytes| text(bytes, decimal)),
    ("numeral", |bytes| text(bytes, numeral)),
    ("period", |bytes| text(bytes, period)),
    ("credit-code", |bytes| text(bytes, credit_code)),
    ("telephone", |bytes| text(bytes, telephone)),
    ("standard", |bytes| text(bytes, standard)),
    ("document-number", |bytes| text(bytes, document_number)),
    ("measured", |bytes| text(bytes, measured)),
    ("term", |bytes| text(bytes, term)),
    ("text", |bytes| text(bytes, texts)),
];

/// Runs one target; false if there is none of this name.
pub fn run(name: &str, bytes: &[u8]) -> bool {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    target.map(|(_, target)| target(bytes)).is_some()
}

fn text(bytes: &[u8], parse: fn(&str)) {
    parse(&String::from_utf8_lossy(bytes));
}

/// The bytes as a text, in stretches that records are longer than.
fn undivided(bytes: &[u8]) -> Undivided {
    let manner = Manner { window: 64, ..Manner::default() };
    Undivided::new(Blob::memory(bytes.to_vec()), None, manner, None).expect("memory can be read")
}

/// Rows as each dialect splits them; every row must be the same when it is visited from its own mark.
fn scanner(bytes: &[u8]) {
    let undivided = undivided(bytes);
    for dialect in undivided.dialects() {
        let text = undivided.divided(&dialect);
        let mut marks: Vec<(Mark, Vec<String>)> = Vec::new();
        let end = text.each(text.first(), None, &mut |mark, row| {
            let cells = (0..row.width()).map(|at| row.cell(at).shown().into_owned()).collect();
            let within = (0..=row.width()).filter_map(|at| row.field_within(at));
            assert!(within.into_iter().all(|(start, end)| start <= end), "a field ends before it begins");
            let _ = (row.excerpt(), row.has_control(), row.has_nul(), row.is_cut(), row.width_by(b';'));
            marks.push((mark, cells));
            ControlFlow::Continue(())
        });
        assert!(marks.is_sorted_by(|one, other| one.0.offset < other.0.offset), "offsets do not rise");
        assert!(marks.last().is_none_or(|last| last.0.offset < end.offset), "the last row has no bytes");
        for (mark, cells) in marks.iter().step_by(marks.len() / 16 + 1) {
            text.each(*mark, None, &mut |again, row| {
                let same: Vec<String> =
                    (0..row.width()).map(|at| row.cell(at).shown().into_owned()).collect();
                assert_eq!((again, &same), (*mark, cells), "a row is another one when it is visited alone");
                ControlFlow::Break(())
            });
        }
    }
}

fn encoding(bytes: &[u8]) {
    let undivided = undivided(bytes);
    assert!(undivided.faults.is_sorted(), "faults are out of order");
    assert!(undivided.faults.iter().all(|fault| *fault < bytes.len() as u64), "a fault beyond the end");
    let all = undivided.range();
    let _ = (undivided.is_blank(), undivided.shown(all.start..all.end.min(all.start + 64), None));
}

/// The bytes as a table's first rows.
fn header(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines().take(64) {
        let _ = (bare(line), in_brackets(line), unit_in_header(line), likeness(line, "投资金额"));
    }
    let table = declared();
    let offers = [Offer { group: 0, pack: 0, table: 0, declared: &table }];
    let undivided = undivided(bytes);
    for dialect in undivided.dialects() {
        let head = Head::new(&Source::Text(undivided.divided(&dialect)));
        let found =
            recognise(&head, &offers, &Lookup::new(&offers), &facts::Names::new("上报/甲.csv", None), None);
        if let Ok(found) = found {
            let matched = &found.matches[0];
            let positions = matched.columns.iter().flatten().filter_map(|column| column.position);
            let mut positions: Vec<u32> = positions.collect();
            positions.sort_unstable();
            assert!(positions.windows(2).all(|pair| pair[0] != pair[1]), "one header is two columns");
        }
    }
}

fn facts_of_rows(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let _ = facts::in_rows(rows.iter().map(Vec::as_slice));
    for line in text.lines() {
        let _ = facts::period_in(line);
    }
}

fn date(text: &str) {
    if let Ok(day) = parse_date(text) {
        assert_eq!(parse_date(&written(day)), Ok(day), "{text}: a day is not read back as itself");
    }
    let _ = (parse_date_precision(text), parse_instant(text));
}

fn amount(text: &str) {
    let _ = (Amount::parse(text, None), Amount::parse(text, Some(Unit::TenThousandYuan)), Unit::parse(text));
}

fn decimal(text: &str) {
    let _ = Decimal::parse(text);
}

fn numeral(text: &str) {
    let _ = (figure(text), digits(text));
}

fn period(text: &str) {
    if let Ok(period) = Period::parse(text, Some(2016)) {
        assert_eq!(
            Period::parse(&period.name(), None),
            Ok(period),
            "{text}: a period is not read back as itself"
        );
    }
    let _ = Period::parse(text, None);
}

fn credit_code(text: &str) {
    let _ = (UnifiedCreditCode::parse(text), IdentityCode::parse(text));
}

fn telephone(text: &str) {
    let _ = (Telephone::parse(text), Telephone::parse_all(text));
}

fn standard(text: &str) {
    let _ = Standard::parse(text);
}

fn document_number(text: &str) {
    let _ = references(text);
}

fn term(text: &str) {
    let _ = Term::parse(text);
}

fn measured(text: &str) {
    let _ = (Limit::parse(text), Measured::parse(text), Pollutant::find(text), canonical_unit(text));
}

fn texts(text: &str) {
    let once = key(text);
    assert_eq!(key(&once), once, "a key is not its own key");
    let _ = (trimmed(text), half_width(text), is_blank_spelling(text), is_ditto(text));
    let _ = (Division::find(text), Division::find_in(text));
}

/// A small table to match headers with.
fn declared() -> Table {
    let text = |zh: &str| Text { zh: zh.to_owned(), en: String::new() };
    let column = |(name, zh, kind): (&str, &str, Kind)| Column {
        name: name.to_owned(),
        label: text(zh),
        aliases: Vec::new(),
        kind,
        scale: 2,
        unit: (kind == Kind::Decimal).then(|| "万元".to_owned()),
        codes: Vec::new(),
        blanks: Vec::new(),
        fill_down: false,
        required: name == "name",
        from_part: (name == "period").then(|| "period".to_owned()),
    };
    let columns = [
        ("name", "项目名称", Kind::Text),
        ("amount", "投资金额", Kind::Decimal),
        ("signed_on", "签约日期", Kind::Date),
        ("period", "报告期", Kind::Text),
    ];
    Table {
        name: "projects".to_owned(),
        label: text("项目信息表"),
        aliases: Vec::new(),
        key: Vec::new(),
        body: None,
        columns: columns.into_iter().map(column).collect(),
    }
}
