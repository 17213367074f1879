//! Plain values into types and back, with refusals that name the place.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::read::{Fields, short};

/// The parts of what is asked with, taken out one by one.
pub(super) struct Asked(Fields);

impl Asked {
    /// # Errors
    /// [`Error::Field`] naming `input` unless it is an object or null.
    pub fn new(input: Value) -> Result<Asked> {
        let input = if input.is_null() { Value::Object(Map::new()) } else { input };
        Fields::at(input, "").map(Asked)
    }

    /// A part; null counts as absent.
    pub fn read<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>> {
        match self.0.value(name) {
            None => Ok(None),
            Some(value) => T::deserialize(&value).map(Some).map_err(|error| {
                let (place, what) = fault(&value, &error.to_string(), &failing::<T>);
                field(joined(name, place), what)
            }),
        }
    }

    /// A part that must be there.
    pub fn need<T: DeserializeOwned>(&mut self, name: &str) -> Result<T> {
        self.read(name)?.ok_or_else(|| field(name.into(), "is required".into()))
    }

    /// A list; absent is empty.
    pub fn list<T: DeserializeOwned>(&mut self, name: &str) -> Result<Vec<T>> {
        let items = self.0.list(name, usize::MAX)?;
        let mut list = Vec::with_capacity(items.len());
        for (at, value) in items.iter().enumerate() {
            list.push(T::deserialize(value).map_err(|error| {
                let (place, what) = fault(value, &error.to_string(), &failing::<T>);
                field(joined(&format!("{name}[{at}]"), place), what)
            })?);
        }
        Ok(list)
    }

    /// Options; absent is the default.
    pub fn options<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T> {
        match self.0.value(name) {
            None => Ok(T::default()),
            Some(value) => T::deserialize(&value).map_err(|error| {
                let (place, what) = fault(&value, &error.to_string(), &failing::<T>);
                Error::Option { name: place.unwrap_or_else(|| name.into()), what }
            }),
        }
    }

    /// A part with parts of its own; null counts as absent.
    pub fn part(&mut self, name: &str) -> Result<Option<Asked>> {
        Ok(self.0.object(name)?.map(Asked))
    }

    /// A part of a part, to be changed before it is read.
    pub fn inner(&mut self, name: &str, inner: &str) -> Option<&mut Value> {
        self.0.peek(name)?.get_mut(inner)
    }

    /// # Errors
    /// [`Error::Field`] naming a part that nothing asked for.
    pub fn finish(self) -> Result<()> {
        self.0.finish("")
    }
}

fn field(field: String, what: String) -> Error {
    Error::Field { field, what }
}

fn failing<T: DeserializeOwned>(value: &Value) -> Option<String> {
    T::deserialize(value).err().map(|error| error.to_string())
}

fn joined(name: &str, place: Option<String>) -> String {
    place.map_or_else(|| name.to_owned(), |place| [name, ".", &place].concat())
}

/// Which field of an object keeps it from being read, and what it must be. Of the words of the error only those are
/// used that come from our types: what follows the last "expected" and the name of what is missing.
fn fault(value: &Value, error: &str, failing: &dyn Fn(&Value) -> Option<String>) -> (Option<String>, String) {
    if let Some(name) = error.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        return (Some(name.to_owned()), "is required".into());
    }
    let expected = error.rfind("expected ").and_then(|at| error.get(at + "expected ".len()..));
    let what = match expected {
        Some(tail) if !error.starts_with("unknown field") => ["must be ", tail].concat(),
        _ => "is not known".to_owned(),
    };
    let Value::Object(map) = value else { return (None, what) };
    // What is wrong is the field without which the error is another one, or none.
    let culprit = map.keys().find(|name| {
        let mut without = map.clone();
        without.remove(*name);
        failing(&Value::Object(without)).as_deref() != Some(error)
    });
    (culprit.map(|name| short(name)), what)
}
