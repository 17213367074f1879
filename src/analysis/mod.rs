//! What one text says: the result types of the analysers.

use serde::Serialize;

use crate::privacy::Pii;
use crate::span::Span;
use crate::taxonomy::Target;

mod labels;
mod signals;

pub use labels::{Act, Disposition, Emotion, Flag, Intent, Safety, SentimentLabel, Sign, State};
pub use signals::{
    Advice, BrandManner, BrandMention, BrandRole, Churn, ChurnReason, Condition, Effort, EffortLevel, Expectation,
    JourneyStage, LinkFinding, LinkKind, MediaType, Recommends, Signals, TimeLost, Urgency, UrgencyLevel,
    UrgencyReason, Wish,
};

/// The language of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Language {
    /// ISO 639-1, else 639-3; `und` for texts without words, and for texts of one to three letters
    /// in scripts that many languages share, unless the hint agrees.
    pub code: String,
    /// ISO 15924 code of the script most letters belong to, `Zyyy` without letters.
    pub script: &'static str,
    /// Probability in 0..=1, calibrated on dev texts of the language set (models/CARD.md); 1 where the
    /// script has one language only.
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
    /// True when something good and something bad are said.
    pub mixed: bool,
    /// Probability of positive minus probability of negative, -1..=1.
    pub score: f64,
    pub probabilities: SentimentProbabilities,
}

/// What one sentence says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    pub span: Span,
    pub sentiment: Sentiment,
    pub acts: Vec<Act>,
}

/// A label that is present, and the places that speak for it most. No number: it is sensed, not measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Present<L> {
    pub label: L,
    /// At most three, the strongest first; empty in batch results.
    pub spans: Vec<Span>,
}

/// A contact reason with its confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ranked {
    pub label: Intent,
    /// Probability in 0..=1, calibrated on dev texts (models/CARD.md).
    pub confidence: f64,
}

/// Why the person makes contact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntentAnswer {
    pub label: Intent,
    /// Probability in 0..=1, calibrated on dev texts (models/CARD.md).
    pub confidence: f64,
    /// The next likeliest reasons above 0.05, at most three.
    pub others: Vec<Ranked>,
}

/// A part of the text and what it added to the logit of a label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Push {
    pub span: Span,
    /// Logit units; positive speaks for the label, negative against it.
    pub weight: f64,
}

/// Why the model gave a label: `logit = bias + rest + sum of weights`, exact up to rounding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// `sentiment`, `emotions`, `acts`, `intent`, `safety` or `flags`.
    pub head: &'static str,
    pub label: &'static str,
    /// True when a listed phrase or the context, not the model, decided; the logit is then the
    /// model's all the same.
    #[serde(rename = "byRule")]
    pub by_rule: bool,
    pub logit: f64,
    /// What the label has before a word is read.
    pub bias: f64,
    /// What the length of the text and the survey question added; they have no place in the text.
    pub rest: f64,
    /// By place, without overlap.
    pub parts: Vec<Push>,
}

/// What a text is about, and how it feels about that.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicFound {
    /// Number among the topics of the taxonomy.
    #[serde(skip)]
    pub number: u32,
    /// Id of the topic.
    pub label: String,
    /// Id of the topic it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    pub target: Target,
    /// Read from the clauses that speak of it; of the sentence where a clause has no opinion.
    pub sentiment: Sentiment,
    /// By place, without overlap; at most 32.
    pub spans: Vec<Span>,
    /// Every mention is negated: "no parking".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
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
    pub sentences: Option<Vec<Sentence>>,
    /// Emotions the words carry.
    pub emotions: Vec<Present<Emotion>>,
    /// What the person does with the words; never empty for a meaningful text.
    pub acts: Vec<Act>,
    pub intent: IntentAnswer,
    /// What the text is about, by first place; see [`crate::taxonomy`].
    pub topics: Vec<TopicFound>,
    /// What a moderator would look at.
    pub safety: Vec<Present<Safety>>,
    /// One thing is said and another meant.
    pub irony: bool,
    /// True when the text is addressed to everyone: announcement, news, advertisement, repost.
    pub broadcast: bool,
    /// False for "n/a", "asdf", "없음", emptiness and other answers that say nothing.
    pub meaningful: bool,
    /// What kind of handling the text calls for.
    pub disposition: Disposition,
    /// The states the customer is in, read from sentiment, acts and emotions.
    pub states: Vec<State>,
    /// Only when asked for: why each label was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    pub pii: Vec<Pii>,
    /// Only when asked for: the phrases that tell what the text is about, the best first, at most
    /// [`crate::limits::MAX_KEYPHRASES`]; empty in languages without a word list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyphrases: Option<Vec<Span>>,
    /// What the text asks for, what it cost, how pressing it is, whether the customer goes. Their
    /// fields stand beside the others.
    #[serde(flatten)]
    pub signals: Signals,
    /// True when the text was longer than the limit and only its beginning was read, or when it
    /// holds 4,096 or more sentences or pieces of personal data, of which the first are given, or more
    /// words of topics than are counted.
    pub truncated: bool,
}

impl Analysis {
    /// Turns every span from bytes into UTF-16 code units of `text`, the text that was analysed.
    pub fn to_utf16(&mut self, text: &str) {
        let index = crate::span::Utf16Index::new(text);
        self.each_span(|span| *span = index.span(*span));
    }

    /// Hands over every span.
    pub(crate) fn each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        self.signals.each_span(&mut change);
        let sentences = self.sentences.iter_mut().flatten().map(|sentence| &mut sentence.span);
        let emotions = self.emotions.iter_mut().flat_map(|emotion| &mut emotion.spans);
        let safety = self.safety.iter_mut().flat_map(|label| &mut label.spans);
        let parts = self.evidence.iter_mut().flatten().flat_map(|one| &mut one.parts).map(|part| &mut part.span);
        let topics = self.topics.iter_mut().flat_map(|topic| &mut topic.spans);
        let pii = self.pii.iter_mut().map(|pii| &mut pii.span);
        let phrases = self.keyphrases.iter_mut().flatten();
        let spans = sentences.chain(topics).chain(emotions).chain(safety).chain(parts).chain(pii).chain(phrases);
        spans.for_each(change);
    }
}
