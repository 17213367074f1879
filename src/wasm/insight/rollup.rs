//! Rollups for JavaScript.

use js_sys::{Float64Array, Object};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::error::{Error, Result};
use crate::score::{RecordColumns, Rollup, ScoreRecord};
use crate::wasm::convert::{Answer, plain, refuse, to_js};

/// A rollup in the making.
#[wasm_bindgen]
pub struct RawRollup {
    rollup: Rollup,
    /// Of a shared one: what it withholds and cost.
    facts: Value,
}

impl RawRollup {
    pub(super) fn of(rollup: Rollup) -> RawRollup {
        RawRollup { rollup, facts: Value::Null }
    }
}

#[wasm_bindgen]
impl RawRollup {
    /// Adds one record.
    pub fn add(&mut self, record: JsValue) -> Answer<()> {
        let record = plain(record, "record").and_then(ScoreRecord::from_value).map_err(refuse)?;
        self.rollup.add(&record).map_err(refuse)
    }

    /// Adds records given as an object of `Float64Array`, one number a record.
    #[wasm_bindgen(js_name = addColumns)]
    pub fn add_columns(&mut self, length: usize, labels: Vec<String>, columns: &Object) -> Answer<JsValue> {
        let columns = read(columns).map_err(refuse)?;
        let done = self.rollup.add_columns(&RecordColumns { length, labels, columns }).map_err(refuse)?;
        let errors = done.refusals.into_iter().map(|refusal| {
            let field = match &refusal.error {
                Error::Field { field, .. } => field.clone(),
                _ => String::new(),
            };
            json!({ "row": refusal.row, "code": refusal.error.code(), "message": refusal.error.to_string(), "field": field })
        });
        to_js(&json!({ "added": done.added, "refused": done.refused, "errors": errors.collect::<Value>() }))
    }

    /// Adds what another rollup holds.
    pub fn merge(&mut self, other: &RawRollup) {
        self.rollup.merge(&other.rollup);
    }

    /// The scores so far.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn report(&self) -> Answer<JsValue> {
        to_js(&self.rollup.report())
    }

    /// The answer to a question about the rollup.
    pub fn ask(&self, question: &str, input: JsValue) -> Answer<JsValue> {
        self.answer(question, None, input)
    }

    /// The answer to a question about the rollup and that of an earlier period.
    #[wasm_bindgen(js_name = askAgainst)]
    pub fn ask_against(&self, question: &str, before: &RawRollup, input: JsValue) -> Answer<JsValue> {
        self.answer(question, Some(&before.rollup), input)
    }

    /// A rollup for others' eyes; `facts` says what it cost.
    pub fn share(&self, options: JsValue) -> Answer<RawRollup> {
        let shared = plain(options, "options").and_then(|options| self.rollup.share_with(options)).map_err(refuse)?;
        let (rollup, facts) = shared;
        Ok(RawRollup { rollup, facts })
    }

    /// Of a shared rollup: groups withheld, epsilon, the noise and what is left of the budget. Else null.
    pub fn facts(&self) -> Answer<JsValue> {
        to_js(&self.facts)
    }

    /// The rollup as bytes.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.rollup.to_bytes()
    }

    /// The rollup as JSON.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> Answer<JsValue> {
        to_js(&self.rollup.to_json())
    }
}

impl RawRollup {
    fn answer(&self, question: &str, before: Option<&Rollup>, input: JsValue) -> Answer<JsValue> {
        let input = plain(input, "options").map_err(refuse)?;
        let answer = self.rollup.ask(question, before, input).map_err(refuse)?;
        to_js(&answer)
    }
}

/// Columns out of their object.
fn read(columns: &Object) -> Result<std::collections::BTreeMap<String, Vec<f64>>> {
    let wrong = || Error::Field { field: "columns".into(), what: "must be an object of Float64Array".into() };
    let one = |pair: JsValue| {
        let pair = js_sys::Array::from(&pair);
        let name = pair.get(0).as_string()?;
        Some((name, pair.get(1).dyn_into::<Float64Array>().ok()?.to_vec()))
    };
    Object::entries(columns).iter().map(|pair| one(pair).ok_or_else(wrong)).collect()
}
