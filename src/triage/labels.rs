//! Fields whose values come from a closed list: which labels are present, as bits, and where.

use super::condition::{Facts, RATING_LEVELS, level_slug};
use crate::analysis::{
    Act, BrandRole, ChurnReason, Disposition, EffortLevel, Emotion, Flag, Intent, JourneyStage, LinkKind, MediaType,
    Safety, SentimentLabel, State, UrgencyLevel, UrgencyReason,
};
use crate::message::Channel;
use crate::privacy::PiiType;
use crate::span::Span;

/// A field of labels. Its labels are numbered in their order; a set of them is a `u64`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelField {
    Sentiment,
    Emotions,
    Acts,
    Intent,
    Safety,
    Flags,
    Disposition,
    States,
    Urgency,
    UrgencyReasons,
    Churn,
    Effort,
    JourneyStage,
    MediaType,
    Links,
    Brands,
    Pii,
    Rating,
    Channel,
}

use LabelField as F;

fn slugs<L: Copy>(all: &[L], slug: fn(L) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|&label| slug(label)).collect()
}

fn bits<L: Copy + PartialEq>(all: &[L], present: impl Iterator<Item = L>) -> u64 {
    present.filter_map(|label| all.iter().position(|one| *one == label)).fold(0, |set, at| set | 1 << at)
}

impl LabelField {
    pub const ALL: [LabelField; 19] = [
        F::Sentiment,
        F::Emotions,
        F::Acts,
        F::Intent,
        F::Safety,
        F::Flags,
        F::Disposition,
        F::States,
        F::Urgency,
        F::UrgencyReasons,
        F::Churn,
        F::Effort,
        F::JourneyStage,
        F::MediaType,
        F::Links,
        F::Brands,
        F::Pii,
        F::Rating,
        F::Channel,
    ];

