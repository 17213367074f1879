//! A conversation: every turn analysed by its role, and the customer's words together.

use serde::{Deserialize, Serialize};

use super::{AnalyzeOptions, Engine};
use crate::analysis::Analysis;
use crate::error::Result;
pub use crate::message::Role;

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    pub role: Role,
    pub text: String,
}

/// A turn with what it says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnalyzedTurn {
    pub role: Role,
    pub analysis: Analysis,
}

/// A conversation, analysed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversation {
    pub turns: Vec<AnalyzedTurn>,
    /// The customer's turns joined by line breaks, read as one text: an agent's "sorry" is never
    /// the customer's emotion. Its spans point into `text`. Absent without a customer's turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<Analysis>,
    /// The customer's words that `customer` was read from.
    pub text: String,
}

impl Engine {
    /// Analyses a conversation; the analyses hold places and no words, which are in the turns. Spans of a turn are bytes of its text.
    ///
    /// # Errors
    /// [`crate::Error::Option`] when an option is out of range.
    pub fn analyze_turns(&self, turns: &[Turn], options: &AnalyzeOptions) -> Result<Conversation> {
        options.check()?;
        let options = &AnalyzeOptions { words: false, ..options.clone() };
        let mut analyzed = Vec::with_capacity(turns.len());
        let mut before: Option<&Turn> = None;
        for turn in turns {
            // What was said just before is the context of a turn.
            let parent = before.filter(|before| before.role != turn.role).map(|before| before.text.clone());
            let options = AnalyzeOptions { parent: parent.or_else(|| options.parent.clone()), ..options.clone() };
            analyzed.push(AnalyzedTurn { role: turn.role, analysis: self.analyze(&turn.text, &options)? });
            before = Some(turn);
        }
        let own: Vec<&str> =
            turns.iter().filter(|turn| turn.role == Role::Customer).map(|turn| turn.text.as_str()).collect();
        let text = own.join("\n");
        // Where somebody else spoke, the customer replies: never to everyone.
        let others = turns.iter().find(|turn| turn.role != Role::Customer).map(|turn| turn.text.clone());
        let options = AnalyzeOptions { parent: options.parent.clone().or(others), ..options.clone() };
        let customer = if own.is_empty() { None } else { Some(self.analyze(&text, &options)?) };
        Ok(Conversation { turns: analyzed, customer, text })
    }
}

impl Conversation {
    /// Turns every span into UTF-16 code units.
    pub fn to_utf16(&mut self, turns: &[Turn]) {
        for (analyzed, turn) in self.turns.iter_mut().zip(turns) {
            analyzed.analysis.to_utf16(&turn.text);
        }
        if let Some(customer) = &mut self.customer {
            customer.to_utf16(&self.text);
        }
    }
}
