//! Where each case stands, after each of its messages.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

use super::group::{CaseReason, group};
use super::message::{CaseMessage, CaseRole};
use super::trajectory::{Trajectory, trajectory};
use super::{CaseOptions, Cases};
use crate::message::Channel;
use crate::order::Sorted;
use crate::time::{Elapsed, HOUR_MS};

/// Most ids a case lists; the rest is counted and flagged.
pub const MAX_LISTED: usize = 1_000;

/// What a message does to the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseDecision {
    Open,
    Join,
    /// It belongs to no case.
    None,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    /// The customer waits.
    Open,
    /// A person answered; nobody said yet that it is settled.
    Answered,
    Resolved,
    /// The customer came back after it was settled, and waits.
    Reopened,
}

/// One message, in order of time: what it did, and where its case stood then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseStep {
    pub id: String,
    pub decision: CaseDecision,
    pub because: CaseReason,
    /// Absent where it belongs to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CaseStatus>,
}

/// Messages about one matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
    /// Id of the message that opened it.
    pub id: String,
    /// By time, at most [`MAX_LISTED`].
    pub messages: Vec<String>,
    pub message_count: usize,
    /// More messages than are listed.
    pub truncated: bool,
    pub customers: Vec<String>,
    /// In the order they were told, at most [`MAX_LISTED`].
    pub intents: Vec<String>,
    pub channels: Vec<Channel>,
    pub opened_ms: i64,
    pub last_ms: i64,
    pub status: CaseStatus,
    /// Since when the customer waits; absent when nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since_ms: Option<i64>,
    /// From the opening to the first reply by a person; bots do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_ms: Option<i64>,
    /// In business hours; absent where a case took longer than a calendar counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_business_ms: Option<i64>,
    /// From the opening to when it was settled for the last time; absent while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_business_ms: Option<i64>,
    /// How often the customer came back after it was settled.
    pub reopened: usize,
    pub trajectory: Trajectory,
}

/// All cases and what was odd about the messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseReport {
    /// By the time they were opened.
    pub cases: Vec<Case>,
    /// Every message, by time.
    pub steps: Vec<CaseStep>,
    /// Messages whose id was given before.
    pub duplicates: u64,
    /// Ids under which different messages came; the earlier one by time counts. At most [`MAX_LISTED`].
    pub conflicting: Vec<String>,
    /// Replies with a time before what they reply to; read by their times all the same. At most [`MAX_LISTED`].
    pub backwards: Vec<String>,
    /// Messages after `now`.
    pub after_now: usize,
}

pub(super) fn report(held: &Cases, options: &CaseOptions) -> CaseReport {
    let mut messages: Vec<&CaseMessage> = held.messages.values().collect();
    messages.order();
    let mut groups = group(&messages, i64::from(options.window_hours) * HOUR_MS);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..messages.len() {
        members.entry(groups.root(at)).or_default().push(at);
    }
    let mut steps: Vec<CaseStep> = messages.iter().map(|message| nothing(message)).collect();
    let mut cases = Vec::new();
    for places in members.into_values() {
        let part: Vec<&CaseMessage> = places.iter().filter_map(|at| messages.get(*at).copied()).collect();
        let Some(opening) = part.iter().position(|message| message.opens()) else { continue };
        let mut case = blank(&part, opening);
        let mut resolved_ms = None;
        for (turn, (message, at)) in part.iter().zip(&places).enumerate() {
            if turn >= opening {
                advance(&mut case, message, &mut resolved_ms);
            }
            let Some(step) = steps.get_mut(*at) else { continue };
            let first = turn == opening;
            step.decision = if first { CaseDecision::Open } else { CaseDecision::Join };
            let link = groups.links.get(*at).copied().flatten();
            step.because = if first { CaseReason::New } else { link.unwrap_or(CaseReason::Thread) };
            step.case = Some(case.id.clone());
            step.status = Some(case.status).filter(|_| turn >= opening);
        }
        let settled_ms = resolved_ms.filter(|_| case.status == CaseStatus::Resolved);
        let turns = part.iter().skip(opening).map(|message| (message.role, message.sent_ms));
        let times = Elapsed::of(turns, settled_ms, options.calendar.as_ref());
        (case.first_response_ms, case.resolution_ms) = (times.first_response_ms, times.resolution_ms);
        case.first_response_business_ms = times.first_response_business_ms;
        case.resolution_business_ms = times.resolution_business_ms;
        case.trajectory = trajectory(&part);
        cases.push(case);
    }
    cases.order_by(|a, b| a.opened_ms.cmp(&b.opened_ms).then_with(|| a.id.cmp(&b.id)));
    let after = |message: &&&CaseMessage| options.now_ms.is_some_and(|now| message.sent_ms > now);
    let before = |message: &&&CaseMessage| {
        let to = message.in_reply_to.as_ref().and_then(|to| held.messages.get(to));
        to.is_some_and(|to| to.sent_ms > message.sent_ms)
    };
    CaseReport {
        cases,
        steps,
        duplicates: held.given - held.messages.len() as u64,
        conflicting: held.conflicting.iter().take(MAX_LISTED).cloned().collect(),
        backwards: messages.iter().filter(before).take(MAX_LISTED).map(|message| message.id.clone()).collect(),
        after_now: messages.iter().filter(after).count(),
    }
}

