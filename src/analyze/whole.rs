//! From a message to a decision: analysis, redaction and policy in one call.

use super::{AnalyzeOptions, Engine, cut};
use crate::error::Result;
use crate::message::Message;
use crate::privacy::{self, RedactOptions};
use crate::triage::{self, Decision, Policy};

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
        message.check()?;
        let options = AnalyzeOptions {
            lang: options.lang.clone().or_else(|| message.lang.clone()),
            question: options.question.clone().or_else(|| message.question.clone()),
            parent: options.parent.clone().or_else(|| message.parent.clone()),
            // A decision may depend on personal data, whatever the caller wants to see of it.
            pii: true,
            channel: message.channel,
            ..options.clone()
        };
        let analysis = self.analyze(&message.text, &options)?;
        let limits = RedactOptions { max_text_bytes: options.max_text_bytes, ..RedactOptions::default() };
        if !analysis.truncated {
            // The analysis read the whole text and gives all it found: no need to look again.
            let redaction = privacy::settle(&message.text, analysis.pii.clone(), &limits);
            return Ok(triage::decide(policy, message, &analysis, redaction));
        }
        let redaction = privacy::redact(&message.text, &limits);
        // Phrases of the policy are looked for in what the analysis read, no further.
        let read = cut(&message.text, options.max_text_bytes).to_string();
        let message = Message { text: read, ..message.clone() };
        Ok(triage::decide(policy, &message, &analysis, redaction))
    }
}
