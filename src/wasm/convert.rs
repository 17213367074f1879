//! Values across the boundary.

use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use crate::error::{Error, Result};

/// What an exported function gives: a value, or an `Error` object with a `code`.
pub(super) type Answer<T> = std::result::Result<T, JsValue>;

/// A JavaScript object as JSON values. Missing is null.
///
/// # Errors
/// [`Error::Field`] naming `name` when it holds functions, symbols or the like.
pub(super) fn plain(value: JsValue, name: &str) -> Result<Value> {
    if value.is_undefined() || value.is_null() {
        return Ok(Value::Null);
    }
    let refused = || Error::Field { field: name.into(), what: "must be a plain object of JSON values".into() };
    serde_wasm_bindgen::from_value(value).map_err(|_| refused())
}

/// A result as a plain JavaScript object; `None` is null.
pub(super) fn to_js(value: &impl Serialize) -> Answer<JsValue> {
    let serializer =
        serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    value.serialize(&serializer).map_err(|_| js_sys::Error::new("the result could not be converted").into())
}

/// The error as a JavaScript `Error` with `code` and whatever else is known as properties.
pub(super) fn refuse(error: Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    let set = |name: &str, value: JsValue| {
        // Setting a property of a fresh object does not fail.
        let _ = js_sys::Reflect::set(&thrown, &name.into(), &value);
    };
    let number = |value: usize| JsValue::from_f64(value as f64);
    set("code", error.code().into());
    match error {
        Error::TextTooLarge { limit, actual } | Error::BatchTooLarge { limit, actual, .. } => {
            set("limit", number(limit));
            set("actual", number(actual));
        }
        Error::Query { at, end, .. } => {
            set("at", number(at));
            set("end", number(end));
        }
        Error::Model { at, .. } | Error::Classifier { at, .. } | Error::Themes { at, .. } => set("at", number(at)),
        Error::Policy { path, .. }
        | Error::Taxonomy { path, .. }
        | Error::Detectors { path, .. }
        | Error::DataUse { path, .. } => set("path", path.into()),
        Error::Json { line, column, .. } => {
            set("line", number(line));
            set("column", number(column));
        }
        Error::Option { name, .. } => set("field", name.into()),
        Error::Field { field, .. } => set("field", field.into()),
    }
    thrown.into()
}
