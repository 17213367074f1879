//! What context and the other answers decide together: answers of nothing, empty texts, disposition.

use super::{acts, context, why};
use crate::analysis::{
    Act, Analysis, Disposition, Intent, IntentAnswer, Sentiment, SentimentLabel, SentimentProbabilities,
};
use crate::model::features::Asked;

/// Probability given to a sentiment that a rule decides. Not measured: the rule is right as often
/// as the question was understood.
const RULE: f32 = 0.9;

/// The sentiment a rule decides: negative or positive.
fn by_rule(label: SentimentLabel) -> Sentiment {
    let p = |other: SentimentLabel| f64::from(if other == label { RULE } else { (1.0 - RULE) / 2.0 });
    let probabilities = SentimentProbabilities {
        negative: p(SentimentLabel::Negative),
        neutral: p(SentimentLabel::Neutral),
        positive: p(SentimentLabel::Positive),
    };
    Sentiment {
        label,
        mixed: false,
        score: f64::from((probabilities.positive - probabilities.negative) as f32),
        probabilities,
    }
}

/// What context and the other answers decide: answers of nothing, empty texts, disposition.
pub(super) fn settle(analysis: &mut Analysis, asked: Option<Asked>, text: &str) -> bool {
    let settled = asked.filter(|_| context::is_nothing(text));
    if let Some(asked) = settled {
        // Nothing to better is praise, nothing to like is blame.
        let (label, act) = match asked {
            Asked::Better => (SentimentLabel::Positive, Act::Praise),
            Asked::Good => (SentimentLabel::Negative, Act::Complaint),
        };
        analysis.meaningful = true;
        analysis.sentiment = by_rule(label);
        analysis.acts = vec![act];
        analysis.emotions.clear();
        analysis.safety.clear();
        (analysis.irony, analysis.broadcast) = (false, false);
        analysis.intent = IntentAnswer { label: Intent::Feedback, confidence: 1.0, others: Vec::new() };
    }
    if !analysis.meaningful {
        analysis.acts.clear();
        analysis.emotions.clear();
        analysis.safety.clear();
        analysis.intent = IntentAnswer { label: Intent::None, confidence: 1.0, others: Vec::new() };
        (analysis.irony, analysis.broadcast, analysis.sentiment.mixed) = (false, false, false);
    }
    follow(analysis, text);
    settled.is_some()
}

/// Disposition and states, from the other answers.
pub(super) fn follow(analysis: &mut Analysis, text: &str) {
    let mass = analysis.broadcast || analysis.safety.iter().any(|present| why::is_mass(present.label));
    let acts = analysis.acts.as_slice();
    analysis.disposition = acts::disposition(analysis.meaningful, mass, acts, analysis.intent.label);
    if acts == [Act::Greeting] && acts::says_goodbye(text) {
        analysis.disposition = Disposition::Close;
    }
    let emotions = &analysis.emotions;
    analysis.states = acts::states(&analysis.sentiment, &analysis.acts, |emotion| {
        emotions.iter().any(|present| present.label == emotion)
    });
}
