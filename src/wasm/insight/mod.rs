//! What many analysed records say, for JavaScript. Knows no model.

mod care;
mod replies;
mod rollup;

use wasm_bindgen::prelude::*;

use super::convert::{Answer, plain, refuse, to_js};
use super::panic;
use crate::score::{Rollup, ask};
use rollup::RawRollup;

/// One instance; it holds nothing by itself.
#[wasm_bindgen]
pub struct RawInsight {}

#[wasm_bindgen]
impl RawInsight {
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)] // a constructor of JavaScript
    pub fn new() -> RawInsight {
        panic::report_place();
        RawInsight {}
    }

    /// Version of the engine this belongs to.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        crate::VERSION.to_owned()
    }

    /// An empty rollup.
    pub fn rollup(&self, options: JsValue) -> Answer<RawRollup> {
        let rollup = plain(options, "options").and_then(Rollup::from_options).map_err(refuse)?;
        Ok(RawRollup::of(rollup))
    }

    /// A rollup out of the bytes of one.
    #[wasm_bindgen(js_name = readRollup)]
    pub fn read_rollup(&self, bytes: &[u8]) -> Answer<RawRollup> {
        Rollup::from_bytes(bytes).map(RawRollup::of).map_err(refuse)
    }

    /// A rollup out of its JSON.
    #[wasm_bindgen(js_name = readRollupJson)]
    pub fn read_rollup_json(&self, json: JsValue) -> Answer<RawRollup> {
        plain(json, "rollup").and_then(|json| Rollup::from_json(&json)).map(RawRollup::of).map_err(refuse)
    }

    /// The answer to a question that needs no rollup.
    pub fn ask(&self, question: &str, input: JsValue) -> Answer<JsValue> {
        let answer = plain(input, "input").and_then(|input| ask(question, input)).map_err(refuse)?;
        to_js(&answer)
    }
}
