//! Results of a batch as columns: one typed array a field, far cheaper than objects.

use wasm_bindgen::prelude::*;

use crate::analysis::Analysis;
use crate::analyze::{AnalyzeOptions, Engine};
use crate::error::Result;
use crate::privacy::VARIETIES;
use crate::span::Utf16Index;
use crate::text::Script;

/// Bits of `flags`.
const MEANINGFUL: u8 = 1;
const TRUNCATED: u8 = 2;
const RELIABLE: u8 = 4;
const MIXED: u8 = 8;
const IRONY: u8 = 16;
const BROADCAST: u8 = 32;
const WISH: u8 = 64;
/// Bits of `topicFlags`.
const TOPIC_MIXED: u8 = 1;
const TOPIC_NEGATED: u8 = 2;

/// One analysed batch. Getters give fresh copies, as long as the batch unless said otherwise.
#[wasm_bindgen]
#[derive(Default)]
pub struct RawColumns {
    length: usize,
    sentiment: Vec<u8>,
    score: Vec<f32>,
    probabilities: Vec<f32>,
    language: Vec<u8>,
    script: Vec<u8>,
    language_confidence: Vec<f32>,
    acts: Vec<u8>,
    emotions: Vec<u16>,
    intent: Vec<u8>,
    intent_confidence: Vec<f32>,
    safety: Vec<u8>,
    disposition: Vec<u8>,
    states: Vec<u8>,
    effort: Vec<u8>,
    minutes_lost: Vec<u32>,
    urgency: Vec<u8>,
    churn: Vec<u8>,
    recommends: Vec<u8>,
    journey_stage: Vec<u8>,
    flags: Vec<u8>,
    topic_offsets: Vec<u32>,
    topic: Vec<u16>,
    topic_sentiment: Vec<u8>,
    topic_score: Vec<f32>,
    topic_flags: Vec<u8>,
    pii_offsets: Vec<u32>,
    pii_type: Vec<u8>,
    pii_start: Vec<u32>,
    pii_end: Vec<u32>,
    pii_certainty: Vec<f64>,
    pii_validated: Vec<u8>,
    pii_kind: Vec<u8>,
}

impl RawColumns {
    pub(super) fn fill(engine: &Engine, texts: &[String], options: &AnalyzeOptions) -> Result<RawColumns> {
        let languages: Vec<&str> = engine.languages().collect();
        let mut columns =
            RawColumns { length: texts.len(), topic_offsets: vec![0], pii_offsets: vec![0], ..RawColumns::default() };
        let given = texts.iter().map(String::as_str);
        let take = |i: usize, analysis: Analysis| columns.push(&texts[i], &languages, &analysis);
        engine.analyze_batch(given, options, take)?;
        Ok(columns)
    }

