//! Redaction for JavaScript.

use wasm_bindgen::prelude::*;

use super::RawEngine;
use super::convert::{Answer, plain, refuse, to_js};
use crate::privacy::{self, RedactOptions};

#[wasm_bindgen]
impl RawEngine {
    /// Takes personal data out of a text; spans in UTF-16.
    #[wasm_bindgen(unchecked_return_type = "Redaction")]
    pub fn redact(&self, text: &str, options: JsValue) -> Answer<JsValue> {
        let options = plain(options, "options").and_then(RedactOptions::from_value).map_err(refuse)?;
        let mut redaction = privacy::redact(text, &options).map_err(refuse)?;
        redaction.to_utf16(text);
        to_js(&redaction)
    }
}
