//! The page in a real browser: Chromium, headless, without a network.
//!
//! `.ci/run` installs Chromium and insists on it; elsewhere the tests of the page pass without looking where there is none.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;

use super::devtools::Browser;
use super::{DEMO, path};
use crate::cli::said;
use crate::common::root;

/// Longest time a page may take before it counts as frozen; a slow machine and the browser's start included.
const PATIENCE: Duration = Duration::from_secs(90);

/// Whether there is a browser to open pages in. Where `MINGCHA_BROWSER=required` there must be one.
fn has_browser() -> bool {
    let found =
        Command::new("chromium").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let required = std::env::var("MINGCHA_BROWSER").is_ok_and(|wish| wish == "required");
    assert!(found.is_ok() || !required, "chromium does not start; install it with: apt-get install chromium");
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

/// Presses Tab until something has the focus.
fn tab_to(browser: &mut Browser, selector: &str) {
    for _ in 0..400 {
        if browser.value(&format!("document.activeElement.matches('{selector}')")) == true {
            return;
        }
        browser.press("Tab");
    }
    panic!("Tab never comes to {selector}");
}

#[test]
fn the_page_is_used_with_the_keyboard_alone() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(&DEMO, folder.path());
    let browser = &mut Browser::open(&file, (1280, 900));
    browser.press("Tab");
    assert_eq!(
        browser.value("document.activeElement.className"),
        "skip",
        "the first stop skips the overview"
    );
    let focus = browser.value("getComputedStyle(document.activeElement).outlineStyle");
    assert_ne!(focus, "none", "nobody sees where the focus is");
    browser.press("Enter");
    tab_to(browser, "#list");
    let selected = "document.querySelector('[aria-selected=true]').getAttribute('aria-posinset')";
    let heading = "document.querySelector('#detail h3').textContent";
    assert_eq!(browser.value(selected), "1");
    let first = browser.value(heading);
    browser.press("ArrowDown");
    assert_eq!(browser.value(selected), "2");
    assert_ne!(browser.value(heading), first, "the details are still those of the first finding");
    browser.press("End");
    let last = browser.value("document.querySelector('[role=option]').getAttribute('aria-setsize')");
    browser.wait_until(&format!("{selected} === '{}'", last.as_str().expect("a number")));
    assert_eq!(
        browser.value("document.getElementById(document.getElementById('list').getAttribute('aria-activedescendant')) !== null"),
        true,
        "a screen reader is not told which row is meant"
    );
    browser.press("Home");
    browser.press("Enter");
    assert_eq!(browser.value("document.activeElement.id"), "detail");
    browser.value("document.getElementById('language').focus()");
    tab_to(browser, "#f-text");
    browser.write("没有任何记录会这样写");
    browser.wait_until("document.querySelectorAll('[role=option]').length === 0");
    assert_eq!(browser.value("document.getElementById('count').getAttribute('role')"), "status");
}

#[test]
fn the_heat_map_filters_with_the_keyboard_and_leads_to_the_list() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(&DEMO, folder.path());
    let browser = &mut Browser::open(&file, (1280, 900));
    tab_to(browser, ".heat button");
    let count = browser.value("document.activeElement.textContent");
    browser.press("Enter");
    browser.wait_until("document.activeElement.id === 'list'");
    let listed = "document.querySelector('[role=option]').getAttribute('aria-setsize')";
    browser.wait_until(&format!("{listed} === '{}'", count.as_str().expect("a number")));
}

#[test]
fn paper_has_the_findings_that_are_shown_and_no_controls() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(&DEMO, folder.path());
    let browser = &mut Browser::open(&file, (1280, 900));
    browser.value(
        "addEventListener('beforeprint', () => { window.printed = document.querySelectorAll('#print > li').length; })",
    );
    let shown = browser.value("Number(document.documentElement.dataset.ready)");
    let paper = browser.ask("Page.printToPDF", serde_json::json!({ "printBackground": true }));
    assert!(paper["data"].as_str().is_some_and(|data| data.len() > 20_000), "nothing was printed");
    assert_eq!(browser.value("window.printed"), shown, "paper has other findings than the page");
    browser.ask("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
    for control in [".filters", ".panes", "#language", ".skip"] {
        let display =
            browser.value(&format!("getComputedStyle(document.querySelector('{control}')).display"));
        assert_eq!(display, "none", "{control} is on paper");
    }
    let overflow = browser.value("getComputedStyle(document.querySelector('.scroll')).overflow");
    assert_eq!(overflow, "visible", "a table is cut off on paper");
}

#[test]
fn no_width_of_the_window_cuts_anything_off() {
    if !has_browser() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(&DEMO, folder.path());
    let browser = &mut Browser::open(&file, (1280, 900));
    for width in [1600, 1280, 860, 600, 390, 320] {
        browser.resize(width, 900);
        let wide = browser.value("document.documentElement.scrollWidth");
        assert!(
            wide.as_u64().is_some_and(|wide| wide <= u64::from(width)),
            "{wide} pixels in a window of {width}"
        );
    }
}

/// What a window shows, as PNG.
fn picture(browser: &mut Browser) -> Vec<u8> {
    let shot = browser.ask("Page.captureScreenshot", serde_json::json!({ "format": "png" }));
    let data = shot["data"].as_str().expect("a picture");
    base64::engine::general_purpose::STANDARD.decode(data).expect("Base64")
}

/// Takes the pictures of the page anew, to be looked at; says nothing about whether those kept are up to date.
#[test]
#[ignore = "writes docs/report-*.png: cargo test --workspace pictures -- --ignored"]
fn pictures() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(&DEMO, folder.path());
    for (name, size, arrive) in [
        ("report-overview.png", (1280, 1100), "scrollTo(0, 0)"),
        ("report-findings.png", (1280, 820), "document.getElementById('findings').scrollIntoView()"),
    ] {
        let browser = &mut Browser::open(&file, size);
        browser.value(arrive);
        fs::write(root().join("docs").join(name), picture(browser)).expect("the picture is written");
    }
}
