//! Until when a message is to be answered, and what is left of that time.

use serde::Serialize;
use serde_json::Value;

use crate::error::Result;
use crate::message::Channel;
use crate::read::{Fields, label};
use crate::time::{Calendar, MINUTE_MS};
use crate::triage::channels::{platform, reply_expectation};

/// Longest time to answer in, in minutes: a year.
pub const MAX_ANSWER_MINUTES: u32 = 527_040;

/// What a deadline depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// When the message was sent.
    pub sent_ms: i64,
    pub now_ms: i64,
    /// Minutes to answer in; business minutes where there is a calendar.
    pub minutes: u32,
    pub calendar: Option<Calendar>,
}

/// Where a message stands against its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    InTime,
    /// A quarter of the time or less is left.
    Soon,
    /// Answer at once, and say sorry for the wait.
    Late,
}

/// A deadline and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    pub deadline_ms: i64,
    pub state: DueState,
    /// Minutes from now to the deadline, rounded down; 0 when it is over.
    pub respond_within_minutes: u32,
    /// The same in business minutes, where there is a calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_minutes_left: Option<u32>,
    /// Minutes since the deadline, rounded down.
    pub late_minutes: u32,
    pub apologise: bool,
    /// The message lies after now: it was read as if sent now.
    pub backwards: bool,
}

fn whole_minutes(ms: i64) -> u32 {
    u32::try_from(ms.max(0) / MINUTE_MS).unwrap_or(u32::MAX)
}

/// The deadline of one message. `None` when the calendar does not reach so far, see
/// [`super::MAX_CALENDAR_DAYS`].
pub fn deadline(due: &Due) -> Option<Deadline> {
    let backwards = due.sent_ms > due.now_ms;
    let sent = due.sent_ms.min(due.now_ms);
    let time = i64::from(due.minutes) * MINUTE_MS;
    let deadline_ms = match &due.calendar {
        Some(calendar) => calendar.after(sent, time)?,
        None => sent.saturating_add(time),
    };
    let left = deadline_ms.saturating_sub(due.now_ms);
    let working = due.calendar.as_ref().map(|calendar| calendar.between(due.now_ms, deadline_ms));
    let business = match working {
        Some(working) => Some(working?),
        None => None,
    };
    let state = if left < 0 {
        DueState::Late
    } else if business.unwrap_or(left).saturating_mul(4) <= time {
        DueState::Soon
    } else {
        DueState::InTime
    };
    Some(Deadline {
        deadline_ms,
        state,
        respond_within_minutes: whole_minutes(left),
        business_minutes_left: business.map(whole_minutes),
        late_minutes: whole_minutes(left.saturating_neg()),
        apologise: state == DueState::Late,
        backwards,
    })
}

/// Reads `{sentAt, now, minutes? | channel? | source?, calendar?}`: without minutes, what people expect of the platform
/// or channel.
///
/// # Errors
/// [`crate::Error::Field`] naming the field; `calendar` when it does not reach to the deadline.
pub fn deadline_of_value(value: Value) -> Result<Deadline> {
    let mut input = Fields::at(value, "")?;
    let channel = label(&mut input, "channel", &Channel::ALL, Channel::slug)?;
    let source = input.key("source")?.map(|source| platform(&source)).filter(|found| found.class != Channel::Other);
    let expected = source.map(|found| found.reply).unwrap_or_else(|| reply_expectation(channel.unwrap_or_default()));
    let most = i64::from(MAX_ANSWER_MINUTES);
    let minutes = input.whole("minutes", 0, most, "must be whole minutes from 0 to 527040")?;
    let due = Due {
        sent_ms: input.need_time("sentAt")?,
        now_ms: input.need_time("now")?,
        minutes: minutes.map_or(expected.minutes, |minutes| minutes as u32),
        calendar: input.object("calendar")?.map(Calendar::read).transpose()?,
    };
    let far = input.refuse("calendar", "does not reach to the deadline: more than ten years, or too few open hours");
    input.finish("sentAt, now, minutes, channel, source, calendar")?;
    deadline(&due).ok_or(far)
}