    fn push(&mut self, text: &str, languages: &[&str], analysis: &Analysis) {
        let p = analysis.sentiment.probabilities;
        self.sentiment.push(analysis.sentiment.label as u8);
        // These doubles hold widened f32 values: narrowing them again loses nothing.
        self.score.push(analysis.sentiment.score as f32);
        self.probabilities.extend([p.negative as f32, p.neutral as f32, p.positive as f32]);
        let language = languages.iter().position(|code| *code == analysis.language.code);
        self.language.push(language.unwrap_or(languages.len() - 1) as u8);
        let script = Script::ALL.iter().position(|script| script.code() == analysis.language.script);
        self.script.push(script.unwrap_or(Script::ALL.len() - 1) as u8);
        self.language_confidence.push(analysis.language.confidence as f32);
        self.acts.push(analysis.acts.iter().fold(0, |bits, act| bits | 1 << *act as u8));
        self.emotions.push(analysis.emotions.iter().fold(0, |bits, emotion| bits | 1 << emotion.label as u16));
        self.intent.push(analysis.intent.label as u8);
        self.intent_confidence.push(analysis.intent.confidence as f32);
        self.safety.push(analysis.safety.iter().fold(0, |bits, label| bits | 1 << label.label as u8));
        self.disposition.push(analysis.disposition as u8);
        self.states.push(analysis.states.iter().fold(0, |bits, state| bits | 1 << *state as u8));
        let signals = &analysis.signals;
        self.effort.push(signals.effort.as_ref().map_or(0, |effort| effort.level as u8 + 1));
        self.minutes_lost.push(signals.time_lost.map_or(0, |lost| lost.minutes));
        self.urgency.push(signals.urgency.level as u8);
        self.churn.push(signals.churn.reasons.iter().fold(0, |bits, reason| bits | 1 << *reason as u8));
        self.recommends.push(signals.recommends.as_ref().map_or(0, |one| one.answer as u8 + 1));
        self.journey_stage.push(signals.journey_stage as u8);
        let flags = [
            (analysis.meaningful, MEANINGFUL),
            (analysis.truncated, TRUNCATED),
            (analysis.language.reliable, RELIABLE),
            (analysis.sentiment.mixed, MIXED),
            (analysis.irony, IRONY),
            (analysis.broadcast, BROADCAST),
            (!signals.wishes.is_empty(), WISH),
        ];
        self.flags.push(flags.iter().fold(0, |bits, (holds, bit)| bits | (u8::from(*holds) * bit)));
        for topic in &analysis.topics {
            self.topic.push(topic.number as u16);
            self.topic_sentiment.push(topic.sentiment.label as u8);
            self.topic_score.push(topic.sentiment.score as f32);
            let (mixed, negated) = (u8::from(topic.sentiment.mixed), u8::from(topic.negated));
            self.topic_flags.push(mixed * TOPIC_MIXED + negated * TOPIC_NEGATED);
        }
        self.topic_offsets.push(self.topic.len() as u32);
        if !analysis.pii.is_empty() {
            let index = Utf16Index::new(text);
            for pii in &analysis.pii {
                let span = index.span(pii.span);
                self.pii_type.push(pii.kind as u8);
                self.pii_start.push(span.start as u32);
                self.pii_end.push(span.end as u32);
                self.pii_certainty.push(pii.certainty);
                self.pii_validated.push(u8::from(pii.validated));
                let kind = pii.variety.and_then(|kind| VARIETIES.iter().position(|one| *one == kind));
                self.pii_kind.push(kind.map_or(0, |at| at as u8 + 1));
            }
        }
        self.pii_offsets.push(self.pii_type.len() as u32);
    }
}

#[wasm_bindgen]
impl RawColumns {
    /// Number of texts.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Number into `info().sentiment`.
    #[wasm_bindgen(getter)]
    pub fn sentiment(&self) -> Vec<u8> {
        self.sentiment.clone()
    }

    #[wasm_bindgen(getter)]
    pub fn score(&self) -> Vec<f32> {
        self.score.clone()
    }

    /// Three a text: negative, neutral, positive.
    #[wasm_bindgen(getter)]
    pub fn probabilities(&self) -> Vec<f32> {
        self.probabilities.clone()
    }

    /// Number into `info().languages`.
    #[wasm_bindgen(getter)]
    pub fn language(&self) -> Vec<u8> {
        self.language.clone()
    }

    /// Number into `info().scripts`.
    #[wasm_bindgen(getter)]
    pub fn script(&self) -> Vec<u8> {
        self.script.clone()
    }

    #[wasm_bindgen(getter, js_name = languageConfidence)]
    pub fn language_confidence(&self) -> Vec<f32> {
        self.language_confidence.clone()
    }

    /// Bit i is act i of `info().acts`.
    #[wasm_bindgen(getter)]
    pub fn acts(&self) -> Vec<u8> {
        self.acts.clone()
    }

    /// Bit i is emotion i of `info().emotions`.
    #[wasm_bindgen(getter)]
    pub fn emotions(&self) -> Vec<u16> {
        self.emotions.clone()
    }

    /// Number into `info().intents`.
    #[wasm_bindgen(getter)]
    pub fn intent(&self) -> Vec<u8> {
        self.intent.clone()
    }

    #[wasm_bindgen(getter, js_name = intentConfidence)]
    pub fn intent_confidence(&self) -> Vec<f32> {
        self.intent_confidence.clone()
    }

    /// Bit i is label i of `info().safety`.
    #[wasm_bindgen(getter)]
    pub fn safety(&self) -> Vec<u8> {
        self.safety.clone()
    }

