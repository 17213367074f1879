//! Crisis: bad talk surges, with the words, the first messages, the spread, and whether to stop publishing.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::bursts::{Burst, bursts};
use super::emerging::{EmergingTerm, TermCounts, emerging};
use super::series::{Series, TrendOptions};
use crate::error::Result;
use crate::message::Channel;
use crate::order::Sorted;

/// First messages given.
const MAX_EXAMPLES: usize = 5;
/// Terms given.
const MAX_TERMS: usize = 8;
/// Severity (-log10 p) of an alert to a crisis.
const CRISIS_SEVERITY: f64 = 6.0;
/// Times the expected volume of a crisis.
const CRISIS_RATIO: f64 = 3.0;

/// One message of the stream. Its words come as terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StreamMessage {
    pub id: String,
    pub at_ms: i64,
    pub channel: Channel,
    /// Pseudonym of who wrote; an author counts once a bucket.
    pub author: Option<String>,
    pub negative: bool,
    /// Critical urgency, danger, a threat: counts for severity.
    pub severe: bool,
    /// What it speaks of: see [`super::terms`].
    pub terms: Vec<String>,
}

/// How a stream is watched.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CrisisOptions {
    /// Length of a bucket. Default one hour.
    pub bucket_ms: i64,
    pub trend: TrendOptions,
    /// Fewer authors are no alert. Default 5.
    pub least_authors: u64,
    /// How long a pause is recommended for. Default 12 hours.
    pub pause_hours: u32,
}

impl Default for CrisisOptions {
    fn default() -> Self {
        let trend = TrendOptions::default();
        CrisisOptions { bucket_ms: 3_600_000, trend, least_authors: 5, pause_hours: 12 }
    }
}

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CrisisLevel {
    /// More bad talk than the past explains: look.
    Alert,
    /// Far more, by severity and ratio, or grave messages surge: stop publishing.
    Crisis,
}

/// Recommended: publish nothing in the scope until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PauseAdvice {
    /// Channels with bad talk in the surge.
    pub scope: Vec<Channel>,
    pub until_ms: i64,
    pub reason: &'static str,
}

/// Bad messages of one channel in the surge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ChannelShare {
    pub channel: Channel,
    pub count: u64,
}

/// A surge of bad talk that goes on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CrisisAlert {
    pub level: CrisisLevel,
    /// The surge of all bad messages, or of grave ones where only these surge.
    pub burst: Burst,
    pub authors: u64,
    /// What the bad messages of the surge speak of, more than those before.
    pub terms: Vec<EmergingTerm>,
    /// Ids: the first messages of the surge that say the strongest term, else the first of all.
    pub examples: Vec<String>,
    /// The most first.
    pub spread: Vec<ChannelShare>,
    /// Only in a crisis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseAdvice>,
}

/// Looks for a surge of bad messages that reaches to the bucket of `now_ms` or the one before (the last may be young).
/// Messages in any order; those after now and repeated ids are left out. An author counts once a bucket, so that one
/// voice is no crowd. `O(n log n)`.
///
/// # Errors
/// [`crate::Error::Option`] naming the field out of range.
pub fn crisis(messages: &[StreamMessage], options: &CrisisOptions, now_ms: i64) -> Result<Option<CrisisAlert>> {
    let mut seen = BTreeSet::new();
    let mut list: Vec<&StreamMessage> = messages.iter().filter(|one| one.at_ms <= now_ms).collect();
    list.order_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    list.retain(|one| one.id.is_empty() || seen.insert(one.id.as_str()));
    let Some(start_ms) = list.first().map(|one| one.at_ms) else { return Ok(None) };
    // Buckets end at now: the last one is full.
    let buckets = (now_ms.saturating_sub(start_ms) / options.bucket_ms.max(1)).saturating_add(1);
    let start_ms = now_ms.saturating_sub(buckets.saturating_mul(options.bucket_ms)).saturating_add(1);
    let surge = |wanted: fn(&StreamMessage) -> bool| -> Result<Option<Burst>> {
        let mut said = BTreeSet::new();
        let mut times = Vec::new();
        for one in list.iter().filter(|one| wanted(one)) {
            let bucket = one.at_ms.saturating_sub(start_ms).div_euclid(options.bucket_ms.max(1));
            if one.author.as_deref().is_none_or(|author| said.insert((author, bucket))) {
                times.push(one.at_ms);
            }
        }
        let (series, _) = Series::of_times(&times, start_ms, now_ms, options.bucket_ms)?;
        let found = bursts(&series, &options.trend)?;
        Ok(found.bursts.into_iter().next_back().filter(|burst| burst.last + 2 >= series.counts.len()))
    };
    let (bad, grave) = (surge(|one| one.negative)?, surge(|one| one.severe)?);
    let is_grave = grave.is_some();
    let Some(burst) = bad.or(grave) else { return Ok(None) };
    let inside = |one: &&&StreamMessage| one.at_ms >= burst.start_ms && (one.negative || one.severe);
    let within: Vec<&StreamMessage> = list.iter().filter(inside).copied().collect();
    let authors: BTreeSet<&str> = within.iter().filter_map(|one| one.author.as_deref()).collect();
    let authors = authors.len() as u64 + within.iter().filter(|one| one.author.is_none()).count() as u64;
    if authors < options.least_authors {
        return Ok(None);
    }
    let terms = new_terms(&list, burst.start_ms)?;
    let cause = terms.first().map(|term| term.term.as_str());
    let says = |one: &&&StreamMessage| cause.is_none_or(|cause| one.terms.iter().any(|term| term == cause));
    let examples = within.iter().filter(says).take(MAX_EXAMPLES).map(|one| one.id.clone()).collect();
    let mut counts: BTreeMap<Channel, u64> = BTreeMap::new();
    for one in &within {
        *counts.entry(one.channel).or_default() += 1;
    }
    let mut spread: Vec<ChannelShare> =
        counts.into_iter().map(|(channel, count)| ChannelShare { channel, count }).collect();
    spread.order_by(|a, b| b.count.cmp(&a.count));
    let surges = burst.severity >= CRISIS_SEVERITY && burst.observed as f64 >= CRISIS_RATIO * burst.expected;
    let level = if surges || is_grave { CrisisLevel::Crisis } else { CrisisLevel::Alert };
    let pause = (level == CrisisLevel::Crisis).then(|| PauseAdvice {
        scope: spread.iter().map(|share| share.channel).collect(),
        until_ms: now_ms.saturating_add(i64::from(options.pause_hours) * 3_600_000),
        reason: if is_grave { "grave messages surge" } else { "bad talk surges far above its past" },
    });
    Ok(Some(CrisisAlert { level, burst, authors, terms, examples, spread, pause }))
}

/// Terms of bad messages since `from_ms` against those of bad messages before; a message says a term once.
fn new_terms(list: &[&StreamMessage], from_ms: i64) -> Result<Vec<EmergingTerm>> {
    let mut counts: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    let mut totals = [0u64; 2];
    for one in list.iter().filter(|one| one.negative || one.severe) {
        let side = usize::from(one.at_ms < from_ms);
        totals[side] += 1;
        let terms: BTreeSet<&str> = one.terms.iter().map(String::as_str).collect();
        for term in terms {
            counts.entry(term).or_default()[side] += 1;
        }
    }
    let [now, before] = totals;
    let counts: Vec<TermCounts> = counts
        .into_iter()
        .map(|(term, [now, before])| TermCounts { term: term.to_owned(), now, before: vec![before] })
        .collect();
    emerging(&counts, now, &[before], 3, MAX_TERMS)
}
