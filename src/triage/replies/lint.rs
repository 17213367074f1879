//! What is wrong with a library of templates although it can be read.

use serde::Serialize;

use super::super::outbound::placeholders;
use super::{Library, Part, SPEAKING, Template};
use crate::privacy::{PiiType, detect};
use crate::text::Normalized;

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateFault {
    /// The language has no general template for an action: some intents get words of another language.
    MissingAction,
    /// Its own words hold personal data.
    PersonalData,
    /// Something that looks like a blank of another system.
    Placeholder,
    /// The same words as an earlier one of the same action: no variant.
    SameText,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateFinding {
    pub kind: TemplateFault,
    /// Id of the template; of a missing action, language and action, as in `ko thank`.
    pub at: String,
}

impl Library {
    /// What a person should look at, templates in their order, then missing actions by language. `O(bytes + n^2)`.
    pub fn lint(&self) -> Vec<TemplateFinding> {
        let mut findings = Vec::new();
        for (at, template) in self.templates.iter().enumerate() {
            let mut found = |kind| findings.push(TemplateFinding { kind, at: template.id.clone() });
            let mut words = String::new();
            own_words(&template.parts, &mut words);
            if !detect(&Normalized::new(&words), &PiiType::ALL).is_empty() {
                found(TemplateFault::PersonalData);
            }
            if !placeholders(&words).is_empty() {
                found(TemplateFault::Placeholder);
            }
            let same = |one: &Template| {
                one.action == template.action && one.language == template.language && one.parts == template.parts
            };
            if self.templates.iter().take(at).any(same) {
                found(TemplateFault::SameText);
            }
        }
        let languages: std::collections::BTreeSet<&str> =
            self.templates.iter().map(|template| template.language.as_str()).collect();
        for language in languages {
            for action in SPEAKING {
                let general =
                    |one: &Template| one.language == language && one.action == action && one.intents.is_empty();
                if !self.templates.iter().any(general) {
                    let at = [language, " ", action.slug()].concat();
                    findings.push(TemplateFinding { kind: TemplateFault::MissingAction, at });
                }
            }
        }
        findings
    }
}

fn own_words(parts: &[Part], words: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => words.push_str(text),
            Part::Variable(_) => words.push(' '),
            Part::Optional(inner) => own_words(inner, words),
        }
    }
}
