//! What a decision may depend on beside the message: the time, and what is known of the customer.

use serde::Deserialize;

use crate::error::Result;
use crate::message::Message;
use crate::read::Fields;
use crate::time::{MINUTE_MS, sent_ms};

/// What the caller knows of the customer when the message comes. Every field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CustomerState {
    /// A customer who is served first.
    pub vip: bool,
    /// Times the customer wrote before about the open matter.
    pub contacts: u32,
    /// Bad experiences in a row before this message.
    pub bad_experiences: u32,
    /// Cases that are open.
    pub open_cases: u32,
    /// Questions of the customer that nobody answered.
    pub open_questions: u32,
}

/// The time and the customer. The default knows neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Situation {
    /// Milliseconds since 1970, UTC.
    pub now_ms: Option<i64>,
    /// Whether the team works now; a condition on it holds neither way when it is not known.
    pub open: Option<bool>,
    /// Minutes since the message was sent that count against a deadline, as [`super::clock::Hours`] tells them;
    /// `None`: all of them.
    pub waited_minutes: Option<u32>,
    pub customer: CustomerState,
}

impl Situation {
    /// Minutes since the message was sent: not negative, and `None` when `now_ms` or `sentAt` is not known.
    pub fn age_minutes(&self, message: &Message) -> Option<u32> {
        let sent = message.sent_at.as_ref().and_then(sent_ms)?;
        let minutes = self.now_ms?.saturating_sub(sent).max(0) / MINUTE_MS;
        Some(u32::try_from(minutes).unwrap_or(u32::MAX))
    }

    /// Reads `{now, open, waitedMinutes, customer}` as a host gives it; null is the default.
    ///
    /// # Errors
    /// [`crate::Error::Option`] naming `situation` or the field, as in `situation.now`.
    pub fn from_value(value: serde_json::Value) -> Result<Situation> {
        let mut fields = Fields::option(value, "situation")?;
        let minutes = "must be a whole number of minutes from 0";
        let known = "an object with only vip (true or false) and contacts, badExperiences, openCases, openQuestions (whole \
                     numbers from 0)";
        let situation = Situation {
            now_ms: fields.time("now")?,
            open: fields.take("open", "true or false")?,
            waited_minutes: fields.whole("waitedMinutes", 0, u32::MAX.into(), minutes)?.map(|minutes| minutes as u32),
            customer: fields.take("customer", known)?.unwrap_or_default(),
        };
        fields.finish("now, open, waitedMinutes, customer")?;
        Ok(situation)
    }
}
