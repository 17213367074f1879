//! What a query is asked about: one text with what is known about it.

use std::borrow::Cow;

use super::fields::{Field, MIXED, NO, YES};
use crate::analysis::Analysis;
use crate::message::{Message, Rating};
use crate::time::sent_ms;

/// A topic of a row. One of which something good and something bad is said stands there twice: with
/// its label and as `mixed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowTopic<'r> {
    pub label: Cow<'r, str>,
    /// The topic it belongs to; a query for that one finds the row too.
    pub parent: Option<Cow<'r, str>>,
    /// `negative`, `neutral`, `positive` or `mixed`: what is said about this topic.
    pub sentiment: Option<Cow<'r, str>>,
}

/// One analysed row. Whatever is not known matches no test.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row<'r> {
    pub text: Cow<'r, str>,
    /// Labels that hold, each with its field, in any order.
    pub labels: Vec<(Field, Cow<'r, str>)>,
    pub topics: Vec<RowTopic<'r>>,
    pub rating: Option<Rating>,
    /// Milliseconds since 1970.
    pub time_ms: Option<i64>,
}

impl<'r> Row<'r> {
    /// A row that is nothing but its text.
    pub fn new(text: &'r str) -> Row<'r> {
        Row { text: text.into(), ..Row::default() }
    }

    /// Adds what an analysis of the text says.
    pub fn with_analysis(mut self, analysis: &'r Analysis) -> Row<'r> {
        let yes = |holds: bool| if holds { YES } else { NO };
        let mut add = |field: Field, label: &'r str| self.labels.push((field, label.into()));
        add(Field::Sentiment, analysis.sentiment.label.slug());
        if analysis.sentiment.mixed {
            add(Field::Sentiment, MIXED);
        }
        add(Field::Lang, &analysis.language.code);
        add(Field::Intent, analysis.intent.label.slug());
        add(Field::Disposition, analysis.disposition.slug());
        add(Field::Meaningful, yes(analysis.meaningful));
        add(Field::Irony, yes(analysis.irony));
        add(Field::Broadcast, yes(analysis.broadcast));
        analysis.emotions.iter().for_each(|one| add(Field::Emotion, one.label.slug()));
        analysis.acts.iter().for_each(|act| add(Field::Act, act.slug()));
        analysis.safety.iter().for_each(|one| add(Field::Safety, one.label.slug()));
        analysis.states.iter().for_each(|state| add(Field::State, state.slug()));
        let signals = &analysis.signals;
        add(Field::Urgency, signals.urgency.level.slug());
        add(Field::Churn, yes(signals.churn.present));
        signals.churn.reasons.iter().for_each(|reason| add(Field::Churn, reason.slug()));
        signals.effort.iter().for_each(|effort| add(Field::Effort, effort.level.slug()));
        add(Field::Wish, yes(!signals.wishes.is_empty()));
        [signals.journey_stage].iter().chain(&signals.other_stages).for_each(|stage| add(Field::Journey, stage.slug()));
        for (holds, what) in [
            (!analysis.emotions.is_empty(), "emotion"),
            (!analysis.safety.is_empty(), "safety"),
            (!analysis.pii.is_empty(), "pii"),
        ] {
            if holds {
                add(Field::Has, what);
            }
        }
        analysis.pii.iter().for_each(|pii| add(Field::Has, pii.kind.slug()));
        for topic in &analysis.topics {
            let label = topic.sentiment.label.slug();
            for tone in std::iter::once(label).chain(topic.sentiment.mixed.then_some(MIXED)) {
                self.topics.push(RowTopic {
                    label: topic.label.as_str().into(),
                    parent: topic.parent.as_deref().map(Cow::from),
                    sentiment: Some(tone.into()),
                });
            }
        }
        self
    }

    /// Adds what is known about the message. Its text is not taken.
    pub fn with_message(mut self, message: &'r Message) -> Row<'r> {
        let mut add = |field: Field, label: &'r str| self.labels.push((field, label.into()));
        add(Field::Channel, message.channel.slug());
        for (field, value) in [
            (Field::Source, &message.source),
            (Field::Customer, &message.customer),
            (Field::Thread, &message.thread),
            (Field::Id, &message.id),
        ] {
            if let Some(value) = value {
                add(field, value);
            }
        }
        self.rating = message.rating;
        self.time_ms = message.sent_at.as_ref().and_then(sent_ms);
        self
    }

    /// True when the row has this label of this field. What a row carries by its parts (a rating, a
    /// date, topics) need not stand among the labels.
    pub(super) fn has(&self, field: Field, label: &str) -> bool {
        match (field, label) {
            (Field::Has, "topic") if !self.topics.is_empty() => return true,
            (Field::Has, "rating") if self.rating.is_some() => return true,
            (Field::Has, "date") if self.time_ms.is_some() => return true,
            (Field::Scale, _) => return self.rating.is_some_and(|rating| rating.scale.slug() == label),
            (Field::Rating, _) => return self.rating.is_some_and(|rating| level(&rating) == label),
            _ => {}
        }
        let same = |own: &str| if field.is_free() { own.trim().to_lowercase() == label } else { own == label };
        self.labels.iter().any(|(of, own)| *of == field && same(own))
    }
}

fn level(rating: &Rating) -> &'static str {
    use crate::message::RatingLevel;
    match rating.level() {
        RatingLevel::Low => "low",
        RatingLevel::Middle => "middle",
        RatingLevel::High => "high",
    }
}
