//! Compiled taxonomies.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::convert::{Answer, to_js};
use super::kept::Kept;
use crate::taxonomy::Taxonomy;

/// A topic as the columns of a batch name it.
#[derive(Serialize)]
pub(super) struct TopicInfo<'t> {
    label: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'t str>,
    target: &'static str,
}

/// The topics of a taxonomy, in its order.
pub(super) fn topics(taxonomy: &Taxonomy) -> Vec<TopicInfo<'_>> {
    let all = taxonomy.topics();
    let parent = |number: u32| all.get(number as usize).map(|parent| parent.id.as_str());
    let info = |topic: &'_ crate::taxonomy::Topic| topic.parent.and_then(parent);
    all.iter().map(|topic| TopicInfo { label: &topic.id, parent: info(topic), target: topic.target.slug() }).collect()
}

/// One compiled taxonomy.
#[wasm_bindgen]
pub struct RawTaxonomy(pub(super) Kept<Taxonomy>);

#[wasm_bindgen]
impl RawTaxonomy {
    /// What the option `taxonomy` takes.
    #[wasm_bindgen(getter)]
    pub fn handle(&self) -> usize {
        self.0.at
    }

    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.0.value.id().to_string()
    }

    /// Number of different phrases, terms of rules included.
    #[wasm_bindgen(getter)]
    pub fn phrases(&self) -> usize {
        self.0.value.phrases()
    }

    /// Memory that the compiled phrases take, in bytes, about.
    #[wasm_bindgen(getter, js_name = memoryBytes)]
    pub fn memory_bytes(&self) -> usize {
        self.0.value.memory_bytes()
    }

    #[wasm_bindgen(unchecked_return_type = "TopicInfo[]")]
    pub fn topics(&self) -> Answer<JsValue> {
        to_js(&topics(&self.0.value))
    }

    /// What is wrong or doubtful.
    #[wasm_bindgen(unchecked_return_type = "TaxonomyFinding[]")]
    pub fn lint(&self) -> Answer<JsValue> {
        to_js(&self.0.value.lint())
    }

    /// Runs the examples.
    #[wasm_bindgen(unchecked_return_type = "TaxonomyTest")]
    pub fn test(&self) -> Answer<JsValue> {
        to_js(&self.0.value.test())
    }
}
