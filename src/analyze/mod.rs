//! Asks one text every question: language, sentiment, acts, whether it says anything, personal data.

mod cues;
mod language;
mod meaningful;
mod phrases;
mod whole;

use crate::analysis::{Analysis, SentenceSentiment, Sentiment, SentimentLabel, SentimentProbabilities};
use crate::error::{Error, Result};
use crate::limits::{DEFAULT_TEXT_BYTES, MAX_SPANS, check_text_limit};
use crate::model::{Head, HeadKind, Model, Sums, softmax};
use crate::privacy::{self, PiiType};
use crate::span::Span;
use crate::text::{Normalized, segment};

/// The model every engine carries unless given another.
const EDGE_PACK: &[u8] = include_bytes!("../../models/edge.bin");

/// What to find out about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnalyzeOptions {
    /// BCP 47 hint of the language, used when the text is too short to tell.
    pub lang: Option<String>,
    /// Also give sentiment per sentence.
    pub sentences: bool,
    /// Look for personal data.
    pub pii: bool,
    /// Longest text read, in bytes: 1..=[`crate::limits::MAX_TEXT_BYTES`]. A longer one is cut and flagged.
    pub max_text_bytes: usize,
}

impl Default for AnalyzeOptions {
    fn default() -> Self {
        AnalyzeOptions { lang: None, sentences: false, pii: true, max_text_bytes: DEFAULT_TEXT_BYTES }
    }
}

impl AnalyzeOptions {
    /// # Errors
    /// [`Error::Option`] naming `maxTextBytes` when it is 0 or over the limit.
    pub fn check(&self) -> Result<()> {
        check_text_limit(self.max_text_bytes)
    }
}

/// The engine: one model, ready to analyse any number of texts.
#[derive(Debug)]
pub struct Engine {
    model: Model,
    sentiment: usize,
    language: usize,
}

/// Buffers one run of analyses needs; reused between the texts of a batch.
struct Scratch {
    sums: Sums,
    vector: Vec<f32>,
    logits: Vec<f32>,
}

impl Engine {
    /// An engine with the embedded model.
    ///
    /// # Errors
    /// [`Error::Model`] when the embedded pack is damaged, which a test rules out.
    pub fn new() -> Result<Engine> {
        Engine::with_model(EDGE_PACK)
    }

    /// An engine with the model pack in `bytes`.
    ///
    /// # Errors
    /// [`Error::Model`] when the pack cannot be read or lacks a head.
    pub fn with_model(bytes: &[u8]) -> Result<Engine> {
        let model = Model::from_bytes(bytes)?;
        let find = |name| model.heads.iter().position(|head| head.name == name);
        let missing = |what| Error::Model { at: bytes.len(), what };
        let sentiment = find("sentiment").ok_or_else(|| missing("the head sentiment is missing"))?;
        let language = find("language").ok_or_else(|| missing("the head language is missing"))?;
        let order = SentimentLabel::ALL.map(SentimentLabel::slug);
        if model.heads[sentiment].labels != order {
            return Err(missing("the labels of the head sentiment are not negative, neutral, positive"));
        }
        if [sentiment, language].iter().any(|head| model.heads[*head].kind != HeadKind::OneOf) {
            return Err(missing("the heads sentiment and language must have one label each text"));
        }
        Ok(Engine { model, sentiment, language })
    }

    /// Version of the model pack.
    pub fn model_version(&self) -> &str {
        &self.model.version
    }

    /// Language codes the engine can answer, `und` last.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.model.heads[self.language].labels.iter().map(String::as_str).chain(["und"])
    }

    /// Number of features the model keeps.
    pub fn features(&self) -> usize {
        self.model.features()
    }

    /// Analyses one text. Spans are bytes of `text`. `O(bytes)`; at most
    /// `options.max_text_bytes` are read.
    ///
    /// # Errors
    /// [`Error::Option`] only: no text is refused.
    pub fn analyze(&self, text: &str, options: &AnalyzeOptions) -> Result<Analysis> {
        options.check()?;
        Ok(self.analyze_with(&mut self.scratch(), text, options))
    }

    /// Analyses texts one after another, as [`Engine::analyze`] would each, and hands each result
    /// to `take` with its position.
    ///
    /// # Errors
    /// [`Error::Option`] before any text is read.
    pub fn analyze_batch<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        options: &AnalyzeOptions,
        mut take: impl FnMut(usize, Analysis),
    ) -> Result<()> {
        options.check()?;
        let mut scratch = self.scratch();
        for (i, text) in texts.into_iter().enumerate() {
            take(i, self.analyze_with(&mut scratch, text, options));
        }
        Ok(())
    }

    fn scratch(&self) -> Scratch {
        Scratch { sums: Sums::new(&self.model), vector: Vec::new(), logits: Vec::new() }
    }

    fn analyze_with(&self, scratch: &mut Scratch, text: &str, options: &AnalyzeOptions) -> Analysis {
        let read = cut(text, options.max_text_bytes);
        let normal = Normalized::new(read);
        scratch.sums.read(&self.model, normal.text());
        let sentiment = self.sentiment(scratch);
        let language = language::detect(&self.model, self.language_head(), scratch, &normal, options.lang.as_deref());
        let found = cues::cues().find(normal.text());
        let sentences = options.sentences.then(|| self.sentences(scratch, &normal));
        let pii = if options.pii { privacy::detect(&normal, &PiiType::ALL) } else { Vec::new() };
        let crowded = pii.len() >= MAX_SPANS || sentences.as_ref().is_some_and(|all| all.len() >= MAX_SPANS);
        Analysis {
            engine: crate::VERSION,
            model: self.model.version.clone(),
            language,
            sentiment,
            sentences,
            acts: found,
            meaningful: meaningful::is_meaningful(normal.text()),
            pii,
            truncated: read.len() < text.len() || crowded,
        }
    }

    fn language_head(&self) -> &Head {
        &self.model.heads[self.language]
    }

    fn sentiment(&self, scratch: &mut Scratch) -> Sentiment {
        let head = &self.model.heads[self.sentiment];
        let p = probabilities(&self.model, head, scratch);
        let top = (0..3).fold(0, |top, i| if p[i] > p[top] { i } else { top });
        Sentiment {
            label: SentimentLabel::ALL[top],
            score: f64::from(p[2] - p[0]),
            probabilities: SentimentProbabilities {
                negative: p[0].into(),
                neutral: p[1].into(),
                positive: p[2].into(),
            },
        }
    }

    fn sentences(&self, scratch: &mut Scratch, normal: &Normalized<'_>) -> Vec<SentenceSentiment> {
        let spans: Vec<Span> = segment::sentences(normal.text()).into_iter().take(MAX_SPANS).collect();
        spans
            .into_iter()
            .map(|span| {
                scratch.sums.read(&self.model, span.slice(normal.text()).unwrap_or(""));
                SentenceSentiment { span: normal.to_original(span), sentiment: self.sentiment(scratch) }
            })
            .collect()
    }
}

/// Probabilities of a head for the text the sums have read; left in `scratch.logits`.
fn probabilities<'s>(model: &Model, head: &Head, scratch: &'s mut Scratch) -> &'s [f32] {
    scratch.sums.vector(model, head.block, &mut scratch.vector);
    head.logits(&scratch.vector, &mut scratch.logits);
    softmax(&mut scratch.logits);
    &scratch.logits
}

/// The beginning of `text` in at most `most` bytes, on a character boundary.
fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
