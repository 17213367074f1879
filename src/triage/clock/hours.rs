//! What a calendar says of a moment: the part of a decision's situation that depends on when a team works.

use serde::Serialize;
use serde_json::Value;

use crate::error::Result;
use crate::read::Fields;
use crate::time::{Calendar, MINUTE_MS};

/// `now`, `open` and `waitedMinutes` of a [`crate::triage::Situation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hours {
    #[serde(rename = "now")]
    pub now_ms: i64,
    pub open: bool,
    /// Business minutes from when the message was sent to now, rounded down; 0 when it lies after now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited_minutes: Option<u32>,
}

/// Whether the team works now, and how much of its time went by since a message was sent. More years than a calendar
/// counts ([`super::MAX_CALENDAR_DAYS`]) are the most minutes there can be.
pub fn hours(calendar: &Calendar, now_ms: i64, sent_ms: Option<i64>) -> Hours {
    let minutes = |ms: i64| u32::try_from(ms / MINUTE_MS).unwrap_or(u32::MAX);
    let waited_minutes = sent_ms.map(|sent| calendar.between(sent, now_ms).map_or(u32::MAX, minutes));
    Hours { now_ms, open: calendar.is_open(now_ms), waited_minutes }
}

/// Reads `{calendar, now, sentAt?}`.
///
/// # Errors
/// [`crate::Error::Field`] naming the field.
pub fn hours_of_value(value: Value) -> Result<Hours> {
    let mut input = Fields::at(value, "")?;
    let calendar = input.object("calendar")?.ok_or_else(|| input.refuse("calendar", "is required"))?;
    let (now_ms, sent_ms) = (input.need_time("now")?, input.time("sentAt")?);
    input.finish("calendar, now, sentAt")?;
    Ok(hours(&Calendar::read(calendar)?, now_ms, sent_ms))
}
