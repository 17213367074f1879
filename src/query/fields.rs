//! The fields a query can test, and the labels each knows.

use crate::analysis::{
    Act, ChurnReason, Disposition, EffortLevel, Emotion, Intent, JourneyStage, Safety, SentimentLabel, State,
    UrgencyLevel,
};
use crate::message::{Channel, Scale};
use crate::privacy::PiiType;

/// A field of an analysed row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// `negative`, `neutral`, `positive`; `mixed` where something good and something bad are said.
    Sentiment,
    Emotion,
    Act,
    Intent,
    Safety,
    Disposition,
    State,
    /// A topic found; `label.negative` asks for the topic's own sentiment.
    Topic,
    Urgency,
    /// Whether the customer goes, and why.
    Churn,
    Effort,
    /// Whether something is wished for.
    Wish,
    /// The stages of the journey the text speaks of.
    Journey,
    /// Language code.
    Lang,
    Channel,
    /// Platform slug, as the caller gave it.
    Source,
    /// The caller's key of the customer.
    Customer,
    Thread,
    Id,
    /// The scale a rating was given on.
    Scale,
    /// What a row carries: personal data of a kind, an emotion, a rating, ...
    Has,
    Meaningful,
    Irony,
    Broadcast,
    /// The number of a rating, or the third of its scale.
    Rating,
    /// Sent on or after the first moment of a day in UTC.
    After,
    /// Sent before the first moment of a day in UTC.
    Before,
}

impl Field {
    /// Every field, in the order errors list them.
    pub const ALL: [Field; 27] = [
        Field::Sentiment,
        Field::Emotion,
        Field::Act,
        Field::Intent,
        Field::Safety,
        Field::Disposition,
        Field::State,
        Field::Topic,
        Field::Urgency,
        Field::Churn,
        Field::Effort,
        Field::Wish,
        Field::Journey,
        Field::Lang,
        Field::Channel,
        Field::Source,
        Field::Customer,
        Field::Thread,
        Field::Id,
        Field::Scale,
        Field::Has,
        Field::Meaningful,
        Field::Irony,
        Field::Broadcast,
        Field::Rating,
        Field::After,
        Field::Before,
    ];

    /// The name in queries.
    pub fn name(self) -> &'static str {
        match self {
            Field::Sentiment => "sentiment",
            Field::Emotion => "emotion",
            Field::Act => "act",
            Field::Intent => "intent",
            Field::Safety => "safety",
            Field::Disposition => "disposition",
            Field::State => "state",
            Field::Topic => "topic",
            Field::Urgency => "urgency",
            Field::Churn => "churn",
            Field::Effort => "effort",
            Field::Wish => "wish",
            Field::Journey => "journey",
            Field::Lang => "lang",
            Field::Channel => "channel",
            Field::Source => "source",
            Field::Customer => "customer",
            Field::Thread => "thread",
            Field::Id => "id",
            Field::Scale => "scale",
            Field::Has => "has",
            Field::Meaningful => "meaningful",
            Field::Irony => "irony",
            Field::Broadcast => "broadcast",
            Field::Rating => "rating",
            Field::After => "after",
            Field::Before => "before",
        }
    }

    /// The field with this name.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// True for fields whose values are the caller's own words: any value may be asked for, and
    /// case does not matter.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Field::Source | Field::Customer | Field::Thread | Field::Id)
    }

    /// The labels that may be asked for; `None` where the vocabulary or the field's own syntax says.
    pub(super) fn labels(self) -> Option<Vec<&'static str>> {
        Some(match self {
            Field::Sentiment => SentimentLabel::ALL.map(SentimentLabel::slug).into_iter().chain([MIXED]).collect(),
            Field::Emotion => Emotion::ALL.map(Emotion::slug).to_vec(),
            Field::Act => Act::ALL.map(Act::slug).to_vec(),
            Field::Intent => Intent::ALL.map(Intent::slug).to_vec(),
            Field::Safety => Safety::ALL.map(Safety::slug).to_vec(),
            Field::Disposition => Disposition::ALL.map(Disposition::slug).to_vec(),
            Field::State => State::ALL.map(State::slug).to_vec(),
            Field::Channel => Channel::ALL.map(Channel::slug).to_vec(),
            Field::Scale => Scale::ALL.map(Scale::slug).to_vec(),
            Field::Has => HAS.into_iter().chain(PiiType::ALL.map(PiiType::slug)).collect(),
            Field::Urgency => slugs(UrgencyLevel::ALL, UrgencyLevel::slug),
            Field::Churn => [YES, NO].into_iter().chain(slugs(ChurnReason::ALL, ChurnReason::slug)).collect(),
            Field::Effort => slugs(EffortLevel::ALL, EffortLevel::slug),
            Field::Journey => slugs(JourneyStage::ALL, JourneyStage::slug),
            Field::Meaningful | Field::Irony | Field::Broadcast | Field::Wish => vec![YES, NO],
            _ => return None,
        })
    }
}

fn slugs<L: Copy>(all: &[L], slug: fn(L) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|label| slug(*label)).collect()
}

/// Something good and something bad are said.
pub(super) const MIXED: &str = "mixed";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";
/// What a row can be asked to carry, beside each kind of personal data.
const HAS: [&str; 6] = ["pii", "emotion", "safety", "topic", "rating", "date"];

/// What a query may name that depends on engine and taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    /// Language codes that can be answered; none given allows any.
    pub languages: Vec<String>,
    /// Labels of the topics in force; none given allows any.
    pub topics: Vec<String>,
}

impl Vocabulary {
    /// The values a field takes, for errors and for help while a query is typed. Empty for fields
    /// that take any value, numbers or dates.
    pub fn values(&self, field: Field) -> Vec<&str> {
        match field {
            Field::Lang => self.languages.iter().map(String::as_str).collect(),
            Field::Topic => self.topics.iter().map(String::as_str).collect(),
            Field::Rating => LEVELS.to_vec(),
            _ => field.labels().unwrap_or_default(),
        }
    }
}

/// Thirds of a scale.
pub(super) const LEVELS: [&str; 3] = ["low", "middle", "high"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_fit_the_syntax() {
        for field in Field::ALL {
            assert_eq!(Field::from_name(field.name()), Some(field));
            assert!(field.name().bytes().all(|byte| byte.is_ascii_lowercase()));
        }
    }
}
