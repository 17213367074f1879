//! What to take out and how, and what comes back.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::phrases::{MAX_PHRASE_BYTES, MAX_PHRASES};
use super::redact::DENIED;
use super::{Detectors, Key, Mode, PiiType};
use crate::error::{Error, Result};
use crate::limits::DEFAULT_TEXT_BYTES;
use crate::read::{Fields, max_text_bytes};
use crate::span::{Span, Utf16Index};

/// What to take out, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactOptions {
    pub mode: Mode,
    /// Kinds to take out. The deny list and the detectors count besides.
    pub types: Vec<PiiType>,
    /// A longer text is refused, never cut: redaction fails closed.
    pub max_text_bytes: usize,
    /// Modes of single types, by slug: types of the engine, `denied`, ids of detectors.
    pub modes: Vec<(String, Mode)>,
    /// The host's key, for [`Mode::Keyed`].
    pub key: Option<Key>,
    /// Values that stay, however they are typed: the shop's own number. `*` in front means "ends in":
    /// `*@example.com`.
    pub allow: Vec<String>,
    /// Phrases that go wherever they stand, however they are typed. They win over `allow`.
    pub deny: Vec<String>,
    pub detectors: Option<Arc<Detectors>>,
}

impl Default for RedactOptions {
    fn default() -> Self {
        RedactOptions {
            mode: Mode::Label,
            types: PiiType::DEFAULT.to_vec(),
            max_text_bytes: DEFAULT_TEXT_BYTES,
            modes: Vec::new(),
            key: None,
            allow: Vec::new(),
            deny: Vec::new(),
            detectors: None,
        }
    }
}

impl RedactOptions {
    /// Reads options; null gives the defaults. `key` is in hexadecimal digits, `detectors` is JSON text.
    ///
    /// # Errors
    /// [`Error::Option`] naming the option that is unknown or out of range; those of [`Detectors::from_json`].
    pub fn from_value(value: Value) -> Result<RedactOptions> {
        let mut fields = Fields::new(value, "options", true)?;
        let options = RedactOptions::read(&mut fields)?;
        fields.finish("mode, types, maxTextBytes, modes, key, allow, deny, detectors")?;
        Ok(options)
    }

    /// Takes the options out of `fields`.
    pub(super) fn read(fields: &mut Fields) -> Result<RedactOptions> {
        let default = RedactOptions::default();
        let mode = fields.text("mode")?.map_or(Ok(default.mode), |slug| named("mode", &slug))?;
        let must = format!("a list of {}", PiiType::ALL.map(PiiType::slug).join(", "));
        let types = match fields.take::<Vec<String>>("types", &must)? {
            None => default.types,
            Some(slugs) => slugs
                .iter()
                .enumerate()
                .map(|(i, slug)| {
                    PiiType::from_slug(slug)
                        .ok_or_else(|| refuse(format!("types[{i}]"), format!("is unknown; must be {must}")))
                })
                .collect::<Result<_>>()?,
        };
        let detectors = fields.text("detectors")?.map(|json| Detectors::from_json(&json).map(Arc::new)).transpose()?;
        let key = fields.text("key")?.map(|digits| Key::from_hex(&digits)).transpose()?;
        let mut modes = Vec::new();
        let given: BTreeMap<String, String> = fields.take("modes", "an object of modes by type")?.unwrap_or_default();
        for (slug, name) in given {
            let own = || slug == DENIED.0 || detectors.as_ref().is_some_and(|all| all.ids().any(|id| id == slug));
            if PiiType::from_slug(&slug).is_none() && !own() {
                return Err(refuse("modes".into(), "has a key that is no type".into()));
            }
            let mode = named(&format!("modes.{slug}"), &name)?;
            modes.push((slug, mode));
        }
        let (allow, deny) = (list(fields, "allow")?, list(fields, "deny")?);
        let max_text_bytes = max_text_bytes(fields, default.max_text_bytes)?;
        Ok(RedactOptions { mode, types, max_text_bytes, modes, key, allow, deny, detectors })
    }
}

fn refuse(name: String, what: String) -> Error {
    Error::Option { name, what }
}

fn named(name: &str, slug: &str) -> Result<Mode> {
    let must = || format!("must be one of {}", Mode::ALL.map(Mode::slug).join(", "));
    Mode::from_slug(slug).ok_or_else(|| refuse(name.into(), must()))
}

/// A list of phrases within the limits, each with a letter or digit.
fn list(fields: &mut Fields, name: &str) -> Result<Vec<String>> {
    let list: Vec<String> = fields.take(name, "a list of strings")?.unwrap_or_default();
    if list.len() > MAX_PHRASES {
        return Err(refuse(name.into(), "must hold at most 10000 phrases".into()));
    }
    let wrong = |phrase: &String| phrase.len() > MAX_PHRASE_BYTES || !phrase.contains(|c: char| c.is_alphanumeric());
    if let Some(at) = list.iter().position(wrong) {
        return Err(refuse(format!("{name}[{at}]"), "must have a letter or digit and at most 512 bytes".into()));
    }
    Ok(list)
}

/// One piece of personal data that was taken out. The value itself is not part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Removed {
    /// Slug of a [`PiiType`], `denied` for the deny list, or the id of a detector.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    pub span: Span,
    /// As in [`super::Pii`].
    pub certainty: f64,
    pub validated: bool,
    /// As [`super::Pii::variety`].
    #[serde(rename = "kind", skip_serializing_if = "Option::is_none")]
    pub variety: Option<&'static str>,
}

/// How many pieces of each type were taken out, by slug.
pub type Counts = BTreeMap<String, usize>;

/// A text without personal data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Redaction {
    pub text: String,
    /// What was taken out; spans point into the text given.
    pub pii: Vec<Removed>,
    pub counts: Counts,
}

impl Redaction {
    /// Turns every span from bytes into UTF-16 code units of `text`, the text that was redacted.
    pub fn to_utf16(&mut self, text: &str) {
        let index = Utf16Index::new(text);
        for pii in &mut self.pii {
            pii.span = index.span(pii.span);
        }
    }
}
