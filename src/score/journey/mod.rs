//! Journeys: who is one customer, what happened to them over all channels, what waits, and what to do next.
//!
//! Events carry keys, times and labels, no words. They are joined into people by exact keys ([`stitch`]), each person's
//! events are cut into conversations, and figures over all people follow. Nothing depends on the order of the events.
//! Method, curves with their sources and limits: docs/design/journeys.md.

mod conversation;
mod event;
mod hazard;
mod hours;
mod identity;
mod next;
mod segments;
mod summary;

pub use conversation::{Conversation, Normalised, OpenItem};
pub use event::{Experience, JourneyEvent, Speaker};
pub use hazard::{Curve, CurveStep, EstimatedCurve, MAX_BAD, Outcome, estimate_curve};
pub use hours::BusinessHours;
pub use identity::{
    AttributeRow, DetachedKey, Identities, IdentityKey, IdentityLink, IdentityPerson, IdentityRecord, KeyKind,
    MAX_KEY_BYTES, NotJoined, Profile, StitchOptions, UnusedKey, normal_key, profiles, stitch,
};
pub use next::{LeavingReason, LeavingRisk, NextAction, NextStep, Standing};
pub use segments::{PersonSegment, SegmentRule, SegmentTest, segments};
pub use summary::{MomentCount, Moments, PreferredChannel, ResponseTimes, Transition};

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};
use crate::message::Channel;
use crate::order::Sorted;
use crate::time::DAY_MS;

/// How journeys are read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct JourneyOptions {
    pub stitch: StitchOptions,
    /// For response times in business hours.
    pub hours: Option<BusinessHours>,
    /// Without threads, silence that ends a conversation. Default 72.
    pub session_hours: u32,
    /// A conversation for the same reason within so many days is a repeat. Default 7.
    pub repeat_days: u32,
    /// What waits longer is late. Default 24.
    pub answer_within_hours: u32,
    /// After so many days an experience weighs half. Default 90.
    pub half_life_days: f64,
    /// Who stays after bad experiences; absent: `pwc-2018`.
    pub curve: Option<Curve>,
}

impl Default for JourneyOptions {
    fn default() -> Self {
        JourneyOptions {
            stitch: StitchOptions::default(),
            hours: None,
            session_hours: 72,
            repeat_days: 7,
            answer_within_hours: 24,
            half_life_days: 90.0,
            curve: None,
        }
    }
}

/// One step of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimelineStep {
    pub id: String,
    pub at_ms: i64,
    pub channel: Channel,
    pub speaker: Speaker,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<String>,
}

/// One customer over all channels.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Journey {
    /// Id of the person in [`Journeys::identities`].
    pub person: String,
    /// By time.
    pub timeline: Vec<TimelineStep>,
    /// By their beginning.
    pub conversations: Vec<Conversation>,
    /// Conversations for the same reason as one a short while before.
    pub repeat_contacts: u64,
    /// Absent: too few conversations, or no channel leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_channel: Option<PreferredChannel>,
    pub standing: Standing,
    /// Sum of good (+1) and bad (-1) conversations, fading.
    pub standing_sum: f64,
    pub leaving: LeavingRisk,
    pub next: NextAction,
}

/// Everybody's journeys and figures over them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Journeys {
    pub identities: Identities,
    /// By person.
    pub people: Vec<Journey>,
    pub response: ResponseTimes,
    pub moments: Moments,
    /// The curve of `leaving`, with its source and warning.
    pub curve: Curve,
    /// Events left out because their id was given before.
    pub duplicates: u64,
    /// Replies without keys whose thread has no customer: left out.
    pub unassigned: u64,
    /// Events after `now`: read as they are, waiting times count as 0.
    pub after_now: u64,
}

