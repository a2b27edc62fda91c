//! The list of findings in a workbook made anew: what is remarkable of the copy, then a finding a row, each with a link.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatUnderline, Url, Worksheet, XlsxError};

use super::super::xlsx::acts;
use super::fresh::Book;
use super::marks::{Line, WIDTHS, heads};
use super::{Annotator, COLORS, list_name, rank};
use crate::intake::column_name;
use crate::manifest::Language;
use crate::report::words::either;

/// How cells of the list look.
struct Looks {
    text: Format,
    inert: Format,
    link: Format,
    severities: [Format; 3],
}

impl Looks {
    fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Self {
            inert: text.clone().set_quote_prefix(),
            link: text.clone().set_font_color(Color::RGB(0x0005_63C1)).set_underline(FormatUnderline::Single),
            severities: COLORS.map(|color| text.clone().set_background_color(Color::RGB(color))),
            text,
        }
    }
}

impl Book<'_> {
    /// A sheet with these lines.
    pub(super) fn list(
        &mut self,
        above: &[String],
        lines: &[Line<'_>],
        annotator: &Annotator<'_>,
    ) -> Result<(), XlsxError> {
        let name = self.names.unique(list_name(annotator.language));
        let targets: Vec<Option<String>> = lines.iter().map(|line| self.target(line)).collect();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name(&name)?;
        begin(sheet, above, lines.len() as u32, annotator.language)?;
        let looks = Looks::new();
        for (row, (line, target)) in (above.len() as u32 + 1..).zip(lines.iter().zip(targets)) {
            finding(sheet, row, line, target.as_deref(), &looks, annotator.language)?;
        }
        Ok(())
    }

    /// Where a finding's cell is written.
    fn target(&self, line: &Line<'_>) -> Option<String> {
        let (number, column) = line.at?;
        let (sheet, row) = self.written.get(&(line.sheet, number))?;
        let name = self.titles.get(*sheet)?.replace('\'', "''");
        Some(format!("internal:'{name}'!{}{}", column_name(column), row + 1))
    }
}

/// What stands above the findings, and how the sheet is shown and printed.
fn begin(sheet: &mut Worksheet, above: &[String], lines: u32, language: Language) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    let (bold, plain) = (Format::new().set_bold(), Format::new());
    let head = bold.clone().set_background_color(Color::RGB(0x00E4_E9F2));
    sheet.set_tab_color(Color::RGB(0x00C0_0000));
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    for (row, text) in (0..).zip(above) {
        sheet.write_string_with_format(row, 0, text, if row == 0 { &bold } else { &plain })?;
    }
    let first = above.len() as u32;
    for (column, text) in (0..).zip(heads(language)) {
        sheet.write_string_with_format(first, column, text, &head)?;
    }
    sheet.set_freeze_panes(first + 1, 0)?;
    sheet.autofilter(first, 0, first + lines, 7)?;
    Ok(())
}

fn finding(
    sheet: &mut Worksheet,
    row: u32,
    line: &Line<'_>,
    target: Option<&str>,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_row_height(row, line.height())?;
    for (column, text) in (0..).zip(&line.cells) {
        match (column, target) {
            (0, _) => {
                sheet.write_string_with_format(row, column, text, &looks.severities[rank(line.severity)])?
            }
            (1, Some(target)) => {
                let text = if text.is_empty() { either(language, "见单元格", "see cell") } else { text };
                sheet.write_url_with_format(row, column, Url::new(target).set_text(text), &looks.link)?
            }
            _ if acts(text) => sheet.write_string_with_format(row, column, text, &looks.inert)?,
            _ => sheet.write_string_with_format(row, column, text, &looks.text)?,
        };
    }
    Ok(())
}
