//! Business hours: how much of a stretch of time somebody was there to answer.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::score::clock::{DAY_MS, MAX_OFFSET_MINUTES, local, weekday};

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
        if open > 0 && all && self.utc_offset_minutes.abs() <= MAX_OFFSET_MINUTES {
            return Ok(());
        }
        let what =
            "each day must be minutes [from, to) within 0..=1440, one day at least open, the offset within 18 hours";
        Err(Error::Option { name: "hours".into(), what: what.into() })
    }

    /// Milliseconds of business time from `from_ms` to `to_ms`; 0 when the second is not later. `O(1)`.
    pub fn between(&self, from_ms: i64, to_ms: i64) -> i64 {
        if to_ms <= from_ms { 0 } else { self.since_epoch(to_ms).saturating_sub(self.since_epoch(from_ms)).max(0) }
    }

    /// Business time of a day up to a moment of it.
    fn of_day(&self, day: i64, up_to_ms: i64) -> i64 {
        let hours = self.days.get(weekday(day)).copied().flatten();
        hours.map_or(0, |[from, to]| {
            let [from, to] = [from, to].map(|minute| i64::from(minute) * 60_000);
            up_to_ms.clamp(from, to) - from
        })
    }

    fn since_epoch(&self, at_ms: i64) -> i64 {
        let (day, of_day) = local(at_ms, self.utc_offset_minutes);
        let week: i64 = (0..7).map(|day| self.of_day(day, DAY_MS)).sum();
        let first = day.div_euclid(7) * 7;
        let days: i64 = (first..day).map(|day| self.of_day(day, DAY_MS)).sum();
        day.div_euclid(7).saturating_mul(week).saturating_add(days + self.of_day(day, of_day))
    }
}
