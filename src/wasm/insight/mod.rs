//! What many analysed records say, for JavaScript. Knows no model.

mod replies;
mod score;

use wasm_bindgen::prelude::*;

use super::panic;
use crate::score::Rollup;
use score::RawRollup;

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
    pub fn rollup(&self) -> RawRollup {
        RawRollup { rollup: Rollup::new() }
    }
}
