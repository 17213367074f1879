//! One conversation of one person: what waits, how fast it was answered, how it ended.

use serde::Serialize;
use std::collections::BTreeMap;

use super::JourneyOptions;
use super::event::{Experience, JourneyEvent, Speaker};
use crate::message::Channel;
use crate::time::{Calendar, DAY_MS, Elapsed, HOUR_MS};

/// A question or complaint that nobody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenItem {
    /// The event.
    pub id: String,
    pub at_ms: i64,
    /// From then to now.
    pub waiting_ms: i64,
    pub complaint: bool,
}

/// When an upset customer was calm again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Normalised {
    /// The event, and its number in the conversation, from 1.
    pub id: String,
    pub turn: usize,
}

/// One conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// Its thread, or the id of its first event where it has none.
    pub id: String,
    pub channel: Channel,
    pub started_ms: i64,
    pub events: usize,
    /// The customer asked or complained.
    pub needs_answer: bool,
    pub open: Vec<OpenItem>,
    /// From the first words of the customer to the first reply by a person; bots do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_ms: Option<i64>,
    /// The same in business hours, where these are given and it took no more than ten years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_business_ms: Option<i64>,
    /// From the first words of the customer to the last event that settled it; absent while something is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_ms: Option<i64>,
    /// The same in business hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_business_ms: Option<i64>,
    /// Only where the customer was upset and is no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub normalised: Option<Normalised>,
    /// The last experience told; bad while a complaint is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experience: Option<Experience>,
    /// When that was.
    #[serde(skip)]
    pub(super) experience_ms: i64,
    /// Contact reason: the first told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// The same reason as a conversation begun a short while before.
    pub repeated: bool,
    /// The last customer words say that they leave.
    #[serde(skip)]
    pub(super) leaves: Option<String>,
}

/// Cuts the events of one person, in order of time, into conversations, in order of their beginning. `hours` are those
/// of the options.
pub(super) fn conversations(
    events: &[&JourneyEvent],
    options: &JourneyOptions,
    hours: Option<&Calendar>,
    now_ms: i64,
) -> Vec<Conversation> {
    let session = i64::from(options.session_hours) * HOUR_MS;
    let mut parts: Vec<Vec<&JourneyEvent>> = Vec::new();
    let mut known: BTreeMap<(Option<&str>, Channel), usize> = BTreeMap::new();
    for event in events {
        let thread = event.thread.as_deref();
        let key = (thread, if thread.is_some() { Channel::Other } else { event.channel });
        let last = known.get(&key).and_then(|at| parts.get_mut(*at));
        let follows = |part: &&mut Vec<&JourneyEvent>| {
            let near = part.last().is_some_and(|last| event.at_ms.saturating_sub(last.at_ms) <= session);
            thread.is_some() || event.speaker != Speaker::Customer || near
        };
        match last.filter(follows) {
            Some(part) => part.push(event),
            None => {
                known.insert(key, parts.len());
                parts.push(vec![event]);
            }
        }
    }
    let mut list: Vec<Conversation> = parts.iter().map(|part| read(part, hours, now_ms)).collect();
    let window = i64::from(options.repeat_days) * DAY_MS;
    let mut latest: BTreeMap<String, i64> = BTreeMap::new();
    for one in &mut list {
        let Some(intent) = &one.intent else { continue };
        let before = latest.insert(intent.clone(), one.started_ms);
        one.repeated = before.is_some_and(|before| one.started_ms.saturating_sub(before) <= window);
    }
    list
}

fn read(part: &[&JourneyEvent], hours: Option<&Calendar>, now_ms: i64) -> Conversation {
    let customer = |event: &&&JourneyEvent| event.speaker == Speaker::Customer;
    let waits = |event: &JourneyEvent| event.speaker == Speaker::Customer && (event.asks || event.complains);
    let answers = |event: &JourneyEvent| event.speaker == Speaker::Agent || event.resolves;
    let answered = part.iter().rposition(|event| answers(event)).map_or(0, |at| at + 1);
    let open: Vec<OpenItem> = part
        .iter()
        .skip(answered)
        .filter(|event| waits(event))
        .map(|event| OpenItem {
            id: event.id.clone(),
            at_ms: event.at_ms,
            waiting_ms: now_ms.saturating_sub(event.at_ms).max(0),
            complaint: event.complains,
        })
        .collect();
    let settled = part.iter().rfind(|event| event.resolves).map(|event| event.at_ms).filter(|_| open.is_empty());
    let times = Elapsed::of(part.iter().map(|event| (event.speaker, event.at_ms)), settled, hours);
    let upset = part.iter().rposition(|event| event.upset && event.speaker == Speaker::Customer);
    let calm = upset.and_then(|upset| {
        let (at, event) = part.iter().enumerate().skip(upset + 1).find(|(_, event)| customer(event))?;
        Some(Normalised { id: event.id.clone(), turn: at + 1 })
    });
    let told = part.iter().filter(customer).rfind(|event| event.experience.is_some());
    let waiting = open.iter().rfind(|item| item.complaint);
    let told_ms = waiting.map(|item| item.at_ms).max(told.map(|event| event.at_ms));
    let last = part.iter().rfind(customer);
    let begin = part.first();
    Conversation {
        id: begin.map(|event| event.thread.clone().unwrap_or_else(|| event.id.clone())).unwrap_or_default(),
        channel: begin.map(|event| event.channel).unwrap_or_default(),
        started_ms: begin.map(|event| event.at_ms).unwrap_or_default(),
        events: part.len(),
        needs_answer: part.iter().any(|event| waits(event)),
        first_response_ms: times.first_response_ms,
        first_response_business_ms: times.first_response_business_ms,
        resolution_ms: times.resolution_ms,
        resolution_business_ms: times.resolution_business_ms,
        normalised: calm,
        experience: if waiting.is_some() { Some(Experience::Bad) } else { told.and_then(|event| event.experience) },
        experience_ms: told_ms.unwrap_or_default(),
        intent: part.iter().filter(customer).find_map(|event| event.intent.clone()),
        repeated: false,
        leaves: last.filter(|event| event.leaves).map(|event| event.id.clone()),
        open,
    }
}
