//! Every figure a rollup gives, by name: how it is read from the counts.

use super::counts::{
    ABOUT, ANSWERED, ASKING, Counts, DISPOSITIONS, EFFORT, INVITED, LEAVING, RECOMMENDING, RESPONDED, SENTIMENT, TEXTS,
    UNANSWERED, VALUES, WARNING, WITH_ACTS,
};
use super::figure::{self, CES7, CES7_EASY, CSAT5, CSAT7, NET_SENTIMENT, NPS, STARS5};
use super::tally::{answers, sentiment_at};
use super::{Figure, SentimentCounts};
use crate::analysis::{Disposition, EffortLevel};
use crate::message::Scale;

macro_rules! metrics {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $method:expr;)+) => {
        /// A figure by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Metric {
            $($(#[$doc])* $name,)+
        }

        impl Metric {
            /// All of them, in the order of reports.
            pub const ALL: &[Metric] = &[$(Metric::$name,)+];

            /// The stable slug.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Metric::$name => $slug,)+
                }
            }

            /// Name and source of the formula.
            pub fn method(self) -> &'static str {
                match self {
                    $(Metric::$name => $method,)+
                }
            }
        }
    };
}

metrics! {
    /// Points -100..=100.
    Nps = "nps", NPS;
    /// Percent.
    Csat5 = "csat5", CSAT5;
    /// Percent.
    Csat7 = "csat7", CSAT7;
    /// Mean on 1-7; 7 is the least effort.
    Ces7 = "ces7", CES7;
    /// Percent.
    Ces7Easy = "ces7_easy", CES7_EASY;
    /// Mean of 1-5 stars.
    Stars5 = "stars5", STARS5;
    /// Percent of invitations.
    ResponseRate = "response_rate", "% of invitations that were answered; Wilson score interval (Wilson 1927)";
    /// Points -100..=100.
    NetSentiment = "net_sentiment", NET_SENTIMENT;
    /// Towards a topic, in points -100..=100; only in segments by topic.
    NetTopicSentiment = "net_topic_sentiment", NET_SENTIMENT;
    /// Percent of meaningful texts.
    EffortMentioned = "effort_mentioned", "% of texts that tell of effort; Wilson score interval (Wilson 1927)";
    /// Percent of the texts that tell of effort; others are not in it.
    HighEffort = "high_effort", "% high of texts that tell of effort; Wilson score interval (Wilson 1927)";
    /// Percent of texts whose acts are known.
    Asking = "asking", "% of texts with a question, request or suggestion; Wilson score interval (Wilson 1927)";
    /// Percent of texts that have a disposition.
    Actionable = "actionable",
        "% of texts to respond to, fix in aggregate or engage with; Wilson score interval (Wilson 1927)";
    /// Percent of meaningful texts.
    Leaving = "leaving", "% of texts that say the customer goes; Wilson score interval (Wilson 1927)";
    /// Percent of the texts that recommend or advise against it; others are not in it.
    Recommending = "recommending",
        "% yes of texts that say whether they recommend; Wilson score interval (Wilson 1927)";
    /// Percent of what calls for an answer.
    Answered = "answered", "% answered of what calls for an answer; Wilson score interval (Wilson 1927)";
}

/// Whose figure it is: the customer's experience, asked for or not, or the organisation's own doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    Solicited,
    Unsolicited,
    Operational,
}

/// What a figure is an outcome of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Satisfaction,
    Loyalty,
    Advocacy,
}

/// The counts behind a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sample {
    /// A net score.
    Net { plus: u64, zero: u64, minus: u64 },
    /// A share.
    Share { hits: u64, n: u64 },
    /// A mean on a scale.
    Mean { scale: Scale, counts: [u64; VALUES] },
}

impl Sample {
    /// How many answers.
    pub fn n(&self) -> u64 {
        match self {
            Sample::Net { plus, zero, minus } => plus.saturating_add(*zero).saturating_add(*minus),
            Sample::Share { n, .. } => *n,
            Sample::Mean { counts, .. } => counts.iter().fold(0, |sum, count| sum.saturating_add(*count)),
        }
    }
}

impl Metric {
    /// The metric with this slug.
    pub fn from_slug(slug: &str) -> Option<Metric> {
        Metric::ALL.iter().copied().find(|metric| metric.slug() == slug)
    }

    /// Whose figure it is.
    pub fn block(self) -> Block {
        match self {
            Metric::ResponseRate | Metric::Answered => Block::Operational,
            _ if self.scale().is_some() => Block::Solicited,
            _ => Block::Unsolicited,
        }
    }

