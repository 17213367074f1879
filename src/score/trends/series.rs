//! Counts by time, and what each bucket should have held by its own past.

use serde::Deserialize;

use crate::error::{Error, Result};

/// Most buckets of a series: ten years of hours.
pub const MAX_BUCKETS: usize = 100_000;
/// Least a season's total must be for the level to be adjusted by it.
const LEAST_FOR_LEVEL: f64 = 50.0;

/// Counts in buckets of equal length.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Series {
    /// When the first bucket begins.
    pub start_ms: i64,
    /// Length of a bucket, over 0.
    pub bucket_ms: i64,
    pub counts: Vec<u64>,
}

impl Series {
    /// Counts times into buckets from `start_ms` to the one that holds `end_ms`. Times outside are not counted; their
    /// number is given beside the series.
    ///
    /// # Errors
    /// [`Error::Option`] as [`Series::check`].
    pub fn of_times(times: &[i64], start_ms: i64, end_ms: i64, bucket_ms: i64) -> Result<(Series, u64)> {
        let mut series = Series { start_ms, bucket_ms, counts: Vec::new() };
        series.check()?;
        let buckets = (end_ms.saturating_sub(start_ms).max(0) / bucket_ms).saturating_add(1);
        if buckets > MAX_BUCKETS as i64 {
            return Err(too_long());
        }
        series.counts = vec![0; buckets as usize];
        let mut outside = 0;
        for at in times {
            let bucket = usize::try_from(at.saturating_sub(start_ms).div_euclid(bucket_ms)).ok();
            match bucket.and_then(|bucket| series.counts.get_mut(bucket)).filter(|_| *at <= end_ms) {
                Some(count) => *count += 1,
                None => outside += 1,
            }
        }
        Ok((series, outside))
    }

    /// # Errors
    /// [`Error::Option`] naming `series.bucketMs` (not over 0) or `series.counts` (over [`MAX_BUCKETS`] buckets, or a
    /// count over 2^53 - 1).
    pub fn check(&self) -> Result<()> {
        if self.bucket_ms <= 0 {
            return Err(Error::Option { name: "series.bucketMs".into(), what: "must be over 0".into() });
        }
        if self.counts.len() > MAX_BUCKETS || self.counts.iter().any(|count| *count > crate::score::MAX_COUNT) {
            return Err(too_long());
        }
        Ok(())
    }

    /// When a bucket begins.
    pub fn begins(&self, bucket: usize) -> i64 {
        let passed = i64::try_from(bucket).unwrap_or(i64::MAX).saturating_mul(self.bucket_ms);
        self.start_ms.saturating_add(passed)
    }
}

fn too_long() -> Error {
    let what = format!("must hold at most {MAX_BUCKETS} buckets, each count at most {}", crate::score::MAX_COUNT);
    Error::Option { name: "series.counts".into(), what }
}

/// How a series is judged.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TrendOptions {
    /// Buckets of one season: 168 for hours of the week, 7 for days of the week, 1 for none. Default 1.
    pub season: usize,
    /// How many past buckets of the same place in the season are looked at. Default 24.
    pub memory: usize,
    /// Fewest of them to judge a bucket. Default 3.
    pub least_memory: usize,
    /// False alarms accepted in 1,000 quiet buckets, all detectors together. Default 0.5.
    pub false_alarms_per_1000: f64,
    /// A bucket with fewer is no burst. Default 5.
    pub least_count: u64,
    /// Bursts with at most so many calm buckets between are one. Default 3.
    pub cooldown: usize,
}

impl Default for TrendOptions {
    fn default() -> Self {
        TrendOptions { season: 1, memory: 24, least_memory: 3, false_alarms_per_1000: 0.5, least_count: 5, cooldown: 3 }
    }
}

impl TrendOptions {
    /// # Errors
    /// [`Error::Option`] naming the field out of range.
    pub fn check(&self) -> Result<()> {
        let refuse = |name: &str, what: &str| Err(Error::Option { name: name.into(), what: what.into() });
        if !(1..=10_000).contains(&self.season) {
            return refuse("season", "must be a whole number from 1 to 10000");
        }
        if !(1..=200).contains(&self.memory) || !(1..=self.memory).contains(&self.least_memory) {
            return refuse("memory", "must be from 1 to 200, and leastMemory from 1 to memory");
        }
        if !(self.false_alarms_per_1000 > 0.0 && self.false_alarms_per_1000 <= 100.0) {
            return refuse("falseAlarmsPer1000", "must be over 0 and at most 100");
        }
        Ok(())
    }
}

/// What a bucket should hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expected {
    pub mean: f64,
    /// Of the next count: chance, what the few past buckets leave unknown, and what the series varies beyond.
    pub variance: f64,
}

/// Walks through a series and says what each bucket should hold by the buckets before it alone.
pub(super) struct Baseline<'o> {
    options: &'o TrendOptions,
    /// Counts so far; in a burst what was expected instead, so that it teaches nothing.
    clean: Vec<f64>,
    /// What was expected where it was judged, before the level.
    plain: Vec<f64>,
    squares: f64,
    judged: f64,
}

impl<'o> Baseline<'o> {
    pub fn new(options: &'o TrendOptions) -> Self {
        Baseline { options, clean: Vec::new(), plain: Vec::new(), squares: 0.0, judged: 0.0 }
    }

    /// Variance beyond chance: 1 is none.
    pub fn dispersion(&self) -> f64 {
        // Twenty buckets of pure chance as prior.
        ((self.squares + 20.0) / (self.judged + 20.0)).max(1.0)
    }

    /// What the next bucket should hold; `None` while too little is known.
    pub fn next(&self) -> Option<Expected> {
        let (mean, memory) = self.plain_next()?;
        let level = self.level();
        let mean = mean * level;
        // Gamma posterior of the mean with Jeffreys' prior: the next count is negative binomial.
        Some(Expected { mean, variance: mean * (1.0 + 1.0 / memory) * self.dispersion() })
    }

    /// Mean of the same place in past seasons, and how many there were.
    fn plain_next(&self) -> Option<(f64, f64)> {
        let now = self.clean.len();
        let lags = (1..=self.options.memory).map_while(|season| now.checked_sub(season * self.options.season));
        let (count, sum) = lags.fold((0usize, 0.5), |(count, sum), at| (count + 1, sum + self.clean[at]));
        (count >= self.options.least_memory).then(|| (sum / count as f64, count as f64))
    }

    /// How the last season stands to what was expected of it: growth that the mean of past seasons lags behind.
    fn level(&self) -> f64 {
        let season = self.options.season;
        if season == 1 {
            return 1.0;
        }
        let sums = |list: &[f64]| list.iter().rev().take(season).sum::<f64>();
        let (was, should) = (sums(&self.clean), sums(&self.plain));
        let known = self.plain.iter().rev().take(season).all(|plain| *plain > 0.0) && self.plain.len() >= season;
        if known && should >= LEAST_FOR_LEVEL { (was / should).clamp(0.5, 2.0) } else { 1.0 }
    }

    /// Goes on to the next bucket. `alarm`: the count is a burst.
    pub fn add(&mut self, count: u64, expected: Option<Expected>, alarm: bool) {
        let count = count as f64;
        self.plain.push(self.plain_next().map_or(0.0, |(mean, _)| mean));
        match expected {
            Some(expected) if alarm => self.clean.push(expected.mean),
            Some(expected) => {
                let away = count - expected.mean;
                self.squares += away * away / (expected.variance / self.dispersion()).max(1e-9);
                self.judged += 1.0;
                self.clean.push(count);
            }
            None => self.clean.push(count),
        }
    }
}
