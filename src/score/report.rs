//! The result types: what a report says. They match src/wasm/types/score.d.ts name by name.

use serde::Serialize;

use crate::analysis::SentimentLabel;

/// A figure with its interval. No number in it is NaN, infinite or minus zero.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// `nps`, `csat5`, `csat7`, `ces7`, `ces7_easy`, `stars5` or `net_sentiment`.
    pub metric: &'static str,
    /// Points -100..=100 (`nps`, `net_sentiment`), percent 0..=100 (`csat5`, `csat7`,
    /// `ces7_easy`) or points of the scale (`ces7`, `stars5`). `None` when `n` is 0.
    pub value: Option<f64>,
    /// 95 % interval `[low, high]` in the unit of `value`, cut to the metric's range.
    /// `None` when it cannot be given: no answers, or a mean of one answer or of equal answers.
    pub interval: Option<[f64; 2]>,
    /// How many answers stand behind it.
    pub n: u64,
    /// True when `n` is too small to rely on the value; the bounds are constants of [`super`].
    pub too_few: bool,
    /// Name and source of the formula.
    pub method: &'static str,
}

/// Counts of the three sentiments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SentimentCounts {
    pub negative: u64,
    pub neutral: u64,
    pub positive: u64,
}

/// Figures of one channel or language.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Segment {
    /// Slug of the channel or code of the language; `other` for the rest.
    pub key: String,
    /// Records in the segment, with or without a text or rating.
    pub n: u64,
    pub sentiment: SentimentCounts,
    pub net_sentiment: Figure,
    pub ratings: Vec<Figure>,
}

/// A comment that shows best what one side says. `text` is as given: redact it before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Telling {
    /// Position in the source.
    pub index: u64,
    pub sentiment: SentimentLabel,
    /// Above 0 up to 1 for positive comments, below 0 down to -1 for negative ones.
    pub score: f64,
    pub text: String,
}

/// The telling comments of both sides, the most telling first.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TellingComments {
    pub positive: Vec<Telling>,
    pub negative: Vec<Telling>,
}

/// Scores over many records.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Version of the engine.
    pub engine: &'static str,
    /// Records added; refused ones are not among them.
    pub records: u64,
    /// Records with a meaningful text: not said to be meaningless, and said to be meaningful or
    /// carrying a sentiment or a text.
    pub texts: u64,
    pub sentiment: SentimentCounts,
    pub net_sentiment: Figure,
    /// One per scale that occurred (two for `ces7`), in the order nps, csat5, csat7, ces7,
    /// ces7_easy, stars5.
    pub ratings: Vec<Figure>,
    /// Largest first, then by key. Their `n` sum to `records`.
    pub channels: Vec<Segment>,
    /// Largest first, then by key. Records without a language are in none.
    pub languages: Vec<Segment>,
    pub telling: TellingComments,
}
