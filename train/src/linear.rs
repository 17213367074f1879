//! The linear softmax over all features: AdaGrad, averaged over the last steps.

use hearken::model::softmax;

use crate::features::{Random, Rows, norm};

/// What a text should be called, and how much it counts.
#[derive(Clone, Copy)]
pub struct Target {
    pub label: u16,
    pub weight: f32,
    /// A label this row says nothing about, left out of its softmax.
    pub masked: Option<u16>,
}

/// Scales weights to a mean of 1.
pub fn level(targets: &mut [Target]) {
    let mean = targets.iter().map(|target| target.weight).sum::<f32>() / targets.len() as f32;
    targets.iter_mut().for_each(|target| target.weight /= mean);
}

/// Weights of a linear softmax: `width` numbers a feature.
pub struct Linear {
    pub width: usize,
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
}

/// How to train.
#[derive(Clone, Copy)]
pub struct Plan {
    pub epochs: usize,
    pub rate: f32,
    pub seed: u64,
}

/// Share of the steps at the end over which weights are averaged.
const AVERAGED: f64 = 0.4;

/// Trains a softmax over `features` features. `scale` multiplies each feature's value (1 for none).
pub fn train(rows: &Rows, targets: &[Target], features: usize, width: usize, scale: &[f32], plan: Plan) -> Linear {
    descend(rows, targets, |i, z| z[targets[i].label as usize] -= 1.0, features, width, scale, plan)
}

/// As [`train`], towards a distribution over `N` labels a row instead of one label. The labels of `targets` are not
/// looked at; their weights and masks are.
pub fn train_soft<const N: usize>(
    rows: &Rows,
    targets: &[Target],
    wanted: &[[f32; N]],
    features: usize,
    scale: &[f32],
    plan: Plan,
) -> Linear {
    let pull = |i: usize, z: &mut [f32]| z.iter_mut().zip(&wanted[i]).for_each(|(z, wanted)| *z -= wanted);
    descend(rows, targets, pull, features, N, scale, plan)
}

/// The descent itself; `pull` takes what row `i` should get from the probabilities it gets.
fn descend(
    rows: &Rows,
    targets: &[Target],
    pull: impl Fn(usize, &mut [f32]),
    features: usize,
    width: usize,
    scale: &[f32],
    plan: Plan,
) -> Linear {
    let mut weights = vec![0f32; features * width];
    // Sum of step-weighted changes: average = weights - drift / averaged steps.
    let mut drift = vec![0f32; features * width];
    let mut squares = vec![1e-6f32; features];
    let mut bias = vec![0f32; width];
    let mut bias_drift = vec![0f32; width];
    let mut bias_squares = 1e-6f32;
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    let mut random = Random(plan.seed);
    let total = (rows.len() * plan.epochs) as f64;
    let from = total * (1.0 - AVERAGED);
    let mut step = 0f64;
    let mut z = vec![0f32; width];
    for _ in 0..plan.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let target = targets[i as usize];
            if target.weight == 0.0 {
                step += 1.0;
                continue;
            }
            let groups = rows.get(i as usize);
            z.copy_from_slice(&bias);
            for ids in groups {
                let norm = norm(ids);
                for &id in ids {
                    let x = norm * scale[id as usize];
                    let row = &weights[id as usize * width..][..width];
                    z.iter_mut().zip(row).for_each(|(z, w)| *z += w * x);
                }
            }
            if let Some(masked) = target.masked {
                z[masked as usize] = -1e9;
            }
            softmax(&mut z);
            pull(i as usize, &mut z);
            let rate = plan.rate * (1.0 - 0.8 * (step / total) as f32);
            let age = ((step - from).max(0.0) / (total - from)) as f32;
            z.iter_mut().for_each(|g| *g *= target.weight);
            let energy = z.iter().map(|g| g * g).sum::<f32>() / width as f32;
            for ids in groups {
                let norm = norm(ids);
                for &id in ids {
                    let id = id as usize;
                    let x = norm * scale[id];
                    squares[id] += energy * x * x;
                    let pace = -rate * x / squares[id].sqrt();
                    let row = &mut weights[id * width..][..width];
                    let old = &mut drift[id * width..][..width];
                    for ((w, d), g) in row.iter_mut().zip(old).zip(&z) {
                        *w += pace * g;
                        *d += pace * g * age;
                    }
                }
            }
            bias_squares += energy;
            let pace = -rate / bias_squares.sqrt();
            for ((b, d), g) in bias.iter_mut().zip(&mut bias_drift).zip(&z) {
                *b += pace * g;
                *d += pace * g * age;
            }
            step += 1.0;
        }
    }
    for (w, d) in weights.iter_mut().zip(&drift) {
        *w -= d;
    }
    for (b, d) in bias.iter_mut().zip(&bias_drift) {
        *b -= d;
    }
    for (row, scale) in weights.chunks_exact_mut(width).zip(scale) {
        row.iter_mut().for_each(|w| *w *= scale);
    }
    Linear { width, weights, bias }
}

impl Linear {
    /// Probabilities of the labels for one text.
    pub fn probabilities(&self, groups: [&[u32]; 2]) -> Vec<f32> {
        let mut z = self.bias.clone();
        for ids in groups {
            let norm = norm(ids);
            for &id in ids {
                let row = &self.weights[id as usize * self.width..][..self.width];
                z.iter_mut().zip(row).for_each(|(z, w)| *z += w * norm);
            }
        }
        softmax(&mut z);
        z
    }

    /// Mean of models trained on the same rows with other seeds: less noise, no more bytes.
    pub fn mean(models: Vec<Linear>) -> Linear {
        let share = 1.0 / models.len() as f32;
        let mut models = models.into_iter();
        let mut mean = models.next().expect("at least one model");
        for model in models {
            mean.weights.iter_mut().zip(model.weights).for_each(|(a, b)| *a += b);
            mean.bias.iter_mut().zip(model.bias).for_each(|(a, b)| *a += b);
        }
        mean.weights.iter_mut().for_each(|w| *w *= share);
        mean.bias.iter_mut().for_each(|b| *b *= share);
        mean
    }

    /// Difference between the highest and lowest weight of a feature: how much it can decide.
    pub fn spread(&self, feature: usize) -> f32 {
        let row = &self.weights[feature * self.width..][..self.width];
        let high = row.iter().copied().fold(f32::MIN, f32::max);
        let low = row.iter().copied().fold(f32::MAX, f32::min);
        high - low
    }

    /// The `keep` features with the highest spread times root of their count, by rising number.
    pub fn select(&self, counts: &[u32], keep: usize) -> Vec<usize> {
        let mut ranked: Vec<(f32, usize)> =
            counts.iter().enumerate().map(|(i, &count)| (self.spread(i) * (count as f32).sqrt(), i)).collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut kept: Vec<usize> = ranked.into_iter().take(keep).map(|(_, i)| i).collect();
        kept.sort_unstable();
        kept
    }
}
