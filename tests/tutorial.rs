//! The authors' tutorial: its commands, run from an empty folder, in both languages the same.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::root;

/// A fenced block: what stands behind the fence, and its lines.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    mark: String,
    body: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let page = fs::read_to_string(root().join("docs/authors").join(page)).expect("the tutorial is there");
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(mark) = line.strip_prefix("```") else { continue };
        // An example within a doc comment has its own fences, behind `///`.
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(Block { mark: mark.to_owned(), body: body.join("\n") + "\n" });
    }
    blocks
}

/// One shell script of all blocks: commands as they are, files written where the mark says.
fn script(blocks: &[Block]) -> String {
    let mut script = "set -eu\n".to_owned();
    for Block { mark, body } in blocks {
        match mark.split_once(' ') {
            None if mark == "sh" => script.push_str(body),
            Some((_, file)) => script += &format!("cat > '{file}' <<'END OF FILE'\n{body}END OF FILE\n"),
            None => panic!("nobody knows what to do with ```{mark}"),
        }
    }
    script
}

#[test]
fn the_tutorials_in_both_languages_have_the_same_commands_and_files() {
    assert_eq!(blocks("tutorial.zh.md"), blocks("tutorial.md"));
}

#[cfg(unix)]
#[test]
fn the_commands_of_the_tutorial_lead_from_an_empty_folder_to_a_pack_that_finds_the_fault() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let programs = folder.path().join("bin");
    fs::create_dir(&programs).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_mingcha-tested"), programs.join("mingcha"))
        .expect("a link");
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new("bash")
        .args(["-c", &script(&blocks("tutorial.zh.md"))])
        .current_dir(folder.path())
        .env("PATH", path)
        .env("MINGCHA", root())
        .env("CARGO_TARGET_DIR", temporary.join("author-packs"))
        .env("MINGCHA_CACHE_DIR", temporary.join("cache"))
        .output()
        .expect("bash runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let due = "虚构政发〔2016〕4号:2016-03-01印发,应不晚于2016年3月29日公开,实际2016年3月30日公开";
    assert!(said.matches(due).count() >= 2, "before --accept and in the snapshot: {said}");
    assert!(said.contains("测试结果:通过"), "{said}");
    assert!(said.contains("mingcha:contract: mingcha:rules@"), "{said}");
    assert_eq!(said.matches("exit code 1").count(), 2, "the first test and the check find something: {said}");
}
