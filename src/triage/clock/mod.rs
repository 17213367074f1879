//! Business calendars and deadlines. Time is data: nothing here knows what time it is or which zones exist.

mod deadline;

pub use crate::time::{Calendar, MAX_CALENDAR_DAYS};
pub use deadline::{Deadline, Due, DueState, MAX_ANSWER_MINUTES, deadline, deadline_of_value};
