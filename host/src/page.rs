//! A rule's page: Markdown under fixed headings.

/// The text under a heading of the second level, up to the next; empty where there is none.
#[must_use]
pub fn section(page: &str, heading: &str) -> String {
    let mut lines = page.lines().skip_while(|line| line.strip_prefix("## ") != Some(heading)).skip(1);
    let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("## ")).collect();
    body.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let page = "## 查什么\n甲\n\n## 怎么改\n乙\n丙\n## 例\n丁";
        assert_eq!(section(page, "怎么改"), "乙\n丙");
        assert_eq!(section(page, "为什么"), "");
    }
}