fn nothing(message: &CaseMessage) -> CaseStep {
    let id = message.id.clone();
    CaseStep { id, decision: CaseDecision::None, because: CaseReason::Nothing, case: None, status: None }
}

/// A case before anything happened in it.
fn blank(part: &[&CaseMessage], opening: usize) -> Case {
    let at = |at: usize| part.get(at).copied();
    let mut intents: Vec<String> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for intent in part.iter().filter_map(|message| message.intent.as_deref()) {
        if seen.insert(intent) && intents.len() < MAX_LISTED {
            intents.push(intent.to_owned());
        }
    }
    let customers: BTreeSet<&String> = part.iter().filter_map(|message| message.customer.as_ref()).collect();
    let channels: BTreeSet<Channel> = part.iter().map(|message| message.channel).collect();
    let opened = at(opening).map_or(0, |message| message.sent_ms);
    Case {
        id: at(opening).map(|message| message.id.clone()).unwrap_or_default(),
        messages: part.iter().take(MAX_LISTED).map(|message| message.id.clone()).collect(),
        message_count: part.len(),
        truncated: part.len() > MAX_LISTED,
        customers: customers.into_iter().take(MAX_LISTED).cloned().collect(),
        intents,
        channels: channels.into_iter().collect(),
        opened_ms: opened,
        last_ms: part.last().map_or(opened, |message| message.sent_ms),
        status: CaseStatus::Open,
        waiting_since_ms: None,
        first_response_ms: None,
        first_response_business_ms: None,
        resolution_ms: None,
        resolution_business_ms: None,
        reopened: 0,
        trajectory: Trajectory::default(),
    }
}

/// What one message changes.
fn advance(case: &mut Case, message: &CaseMessage, resolved_ms: &mut Option<i64>) {
    let person = message.role == CaseRole::Agent;
    // Calm words after an answer settle it as well.
    let content = message.role == CaseRole::Customer && !message.opens() && case.status == CaseStatus::Answered;
    if message.resolves || content {
        case.status = CaseStatus::Resolved;
        case.waiting_since_ms = None;
        *resolved_ms = Some(message.sent_ms);
    } else if person {
        case.status = if case.status == CaseStatus::Resolved { CaseStatus::Resolved } else { CaseStatus::Answered };
        case.waiting_since_ms = None;
    } else if message.opens() {
        if case.status == CaseStatus::Resolved {
            case.status = CaseStatus::Reopened;
            case.reopened += 1;
        } else if case.status == CaseStatus::Answered {
            case.status = CaseStatus::Open;
        }
        case.waiting_since_ms.get_or_insert(message.sent_ms);
    }
}
