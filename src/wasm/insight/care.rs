//! Cases, clocks, pauses, returns and channels for JavaScript.

use wasm_bindgen::prelude::*;

use super::RawInsight;
use crate::triage::ask;
use crate::wasm::convert::{Answer, plain, refuse, to_js};

#[wasm_bindgen]
impl RawInsight {
    /// The answer to a question about cases and what stands around them.
    pub fn care(&self, question: &str, input: JsValue) -> Answer<JsValue> {
        let answer = plain(input, "input").and_then(|input| ask(question, input)).map_err(refuse)?;
        to_js(&answer)
    }
}
