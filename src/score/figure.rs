//! The formulas: from counts to figures with 95 % intervals. Sources: docs/design/score.md.
//!
//! Square roots and the four operations only, so that the bits are the same everywhere.

use super::{
    Figure, MAX_COUNT, MAX_HALF_WIDTH_MEAN, MAX_HALF_WIDTH_NET, MAX_HALF_WIDTH_SHARE, MIN_ANSWERS, SentimentCounts,
    Z_95, student_t_95,
};
use crate::message::Scale;

const NPS: &str = "% of 9-10 minus % of 0-6 (Reichheld 2003); adjusted Wald interval, 3 answers added (Rocks 2016)";
const NET_SENTIMENT: &str =
    "(positive - negative) / (positive + neutral + negative) x 100; adjusted Wald interval, 3 texts added (Rocks 2016)";
const CSAT5: &str = "top-2 box: % of 4-5 on 1-5; Wilson score interval (Wilson 1927)";
const CSAT7: &str = "top-2 box: % of 6-7 on 1-7; Wilson score interval (Wilson 1927)";
const CES7: &str = "mean on 1-7, 7 is least effort (CES 2.0, Gartner); Student t interval (Student 1908)";
const CES7_EASY: &str = "% of 5-7 on 1-7 (CES 2.0, Gartner); Wilson score interval (Wilson 1927)";
const STARS5: &str = "mean of 1-5 stars; Student t interval (Student 1908)";

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

fn net(metric: &'static str, method: &'static str, plus: u64, zero: u64, minus: u64) -> Figure {
    let [plus, zero, minus] = [plus, zero, minus].map(|count| count.min(MAX_COUNT));
    let n = plus + zero + minus;
    if n == 0 {
        return without_answers(metric, method);
    }
    let difference = plus as f64 - minus as f64;
    let adjusted = n as f64 + 3.0;
    let (p, d) = ((plus as f64 + 0.75) / adjusted, (minus as f64 + 0.75) / adjusted);
    let centre = difference / adjusted;
    let half = 100.0 * Z_95 * ((p + d - centre * centre) / adjusted).sqrt();
    let value = clean(100.0 * difference / n as f64);
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
    if n == 0 {
        return without_answers(metric, method);
    }
    let (k, total) = (hits as f64, n as f64);
    let z2 = Z_95 * Z_95;
    let p = k / total;
    let centre = (k + z2 / 2.0) / (total + z2);
    let half = Z_95 * (total * p * (1.0 - p) + z2 / 4.0).sqrt() / (total + z2);
    // At no or all hits the formula gives exactly 0 or 1; rounding may not.
    let low = if hits == 0 { 0.0 } else { 100.0 * (centre - half) };
    let high = if hits == n { 100.0 } else { 100.0 * (centre + half) };
    Figure {
        metric,
        value: Some(clean(100.0 * k / total)),
        interval: Some(cut(low, high, 0.0, 100.0)),
        n,
        too_few: n < MIN_ANSWERS || 100.0 * half > MAX_HALF_WIDTH_SHARE,
        method,
    }
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

/// The figures of one scale; none when nobody answered on it. `counts[v]` is how often `v` was
/// answered.
pub(super) fn of_scale(scale: Scale, counts: &[u64; 11]) -> Vec<Figure> {
    let between = |low: usize, high: usize| counts[low..=high].iter().sum::<u64>();
    let n = between(0, 10);
    if n == 0 {
        return Vec::new();
    }
    match scale {
        Scale::Nps => vec![nps(between(9, 10), between(7, 8), between(0, 6))],
        Scale::Csat5 => vec![share("csat5", CSAT5, between(4, 5), n)],
        Scale::Csat7 => vec![share("csat7", CSAT7, between(6, 7), n)],
        Scale::Ces7 => {
            vec![mean("ces7", CES7, scale, counts), share("ces7_easy", CES7_EASY, between(5, 7), n)]
        }
        Scale::Stars5 => vec![mean("stars5", STARS5, scale, counts)],
    }
}

fn without_answers(metric: &'static str, method: &'static str) -> Figure {
    Figure { metric, value: None, interval: None, n: 0, too_few: true, method }
}

/// The interval within the range of the metric.
fn cut(low: f64, high: f64, least: f64, most: f64) -> [f64; 2] {
    [clean(low.clamp(least, most)), clean(high.clamp(least, most))]
}

/// Zero without a sign; every other number as it is.
pub(super) fn clean(number: f64) -> f64 {
    number + 0.0
}
