//! The CX score: what people answer, what they say unasked, and whether anybody acts on it, in one number with
//! its parts. Sources and limits: docs/design/cx-score.md.

use serde::Serialize;

use super::figure::clean;
use super::metric::{Metric, Sample};
use super::{Figure, MIN_ANSWERS, Rollup, Z_95};
use crate::error::{Error, Result};

const METHOD: &str =
    "weighted mean of three parts of 0-100, at most 50 + half the answered share (hearken, docs/design/cx-score.md)";
/// The metrics of each part.
const SOLICITED: &[Metric] = &[Metric::Nps, Metric::Csat5, Metric::Csat7, Metric::Ces7, Metric::Stars5];
const UNSOLICITED: &[Metric] = &[Metric::NetSentiment, Metric::HighEffort];
const ACTING: &[Metric] = &[Metric::Answered];
const PARTS: [(&str, &[Metric]); 3] = [("solicited", SOLICITED), ("unsolicited", UNSOLICITED), ("acting", ACTING)];
/// Widest half-interval a score may have, in points.
pub const MAX_HALF_WIDTH_CX: f64 = 5.0;

/// How much each part counts; they need not sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CxWeights {
    pub solicited: f64,
    pub unsolicited: f64,
    pub acting: f64,
}

impl Default for CxWeights {
    fn default() -> CxWeights {
        CxWeights { solicited: 0.4, unsolicited: 0.4, acting: 0.2 }
    }
}

impl CxWeights {
    fn check(self) -> Result<[f64; 3]> {
        let all = [self.solicited, self.unsolicited, self.acting];
        for ((name, _), weight) in PARTS.iter().zip(all) {
            if !(0.0..=1e6).contains(&weight) {
                return Err(Error::Option { name: (*name).into(), what: "must be a number from 0 to 1000000".into() });
            }
        }
        if all.iter().sum::<f64>() <= 0.0 {
            return Err(Error::Option { name: "solicited".into(), what: "one weight must be over 0".into() });
        }
        Ok(all)
    }
}

/// One metric within a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CxFigure {
    pub figure: Figure,
    /// The figure on 0..=100, 100 is best.
    pub points: f64,
    /// Standard error of the points.
    pub standard_error: f64,
    /// Its share of the score, 0..=1; 0 when it has under 5 answers.
    pub weight: f64,
}

/// One part of the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CxPart {
    /// `solicited`, `unsolicited` or `acting`.
    pub part: &'static str,
    /// 0..=100; none when the part is missing. A missing part is left out and its weight goes to the others;
    /// nothing is put in its place.
    pub points: Option<f64>,
    pub standard_error: Option<f64>,
    /// Its share of the score, 0..=1.
    pub weight: f64,
    pub figures: Vec<CxFigure>,
}

/// The score with all it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CxScore {
    /// 0..=100; none when all parts are missing.
    pub value: Option<f64>,
    /// 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// Answers and texts behind all parts.
    pub n: u64,
    pub too_few: bool,
    /// What the score can be at most, given how many were answered; none when that is not known.
    pub cap: Option<f64>,
    /// True when the cap holds the score down.
    pub capped: bool,
    /// Always all three.
    pub parts: Vec<CxPart>,
    /// Parts that are missing.
    pub missing: Vec<&'static str>,
    pub method: &'static str,
}

/// What one metric added to a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CxMove {
    /// A metric, or `cap`.
    pub metric: &'static str,
    pub points: f64,
}

/// What moved the score from one period to the next.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CxChange {
    /// Both scores, of the metrics that both periods have.
    pub before: CxScore,
    pub now: CxScore,
    pub value: Option<f64>,
    /// 95 % interval of the change.
    pub interval: Option<[f64; 2]>,
    /// Largest first; they sum to `value`.
    pub moves: Vec<CxMove>,
    /// Metrics that only one period has, which are left out of both scores.
    pub not_compared: Vec<&'static str>,
}

impl Rollup {
    /// The CX score.
    ///
    /// # Errors
    /// [`Error::Option`] naming the part when a weight is negative, no number or over 1,000,000, or all are 0.
    pub fn cx_score(&self, weights: &CxWeights) -> Result<CxScore> {
        Ok(score(self, weights.check()?, &|_| true))
    }
}

/// What moved the CX score: each metric's share of the change.
///
/// # Errors
/// As [`Rollup::cx_score`].
pub fn cx_change(before: &Rollup, now: &Rollup, weights: &CxWeights) -> Result<CxChange> {
    let weights = weights.check()?;
    let has = |rollup: &Rollup, metric: Metric| metric.sample(&rollup.total.counts).n() >= MIN_ANSWERS;
    let both = |metric: Metric| has(before, metric) && has(now, metric);
    let all = || PARTS.iter().flat_map(|(_, metrics)| metrics.iter().copied());
    let not_compared = all().filter(|metric| has(before, *metric) != has(now, *metric)).map(Metric::slug).collect();
    let (before, now) = (score(before, weights, &both), score(now, weights, &both));
    let mut moves = Vec::new();
    let figures = |score: &CxScore| score.parts.iter().flat_map(|part| part.figures.clone()).collect::<Vec<_>>();
    let (old, new) = (figures(&before), figures(&now));
    let mut free = 0.0;
    for figure in &new {
        if let Some(was) = old.iter().find(|was| was.figure.metric == figure.figure.metric) {
            let points = figure.weight * figure.points - was.weight * was.points;
            free += points;
            moves.push(CxMove { metric: figure.figure.metric, points: clean(points) });
        }
    }
    let value = now.value.zip(before.value).map(|(now, before)| clean(now - before));
    if let Some(value) = value.filter(|_| before.capped || now.capped) {
        moves.push(CxMove { metric: "cap", points: clean(value - free) });
    }
    crate::order::Sorted::order_by(&mut moves[..], |a, b| b.points.abs().total_cmp(&a.points.abs()));
    let half = |score: &CxScore| score.interval.map(|[low, high]| 0.5 * (high - low));
    let interval = value.zip(half(&before).zip(half(&now))).map(|(value, (old, new))| {
        let half = (old * old + new * new).sqrt();
        [clean((value - half).max(-100.0)), clean((value + half).min(100.0))]
    });
    Ok(CxChange { before, now, value, interval, moves, not_compared })
}

