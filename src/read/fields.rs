//! Reads plain objects that come from outside: messages, records, options, cases, clocks, pauses.
//!
//! Every refusal has the full path of the field, as in `messages[3].sentAt`, and what it must be; never the value: a
//! value in the wrong place may be somebody's words.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::time::sent_ms;

/// Longest key, label or name, in bytes.
const MAX_KEY_BYTES: usize = 256;
/// Most items of a list inside one object: labels of a scope, holidays, emotions.
pub const MAX_LIST: usize = 1_000;
/// Longest name of the caller's that a refusal repeats, in characters.
const MAX_NAME_CHARS: usize = 64;
const TIME: &str = "must be ISO 8601 text or milliseconds since 1970";

/// One object that is being read. What is taken is gone; [`Fields::finish`] refuses the rest.
pub(crate) struct Fields {
    map: Map<String, Value>,
    path: String,
    /// Errors are about an option, not about a field.
    options: bool,
}

impl Fields {
    /// The whole input, which errors about itself call `name`. Options may be null.
    pub fn new(value: Value, name: &str, options: bool) -> Result<Fields> {
        match value {
            Value::Object(map) => Ok(Fields { map, path: String::new(), options }),
            Value::Null if options => Ok(Fields { map: Map::new(), path: String::new(), options }),
            _ if options => Err(Error::Option { name: name.into(), what: "must be an object".into() }),
            _ => Err(refused(name, "must be an object")),
        }
    }

    /// An object at a place of the input, as in `messages[3]`; empty for the whole input.
    pub fn at(value: Value, path: &str) -> Result<Fields> {
        let name = if path.is_empty() { "input" } else { path };
        Fields::new(value, name, false).map(|fields| Fields { path: path.into(), ..fields })
    }

    fn path_of(&self, name: &str) -> String {
        let dot = if self.path.is_empty() { "" } else { "." };
        [&self.path, dot, name].concat()
    }

    /// The refusal of one field.
    pub fn refuse(&self, name: &str, what: &str) -> Error {
        let (field, what) = (self.path_of(name), what.into());
        if self.options { Error::Option { name: field, what } } else { Error::Field { field, what } }
    }

    /// Takes a field out as what it should be; null counts as absent.
    pub fn take<T: DeserializeOwned>(&mut self, name: &str, must: &str) -> Result<Option<T>> {
        let Some(value) = self.value(name) else { return Ok(None) };
        serde_json::from_value(value).map(Some).map_err(|_| self.refuse(name, &["must be ", must].concat()))
    }

    /// The same where it must be there.
    pub fn need<T: DeserializeOwned>(&mut self, name: &str, must: &str) -> Result<T> {
        self.take(name, must)?.ok_or_else(|| self.refuse(name, &["must be ", must].concat()))
    }

    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        self.take(name, "a string")
    }

    /// Null counts as absent.
    pub fn value(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    /// A key, label or name of 1 to 256 bytes.
    pub fn key(&mut self, name: &str) -> Result<Option<String>> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() && text.len() <= MAX_KEY_BYTES => Ok(Some(text)),
            Some(_) => Err(self.refuse(name, "must be a string of 1 to 256 bytes")),
        }
    }

    pub fn need_key(&mut self, name: &str) -> Result<String> {
        self.key(name)?.ok_or_else(|| self.refuse(name, "is required"))
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
            Some(_) if most == usize::MAX => Err(self.refuse(name, "must be a list")),
            Some(_) => Err(self.refuse(name, &format!("must be a list of at most {most}"))),
        }
    }

    /// A list of short strings; absent is empty.
    pub fn keys(&mut self, name: &str) -> Result<Vec<String>> {
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
    pub fn objects(&mut self, name: &str, most: usize) -> Result<Vec<Fields>> {
        let list = self.list(name, most)?;
        let path = self.path_of(name);
        list.into_iter().enumerate().map(|(at, value)| Fields::at(value, &format!("{path}[{at}]"))).collect()
    }

    /// An object inside.
    pub fn object(&mut self, name: &str) -> Result<Option<Fields>> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(Fields { map, path: self.path_of(name), options: self.options })),
            Some(_) => Err(self.refuse(name, "must be an object")),
        }
    }

    /// What nobody took.
    pub fn rest(self) -> Map<String, Value> {
        self.map
    }

    /// What is still there, to be changed before it is taken.
    pub fn peek(&mut self, name: &str) -> Option<&mut Value> {
        self.map.get_mut(name)
    }

    /// Refuses whatever was not taken; `known` may be empty.
    pub fn finish(self, known: &str) -> Result<()> {
        let Some(name) = self.map.keys().next() else { return Ok(()) };
        let tail = if known.is_empty() { ["", ""] } else { ["; known are ", known] };
        Err(self.refuse(&short(name), &["is not known", tail[0], tail[1]].concat()))
    }
}

/// A name is the caller's own, but may be anything and of any length.
pub(crate) fn short(name: &str) -> String {
    name.chars().take(MAX_NAME_CHARS).collect()
}

/// An answer as a plain value.
pub(crate) fn told(answer: &impl Serialize) -> Result<Value> {
    serde_json::to_value(answer).map_err(|_| refused("answer", "cannot be told"))
}

/// The refusal of a field.
pub(crate) fn refused(field: &str, what: &str) -> Error {
    Error::Field { field: field.into(), what: what.into() }
}

/// The slug of a label, by its place in a list of slugs.
pub(crate) fn label<T: Copy>(
    input: &mut Fields,
    name: &str,
    all: &[T],
    slug: fn(T) -> &'static str,
) -> Result<Option<T>> {
    let Some(text) = input.key(name)? else { return Ok(None) };
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
            || Fields::at(json!({"a": [{"b": "secret"}, "secret"], "c": 1.5, "d": {"e": []}, "f": ""}), "").unwrap();
        assert_eq!(field(read().objects("a", 5)), "a[1]");
        assert_eq!(field(read().list("a", 1)), "a");
        assert_eq!(field(read().whole("c", 0, 9, "must be small")), "c");
        assert_eq!(field(read().object("d").unwrap().unwrap().flag("e")), "d.e");
        assert_eq!(field(read().key("f")), "f");
        assert_eq!(field(read().need_time("g")), "g");
        assert_eq!(field(read().finish("none")), "a");
        assert_eq!(field(Fields::at(json!("secret"), "rows[3]")), "rows[3]");
    }
}
