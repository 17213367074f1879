//! What one text says: the result types of the analysers.

use serde::Serialize;

use crate::privacy::Pii;
use crate::span::Span;

/// How the text feels about what it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SentimentLabel {
    Negative,
    Neutral,
    Positive,
}

impl SentimentLabel {
    /// In the order of the model's columns.
    pub const ALL: [SentimentLabel; 3] = [SentimentLabel::Negative, SentimentLabel::Neutral, SentimentLabel::Positive];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            SentimentLabel::Negative => "negative",
            SentimentLabel::Neutral => "neutral",
            SentimentLabel::Positive => "positive",
        }
    }

    /// The label with this slug.
    pub fn from_slug(slug: &str) -> Option<SentimentLabel> {
        SentimentLabel::ALL.into_iter().find(|label| label.slug() == slug)
    }
}

/// What a person does with the words; found by cues in this version (question and thanks).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Question,
    Thanks,
}

impl Act {
    pub const ALL: [Act; 2] = [Act::Question, Act::Thanks];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Act::Question => "question",
            Act::Thanks => "thanks",
        }
    }
}

/// The language of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Language {
    /// ISO 639-1, else 639-3; `und` for texts without words, and for texts of one to three letters
    /// in scripts that many languages share, unless the hint agrees.
    pub code: String,
    /// ISO 15924 code of the script most letters belong to, `Zyyy` without letters.
    pub script: &'static str,
    /// Probability in 0..=1, calibrated on dev texts of the language set (models/CARD.md).
    pub confidence: f64,
    /// True when `confidence` reaches 0.8 and the text has ten letters (five in Korean, Japanese,
    /// Chinese) or the hint agrees. Reports count other texts under `und`.
    pub reliable: bool,
}

/// Probabilities of the three labels; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SentimentProbabilities {
    pub negative: f64,
    pub neutral: f64,
    pub positive: f64,
}

/// Sentiment of a text or a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sentiment {
    pub label: SentimentLabel,
    /// Probability of positive minus probability of negative, -1..=1.
    pub score: f64,
    pub probabilities: SentimentProbabilities,
}

/// Sentiment of one sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceSentiment {
    pub span: Span,
    pub sentiment: Sentiment,
}

/// What one text says. Spans are bytes of the text given until [`Analysis::to_utf16`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// Version of the engine.
    pub engine: &'static str,
    /// Version of the model pack.
    pub model: String,
    pub language: Language,
    pub sentiment: Sentiment,
    /// Only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentences: Option<Vec<SentenceSentiment>>,
    pub acts: Vec<Act>,
    /// False for "n/a", "asdf", "없음", emptiness and other answers that say nothing.
    pub meaningful: bool,
    pub pii: Vec<Pii>,
    /// True when the text was longer than the limit and only its beginning was read, or when it
    /// holds 4,096 or more sentences or pieces of personal data, of which the first are given.
    pub truncated: bool,
}

impl Analysis {
    /// Turns every span from bytes into UTF-16 code units of `text`, the text that was analysed.
    pub fn to_utf16(&mut self, text: &str) {
        let index = crate::span::Utf16Index::new(text);
        for sentence in self.sentences.iter_mut().flatten() {
            sentence.span = index.span(sentence.span);
        }
        for pii in &mut self.pii {
            pii.span = index.span(pii.span);
        }
    }
}
