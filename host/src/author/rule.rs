//! `mingcha new rule`: one file, two cases, two lines. Everything is looked at before anything is written.

use std::fs;
use std::path::{Path, PathBuf};

use super::{about, cases_root, draft, filled, names, write};
use crate::manifest::Text;

const TEMPLATE: &str = include_str!("../../templates/rule/rule.rs.txt");

/// The longest list rustfmt keeps on one line, in bytes, without its brackets.
const SHORT_LIST: usize = 60;

/// Adds a rule `domain/fault` to the pack in this folder; the answer is every file written.
///
/// # Errors
/// Where the id cannot be one, something of that name is there already, or the folder is no pack.
pub fn new_rule(pack: &Path, id: &str) -> Result<Vec<PathBuf>, Text> {
    let (domain, fault) = id.split_once('/').unwrap_or((id, ""));
    names::spelt(domain)?;
    names::checked(fault)?;
    let lib = pack.join("src/lib.rs");
    let source = fs::read_to_string(&lib).map_err(|error| about(&lib, &error))?.replace("\r\n", "\n");
    let function = fault.replace('-', "_");
    let (file, cases) = (pack.join(format!("src/{function}.rs")), cases_root(pack).join(id));
    refuse_existing(&[&file, &cases])?;
    let table = draft::first_table(&pack.join("src"))?;
    let lines = with_lines(&source, &function).ok_or_else(|| {
        let shown = lib.display();
        Text::of(
            format!("{shown}:没有找到“rules: &[…]”这份清单,或者 {function} 已在其中;没有改动任何文件"),
            format!("{shown}: there is no list “rules: &[…]”, or {function} is in it; nothing was changed"),
        )
    })?;
    let text = drafted(&table, domain, fault);
    let data = |cell: &str| format!("{}\n{}\n", table.header(), table.row(cell));
    let written = [
        (file, text),
        (cases.join("fail-marked/清单-合成数据.csv"), data("待改")),
        (cases.join("pass-ordinary/清单-合成数据.csv"), data("虚构甲")),
        (lib, lines),
    ];
    for (path, content) in &written {
        write(path, content.as_bytes())?;
    }
    Ok(written.into_iter().map(|(path, _)| path).collect())
}

fn refuse_existing(paths: &[&Path]) -> Result<(), Text> {
    let Some(path) = paths.iter().find(|path| path.exists()) else { return Ok(()) };
    let shown = path.display();
    Err(Text::of(
        format!("{shown} 已经存在,没有改动任何文件;请换一个名字,或者先移走它"),
        format!("{shown} is there already; nothing was changed. Choose another name, or move it away"),
    ))
}

fn drafted(table: &draft::Table, domain: &str, fault: &str) -> String {
    let Some(asked) = table.asked() else { return String::new() };
    let mut imports = [asked.constant.as_str(), table.constant.as_str()];
    imports.sort_unstable();
    let function = fault.replace('-', "_");
    filled(
        TEMPLATE,
        &[
            ("domain", domain),
            ("fault", fault),
            ("function", &function),
            ("module", &table.module),
            ("imports", &imports.join(", ")),
            ("table", &table.constant),
            ("column", &asked.constant),
            ("hole", &asked.name),
            ("zh", &asked.zh),
            ("en", &asked.en),
            ("header", &table.header()),
            ("bad", &table.row("待改")),
            ("good", &table.row("虚构甲")),
        ],
    )
}

/// The source of `lib.rs` with the module and the rule in it; none where there is no place for them.
fn with_lines(source: &str, function: &str) -> Option<String> {
    let module = format!("mod {function};");
    if source.lines().any(|line| line == module) {
        return None;
    }
    let is_module = |line: &&str| line.starts_with("mod ") && line.ends_with(';');
    let last = source.lines().rfind(is_module)?;
    let follower = source.lines().filter(is_module).find(|line| *line > module.as_str());
    let with_module = match follower {
        Some(line) => source.replacen(&format!("{line}\n"), &format!("{module}\n{line}\n"), 1),
        None => source.replacen(&format!("{last}\n"), &format!("{last}\n{module}\n"), 1),
    };
    if with_module == source {
        return None;
    }
    let start = with_module.find("rules: &[")? + "rules: &[".len();
    let end = start + with_module[start..].find(']')?;
    let (list, rest) = (&with_module[start..end], &with_module[end..]);
    let mut rules: Vec<&str> = list.split(',').map(str::trim).filter(|rule| !rule.is_empty()).collect();
    let added = format!("&{function}::RULE");
    rules.push(&added);
    Some(format!("{}{}{rest}", &with_module[..start], written(&rules)))
}

/// The items of a list, as rustfmt writes them: on one line where that is short.
fn written(rules: &[&str]) -> String {
    let line = rules.join(", ");
    if line.len() <= SHORT_LIST {
        return line;
    }
    let lines: String = rules.iter().map(|rule| format!("        {rule},\n")).collect();
    format!("\n{lines}    ")
}

#[cfg(test)]
mod tests {
    use super::with_lines;

    #[test]
    fn a_rule_enters_the_modules_in_order_and_the_list_at_its_end() {
        let source = "mod bases;\nmod list;\n\nstatic PACK: Pack = Pack {\n    rules: &[&list::RULE],\n};\n";
        let lines = with_lines(source, "date_missing").expect("there is a place");
        assert!(lines.starts_with("mod bases;\nmod date_missing;\nmod list;\n"), "{lines}");
        assert!(lines.contains("    rules: &[&list::RULE, &date_missing::RULE],\n"), "{lines}");
        assert_eq!(with_lines(&lines, "date_missing"), None, "twice is refused");
        let unended = "static PACK: Pack = Pack { rules: &[] };\nmod list;";
        assert_eq!(with_lines(unended, "z"), None, "there is no line to put the module behind");
        let longer = with_lines(&lines, "a_name_too_long_for_one_line").expect("there is a place");
        let list = "rules: &[\n        &list::RULE,\n        &date_missing::RULE,\n";
        assert!(longer.contains(list), "{longer}");
    }
}
