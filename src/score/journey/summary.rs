//! Figures over all journeys: response times, coverage, the graph of moments, preferred channels.

use serde::Serialize;
use std::collections::BTreeMap;

use super::Journey;
use super::conversation::{Conversation, OpenItem};
use super::event::{JourneyEvent, Speaker};
use crate::message::Channel;
use crate::order::Sorted;
use crate::score::{Figure, share};

/// Most unanswered items listed.
const MAX_LISTED: usize = 100;
/// Fewest conversations for a preferred channel.
const LEAST_CONVERSATIONS: u64 = 3;
/// Share of conversations that makes a channel preferred.
const PREFERRED: f64 = 0.6;

/// How fast and how completely customers were answered. Operational figures: they enter no score of experience.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResponseTimes {
    /// Conversations with a question or complaint of which nothing waits, in percent, with Wilson interval.
    pub answered: Figure,
    /// Conversations with a reply by a person.
    pub n: u64,
    /// First response, median and 90 % quantile (nearest rank), in milliseconds; absent without a reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90_ms: Option<i64>,
    /// The same in business hours, where these are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_business_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90_business_ms: Option<i64>,
    /// Resolution, of conversations that were settled.
    pub resolved: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_resolution_ms: Option<i64>,
    /// How many questions and complaints wait.
    pub waiting: u64,
    /// The 100 that wait longest, the longest first.
    pub unanswered: Vec<OpenItem>,
}

pub(super) fn response_times(people: &[Journey]) -> ResponseTimes {
    let all = || people.iter().flat_map(|journey| &journey.conversations);
    let sorted = |value: fn(&Conversation) -> Option<i64>| {
        let mut list: Vec<i64> = all().filter_map(value).collect();
        list.order();
        list
    };
    let first = sorted(|one| one.first_response_ms);
    let business = sorted(|one| one.first_response_business_ms);
    let resolution = sorted(|one| one.resolution_ms);
    let mut unanswered: Vec<OpenItem> = all().flat_map(|one| &one.open).cloned().collect();
    unanswered.order_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    let waiting = unanswered.len() as u64;
    unanswered.truncate(MAX_LISTED);
    let asked = all().filter(|one| one.needs_answer);
    let done = asked.clone().filter(|one| one.open.is_empty()).count();
    let method =
        "% of conversations with a question or complaint where nothing waits; Wilson score interval (Wilson 1927)";
    ResponseTimes {
        answered: share("answered", method, done as u64, asked.count() as u64),
        n: first.len() as u64,
        median_ms: quantile(&first, 50),
        p90_ms: quantile(&first, 90),
        median_business_ms: quantile(&business, 50),
        p90_business_ms: quantile(&business, 90),
        resolved: resolution.len() as u64,
        median_resolution_ms: quantile(&resolution, 50),
        waiting,
        unanswered,
    }
}

/// The smallest value that at least `percent` of a sorted list do not exceed (nearest rank).
fn quantile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// How often a moment was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MomentCount {
    pub moment: String,
    pub count: u64,
}

/// How often one moment followed another for the same person; a moment may follow itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transition {
    pub from: String,
    pub to: String,
    pub count: u64,
}

/// Experience as a graph: no order is forced, loops are allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moments {
    pub counts: Vec<MomentCount>,
    /// By count, the largest first.
    pub transitions: Vec<Transition>,
}

pub(super) fn moments(people: &[Vec<&JourneyEvent>]) -> Moments {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut edges: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for events in people {
        let mut before: Option<&str> = None;
        let told = events.iter().filter(|event| event.speaker == Speaker::Customer);
        for moment in told.filter_map(|event| event.moment.as_deref()) {
            *counts.entry(moment).or_default() += 1;
            if let Some(before) = before {
                *edges.entry((before, moment)).or_default() += 1;
            }
            before = Some(moment);
        }
    }
    let count = |(moment, count): (&str, u64)| MomentCount { moment: moment.to_owned(), count };
    let edge =
        |((from, to), count): ((&str, &str), u64)| Transition { from: from.to_owned(), to: to.to_owned(), count };
    let mut transitions: Vec<Transition> = edges.into_iter().map(edge).collect();
    transitions.order_by(|a, b| b.count.cmp(&a.count));
    Moments { counts: counts.into_iter().map(count).collect(), transitions }
}

/// Where a customer likes to talk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PreferredChannel {
    pub channel: Channel,
    /// Share of their conversations in percent, with Wilson interval and n.
    pub share: Figure,
}

/// The channel of at least 60 % of three conversations or more.
pub(super) fn preferred_channel(list: &[Conversation]) -> Option<PreferredChannel> {
    let mut counts: BTreeMap<Channel, u64> = BTreeMap::new();
    for one in list {
        *counts.entry(one.channel).or_default() += 1;
    }
    let n = list.len() as u64;
    let (channel, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let method = "% of a customer's conversations in the channel; Wilson score interval (Wilson 1927)";
    let leads = n >= LEAST_CONVERSATIONS && count as f64 >= PREFERRED * n as f64;
    leads.then(|| PreferredChannel { channel, share: share("channel_share", method, count, n) })
}
