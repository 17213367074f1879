//! The formulas: from counts to figures with 95 % intervals. Sources: docs/design/score.md.
//!
//! Square roots and the four operations only, so that the bits are the same everywhere.

use super::{
    Figure, MAX_COUNT, MAX_HALF_WIDTH_MEAN, MAX_HALF_WIDTH_NET, MAX_HALF_WIDTH_SHARE, MIN_ANSWERS, SentimentCounts,
    Z_95, student_t_95,
};
use crate::message::Scale;

pub(super) const NPS: &str =
    "% of 9-10 minus % of 0-6 (Reichheld 2003); adjusted Wald interval, 3 answers added (Rocks 2016)";
pub(super) const NET_SENTIMENT: &str =
    "(positive - negative) / (positive + neutral + negative) x 100; adjusted Wald interval, 3 texts added (Rocks 2016)";
pub(super) const CSAT5: &str = "top-2 box: % of 4-5 on 1-5; Wilson score interval (Wilson 1927)";
pub(super) const CSAT7: &str = "top-2 box: % of 6-7 on 1-7; Wilson score interval (Wilson 1927)";
pub(super) const CES7: &str = "mean on 1-7, 7 is least effort (CES 2.0, Gartner); Student t interval (Student 1908)";
pub(super) const CES7_EASY: &str = "% of 5-7 on 1-7 (CES 2.0, Gartner); Wilson score interval (Wilson 1927)";
pub(super) const STARS5: &str = "mean of 1-5 stars; Student t interval (Student 1908)";

/// Net promoter score in points -100..=100.
///
/// Interval: adjusted Wald, that is 3/4 added to promoters and to detractors and 3 to the
/// number of answers, then cut to -100..=100. For a single answer it reaches to the value.
pub fn nps(promoters: u64, passives: u64, detractors: u64) -> Figure {
    net("nps", NPS, promoters, passives, detractors)
}

/// Net sentiment in points -100..=100. Neutral texts stay in the denominator.
///
/// Interval as for [`nps`]. It covers the chance of sampling, not the errors of the classifier.
pub fn net_sentiment(counts: &SentimentCounts) -> Figure {
    net("net_sentiment", NET_SENTIMENT, counts.positive, counts.neutral, counts.negative)
}

pub(super) fn net(metric: &'static str, method: &'static str, plus: u64, zero: u64, minus: u64) -> Figure {
    let [plus, zero, minus] = [plus, zero, minus].map(|count| count.min(MAX_COUNT));
    let n = plus + zero + minus;
    net_of(metric, method, [plus as f64, minus as f64, n as f64], n)
}

/// As [`net`], of counts `[plus, minus, all]` that need not be whole: those of weighted answers.
pub(super) fn net_of(metric: &'static str, method: &'static str, [plus, minus, all]: [f64; 3], n: u64) -> Figure {
    if n == 0 || all <= 0.0 {
        return without_answers(metric, method);
    }
    let difference = plus - minus;
    let adjusted = all + 3.0;
    let (p, d) = ((plus + 0.75) / adjusted, (minus + 0.75) / adjusted);
    let centre = difference / adjusted;
    let half = 100.0 * Z_95 * ((p + d - centre * centre) / adjusted).sqrt();
    let value = clean(100.0 * difference / all);
    // A single promoter or detractor lies 1.5 points outside its own interval, as the formula
    // pulls towards the middle; the interval is then widened to it. No other counts need it.
    let (low, high) = ((100.0 * centre - half).min(value), (100.0 * centre + half).max(value));
    Figure {
        metric,
        value: Some(value),
        interval: Some(cut(low, high, -100.0, 100.0)),
        n: n.min(MAX_COUNT),
        // The half-width before the cut: a cut interval is narrower, but nothing more is known.
        too_few: n < MIN_ANSWERS || half > MAX_HALF_WIDTH_NET,
        method,
    }
}

