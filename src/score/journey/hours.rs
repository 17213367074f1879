//! Business hours: how much of a stretch of time somebody was there to answer.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::time::{Calendar, MAX_OFFSET_MINUTES};

/// Minutes of a day.
const DAY_MINUTES: u32 = 24 * 60;

/// When a team answers, the same every week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BusinessHours {
    /// Distance of local time from UTC, in minutes. Summer time is the caller's to give.
    pub utc_offset_minutes: i32,
    /// Monday to Sunday: first and last minute of the day, `[540, 1020)` for 9 to 17 h; null when closed.
    pub days: [Option<[u32; 2]>; 7],
}

impl BusinessHours {
    /// # Errors
    /// [`Error::Option`] naming `hours` when a day ends before it begins or after 24 h, when the offset is over 18
    /// hours, or when every day is closed.
    pub fn check(&self) -> Result<()> {
        let fits = |day: &[u32; 2]| day[0] < day[1] && day[1] <= DAY_MINUTES;
        let open = self.days.iter().flatten().count();
        let all = self.days.iter().flatten().all(fits);
        if open > 0 && all && self.utc_offset_minutes.unsigned_abs() <= MAX_OFFSET_MINUTES.unsigned_abs() {
            return Ok(());
        }
        let what =
            "each day must be minutes [from, to) within 0..=1440, one day at least open, the offset within 18 hours";
        Err(Error::Option { name: "hours".into(), what: what.into() })
    }

    /// The same hours as a calendar, which counts them: without holidays and changes of the clock.
    pub fn calendar(&self) -> Calendar {
        Calendar::weekly(self.utc_offset_minutes, &self.days)
    }
}
