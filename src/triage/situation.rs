//! What a decision may depend on beside the message: the time, and what is known of the customer.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::message::Message;
use crate::time::sent_ms;

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
        let minutes = self.now_ms?.saturating_sub(sent).max(0) / 60_000;
        Some(u32::try_from(minutes).unwrap_or(u32::MAX))
    }

    /// Reads `{now, open, waitedMinutes, customer}` as a host gives it; null is the default.
    ///
    /// # Errors
    /// [`Error::Option`] naming `situation` or the field, as in `situation.now`.
    pub fn from_value(value: serde_json::Value) -> Result<Situation> {
        let refuse = |name: &str, what: &str| Error::Option { name: name.into(), what: what.into() };
        let fields = match value {
            serde_json::Value::Null => return Ok(Situation::default()),
            serde_json::Value::Object(fields) => fields,
            _ => return Err(refuse("situation", "must be an object")),
        };
        let mut situation = Situation::default();
        for (key, value) in fields {
            match key.as_str() {
                _ if value.is_null() => {}
                "now" => {
                    let now = sent_ms(&value);
                    situation.now_ms = Some(
                        now.ok_or_else(|| refuse("situation.now", "must be ISO 8601 or milliseconds since 1970"))?,
                    );
                }
                "open" => {
                    let open = value.as_bool();
                    situation.open = Some(open.ok_or_else(|| refuse("situation.open", "must be true or false"))?);
                }
                "waitedMinutes" => {
                    let minutes = value.as_f64().filter(|minutes| minutes.fract() == 0.0 && *minutes >= 0.0);
                    let minutes = minutes
                        .ok_or_else(|| refuse("situation.waitedMinutes", "must be a whole number of minutes from 0"))?;
                    situation.waited_minutes = Some(minutes as u32);
                }
                "customer" => {
                    situation.customer = serde_json::from_value(value).map_err(|_| {
                        let known = "must have only vip (true or false) and contacts, badExperiences, openCases, openQuestions \
                                     (whole numbers from 0)";
                        refuse("situation.customer", known)
                    })?;
                }
                _ => {
                    return Err(refuse(
                        "situation",
                        "has an unknown field; there are now, open, waitedMinutes, customer",
                    ));
                }
            }
        }
        Ok(situation)
    }
}
