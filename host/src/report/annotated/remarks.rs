//! What stands above the list of findings: the file, the numbers, what the colours mean, and what the copy does not show.

use super::Annotator;
use super::marks::{NOTES_AT_MOST, Said};
use crate::manifest::Language;
use crate::report::phrases;

/// What became of the file on its way into the copy.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate {
    /// Its cells were written anew.
    pub(super) anew: bool,
    /// Its rows went on on further sheets.
    pub(super) split: bool,
    /// It has more columns than a sheet, or longer cells than a cell.
    pub(super) cut: bool,
    /// Sheets that cannot be read.
    pub(super) unreadable: Vec<String>,
}

/// The lines above the list; the first is a title.
pub(super) fn remarks(said: &Said<'_>, fate: &Fate, annotator: &Annotator<'_>) -> Vec<String> {
    let lines = match annotator.language {
        Language::Zh => zh(said, fate, annotator),
        Language::En => en(said, fate, annotator),
    };
    lines.iter().map(|line| crate::report::xlsx::fit(line)).collect()
}

fn zh(said: &Said<'_>, fate: &Fate, annotator: &Annotator<'_>) -> Vec<String> {
    let manifest = &annotator.record.manifest;
    let found = match said.lines.len() {
        0 => "未发现问题".to_owned(),
        _ => phrases::totals(said.totals, Language::Zh),
    };
    let mut lines = vec![
        format!("明察核查结果:{}", said.file.path),
        format!("{found};核查基准日 {};{}", manifest.as_of, manifest.host),
        "红色为错误,黄色为警告,蓝色为提示;点“位置”可跳到该单元格。请改原文件后重新核查,本文件只供对照。"
            .to_owned(),
    ];
    lines.push(if fate.anew {
        "本文件按原文件的单元格重新写成,没有原来的格式、公式和宏;原文件未改动。".to_owned()
    } else {
        "本文件是原文件的副本,格式、公式、批注照旧,只加了颜色、批注和本表;原文件未改动。".to_owned()
    });
    let without = said.without_note();
    if without > 0 {
        lines.push(format!(
            "每张工作表最多加 {NOTES_AT_MOST} 条批注,先加程度重的;另有 {without} 个单元格只有颜色,问题见下表。"
        ));
    }
    if !said.complete {
        lines.push(
            "有的规则发现的问题多于保留的明细,下表不是全部;用 --keep all 重新核查可得全部。".to_owned(),
        );
    }
    if fate.split {
        lines.push("原文件的行数超过一张工作表的上限,接在名称带序号的工作表上。".to_owned());
    }
    if fate.cut {
        lines.push("有的单元格或列超过工作表的上限,未能完整写入;全文见原文件。".to_owned());
    }
    lines.extend(fate.unreadable.iter().map(|name| format!("工作表“{name}”无法读取,本文件中没有它。")));
    lines
}

fn en(said: &Said<'_>, fate: &Fate, annotator: &Annotator<'_>) -> Vec<String> {
    let manifest = &annotator.record.manifest;
    let found = match said.lines.len() {
        0 => "nothing was found".to_owned(),
        _ => phrases::totals(said.totals, Language::En),
    };
    let mut lines = vec![
        format!("Findings of mingcha: {}", said.file.path),
        format!("{found}; as of {}; {}", manifest.as_of, manifest.host),
        "Red is an error, yellow a warning, blue a notice; “Place” leads to the cell. Mend the original and check it again; this file is for comparison only.".to_owned(),
    ];
    lines.push(if fate.anew {
        "This file was written anew from the cells of the original, without its formats, formulas and macros; the original is unchanged.".to_owned()
    } else {
        "This file is a copy of the original with its formats, formulas and notes; colours, notes and this sheet were added. The original is unchanged.".to_owned()
    });
    let without = said.without_note();
    if without > 0 {
        lines.push(format!(
            "A sheet gets {NOTES_AT_MOST} notes at most, the gravest first; {without} more cells have a colour only, and are in this list."
        ));
    }
    if !said.complete {
        lines.push("Some rules found more than was kept in detail, so this list is not all; check again with --keep all.".to_owned());
    }
    if fate.split {
        lines.push(
            "The original has more rows than a sheet can hold; they go on on sheets with a number."
                .to_owned(),
        );
    }
    if fate.cut {
        lines.push("Some cells or columns are beyond what a sheet can hold and are not here in full; see the original.".to_owned());
    }
    lines.extend(
        fate.unreadable.iter().map(|name| format!("Sheet “{name}” cannot be read and is not in this file.")),
    );
    lines
}
