//! The shared embedding: a short row of numbers a feature, and a linear head over their sum.

use hearken::model::softmax;

use crate::features::{Random, Rows, norm};
use crate::linear::Target;

/// Rows of an embedding and the head over them.
pub struct Embedding {
    pub rows: Vec<f32>,
    /// Labels x width.
    pub matrix: Vec<f32>,
    pub bias: Vec<f32>,
}

/// Rates and epochs from the measured recipe (docs/design/model.md).
const ROW_RATE: f32 = 0.1;
const HEAD_RATE: f32 = 0.05;
const EPOCHS: usize = 4;

struct AdaGrad {
    squares: Vec<f32>,
}

impl AdaGrad {
    fn new(len: usize) -> AdaGrad {
        AdaGrad { squares: vec![1e-6; len] }
    }

    fn pace(&mut self, i: usize, energy: f32, rate: f32) -> f32 {
        self.squares[i] += energy;
        rate / self.squares[i].sqrt()
    }
}

/// Trains embedding and head together. When `fixed` holds rows, only the head learns.
pub fn train(
    data: &Rows,
    targets: &[Target],
    features: usize,
    width: usize,
    labels: usize,
    fixed: Option<Vec<f32>>,
    seed: u64,
) -> Embedding {
    let mut random = Random(seed);
    let learn_rows = fixed.is_none();
    let mut rows = fixed.unwrap_or_else(|| (0..features * width).map(|_| random.signed() * 0.05).collect());
    let mut matrix: Vec<f32> = (0..labels * width).map(|_| random.signed() * 0.3).collect();
    let mut bias = vec![0f32; labels];
    let mut row_squares = AdaGrad::new(features);
    let mut head_squares = AdaGrad::new(labels);
    let mut order: Vec<u32> = (0..data.len() as u32).collect();
    let total = (data.len() * EPOCHS) as f32;
    let mut step = 0f32;
    let (mut vector, mut back, mut z) = (vec![0f32; width], vec![0f32; width], vec![0f32; labels]);
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for &i in &order {
            let target = targets[i as usize];
            if target.weight == 0.0 {
                step += 1.0;
                continue;
            }
            let groups = data.get(i as usize);
            vector.fill(0.0);
            for ids in groups {
                let norm = norm(ids);
                for &id in ids {
                    let row = &rows[id as usize * width..][..width];
                    vector.iter_mut().zip(row).for_each(|(v, w)| *v += w * norm);
                }
            }
            for (label, z) in z.iter_mut().enumerate() {
                let head = &matrix[label * width..][..width];
                *z = bias[label] + head.iter().zip(&vector).map(|(a, b)| a * b).sum::<f32>();
            }
            softmax(&mut z);
            z[target.label as usize] -= 1.0;
            let decay = 1.0 - 0.8 * step / total;
            step += 1.0;
            back.fill(0.0);
            let size = vector.iter().map(|v| v * v).sum::<f32>() / width as f32;
            for (label, g) in z.iter().enumerate() {
                let g = g * target.weight;
                if g.abs() < 1e-6 {
                    continue;
                }
                let head = &mut matrix[label * width..][..width];
                let pace = head_squares.pace(label, g * g * (size + 1.0) * 0.5, HEAD_RATE * decay);
                for ((m, b), v) in head.iter_mut().zip(&mut back).zip(&vector) {
                    *b += g * *m;
                    *m -= pace * g * v;
                }
                bias[label] -= pace * g;
            }
            if !learn_rows {
                continue;
            }
            let energy = back.iter().map(|b| b * b).sum::<f32>() / width as f32;
            for ids in groups {
                let norm = norm(ids);
                for &id in ids {
                    let pace = norm * row_squares.pace(id as usize, energy * norm * norm, ROW_RATE * decay);
                    let row = &mut rows[id as usize * width..][..width];
                    row.iter_mut().zip(&back).for_each(|(w, b)| *w -= pace * b);
                }
            }
        }
    }
    Embedding { rows, matrix, bias }
}
