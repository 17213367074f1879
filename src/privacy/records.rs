//! Redacts JSON and CSV by what their fields are called, and what is in them.

use serde::Serialize;
use serde_json::Value;

use super::fields::kind_of;
use super::options::Counts;
use super::redact::{Hit, Kind};
use super::session::Session;
use super::{Mode, PiiType, RedactOptions, Redactor, mode};
use crate::error::{Error, Result};
use crate::limits::MAX_BATCH_BYTES;
use crate::read::Fields;
use crate::span::Span;

/// Deepest nesting of JSON.
pub const MAX_DEPTH: usize = 64;
/// Most different places that a report tells apart; what is found elsewhere counts under `*`.
pub const MAX_FIELDS: usize = 1_000;
/// Between the parts of a key of counts: the unit separator of ASCII.
pub(super) const PART: &str = "\u{1f}";
/// Most rules for fields.
pub const MAX_RULES: usize = 1_000;

/// What to do with the field at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldRule {
    /// As it is, unread.
    Keep,
    /// Read as free text, whatever it is called.
    Scan,
    /// All of it is personal data of this type.
    Type(PiiType),
}

/// Rules for fields by path: keys joined by `.`, items of a list as `*`, which also stands for any key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldRules(Vec<(Vec<String>, FieldRule)>);

impl FieldRules {
    /// Reads rules: an object of `keep`, `scan` or a type by path; null gives none.
    ///
    /// # Errors
    /// [`Error::Option`] naming `fields`.
    pub fn from_value(value: Value) -> Result<FieldRules> {
        let refuse = |what: &str| Error::Option { name: "fields".into(), what: what.into() };
        let given = match value {
            Value::Null => return Ok(FieldRules::default()),
            Value::Object(given) if given.len() <= MAX_RULES => given,
            _ => return Err(refuse("must be an object of at most 1000 rules by path")),
        };
        let rule = |(path, rule): (String, Value)| {
            let rule = match rule.as_str() {
                Some("keep") => FieldRule::Keep,
                Some("scan") => FieldRule::Scan,
                other => {
                    let kind = other.and_then(PiiType::from_slug);
                    FieldRule::Type(kind.ok_or_else(|| refuse("must hold keep, scan or a type of personal data"))?)
                }
            };
            Ok((path.split('.').map(String::from).collect(), rule))
        };
        given.into_iter().map(rule).collect::<Result<_>>().map(FieldRules)
    }

    /// The rule of the first path that fits; the path as a whole may also be one name with dots in it.
    fn of(&self, path: &[String]) -> Option<FieldRule> {
        let fits = |steps: &[String]| {
            steps.len() == path.len() && steps.iter().zip(path).all(|(step, key)| step == "*" || step == key)
        };
        let named = |steps: &[String]| path.len() == 1 && steps.join(".") == path[0];
        self.0.iter().find(|(steps, _)| fits(steps) || named(steps)).map(|(_, rule)| *rule)
    }
}

/// What was taken out of one field, over all records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldCount {
    /// Keys joined by `.`, items of a list as `*`; a key that holds personal data is redacted too.
    pub path: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// How it was known: `name` of the field, `rule`, or found in the `text`.
    pub by: String,
    pub count: usize,
}

/// Records without personal data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordRedaction {
    /// As it was given but for what was taken out: order, spaces and signs stay.
    pub text: String,
    pub counts: Counts,
    /// By path and type.
    pub fields: Vec<FieldCount>,
}

/// One run over records.
pub(super) struct Run<'r> {
    pub redactor: &'r Redactor,
    pub rules: &'r FieldRules,
    pub session: &'r mut Session,
    pub path: Vec<String>,
    /// By path, type and how it was known, parted by [`PART`]: all counts of a redaction share one kind of map, for
    /// each kind takes some kilobytes of wasm.
    fields: Counts,
}

/// What a field is, before its value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    Keep,
    Scan,
    Type(PiiType, &'static str),
}

