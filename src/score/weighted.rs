//! Figures of weighted answers.
//!
//! A weight says for how many people an answer stands; answers without one stand for one. Weighted answers are
//! worth fewer equal ones: n' = (sum w)^2 / sum w^2 (Kish, Survey Sampling, 1965). The formulas of equal answers are
//! used with the weighted shares and n'. That is right for weights that are unrelated to the answers and cautious
//! or bold otherwise; designs with strata or clusters need their own variance.

use super::counts::{RATINGS, VALUES};
use super::figure::{cut, net_of, share_of, without_answers};
use super::metric::Metric;
use super::rollup::WEIGHT_UNIT;
use super::stats::student_quantile;
use super::tally::Tally;
use super::{Figure, MAX_HALF_WIDTH_MEAN, MIN_ANSWERS};
use crate::message::Scale;

const NET: &str = "weighted; adjusted Wald interval (Rocks 2016) at the effective number of answers (Kish 1965)";
const SHARE: &str = "weighted; Wilson score interval (Wilson 1927) at the effective number of answers (Kish 1965)";
const MEAN: &str = "weighted; Student t interval (Student 1908) at the effective number of answers (Kish 1965)";

/// Weighted figures of the scales on which weights were given; `n` counts answers as they came.
pub(super) fn figures(tally: &Tally) -> Vec<Figure> {
    let rated = Metric::ALL.iter().filter_map(|metric| Some((*metric, metric.scale()?)));
    rated.filter_map(|(metric, scale)| one(tally, metric, scale)).collect()
}

fn one(tally: &Tally, metric: Metric, scale: Scale) -> Option<Figure> {
    let row = Scale::ALL.into_iter().position(|other| other == scale)? * VALUES;
    let places = row..row + VALUES;
    if !tally.weighted.keys().any(|place| places.contains(&usize::from(*place))) {
        return None;
    }
    let mut weights = [0.0; VALUES];
    let (mut sum, mut squares, mut n) = (0.0, 0.0, 0u64);
    for (value, place) in places.enumerate() {
        let cell = tally.weighted.get(&(place as u8)).copied().unwrap_or_default();
        let count = tally.counts[RATINGS + place];
        let plain = count.saturating_sub(cell.n) as f64;
        weights[value] = plain + cell.sum as f64 / WEIGHT_UNIT;
        sum += weights[value];
        squares += plain + cell.squares as f64 / (WEIGHT_UNIT * WEIGHT_UNIT);
        n = n.saturating_add(count);
    }
    let slug = metric.slug();
    if sum <= 0.0 || squares <= 0.0 {
        return Some(without_answers(slug, SHARE));
    }
    let effective = sum * sum / squares;
    let part = |low: usize, high: usize| weights.iter().skip(low).take(high + 1 - low).sum::<f64>() / sum * effective;
    Some(match metric {
        Metric::Csat5 => share_of(slug, SHARE, part(4, 5), effective, n),
        Metric::Csat7 => share_of(slug, SHARE, part(6, 7), effective, n),
        Metric::Ces7Easy => share_of(slug, SHARE, part(5, 7), effective, n),
        Metric::Nps => net_of(slug, NET, [part(9, 10), part(0, 6), effective], n),
        _ => {
            let mean = weights.iter().enumerate().map(|(value, weight)| weight * value as f64).sum::<f64>() / sum;
            let squared = |(value, weight): (usize, &f64)| weight * (value as f64 - mean) * (value as f64 - mean);
            let spread = weights.iter().enumerate().map(squared).sum::<f64>() / sum;
            let (low, high) = scale.bounds();
            let (low, high) = (f64::from(low), f64::from(high));
            let freedom = effective - 1.0;
            let half = if freedom > 0.0 { student_quantile(0.975, freedom) * (spread / freedom).sqrt() } else { 0.0 };
            let interval = (half > 0.0).then(|| cut(mean - half, mean + half, low, high));
            let too_few = n < MIN_ANSWERS || effective < MIN_ANSWERS as f64 || half > MAX_HALF_WIDTH_MEAN;
            Figure { metric: slug, value: Some(mean), interval, n, too_few, method: MEAN }
        }
    })
}
