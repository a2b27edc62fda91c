//! `mingcha tables`: what was recognised in files, before anything is checked.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::common::{self, PackChoice, either};
use crate::audit;
use crate::config::Config;
use crate::intake::{
    self, EncodingFound, EncodingHow, How, Intake, IntakeFinding, Part, SkipReason, TableMatch,
};
use crate::manifest::{Language, Table, Text};
use crate::runtime::Pack;
use crate::visible;

/// 列出文件中识别出的表:编码、表头、各列、单位、跳过的行、结构问题 / show what was recognised in files
///
/// 退出码:0 都能读;1 有结构问题;2 未能开始;3 有内容读不出或没有识别出表。
///
/// Exit codes: 0 all of it can be read; 1 damage was found; 2 could not start; 3 something cannot be read or is no table.
#[derive(Debug, Args)]
#[command(
    after_help = "例 / examples:\n  mingcha tables 收费目录.xlsx\n  mingcha tables 报送/ --format json"
)]
pub(super) struct Tables {
    /// 文件、工作簿或文件夹;- 为标准输入 / files, workbooks or folders; - is standard input
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    packs: PackChoice,
    /// 输出格式 / format
    #[arg(long, value_enum, default_value = "text", value_name = "text|json")]
    format: Format,
    /// 指定某文件(或工作表)是某张表,可重复 / say which table a file or sheet is; repeatable
    #[arg(long = "table", value_name = "NAME=FILE[#SHEET]")]
    tables: Vec<String>,
    /// 文本文件的编码,默认自动判断 / encoding of text files; found by evidence if not given
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Rows that were skipped, shown per part.
const SKIPPED_SHOWN: usize = 20;

impl Tables {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let mut options = common::options(&self.tables, self.encoding.as_deref(), language)?;
        let (packs, config) = self.packs.load_with(config, language)?;
        config.add_to(&mut options);
        let intake = intake::read(&self.paths, &audit::offers(&packs), &options);
        let report = Report { intake: &intake, packs: &packs, language };
        match self.format {
            Format::Text => common::print(&report.text()),
            Format::Json => {
                let text = serde_json::to_string_pretty(&report.json()).map_err(|error| error.to_string())?;
                common::print(&format!("{text}\n"));
            }
        }
        let unchecked = intake.problems.iter().any(|problem| problem.gravity() == intake::Gravity::Unchecked);
        Ok(match (unchecked || intake.parts.is_empty(), intake.findings.is_empty()) {
            (true, _) => super::INCONCLUSIVE,
            (false, false) => super::FOUND,
            (false, true) => super::CLEAN,
        })
    }
}

struct Report<'a> {
    intake: &'a Intake,
    packs: &'a [Pack],
    language: Language,
}

