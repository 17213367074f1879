//! What one analysed record contributes to a report.

use serde::{Deserialize, Deserializer, de::Error as _};

use super::MAX_COUNT;
use crate::analysis::SentimentLabel;
use crate::error::{Error, Result};
use crate::message::{Channel, Rating};

/// One analysed record. Every field is optional; unknown fields are refused on reading.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ScoreRecord {
    /// Position in the source, to find the row again: 0..=2^53 - 1.
    /// Absent: how many records were offered to the rollup before this one.
    pub index: Option<u64>,
    #[serde(deserialize_with = "sentiment_label")]
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
    /// False keeps the record out of sentiment figures; its rating still counts.
    pub meaningful: Option<bool>,
}

impl ScoreRecord {
    /// Checks what the types alone cannot.
    ///
    /// # Errors
    /// [`Error::Field`] naming `rating.value` (outside its scale), `score` (not a number in
    /// -1..=1) or `index` (over 2^53 - 1).
    pub fn check(&self) -> Result<()> {
        self.rating.as_ref().map_or(Ok(()), Rating::check)?;
        if self.score.is_some_and(|score| !(-1.0..=1.0).contains(&score)) {
            return Err(Error::Field { field: "score".into(), what: "must be a number from -1 to 1".into() });
        }
        if self.index.is_some_and(|index| index > MAX_COUNT) {
            return Err(Error::Field { field: "index".into(), what: format!("must be at most {MAX_COUNT}") });
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

/// Reads a label without ever repeating what stood in its place.
fn sentiment_label<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<SentimentLabel>, D::Error> {
    let Some(slug) = Option::<String>::deserialize(from)? else { return Ok(None) };
    match SentimentLabel::from_slug(&slug) {
        Some(label) => Ok(Some(label)),
        None => Err(D::Error::custom("sentiment must be negative, neutral or positive")),
    }
}
