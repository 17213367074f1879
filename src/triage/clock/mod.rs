//! Business calendars and deadlines. Time is data: nothing here knows what time it is or which zones exist.

mod deadline;
mod hours;

pub use crate::time::{Calendar, MAX_CALENDAR_DAYS};
pub use deadline::{Deadline, Due, DueState, MAX_ANSWER_MINUTES, deadline, deadline_of_value};
pub use hours::{Hours, hours, hours_of_value};
