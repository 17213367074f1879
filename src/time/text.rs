//! Dates of queries and messages as milliseconds since 1970, without a calendar library.

use serde_json::Value;

use super::{DAY_MS, HOUR_MS, MAX_MS, MINUTE_MS, days};

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

/// A number of exactly `digits` ASCII digits at the start of `text`, and what follows.
fn number(text: &str, digits: usize) -> Option<(i64, &str)> {
    let (head, rest) = (text.get(..digits)?, text.get(digits..)?);
    if !head.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((head.parse().ok()?, rest))
}

/// A calendar date `YYYY-MM-DD`, as milliseconds of its first moment in UTC, and what follows.
fn date(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    let valid = (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
    valid.then(|| (days(year, month, day) * DAY_MS, rest))
}

/// `YYYY-MM-DD`, alone or with `Thh:mm`, `:ss`, `.sss` and `Z` or `+hh:mm`, as milliseconds since
/// 1970. A time without a zone is UTC. `None` for anything else.
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    let (start, rest) = date(text.trim())?;
    if rest.is_empty() {
        return Some(start);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (hour, rest) = number(rest, 2)?;
    let (minute, mut rest) = number(rest.strip_prefix(':')?, 2)?;
    let mut ms = start + hour * HOUR_MS + minute * MINUTE_MS;
    if hour > 23 || minute > 59 {
        return None;
    }
    if let Some(after) = rest.strip_prefix(':') {
        let (second, after) = number(after, 2)?;
        if second > 60 {
            return None;
        }
        ms += second * 1000;
        rest = after;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let end = fraction.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(fraction.len());
            let digits = fraction.get(..end)?;
            if digits.is_empty() || digits.len() > 9 {
                return None;
            }
            let first: String = digits.chars().chain("00".chars()).take(3).collect();
            ms += first.parse::<i64>().ok()?;
            rest = fraction.get(end..)?;
        }
    }
    Some(ms - zone(rest)?)
}

/// The distance of a zone from UTC in milliseconds.
fn zone(text: &str) -> Option<i64> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = number(rest, 2)?;
    let (minutes, rest) = match rest {
        "" => (0, ""),
        rest => number(rest.strip_prefix(':').unwrap_or(rest), 2)?,
    };
    (rest.is_empty() && hours <= 14 && minutes <= 59).then_some(sign * (hours * HOUR_MS + minutes * MINUTE_MS))
}

/// The time of a message (`sentAt`): ISO 8601 text or milliseconds since 1970. `None` for anything
/// else, which then matches no date test.
pub(crate) fn sent_ms(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => parse_date(text),
        Value::Number(number) => {
            let ms = number.as_f64()?;
            (ms.abs() <= MAX_MS as f64).then_some(ms as i64)
        }
        _ => None,
    }
}

/// Whether a time that [`sent_ms`] reads says where it is meant: a number does, a date or time without `Z` or a
/// distance does not.
pub(crate) fn has_zone(value: &Value) -> bool {
    let zone = |text: &str| text.trim().get(10..).is_some_and(|rest| rest.contains(['Z', 'z', '+', '-']));
    value.as_str().is_none_or(zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times() {
        for (text, ms) in [
            ("1970-01-01", Some(0)),
            ("2026-01-01", Some(1_767_225_600_000)),
            ("2024-02-29", Some(1_709_164_800_000)),
            ("1969-12-31T23:59:59.500Z", Some(-500)),
            ("2026-01-01T01:00+01:00", Some(1_767_225_600_000)),
            ("2026-01-01 00:00:00", Some(1_767_225_600_000)),
            ("2026-01-01T00:00:00.1234-0030", Some(1_767_225_600_000 + 123 + 1_800_000)),
            ("2023-02-29", None),
            ("2026-13-01", None),
            ("2026-1-1", None),
            ("2026-01-01T25:00", None),
            ("2026-01-01T10:00x", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_date(text), ms, "{text}");
        }
    }

    #[test]
    fn times_of_messages() {
        assert_eq!(sent_ms(&serde_json::json!(5)), Some(5));
        assert_eq!(sent_ms(&serde_json::json!("1970-01-02")), Some(DAY_MS));
        assert_eq!(sent_ms(&serde_json::json!(1e300)), None);
        assert_eq!(sent_ms(&serde_json::json!(null)), None);
    }

    #[test]
    fn times_without_a_zone_are_known() {
        for (time, zone) in [
            (serde_json::json!(5), true),
            (serde_json::json!("2026-01-01T10:00Z"), true),
            (serde_json::json!("2026-01-01T10:00:00.5-03:30"), true),
            (serde_json::json!("2026-01-01T10:00"), false),
            (serde_json::json!(" 2026-01-01 "), false),
        ] {
            assert_eq!(has_zone(&time), zone, "{time}");
        }
    }
}
