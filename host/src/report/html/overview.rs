//! What the page says before any finding: numbers, what became of the rules, where findings are, what was not checked.

use super::data::Catalogue;
use super::in_both;
use crate::audit::RunRecord;
use crate::audit::record::{ProblemGravity, RuleRecord, Status, Totals};
use crate::manifest::{Language, Severity, Text};
use crate::report::{phrases, words};

/// Bodies that have a column of their own.
const BODIES_AT_MOST: usize = 20;
/// Width of the bar, in its own units.
const BAR: f64 = 1_000.0;

/// A number to begin with.
pub(super) struct Card {
    pub(super) class: &'static str,
    pub(super) number: String,
    pub(super) name: Text,
}

/// Findings by severity, records, bodies.
pub(super) fn cards(record: &RunRecord) -> Vec<Card> {
    let Totals { error, warning, notice } = record.manifest.totals;
    let card = |class, number: u64, zh: &str, en: &str| Card {
        class,
        number: number.to_string(),
        name: text(zh, en),
    };
    let records = record.manifest.parts.iter().map(|part| part.records).sum();
    let mut cards = vec![
        card("error", error, "错误", "errors"),
        card("warning", warning, "警告", "warnings"),
        card("notice", notice, "提示", "notices"),
        card("", record.manifest.inputs.len() as u64, "份文件", "files"),
        card("", records, "条记录", "records"),
    ];
    if record.manifest.suppressed.all() > 0 {
        cards.push(card("", record.manifest.suppressed.all(), "其中已豁免", "of them suppressed"));
    }
    cards
}

/// That totals speak of more findings than the page has.
pub(super) fn kept_note(record: &RunRecord) -> Option<Text> {
    let (kept, all) = (record.findings.len() as u64, record.manifest.totals.all());
    (kept < all).then(|| Text {
        zh: format!("共 {all} 处,本页保留明细 {kept} 条;下图与清单按明细计,总数不受影响。"),
        en: format!(
            "{all} in all, {kept} kept in detail; picture and list count those kept, totals are exact."
        ),
    })
}

/// One status and its share of the bar.
pub(super) struct Share {
    pub(super) class: &'static str,
    pub(super) name: Text,
    pub(super) count: usize,
    pub(super) from: f64,
    pub(super) width: f64,
}

/// How many rules ended how.
pub(super) fn shares(record: &RunRecord) -> Vec<Share> {
    let rules = &record.manifest.rules;
    let mut from = 0.0;
    let mut shares = Vec::new();
    for status in [
        Status::Failed,
        Status::Error,
        Status::NotChecked,
        Status::Passed,
        Status::NotApplicable,
        Status::NotSelected,
    ] {
        let count = rules.iter().filter(|rule| rule.status == status).count();
        if count > 0 {
            let width = BAR * count as f64 / rules.len() as f64;
            shares.push(Share { class: status_class(status), name: status_text(status), count, from, width });
            from += width;
        }
    }
    shares
}

/// The bar in words.
pub(super) fn bar_title(record: &RunRecord, language: Language) -> String {
    let told =
        shares(record).into_iter().map(|share| format!("{} {}", share.name.get(language), share.count));
    told.collect::<Vec<_>>().join(words::either(language, ",", ", "))
}

/// Rules that found something by the bodies they found it at.
pub(super) struct Heat {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<HeatRow>,
    pub(super) others: usize,
    pub(super) others_zh: String,
    pub(super) others_en: String,
}

/// A body, as its column is headed and in full.
pub(super) struct Column {
    pub(super) short: String,
    pub(super) whole: String,
}

/// One rule.
pub(super) struct HeatRow {
    pub(super) rule: usize,
    pub(super) title: Text,
    pub(super) class: &'static str,
    pub(super) cells: Vec<HeatCell>,
    pub(super) sum: u64,
}

/// One rule at one body.
pub(super) struct HeatCell {
    pub(super) body: usize,
    pub(super) name: String,
    pub(super) count: u64,
    pub(super) shade: u8,
}

/// The heat map: bodies with most findings first, rules with most findings first.
pub(super) fn heat(record: &RunRecord, catalogue: &Catalogue<'_>) -> Heat {
    let (rules, bodies) = (catalogue.rules(), catalogue.bodies());
    let mut counts = vec![vec![0_u64; bodies.len()]; rules.len()];
    for finding in &record.findings {
        let (rule, body) = catalogue.numbers(finding);
        if let Some(count) = counts.get_mut(rule).and_then(|row| row.get_mut(body)) {
            *count += 1;
        }
    }
    let sum_of = |body: usize| counts.iter().map(|row| row[body]).sum::<u64>();
    let mut columns: Vec<usize> = (0..bodies.len()).collect();
    columns.sort_by_key(|&body| (bodies[body].is_empty(), std::cmp::Reverse(sum_of(body))));
    let others = columns.len().saturating_sub(BODIES_AT_MOST);
    columns.truncate(BODIES_AT_MOST);
    let most = counts.iter().flatten().copied().max().unwrap_or(1);
    let mut rows: Vec<HeatRow> = rules
        .iter()
        .enumerate()
        .map(|(rule, record)| HeatRow {
            rule,
            title: visible(&record.title),
            class: severity_class(record.severity),
            cells: columns.iter().map(|&body| cell(body, bodies[body], counts[rule][body], most)).collect(),
            sum: counts[rule].iter().sum(),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.sum));
    Heat {
        columns: columns.iter().map(|&body| column(bodies[body])).collect(),
        rows,
        others,
        others_zh: format!("另有 {others} 个单位未列出,合计含它们。"),
        others_en: format!("{others} more bodies are not shown; sums include them."),
    }
}

