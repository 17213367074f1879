//! Differences between segments and between periods, tested, and corrected for how many were looked at.

use crate::order::Sorted;
use serde::Serialize;
use std::collections::BTreeMap;

use super::counts::{COUNTERS, Counts, VALUES, plus};
use super::figure::{clean, wilson};
use super::metric::{Metric, Sample};
use super::stats::{benjamini_hochberg, holm, normal_two_sided, student_quantile, student_two_sided};
use super::{Dimension, Figure, MIN_ANSWERS, Rollup, Z_95};
use crate::error::{Error, Result};
use crate::message::Scale;

const NET: &str = "difference of net scores; z test and interval on adjusted counts (Rocks 2016)";
const SHARE: &str = "difference of shares; hybrid score interval (Newcombe 1998), pooled z test";
const FISHER: &str = "difference of shares; hybrid score interval (Newcombe 1998), Fisher's exact test (Fisher 1935)";
const SAY_DO: &str = "% of those asked or heard; Wilson score interval (Wilson 1927)";
const MEAN: &str = "difference of means; t test and interval of unequal variances (Welch 1947)";
/// Findings are told at this share of false ones among them, at most, on average.
const LEVEL: f64 = 0.05;

/// One figure in two groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    pub metric: &'static str,
    /// The segment that is compared; empty for everything.
    pub key: String,
    /// The figure of the first group (the segment, the later period), and of the second.
    pub figure: Figure,
    pub against: Figure,
    /// First minus second; none when one has no answers.
    pub value: Option<f64>,
    /// 95 % interval of the difference; none when it cannot be given.
    pub interval: Option<[f64; 2]>,
    /// Probability of so large a difference, or a larger one, by chance alone.
    pub p: Option<f64>,
    /// The same, corrected for all comparisons of the table: Holm 1979.
    pub p_holm: Option<f64>,
    /// Share of false findings if this and all stronger ones are believed: Benjamini and Hochberg 1995.
    pub q: Option<f64>,
    /// True when `q` is at most 0.05 and both groups have enough answers.
    pub significant: bool,
    /// Place among the significant differences, the largest first, from 1; others have none.
    pub rank: Option<u64>,
    /// True when a group has fewer answers than asked for.
    pub too_few: bool,
    pub method: &'static str,
}

/// Differences of one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Segments as in reports, by falling value; periods in the order of [`Metric::ALL`].
    pub differences: Vec<Difference>,
    /// How many were tested.
    pub tests: u64,
}

impl Rollup {
    /// Each segment of a dimension against all others together, in one figure.
    ///
    /// Topics and brands, of which a text has several, are compared with all texts that do not have them; in
    /// [`Metric::NetTopicSentiment`], with what is said of all other topics.
    /// Only differences that hold after the correction are ranked. Cost: linear in the segments.
    ///
    /// # Errors
    /// [`Error::Option`] naming `dimension` when the rollup has none of this name.
    pub fn compare_segments(&self, dimension: &str, metric: Metric) -> Result<Comparison> {
        let missing = || Error::Option { name: "dimension".into(), what: "is not in the rollup".into() };
        let segments = self.dimension(dimension).ok_or_else(missing)?;
        // What is said of topics is counted in topics alone.
        let several = metric != Metric::NetTopicSentiment
            && [Dimension::Topic, Dimension::Brand].iter().any(|one| one.slug() == dimension);
        let whole = if several {
            self.total.clone()
        } else {
            let mut whole = segments.other.clone();
            segments.kept.values().for_each(|(_, tally)| whole.merge(tally));
            whole
        };
        let mut differences: Vec<Difference> = segments
            .kept
            .values()
            .map(|(key, tally)| difference(metric, key, &tally.counts, &tally.rest_of(&whole)))
            .collect();
        by_value(&mut differences);
        Ok(correct(differences))
    }
}

/// Every figure of the later rollup against the earlier one: two periods, two teams.
///
/// Both must hold different people for the test to be right; the same people asked twice need a paired test.
/// A figure that only one of them has is listed without a value.
pub fn compare(before: &Rollup, now: &Rollup) -> Comparison {
    let one = |metric: &Metric| difference(*metric, "", &now.total.counts, &before.total.counts);
    let all = Metric::ALL.iter().map(one).filter(|one| one.figure.n > 0 || one.against.n > 0);
    correct(all.collect())
}

