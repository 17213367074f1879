//! Scores over many records for JavaScript.

use wasm_bindgen::prelude::*;

use crate::score::{Rollup, ScoreRecord};
use crate::wasm::convert::{Answer, plain, refuse, to_js};

/// Scores in the making.
#[wasm_bindgen]
pub struct RawRollup {
    pub(super) rollup: Rollup,
}

#[wasm_bindgen]
impl RawRollup {
    /// Adds one record.
    pub fn add(&mut self, record: JsValue) -> Answer<()> {
        let record = plain(record, "record").and_then(ScoreRecord::from_value).map_err(refuse)?;
        self.rollup.add(&record).map_err(refuse)
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
}
