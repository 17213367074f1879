//! Bursts: more than the own past explains, in one bucket or over several.

use serde::Serialize;

use super::charts::{Cusum, cusum_limit};
use super::series::{Baseline, Expected, Series, TrendOptions};
use super::tail::{severity, upper_tail};
use crate::error::Result;

/// Shift of the CUSUM that is not summed, in standard deviations.
const SLACK: f64 = 0.75;
/// Part of the accepted false alarms that the CUSUM may use; skewed counts give it more than the formula says.
const CUSUM_PART: f64 = 0.2;
/// What is estimated errs more often than what is known: measured rates are above those of the formulas by about its
/// inverse (docs/design/trends.md).
const MARGIN: f64 = 0.6;
/// A standardised count is not summed beyond this: one bucket alone is no lasting shift.
const MOST: f64 = 4.0;
/// While the tail is below this a burst goes on.
const CALM: f64 = 0.05;

/// What found a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BurstKind {
    /// One bucket that chance alone hardly gives.
    Peak,
    /// A smaller rise over several buckets.
    Rise,
}

/// One burst.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Burst {
    pub kind: BurstKind,
    /// First and last bucket.
    pub first: usize,
    pub last: usize,
    pub start_ms: i64,
    /// End of the last bucket.
    pub end_ms: i64,
    pub observed: u64,
    /// What the past of the buckets explains.
    pub expected: f64,
    /// Tail probability of the strongest bucket, given its past.
    pub p: f64,
    /// `min(10, -log10 p)`.
    pub severity: f64,
    /// It reaches to the last bucket of the series.
    pub ongoing: bool,
}

/// Bursts of a series, and what the judgement rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bursts {
    pub bursts: Vec<Burst>,
    /// Buckets with enough past to be judged; only they can alarm.
    pub judged: u64,
    /// As given: accepted false alarms in 1,000 quiet buckets.
    pub false_alarms_per_1000: f64,
    /// Variance of quiet buckets over that of chance alone; 1 is none beyond.
    pub dispersion: f64,
}

/// Finds bursts, each bucket judged by its past alone, so that the answer for a bucket never changes later. A burst
/// teaches the baseline nothing until it has lasted a whole memory. `O(buckets * memory)`.
///
/// # Errors
/// [`crate::Error::Option`] naming the field out of range.
pub fn bursts(series: &Series, options: &TrendOptions) -> Result<Bursts> {
    series.check()?;
    options.check()?;
    let rate = MARGIN * options.false_alarms_per_1000 / 1000.0;
    let limit = cusum_limit(SLACK, 1.0 / (rate * CUSUM_PART));
    let mut baseline = Baseline::new(options);
    let mut cusum = Cusum::default();
    let mut past: Vec<Option<Expected>> = Vec::with_capacity(series.counts.len());
    let mut found: Vec<Burst> = Vec::new();
    let mut judged = 0;
    // Buckets in a row that taught nothing.
    let mut untaught = 0;
    for (at, &count) in series.counts.iter().enumerate() {
        let expected = baseline.next();
        past.push(expected);
        let Some(now) = expected else {
            baseline.add(count, None, false);
            continue;
        };
        judged += 1;
        let p = upper_tail(count, now.mean, now.variance);
        let away = (count as f64 - now.mean) / now.variance.sqrt().max(1e-9);
        let peak = p < rate * (1.0 - CUSUM_PART) && count >= options.least_count;
        let rise = cusum.add(away.min(MOST), SLACK, limit) && count >= options.least_count;
        let open = found.last_mut().filter(|last| at - last.last <= options.cooldown + 1);
        let goes_on = open.as_ref().is_some_and(|last| last.last + 1 == at) && p < CALM;
        let alarm = peak || rise || goes_on;
        if alarm {
            match open {
                Some(last) => {
                    last.last = at;
                    last.p = last.p.min(p);
                }
                None if peak => found.push(burst(BurstKind::Peak, at, at, p)),
                None => {
                    // A rise began where its sum left 0.
                    let first = at + 1 - cusum.since.clamp(1, at + 1);
                    let free = found.last().map_or(0, |last| last.last + 1);
                    found.push(burst(BurstKind::Rise, first.max(free), at, p));
                }
            }
        }
        untaught = if alarm { untaught + 1 } else { 0 };
        baseline.add(count, expected, alarm && untaught <= options.memory);
    }
    for one in &mut found {
        let counts = &series.counts[one.first..=one.last];
        one.observed = counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
        one.expected = past[one.first..=one.last].iter().flatten().map(|expected| expected.mean).sum();
        one.severity = severity(one.p);
        (one.start_ms, one.end_ms) = (series.begins(one.first), series.begins(one.last + 1));
        one.ongoing = one.last + 1 == series.counts.len();
    }
    let dispersion = baseline.dispersion();
    Ok(Bursts { bursts: found, judged, false_alarms_per_1000: options.false_alarms_per_1000, dispersion })
}

fn burst(kind: BurstKind, first: usize, last: usize, p: f64) -> Burst {
    let (start_ms, end_ms, observed, expected, severity, ongoing) = (0, 0, 0, 0.0, 0.0, false);
    Burst { kind, first, last, start_ms, end_ms, observed, expected, p, severity, ongoing }
}
