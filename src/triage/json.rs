//! A JSON tree that keeps what `serde_json::Value` loses: the order of keys, and keys given twice.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::{Error, Result};

/// Levels read in full. Deeper values become [`Json::Deep`] without recursion, so that hostile
/// nesting costs no stack. More than any policy within [`super::MAX_DEPTH`] can reach.
const MAX_LEVELS: usize = 64;

/// One JSON value. Numbers are `f64`, as in JavaScript.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
    /// A value below [`MAX_LEVELS`]; its content is dropped.
    Deep,
}

impl Json {
    /// Reads `text`, `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Json`] named `what` with the line and the column (in characters) of the fault.
    pub fn read(text: &str, what: &'static str) -> Result<Json> {
        let mut reader = serde_json::Deserializer::from_str(text);
        Seed(0).deserialize(&mut reader).and_then(|json| reader.end().map(|()| json)).map_err(|error| {
            let line = error.line().max(1);
            Error::Json { what, line, column: column_in_characters(text, line, error.column()) }
        })
    }

    /// What kind of value it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Number(_) => "a number",
            Json::Text(_) => "text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
            Json::Deep => "a deeply nested value",
        }
    }
}

/// serde_json counts columns in bytes, and 0 stands for the place before a line's first byte.
fn column_in_characters(text: &str, line: usize, column: usize) -> usize {
    let Some(line) = text.split('\n').nth(line - 1) else { return column.max(1) };
    let before = line.floor_char_boundary(column.saturating_sub(1));
    line.get(..before).map_or(column.max(1), |before| before.chars().count() + 1)
}

/// Reads a value that stands this many levels deep.
struct Seed(usize);

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Json, D::Error> {
        if self.0 >= MAX_LEVELS {
            // serde_json skips ignored values with a loop, not by recursion.
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|IgnoredAny| Json::Deep);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> std::result::Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> std::result::Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed(self.0 + 1))? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            fields.push((key, map.next_value_seed(Seed(self.0 + 1))?));
        }
        Ok(Json::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_their_doubles() {
        let json = Json::read(r#"{"b":1,"a":null,"b":[true,"x"]}"#, "policy").unwrap();
        let Json::Object(fields) = json else { panic!("an object was read as something else") };
        let keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["b", "a", "b"]);
        assert_eq!(fields[2].1, Json::List(vec![Json::Bool(true), Json::Text("x".into())]));
    }

    #[test]
    fn columns_count_characters_from_one() {
        let at = |text: &str| match Json::read(text, "policy").unwrap_err() {
            Error::Json { line, column, .. } => (line, column),
            other => panic!("{other:?}"),
        };
        assert_eq!(at(r#"{"가나다": x}"#), (1, 9));
        assert_eq!(at("{\n  \"a\": 1,\n  é\n}"), (3, 3));
        assert_eq!(at(""), (1, 1));
        assert_eq!(at("{} {}"), (1, 4));
    }

    #[test]
    fn hostile_nesting_is_skipped_without_recursion() {
        let depth = 30_000;
        let text = "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::read(&text, "policy").is_ok());
        assert!(Json::read(&"[".repeat(depth), "policy").is_err());
    }
}
