//! Policies and decisions for JavaScript.

use wasm_bindgen::prelude::*;

use super::RawEngine;
use super::convert::{Answer, plain, refuse, to_js};
use crate::analyze::AnalyzeOptions;
use crate::error::Result;
use crate::message::Message;
use crate::triage::{self, Costs, Judged, Policy, Situation};

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

    /// What changes for a message when the second policy takes the place of the first.
    #[wasm_bindgen(js_name = comparePolicies, unchecked_return_type = "PolicyDifference")]
    pub fn compare_policies(
        &self,
        message: JsValue,
        before: &RawPolicy,
        after: &RawPolicy,
        options: JsValue,
    ) -> Answer<JsValue> {
        let (message, options, situation) = self.case(message, options).map_err(refuse)?;
        let difference = self.engine.difference(&message, &before.policy, &after.policy, &options, &situation);
        to_js(&difference.map_err(refuse)?)
    }

    /// Chooses thresholds by what mistakes cost.
    #[wasm_bindgen(js_name = chooseThresholds, unchecked_return_type = "ThresholdChoice")]
    pub fn choose_thresholds(&self, confidence: &[f64], correct: &[u8], costs: JsValue) -> Answer<JsValue> {
        let costs = plain(costs, "costs").and_then(Costs::from_value).map_err(refuse)?;
        let judged = |(confidence, correct): (&f64, &u8)| Judged { confidence: *confidence, correct: *correct != 0 };
        let rows: Vec<Judged> = confidence.iter().zip(correct).map(judged).collect();
        to_js(&triage::choose(&rows, &costs).map_err(refuse)?)
    }
}

impl RawEngine {
    fn decide(&self, message: JsValue, policy: &Policy, options: JsValue) -> Answer<JsValue> {
        let (message, options, situation) = self.case(message, options).map_err(refuse)?;
        let mut decision = self.engine.triage_in(&message, policy, &options, &situation).map_err(refuse)?;
        decision.to_utf16(&message.text);
        to_js(&decision)
    }

    /// A message with its options, of which `situation` is the time and the customer.
    fn case(&self, message: JsValue, options: JsValue) -> Result<(Message, AnalyzeOptions, Situation)> {
        let message = plain(message, "message").and_then(Message::from_value)?;
        let mut options = plain(options, "options")?;
        let situation = options.as_object_mut().and_then(|fields| fields.remove("situation")).unwrap_or_default();
        Ok((message, self.options_from(options)?, Situation::from_value(situation)?))
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

    /// What is odd about it. `topics` are the ids conditions may name; with none any may be named.
    #[wasm_bindgen(unchecked_return_type = "PolicyFinding[]")]
    pub fn lint(&self, topics: Vec<String>) -> Answer<JsValue> {
        to_js(&triage::lint(&self.policy, &topics))
    }
}
