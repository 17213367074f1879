//! Messages to cases: what belongs together, where each case stands after each message, and what to do next.
//!
//! [`Cases`] holds messages without words. Its report depends on the set of messages only: shuffled, given in parts or
//! merged they make the same cases. Rules: docs/design/cases.md.

mod group;
mod message;
mod report;
mod trajectory;
mod workflow;

pub use group::CaseReason;
pub use message::{CaseMessage, CaseRole};
pub use report::{Case, CaseDecision, CaseReport, CaseStatus, CaseStep, MAX_LISTED};
pub use trajectory::{EmotionPath, Moment, Trajectory, trajectory};
pub use workflow::{Guidance, GuidedStep, MAX_STEPS, StepState, Workflow, WorkflowStep, guidance_of_value};

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::clock::Calendar;
use crate::error::{Error, Result};
use crate::read::Fields;

/// Most messages held at a time.
pub const MAX_CASE_MESSAGES: usize = 100_000;

/// How messages are joined and timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOptions {
    /// The same customer with the same reason joins within so many hours of the last such message. Default 168.
    pub window_hours: u32,
    /// Messages after it are counted as such. Milliseconds since 1970.
    pub now_ms: Option<i64>,
    /// For times in business hours.
    pub calendar: Option<Calendar>,
}

impl Default for CaseOptions {
    fn default() -> Self {
        CaseOptions { window_hours: 168, now_ms: None, calendar: None }
    }
}

/// Messages that are to become cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cases {
    messages: BTreeMap<String, CaseMessage>,
    /// How many messages were given, doubles among them.
    given: u64,
    /// Ids under which different messages came.
    conflicting: BTreeSet<String>,
}

impl Cases {
    pub fn new() -> Cases {
        Cases::default()
    }

    /// Adds a message. An id that is known counts as a duplicate; where the two differ, the earlier one by time is
    /// kept, and the id is flagged.
    ///
    /// # Errors
    /// [`Error::BatchTooLarge`] over [`MAX_CASE_MESSAGES`].
    pub fn add(&mut self, message: CaseMessage) -> Result<()> {
        let held = self.messages.len();
        match self.messages.get_mut(&message.id) {
            Some(known) => {
                if *known != message {
                    self.conflicting.insert(message.id.clone());
                    if message < *known {
                        *known = message;
                    }
                }
            }
            None if held >= MAX_CASE_MESSAGES => {
                return Err(Error::BatchTooLarge { unit: "messages", limit: MAX_CASE_MESSAGES, actual: held + 1 });
            }
            None => {
                self.messages.insert(message.id.clone(), message);
            }
        }
        self.given += 1;
        Ok(())
    }

    /// Adds what another holds. Order does not matter.
    ///
    /// # Errors
    /// As [`Cases::add`]; messages up to the limit are in then.
    pub fn merge(&mut self, other: &Cases) -> Result<()> {
        other.messages.values().try_for_each(|message| self.add(message.clone()))?;
        self.given += other.given - other.messages.len() as u64;
        self.conflicting.extend(other.conflicting.iter().cloned());
        Ok(())
    }

    /// The cases. `O(n log n)` in messages.
    pub fn report(&self, options: &CaseOptions) -> CaseReport {
        report::report(self, options)
    }
}

/// Reads `{messages, windowHours?, now?, calendar?}` and gives the cases.
///
/// # Errors
/// [`Error::Field`] naming the field, as in `messages[3].sentAt`.
pub fn cases_of_value(value: Value) -> Result<CaseReport> {
    let mut input = Fields::at(value, "")?;
    let mut cases = Cases::new();
    for message in input.objects("messages", MAX_CASE_MESSAGES)? {
        cases.add(CaseMessage::read(message)?)?;
    }
    let hours = input.whole("windowHours", 0, 87_600, "must be whole hours from 0 to 87600")?;
    let options = CaseOptions {
        window_hours: hours.map_or(CaseOptions::default().window_hours, |hours| hours as u32),
        now_ms: input.time("now")?,
        calendar: input.object("calendar")?.map(Calendar::read).transpose()?,
    };
    input.finish("messages, windowHours, now, calendar")?;
    Ok(cases.report(&options))
}
