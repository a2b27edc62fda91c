//! Which rules cover which duty and which article, how fully, and why not more.
//!
//! Articles come from the bases of the rules that are loaded, duties from the register shipped beside the packs; what
//! is not loaded covers nothing.

mod markdown;
mod register;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

pub use self::markdown::{Link, markdown};
pub use self::register::{Extent, Kind};
pub use self::text::text;
use crate::audit::plan::is_selected;
use crate::iso_date;
use crate::manifest::{Basis, Language, Manifest, Rule, Text};

/// The whole of it.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// The plan the duties come from.
    pub plan: Text,
    /// Every duty, in the plan's order.
    pub duties: Vec<Duty>,
    /// Every article some rule rests on, and some that none can.
    pub articles: Vec<Article>,
    /// Rules that rest on no article.
    pub without_basis: Vec<WithoutBasis>,
}

/// A duty and the rules that cover it.
#[derive(Clone, Debug, Serialize)]
pub struct Duty {
    /// Its name.
    pub id: String,
    /// Where the plan has it.
    pub section: String,
    /// Whether something is published.
    pub kind: Kind,
    /// How often.
    pub frequency: Text,
    /// What it is.
    pub title: Text,
    /// How fully it is covered.
    pub extent: Extent,
    /// Why not more.
    pub why: Text,
    /// Ids of the rules.
    pub rules: Vec<String>,
}

/// An article and the rules that rest on it.
#[derive(Clone, Debug, Serialize)]
pub struct Article {
    /// The document.
    pub document: String,
    /// The article; empty for the whole.
    pub article: String,
    /// First day it holds.
    #[serde(with = "iso_date")]
    pub since: Option<i32>,
    /// First day it no longer holds.
    #[serde(with = "iso_date")]
    pub until: Option<i32>,
    /// Its wording was read, not recalled.
    pub verified: bool,
    /// How fully it is covered.
    pub extent: Extent,
    /// Why not more.
    pub why: Text,
    /// Ids of the rules.
    pub rules: Vec<String>,
}

/// A rule that rests on no article.
#[derive(Clone, Debug, Serialize)]
pub struct WithoutBasis {
    /// Its id.
    pub rule: String,
    /// Why it is right all the same; none where nobody said so.
    pub why: Option<Text>,
}

/// The matrix of these packs.
#[must_use]
pub fn matrix(manifests: &[&Manifest]) -> Matrix {
    let register = register::shipped();
    let rules: Vec<&Rule> = manifests.iter().flat_map(|manifest| &manifest.rules).collect();
    Matrix {
        plan: register.plan.clone(),
        duties: register.duties.iter().map(|duty| covered(duty, register, &rules)).collect(),
        articles: articles(&register.articles, &rules),
        without_basis: rules
            .iter()
            .filter(|rule| rule.bases.is_empty())
            .map(|rule| WithoutBasis { rule: rule.id.clone(), why: declared(register, &rule.id) })
            .collect(),
    }
}

/// What is wrong with the register beside these packs, a sentence each.
#[must_use]
pub fn mistakes(manifests: &[&Manifest]) -> Vec<String> {
    let register = register::shipped();
    let rules = || manifests.iter().flat_map(|manifest| &manifest.rules);
    let mut mistakes = Vec::new();
    for duty in &register.duties {
        let known = duty.reason.as_ref().is_none_or(|reason| register.reasons.contains_key(reason));
        if !register.frequencies.contains_key(&duty.frequency) {
            mistakes.push(format!("duty {}: {} is no frequency", duty.id, duty.frequency));
        }
        if !known || duty.reason.is_none() && (duty.extent.is_none() || duty.why == Text::default()) {
            mistakes.push(format!("duty {} has no known reason, nor extent and why", duty.id));
        }
        let idle = duty
            .rules
            .iter()
            .filter(|pattern| !rules().any(|rule| is_selected(std::slice::from_ref(*pattern), &rule.id)));
        mistakes.extend(idle.map(|pattern| format!("duty {}: no rule is called {pattern}", duty.id)));
    }
    for pattern in register.logic.keys() {
        let named =
            |rule: &&Rule| rule.bases.is_empty() && is_selected(std::slice::from_ref(pattern), &rule.id);
        if !rules().any(|rule| named(&rule)) {
            mistakes.push(format!("logic: {pattern} is no rule without a basis"));
        }
    }
    mistakes
}

/// Why a rule without a basis is right all the same.
fn declared(register: &register::Register, id: &str) -> Option<Text> {
    let names = |pattern: &&String| is_selected(std::slice::from_ref(*pattern), id);
    register.logic.keys().find(names).and_then(|pattern| register.logic.get(pattern)).cloned()
}