    /// The key of its condition.
    pub fn key(self) -> &'static str {
        match self {
            F::Sentiment => "sentiment",
            F::Emotions => "emotions",
            F::Acts => "acts",
            F::Intent => "intent",
            F::Safety => "safety",
            F::Flags => "flags",
            F::Disposition => "disposition",
            F::States => "states",
            F::Urgency => "urgency",
            F::UrgencyReasons => "urgencyReasons",
            F::Churn => "churn",
            F::Effort => "effort",
            F::JourneyStage => "journeyStage",
            F::MediaType => "mediaType",
            F::Links => "links",
            F::Brands => "brands",
            F::Pii => "pii",
            F::Rating => "rating",
            F::Channel => "channel",
        }
    }

    /// Its labels, in the order of the bits; at most 64.
    pub fn labels(self) -> Vec<&'static str> {
        match self {
            F::Sentiment => slugs(&SentimentLabel::ALL, SentimentLabel::slug),
            F::Emotions => slugs(&Emotion::ALL, Emotion::slug),
            F::Acts => slugs(&Act::ALL, Act::slug),
            F::Intent => slugs(&Intent::ALL, Intent::slug),
            F::Safety => slugs(&Safety::ALL, Safety::slug),
            F::Flags => slugs(&Flag::ALL, Flag::slug),
            F::Disposition => slugs(&Disposition::ALL, Disposition::slug),
            F::States => slugs(&State::ALL, State::slug),
            F::Urgency => slugs(UrgencyLevel::ALL, UrgencyLevel::slug),
            F::UrgencyReasons => slugs(UrgencyReason::ALL, UrgencyReason::slug),
            F::Churn => slugs(ChurnReason::ALL, ChurnReason::slug),
            F::Effort => slugs(EffortLevel::ALL, EffortLevel::slug),
            F::JourneyStage => slugs(JourneyStage::ALL, JourneyStage::slug),
            F::MediaType => slugs(MediaType::ALL, MediaType::slug),
            F::Links => slugs(LinkKind::ALL, LinkKind::slug),
            F::Brands => slugs(BrandRole::ALL, BrandRole::slug),
            F::Pii => slugs(&PiiType::ALL, PiiType::slug),
            F::Rating => slugs(&RATING_LEVELS, level_slug),
            F::Channel => slugs(&Channel::ALL, Channel::slug),
        }
    }

    /// True where every message has exactly one of the labels.
    pub fn is_single(self) -> bool {
        matches!(self, F::Sentiment | F::Intent | F::Disposition | F::Urgency | F::JourneyStage | F::Channel)
    }

    /// True where a message has at most one of the labels.
    pub fn is_at_most_one(self) -> bool {
        self.is_single() || matches!(self, F::Effort | F::MediaType | F::Rating)
    }

    /// Which labels the message has. An intent counts from the confidence that the policy suggests it from.
    pub fn present(self, facts: &Facts) -> u64 {
        let (analysis, signals) = (facts.analysis, &facts.analysis.signals);
        match self {
            F::Sentiment => bits(&SentimentLabel::ALL, [analysis.sentiment.label].into_iter()),
            F::Emotions => bits(&Emotion::ALL, analysis.emotions.iter().map(|one| one.label)),
            F::Acts => bits(&Act::ALL, analysis.acts.iter().copied()),
            F::Intent => bits(&Intent::ALL, [facts.intent()].into_iter()),
            F::Safety => bits(&Safety::ALL, analysis.safety.iter().map(|one| one.label)),
            F::Flags => {
                let flags = [
                    (Flag::Mixed, analysis.sentiment.mixed),
                    (Flag::Irony, analysis.irony),
                    (Flag::Broadcast, analysis.broadcast),
                ];
                bits(&Flag::ALL, flags.into_iter().filter(|(_, held)| *held).map(|(flag, _)| flag))
            }
            F::Disposition => bits(&Disposition::ALL, [analysis.disposition].into_iter()),
            F::States => bits(&State::ALL, analysis.states.iter().copied()),
            F::Urgency => bits(UrgencyLevel::ALL, [signals.urgency.level].into_iter()),
            F::UrgencyReasons => bits(UrgencyReason::ALL, signals.urgency.reasons.iter().copied()),
            F::Churn => bits(ChurnReason::ALL, signals.churn.reasons.iter().copied()),
            F::Effort => bits(EffortLevel::ALL, signals.effort.iter().map(|effort| effort.level)),
            F::JourneyStage => bits(JourneyStage::ALL, [signals.journey_stage].into_iter()),
            F::MediaType => bits(MediaType::ALL, signals.media_type.into_iter()),
            F::Links => bits(LinkKind::ALL, signals.links.iter().map(|link| link.kind)),
            F::Brands => bits(BrandRole::ALL, signals.brands.iter().map(|brand| brand.role)),
            F::Pii => bits(&PiiType::ALL, analysis.pii.iter().map(|pii| pii.kind)),
            F::Rating => bits(&RATING_LEVELS, facts.message.rating.iter().map(|rating| rating.level())),
            F::Channel => bits(&Channel::ALL, [facts.message.channel].into_iter()),
        }
    }

    /// Where the labels of `set` stand, as far as they have a place.
    pub fn spans(self, set: u64, facts: &Facts) -> Vec<Span> {
        let (analysis, signals) = (facts.analysis, &facts.analysis.signals);
        let wanted = |at: Option<usize>| at.is_some_and(|at| set >> at & 1 == 1);
        match self {
            F::Emotions => {
                let named = |label| Emotion::ALL.iter().position(|one| *one == label);
                analysis
                    .emotions
                    .iter()
                    .filter(|one| wanted(named(one.label)))
                    .flat_map(|one| one.spans.clone())
                    .collect()
            }
            F::Safety => {
                let named = |label| Safety::ALL.iter().position(|one| *one == label);
                analysis
                    .safety
                    .iter()
                    .filter(|one| wanted(named(one.label)))
                    .flat_map(|one| one.spans.clone())
                    .collect()
            }
            F::Urgency | F::UrgencyReasons => signals.urgency.spans.clone(),
            F::Churn => signals.churn.spans.clone(),
            F::Effort => signals.effort.iter().flat_map(|effort| effort.spans.clone()).collect(),
            F::Links => {
                let named = |kind| LinkKind::ALL.iter().position(|one| *one == kind);
                signals.links.iter().filter(|link| wanted(named(link.kind))).map(|link| link.span).collect()
            }
            F::Brands => {
                let named = |role| BrandRole::ALL.iter().position(|one| *one == role);
                signals
                    .brands
                    .iter()
                    .filter(|brand| wanted(named(brand.role)))
                    .flat_map(|brand| brand.spans.clone())
                    .collect()
            }
            F::Pii => {
                let named = |kind| PiiType::ALL.iter().position(|one| *one == kind);
                analysis.pii.iter().filter(|pii| wanted(named(pii.kind))).map(|pii| pii.span).collect()
            }
            F::Sentiment
            | F::Acts
            | F::Intent
            | F::Flags
            | F::Disposition
            | F::States
            | F::JourneyStage
            | F::MediaType
            | F::Rating
            | F::Channel => Vec::new(),
        }
    }
}

/// The labels of a set, in their order.
pub(super) fn named(field: LabelField, set: u64) -> Vec<&'static str> {
    field.labels().into_iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, label)| label).collect()
}