fn cell(body: usize, named: &str, count: u64, most: u64) -> HeatCell {
    let share = (count as f64).ln_1p() / (most as f64).ln_1p().max(f64::MIN_POSITIVE);
    HeatCell { body, name: name(named), count, shade: 1 + (share * 4.0).min(4.0) as u8 }
}

fn column(body: &str) -> Column {
    let whole = name(body);
    Column { short: crate::cut(&whole, 12), whole }
}

fn name(body: &str) -> String {
    if body.is_empty() { "—".to_owned() } else { crate::visible(&crate::cut(body, 40)) }
}

/// A cause, for the overview.
pub(super) struct CauseLine {
    pub(super) file: String,
    pub(super) sentence: Text,
}

/// What several findings share.
pub(super) fn causes(record: &RunRecord) -> Vec<CauseLine> {
    let line = |cause: &crate::audit::record::Cause| CauseLine {
        file: crate::visible(
            cause.input.as_deref().filter(|file| !cause.sentence.zh.contains(file)).unwrap_or_default(),
        ),
        sentence: visible(&cause.sentence),
    };
    record.manifest.causes.iter().map(line).collect()
}

/// Files that could not be checked, and rules that could not, with the reasons.
pub(super) fn missing(record: &RunRecord) -> Vec<Text> {
    let problems = record.manifest.problems.iter();
    let unchecked = problems.filter(|problem| problem.gravity == ProblemGravity::Unchecked);
    let mut lines: Vec<Text> = unchecked.map(|problem| visible(&problem.sentence)).collect();
    let reasons = |rule: &RuleRecord, language, joint: &str| {
        let told: Vec<String> = rule.reasons.iter().map(|reason| words::reason(reason, language)).collect();
        crate::visible(&told.join(joint))
    };
    let told = |rule: &&RuleRecord| rule.status != Status::NotSelected && !rule.reasons.is_empty();
    lines.extend(record.manifest.rules.iter().filter(told).map(|rule| Text {
        zh: format!(
            "{}({}):{}",
            rule.title.zh,
            words::status(rule.status, Language::Zh),
            reasons(rule, Language::Zh, ";")
        ),
        en: format!(
            "{} ({}): {}",
            rule.title.en,
            words::status(rule.status, Language::En),
            reasons(rule, Language::En, "; ")
        ),
    }));
    lines
}

/// A table that was read.
pub(super) struct PartLine {
    pub(super) file: String,
    pub(super) sheet: String,
    pub(super) table: Text,
    pub(super) records: u64,
    pub(super) damaged: u64,
}

/// Tables that were read.
pub(super) fn parts(record: &RunRecord) -> Vec<PartLine> {
    let file = |input: usize| record.manifest.inputs.get(input).map_or("", |input| input.path.as_str());
    let line = |part: &crate::audit::record::PartRecord| PartLine {
        file: crate::visible(file(part.input)),
        sheet: crate::visible(part.sheet.as_deref().unwrap_or_default()),
        table: part.title.clone(),
        records: part.records,
        damaged: part.damaged,
    };
    record.manifest.parts.iter().map(line).collect()
}

/// A rule and what became of it.
pub(super) struct RuleLine {
    pub(super) id: String,
    pub(super) title: Text,
    pub(super) class: &'static str,
    pub(super) status: Text,
    pub(super) applied: String,
    pub(super) failed: u64,
}

/// Every rule.
pub(super) fn rules(record: &RunRecord) -> Vec<RuleLine> {
    let line = |rule: &RuleRecord| RuleLine {
        id: rule.id.clone(),
        title: visible(&rule.title),
        class: status_class(rule.status),
        status: status_text(rule.status),
        applied: phrases::applied(record, rule),
        failed: rule.failed,
    };
    record.manifest.rules.iter().map(line).collect()
}

fn status_class(status: Status) -> &'static str {
    match status {
        Status::Passed => "passed",
        Status::Failed => "failed",
        Status::NotApplicable => "not-applicable",
        Status::NotChecked => "not-checked",
        Status::NotSelected => "not-selected",
        Status::Error => "error",
    }
}

fn severity_class(severity: Severity) -> &'static str {
    words::severity(severity, Language::En)
}

fn status_text(status: Status) -> Text {
    in_both(|language| words::status(status, language).to_owned())
}

fn visible(text: &Text) -> Text {
    in_both(|language| crate::visible(text.get(language)))
}

fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}
