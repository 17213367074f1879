//! The shared embedding: a short row of numbers a feature, and a linear head over their sum.

use crate::features::{Random, Rows, norm};

/// Rows of an embedding and the head over them.
pub struct Embedding {
    pub rows: Vec<f32>,
    /// Labels x width.
    pub matrix: Vec<f32>,
    pub bias: Vec<f32>,
}

/// Rates from the measured recipe (docs/design/model.md).
const ROW_RATE: f32 = 0.1;
const HEAD_RATE: f32 = 0.05;

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

/// How to train.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Labels of all heads together.
    pub labels: usize,
    pub epochs: usize,
    pub seed: u64,
}

/// Trains an embedding of `W` numbers a feature and its heads together. `gradient` turns the
/// logits of text `i` into the gradient of its loss, weight included, and is false for a text to
/// skip. When `fixed` holds rows, only the heads learn.
pub fn train<const W: usize>(
    data: &Rows,
    gradient: impl Fn(usize, &mut [f32]) -> bool,
    features: usize,
    fixed: Option<Vec<f32>>,
    plan: Plan,
) -> Embedding {
    let Plan { labels, epochs, seed } = plan;
    let mut random = Random(seed);
    let learn_rows = fixed.is_none();
    let mut rows: Vec<f32> = fixed.unwrap_or_else(|| (0..features * W).map(|_| random.signed() * 0.05).collect());
    let mut matrix: Vec<f32> = (0..labels * W).map(|_| random.signed() * 0.3).collect();
    let (rows_of, matrix_of) = (rows.as_chunks_mut::<W>().0, matrix.as_chunks_mut::<W>().0);
    let mut bias = vec![0f32; labels];
    let mut row_squares = AdaGrad::new(features);
    let mut head_squares = AdaGrad::new(labels);
    let mut order: Vec<u32> = (0..data.len() as u32).collect();
    let total = (data.len() * epochs) as f32;
    let mut step = 0f32;
    let mut z = vec![0f32; labels];
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let groups = data.get(i as usize);
            let mut vector = [0f32; W];
            for ids in groups {
                let mut sum = [0f32; W];
                for &id in ids {
                    let row = &rows_of[id as usize];
                    (0..W).for_each(|k| sum[k] += row[k]);
                }
                let norm = norm(ids);
                (0..W).for_each(|k| vector[k] += sum[k] * norm);
            }
            for (label, z) in z.iter_mut().enumerate() {
                let head = &matrix_of[label];
                *z = bias[label] + (0..W).map(|k| head[k] * vector[k]).sum::<f32>();
            }
            let decay = 1.0 - 0.8 * step / total;
            step += 1.0;
            if !gradient(i as usize, &mut z) {
                continue;
            }
            let mut back = [0f32; W];
            let size = vector.iter().map(|v| v * v).sum::<f32>() / W as f32;
            for (label, &g) in z.iter().enumerate() {
                if g.abs() < 1e-6 {
                    continue;
                }
                let head = &mut matrix_of[label];
                let pace = head_squares.pace(label, g * g * (size + 1.0) * 0.5, HEAD_RATE * decay) * g;
                for k in 0..W {
                    back[k] += g * head[k];
                    head[k] -= pace * vector[k];
                }
                bias[label] -= pace;
            }
            if !learn_rows {
                continue;
            }
            let energy = back.iter().map(|b| b * b).sum::<f32>() / W as f32;
            for ids in groups {
                let norm = norm(ids);
                for &id in ids {
                    let pace = norm * row_squares.pace(id as usize, energy * norm * norm, ROW_RATE * decay);
                    let row = &mut rows_of[id as usize];
                    (0..W).for_each(|k| row[k] -= pace * back[k]);
                }
            }
        }
    }
    Embedding { rows, matrix, bias }
}
