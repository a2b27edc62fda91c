//! The page in a real browser: Chromium, headless, without a network.
//!
//! `.ci/run` installs Chromium and insists on it; elsewhere the tests of the page are left out, aloud, where there is none.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{DEMO, path};
use crate::cli::said;

/// Longest time a page may take before it counts as frozen; a slow machine and the browser's start included.
const PATIENCE: Duration = Duration::from_secs(90);

/// Whether there is a browser to open pages in. Where `MINGCHA_BROWSER=required` there must be one.
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was left out")]
fn has_browser() -> bool {
    let found =
        Command::new("chromium").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let required = std::env::var("MINGCHA_BROWSER").is_ok_and(|wish| wish == "required");
    assert!(found.is_ok() || !required, "chromium does not start; install it with: apt-get install chromium");
    if found.is_err() {
        eprintln!("not tested: the page in a browser, since there is no chromium (apt-get install chromium)");
    }
    found.is_ok()
}

/// The page after its script has run, as HTML.
fn opened(file: &Path, view: &str) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let page = format!("file://{}#{view}", path(file));
    let mut child = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--window-size=1280,1600", "--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", path(profile.path())))
        .arg(page)
        .stdout(fs::File::create(profile.path().join("dom.html")).expect("a file"))
        .stderr(Stdio::null())
        .spawn()
        .expect("chromium starts");
    let begun = Instant::now();
    while child.try_wait().expect("chromium runs").is_none() {
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("the page froze");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    fs::read_to_string(profile.path().join("dom.html")).expect("the page")
}

/// The page of these arguments, written into a folder.
fn written(arguments: &[&str], folder: &Path) -> std::path::PathBuf {
    let file = folder.join("报告.html");
    let (code, _, err) = said(&[arguments, &["--report", &format!("html={}", path(&file))]].concat());
    assert!(matches!(code, 1 | 3), "{err}");
    file
}

/// Without the data blocks: what a person or screen reader meets.
fn met(page: &str) -> String {
    let mut rest = page;
    let mut met = String::new();
    while let Some(begin) = rest.find("<script") {
        met.push_str(&rest[..begin]);
        rest = rest[begin..].split_once("</script>").map_or("", |(_, after)| after);
    }
    met + rest
}

#[test]
fn the_page_shows_the_demo_and_answers_in_both_languages() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(&DEMO, folder.path());
    let page = met(&opened(&file, ""));
    assert!(page.contains("data-ready="), "the script did not run to its end");
    for part in
        ["class=\"heat\"", "role=\"option\"", "aria-setsize", "依据", "怎么改", "class=\"meant\"", "未核查"]
    {
        assert!(page.contains(part), "no {part}");
    }
    let english = met(&opened(&file, "severity=0&lang=en"));
    assert!(english.contains("<html lang=\"en\"") && english.contains("How to mend"));
    assert!(!english.contains("class=\"row warning\""), "the filter by severity does nothing");
    let nothing = met(&opened(&file, "text=没有任何记录会这样写"));
    assert!(nothing.contains("没有符合条件的问题") && !nothing.contains("role=\"option\""));
}

#[test]
fn a_hundred_thousand_findings_open_without_freezing() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let head = "报告期,所属县市/园区,项目编号,项目名称,投资金额(万元),运作方式,更新日期,公开日期\n";
    let rows: String =
        (0..50_000).map(|n| format!("2016Q3,昌吉市,CS-{n},虚构项目{n},1200,BOT,错,错\n")).collect();
    let table = folder.path().join("PPP项目信息-合成数据.csv");
    fs::write(&table, head.to_owned() + &rows).expect("a file");
    let file = written(&["check", path(&table), "--as-of", "2016-11-30", "--keep", "all"], folder.path());
    let page = met(&opened(&file, ""));
    let number = page.split_once("data-ready=\"").and_then(|(_, rest)| rest.split('"').next());
    let number: u64 = number.and_then(|number| number.parse().ok()).expect("the number of findings");
    assert!(number >= 100_000, "{number} findings only");
    let rows = page.matches("role=\"option\"").count();
    assert!((1..100).contains(&rows), "{rows} rows are in the page");
}

#[test]
fn nothing_of_hostile_data_runs_in_the_page() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let table =
        format!("执收单位,收费项目,政策依据,收费标准\r\n{0},{0},昌州政发〔2015〕12号,{0}\r\n", HOSTILE);
    fs::write(folder.path().join("收费目录-合成数据.csv"), table).expect("a file");
    let file = written(&["check", path(folder.path()), "--as-of", "2016-11-30"], folder.path());
    let source = fs::read_to_string(&file).expect("the page");
    assert!(!source.contains('\u{202e}') && !source.contains('\u{1b}'));
    let page = opened(&file, "");
    assert!(page.contains("data-ready="), "the data ended its element");
    assert!(!page.contains("data-broken"), "a script of the data ran");
    let page = met(&page);
    assert!(page.contains("&lt;script&gt;") && !page.contains("<img"), "{page}");
}

const HOSTILE: &str = "</script><script>document.documentElement.dataset.broken=1</script>\
    <img src=x onerror=document.documentElement.dataset.broken=1>\u{202e}\u{1b}[31m<script>";
