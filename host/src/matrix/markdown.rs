//! The matrix as a page of the handbook.

use std::fmt::Write as _;

use super::{Matrix, extent, standing, summary};
use crate::manifest::Language;

/// The address of a rule's page.
pub type Link<'a> = &'a dyn Fn(&str) -> String;

/// As Markdown; `link` makes the address of a rule's page, where rules have pages.
#[must_use]
pub fn markdown(matrix: &Matrix, language: Language, link: Option<Link<'_>>) -> String {
    let title = if language == Language::Zh {
        "职责、条文与规则对照"
    } else {
        "Duties, articles and rules"
    };
    let mut page = Page { out: format!("# {title}\n\n{}\n", summary(matrix, language)), language, link };
    page.duties(matrix);
    page.articles(matrix);
    page.without_basis(matrix);
    page.out
}

/// The page in the making.
struct Page<'a> {
    out: String,
    language: Language,
    link: Option<Link<'a>>,
}

impl Page<'_> {
    fn either<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.language == Language::Zh { zh } else { en }
    }

    fn table(&mut self, heading: &str, columns: &str) {
        let rule = "| --- ".repeat(columns.matches('|').count() - 1);
        let _ = writeln!(self.out, "\n## {heading}\n\n{columns}\n{rule}|");
    }

    fn rules(&self, ids: &[String]) -> String {
        let rule = |id: &String| {
            self.link.map_or_else(|| format!("`{id}`"), |link| format!("[`{id}`]({})", link(id)))
        };
        ids.iter().map(rule).collect::<Vec<_>>().join("<br>")
    }

    fn duties(&mut self, matrix: &Matrix) {
        let columns = self.either(
            "| 职责 | 频次 | 核查程度 | 规则 | 说明 |",
            "| duty | how often | covered | rules | why |",
        );
        let mut section = "";
        for duty in &matrix.duties {
            if duty.section != section {
                section = &duty.section;
                self.table(section, columns);
            }
            let [title, frequency, why] =
                [&duty.title, &duty.frequency, &duty.why].map(|text| text.get(self.language));
            let (extent, rules) = (extent(duty.extent, self.language), self.rules(&duty.rules));
            let _ =
                writeln!(self.out, "| {title} (`{}`) | {frequency} | {extent} | {rules} | {why} |", duty.id);
        }
    }

    fn articles(&mut self, matrix: &Matrix) {
        let columns = self.either(
            "| 条文 | 效力 | 核查程度 | 规则 | 说明 |",
            "| article | in force | covered | rules | why |",
        );
        self.table(self.either("条文", "Articles"), columns);
        for article in &matrix.articles {
            let (extent, standing) =
                (extent(article.extent, self.language), standing(article, self.language));
            let (rules, why) = (self.rules(&article.rules), article.why.get(self.language));
            let name = format!("{} {}", article.document, article.article);
            let _ = writeln!(self.out, "| {} | {standing} | {extent} | {rules} | {why} |", name.trim());
        }
    }

    fn without_basis(&mut self, matrix: &Matrix) {
        let heading = self.either("不引条文的规则", "Rules that rest on no article");
        self.table(heading, self.either("| 规则 | 理由 |", "| rule | why |"));
        for rule in &matrix.without_basis {
            let why = rule.why.as_ref().map_or("", |why| why.get(self.language));
            let _ = writeln!(self.out, "| {} | {why} |", self.rules(std::slice::from_ref(&rule.rule)));
        }
    }
}
