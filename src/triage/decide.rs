//! Applies a policy to an analysed message.

use serde::Serialize;

use super::action::{Action, DecisionMode, ToneHint};
use super::condition::{Condition, Facts};
use super::policy::{Policy, Rule};
use super::situation::Situation;
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

/// What is left of the time to reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    /// Minutes since the message was sent.
    pub age_minutes: u32,
    /// Minutes left, business minutes where the situation counts them; 0 when it is late.
    pub remaining_minutes: u32,
    /// The deadline has passed: begin the reply with an apology.
    pub late: bool,
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
    /// How the reply should sound: what the rule says, else what the emotions sensed suggest.
    pub tone_hint: ToneHint,
    #[serde(skip)]
    tone_by_emotion: bool,
    /// What the rule needs to know and the message does not bring.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Other outbound messages to the customer wait.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hold: bool,
    /// Only where the time, when it was sent, and a deadline are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
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
    /// Puts the analysis of the text as given in place of the one that decided, and takes the tone hint from its
    /// emotions where the rule gave none. The words of the text stay out.
    pub(crate) fn show(&mut self, mut analysis: Analysis) {
        analysis.signals.drop_words();
        if self.tone_by_emotion {
            self.tone_hint = ToneHint::for_emotions(analysis.emotions.iter().map(|emotion| emotion.label));
        }
        self.analysis = analysis;
    }

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

/// [`decide_in`] where neither the time nor the customer is known.
pub fn decide(policy: &Policy, message: &Message, analysis: &Analysis, redaction: Result<Redaction>) -> Decision {
    decide_in(policy, message, analysis, redaction, &Situation::default())
}

/// Decides by the first rule that holds, else by the default. Pure: the same input gives the same
/// decision. `O(size of the policy + bytes of the text)`.
///
/// `analysis` and `redaction` must be of `message.text`. A redaction that failed leaves `redacted`
/// empty and names the error; the decision itself stands, since it rests on the analysis.
pub fn decide_in(
    policy: &Policy,
    message: &Message,
    analysis: &Analysis,
    redaction: Result<Redaction>,
    situation: &Situation,
) -> Decision {
    let facts = Facts::new(message, analysis, situation, policy.thresholds(), policy.phrases());
    let rule = first_that_holds(policy, &facts);
    let then = &rule.then;
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
    let window = then.respond_within_minutes.zip(situation.age_minutes(message)).map(|(within, age_minutes)| {
        // Who is in danger does not wait for the morning: an escalation has the minutes of the clock.
        let counted = situation.waited_minutes.filter(|_| then.action != Action::Escalate);
        let waited = counted.map_or(age_minutes, |minutes| minutes.min(age_minutes));
        Window { age_minutes, remaining_minutes: within.saturating_sub(waited), late: waited > within }
    });
    let late = window.is_some_and(|window| window.late);
    let sensed = || ToneHint::for_emotions(analysis.emotions.iter().map(|emotion| emotion.label));
    let tone_hint = if late { ToneHint::Apologetic } else { then.tone.unwrap_or_else(sensed) };
    let missing = then.needs.iter().filter(|name| !facts.has(name)).cloned().collect();
    // A decision travels on: of the message it holds nothing but what was redacted.
    let mut analysis = analysis.clone();
    analysis.signals.drop_words();
    Decision {
        action: then.action,
        queue: then.queue.clone(),
        priority: then.priority,
        respond_within_minutes: then.respond_within_minutes,
        mode: mode(policy, rule, &facts),
        tone_hint,
        tone_by_emotion: !late && then.tone.is_none(),
        missing,
        hold: then.hold,
        window,
        reasons,
        redacted,
        redaction_error,
        policy: PolicyName { id: policy.id().to_owned(), version: policy.version().to_owned() },
        analysis,
    }
}

fn first_that_holds<'p>(policy: &'p Policy, facts: &Facts) -> &'p Rule {
    let holds = |when: &Option<Condition>| when.as_ref().is_none_or(|when| when.holds(facts));
    policy.rules().iter().find(|rule| holds(&rule.when)).unwrap_or(policy.default_rule())
}

/// A rule that automates does so only where the intent is sure enough.
fn mode(policy: &Policy, rule: &Rule, facts: &Facts) -> DecisionMode {
    let intent = &facts.analysis.intent;
    let sure = intent.confidence >= policy.thresholds().automate(intent.label);
    if sure { rule.then.mode } else { DecisionMode::Suggest }
}

/// What two policies do with one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub before: Outcome,
    pub after: Outcome,
    /// Which of action, queue, priority, respondWithinMinutes and mode differ; empty when none does.
    pub changed: Vec<&'static str>,
}

/// What a policy does with a message, without the reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Id of the rule that decided.
    pub rule: String,
    pub action: Action,
    pub queue: String,
    pub priority: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond_within_minutes: Option<u32>,
    pub mode: DecisionMode,
}

/// What a policy does with a message: [`decide`] without what only a person reads.
pub fn outcome(policy: &Policy, message: &Message, analysis: &Analysis, situation: &Situation) -> Outcome {
    let facts = Facts::new(message, analysis, situation, policy.thresholds(), policy.phrases());
    let rule = first_that_holds(policy, &facts);
    Outcome {
        rule: rule.id.clone(),
        action: rule.then.action,
        queue: rule.then.queue.clone(),
        priority: rule.then.priority,
        respond_within_minutes: rule.then.respond_within_minutes,
        mode: mode(policy, rule, &facts),
    }
}

/// What changes for a message when `after` takes the place of `before`.
pub fn difference(
    before: &Policy,
    after: &Policy,
    message: &Message,
    analysis: &Analysis,
    situation: &Situation,
) -> Difference {
    let (before, after) = (outcome(before, message, analysis, situation), outcome(after, message, analysis, situation));
    let parts = [
        ("action", before.action != after.action),
        ("queue", before.queue != after.queue),
        ("priority", before.priority != after.priority),
        ("respondWithinMinutes", before.respond_within_minutes != after.respond_within_minutes),
        ("mode", before.mode != after.mode),
    ];
    let changed = parts.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    Difference { before, after, changed }
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