/// Reads the journeys of all people in `events`, given in any order. `O(n log n)`.
///
/// # Errors
/// [`Error::Field`] naming `events[i].id` when it is empty, or what [`stitch`] refuses; [`Error::Option`] naming
/// `hours`, `curve.survival` or `halfLifeDays` (over 0, at most 36,500).
pub fn journeys(events: &[JourneyEvent], options: &JourneyOptions, now_ms: i64) -> Result<Journeys> {
    let curve = options.curve.clone().unwrap_or_else(Curve::pwc_2018);
    curve.check()?;
    options.hours.as_ref().map_or(Ok(()), BusinessHours::check)?;
    if !(options.half_life_days > 0.0 && options.half_life_days <= 36_500.0) {
        let what = "must be a number of days over 0, at most 36500";
        return Err(Error::Option { name: "halfLifeDays".into(), what: what.into() });
    }
    if let Some(at) = events.iter().position(|event| event.id.is_empty()) {
        return Err(Error::Field { field: format!("events[{at}].id"), what: "must not be empty".into() });
    }
    let mut sorted: Vec<&JourneyEvent> = events.iter().collect();
    sorted.order_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    let mut seen = BTreeSet::new();
    sorted.retain(|event| seen.insert(event.id.as_str()));
    let duplicates = (events.len() - sorted.len()) as u64;
    let named = |event: &&&JourneyEvent| event.speaker == Speaker::Customer || !event.keys.is_empty();
    let records: Vec<IdentityRecord> = sorted
        .iter()
        .filter(named)
        .map(|event| IdentityRecord { id: event.id.clone(), keys: event.keys.clone() })
        .collect();
    let identities = stitch(&records, &options.stitch)?;
    let owner: BTreeMap<&str, usize> = (identities.people.iter().enumerate())
        .flat_map(|(at, person)| person.records.iter().map(move |record| (record.as_str(), at)))
        .collect();
    let mut thread_owner: BTreeMap<&str, usize> = BTreeMap::new();
    for event in sorted.iter().filter(|event| event.speaker == Speaker::Customer) {
        if let (Some(thread), Some(at)) = (event.thread.as_deref(), owner.get(event.id.as_str())) {
            thread_owner.entry(thread).or_insert(*at);
        }
    }
    let mut of_person: Vec<Vec<&JourneyEvent>> = vec![Vec::new(); identities.people.len()];
    let mut unassigned = 0;
    for event in &sorted {
        let by_thread = || thread_owner.get(event.thread.as_deref()?);
        match owner.get(event.id.as_str()).or_else(by_thread).and_then(|at| of_person.get_mut(*at)) {
            Some(list) => list.push(event),
            None => unassigned += 1,
        }
    }
    let hours = options.hours.as_ref().map(BusinessHours::calendar);
    let people: Vec<Journey> = (identities.people.iter().zip(&of_person))
        .map(|(person, list)| {
            let conversations = conversation::conversations(list, options, hours.as_ref(), now_ms);
            journey(&person.id, list, conversations, options, &curve, now_ms)
        })
        .collect();
    Ok(Journeys {
        response: summary::response_times(&people),
        moments: summary::moments(&of_person),
        after_now: sorted.iter().filter(|event| event.at_ms > now_ms).count() as u64,
        identities,
        people,
        curve,
        duplicates,
        unassigned,
    })
}

fn journey(
    person: &str,
    list: &[&JourneyEvent],
    conversations: Vec<Conversation>,
    options: &JourneyOptions,
    curve: &Curve,
    now_ms: i64,
) -> Journey {
    let step = |event: &&JourneyEvent| TimelineStep {
        id: event.id.clone(),
        at_ms: event.at_ms,
        channel: event.channel,
        speaker: event.speaker,
        moment: event.moment.clone(),
    };
    let (standing_sum, standing) = next::standing(&conversations, options.half_life_days * DAY_MS as f64, now_ms);
    Journey {
        person: person.to_owned(),
        timeline: list.iter().map(step).collect(),
        repeat_contacts: conversations.iter().filter(|one| one.repeated).count() as u64,
        preferred_channel: summary::preferred_channel(&conversations),
        standing,
        standing_sum,
        leaving: next::risk(&conversations, curve),
        next: next::action(&conversations, options),
        conversations,
    }
}
