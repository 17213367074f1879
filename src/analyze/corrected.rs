//! Analyses with a log of corrections: the engine's answers, moved for texts like those corrected.

use super::{AnalyzeOptions, Engine, LEAST_CONFIDENCE, OTHERS, acts, settle};
use crate::analysis::{Act, Analysis, Intent, IntentAnswer, Ranked, Sentiment, SentimentLabel, SentimentProbabilities};
use crate::error::Result;
use crate::learn::{Correction, Corrections, Plain, pushed_logit};
use crate::model::softmax;

/// Least probability a contact reason that is not listed is taken to have.
const UNLISTED: f32 = 1e-4;

impl Engine {
    /// Learns from a log of corrections. The engine itself stays as it is: the result is given as
    /// [`AnalyzeOptions::corrections`].
    ///
    /// # Errors
    /// [`crate::Error::BatchTooLarge`] for more than 2,000 corrections or 16 MiB.
    pub fn correct(&self, log: &[Correction]) -> Result<Corrections> {
        let options = AnalyzeOptions { spans: false, pii: false, ..AnalyzeOptions::default() };
        Corrections::learn(self.model(), log, |text| {
            let analysis = self.analyze(text, &options)?;
            Ok(Plain {
                sentiment: sentiments(&analysis.sentiment),
                intent: intents(&analysis.intent),
                acts: analysis.acts,
            })
        })
    }

    /// Moves an analysis of `text` by what the log taught.
    pub(super) fn apply(&self, by: &Corrections, text: &str, analysis: &mut Analysis) {
        let Some(pushes) = by.hear(self.model(), text) else { return };
        let moved = |pushes: &[f32]| pushes.iter().any(|push| *push != 0.0);
        if moved(&pushes.sentiment) {
            let mut p = pushed(sentiments(&analysis.sentiment), &pushes.sentiment);
            softmax(&mut p);
            let top = (0..p.len()).fold(0, |top, at| if p[at] > p[top] { at } else { top });
            analysis.sentiment = Sentiment {
                label: SentimentLabel::ALL[top],
                mixed: analysis.sentiment.mixed,
                score: f64::from(p[2] - p[0]),
                probabilities: SentimentProbabilities {
                    negative: p[0].into(),
                    neutral: p[1].into(),
                    positive: p[2].into(),
                },
            };
        }
        if moved(&pushes.intent) {
            let mut p = pushed(intents(&analysis.intent), &pushes.intent);
            softmax(&mut p);
            analysis.intent = ranked(p);
        }
        if pushes.acts.iter().any(|act| *act != 0) {
            let holds = |act: Act, push: i8| if push == 0 { analysis.acts.contains(&act) } else { push > 0 };
            let mut acts: Vec<Act> = Act::ALL
                .into_iter()
                .zip(pushes.acts)
                .filter(|(act, push)| holds(*act, *push))
                .map(|(act, _)| act)
                .collect();
            if acts.is_empty() && analysis.meaningful {
                acts.push(Act::Statement);
            }
            analysis.sentiment.mixed = acts::mixed(&acts, analysis.sentiment.mixed);
            analysis.acts = acts;
        }
        if moved(&pushes.intent) || moved(&pushes.sentiment) || pushes.acts.iter().any(|act| *act != 0) {
            settle::follow(analysis, text);
        }
    }
}

fn sentiments(sentiment: &Sentiment) -> [f32; 3] {
    let p = sentiment.probabilities;
    [p.negative, p.neutral, p.positive].map(|p| p as f32)
}

/// Probabilities of all reasons; those not listed share what the others leave.
fn intents(intent: &IntentAnswer) -> [f32; Intent::ALL.len()] {
    let listed: f64 = intent.confidence + intent.others.iter().map(|other| other.confidence).sum::<f64>();
    let unlisted = (Intent::ALL.len() - 1 - intent.others.len()).max(1);
    let rest = ((1.0 - listed) as f32 / unlisted as f32).max(UNLISTED);
    let mut p = [rest; Intent::ALL.len()];
    p[intent.label as usize] = intent.confidence as f32;
    intent.others.iter().for_each(|other| p[other.label as usize] = other.confidence as f32);
    p
}

/// The likeliest reason and the next ones, by the probabilities of all.
fn ranked(mut p: [f32; Intent::ALL.len()]) -> IntentAnswer {
    let mut take = || {
        let top = (0..p.len()).fold(0, |top, at| if p[at] > p[top] { at } else { top });
        Ranked { label: Intent::ALL[top], confidence: std::mem::take(&mut p[top]).into() }
    };
    let first = take();
    let others = (0..OTHERS).map(|_| take()).take_while(|other| other.confidence > LEAST_CONFIDENCE).collect();
    IntentAnswer { label: first.label, confidence: first.confidence, others }
}

/// Logits of probabilities, pushed.
fn pushed<const N: usize>(p: [f32; N], by: &[f32; N]) -> [f32; N] {
    let mut logits = *by;
    logits.iter_mut().zip(p).for_each(|(logit, p)| *logit = pushed_logit(p, *logit));
    logits
}
