//! One moment of a customer's way: who spoke, where, when, and what it was.

use serde::{Deserialize, Serialize};

use super::identity::IdentityKey;
use crate::analysis::{Act, Analysis, Emotion, Intent, JourneyStage, SentimentLabel};
use crate::message::Channel;

/// Who wrote.
pub use crate::message::Role as Speaker;

/// How a moment was for the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Experience {
    Bad,
    Good,
}

/// One event. Times are milliseconds since 1970. No words of the customer.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct JourneyEvent {
    /// The same id again is the same event.
    pub id: String,
    pub at_ms: i64,
    pub channel: Channel,
    pub speaker: Speaker,
    /// Keys of the customer, also on replies; a reply without keys belongs to the first customer of its thread.
    pub keys: Vec<IdentityKey>,
    /// Conversation; absent: what follows in the same channel within three days.
    pub thread: Option<String>,
    /// Asks or requests something: waits for an answer.
    pub asks: bool,
    /// Complains: waits for an answer.
    pub complains: bool,
    pub experience: Option<Experience>,
    /// An emotion such as anger or worry is present.
    pub upset: bool,
    /// Says that they leave.
    pub leaves: bool,
    /// The matter is settled.
    pub resolves: bool,
    /// Contact reason.
    pub intent: Option<String>,
    /// Moment of the experience, such as a journey stage or a touchpoint.
    pub moment: Option<String>,
}

impl JourneyEvent {
    /// Fills in what the analysis of the event's text tells. Good is a positive text or praise or thanks, bad a
    /// negative text or a complaint; a complaint is never good.
    pub fn hear(&mut self, analysis: &Analysis) {
        let does = |act| analysis.acts.contains(&act);
        self.complains = does(Act::Complaint);
        self.asks = does(Act::Question) || does(Act::Request);
        let good = analysis.sentiment.label == SentimentLabel::Positive || does(Act::Praise) || does(Act::Thanks);
        self.experience = if self.complains || analysis.sentiment.label == SentimentLabel::Negative {
            Some(Experience::Bad)
        } else {
            good.then_some(Experience::Good)
        };
        let upsets = [Emotion::Anger, Emotion::Frustration, Emotion::Disappointment, Emotion::Sadness, Emotion::Worry];
        self.upset = analysis.emotions.iter().any(|one| upsets.contains(&one.label));
        self.leaves = analysis.signals.churn.present;
        self.intent = (analysis.intent.label != Intent::None).then(|| analysis.intent.label.slug().to_owned());
        let stage = analysis.signals.journey_stage;
        self.moment = (stage != JourneyStage::None).then(|| stage.slug().to_owned());
    }
}
