//! A head laid out for speed: eight labels at a time, and yes or no without an exponential.
//!
//! Every number is what [`Head::logits`] and [`super::sigmoid`] give, bit for bit: the products of a
//! label are added in the same order, and where a logit lies too near its limit for an estimate the
//! probability itself is compared.

use super::infer::sigmoid;
use super::pack::{Head, HeadKind};

/// Labels handled together: they share vector registers.
const LINE: usize = 8;
/// Further from its limit than this, a logit is on the side the estimate says: the estimate and the
/// sigmoid are exact to a thousandth of it where the limit lies in [`ESTIMATED`].
const MARGIN: f32 = 0.01;
/// Probabilities whose logits are estimated. Others are always compared themselves.
const ESTIMATED: std::ops::RangeInclusive<f32> = 0.001..=0.999;

/// Matrix and limits of a head.
#[derive(Debug)]
pub struct Lines {
    width: usize,
    labels: usize,
    temperature: f32,
    bias: Vec<[f32; LINE]>,
    /// `width` columns for each line of labels.
    columns: Vec<[f32; LINE]>,
    /// Per set of thresholds, then once for the highest of all sets: the probability from which a
    /// label holds and its logit, a NaN where it must not be used.
    limits: Vec<Vec<(f32, f32)>>,
}

impl Lines {
    /// Lays a head out. `O(labels x (width + sets))`.
    pub fn new(head: &Head) -> Lines {
        let labels = head.labels.len();
        let width = head.matrix.len() / labels.max(1);
        let lines = labels.div_ceil(LINE);
        let mut bias = vec![[0.0; LINE]; lines];
        let mut columns = vec![[0.0; LINE]; lines * width];
        for (label, value) in head.bias.iter().enumerate() {
            bias[label / LINE][label % LINE] = *value;
            for (column, weight) in head.matrix[label * width..][..width].iter().enumerate() {
                columns[label / LINE * width + column][label % LINE] = *weight;
            }
        }
        let mut sets: Vec<Vec<f32>> = head.thresholds.iter().map(|set| set.values.clone()).collect();
        if head.kind == HeadKind::AnyOf {
            let highest = |label: usize| head.thresholds.iter().map(|set| set.values[label]).fold(0.0, f32::max);
            sets.push((0..labels).map(highest).collect());
        }
        let limit = |p: f32| (p, if ESTIMATED.contains(&p) { libm::logf(p / (1.0 - p)) } else { f32::NAN });
        let limits = sets.into_iter().map(|set| set.into_iter().map(limit).collect()).collect();
        Lines { width, labels, temperature: head.temperature, bias, columns, limits }
    }

    /// Logits of the labels for a block vector, as [`Head::logits`] gives them.
    pub fn logits(&self, vector: &[f32], out: &mut Vec<f32>) {
        out.clear();
        for (bias, columns) in self.bias.iter().zip(self.columns.chunks_exact(self.width.max(1))) {
            let mut sums = *bias;
            for (column, value) in columns.iter().zip(vector) {
                for (sum, weight) in sums.iter_mut().zip(column) {
                    *sum += weight * value;
                }
            }
            out.extend(sums.iter().map(|sum| sum / self.temperature));
        }
        out.truncate(self.labels);
    }

    /// One bit per label of a yes-or-no head whose probability reaches its limit. `set` is the number
    /// of a set of thresholds; nothing for the highest of all sets.
    pub fn present(&self, logits: &[f32], set: Option<usize>) -> u32 {
        let limits = set.and_then(|set| self.limits.get(set)).or(self.limits.last());
        let reaches = |(logit, &(limit, near)): (&f32, &(f32, f32))| {
            if *logit > near + MARGIN {
                true
            } else if *logit < near - MARGIN {
                false
            } else {
                sigmoid(*logit) >= limit
            }
        };
        let all = logits.iter().zip(limits.into_iter().flatten());
        all.enumerate().fold(0, |bits, (label, pair)| bits | u32::from(reaches(pair)) << label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Thresholds;

    fn head(labels: usize, width: usize) -> Head {
        let mut state = 11u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        let mut some = |count: usize| (0..count).map(|_| next()).collect::<Vec<f32>>();
        Head {
            name: "head".into(),
            block: 0,
            kind: HeadKind::AnyOf,
            labels: (0..labels).map(|label| label.to_string()).collect(),
            matrix: some(labels * width),
            bias: some(labels),
            temperature: 0.7,
            thresholds: vec![
                Thresholds { language: String::new(), values: some(labels).iter().map(|p| p.abs()).collect() },
                Thresholds { language: "en".into(), values: vec![0.9999; labels] },
            ],
        }
    }

    #[test]
    fn logits_are_those_of_the_head() {
        for (labels, width) in [(1, 1), (7, 26), (8, 3), (20, 20), (75, 15)] {
            let head = head(labels, width);
            let vector: Vec<f32> = (0..width).map(|i| (i as f32 * 0.37).sin()).collect();
            let (mut plain, mut fast) = (Vec::new(), Vec::new());
            head.logits(&vector, &mut plain);
            Lines::new(&head).logits(&vector, &mut fast);
            assert_eq!(plain, fast);
        }
    }

    #[test]
    fn labels_hold_where_the_probability_reaches_the_limit() {
        let head = head(20, 1);
        let lines = Lines::new(&head);
        for step in -60_000..60_000 {
            let logits = vec![step as f32 / 4_000.0; 20];
            for (set, values) in [&head.thresholds[0].values, &head.thresholds[1].values].into_iter().enumerate() {
                let plain = values.iter().map(|limit| sigmoid(logits[0]) >= *limit);
                let plain = plain.enumerate().fold(0, |bits, (label, holds)| bits | u32::from(holds) << label);
                assert_eq!(lines.present(&logits, Some(set)), plain, "{}", logits[0]);
            }
        }
        // The second set is higher everywhere.
        assert_eq!(lines.present(&[5.0; 20], None), lines.present(&[5.0; 20], Some(1)));
    }
}
