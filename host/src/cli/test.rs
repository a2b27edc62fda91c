//! `mingcha test`: builds a pack and runs its cases; for authors.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::common::{self, either};
use crate::author::test::{Cost, Options, Report, run};
use crate::author::watch::Seen;
use crate::author::{Profile, cases_root};
use crate::manifest::Language;

/// 构建并测试规则包(编写规则的人用)/ build a pack and test it, for authors
#[derive(Debug, Args)]
pub(super) struct Test {
    /// 规则包的文件夹 / folder of the pack
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// 把现在的说法存为正确的(findings.snap)/ keep the present wordings as right (findings.snap)
    #[arg(long)]
    accept: bool,
    /// 一有改动就重新测试,Ctrl-C 结束 / test again after every change, until Ctrl-C
    #[arg(long)]
    watch: bool,
}

impl Test {
    pub(super) fn run(self, language: Language) -> Result<u8, String> {
        if self.watch {
            self.watch(language);
        }
        let options = Options { accept: self.accept, profile: Profile::Release };
        let report = run(&self.folder, options).map_err(|text| text.get(language).to_owned())?;
        common::print(&text(&report, language));
        Ok(if report.failed() == 0 { super::CLEAN } else { super::FOUND })
    }

    fn watch(&self, language: Language) -> ! {
        let folders = [self.folder.clone(), cases_root(&self.folder)];
        let mut seen = Seen::now(&folders);
        loop {
            let begun = Instant::now();
            let options = Options { accept: self.accept, profile: Profile::Quick };
            match run(&self.folder, options) {
                Ok(report) => common::print(&text(&report, language)),
                Err(sentence) => common::complain(sentence.get(language)),
            }
            let seconds = begun.elapsed().as_secs_f64();
            common::print(&either(
                language,
                format!("{seconds:.1} 秒;等待改动……\n"),
                format!("{seconds:.1} s; waiting for changes…\n"),
            ));
            // A wording that was just accepted is no edit.
            let after = Seen::now(&folders);
            seen = if self.accept { after.wait(&folders) } else { seen.wait(&folders) };
        }
    }
}

fn text(report: &Report, language: Language) -> String {
    let zh = language == Language::Zh;
    let mut out = format!("{} {} ({} B)\n", report.id, report.version, report.bytes);
    let (test, ok, failed) = if zh { ("测试", "通过", "未通过") } else { ("test", "ok", "FAILED") };
    for check in &report.checks {
        let verdict = if check.wrong.is_empty() { ok } else { failed };
        let _ = writeln!(out, "{test} {} ... {verdict}", check.name.get(language));
    }
    for check in report.checks.iter().filter(|check| !check.wrong.is_empty()) {
        let _ = writeln!(out, "\n---- {} ----", check.name.get(language));
        for wrong in &check.wrong {
            let _ = writeln!(out, "{}", wrong.get(language).trim_end());
        }
    }
    for remark in &report.remarks {
        let _ = writeln!(out, "{} {}", if zh { "提醒" } else { "note" }, remark.get(language));
    }
    for cost in &report.costs {
        let _ = writeln!(out, "{}", cost_line(cost, language));
    }
    let (bad, all) = (report.failed(), report.checks.len());
    let _ = writeln!(
        out,
        "\n{}",
        if zh {
            format!("测试结果:{}。{} 项通过,{bad} 项未通过", if bad == 0 { ok } else { failed }, all - bad)
        } else {
            format!("test result: {}. {} passed; {bad} failed", if bad == 0 { ok } else { failed }, all - bad)
        }
    );
    out
}

fn cost_line(cost: &Cost, language: Language) -> String {
    let (rule, now) = (&cost.rule, cost.now);
    let line = either(language, format!("燃料 {rule} 每条 {now}"), format!("fuel {rule} {now} a record"));
    let before = cost
        .before
        .filter(|before| *before != now)
        .map(|before| either(language, format!(",上次 {before}"), format!(", {before} last time")));
    line + &before.unwrap_or_default()
}
