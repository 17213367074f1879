//! Time as data: milliseconds since 1970, local hours and weekdays by an offset the caller gives.

pub(super) const HOUR_MS: i64 = 3_600_000;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;
/// Furthest a local time may be from UTC, in minutes.
pub(super) const MAX_OFFSET_MINUTES: i32 = 18 * 60;

/// Days since 1970 and milliseconds of that day, local time.
pub(super) fn local(at_ms: i64, offset_minutes: i32) -> (i64, i64) {
    let local = at_ms.saturating_add(i64::from(offset_minutes) * 60_000);
    (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS))
}

/// Weekday of a day since 1970: 0 is Monday.
pub(super) fn weekday(day: i64) -> usize {
    // 1970-01-01 was a Thursday.
    day.saturating_add(3).rem_euclid(7) as usize
}