    /// Number into `info().dispositions`.
    #[wasm_bindgen(getter)]
    pub fn disposition(&self) -> Vec<u8> {
        self.disposition.clone()
    }

    /// Bit i is state i of `info().states`.
    #[wasm_bindgen(getter)]
    pub fn states(&self) -> Vec<u8> {
        self.states.clone()
    }

    /// 0 where effort is not spoken of, else one more than the number into `info().effort`.
    #[wasm_bindgen(getter)]
    pub fn effort(&self) -> Vec<u8> {
        self.effort.clone()
    }

    /// 0 where no lost time is named.
    #[wasm_bindgen(getter, js_name = minutesLost)]
    pub fn minutes_lost(&self) -> Vec<u32> {
        self.minutes_lost.clone()
    }

    /// Number into `info().urgency`.
    #[wasm_bindgen(getter)]
    pub fn urgency(&self) -> Vec<u8> {
        self.urgency.clone()
    }

    /// Bit i is reason i of `info().churn`; 0 where the customer does not go.
    #[wasm_bindgen(getter)]
    pub fn churn(&self) -> Vec<u8> {
        self.churn.clone()
    }

    /// 0 where neither is said, else one more than the number into `info().recommends`.
    #[wasm_bindgen(getter)]
    pub fn recommends(&self) -> Vec<u8> {
        self.recommends.clone()
    }

    /// Number into `info().journeyStages`.
    #[wasm_bindgen(getter, js_name = journeyStage)]
    pub fn journey_stage(&self) -> Vec<u8> {
        self.journey_stage.clone()
    }

    /// 1 meaningful, 2 truncated, 4 language reliable, 8 mixed, 16 irony, 32 broadcast.
    #[wasm_bindgen(getter)]
    pub fn flags(&self) -> Vec<u8> {
        self.flags.clone()
    }

    /// One more than texts: the topics of text i are those from offset i to offset i + 1.
    #[wasm_bindgen(getter, js_name = topicOffsets)]
    pub fn topic_offsets(&self) -> Vec<u32> {
        self.topic_offsets.clone()
    }

    /// Number among the topics of the taxonomy, one a find; so are the columns below.
    #[wasm_bindgen(getter)]
    pub fn topic(&self) -> Vec<u16> {
        self.topic.clone()
    }

    /// Number into `info().sentiment`.
    #[wasm_bindgen(getter, js_name = topicSentiment)]
    pub fn topic_sentiment(&self) -> Vec<u8> {
        self.topic_sentiment.clone()
    }

    #[wasm_bindgen(getter, js_name = topicScore)]
    pub fn topic_score(&self) -> Vec<f32> {
        self.topic_score.clone()
    }

    /// 1 mixed, 2 negated.
    #[wasm_bindgen(getter, js_name = topicFlags)]
    pub fn topic_flags(&self) -> Vec<u8> {
        self.topic_flags.clone()
    }

    /// One more than texts: the personal data of text i are those from offset i to offset i + 1.
    #[wasm_bindgen(getter, js_name = piiOffsets)]
    pub fn pii_offsets(&self) -> Vec<u32> {
        self.pii_offsets.clone()
    }

    /// Number into `info().piiTypes`, one a find; so are the columns below.
    #[wasm_bindgen(getter, js_name = piiType)]
    pub fn pii_type(&self) -> Vec<u8> {
        self.pii_type.clone()
    }

    #[wasm_bindgen(getter, js_name = piiStart)]
    pub fn pii_start(&self) -> Vec<u32> {
        self.pii_start.clone()
    }

    #[wasm_bindgen(getter, js_name = piiEnd)]
    pub fn pii_end(&self) -> Vec<u32> {
        self.pii_end.clone()
    }

    #[wasm_bindgen(getter, js_name = piiCertainty)]
    pub fn pii_certainty(&self) -> Vec<f64> {
        self.pii_certainty.clone()
    }

    /// One more than the number into `info().piiKinds`; 0 for none.
    #[wasm_bindgen(getter, js_name = piiKind)]
    pub fn pii_kind(&self) -> Vec<u8> {
        self.pii_kind.clone()
    }

    #[wasm_bindgen(getter, js_name = piiValidated)]
    pub fn pii_validated(&self) -> Vec<u8> {
        self.pii_validated.clone()
    }
}
