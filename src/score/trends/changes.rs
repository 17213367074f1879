//! Change points and silence: when a level moved for good, and when a channel stopped.

use serde::Serialize;

use super::series::{Series, TrendOptions};
use crate::error::Result;
use crate::order::Sorted;

/// Least buckets between two change points.
const LEAST: usize = 6;
/// Most change points of a series.
const MOST: usize = 50;

/// A lasting change of the level.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangePoint {
    /// First bucket of the new level.
    pub bucket: usize,
    pub at_ms: i64,
    /// Mean count a bucket before and after, up to the neighbouring change points, the season taken out.
    pub before: f64,
    pub after: f64,
    /// Likelihood ratio of the split, corrected for dispersion; changes below 3 ln n are not told.
    pub strength: f64,
}

/// The change points of a series, by time: binary segmentation (Scott and Knott 1974) of Poisson counts with the season
/// as exposure, each split accepted where its likelihood ratio, divided by the dispersion, is over 3 ln n (a
/// strengthened BIC). Looks at the whole series at once, unlike bursts. `O(n)` a change point.
///
/// # Errors
/// [`crate::Error::Option`] naming the field out of range.
pub fn changes(series: &Series, options: &TrendOptions) -> Result<Vec<ChangePoint>> {
    series.check()?;
    options.check()?;
    let n = series.counts.len();
    let exposure = profile(&series.counts, options.season);
    let dispersion = dispersion(&series.counts, options.season);
    let sums = |values: &mut dyn Iterator<Item = f64>| {
        let mut sum = 0.0;
        let mut all = vec![0.0];
        all.extend(values.map(|value| {
            sum += value;
            sum
        }));
        all
    };
    let counts = sums(&mut series.counts.iter().map(|count| *count as f64));
    let exposures = sums(&mut exposure.iter().copied());
    let part = |from: usize, to: usize| (counts[to] - counts[from], exposures[to] - exposures[from]);
    let gain = |(count, exposure): (f64, f64)| if count > 0.0 { count * libm::log(count / exposure) } else { 0.0 };
    let needed = 3.0 * libm::log(n.max(2) as f64);
    let mut splits: Vec<(usize, f64)> = Vec::new();
    let mut stack = vec![(0, n)];
    while let Some((from, to)) = stack.pop() {
        if to - from < 2 * LEAST || splits.len() == MOST {
            continue;
        }
        let whole = gain(part(from, to));
        let mut best = (0, 0.0);
        for at in from + LEAST..=to - LEAST {
            let ratio = 2.0 * (gain(part(from, at)) + gain(part(at, to)) - whole) / dispersion;
            if ratio > best.1 {
                best = (at, ratio);
            }
        }
        if best.1 > needed {
            splits.push(best);
            stack.push((from, best.0));
            stack.push((best.0, to));
        }
    }
    splits.order_by_key(|split| split.0);
    let edges: Vec<usize> = std::iter::once(0).chain(splits.iter().map(|split| split.0)).chain([n]).collect();
    let mean = |from, to| {
        let (count, exposure) = part(from, to);
        count / exposure
    };
    let change = |(split, edge): (&(usize, f64), &[usize])| ChangePoint {
        bucket: split.0,
        at_ms: series.begins(split.0),
        before: mean(edge[0], edge[1]),
        after: mean(edge[1], edge[2]),
        strength: split.1,
    };
    Ok(splits.iter().zip(edges.windows(3)).map(change).collect())
}

/// Relative size of each bucket by its place in the season, 1 on average.
fn profile(counts: &[u64], season: usize) -> Vec<f64> {
    let mean = counts.iter().map(|count| *count as f64).sum::<f64>() / counts.len().max(1) as f64;
    if season == 1 || counts.len() < 3 * season || mean <= 0.0 {
        return vec![1.0; counts.len()];
    }
    let mut sums = vec![(0.0, 0.0); season];
    for (at, count) in counts.iter().enumerate() {
        let place = &mut sums[at % season];
        *place = (place.0 + *count as f64, place.1 + 1.0);
    }
    // Half a bucket of the mean keeps empty places over 0.
    let factor: Vec<f64> = sums.iter().map(|(sum, n)| (sum + 0.5 * mean) / (n + 0.5) / mean).collect();
    (0..counts.len()).map(|at| factor[at % season]).collect()
}

/// Variance over that of chance, from neighbouring seasons: sum (x - y)^2 / sum (x + y); at least 1.
fn dispersion(counts: &[u64], season: usize) -> f64 {
    let pairs = counts.iter().zip(counts.iter().skip(season));
    let (squares, sum) = pairs.fold((0.0, 0.0), |(squares, sum), (one, other)| {
        let (one, other) = (*one as f64, *other as f64);
        (squares + (one - other) * (one - other), sum + one + other)
    });
    if sum > 0.0 { (squares / sum).max(1.0) } else { 1.0 }
}

/// A channel that stopped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Silence {
    /// First empty bucket of the run that reaches to the end.
    pub bucket: usize,
    pub since_ms: i64,
    pub buckets: usize,
    /// What the buckets before explain for the time of the silence.
    pub expected: f64,
    /// How often chance alone gives so long a silence here.
    pub p: f64,
}

/// The silence a series ends with, if chance gives it less often than the accepted rate of false alarms. The expected
/// counts are those of the same places in the season before the silence began. `O(buckets + silence * memory)`.
///
/// # Errors
/// [`crate::Error::Option`] naming the field out of range.
pub fn silence(series: &Series, options: &TrendOptions) -> Result<Option<Silence>> {
    series.check()?;
    options.check()?;
    let Some(last) = series.counts.iter().rposition(|count| *count > 0) else { return Ok(None) };
    let begin = last + 1;
    let before = &series.counts[..begin];
    let mut expected = 0.0;
    for at in begin..series.counts.len() {
        // The nearest bucket before the silence at the same place of the season, and those before it.
        let ahead = (at - begin) / options.season + 1;
        let lags = (ahead..ahead + options.memory).map_while(|back| at.checked_sub(back * options.season));
        let (n, sum) =
            lags.filter_map(|at| before.get(at)).fold((0.0, 0.0), |(n, sum), count| (n + 1.0, sum + *count as f64));
        if n >= options.least_memory as f64 {
            expected += sum / n;
        }
    }
    let p = libm::exp(-expected / dispersion(before, options.season));
    let buckets = series.counts.len() - begin;
    let silent = buckets > 0 && p < options.false_alarms_per_1000 / 1000.0;
    Ok(silent.then(|| Silence { bucket: begin, since_ms: series.begins(begin), buckets, expected, p }))
}
