//! Reply templates: picked by action, intent and language, filled, and never ready while something is missing.
//!
//! Templates are data (`replies/*.json`); a file is one language. In a text, `{name}`, `{order}`, `{agent}` and
//! `{deadline}` stand for values; a part in square brackets is left out where a value in it is not known. Templates of the
//! same action and intents are variants of each other.

mod ask;
mod lint;

use serde::Serialize;
use serde_json::Value;

use super::{Action, DecisionMode};
use crate::analysis::Intent;
use crate::error::{Error, Result};
use crate::read::Fields;

pub use ask::ask;
pub use lint::{TemplateFault, TemplateFinding};

/// The variables a template may have.
pub const VARIABLES: [&str; 4] = ["name", "order", "agent", "deadline"];
/// The language taken where the wanted one has no template for the action.
pub const FALLBACK_LANGUAGE: &str = "en";
/// Most templates of a library.
pub const MAX_TEMPLATES: usize = 5_000;
/// Longest template, in characters.
pub const MAX_TEMPLATE_CHARS: usize = 2_000;
/// Longest value of a variable, in characters.
pub const MAX_VALUE_CHARS: usize = 200;
/// Actions that owe the customer words.
const SPEAKING: [Action; 7] =
    [Action::Answer, Action::Resolve, Action::Amplify, Action::Thank, Action::Engage, Action::Retain, Action::Escalate];

/// One template.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Template {
    id: String,
    language: String,
    action: Action,
    /// Empty: for any intent.
    intents: Vec<Intent>,
    parts: Vec<Part>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(usize),
    /// Said only when all its variables are known.
    Optional(Vec<Part>),
}

/// Values of the variables, by their place in [`VARIABLES`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values([Option<String>; VARIABLES.len()]);

impl Values {
    /// Reads `{name, order, agent, deadline}`, each a text; empty ones count as not known.
    ///
    /// # Errors
    /// [`Error::Field`] naming the value: unknown, no text, over [`MAX_VALUE_CHARS`], or with a line break or one of
    /// `{}[]<>`, which would look like a placeholder.
    pub fn from_value(value: Value) -> Result<Values> {
        let mut fields = Fields::new(value, "values", false)?;
        let mut values = Values::default();
        for (slot, name) in values.0.iter_mut().zip(VARIABLES) {
            let Some(text) = fields.text(name)? else { continue };
            if text.chars().count() > MAX_VALUE_CHARS || text.contains(['{', '}', '[', ']', '<', '>', '\n', '\r']) {
                return Err(fields.refuse(name, "must be at most 200 characters without brackets or line breaks"));
            }
            *slot = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        fields.finish("name, order, agent, deadline")?;
        Ok(values)
    }
}

/// What a reply is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    pub action: Action,
    pub intent: Intent,
    /// Code of the customer's language; `pt-BR` counts as `pt`.
    pub language: &'a str,
    /// Of the decision: only `automate` lets a reply go without a person.
    pub mode: DecisionMode,
    /// Id of the variant to take; the first of the library where it is none of those that fit.
    pub variant: Option<&'a str>,
}

/// Where a pick is not what was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// No template for the intent: the general one of the action.
    Intent,
    /// No template in the language: [`FALLBACK_LANGUAGE`].
    Language,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    pub template: String,
    pub language: String,
    /// With the values filled in; variables without one stay as `{order}`.
    pub text: String,
    /// Variables without a value: not to be sent before they are known.
    pub missing: Vec<&'static str>,
    pub fallbacks: Vec<Fallback>,
    /// Ids of all templates that fit as well, this one among them.
    pub variants: Vec<String>,
    /// May go without a person: the policy automates, nothing is missing, the language is the customer's.
    pub automatic: bool,
}

/// Checked templates of any number of languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    templates: Vec<Template>,
}

