//! Reads typed values out of a JSON tree and says exactly where one is wrong.

use std::fmt::Write;

use super::json::Json;
use crate::error::{Error, Result};

/// Characters of a policy's own text quoted in an error.
const QUOTED_CHARS: usize = 64;

/// A place in the policy: the way from the root, kept on the stack and written only on error.
#[derive(Clone, Copy)]
pub(crate) struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    /// The policy as a whole, written `$`.
    pub const ROOT: At<'static> = At { parent: None, step: Step::Root };

    pub fn key(&'p self, key: &'p str) -> At<'p> {
        At { parent: Some(self), step: Step::Key(key) }
    }

    pub fn index(&'p self, index: usize) -> At<'p> {
        At { parent: Some(self), step: Step::Index(index) }
    }

    /// The error that refuses the value at this place.
    pub fn refuse(&self, what: impl Into<String>) -> Error {
        let mut path = String::new();
        self.write(&mut path);
        if path.is_empty() {
            path.push('$');
        }
        Error::Policy { path, what: what.into() }
    }

    /// As in `rules[3].when.all[0]`; keys that are not plain words as in `rules[3]["a b"]`.
    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        // Writing into a String cannot fail.
        let _ = match self.step {
            Step::Root => Ok(()),
            Step::Index(index) => write!(out, "[{index}]"),
            Step::Key(key) if !is_plain(key) => write!(out, "[{}]", quote(key)),
            Step::Key(key) if out.is_empty() => write!(out, "{key}"),
            Step::Key(key) => write!(out, ".{key}"),
        };
    }
}

fn is_plain(key: &str) -> bool {
    (1..=QUOTED_CHARS).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'$')
}

/// Text of the policy as it stands in an error: in quotes, control characters escaped, cut.
pub(crate) fn quote(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((cut, _)) => format!("{:?}", format!("{}…", text.get(..cut).unwrap_or_default())),
        None => format!("{text:?}"),
    }
}

fn wrong_type(json: &Json, at: &At, wanted: &str) -> Error {
    at.refuse(format!("must be {wanted}, is {}", json.kind()))
}

/// The fields of an object that may only have the keys `allowed`, each once.
pub(crate) fn object<'j>(json: &'j Json, at: &At, allowed: &[&str]) -> Result<&'j [(String, Json)]> {
    let Json::Object(fields) = json else { return Err(wrong_type(json, at, "an object")) };
    for (index, (key, _)) in fields.iter().enumerate() {
        if !allowed.contains(&key.as_str()) {
            return Err(at.key(key).refuse(format!("unknown key; allowed: {}", allowed.join(", "))));
        }
        if fields.iter().take(index).any(|(earlier, _)| earlier == key) {
            return Err(at.key(key).refuse("key given twice"));
        }
    }
    Ok(fields)
}

/// The value under `key`, if given.
pub(crate) fn optional<'j>(fields: &'j [(String, Json)], key: &str) -> Option<&'j Json> {
    fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// The value under `key`.
pub(crate) fn required<'j>(fields: &'j [(String, Json)], at: &At, key: &str) -> Result<&'j Json> {
    optional(fields, key).ok_or_else(|| at.key(key).refuse("is missing"))
}

/// The items of a list that must not be empty.
pub(crate) fn list<'j>(json: &'j Json, at: &At) -> Result<&'j [Json]> {
    match json {
        Json::List(items) if items.is_empty() => Err(at.refuse("must not be an empty list")),
        Json::List(items) => Ok(items),
        other => Err(wrong_type(other, at, "a list")),
    }
}

/// Text of 1 to `max` characters that is not blank.
pub(crate) fn text<'j>(json: &'j Json, at: &At, max: usize) -> Result<&'j str> {
    let Json::Text(text) = json else { return Err(wrong_type(json, at, "text")) };
    if text.trim().is_empty() {
        return Err(at.refuse("must not be empty"));
    }
    if text.chars().nth(max).is_some() {
        return Err(at.refuse(format!("must have at most {max} characters")));
    }
    Ok(text)
}

pub(crate) fn boolean(json: &Json, at: &At) -> Result<bool> {
    match json {
        Json::Bool(value) => Ok(*value),
        other => Err(wrong_type(other, at, "true or false")),
    }
}

/// A number from `low` to `high`.
pub(crate) fn number(json: &Json, at: &At, low: f64, high: f64) -> Result<f64> {
    match json {
        Json::Number(value) if (low..=high).contains(value) => Ok(*value),
        Json::Number(_) => Err(at.refuse(format!("must be a number from {low} to {high}"))),
        other => Err(wrong_type(other, at, &format!("a number from {low} to {high}"))),
    }
}

/// A whole number from `low` to `high`.
pub(crate) fn whole(json: &Json, at: &At, low: u32, high: u32) -> Result<u32> {
    match json {
        Json::Number(value) if value.fract() == 0.0 && (f64::from(low)..=f64::from(high)).contains(value) => {
            Ok(*value as u32)
        }
        Json::Number(_) => Err(at.refuse(format!("must be a whole number from {low} to {high}"))),
        other => Err(wrong_type(other, at, &format!("a whole number from {low} to {high}"))),
    }
}

/// The place of a text among the labels allowed.
pub(crate) fn one_of(json: &Json, at: &At, allowed: &[&str]) -> Result<usize> {
    let Json::Text(text) = json else {
        return Err(wrong_type(json, at, &format!("one of {}", allowed.join(", "))));
    };
    allowed
        .iter()
        .position(|label| label == text)
        .ok_or_else(|| at.refuse(format!("unknown label {}; allowed: {}", quote(text), allowed.join(", "))))
}

/// One of the labels `all`, by its slug.
pub(crate) fn label<T: Copy>(json: &Json, at: &At, all: &[T], slug: fn(T) -> &'static str) -> Result<T> {
    let allowed: Vec<&str> = all.iter().map(|&value| slug(value)).collect();
    let place = one_of(json, at, &allowed)?;
    all.get(place).copied().ok_or_else(|| at.refuse("unknown label"))
}