/// A share in percent, 0..=100: `hits` of `n`, with its Wilson score interval.
///
/// `hits` above `n` counts as `n`.
pub fn share(metric: &'static str, method: &'static str, hits: u64, n: u64) -> Figure {
    let n = n.min(MAX_COUNT);
    let hits = hits.min(n);
    share_of(metric, method, hits as f64, n as f64, n)
}

/// As [`share`], of counts that need not be whole: those of weighted answers.
pub(super) fn share_of(metric: &'static str, method: &'static str, hits: f64, all: f64, n: u64) -> Figure {
    if n == 0 || all <= 0.0 {
        return without_answers(metric, method);
    }
    let [low, high] = wilson(hits, all);
    Figure {
        metric,
        value: Some(clean(100.0 * hits / all)),
        interval: Some(cut(100.0 * low, 100.0 * high, 0.0, 100.0)),
        n,
        too_few: n < MIN_ANSWERS || 50.0 * (high - low) > MAX_HALF_WIDTH_SHARE,
        method,
    }
}

/// The Wilson score interval of a share, 0..=1.
pub(super) fn wilson(hits: f64, all: f64) -> [f64; 2] {
    let z2 = Z_95 * Z_95;
    let p = hits / all;
    let centre = (hits + z2 / 2.0) / (all + z2);
    let half = Z_95 * (all * p * (1.0 - p) + z2 / 4.0).sqrt() / (all + z2);
    // At no or all hits the formula gives exactly 0 or 1; rounding may not.
    [if hits <= 0.0 { 0.0 } else { centre - half }, if hits >= all { 1.0 } else { centre + half }]
}

/// The mean answer on a scale with its Student t interval, cut to the scale.
///
/// `counts[v]` is how often `v` was answered; places outside the scale are not read. There is
/// no interval for one answer or when all answers are equal, because the formula then has no
/// spread to work with. Equal answers are too few while a share of other answers that would be
/// missed by chance (Wilson limit z^2 / (n + z^2)) could move the mean by over twice the bound.
pub fn mean(metric: &'static str, method: &'static str, scale: Scale, counts: &[u64; 11]) -> Figure {
    let (lowest, highest) = scale.bounds();
    let (mut n, mut sum, mut squares) = (0u128, 0u128, 0u128);
    for value in lowest..=highest {
        let count = u128::from(counts[usize::from(value)].min(MAX_COUNT));
        let value = u128::from(value);
        n += count;
        sum += value * count;
        squares += value * value * count;
    }
    if n == 0 {
        return without_answers(metric, method);
    }
    let total = n as f64;
    let value = sum as f64 / total;
    // n * sum of squared deviations: exact and never below zero in whole numbers.
    let spread = n * squares - sum * sum;
    let freedom = u64::try_from(n - 1).unwrap_or(u64::MAX);
    let (low, high) = (f64::from(lowest), f64::from(highest));
    let (interval, half) = match student_t_95(freedom) {
        Some(t) if spread > 0 => {
            let half = t * (spread as f64 / total / (total - 1.0) / total).sqrt();
            (Some(cut(value - half, value + half, low, high)), half)
        }
        _ => {
            let missed = Z_95 * Z_95 / (total + Z_95 * Z_95);
            (None, missed * (high - low) / 2.0)
        }
    };
    Figure {
        metric,
        value: Some(clean(value)),
        interval,
        n: u64::try_from(n).unwrap_or(MAX_COUNT).min(MAX_COUNT),
        too_few: n < u128::from(MIN_ANSWERS) || half > MAX_HALF_WIDTH_MEAN,
        method,
    }
}

pub(super) fn without_answers(metric: &'static str, method: &'static str) -> Figure {
    Figure { metric, value: None, interval: None, n: 0, too_few: true, method }
}

/// The interval within the range of the metric.
pub(super) fn cut(low: f64, high: f64, least: f64, most: f64) -> [f64; 2] {
    [clean(low.clamp(least, most)), clean(high.clamp(least, most))]
}

/// Zero without a sign; every other number as it is.
pub(super) fn clean(number: f64) -> f64 {
    number + 0.0
}
