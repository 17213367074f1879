//! From a message to a decision: analysis, redaction and policy in one call.

use super::{AnalyzeOptions, Engine, cut};
use crate::error::Result;
use crate::message::Message;
use crate::privacy::{self, RedactOptions};
use crate::triage::{self, Decision, Difference, Policy, Situation};

impl Engine {
    /// Analyses and redacts a message and decides about it. Spans are bytes of `message.text`.
    ///
    /// Analysis fails open: a text over the limit is cut and flagged. Redaction fails closed: the
    /// decision then carries no text but the reason.
    ///
    /// # Errors
    /// [`crate::Error::Field`] when the message's rating lies outside its scale,
    /// [`crate::Error::Option`] when an option is out of range.
    pub fn triage(&self, message: &Message, policy: &Policy, options: &AnalyzeOptions) -> Result<Decision> {
        self.triage_in(message, policy, options, &Situation::default())
    }

    /// As [`Engine::triage`], with the time and what is known of the customer.
    ///
    /// # Errors
    /// As [`Engine::triage`].
    pub fn triage_in(
        &self,
        message: &Message,
        policy: &Policy,
        options: &AnalyzeOptions,
        situation: &Situation,
    ) -> Result<Decision> {
        let options = options_for(message, options)?;
        let analysis = self.analyze(&message.text, &options)?;
        let limits = RedactOptions { max_text_bytes: options.max_text_bytes, ..RedactOptions::default() };
        if !analysis.truncated {
            // The analysis read the whole text and gives all it found: no need to look again.
            let redaction = privacy::settle(&message.text, analysis.pii.clone(), &limits);
            let calm = self.toneless(&message.text, &analysis, &options)?;
            let mut decision =
                triage::decide_in(policy, message, calm.as_ref().unwrap_or(&analysis), redaction, situation);
            if calm.is_some() {
                decision.show(analysis);
            }
            return Ok(decision);
        }
        let redaction = privacy::redact(&message.text, &limits);
        let message = as_read(message, &options);
        Ok(triage::decide_in(policy, &message, &analysis, redaction, situation))
    }

    /// Analyses a message and says what changes for it when the policy `after` takes the place of `before`.
    ///
    /// # Errors
    /// As [`Engine::triage`].
    pub fn difference(
        &self,
        message: &Message,
        before: &Policy,
        after: &Policy,
        options: &AnalyzeOptions,
        situation: &Situation,
    ) -> Result<Difference> {
        let options = options_for(message, options)?;
        let analysis = self.analyze(&message.text, &options)?;
        let calm = self.toneless(&message.text, &analysis, &options)?;
        let analysis = calm.as_ref().unwrap_or(&analysis);
        Ok(triage::difference(before, after, &as_read(message, &options), analysis, situation))
    }
}

/// The options, completed by what the message says of itself.
fn options_for(message: &Message, options: &AnalyzeOptions) -> Result<AnalyzeOptions> {
    message.check()?;
    Ok(AnalyzeOptions {
        lang: options.lang.clone().or_else(|| message.lang.clone()),
        question: options.question.clone().or_else(|| message.question.clone()),
        parent: options.parent.clone().or_else(|| message.parent.clone()),
        // A decision may depend on personal data, whatever the caller wants to see of it.
        pii: true,
        channel: message.channel,
        ..options.clone()
    })
}

/// The message as far as the analysis read it: phrases of a policy are looked for there, no further.
fn as_read(message: &Message, options: &AnalyzeOptions) -> Message {
    let read = cut(&message.text, options.max_text_bytes).to_string();
    Message { text: read, ..message.clone() }
}