/// The error under the place it happened at.
pub(super) fn within(error: Error, place: &str) -> Error {
    match error {
        Error::Field { field, what } if field.is_empty() => Error::Field { field: place.into(), what },
        Error::Field { field, what } => Error::Field { field: [place, ".", &field].concat(), what },
        other => other,
    }
}

impl Library {
    /// Adds the templates of a file: see [`Library::add_value`].
    ///
    /// # Errors
    /// [`Error::Json`] with line and column, and those of [`Library::add_value`].
    pub fn add(&mut self, json: &str) -> Result<()> {
        let value: Value = serde_json::from_str(json).map_err(|error| Error::Json {
            what: "reply library",
            line: error.line().max(1),
            column: error.column().max(1),
        })?;
        self.add_value(value)
    }

    /// Adds the templates of one language: `{language, templates: [{id, action, intent, text}]}`, `intent` being a list
    /// that may be left out.
    ///
    /// # Errors
    /// [`Error::Field`] naming the place, as in `templates[3].text`: a missing or unknown field, an action that says
    /// nothing to the customer, an unknown intent or variable, brackets that do not close, an id used before, a text over
    /// [`MAX_TEMPLATE_CHARS`]; [`Error::BatchTooLarge`] over [`MAX_TEMPLATES`]. Nothing is added then.
    pub fn add_value(&mut self, value: Value) -> Result<()> {
        let mut fields = Fields::new(value, "library", false)?;
        fields.text("$schema")?;
        let language = fields.text("language")?.filter(|code| is_code(code));
        let language = language.ok_or_else(|| fields.refuse("language", "must be a code of two or three letters"))?;
        let list: Vec<Value> = fields.take("templates", "a list of templates")?.unwrap_or_default();
        fields.finish("language, templates")?;
        let count = self.templates.len() + list.len();
        if count > MAX_TEMPLATES {
            return Err(Error::BatchTooLarge { unit: "templates", limit: MAX_TEMPLATES, actual: count });
        }
        let mut ids: std::collections::BTreeSet<String> = self.templates.iter().map(|one| one.id.clone()).collect();
        let mut new = Vec::with_capacity(list.len());
        for (at, value) in list.into_iter().enumerate() {
            let place = ["templates[", &at.to_string(), "]"].concat();
            let template = read_template(Fields::at(value, &place)?, &language)?;
            if !ids.insert(template.id.clone()) {
                return Err(Error::Field { field: [&place, ".id"].concat(), what: "is used before".into() });
            }
            new.push(template);
        }
        self.templates.append(&mut new);
        Ok(())
    }

    /// How many templates there are.
    pub fn len(&self) -> usize {
        self.templates.len()
    }

    pub fn is_empty(&self) -> bool {
        self.templates.is_empty()
    }

    /// The draft for what is wanted: the language's template for action and intent, else its general one for the action,
    /// else the same in [`FALLBACK_LANGUAGE`]. `None` where the action owes no words or nothing fits. `O(templates)`.
    pub fn reply(&self, wanted: &Wanted, values: &Values) -> Option<Reply> {
        let language = wanted.language.split('-').next().unwrap_or_default().to_lowercase();
        let fitting = |language: &str, general: bool| -> Vec<&Template> {
            let fits = |one: &&Template| {
                let of_intent = if general { one.intents.is_empty() } else { one.intents.contains(&wanted.intent) };
                one.action == wanted.action && one.language == language && of_intent
            };
            self.templates.iter().filter(fits).collect()
        };
        let tries =
            [(language.as_str(), false), (&language, true), (FALLBACK_LANGUAGE, false), (FALLBACK_LANGUAGE, true)];
        let (fit, general) = tries
            .into_iter()
            .map(|(code, general)| (fitting(code, general), general))
            .find(|(fit, _)| !fit.is_empty())?;
        let template = fit.iter().find(|one| Some(one.id.as_str()) == wanted.variant).or(fit.first())?;
        let (mut text, mut missing) = (String::new(), Vec::new());
        fill(&template.parts, values, &mut text, &mut missing);
        let mut fallbacks = Vec::new();
        if general && wanted.intent != Intent::None {
            fallbacks.push(Fallback::Intent);
        }
        if template.language != language {
            fallbacks.push(Fallback::Language);
        }
        Some(Reply {
            template: template.id.clone(),
            language: template.language.clone(),
            automatic: wanted.mode == DecisionMode::Automate && missing.is_empty() && template.language == language,
            text,
            missing,
            fallbacks,
            variants: fit.iter().map(|one| one.id.clone()).collect(),
        })
    }
}