    /// The outcome the figure speaks of (Gartner's satisfaction, loyalty, advocacy); none for the others. They are
    /// never averaged: a satisfied customer may leave, a loyal one may not recommend.
    pub fn outcome(self) -> Option<Outcome> {
        Some(match self {
            Metric::Csat5 | Metric::Csat7 | Metric::Stars5 => Outcome::Satisfaction,
            // Effort foretells loyalty better than satisfaction does (Dixon, Freeman, Toman 2010).
            Metric::Ces7 | Metric::Ces7Easy | Metric::Leaving => Outcome::Loyalty,
            // Would recommend, asked; and recommends, unasked.
            Metric::Nps | Metric::Recommending => Outcome::Advocacy,
            _ => return None,
        })
    }

    /// Lowest and highest value.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Metric::Nps | Metric::NetSentiment | Metric::NetTopicSentiment => (-100.0, 100.0),
            Metric::Ces7 => (1.0, 7.0),
            Metric::Stars5 => (1.0, 5.0),
            _ => (0.0, 100.0),
        }
    }

    /// The scale the metric is read from.
    pub(super) fn scale(self) -> Option<Scale> {
        Some(match self {
            Metric::Nps => Scale::Nps,
            Metric::Csat5 => Scale::Csat5,
            Metric::Csat7 => Scale::Csat7,
            Metric::Ces7 | Metric::Ces7Easy => Scale::Ces7,
            Metric::Stars5 => Scale::Stars5,
            _ => return None,
        })
    }

    /// The counts behind the metric.
    pub(super) fn sample(self, counts: &Counts) -> Sample {
        let net = |at: usize| {
            let SentimentCounts { negative, neutral, positive } = sentiment_at(counts, at);
            Sample::Net { plus: positive, zero: neutral, minus: negative }
        };
        let share = |hits: u64, n: u64| Sample::Share { hits: hits.min(n), n };
        let sum = |from: usize, len: usize| {
            counts.iter().skip(from).take(len).fold(0u64, |sum, count| sum.saturating_add(*count))
        };
        let effort = || sum(EFFORT, EffortLevel::ALL.len());
        match self {
            Metric::NetSentiment => net(SENTIMENT),
            Metric::NetTopicSentiment => net(ABOUT),
            Metric::ResponseRate => share(counts[RESPONDED], counts[INVITED]),
            Metric::EffortMentioned => share(effort(), counts[TEXTS]),
            Metric::HighEffort => share(counts[EFFORT + EffortLevel::High as usize], effort()),
            Metric::Leaving => share(counts[LEAVING], counts[TEXTS]),
            Metric::Recommending => share(counts[RECOMMENDING], counts[RECOMMENDING].saturating_add(counts[WARNING])),
            Metric::Asking => share(counts[ASKING], counts[WITH_ACTS]),
            Metric::Actionable => {
                let to_do = [Disposition::Respond, Disposition::FixInAggregate, Disposition::Engage];
                let hits = to_do.into_iter().map(|one| counts[DISPOSITIONS + one as usize]).sum();
                share(hits, sum(DISPOSITIONS, Disposition::ALL.len()))
            }
            Metric::Answered => share(counts[ANSWERED], counts[ANSWERED].saturating_add(counts[UNANSWERED])),
            Metric::Nps | Metric::Csat5 | Metric::Csat7 | Metric::Ces7 | Metric::Ces7Easy | Metric::Stars5 => {
                self.of_answers(&answers(counts, self.scale().unwrap_or(Scale::Nps)))
            }
        }
    }

    fn of_answers(self, answers: &[u64; VALUES]) -> Sample {
        let between = |low: usize, high: usize| {
            answers.iter().skip(low).take(high + 1 - low).fold(0u64, |sum, count| sum.saturating_add(*count))
        };
        let n = between(0, 10);
        match self {
            Metric::Csat5 => Sample::Share { hits: between(4, 5), n },
            Metric::Csat7 => Sample::Share { hits: between(6, 7), n },
            Metric::Ces7Easy => Sample::Share { hits: between(5, 7), n },
            Metric::Ces7 => Sample::Mean { scale: Scale::Ces7, counts: *answers },
            Metric::Stars5 => Sample::Mean { scale: Scale::Stars5, counts: *answers },
            _ => Sample::Net { plus: between(9, 10), zero: between(7, 8), minus: between(0, 6) },
        }
    }

    /// The figure with its interval.
    pub(super) fn figure(self, counts: &Counts) -> Figure {
        match self.sample(counts) {
            Sample::Net { plus, zero, minus } => figure::net(self.slug(), self.method(), plus, zero, minus),
            Sample::Share { hits, n } => figure::share(self.slug(), self.method(), hits, n),
            Sample::Mean { scale, counts } => figure::mean(self.slug(), self.method(), scale, &counts),
        }
    }
}
