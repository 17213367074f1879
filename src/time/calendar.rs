//! When a team works: hours of the week, holidays and the zone they are meant in, all as data.

use serde_json::Value;
use std::collections::BTreeSet;

use super::{DAY_MS, MAX_OFFSET_MINUTES, MINUTE_MS, local, sent_ms, weekday};
use crate::error::Result;
use crate::order::Sorted;
use crate::read::{Fields, MAX_LIST};

/// Longest stretch a calendar counts, in days: ten years.
pub const MAX_CALENDAR_DAYS: i64 = 3_660;
const MAX_OFFSET: i64 = MAX_OFFSET_MINUTES as i64;
const OFFSET: &str = "must be whole minutes from -1080 to 1080";

/// Business hours in a zone. A zone is an offset from UTC and the moments it changes at; the engine carries no zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Minutes from UTC before the first change.
    offset: i64,
    /// Changes by time: from when on, minutes from UTC.
    transitions: Vec<(i64, i64)>,
    /// Monday to Sunday: open stretches in minutes of the day, in order.
    days: [Vec<(i64, i64)>; 7],
    /// Days since 1970 on which nobody works.
    holidays: BTreeSet<i64>,
}

impl Calendar {
    /// Reads `{zone: {offsetMinutes, transitions?: [{from, offsetMinutes}]}, days: [7 of null | [[from, to]]],
    /// holidays?: ["YYYY-MM-DD"]}`. Days run from Monday to Sunday; stretches are minutes of the local day.
    ///
    /// # Errors
    /// [`crate::Error::Field`] with the path under `path`: no zone, no open day, stretches that overlap or run backwards,
    /// changes out of order, dates that are none.
    pub fn from_value(value: Value, path: &str) -> Result<Calendar> {
        Calendar::read(Fields::at(value, path)?)
    }

    pub(crate) fn read(mut input: Fields) -> Result<Calendar> {
        let no_zone = "is required: {offsetMinutes, transitions?}; times without a zone mean nothing";
        let mut zone = input.object("zone")?.ok_or_else(|| input.refuse("zone", no_zone))?;
        let offset = zone.whole("offsetMinutes", -MAX_OFFSET, MAX_OFFSET, OFFSET)?;
        let offset = offset.ok_or_else(|| zone.refuse("offsetMinutes", "is required"))?;
        let mut transitions: Vec<(i64, i64)> = Vec::new();
        for mut change in zone.objects("transitions", MAX_LIST)? {
            let from = change.need_time("from")?;
            let to = change.whole("offsetMinutes", -MAX_OFFSET, MAX_OFFSET, OFFSET)?;
            let to = to.ok_or_else(|| change.refuse("offsetMinutes", "is required"))?;
            if transitions.last().is_some_and(|(before, _)| *before >= from) {
                return Err(change.refuse("from", "must be later than the change before it"));
            }
            transitions.push((from, to));
            change.finish("from, offsetMinutes")?;
        }
        zone.finish("offsetMinutes, transitions")?;
        let days = week(&mut input)?;
        let mut holidays = BTreeSet::new();
        for (at, date) in input.keys("holidays")?.into_iter().enumerate() {
            let day = sent_ms(&Value::String(date.clone())).filter(|_| date.len() == 10);
            let day = day.ok_or_else(|| input.refuse(&format!("holidays[{at}]"), "must be a date, YYYY-MM-DD"))?;
            holidays.insert(day.div_euclid(DAY_MS));
        }
        input.finish("zone, days, holidays")?;
        Ok(Calendar { offset, transitions, days, holidays })
    }

    /// The same hours every week, `[from, to)` in minutes of the local day, Monday to Sunday, at one distance from UTC
    /// in minutes. No holidays.
    pub(crate) fn weekly(offset: i32, days: &[Option<[u32; 2]>; 7]) -> Calendar {
        let stretches =
            |day: &Option<[u32; 2]>| day.iter().map(|[from, to]| (i64::from(*from), i64::from(*to))).collect();
        let days = days.each_ref().map(stretches);
        Calendar { offset: i64::from(offset), transitions: Vec::new(), days, holidays: BTreeSet::new() }
    }

    /// Whether the team works at this moment.
    pub fn is_open(&self, at_ms: i64) -> bool {
        self.between(at_ms, at_ms.saturating_add(1)) == Some(1)
    }

    /// Milliseconds of business time from one moment to another; 0 when the second is not later, `None` over
    /// [`MAX_CALENDAR_DAYS`]. `O(days + changes)`.
    pub fn between(&self, from_ms: i64, to_ms: i64) -> Option<i64> {
        if to_ms <= from_ms {
            return Some(0);
        }
        let (first, last) = (self.local_day(from_ms) - 1, self.local_day(to_ms) + 1);
        if last - first > MAX_CALENDAR_DAYS {
            return None;
        }
        let mut sum = 0;
        let mut seen = from_ms;
        for (open, close) in (first..=last).flat_map(|day| self.stretches(day)) {
            // A day may be told twice where the clock is put back; time is counted once.
            sum += close.min(to_ms).saturating_sub(open.max(seen)).max(0);
            seen = seen.max(close.min(to_ms));
        }
        Some(sum)
    }