fn score(rollup: &Rollup, weights: [f64; 3], used: &dyn Fn(Metric) -> bool) -> CxScore {
    let mut parts: Vec<CxPart> =
        PARTS.iter().zip(weights).map(|((name, metrics), weight)| part(rollup, name, metrics, weight, used)).collect();
    let sum: f64 = parts.iter().map(|part| part.weight).sum();
    let (mut free, mut variance) = (0.0, 0.0);
    for part in parts.iter_mut().filter(|part| part.weight > 0.0) {
        part.weight /= sum;
        part.figures.iter_mut().for_each(|figure| figure.weight *= part.weight);
        let (points, error) = (part.points.unwrap_or_default(), part.standard_error.unwrap_or_default());
        free += part.weight * points;
        variance += part.weight * part.weight * error * error;
    }
    let answered = Metric::Answered.figure(&rollup.total.counts);
    let answered = used(Metric::Answered).then_some(answered).filter(|figure| figure.n >= MIN_ANSWERS);
    let at_most = |share: f64| 50.0 + 0.5 * share;
    let cap = answered.as_ref().and_then(|figure| figure.value).map(at_most);
    let [cap_low, cap_high] =
        answered.and_then(|figure| figure.interval).map_or([100.0; 2], |bounds| bounds.map(at_most));
    let half = Z_95 * variance.sqrt();
    let n = parts.iter().flat_map(|part| &part.figures).fold(0u64, |sum, one| sum.saturating_add(one.figure.n));
    let value = (sum > 0.0).then(|| clean(free.min(cap.unwrap_or(100.0))));
    CxScore {
        value,
        interval: value
            .map(|_| [clean((free - half).max(0.0).min(cap_low)), clean((free + half).min(100.0).min(cap_high))]),
        n,
        too_few: value.is_none() || half > MAX_HALF_WIDTH_CX,
        capped: cap.is_some_and(|cap| sum > 0.0 && cap < free),
        cap,
        missing: parts.iter().filter(|part| part.points.is_none()).map(|part| part.part).collect(),
        parts,
        method: METHOD,
    }
}

/// A part: the mean of its metrics that have enough answers. Their errors are added, as if all were of the same
/// people: that is the most they can be.
fn part(rollup: &Rollup, name: &'static str, metrics: &[Metric], weight: f64, used: &dyn Fn(Metric) -> bool) -> CxPart {
    let mut figures: Vec<CxFigure> = metrics
        .iter()
        .filter(|metric| used(**metric))
        .map(|metric| points(*metric, rollup))
        .filter(|figure| figure.figure.n > 0)
        .collect();
    let enough = figures.iter().filter(|figure| figure.figure.n >= MIN_ANSWERS).count();
    if enough == 0 {
        return CxPart { part: name, points: None, standard_error: None, weight: 0.0, figures };
    }
    let (mut mean, mut error) = (0.0, 0.0);
    for figure in figures.iter_mut().filter(|figure| figure.figure.n >= MIN_ANSWERS) {
        figure.weight = 1.0 / enough as f64;
        mean += figure.weight * figure.points;
        error += figure.weight * figure.standard_error;
    }
    CxPart { part: name, points: Some(clean(mean)), standard_error: Some(error), weight, figures }
}

/// A metric on 0..=100 with its standard error.
fn points(metric: Metric, rollup: &Rollup) -> CxFigure {
    let figure = metric.figure(&rollup.total.counts);
    let (low, high) = metric.bounds();
    let share = 100.0 / (high - low);
    let value = (figure.value.unwrap_or(low) - low) * share;
    let standard_error = match metric.sample(&rollup.total.counts) {
        Sample::Net { plus, zero, minus } => {
            let n = (plus + zero + minus) as f64 + 3.0;
            let (p, d) = ((plus as f64 + 0.75) / n, (minus as f64 + 0.75) / n);
            100.0 * ((p + d - (p - d) * (p - d)) / n).sqrt() * share
        }
        Sample::Share { hits, n } => {
            let n = n as f64 + Z_95 * Z_95;
            let p = (hits as f64 + 0.5 * Z_95 * Z_95) / n;
            100.0 * (p * (1.0 - p) / n).sqrt() * share
        }
        Sample::Mean { .. } => match figure.interval {
            Some([low, high]) => 0.5 * (high - low) / Z_95 * share,
            // Equal answers: what chance can have hidden, as for `tooFew` of means.
            None => 50.0 * Z_95 / (figure.n as f64 + Z_95 * Z_95),
        },
    };
    let points = if metric == Metric::HighEffort { 100.0 - value } else { value };
    CxFigure { figure, points: clean(points), standard_error, weight: 0.0 }
}