fn covered(duty: &register::Duty, register: &register::Register, rules: &[&Rule]) -> Duty {
    let covers = |rule: &&&Rule| !duty.rules.is_empty() && is_selected(&duty.rules, &rule.id);
    let ids: Vec<String> = rules.iter().filter(covers).map(|rule| rule.id.clone()).collect();
    let (extent, why) = match duty.reason.as_ref().and_then(|reason| register.reasons.get(reason)) {
        Some(reason) => (reason.extent, reason.why.clone()),
        None if ids.is_empty() && !duty.rules.is_empty() => (Extent::NotYet, not_loaded()),
        None => (duty.extent.unwrap_or(Extent::NotYet), duty.why.clone()),
    };
    Duty {
        id: duty.id.clone(),
        section: duty.section.clone(),
        kind: duty.kind,
        frequency: register.frequencies.get(&duty.frequency).cloned().unwrap_or_default(),
        title: duty.title.clone(),
        extent,
        why,
        rules: ids,
    }
}

fn not_loaded() -> Text {
    Text {
        zh: "所选规则包没有这方面的规则".to_owned(),
        en: "The packs that were chosen have no rule for it".to_owned(),
    }
}

/// What holds of every article of which nothing more is known: rules ask questions of data, not whether it was obeyed.
fn partly() -> Text {
    Text {
        zh: "只查所列规则问到的;条文的其余要求不在报送的数据中".to_owned(),
        en: "Only what these rules ask; the rest of the article shows in no data handed in".to_owned(),
    }
}

fn articles(known: &[register::Article], rules: &[&Rule]) -> Vec<Article> {
    let mut articles: BTreeMap<(String, String, Option<i32>), Article> = BTreeMap::new();
    for rule in rules {
        for basis in &rule.bases {
            let key = (basis.document.clone(), basis.article.clone(), basis.since);
            articles.entry(key).or_insert_with(|| article(basis, known)).rules.push(rule.id.clone());
        }
    }
    let named = |article: &register::Article| {
        articles.values().any(|one| is_of(article, &one.document, &one.article))
    };
    let idle: Vec<_> = known.iter().filter(|article| !named(article)).collect();
    for article in idle {
        let key = (article.document.clone(), article.article.clone(), None);
        articles.insert(
            key,
            Article {
                document: article.document.clone(),
                article: article.article.clone(),
                since: None,
                until: None,
                verified: false,
                extent: if article.extent == Extent::NotCheckable { article.extent } else { Extent::NotYet },
                why: article.why.clone(),
                rules: Vec::new(),
            },
        );
    }
    articles.into_values().collect()
}

fn is_of(known: &register::Article, document: &str, article: &str) -> bool {
    document.starts_with(&known.document) && article == known.article
}

fn article(basis: &Basis, known: &[register::Article]) -> Article {
    let known = known.iter().find(|known| is_of(known, &basis.document, &basis.article));
    Article {
        document: basis.document.clone(),
        article: basis.article.clone(),
        since: basis.since,
        until: basis.until,
        verified: basis.verified,
        extent: known.map_or(Extent::Partly, |known| known.extent),
        why: known.map_or_else(partly, |known| known.why.clone()),
        rules: Vec::new(),
    }
}

/// How much, in a word.
fn extent(extent: Extent, language: Language) -> &'static str {
    let (zh, en) = match extent {
        Extent::Fully => ("全部", "fully"),
        Extent::Partly => ("部分", "partly"),
        Extent::NotYet => ("尚无", "not yet"),
        Extent::NotCheckable => ("不能", "not by machine"),
    };
    if language == Language::Zh { zh } else { en }
}

/// From when until when an article holds, and whether it was read.
fn standing(article: &Article, language: Language) -> String {
    let zh = language == Language::Zh;
    let since = article.since.map(iso_date::text).unwrap_or_default();
    let until = article.until.map(iso_date::text).unwrap_or_default();
    let days = match (article.since, article.until) {
        (None, None) => String::new(),
        (_, None) if zh => format!("{since} 起"),
        (_, None) => format!("from {since}"),
        _ if zh => format!("{since} 至 {until} 前"),
        _ => format!("{since} until {until}"),
    };
    let mark = match (article.verified || article.rules.is_empty(), zh) {
        (true, _) => "",
        (false, true) => "依据待核",
        (false, false) => "not verified",
    };
    [days.as_str(), mark].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(if zh {
        ";"
    } else {
        "; "
    })
}

/// Duties and articles of each extent, in a sentence.
fn summary(matrix: &Matrix, language: Language) -> String {
    let count = |wanted| matrix.duties.iter().filter(|duty| duty.extent == wanted).count();
    let [fully, partly, not_yet, never] =
        [Extent::Fully, Extent::Partly, Extent::NotYet, Extent::NotCheckable].map(count);
    let (duties, articles) = (matrix.duties.len(), matrix.articles.len());
    match language {
        Language::Zh => format!(
            "{}列出 {duties} 项职责:全部可查 {fully} 项,部分可查 {partly} 项,尚无规则 {not_yet} 项,不能由机器核查 {never} 项。\
             涉及条文 {articles} 条。",
            matrix.plan.zh
        ),
        Language::En => format!(
            "{} has {duties} duties: {fully} are covered fully, {partly} partly, {not_yet} not yet, {never} cannot be by \
             a machine. Articles: {articles}.",
            matrix.plan.en
        ),
    }
}