    /// The moment when so much business time is over; `None` when that is more than [`MAX_CALENDAR_DAYS`] away.
    /// With 0 it is `from_ms` itself.
    pub fn after(&self, from_ms: i64, business_ms: i64) -> Option<i64> {
        let mut left = business_ms;
        if left <= 0 {
            return Some(from_ms);
        }
        let first = self.local_day(from_ms) - 1;
        let mut seen = from_ms;
        for (open, close) in (first..first + MAX_CALENDAR_DAYS).flat_map(|day| self.stretches(day)) {
            let begin = open.max(seen);
            let here = (close - begin).max(0);
            if here >= left {
                return Some(begin + left);
            }
            left -= here;
            seen = seen.max(close);
        }
        None
    }

    fn offset_at(&self, at_ms: i64) -> i64 {
        let changes = self.transitions.partition_point(|(from, _)| *from <= at_ms);
        let last = changes.checked_sub(1).and_then(|at| self.transitions.get(at));
        last.map_or(self.offset, |(_, offset)| *offset) * MINUTE_MS
    }

    fn local_day(&self, at_ms: i64) -> i64 {
        local(at_ms, self.offset_at(at_ms) / MINUTE_MS).0
    }

    /// The moment of a local time: the earlier one where the clock is put back, the change itself where the time is
    /// left out.
    fn moment(&self, local_ms: i64) -> i64 {
        // Offsets are within 18 hours, so that the changes of two days decide.
        let near = |at: i64| self.offset_at(local_ms.saturating_add(at));
        let mut offsets = vec![near(-DAY_MS), near(DAY_MS)];
        let close = |from: &i64| (from.saturating_sub(local_ms)).abs() <= DAY_MS;
        let changes: Vec<&(i64, i64)> = self.transitions.iter().filter(|(from, _)| close(from)).collect();
        offsets.extend(changes.iter().map(|(_, offset)| offset * MINUTE_MS));
        let fits = |offset: &i64| Some(local_ms.saturating_sub(*offset)).filter(|at| self.offset_at(*at) == *offset);
        let earliest = offsets.iter().filter_map(fits).min();
        earliest.unwrap_or_else(|| {
            let after = changes.iter().map(|(from, _)| *from).find(|from| from + self.offset_at(*from) > local_ms);
            after.unwrap_or(local_ms.saturating_sub(near(0)))
        })
    }

    /// Open stretches of a local day, as moments.
    fn stretches(&self, day: i64) -> Vec<(i64, i64)> {
        let hours = self.days.get(weekday(day)).filter(|_| !self.holidays.contains(&day));
        let start = day.saturating_mul(DAY_MS);
        let moment = |minute: i64| self.moment(start.saturating_add(minute * MINUTE_MS));
        hours.into_iter().flatten().map(|(from, to)| (moment(*from), moment(*to))).collect()
    }
}

/// Monday to Sunday.
fn week(input: &mut Fields) -> Result<[Vec<(i64, i64)>; 7]> {
    let list = input.list("days", 7)?;
    if list.len() != 7 {
        return Err(input.refuse("days", "must be a list of seven days, Monday to Sunday"));
    }
    let mut days: [Vec<(i64, i64)>; 7] = Default::default();
    for (at, (value, day)) in list.into_iter().zip(&mut days).enumerate() {
        let pair = |pair: &Value| {
            let minute = |at: usize| pair.get(at)?.as_f64().filter(|minute| minute.fract() == 0.0);
            let two = pair.as_array().is_some_and(|pair| pair.len() == 2);
            let (from, to) = (minute(0)?, minute(1)?);
            (two && 0.0 <= from && from < to && to <= 1_440.0).then_some((from as i64, to as i64))
        };
        let pairs: Option<Vec<(i64, i64)>> = match &value {
            Value::Null => Some(Vec::new()),
            Value::Array(pairs) if pairs.len() <= 48 => pairs.iter().map(pair).collect(),
            _ => None,
        };
        let must = "must be null or a list of [from, to] in minutes of the day, from 0 to 1440";
        let mut pairs = pairs.ok_or_else(|| input.refuse(&format!("days[{at}]"), must))?;
        pairs.order();
        if pairs.windows(2).any(|two| matches!(two, [(_, end), (start, _)] if start < end)) {
            return Err(input.refuse(&format!("days[{at}]"), "has stretches that overlap"));
        }
        *day = pairs;
    }
    if days.iter().all(Vec::is_empty) {
        return Err(input.refuse("days", "must have one open day at least"));
    }
    Ok(days)
}
