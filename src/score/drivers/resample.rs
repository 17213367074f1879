//! Bootstrap intervals of importance and rank, by a seeded drawing of parts.

use super::importance::MAX_SHAPLEY;
use super::moments::Moments;
use super::{DriverOptions, DriverTable, ranks};
use crate::order::Sorted;

/// Most parts the rows are put into; what is drawn are parts, so that the cost does not grow with the rows.
const PARTS: usize = 400;
/// Most replicates of Johnson's weights.
const MAX_JOHNSON: usize = 100;

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
        ((u128::from(x) * n as u128) >> 64) as usize
    }
}

/// Means of all columns, the outcome last.
pub(super) fn centre(table: &DriverTable, rows: &[usize]) -> Vec<f64> {
    let columns = table.drivers.iter().map(|driver| &driver.values).chain([&table.outcome]);
    let mean = |column: &Vec<f64>| rows.iter().map(|row| column[*row]).sum::<f64>() / rows.len().max(1) as f64;
    columns.map(mean).collect()
}

/// The rows in parts: one row each while there are few, else put into 400 parts by lot, so that sorted rows are mixed.
/// Values are taken from their mean, which keeps the sums exact enough.
pub(super) fn parts(table: &DriverTable, rows: &[usize], seed: u64) -> Vec<Moments> {
    let centre = centre(table, rows);
    let mut random = Random(seed);
    let mut parts = vec![Moments::new(centre.len()); rows.len().min(PARTS)];
    let mut values = vec![0.0; centre.len()];
    for (at, row) in rows.iter().enumerate() {
        let columns = table.drivers.iter().map(|driver| driver.values[*row]).chain([table.outcome[*row]]);
        values.iter_mut().zip(columns.zip(&centre)).for_each(|(value, (raw, mean))| *value = raw - mean);
        let part = if rows.len() <= PARTS { at } else { random.below(PARTS) };
        parts[part].add(&values);
    }
    parts
}

/// Intervals of each driver.
pub(super) struct Intervals {
    pub values: Vec<[f64; 2]>,
    pub ranks: Vec<[usize; 2]>,
}

/// Draws as many parts as there are, again and again, and takes the middle 95 % of what comes out. The interval of a
/// value is moved by the bias that the drawing shows: importance is never below 0 and drawn too large. `None` with
/// fewer than 40 replicates or parts.
pub(super) fn intervals(parts: &[Moments], estimate: &[f64], options: &DriverOptions) -> Option<Intervals> {
    let k = estimate.len();
    let replicates = if k <= MAX_SHAPLEY { options.replicates } else { options.replicates.min(MAX_JOHNSON) };
    if replicates < 40 || parts.len() < 40 {
        return None;
    }
    let mut random = Random(options.seed ^ 0x5851_f42d_4c95_7f2d);
    let mut values = vec![Vec::with_capacity(replicates); k];
    let mut places = vec![Vec::with_capacity(replicates); k];
    for _ in 0..replicates {
        let mut drawn = Moments::new(k + 1);
        (0..parts.len()).for_each(|_| drawn.merge(&parts[random.below(parts.len())]));
        let importance = if drawn.varies(k) { drawn.correlations().importance() } else { vec![0.0; k] };
        for (at, rank) in ranks(&importance).into_iter().enumerate() {
            values[at].push(importance[at]);
            places[at].push(rank);
        }
    }
    let (low, high) = (replicates * 25 / 1000, replicates - 1 - replicates * 25 / 1000);
    let middle = |list: &mut Vec<usize>| {
        list.order();
        [list[low], list[high]]
    };
    let interval = |(at, list): (usize, &mut Vec<f64>)| {
        list.order_by(f64::total_cmp);
        let bias = list.iter().sum::<f64>() / replicates as f64 - estimate[at];
        [list[low], list[high]].map(|edge| (edge - bias).max(0.0))
    };
    Some(Intervals {
        values: values.iter_mut().enumerate().map(interval).collect(),
        ranks: places.iter_mut().map(middle).collect(),
    })
}
