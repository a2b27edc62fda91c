//! Lies about what the pack is.

use std::sync::atomic::{AtomicU32, Ordering};

use mingcha_kit::export::bindings::exports::mingcha::rules::pack;

use crate::honest::{self, labels};
use crate::{Behaviour, NASTY};

/// How often `describe` was called in this instance.
static CALLS: AtomicU32 = AtomicU32::new(0);

/// Every part of JSON Schema that makes a careless reader open files, call others or never end.
const SCHEMA_BOMB: &str = r##"{
    "$schema": "http://127.0.0.1:9/schema", "$ref": "file:///etc/passwd", "type": "object", "properties": {
        "itself": { "$ref": "#/properties/itself" },
        "network": { "$ref": "http://127.0.0.1:9/x" },
        "pattern": { "type": "string", "pattern": "^(a+)+$", "default": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" }
    }
}"##;

/// A setting that would act on a terminal once its escapes are read.
const NASTY_SCHEMA: &str = r#"{ "type": "object", "properties": { "loud\u001b[2J": {
    "type": "string", "default": "\u202e", "title": "\u001b]0;x\u0007", "description": "\u001b]0;x\u0007"
} } }"#;

pub(crate) fn manifest(behaviour: Behaviour) -> pack::Manifest {
    let mut manifest = honest::manifest();
    let calls = CALLS.fetch_add(1, Ordering::Relaxed);
    match behaviour {
        Behaviour::DescribeChanges => manifest.version = format!("0.0.{calls}"),
        Behaviour::ManifestOfTenMebibytes => manifest.rules[0].page = labels(&"x".repeat(10 << 20), ""),
        Behaviour::TitlePastTheLimit => manifest.labels = labels(&"x".repeat((64 << 10) + 1), ""),
        Behaviour::IdWithEscapes => manifest.id = NASTY.to_owned(),
        Behaviour::PanicInOneGroup => manifest.rules[2].scope = pack::Scope::Group(vec![0]),
        Behaviour::RuleDeclaredTwice => manifest.rules[2].id = manifest.rules[1].id.clone(),
        Behaviour::TableNeverDeclared => manifest.rules[2].over.table = 9,
        Behaviour::ColumnNeverDeclared => manifest.rules[2].over.columns.push(9),
        Behaviour::RuleWithoutMessage => manifest.rules[2].messages.clear(),
        Behaviour::RuleOfAnother => manifest.rules[2].id = "ppp/invest-positive".to_owned(),
        Behaviour::RuleOfTheHost => manifest.rules[2].id = "intake/unreadable-cell".to_owned(),
        Behaviour::SettingsNoObject => manifest.settings = "[]".to_owned(),
        Behaviour::SettingsSchemaBomb => manifest.settings = SCHEMA_BOMB.to_owned(),
        Behaviour::SettingsNestedDeeply => {
            manifest.settings = format!("{}{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
        }
        Behaviour::EscapesEverywhere => nasty(&mut manifest),
        Behaviour::ClaimsAnothersFile => manifest.tables.push(claim("hostile_project", false)),
        Behaviour::ClaimsAnothersTable => manifest.tables.push(claim("ppp_project", true)),
        _ => {}
    }
    manifest
}

/// A table of PPP projects, with all that is usually in such a file and one column more.
fn claim(name: &str, fill_down: bool) -> pack::Table {
    const HEADERS: &str = "报告期 所属县市/园区 项目编号 项目名称 投资金额 政府和社会资本参与方式 回报机制 运作方式 \
                           合作期限 项目进度 更新日期 公开日期 网址 中标日期 中标结果公告日期 填报人";
    let columns = HEADERS.split_whitespace().enumerate().map(|(number, header)| {
        let column = honest::column(&format!("column_{number}"), (header, header), pack::Kind::Text);
        pack::Column { fill_down, required: fill_down, ..column }
    });
    pack::Table {
        name: name.to_owned(),
        labels: labels("PPP项目信息表", "PPP projects"),
        aliases: vec!["PPP项目信息-合成数据.csv".to_owned()],
        key: Vec::new(),
        body: None,
        columns: columns.collect(),
    }
}

/// Everything people may get to see, but ids and headers, by which things are found.
fn nasty(manifest: &mut pack::Manifest) {
    let zh_and_en = || labels(NASTY, NASTY);
    (manifest.version, manifest.labels) = (NASTY.to_owned(), zh_and_en());
    manifest.settings = NASTY_SCHEMA.to_owned();
    for table in &mut manifest.tables {
        table.labels = zh_and_en();
    }
    for rule in &mut manifest.rules {
        (rule.labels, rule.page) = (zh_and_en(), labels(&format!("## 怎么改\n{NASTY}"), NASTY));
        rule.bases = vec![pack::Basis {
            document: NASTY.to_owned(),
            article: NASTY.to_owned(),
            since: None,
            until: None,
            verified: false,
        }];
        rule.messages[0].id = NASTY.to_owned();
        rule.messages[0].texts = labels(&format!("{NASTY}{{word}}"), &format!("{NASTY}{{word}}"));
    }
}
