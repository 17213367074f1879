//! Reads plain objects of cases, clocks, pauses and returns. Every refusal is [`Error::Field`] with the full path of the
//! field, as in `messages[3].sentAt`, and what it must be; never with the value.

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::query::sent_ms;

/// Longest key, label or name, in bytes.
pub const MAX_KEY_BYTES: usize = 256;
/// Most items of a list inside one object: labels of a scope, holidays, emotions.
pub const MAX_LIST: usize = 1_000;
const TIME: &str = "must be ISO 8601 text or milliseconds since 1970";

/// One object that is being read. What is taken is gone; [`Input::finish`] refuses the rest.
pub(crate) struct Input {
    map: Map<String, Value>,
    path: String,
}

impl Input {
    /// `path` is how errors name the object; empty for the whole input.
    pub fn new(value: Value, path: &str) -> Result<Input> {
        match value {
            Value::Object(map) => Ok(Input { map, path: path.into() }),
            _ => Err(refused(if path.is_empty() { "input" } else { path }, "must be an object")),
        }
    }

    /// The refusal of one field.
    pub fn refuse(&self, name: &str, what: &str) -> Error {
        let dot = if self.path.is_empty() { "" } else { "." };
        refused(&format!("{}{dot}{name}", self.path), what)
    }

    /// Null counts as absent.
    pub fn value(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() && text.len() <= MAX_KEY_BYTES => Ok(Some(text)),
            Some(_) => Err(self.refuse(name, "must be a string of 1 to 256 bytes")),
        }
    }

    pub fn need_text(&mut self, name: &str) -> Result<String> {
        self.text(name)?.ok_or_else(|| self.refuse(name, "is required"))
    }

    /// Milliseconds since 1970.
    pub fn time(&mut self, name: &str) -> Result<Option<i64>> {
        let Some(value) = self.value(name) else { return Ok(None) };
        sent_ms(&value).map(Some).ok_or_else(|| self.refuse(name, TIME))
    }

    pub fn need_time(&mut self, name: &str) -> Result<i64> {
        self.time(name)?.ok_or_else(|| self.refuse(name, "is required; ISO 8601 text or milliseconds since 1970"))
    }

    /// A whole number from `low` to `high`; `must` says so in words.
    pub fn whole(&mut self, name: &str, low: i64, high: i64, must: &str) -> Result<Option<i64>> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
        let fits = number.map(|number| number as i64).filter(|number| (low..=high).contains(number));
        fits.map(Some).ok_or_else(|| self.refuse(name, must))
    }

    pub fn flag(&mut self, name: &str) -> Result<bool> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(self.refuse(name, "must be true or false")),
        }
    }

    /// A list of at most `most` values; absent is empty.
    pub fn list(&mut self, name: &str, most: usize) -> Result<Vec<Value>> {
        match self.value(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) if list.len() <= most => Ok(list),
            Some(_) => Err(self.refuse(name, &format!("must be a list of at most {most}"))),
        }
    }

    /// A list of short strings; absent is empty.
    pub fn texts(&mut self, name: &str) -> Result<Vec<String>> {
        let list = self.list(name, MAX_LIST)?;
        let text = |value| match value {
            Value::String(text) if !text.is_empty() && text.len() <= MAX_KEY_BYTES => Some(text),
            _ => None,
        };
        list.into_iter()
            .map(text)
            .collect::<Option<_>>()
            .ok_or_else(|| self.refuse(name, "must be a list of strings of 1 to 256 bytes"))
    }

    /// A list of objects: each with its own path.
    pub fn objects(&mut self, name: &str, most: usize) -> Result<Vec<Input>> {
        let list = self.list(name, most)?;
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        list.into_iter().enumerate().map(|(at, value)| Input::new(value, &format!("{path}[{at}]"))).collect()
    }

    /// An object inside.
    pub fn object(&mut self, name: &str) -> Result<Option<Input>> {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        self.value(name).map(|value| Input::new(value, &path)).transpose()
    }

    /// Refuses whatever was not taken.
    pub fn finish(self, known: &str) -> Result<()> {
        match self.map.keys().next() {
            None => Ok(()),
            Some(name) => {
                // A name is the caller's own, but may be anything and of any length.
                let name: String = name.chars().take(64).collect();
                Err(self.refuse(&name, &format!("is not known; known are {known}")))
            }
        }
    }
}

/// The refusal of a field.
pub(crate) fn refused(field: &str, what: &str) -> Error {
    Error::Field { field: field.into(), what: what.into() }
}

/// The slug of a label, by its place in a list of slugs.
pub(crate) fn label<T: Copy>(
    input: &mut Input,
    name: &str,
    all: &[T],
    slug: fn(T) -> &'static str,
) -> Result<Option<T>> {
    let Some(text) = input.text(name)? else { return Ok(None) };
    let found = all.iter().copied().find(|one| slug(*one) == text);
    found.map(Some).ok_or_else(|| input.refuse(name, "is no label that is known"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn field(result: Result<impl Sized>) -> String {
        match result.err() {
            Some(Error::Field { field, what }) => {
                assert!(!what.contains("secret"), "{what}");
                field
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn paths_lead_to_the_field_and_values_stay_out() {
        let read =
            || Input::new(json!({"a": [{"b": "secret"}, "secret"], "c": 1.5, "d": {"e": []}, "f": ""}), "").unwrap();
        assert_eq!(field(read().objects("a", 5)), "a[1]");
        assert_eq!(field(read().list("a", 1)), "a");
        assert_eq!(field(read().whole("c", 0, 9, "must be small")), "c");
        assert_eq!(field(read().object("d").unwrap().unwrap().flag("e")), "d.e");
        assert_eq!(field(read().text("f")), "f");
        assert_eq!(field(read().need_time("g")), "g");
        assert_eq!(field(read().finish("none")), "a");
        assert_eq!(field(Input::new(json!("secret"), "rows[3]")), "rows[3]");
    }
}