impl Report<'_> {
    fn declared(&self, matched: &TableMatch) -> &Table {
        &self.packs[matched.pack].manifest.tables[usize::from(matched.table)]
    }

    fn say(&self, zh: &str, en: &str) -> String {
        either(self.language, zh.to_owned(), en.to_owned())
    }

    /// What begins a line, as wide as all others.
    fn label(&self, zh: &str, en: &str) -> String {
        let (label, columns) = if self.language == Language::Zh { (zh, 4) } else { (en, 11) };
        let blank = columns - textwrap::core::display_width(label).min(columns);
        format!("  {label}{}  ", " ".repeat(blank))
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for (index, part) in self.intake.parts.iter().enumerate() {
            self.part(index, part, &mut out);
        }
        let unplaced = self.intake.findings.iter().filter(|finding| finding.part.is_none());
        for finding in unplaced {
            let path = visible(&self.intake.inputs[finding.input].path);
            let _ = writeln!(out, "{path}: {}", self.sentence(finding));
        }
        for problem in &self.intake.problems {
            let _ = writeln!(out, "{}", visible(&problem.sentence(self.language)));
        }
        out
    }

    fn part(&self, index: usize, part: &Part, out: &mut String) {
        let input = &self.intake.inputs[part.input];
        let sheet = part.sheet.as_ref().map_or_else(String::new, |sheet| format!(" [{sheet}]"));
        let hidden =
            if part.hidden { self.say("(隐藏的工作表)", " (hidden sheet)") } else { String::new() };
        let _ = writeln!(out, "{}{hidden}", visible(&format!("{}{sheet}", input.path)));
        self.tables(part, out);
        let counts = either(
            self.language,
            format!(
                "{} 条;未核对 {} 行;空行 {};隐藏行 {}",
                part.records(),
                part.unchecked(),
                part.blank_rows,
                part.hidden_rows
            ),
            format!(
                "{}; rows not checked: {}, blank: {}, hidden: {}",
                part.records(),
                part.unchecked(),
                part.blank_rows,
                part.hidden_rows
            ),
        );
        let _ = writeln!(out, "{}{counts}", self.label("记录", "records"));
        if let Some(found) = &part.encoding {
            let _ = writeln!(out, "{}{}", self.label("编码", "encoding"), self.encoding(found));
        }
        if let Some(dialect) = &part.dialect {
            let delimiter =
                if dialect.delimiter == '\t' { "TAB".to_owned() } else { dialect.delimiter.to_string() };
            let _ = writeln!(out, "{}{delimiter}", self.label("分隔", "delimiter"));
        }
        let rows: Vec<String> = part.header_rows.iter().map(u64::to_string).collect();
        if !rows.is_empty() {
            let rows = either(self.language, format!("第 {} 行", rows.join("、")), rows.join(", "));
            let _ = writeln!(out, "{}{rows}", self.label("表头", "header rows"));
        }
        for fact in &part.facts {
            let _ = writeln!(out, "{}{} = {}", self.label("事实", "fact"), fact.name, visible(&fact.value));
        }
        self.columns(&part.matches[0], out);
        self.skipped(part, out);
        for finding in self.intake.findings.iter().filter(|finding| finding.part == Some(index)) {
            let _ = writeln!(out, "{}{}", self.label("问题", "damage"), self.sentence(finding));
        }
        out.push('\n');
    }

    fn tables(&self, part: &Part, out: &mut String) {
        for matched in &part.matches {
            let (pack, table) = (&self.packs[matched.pack].manifest, self.declared(matched));
            let _ = writeln!(
                out,
                "{}{} ({}/{})",
                self.label("表", "table"),
                table.label.get(self.language),
                pack.id,
                table.name
            );
        }
    }

    fn skipped(&self, part: &Part, out: &mut String) {
        for skipped in part.skipped.iter().take(SKIPPED_SHOWN) {
            let (label, why) =
                (self.label("跳过", "skipped"), why(skipped.reason).get(self.language).to_owned());
            let row =
                either(self.language, format!("第 {} 行", skipped.row), format!("row {}:", skipped.row));
            let line = format!("{label}{row} {why} {}", visible(&skipped.text));
            let _ = writeln!(out, "{}", line.trim_end());
        }
        let all = part.skipped_rows.values().sum::<u64>();
        if let Some(more) = all.checked_sub(SKIPPED_SHOWN as u64).filter(|more| *more > 0) {
            let _ = writeln!(
                out,
                "  {}",
                either(self.language, format!("另有 {more} 行"), format!("further rows: {more}"))
            );
        }
    }

    fn columns(&self, matched: &TableMatch, out: &mut String) {
        let declared = self.declared(matched);
        for (column, found) in declared.columns.iter().zip(&matched.columns) {
            let Some(found) = found else { continue };
            let unit = found.unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"));
            let header = if found.header.is_empty() { "-".to_owned() } else { visible(&found.header) };
            let _ = writeln!(
                out,
                "{}{header}{unit} → {} [{}]",
                self.label("列", "column"),
                column.label.get(self.language),
                self.how(&found.how)
            );
        }
        for unknown in &matched.unknown {
            let meant = unknown.did_you_mean.map(|column| declared.column(column).label.get(self.language));
            let meant = meant.map_or_else(String::new, |meant| {
                either(self.language, format!(";是否应为“{meant}”?"), format!("; did you mean `{meant}`?"))
            });
            let _ = writeln!(out, "{}{}{meant}", self.label("未用", "unused"), visible(&unknown.header));
        }
    }

    fn how(&self, how: &How) -> String {
        match how {
            How::Header => self.say("表头", "header"),
            How::Alias => self.say("别名", "alias"),
            How::Bare => self.say("去掉括号和单位后相符", "without brackets and unit"),
            How::Fact(name) => either(self.language, format!("取自 {name}"), format!("from the fact {name}")),
            How::Section => self.say("取自分段的名称", "from the sections"),
            How::Assigned => self.say("人工指定", "assigned"),
        }
    }

    fn encoding(&self, found: &EncodingFound) -> String {
        let how = match found.how {
            EncodingHow::Mark => self.say("字节顺序标记", "byte order mark"),
            EncodingHow::Ascii => self.say("全部是 ASCII", "all ASCII"),
            EncodingHow::Decodes if found.mixed_with.is_some() => {
                self.say("多数文字如此", "most of its text")
            }
            EncodingHow::Decodes => self.say("全部可以解码", "all of it decodes"),
            EncodingHow::ZeroBytes => self.say("UTF-16 的零字节", "the zero bytes of UTF-16"),
            EncodingHow::Frequency => self.say("常用字的频率", "frequency of its characters"),
            EncodingHow::FewestFaults => self.say("无法解码处最少", "fewest faults"),
            EncodingHow::Given => self.say("--encoding 指定", "--encoding"),
        };
        let mut text = format!("{} ({how})", found.name);
        if let Some(other) = &found.or_else {
            text += &either(
                self.language,
                format!(";推测,也可能是 {other},可用 --encoding 指明"),
                format!("; a guess, may be {other}: say which with --encoding"),
            );
        }
        if let Some(other) = &found.mixed_with {
            text += &either(self.language, format!(";混有 {other}"), format!("; mixed with {other}"));
        }
        text
    }

    /// What a finding says, its holes filled.
    fn sentence(&self, finding: &IntakeFinding) -> String {
        let rule = &intake::rules::manifest().rules[usize::from(finding.rule)];
        let mut text = rule.messages[usize::from(finding.message)].text.get(self.language).to_owned();
        for (hole, value) in &finding.arguments {
            text = text.replace(&format!("{{{hole}}}"), &visible(value));
        }
        let place = match (&finding.cell, finding.line) {
            (Some(cell), _) => format!("{cell} "),
            (None, Some(line)) => either(self.language, format!("第 {line} 行 "), format!("line {line}: ")),
            (None, None) => String::new(),
        };
        let more = match finding.more {
            0 => String::new(),
            more => either(self.language, format!("(同样的另有 {more} 处)"), format!(" (and {more} more)")),
        };
        format!("{place}{text}{more} [{}]", rule.id)
    }

    fn json(&self) -> Value {
        let finding = |finding: &IntakeFinding| {
            json!({
                "rule": intake::rules::manifest().rules[usize::from(finding.rule)].id,
                "input": self.intake.inputs[finding.input].path,
                "part": finding.part,
                "line": finding.line,
                "offset": finding.offset,
                "cell": finding.cell,
                "more": finding.more,
                "text": self.sentence(finding),
            })
        };
        let problem = |problem: &intake::Problem| json!({ "path": problem.path, "sheet": problem.sheet, "gravity": problem.gravity(), "text": problem.sentence(self.language) });
        let part = |part: &Part| {
            let mut value = serde_json::to_value(part).unwrap_or_default();
            value["path"] = json!(self.intake.inputs[part.input].path);
            value["records"] = json!(part.records());
            value["unchecked"] = json!(part.unchecked());
            value["tables"] = part
                .matches
                .iter()
                .map(|matched| {
                    let names = self.declared(matched).columns.iter().map(|column| column.name.as_str());
                    let columns: serde_json::Map<String, Value> = names
                        .zip(&matched.columns)
                        .filter_map(|(name, found)| Some((name.to_owned(), serde_json::to_value(found.as_ref()?).ok()?)))
                        .collect();
                    json!({ "pack": self.packs[matched.pack].manifest.id, "table": self.declared(matched).name, "columns": columns })
                })
                .collect();
            value
        };
        json!({
            "inputs": self.intake.inputs,
            "parts": self.intake.parts.iter().map(part).collect::<Vec<_>>(),
            "findings": self.intake.findings.iter().map(finding).collect::<Vec<_>>(),
            "problems": self.intake.problems.iter().map(problem).collect::<Vec<_>>(),
        })
    }
}

