//! The report as one page: no network, no other file. The overview is in the page as HTML, the findings as JSON in chunks,
//! of which the page reads only those it shows.
//!
//! Nothing from data is ever markup: the template escapes, the script writes text only, and the page's own policy runs no
//! script but that one, which it knows by its digest.

mod data;
mod overview;

use askama::Template;
use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::words;
use crate::audit::RunRecord;
use crate::audit::record::{Conclusion, RunManifest};
use crate::manifest::{Language, Text};

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// The page.
#[must_use]
pub(super) fn html(record: &RunRecord, language: Language) -> Vec<u8> {
    let catalogue = data::Catalogue::of(record);
    let page = Page {
        language: words::either(language, "zh", "en"),
        script_hash: digest(SCRIPT),
        style_hash: digest(STYLE),
        style: STYLE,
        script: SCRIPT,
        manifest: &record.manifest,
        verdict: in_both(|language| words::conclusion(record.manifest.conclusion, language).to_owned()),
        verdict_class: verdict_class(record.manifest.conclusion),
        period: record.manifest.period.clone().unwrap_or_else(|| "—".to_owned()),
        body: record
            .manifest
            .body
            .is_some()
            .then(|| in_both(|language| super::phrases::body(record, language).unwrap_or_default())),
        packs: super::trust::lines(&record.manifest, Language::Zh)
            .into_iter()
            .zip(super::trust::lines(&record.manifest, Language::En))
            .map(|(zh, en)| Text { zh, en })
            .collect(),
        run: record.manifest.run_id.chars().take(16).collect(),
        cards: overview::cards(record),
        kept_note: overview::kept_note(record),
        bar_title: overview::bar_title(record, language),
        shares: overview::shares(record),
        heat: overview::heat(record, &catalogue),
        causes: overview::causes(record),
        missing: overview::missing(record),
        parts: overview::parts(record),
        rules: overview::rules(record),
        index: catalogue.index(record),
        chunks: catalogue.chunks(record),
    };
    // Writing to memory does not fail.
    page.render().unwrap_or_default().into_bytes()
}

/// What the template fills in.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    language: &'static str,
    script_hash: String,
    style_hash: String,
    style: &'static str,
    script: &'static str,
    manifest: &'a RunManifest,
    verdict: Text,
    verdict_class: &'static str,
    period: String,
    body: Option<Text>,
    packs: Vec<Text>,
    run: String,
    cards: Vec<overview::Card>,
    kept_note: Option<Text>,
    bar_title: String,
    shares: Vec<overview::Share>,
    heat: overview::Heat,
    causes: Vec<overview::CauseLine>,
    missing: Vec<Text>,
    parts: Vec<overview::PartLine>,
    rules: Vec<overview::RuleLine>,
    index: String,
    chunks: Vec<String>,
}

fn verdict_class(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Conform => "good",
        Conclusion::ConformWithWarnings => "mild",
        Conclusion::NonConform | Conclusion::Inconclusive => "bad",
    }
}

/// The same said in both languages.
fn in_both(say: impl Fn(Language) -> String) -> Text {
    Text { zh: say(Language::Zh), en: say(Language::En) }
}

/// What a policy calls a script or style sheet that stands in the page.
fn digest(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text)))
}
