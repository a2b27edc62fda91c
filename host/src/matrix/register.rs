//! The register of duties as it is shipped beside the packs: what ought to be disclosed, and what is checked of it.
//!
//! Rules are named by pattern (`env/plan-*`), so that a new rule is counted without being entered here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::manifest::Text;

/// How much of a duty or an article rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// All of it that data can show.
    Fully,
    /// Some of it.
    Partly,
    /// None yet, though data could show it.
    NotYet,
    /// None, since data cannot show it.
    NotCheckable,
}

/// All of the register.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Register {
    /// The plan the duties come from.
    pub(super) plan: Text,
    /// Why a duty has no rules, by name.
    pub(super) reasons: BTreeMap<String, Reason>,
    /// How often something is published, by name.
    pub(super) frequencies: BTreeMap<String, Text>,
    pub(super) duties: Vec<Duty>,
    pub(super) articles: Vec<Article>,
    /// Rules that rest on no article, by pattern, and why they are right all the same.
    pub(super) logic: BTreeMap<String, Text>,
}

/// Why many duties have no rules.
#[derive(Debug, Deserialize)]
pub(super) struct Reason {
    pub(super) extent: Extent,
    #[serde(flatten)]
    pub(super) why: Text,
}

/// One duty; it has a `reason`, or else its own extent, rules and `why`.
#[derive(Debug, Deserialize)]
pub(super) struct Duty {
    pub(super) id: String,
    pub(super) section: String,
    pub(super) kind: Kind,
    pub(super) frequency: String,
    #[serde(flatten)]
    pub(super) title: Text,
    pub(super) reason: Option<String>,
    pub(super) extent: Option<Extent>,
    #[serde(default)]
    pub(super) rules: Vec<String>,
    #[serde(default)]
    pub(super) why: Text,
}

/// Whether something is published, or only leaves a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It is published.
    Disclosure,
    /// It serves publication.
    Support,
}

/// What is known of an article beyond the rules that rest on it.
#[derive(Debug, Deserialize)]
pub(super) struct Article {
    /// The document, or what its name begins with.
    pub(super) document: String,
    pub(super) article: String,
    pub(super) extent: Extent,
    pub(super) why: Text,
}

/// The shipped register.
///
/// # Panics
/// Where it cannot be read; a test reads it.
#[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
pub(super) fn shipped() -> &'static Register {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    REGISTER
        .get_or_init(|| serde_json::from_str(mingcha_bundle::DUTIES).expect("the register is read by a test"))
}
