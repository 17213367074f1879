//! Policies and decisions for JavaScript.

use wasm_bindgen::prelude::*;

use super::RawEngine;
use super::convert::{Answer, plain, refuse, to_js};
use crate::message::Message;
use crate::triage::{self, Policy};

#[wasm_bindgen]
impl RawEngine {
    /// Reads a policy from JSON text.
    #[wasm_bindgen(js_name = compilePolicy)]
    pub fn compile_policy(&self, json: &str) -> Answer<RawPolicy> {
        Ok(RawPolicy { policy: Policy::from_json(json).map_err(refuse)? })
    }

    /// The default policy as JSON text.
    #[wasm_bindgen(js_name = defaultPolicy)]
    pub fn default_policy(&self) -> String {
        triage::DEFAULT_POLICY_JSON.to_string()
    }

    /// Analyses, redacts and decides about one message, by the policy given.
    #[wasm_bindgen(unchecked_return_type = "Decision")]
    pub fn triage(&self, message: JsValue, policy: &RawPolicy, options: JsValue) -> Answer<JsValue> {
        self.decide(message, &policy.policy, options)
    }

    /// As `triage`, by the default policy.
    #[wasm_bindgen(js_name = triageByDefault, unchecked_return_type = "Decision")]
    pub fn triage_by_default(&self, message: JsValue, options: JsValue) -> Answer<JsValue> {
        self.decide(message, triage::default_policy(), options)
    }
}

impl RawEngine {
    fn decide(&self, message: JsValue, policy: &Policy, options: JsValue) -> Answer<JsValue> {
        let message = plain(message, "message").and_then(Message::from_value).map_err(refuse)?;
        let options = self.options(options).map_err(refuse)?;
        let mut decision = self.engine.triage(&message, policy, &options).map_err(refuse)?;
        decision.to_utf16(&message.text);
        to_js(&decision)
    }
}

/// A compiled policy.
#[wasm_bindgen]
pub struct RawPolicy {
    policy: Policy,
}

#[wasm_bindgen]
impl RawPolicy {
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.policy.id().to_string()
    }

    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        self.policy.version().to_string()
    }
}
