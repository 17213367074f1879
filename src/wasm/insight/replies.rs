//! Replies for JavaScript.

use wasm_bindgen::prelude::*;

use super::RawInsight;
use crate::triage::replies::ask;
use crate::wasm::convert::{Answer, plain, refuse, to_js};

#[wasm_bindgen]
impl RawInsight {
    /// The answer to a question about replies.
    #[wasm_bindgen(js_name = askReply)]
    pub fn ask_reply(&self, question: &str, input: JsValue) -> Answer<JsValue> {
        let answer = plain(input, "input").and_then(|input| ask(question, input)).map_err(refuse)?;
        to_js(&answer)
    }
}
