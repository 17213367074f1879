//! Applies a policy to an analysed message.

use serde::Serialize;

use super::condition::{Condition, Facts};
use super::policy::{Action, DecisionMode, Policy};
use super::words;
use crate::analysis::Analysis;
use crate::error::Result;
use crate::message::Message;
use crate::privacy::Redaction;
use crate::span::{Span, Utf16Index};

/// Why a decision was taken. No text of the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Id of the rule.
    pub rule: String,
    /// The condition that held, in words.
    pub because: String,
    /// Where in the text, when the reason is a place; in order, not overlapping.
    pub spans: Vec<Span>,
}

/// The policy that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyName {
    pub id: String,
    pub version: String,
}

/// Why there is no redacted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedactionError {
    /// The stable code of the error.
    pub code: &'static str,
    pub message: String,
}

/// What to do now about one message. Spans are bytes of the text until [`Decision::to_utf16`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    pub action: Action,
    pub queue: String,
    /// 1 is the most urgent, 4 the least.
    pub priority: u8,
    /// `None` when no reply is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond_within_minutes: Option<u32>,
    pub mode: DecisionMode,
    /// First the rule that decided, then every condition of it that held.
    pub reasons: Vec<Reason>,
    /// The text without personal data; `None` when it could not be redacted (fails closed).
    pub redacted: Option<String>,
    /// Why `redacted` is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redaction_error: Option<RedactionError>,
    pub policy: PolicyName,
    pub analysis: Analysis,
}

impl Decision {
    /// Turns every span, those of the analysis too, from bytes into UTF-16 code units of `text`,
    /// the text of the message.
    pub fn to_utf16(&mut self, text: &str) {
        let index = Utf16Index::new(text);
        for span in self.reasons.iter_mut().flat_map(|reason| &mut reason.spans) {
            *span = index.span(*span);
        }
        self.analysis.to_utf16(text);
    }
}

/// Decides by the first rule that holds, else by the default. Pure: the same input gives the same
/// decision. `O(size of the policy + bytes of the text)`.
///
/// `analysis` and `redaction` must be of `message.text`. A redaction that failed leaves `redacted`
/// empty and names the error; the decision itself stands, since it rests on the analysis.
pub fn decide(policy: &Policy, message: &Message, analysis: &Analysis, redaction: Result<Redaction>) -> Decision {
    let facts = Facts::new(message, analysis, policy.phrases());
    let holds = |when: &Option<Condition>| when.as_ref().is_none_or(|when| when.holds(&facts));
    let rule = policy.rules().iter().find(|rule| holds(&rule.when)).unwrap_or(policy.default_rule());

    let mut reasons = Vec::new();
    let mut reason = |because: String, spans| reasons.push(Reason { rule: rule.id.clone(), because, spans });
    match &rule.when {
        Some(when) => {
            reason("first rule that holds".to_owned(), Vec::new());
            explain(when, true, &facts, &mut reason);
        }
        None => reason("no earlier rule holds".to_owned(), Vec::new()),
    }
    let (redacted, redaction_error) = match redaction {
        Ok(redaction) => (Some(redaction.text), None),
        Err(error) => (None, Some(RedactionError { code: error.code(), message: error.to_string() })),
    };
    // A decision travels on: of the message it holds nothing but what was redacted.
    let mut analysis = analysis.clone();
    analysis.signals.drop_words();
    Decision {
        action: rule.then.action,
        queue: rule.then.queue.clone(),
        priority: rule.then.priority,
        respond_within_minutes: rule.then.respond_within_minutes,
        mode: rule.then.mode,
        reasons,
        redacted,
        redaction_error,
        policy: PolicyName { id: policy.id().to_owned(), version: policy.version().to_owned() },
        analysis,
    }
}

/// Gives a reason for every condition on a single fact by which `condition` came out as `held`.
fn explain(condition: &Condition, held: bool, facts: &Facts, reason: &mut dyn FnMut(String, Vec<Span>)) {
    match condition {
        Condition::Not(part) => explain(part, !held, facts, reason),
        // Where an `any` held some parts may not have, and the other way round for `all`.
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts.iter().filter(|part| part.holds(facts) == held) {
                explain(part, held, facts, reason);
            }
        }
        single => {
            if let Some((because, spans)) = words::because(single, held, facts) {
                reason(because, spans);
            }
        }
    }
}