/// One figure of each segment in the later period against the same segment in the earlier one, corrected for how many
/// there are: which store got worse. Segments that only one period has are listed without a value.
///
/// # Errors
/// [`Error::Option`] naming `dimension` when neither rollup has one of this name.
pub fn compare_by(before: &Rollup, now: &Rollup, dimension: &str, metric: Metric) -> Result<Comparison> {
    let (old, new) = (before.dimension(dimension), now.dimension(dimension));
    if old.is_none() && new.is_none() {
        return Err(Error::Option { name: "dimension".into(), what: "is in neither rollup".into() });
    }
    let nothing = [0; COUNTERS];
    let mut pairs: BTreeMap<&str, [&Counts; 2]> = BTreeMap::new();
    for (at, segments) in [new, old].into_iter().enumerate() {
        for (key, tally) in segments.into_iter().flat_map(|segments| segments.kept.values()) {
            pairs.entry(key).or_insert([&nothing; 2])[at] = &tally.counts;
        }
    }
    let all = pairs.into_iter().map(|(key, [now, before])| difference(metric, key, now, before));
    let mut differences: Vec<Difference> = all.filter(|one| one.figure.n > 0 || one.against.n > 0).collect();
    by_value(&mut differences);
    Ok(correct(differences))
}

fn by_value(differences: &mut [Difference]) {
    let value = |one: &Difference| one.value.unwrap_or(f64::NEG_INFINITY);
    differences.order_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.key.cmp(&b.key)));
}

/// What people say they want against what they ask for or do: two shares, each `[hits, n]`, of different people.
pub fn say_do_gap(said: [u64; 2], done: [u64; 2]) -> Difference {
    let [said, done] = [said, done].map(|[hits, n]| [hits.min(n), n]);
    let one = |[hits, n]: [u64; 2]| super::share("share", SAY_DO, hits, n);
    let gap = put_together("say_do_gap", "", one(said), one(done), shares_test(said, done));
    correct(vec![gap]).differences.remove(0)
}

/// Corrects for the number of tests and ranks what holds.
fn correct(mut differences: Vec<Difference>) -> Comparison {
    let tested: Vec<usize> = (0..differences.len()).filter(|at| differences[*at].p.is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|at| differences[*at].p).collect();
    for (at, (strict, q)) in tested.iter().zip(holm(&p).into_iter().zip(benjamini_hochberg(&p))) {
        let one = &mut differences[*at];
        (one.p_holm, one.q) = (Some(strict), Some(q));
        one.significant = q <= LEVEL && !one.too_few;
    }
    let mut found: Vec<usize> = (0..differences.len()).filter(|at| differences[*at].significant).collect();
    let size = |at: &usize| differences[*at].value.unwrap_or_default().abs();
    found.order_by(|a, b| size(b).total_cmp(&size(a)));
    for (rank, at) in found.into_iter().enumerate() {
        differences[at].rank = Some(rank as u64 + 1);
    }
    Comparison { differences, tests: p.len() as u64 }
}

fn difference(metric: Metric, key: &str, a: &Counts, b: &Counts) -> Difference {
    let (figure, against) = (metric.figure(a), metric.figure(b));
    let test = match (metric.sample(a), metric.sample(b)) {
        (one, two) if one.n() == 0 || two.n() == 0 => untested(method_of(&one)),
        (Sample::Net { plus, zero, minus }, Sample::Net { plus: plus2, zero: zero2, minus: minus2 }) => {
            nets([plus, zero, minus], [plus2, zero2, minus2])
        }
        (Sample::Share { hits, n }, Sample::Share { hits: hits2, n: n2 }) => shares_test([hits, n], [hits2, n2]),
        (Sample::Mean { scale, counts }, Sample::Mean { counts: counts2, .. }) => means(scale, &counts, &counts2),
        (one, _) => untested(method_of(&one)),
    };
    put_together(metric.slug(), key, figure, against, test)
}

fn put_together(metric: &'static str, key: &str, figure: Figure, against: Figure, test: Test) -> Difference {
    let value = figure.value.zip(against.value).map(|(a, b)| clean(a - b));
    Difference {
        metric,
        key: key.to_owned(),
        too_few: figure.n < MIN_ANSWERS || against.n < MIN_ANSWERS,
        figure,
        against,
        value,
        interval: test.interval,
        p: test.p,
        p_holm: None,
        q: None,
        significant: false,
        rank: None,
        method: test.method,
    }
}

fn method_of(sample: &Sample) -> &'static str {
    match sample {
        Sample::Net { .. } => NET,
        Sample::Share { .. } => SHARE,
        Sample::Mean { .. } => MEAN,
    }
}

/// What a test says.
struct Test {
    interval: Option<[f64; 2]>,
    p: Option<f64>,
    method: &'static str,
}

