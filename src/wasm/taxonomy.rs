//! Compiled taxonomies and the handles by which options name them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::convert::{Answer, to_js};
use crate::error::{Error, Result};
use crate::taxonomy::Taxonomy;

/// Taxonomies by handle; freed ones leave a gap.
pub(super) type Slots = Rc<RefCell<Vec<Option<Arc<Taxonomy>>>>>;

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

/// The taxonomy with this handle.
///
/// # Errors
/// [`Error::Option`] when there is none.
pub(super) fn named(slots: &Slots, handle: &Value) -> Result<Arc<Taxonomy>> {
    let at = handle.as_f64().map(|at| at as usize);
    let known = at.and_then(|at| slots.borrow().get(at).cloned().flatten());
    known.ok_or_else(|| Error::Option { name: "taxonomy".into(), what: "must be a compiled taxonomy".into() })
}

/// One compiled taxonomy.
#[wasm_bindgen]
pub struct RawTaxonomy {
    taxonomy: Arc<Taxonomy>,
    slots: Slots,
    at: usize,
}

impl RawTaxonomy {
    pub(super) fn keep(slots: &Slots, taxonomy: Arc<Taxonomy>) -> RawTaxonomy {
        let mut all = slots.borrow_mut();
        let free = all.iter().position(Option::is_none);
        let at = free.unwrap_or(all.len());
        match all.get_mut(at) {
            Some(slot) => *slot = Some(taxonomy.clone()),
            None => all.push(Some(taxonomy.clone())),
        }
        RawTaxonomy { taxonomy, slots: slots.clone(), at }
    }
}

impl Drop for RawTaxonomy {
    fn drop(&mut self) {
        if let Some(slot) = self.slots.borrow_mut().get_mut(self.at) {
            *slot = None;
        }
    }
}

#[wasm_bindgen]
impl RawTaxonomy {
    /// What the option `taxonomy` takes.
    #[wasm_bindgen(getter)]
    pub fn handle(&self) -> usize {
        self.at
    }

    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.taxonomy.id().to_string()
    }

    /// Number of different phrases, terms of rules included.
    #[wasm_bindgen(getter)]
    pub fn phrases(&self) -> usize {
        self.taxonomy.phrases()
    }

    /// Memory that the compiled phrases take, in bytes, about.
    #[wasm_bindgen(getter, js_name = memoryBytes)]
    pub fn memory_bytes(&self) -> usize {
        self.taxonomy.memory_bytes()
    }

    #[wasm_bindgen(unchecked_return_type = "TopicInfo[]")]
    pub fn topics(&self) -> Answer<JsValue> {
        to_js(&topics(&self.taxonomy))
    }

    /// What is wrong or doubtful.
    #[wasm_bindgen(unchecked_return_type = "TaxonomyFinding[]")]
    pub fn lint(&self) -> Answer<JsValue> {
        to_js(&self.taxonomy.lint())
    }

    /// Runs the examples.
    #[wasm_bindgen(unchecked_return_type = "TaxonomyTest")]
    pub fn test(&self) -> Answer<JsValue> {
        to_js(&self.taxonomy.test())
    }
}
