//! How near a customer is to leaving, and what to do next.

use serde::Serialize;

use super::conversation::Conversation;
use super::event::Experience;
use super::{Curve, JourneyOptions};
use crate::order::Sorted;

/// Why a customer may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeavingReason {
    /// The last words of a conversation say so.
    SaysSo,
    /// Two complaints or more without an answer.
    UnansweredComplaints,
    /// Two bad experiences or more in a row.
    BadInRow,
}

/// How near the customer is to leaving.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeavingRisk {
    /// Empty: no sign.
    pub reasons: Vec<LeavingReason>,
    /// Events that say so, and complaints that wait.
    pub events: Vec<String>,
    /// Bad conversations since the last good one.
    pub bad_in_row: u64,
    /// Share, 0..=1, that stays after so many, by the curve named. Of a group, not of this person.
    pub stays: f64,
    pub curve: String,
}

/// How things stand, old experiences fading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing was told.
    Unknown,
    Good,
    /// Good now, after something bad.
    Recovered,
    Bad,
}

/// What to do next for a customer, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// They say they leave: call.
    Retain,
    /// A complaint waits.
    Resolve,
    /// A question waits.
    Answer,
    /// Nothing waits, but the last experience was bad: make it good.
    Recover,
    /// The last experience was good: thank, or ask to tell others.
    Thank,
    Nothing,
}

/// The next step and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NextAction {
    pub step: NextStep,
    /// What waits has waited longer than it should: apologise.
    pub late: bool,
    /// Send no survey before this is done.
    pub hold_surveys: bool,
    /// Events to look at, the oldest first; where nothing waits, the conversation that decided.
    pub events: Vec<String>,
}

/// Conversations with a known experience, by its time.
fn told(list: &[Conversation]) -> Vec<&Conversation> {
    let mut told: Vec<&Conversation> = list.iter().filter(|one| one.experience.is_some()).collect();
    told.order_by(|a, b| (a.experience_ms, &a.id).cmp(&(b.experience_ms, &b.id)));
    told
}

/// Conversations that said goodbye with nothing good after.
fn goodbyes(list: &[Conversation]) -> Vec<String> {
    let made_good =
        list.iter().filter(|one| one.experience == Some(Experience::Good)).map(|one| one.experience_ms).max();
    let stands = |one: &&Conversation| made_good.is_none_or(|good| good <= one.started_ms);
    list.iter().filter(stands).filter_map(|one| one.leaves.clone()).collect()
}

pub(super) fn risk(list: &[Conversation], curve: &Curve) -> LeavingRisk {
    let bad = |one: &&&Conversation| one.experience == Some(Experience::Bad);
    let bad_in_row = told(list).iter().rev().take_while(bad).count() as u64;
    let mut events = goodbyes(list);
    let mut reasons = Vec::new();
    if !events.is_empty() {
        reasons.push(LeavingReason::SaysSo);
    }
    let complaints: Vec<&String> =
        list.iter().flat_map(|one| &one.open).filter(|item| item.complaint).map(|item| &item.id).collect();
    if complaints.len() > 1 {
        reasons.push(LeavingReason::UnansweredComplaints);
        events.extend(complaints.into_iter().cloned());
    }
    if bad_in_row > 1 {
        reasons.push(LeavingReason::BadInRow);
    }
    events.order();
    events.dedup();
    LeavingRisk { reasons, events, bad_in_row, stays: curve.stays(bad_in_row), curve: curve.name.clone() }
}

/// Sum of +1 and -1 for good and bad conversations, each halved every half-life, and what it means.
pub(super) fn standing(list: &[Conversation], half_life_ms: f64, now_ms: i64) -> (f64, Standing) {
    let told = told(list);
    let mut sum = 0.0;
    for one in &told {
        let age = now_ms.saturating_sub(one.experience_ms).max(0) as f64;
        let weight = libm::exp2(-age / half_life_ms);
        sum += if one.experience == Some(Experience::Good) { weight } else { -weight };
    }
    let was_bad = told.iter().any(|one| one.experience == Some(Experience::Bad));
    let standing = match (told.is_empty(), sum > 0.0, was_bad) {
        (true, ..) => Standing::Unknown,
        (_, true, true) => Standing::Recovered,
        (_, true, false) => Standing::Good,
        _ => Standing::Bad,
    };
    (sum, standing)
}

pub(super) fn action(list: &[Conversation], options: &JourneyOptions) -> NextAction {
    let mut open: Vec<_> = list.iter().flat_map(|one| &one.open).collect();
    open.order_by(|a, b| (a.at_ms, &a.id).cmp(&(b.at_ms, &b.id)));
    let limit = i64::from(options.answer_within_hours) * crate::time::HOUR_MS;
    let late = open.iter().any(|item| item.waiting_ms > limit);
    let waiting = || open.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    let goodbyes = goodbyes(list);
    let told = told(list);
    let (step, events) = match told.last() {
        _ if !goodbyes.is_empty() => (NextStep::Retain, goodbyes),
        _ if open.iter().any(|item| item.complaint) => (NextStep::Resolve, waiting()),
        _ if !open.is_empty() => (NextStep::Answer, waiting()),
        Some(last) if last.experience == Some(Experience::Bad) => (NextStep::Recover, vec![last.id.clone()]),
        Some(last) => (NextStep::Thank, vec![last.id.clone()]),
        None => (NextStep::Nothing, Vec::new()),
    };
    let hold_surveys = !matches!(step, NextStep::Thank | NextStep::Nothing);
    NextAction { step, late, hold_surveys, events }
}