/// Two net scores of `[plus, zero, minus]`, each with 3 answers added.
fn nets(a: [u64; 3], b: [u64; 3]) -> Test {
    let adjusted = |[plus, zero, minus]: [u64; 3]| {
        let n = plus as f64 + zero as f64 + minus as f64 + 3.0;
        let (p, d) = ((plus as f64 + 0.75) / n, (minus as f64 + 0.75) / n);
        (p - d, (p + d - (p - d) * (p - d)) / n)
    };
    let ((score, variance), (score2, variance2)) = (adjusted(a), adjusted(b));
    let (gap, error) = (score - score2, (variance + variance2).sqrt());
    let bound = |side: f64| clean((100.0 * (gap + side * Z_95 * error)).clamp(-200.0, 200.0));
    Test { interval: Some([bound(-1.0), bound(1.0)]), p: Some(normal_two_sided(gap / error)), method: NET }
}

fn untested(method: &'static str) -> Test {
    Test { interval: None, p: None, method }
}

/// Two shares of `[hits, n]`.
fn shares_test(a: [u64; 2], b: [u64; 2]) -> Test {
    if a[1] == 0 || b[1] == 0 {
        return untested(SHARE);
    }
    let ([hits, n], [hits2, n2]) = (a.map(|count| count as f64), b.map(|count| count as f64));
    let (p, p2) = (hits / n, hits2 / n2);
    let ([low, high], [low2, high2]) = (wilson(hits, n), wilson(hits2, n2));
    let root = |x: f64, y: f64| (x * x + y * y).sqrt();
    let interval = [p - p2 - root(p - low, high2 - p2), p - p2 + root(high - p, p2 - low2)];
    let pooled = (hits + hits2) / (n + n2);
    let least = n.min(n2) * pooled.min(1.0 - pooled);
    let (p_value, method) = if least < 5.0 {
        (fisher(a, b), FISHER)
    } else {
        (normal_two_sided((p - p2) / (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / n2)).sqrt()), SHARE)
    };
    Test { interval: Some(interval.map(|bound| clean(100.0 * bound))), p: Some(p_value), method }
}

/// Fisher's exact test of two shares, two-sided: the probability of all tables with the same sums that are no
/// more likely than this one. Each step goes to the next table, from the most likely one outwards.
fn fisher([hits, n]: [u64; 2], [hits2, n2]: [u64; 2]) -> f64 {
    let (n, n2, all) = (n as f64, n2 as f64, hits as f64 + hits2 as f64);
    let (least, most) = ((all - n2).max(0.0), all.min(n));
    let mode = (((all + 1.0) * (n + 1.0)) / (n + n2 + 2.0)).floor().clamp(least, most);
    // Weight of one more hit in the first group, against this many.
    let up = |k: f64| (all - k) * (n - k) / ((k + 1.0) * (n2 - all + k + 1.0));
    let observed = hits as f64;
    let mut own = 1.0;
    let mut weights = vec![1.0];
    for direction in [1.0, -1.0] {
        let (mut k, mut weight) = (mode, 1.0f64);
        while (least..=most).contains(&(k + direction)) && weight > 1e-300 {
            weight *= if direction > 0.0 { up(k) } else { 1.0 / up(k - 1.0) };
            k += direction;
            weights.push(weight);
            if k == observed {
                own = weight;
            }
            // What follows is too small to count, and beyond what was seen.
            if weight < 1e-25 && (k - observed) * direction > 0.0 {
                break;
            }
        }
        if (observed - k) * direction > 0.0 {
            own = 0.0;
        }
    }
    let sum: f64 = weights.iter().sum();
    let tail: f64 = weights.iter().filter(|weight| **weight <= own * (1.0 + 1e-7)).sum();
    (tail / sum).min(1.0)
}

/// Two means on a scale.
fn means(scale: Scale, a: &[u64; VALUES], b: &[u64; VALUES]) -> Test {
    let moments = |counts: &[u64; VALUES]| {
        let (mut n, mut sum, mut squares) = (0u128, 0u128, 0u128);
        for (value, count) in (0u128..).zip(counts) {
            let count = u128::from(plus(*count, 0));
            n += count;
            sum += value * count;
            squares += value * value * count;
        }
        let total = n as f64;
        // Variance of the mean; the sum of squares is taken in whole numbers.
        ((sum as f64) / total, (n * squares - sum * sum) as f64 / total / (total - 1.0) / total, total)
    };
    let ((mean, variance, n), (mean2, variance2, n2)) = (moments(a), moments(b));
    let (gap, variances) = (mean - mean2, variance + variance2);
    if n < 2.0 || n2 < 2.0 || variances <= 0.0 {
        return untested(MEAN);
    }
    let freedom = variances * variances / (variance * variance / (n - 1.0) + variance2 * variance2 / (n2 - 1.0));
    let error = variances.sqrt();
    let half = student_quantile(0.975, freedom) * error;
    let (low, high) = scale.bounds();
    let range = f64::from(high - low);
    let bound = |side: f64| clean((gap + side * half).clamp(-range, range));
    Test { interval: Some([bound(-1.0), bound(1.0)]), p: Some(student_two_sided(gap / error, freedom)), method: MEAN }
}
