//! Words, names and numbers as the reader writes them.

use std::collections::BTreeMap;

use super::Lang;
use crate::score::Metric;
use crate::score::period::{Period, Unit};
use crate::time::DAY_MS;

/// Writes for one reader.
pub(super) struct Text<'a> {
    words: &'static str,
    marks: [&'static str; 3],
    names: &'a BTreeMap<String, String>,
}

impl<'a> Text<'a> {
    pub fn new(lang: Lang, names: &'a BTreeMap<String, String>) -> Text<'a> {
        Text { words: lang.words(), marks: lang.number_marks(), names }
    }

    /// The text of a key; none when the language has no such key.
    fn find(&self, key: &str) -> Option<&'static str> {
        self.words.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('\t'))
    }

    /// The text of a key that every language has.
    pub fn say(&self, key: &str) -> &'static str {
        self.find(key).unwrap_or_default()
    }

    /// A sentence with its places filled: `parts` are the letter of a place and what goes there. What is put in is
    /// not looked at again.
    pub fn fill(&self, key: &str, parts: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.say(key);
        while let Some((before, after)) = rest.split_once('{') {
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(before);
            out.push_str(parts.iter().find(|(name, _)| *name == place).map_or("", |(_, part)| part));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// What a key is called: by the caller, by the language, else the key itself with spaces. `group` tells the list
    /// of the language (`metric`, `emotion`, `intent`, `channel`, `part`), as some keys are in two.
    pub fn name(&self, group: &str, key: &str) -> String {
        if let Some(name) = self.names.get(key).or_else(|| self.names.get(bare(key))) {
            return name.clone();
        }
        let (group, bare) = key.split_once(':').unwrap_or((group, key));
        self.find(&[group, ".", bare].concat()).map_or_else(|| bare.replace('_', " "), str::to_owned)
    }

    /// A number with so many decimals, thousands grouped, rounded half away from 0.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let unit = [1.0, 10.0, 100.0][decimals.min(2)];
        let whole = libm::round(value.abs() * unit) as u64;
        let (digits, mut out) = (whole.to_string(), String::new());
        if value < 0.0 && whole > 0 {
            out.push('\u{2212}');
        }
        let least = decimals + 1;
        let digits = [&"000"[..least.saturating_sub(digits.len())], &digits].concat();
        let (front, back) = digits.split_at(digits.len() - decimals);
        for (at, digit) in front.chars().enumerate() {
            if at > 0 && (front.len() - at) % 3 == 0 {
                out.push_str(self.marks[1]);
            }
            out.push(digit);
        }
        if decimals > 0 {
            out.push_str(self.marks[0]);
            out.push_str(back);
        }
        out
    }

    pub fn count(&self, n: u64) -> String {
        self.number(n as f64, 0)
    }

    /// A value in the unit of its metric.
    pub fn value(&self, metric: &str, value: f64) -> String {
        let mut out = self.number(value, decimals(metric));
        if is_percent(metric) {
            out.push_str(self.marks[2]);
            out.push('%');
        }
        out
    }

    /// A value or, where there is none, a dash.
    pub fn value_or_dash(&self, metric: &str, value: Option<f64>) -> String {
        value.map_or_else(|| "\u{2013}".to_owned(), |value| self.value(metric, value))
    }

    pub fn interval(&self, metric: &str, interval: Option<[f64; 2]>) -> String {
        let Some([low, high]) = interval else { return "\u{2013}".to_owned() };
        self.fill("interval", &[("l", &self.value(metric, low)), ("h", &self.value(metric, high))])
    }

    /// Names one after the other.
    pub fn list<'l>(&self, names: impl Iterator<Item = &'l str>) -> String {
        names.fold(String::new(), |before, name| match before.is_empty() {
            true => name.to_owned(),
            false => self.fill("list", &[("a", &before), ("b", name)]),
        })
    }

    /// A moment in UTC: the day, or for buckets under a day the hour.
    pub fn date(&self, ms: i64, bucket_ms: i64) -> String {
        if bucket_ms >= DAY_MS {
            return Period::utc(Unit::Day).key(ms);
        }
        [&Period::utc(Unit::Hour).key(ms).replace('T', " "), ":00 UTC"].concat()
    }
}

/// A key without its kind: `delivery` of `topic:delivery`.
pub(super) fn bare(key: &str) -> &str {
    key.split_once(':').map_or(key, |(_, bare)| bare)
}

/// Lowest and highest value of a metric; percent for whatever is no [`Metric`].
pub(super) fn bounds(metric: &str) -> (f64, f64) {
    match metric {
        "nps_at_worst" | "nps_at_best" => (-100.0, 100.0),
        _ => Metric::from_slug(metric).map_or((0.0, 100.0), Metric::bounds),
    }
}

/// Shares; the CX score and differences are in points, counts in messages.
fn is_percent(metric: &str) -> bool {
    bounds(metric) == (0.0, 100.0) && !matches!(metric, "cx_score" | "points" | "scale_points" | "count" | "level")
}

fn decimals(metric: &str) -> usize {
    let (low, high) = bounds(metric);
    if metric == "count" {
        0
    } else if high - low < 10.0 || metric == "scale_points" {
        2
    } else {
        1
    }
}
