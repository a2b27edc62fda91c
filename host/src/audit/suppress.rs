//! Suppressions: findings that do not count because a person, by name and with a reason, says so. They stay in the
//! record, marked; a suppression whose day is past does nothing.

use super::plan::is_selected;
use super::record::{Finding, RuleRecord, SuppressionRecord};

/// Marks the findings that suppressions meet and counts them, rule by rule; the first suppression that meets one counts.
pub(super) fn apply(
    asked: &[SuppressionRecord],
    as_of: &str,
    findings: &mut [Finding],
    rules: &mut [RuleRecord],
) -> Vec<SuppressionRecord> {
    let mut suppressions: Vec<SuppressionRecord> = asked.to_vec();
    for suppression in &mut suppressions {
        suppression.expired = suppression.said.until.as_deref().is_some_and(|until| until < as_of);
        suppression.findings = 0;
    }
    for finding in findings {
        let Some(suppression) = suppressions.iter_mut().find(|suppression| meets(suppression, finding))
        else {
            continue;
        };
        suppression.findings += 1;
        finding.suppression = Some(suppression.said.clone());
        if let Some(rule) = rules.iter_mut().find(|rule| rule.id == finding.rule) {
            rule.suppressed.add(finding.severity, 1);
        }
    }
    suppressions
}

fn meets(suppression: &SuppressionRecord, finding: &Finding) -> bool {
    let same = |(name, value): (&String, &String)| {
        let cell = finding.key.get(name).or(finding.body.as_ref().filter(|_| name == "body"));
        cell.is_some_and(|cell| mingcha_values::text::key(cell) == mingcha_values::text::key(value))
    };
    !suppression.expired
        && is_selected(std::slice::from_ref(&suppression.rule), &finding.rule)
        && suppression.fingerprint.as_ref().is_none_or(|print| *print == finding.fingerprint)
        && suppression.key.iter().all(same)
}

#[cfg(test)]
mod tests {
    use super::super::record::Suppression;
    use super::*;
    use crate::manifest::Severity;

    fn suppression(key: &[(&str, &str)], until: Option<&str>) -> SuppressionRecord {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let said = Suppression {
            reason: "已备案".to_owned(),
            by: "张三".to_owned(),
            authority: None,
            on: None,
            until: until.map(str::to_owned),
        };
        SuppressionRecord {
            rule: "demo/*".to_owned(),
            key: key.iter().map(pair).collect(),
            fingerprint: None,
            said,
            expired: false,
            findings: 0,
        }
    }

    fn finding() -> Finding {
        let key = [("item_name".to_owned(), "停车费".to_owned())];
        Finding {
            rule: "demo/fault".to_owned(),
            severity: Severity::Error,
            key: key.into(),
            ..Finding::default()
        }
    }

    fn met(suppression: SuppressionRecord) -> bool {
        let mut findings = [finding()];
        let after = apply(&[suppression], "2016-11-30", &mut findings, &mut []);
        assert_eq!(after[0].findings == 1, findings[0].suppression.is_some());
        findings[0].suppression.is_some()
    }

    #[test]
    fn a_suppression_meets_the_record_it_names_and_no_other() {
        assert!(met(suppression(&[("item_name", "停车费")], None)));
        assert!(met(suppression(&[("item_name", " 停车费")], None)), "spaces are not part of a name");
        assert!(!met(suppression(&[("item_name", "考试费")], None)));
        assert!(!met(suppression(&[("charging_unit", "停车费")], None)));
    }

    #[test]
    fn a_suppression_holds_to_its_last_day() {
        assert!(met(suppression(&[], Some("2016-11-30"))));
        assert!(!met(suppression(&[], Some("2016-11-29"))));
    }
}