fn is_code(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn read_template(mut fields: Fields, language: &str) -> Result<Template> {
    let id = fields.text("id")?.filter(|id| !id.is_empty() && id.len() <= 100);
    let id = id.ok_or_else(|| fields.refuse("id", "must be a text of 1 to 100 bytes"))?;
    let slug = fields.text("action")?.unwrap_or_default();
    let action = SPEAKING.into_iter().find(|action| action.slug() == slug);
    let action = action.ok_or_else(|| {
        fields.refuse("action", "must be one of answer, resolve, amplify, thank, engage, retain, escalate")
    })?;
    let slugs: Vec<String> = fields.take("intent", "a list of intents")?.unwrap_or_default();
    let intents: Option<Vec<Intent>> = slugs.iter().map(|slug| Intent::from_slug(slug)).collect();
    let intents = intents.ok_or_else(|| fields.refuse("intent", "must be a list of intents"))?;
    let text = fields.text("text")?.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| fields.refuse("text", "is required"))?;
    if text.chars().count() > MAX_TEMPLATE_CHARS {
        return Err(fields.refuse("text", "must be at most 2000 characters"));
    }
    let mut rest = text.as_str();
    let parts = parts(&mut rest, false).map_err(|what| fields.refuse("text", what))?;
    fields.finish("id, action, intent, text")?;
    Ok(Template { id, language: language.to_owned(), action, intents, parts })
}

/// Reads pieces up to the end, or to the `]` of an optional part.
fn parts(rest: &mut &str, optional: bool) -> core::result::Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    while let Some(at) = rest.find(['{', '}', '[', ']']) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        let after = from.get(1..).unwrap_or_default();
        match from.as_bytes().first() {
            Some(b'{') => {
                let end = after.find('}').ok_or("has a brace that does not close")?;
                let (name, behind) = after.split_at(end);
                let place = VARIABLES.iter().position(|one| *one == name);
                parts.push(Part::Variable(
                    place.ok_or("has an unknown variable; there are name, order, agent, deadline")?,
                ));
                *rest = behind.get(1..).unwrap_or_default();
            }
            Some(b'[') if !optional => {
                *rest = after;
                let inner = self::parts(rest, true)?;
                if !inner.iter().any(|part| matches!(part, Part::Variable(_))) {
                    return Err("has an optional part without a variable");
                }
                parts.push(Part::Optional(inner));
            }
            Some(b']') if optional => {
                *rest = after;
                return Ok(parts);
            }
            _ => return Err("has a bracket that does not fit"),
        }
    }
    if optional {
        return Err("has an optional part that does not close");
    }
    if !rest.is_empty() {
        parts.push(Part::Text((*rest).to_owned()));
    }
    Ok(parts)
}

fn fill(parts: &[Part], values: &Values, text: &mut String, missing: &mut Vec<&'static str>) {
    for part in parts {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Variable(place) => match values.0.get(*place).and_then(Option::as_deref) {
                Some(value) => text.push_str(value),
                None => {
                    let name = VARIABLES.get(*place).copied().unwrap_or_default();
                    text.extend(["{", name, "}"]);
                    if !missing.contains(&name) {
                        missing.push(name);
                    }
                }
            },
            Part::Optional(inner) => {
                let (mut words, mut lacking) = (String::new(), Vec::new());
                fill(inner, values, &mut words, &mut lacking);
                if lacking.is_empty() {
                    text.push_str(&words);
                }
            }
        }
    }
}