/// Why a row is no record, in a few words.
fn why(reason: SkipReason) -> Text {
    let (zh, en) = match reason {
        SkipReason::Blank => ("空行", "blank"),
        SkipReason::Section => ("分段的名称", "name of a section"),
        SkipReason::Total => ("合计或小计", "total"),
        SkipReason::Note => ("附注", "note"),
        SkipReason::RepeatedHeader => ("重复的表头", "header once more"),
        SkipReason::ColumnNumbers => ("列的编号", "numbers of columns"),
        SkipReason::OnlyNumbered => ("只有序号", "nothing but its number"),
        SkipReason::Ragged => ("列数与表头不符", "of another width than the header"),
        SkipReason::BrokenQuote => ("引号不成对", "broken quotes"),
        SkipReason::SecondDelimiter => ("用了另一种分隔符", "another delimiter"),
        SkipReason::StackedTable => ("另一张表", "of another table"),
        SkipReason::EmbeddedNul => ("含有零字节", "holds zero bytes"),
        SkipReason::Truncated => ("文件在此中断", "the file ends within it"),
        SkipReason::TrailingGarbage => ("末尾的杂物", "behind the last record"),
        SkipReason::BrokenRecord => ("不完整的记录", "malformed record"),
    };
    Text::of(zh, en)
}
