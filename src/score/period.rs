//! Which hour, day, week or month a moment falls in, at a place.
//!
//! Time zones enter as data: a name and the distances from UTC with the moments they begin. Nothing here knows
//! the rules of any country.

use crate::error::{Error, Result};
use crate::time::{HOUR_MS, MAX_MS, civil, local, weekday};

/// Most changes of a zone.
const MAX_OFFSETS: usize = 1_000;
/// Longest name of a zone, in bytes.
const MAX_ZONE_NAME: usize = 40;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Hour,
    Day,
    /// From Monday.
    Week,
    Month,
}

impl Unit {
    pub const ALL: [Unit; 4] = [Unit::Hour, Unit::Day, Unit::Week, Unit::Month];

    /// The stable slug.
    pub fn slug(self) -> &'static str {
        match self {
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
        }
    }
}

/// Periods of one length in one time zone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    unit: Unit,
    zone: String,
    /// From when on, in milliseconds since 1970, how many minutes before UTC the clocks are; rising.
    offsets: Vec<(i64, i16)>,
}

impl Period {
    /// Periods in UTC.
    pub fn utc(unit: Unit) -> Period {
        Period { unit, zone: "UTC".into(), offsets: Vec::new() }
    }

    /// Periods in a zone: its name, and `(from_ms, minutes)` for every change, rising. `minutes` are what local
    /// clocks show more than UTC: 540 in Seoul. The first pair also holds for all time before it.
    ///
    /// # Errors
    /// [`Error::Option`] naming `zone` when the name is empty, over 40 bytes or holds a control character, when
    /// there is no pair or over 1,000, when they do not rise, or a distance is over 24 hours.
    pub fn new(unit: Unit, zone: &str, offsets: &[(i64, i16)]) -> Result<Period> {
        let refuse = |what: &str| Error::Option { name: "zone".into(), what: what.into() };
        if zone.is_empty() || zone.len() > MAX_ZONE_NAME || zone.contains(char::is_control) {
            return Err(refuse("must have a name of 1 to 40 bytes"));
        }
        let rising = offsets.windows(2).all(|pair| matches!(pair, [one, next] if one.0 < next.0));
        if offsets.is_empty() || offsets.len() > MAX_OFFSETS || !rising {
            return Err(refuse("must have 1 to 1000 changes with rising times"));
        }
        if offsets.iter().any(|(from, minutes)| minutes.abs() > 1_440 || from.abs() > MAX_MS) {
            return Err(refuse("must have distances of at most 1440 minutes"));
        }
        Ok(Period { unit, zone: zone.into(), offsets: offsets.to_vec() })
    }

    pub fn unit(&self) -> Unit {
        self.unit
    }

    pub(super) fn zone(&self) -> (&str, &[(i64, i16)]) {
        (&self.zone, &self.offsets)
    }

    /// Name of the dimension, as in `day UTC`.
    pub(super) fn dimension(&self) -> String {
        [self.unit.slug(), " ", &self.zone].concat()
    }

    /// The period of a moment: `2026-11-29T14` (hour), `2026-11-29` (day, or the Monday of a week), `2026-11`
    /// (month). Keys of one length sort by time for the years 0 to 9999.
    pub fn key(&self, ms: i64) -> String {
        let ms = ms.clamp(-MAX_MS, MAX_MS);
        let later = self.offsets.partition_point(|(from, _)| *from <= ms);
        let minutes = self.offsets.get(later.saturating_sub(1)).map_or(0, |(_, minutes)| *minutes);
        let (mut day, of_day) = local(ms, i64::from(minutes));
        if self.unit == Unit::Week {
            day -= weekday(day) as i64;
        }
        let (year, month, date) = civil(day);
        let mut key = String::with_capacity(13);
        digits(&mut key, year, 4);
        key.push('-');
        digits(&mut key, month, 2);
        if self.unit != Unit::Month {
            key.push('-');
            digits(&mut key, date, 2);
        }
        if self.unit == Unit::Hour {
            key.push('T');
            digits(&mut key, of_day / HOUR_MS, 2);
        }
        key
    }
}

/// A number of at least so many digits, with its sign when it is below 0.
fn digits(out: &mut String, number: i64, least: u32) {
    if number < 0 {
        out.push('-');
    }
    let number = number.unsigned_abs();
    let mut places = least;
    while places < 19 && number >= 10u64.pow(places) {
        places += 1;
    }
    for place in (0..places).rev() {
        out.push(char::from(b'0' + (number / 10u64.pow(place) % 10) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_fall_into_local_periods() {
        // 2026-11-29 22:30 UTC, a Sunday; Monday morning in Seoul.
        let ms = 1_795_991_400_000;
        let key = |unit, minutes| Period::new(unit, "z", &[(0, minutes)]).unwrap().key(ms);
        assert_eq!(Period::utc(Unit::Hour).key(ms), "2026-11-29T22");
        assert_eq!((key(Unit::Day, 0), key(Unit::Day, 540)), ("2026-11-29".into(), "2026-11-30".into()));
        assert_eq!((key(Unit::Week, 0), key(Unit::Week, 540)), ("2026-11-23".into(), "2026-11-30".into()));
        assert_eq!((key(Unit::Hour, -330), key(Unit::Month, 540)), ("2026-11-29T17".into(), "2026-11".into()));
        assert_eq!(Period::utc(Unit::Day).key(-1), "1969-12-31");
        assert_eq!(Period::utc(Unit::Day).key(951_782_400_000), "2000-02-29");
        for ms in [i64::MIN, i64::MAX] {
            assert!(!Period::utc(Unit::Hour).key(ms).is_empty());
        }
    }

    #[test]
    fn summer_time_is_data() {
        // Berlin 2026: CEST from 2026-03-29 01:00 UTC, CET from 2026-10-25 01:00 UTC.
        let changes = [(1_767_225_600_000, 60), (1_774_746_000_000, 120), (1_792_890_000_000, 60)];
        let day = Period::new(Unit::Day, "Europe/Berlin", &changes).unwrap();
        let at = |text: &str| day.key(text.parse().unwrap());
        assert_eq!(at("1780266600000"), "2026-06-01"); // 2026-05-31 22:30 UTC, 00:30 in summer
        assert_eq!(at("1795991400000"), "2026-11-29"); // 22:30 UTC, 23:30 in winter
        for bad in [&[][..], &[(5, 0), (5, 60)], &[(0, 2_000)]] {
            assert_eq!(Period::new(Unit::Day, "z", bad).unwrap_err().code(), "E_OPTION");
        }
        assert_eq!(Period::new(Unit::Day, "", &[(0, 0)]).unwrap_err().code(), "E_OPTION");
    }
}
