//! `[severities]`: how grave an office takes a rule, where that is not as its pack says.

use super::fault::Placed;
use super::section::Section;
use crate::manifest::Severity;

/// One rule and its severity.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSeverity {
    /// The rule's id.
    pub rule: Placed<String>,
    /// How grave.
    pub severity: Severity,
}

/// Reads the severities of all rules.
pub(super) fn read(file: &mut Section<'_>) -> Vec<RuleSeverity> {
    let Some(section) = file.section("severities") else { return Vec::new() };
    let mut severities = Vec::new();
    for (rule, value) in section.each() {
        let Some(named) = section.as_text(&rule.value, value) else { continue };
        let severity = match named.value.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "notice" => Severity::Notice,
            other => {
                let zh = format!("程度只能是 \"error\"、\"warning\" 或 \"notice\",不能是“{other}”");
                let en = format!("a severity is \"error\", \"warning\" or \"notice\", not `{other}`");
                section.fault(named.spot, zh, en);
                continue;
            }
        };
        severities.push(RuleSeverity { rule, severity });
    }
    severities
}
