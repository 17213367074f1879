//! What one analysed record contributes to a report.

use std::collections::BTreeMap;

use super::MAX_COUNT;
use crate::analysis::{Act, Disposition, EffortLevel, Emotion, Intent, SentimentLabel};
use crate::error::{Error, Result};
use crate::message::{Channel, Rating};

/// Longest key of a segment, in bytes.
pub const MAX_KEY_BYTES: usize = 200;
/// Most topics, brands and keys of one record.
pub const MAX_RECORD_KEYS: usize = 64;
/// The most a weight may be.
pub const MAX_WEIGHT: f64 = 1_000.0;

/// A topic of a record, with the sentiment towards it where that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordTopic {
    pub label: String,
    pub sentiment: Option<SentimentLabel>,
}

/// One analysed record. Every field is optional.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScoreRecord {
    /// Position in the source, to find the row again: 0..=2^53 - 1.
    /// Absent: how many records were offered to the rollup before this one.
    pub index: Option<u64>,
    pub sentiment: Option<SentimentLabel>,
    /// Sentiment score in -1..=1; only needed for the telling comments.
    pub score: Option<f64>,
    /// Language code. Only its primary part counts: `pt-BR` is `pt`.
    pub language: Option<String>,
    /// Absent is `other`, as in a message.
    pub channel: Option<Channel>,
    pub rating: Option<Rating>,
    /// Redacted text; only needed for the telling comments.
    pub text: Option<String>,
    /// False keeps the record out of every figure of texts; its rating still counts.
    pub meaningful: Option<bool>,
    /// The caller's id of the message: repeated ones are told, not removed.
    pub id: Option<String>,
    /// Platform or shop.
    pub source: Option<String>,
    /// What the text is about; a label given twice counts once, with its first sentiment.
    pub topics: Vec<RecordTopic>,
    pub intent: Option<Intent>,
    pub emotions: Vec<Emotion>,
    pub acts: Vec<Act>,
    pub disposition: Option<Disposition>,
    /// Absent when the text does not speak of effort.
    pub effort: Option<EffortLevel>,
    /// True when the text says that the customer goes.
    pub leaving: bool,
    /// True when the text recommends, false when it advises against it, absent when it says neither.
    pub recommends: Option<bool>,
    /// Short name of the survey question.
    pub question: Option<String>,
    /// Brands the text names; each counts once.
    pub brands: Vec<String>,
    /// Segments of the caller's own, as in `store` = `17`; names must be among the options of the rollup.
    pub keys: BTreeMap<String, String>,
    /// When it was written, in milliseconds since 1970.
    pub sent_ms: Option<i64>,
    /// The time was told without a time zone and read as UTC: periods may be a day off.
    pub zoneless: bool,
    /// Who wrote: a keyed pseudonym, never a name or address. Only a hash is kept, to count people.
    pub person: Option<String>,
    /// Whether it was answered; absent when it calls for no answer (spam, thanks) or nobody knows.
    pub answered: Option<bool>,
    /// The record stands for an invitation to a survey; without a rating and text nobody answered it.
    pub invited: bool,
    /// How many people of the population the answer stands for, 0..=1000, in millionths; absent is 1.
    pub weight: Option<f64>,
}

impl ScoreRecord {
    /// Checks what the types alone cannot.
    ///
    /// # Errors
    /// [`Error::Field`] naming `rating.value` (outside its scale), `score` (not a number in
    /// -1..=1), `index` (over 2^53 - 1), `weight` (not in 0..=1000), a key that is empty or over 200 bytes, or a
    /// list over 64.
    pub fn check(&self) -> Result<()> {
        self.rating.as_ref().map_or(Ok(()), Rating::check)?;
        if self.score.is_some_and(|score| !(-1.0..=1.0).contains(&score)) {
            return Err(Error::Field { field: "score".into(), what: "must be a number from -1 to 1".into() });
        }
        if self.index.is_some_and(|index| index > MAX_COUNT) {
            return Err(Error::Field { field: "index".into(), what: format!("must be at most {MAX_COUNT}") });
        }
        if self.weight.is_some_and(|weight| !(0.0..=MAX_WEIGHT).contains(&weight)) {
            return Err(Error::Field { field: "weight".into(), what: "must be a number from 0 to 1000".into() });
        }
        let fits = |key: &str| (1..=MAX_KEY_BYTES).contains(&key.len());
        let wrong = |field: &str| Error::Field { field: field.into(), what: "must have 1 to 200 bytes".into() };
        let many = |field: &str| Error::Field { field: field.into(), what: "must have at most 64 items".into() };
        for (field, key) in [("source", &self.source), ("question", &self.question)] {
            if key.as_ref().is_some_and(|key| !fits(key)) {
                return Err(wrong(field));
            }
        }
        let topics = || self.topics.iter().map(|topic| topic.label.as_str());
        let lists: [(&str, usize, bool); 3] = [
            ("topics", self.topics.len(), topics().all(fits)),
            ("brands", self.brands.len(), self.brands.iter().all(|brand| fits(brand))),
            ("keys", self.keys.len(), self.keys.values().all(|key| fits(key))),
        ];
        for (field, len, fit) in lists {
            if len > MAX_RECORD_KEYS {
                return Err(many(field));
            }
            if !fit {
                return Err(wrong(field));
            }
        }
        Ok(())
    }

    /// True unless the record says otherwise.
    pub(super) fn counts_for_sentiment(&self) -> bool {
        self.meaningful != Some(false)
    }

    /// True when the record stands for a meaningful text: it is not said to be meaningless, and
    /// it says it is meaningful, or carries a sentiment, or carries a text that is not blank.
    pub(super) fn has_text(&self) -> bool {
        let carries = || self.sentiment.is_some() || self.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        self.counts_for_sentiment() && (self.meaningful == Some(true) || carries())
    }
}
