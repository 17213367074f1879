//! Time as data: milliseconds since 1970, dates, local days by a distance from UTC that the caller gives.
//!
//! Nothing here knows what time it is, nor the law of any country: zones, summer time and holidays are data.

mod calendar;
mod elapsed;
mod text;

pub use calendar::{Calendar, MAX_CALENDAR_DAYS};
pub(crate) use elapsed::Elapsed;
pub(crate) use text::{has_zone, parse_date, sent_ms};

pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;
/// The range of times in JavaScript.
pub(crate) const MAX_MS: i64 = 8_640_000_000_000_000;
/// Furthest a local time may be from UTC, in minutes.
pub(crate) const MAX_OFFSET_MINUTES: i32 = 18 * 60;

/// Days since 1970 and milliseconds of that day, local time.
pub(crate) fn local(at_ms: i64, offset_minutes: i64) -> (i64, i64) {
    let local = at_ms.saturating_add(offset_minutes * MINUTE_MS);
    (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS))
}

/// Weekday of a day since 1970: 0 is Monday.
pub(crate) fn weekday(day: i64) -> usize {
    // 1970-01-01 was a Thursday.
    day.saturating_add(3).rem_euclid(7) as usize
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar. Source of the formula:
/// Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01; the way back from [`days`]. Source of the formula: the
/// same, `civil_from_days`.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_lead_to_each_other() {
        assert_eq!((civil(0), days(1970, 1, 1)), ((1970, 1, 1), 0));
        for day in (-800_000..800_000).step_by(97) {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), day);
        }
        assert_eq!((weekday(0), weekday(4), weekday(-4)), (3, 0, 6));
        // 2026-11-29 was a Sunday.
        assert_eq!(weekday(days(2026, 11, 29)), 6);
    }

    #[test]
    fn local_days_begin_where_the_clock_says() {
        assert_eq!(local(0, 540), (0, 9 * HOUR_MS));
        assert_eq!(local(-1, 0), (-1, DAY_MS - 1));
        assert_eq!(local(0, -1), (-1, DAY_MS - MINUTE_MS));
        assert!(local(i64::MAX, 540).0 > 0 && local(i64::MIN, -540).0 < 0);
    }
}
