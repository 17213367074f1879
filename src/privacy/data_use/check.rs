//! Whether fields may be used for a purpose, now.

use serde::Serialize;

use super::{Handling, Inventory, Step};
use crate::privacy::DataClass;

/// One use of some fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    pub purpose: String,
    pub destination: String,
    /// The moment of use, in milliseconds since 1970; the engine has no clock.
    pub now_ms: f64,
    /// What the person agreed to.
    pub consent: Vec<Consent>,
}

/// What one person agreed to.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// The caller's own key of the consent, given back as the rule that decided.
    pub id: String,
    pub purpose: String,
    pub given_ms: f64,
    /// In force before this moment only.
    pub expires_ms: Option<f64>,
    pub withdrawn_ms: Option<f64>,
}

impl Consent {
    /// `ok`, `expired`, `withdrawn` or, before it was given, `absent`.
    fn state(&self, now: f64) -> &'static str {
        if self.withdrawn_ms.is_some_and(|at| at <= now) {
            "withdrawn"
        } else if self.given_ms > now {
            "absent"
        } else if self.expires_ms.is_some_and(|at| at <= now) {
            "expired"
        } else {
            "ok"
        }
    }
}

/// What is decided about one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// As asked; not checked to hold no personal data.
    pub field: String,
    /// `allowed`, `redact`, `refuse` or `keep`.
    pub verdict: &'static str,
    /// What is missing; `None` when allowed.
    pub missing: Option<Step>,
    /// The place in the inventory, or the consent, that decided: `fields[2].purposes`, `policy.record`, `consent:c7`.
    pub rule: String,
    /// `ok`, `expired`, `withdrawn`, `absent` or `not_needed`.
    pub consent: &'static str,
    /// What kind of data the field holds; `None`: ask.
    #[serde(rename = "type")]
    pub class: Option<DataClass>,
}

impl Inventory {
    /// What to do with each of `fields` in a use. `O(fields * (records + consents))`.
    pub fn check(&self, fields: &[String], usage: &Use) -> Vec<Decision> {
        fields.iter().map(|field| self.decide(field, usage)).collect()
    }

    fn decide(&self, field: &str, usage: &Use) -> Decision {
        let missing = |step: Step, rule: String, consent, class| Decision {
            field: field.into(),
            verdict: match self.policy[step as usize] {
                Handling::Redact => "redact",
                Handling::Refuse => "refuse",
                Handling::Keep => "keep",
            },
            missing: Some(step),
            rule,
            consent,
            class,
        };
        let Some((at, record)) = self.record(field) else {
            let class = crate::privacy::classify_field(field, None).class;
            return missing(Step::Record, "policy.record".into(), "absent", class);
        };
        // The most recent consent to the purpose counts.
        let to_purpose = usage.consent.iter().filter(|one| one.purpose == usage.purpose);
        let latest = to_purpose.reduce(|last, one| if one.given_ms >= last.given_ms { one } else { last });
        let consent = match latest {
            _ if !record.needs_consent => "not_needed",
            Some(consent) => consent.state(usage.now_ms),
            None => "absent",
        };
        let steps = [
            (Step::Origin, !record.origin.is_empty(), "origin"),
            (Step::Purpose, record.purposes.contains(&usage.purpose), "purposes"),
            (Step::Outcome, !record.outcome.is_empty(), "outcome"),
            (Step::Insight, !record.insight.is_empty(), "insight"),
            (Step::Destination, record.destinations.contains(&usage.destination), "destinations"),
        ];
        if let Some((step, _, key)) = steps.into_iter().find(|(_, holds, _)| !holds) {
            return missing(step, format!("fields[{at}].{key}"), consent, record.class);
        }
        let by_consent = |id: &str| ["consent:", id].concat();
        let rule = latest.filter(|_| record.needs_consent).map(|one| by_consent(&one.id));
        if !matches!(consent, "ok" | "not_needed") {
            return missing(
                Step::Consent,
                rule.unwrap_or_else(|| format!("fields[{at}].consent")),
                consent,
                record.class,
            );
        }
        let rule = rule.unwrap_or_else(|| format!("fields[{at}].purposes"));
        Decision { field: field.into(), verdict: "allowed", missing: None, rule, consent, class: record.class }
    }
}