impl<'r> Run<'r> {
    pub fn new(
        redactor: &'r Redactor,
        rules: &'r FieldRules,
        session: &'r mut Session,
        bytes: usize,
    ) -> Result<Run<'r>> {
        if bytes > MAX_BATCH_BYTES {
            return Err(Error::BatchTooLarge { unit: "bytes", limit: MAX_BATCH_BYTES, actual: bytes });
        }
        Ok(Run { redactor, rules, session, path: Vec::new(), fields: Counts::new() })
    }

    /// What the field at the path, whose last key is `name`, holds; `outer` is what the one around it holds.
    pub fn promise(&self, name: &str, outer: Promise) -> Promise {
        match self.rules.of(&self.path) {
            Some(FieldRule::Keep) => return Promise::Keep,
            Some(FieldRule::Scan) => return Promise::Scan,
            Some(FieldRule::Type(kind)) => return Promise::Type(kind, "rule"),
            None if outer == Promise::Keep => return Promise::Keep,
            None => {}
        }
        match kind_of(name) {
            // A type that is not to be taken out is still read as text.
            Some(kind) if self.redactor.options.types.contains(&kind) => Promise::Type(kind, "name"),
            _ => outer,
        }
    }

    /// The value without personal data; `None` where it stays as it is.
    pub fn value(&mut self, value: &str, promise: Promise) -> Result<Option<String>> {
        let (kind, by) = match promise {
            Promise::Keep => return Ok(None),
            Promise::Scan => return self.text(value, true),
            Promise::Type(kind, by) => (kind, by),
        };
        self.redactor.check_length(value)?;
        let mut hit = Hit::own(Kind::Known(kind), Span::new(0, value.len()), 1.0, false);
        let masks = self.redactor.mode(hit.kind) == Mode::Mask;
        if value.trim().is_empty() || self.redactor.is_token(value.trim()) || (masks && mode::is_masked(value)) {
            return Ok(None);
        }
        // Beside stars of its own, what a mask keeps could not be told from them.
        hit.bare = masks && value.contains('*');
        if !self.redactor.is_wanted(&hit, value) {
            return Ok(None);
        }
        let mut out = String::new();
        self.redactor.write(&hit, value, Some(self.session), &mut out)?;
        self.count(&self.redactor.slug(hit.kind), by, 1);
        Ok(Some(out))
    }

    /// Free text.
    pub fn text(&mut self, text: &str, counted: bool) -> Result<Option<String>> {
        let redaction = self.redactor.redact(text, self.session)?;
        if redaction.pii.is_empty() {
            return Ok(None);
        }
        if counted {
            redaction.counts.iter().for_each(|(kind, count)| self.count(kind, "text", *count));
        }
        Ok(Some(redaction.text))
    }

    fn count(&mut self, kind: &str, by: &str, count: usize) {
        let key = |path: &str| [path, kind, by].join(PART);
        let mut place = key(&self.path.join("."));
        if self.fields.len() >= MAX_FIELDS && !self.fields.contains_key(&place) {
            place = key("*");
        }
        *self.fields.entry(place).or_insert(0) += count;
    }

    pub fn done(self, text: String) -> RecordRedaction {
        let (mut counts, mut fields) = (Counts::new(), Vec::with_capacity(self.fields.len()));
        for (place, count) in self.fields {
            // From the end: a key may hold anything.
            let mut parts = place.rsplitn(3, PART).map(String::from);
            let mut part = || parts.next().unwrap_or_default();
            let (by, kind, path) = (part(), part(), part());
            *counts.entry(kind.clone()).or_insert(0) += count;
            fields.push(FieldCount { path, kind, by, count });
        }
        RecordRedaction { text, counts, fields }
    }
}

/// Options and rules for fields, read together: `fields` beside the options of a redaction.
///
/// # Errors
/// As [`RedactOptions::from_value`] and [`FieldRules::from_value`].
pub fn record_options(value: Value) -> Result<(RedactOptions, FieldRules)> {
    let mut fields = Fields::new(value, "options", true)?;
    let rules = FieldRules::from_value(fields.take::<Value>("fields", "an object")?.unwrap_or_default())?;
    let options = RedactOptions::read(&mut fields)?;
    fields.finish("mode, types, maxTextBytes, modes, key, allow, deny, detectors, fields, vault")?;
    Ok((options, rules))
}
