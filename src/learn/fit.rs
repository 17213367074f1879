//! Fits a linear softmax over sparse and dense features.
//!
//! Stochastic gradient steps with one AdaGrad rate a feature (Duchi, Hazan and Singer 2011), over
//! texts in the order given: the caller's order is by hash, so the result does not depend on the
//! order of the input. Only `libm` and plain arithmetic: the same bits on every machine.

use super::vocabulary::weight;
use crate::model::softmax;

/// Weight of the character features of a text beside its word features.
pub(super) const CHARS: f32 = 0.7;
/// Step of a feature at its first gradient; it falls to 0 by the last text.
const RATE: f32 = 0.5;
/// A text whose own label has at least 1 - SKIP teaches nothing more in this pass.
const SKIP: f32 = 0.02;
/// Passes over the texts, at least; small sets get more, up to STEPS texts in all.
const PASSES: usize = 8;
const MOST_PASSES: usize = 30;
const STEPS: usize = 16_000;

/// Texts as rows of feature numbers, beside the model's vectors.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// What each feature weighs, in units.
    pub units: Vec<u8>,
    /// Features of all texts: of each its word features, then its character features.
    pub ids: Vec<u16>,
    /// Of each text, the end of its word features and of all.
    pub ends: Vec<[usize; 2]>,
    /// What the word and the character features of each text are multiplied by.
    pub norms: Vec<[f32; 2]>,
    /// Dense values a text.
    pub width: usize,
    /// Centred, and scaled so that a text's values have a length of about 1.
    pub dense: Vec<f32>,
}

impl Rows {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn push(&mut self, words: &[u16], chars: &[u16]) {
        let norms = [words, chars].map(|ids| {
            let squares: f32 = ids.iter().map(|id| weight(self.units[*id as usize])).map(|w| w * w).sum();
            if squares > 0.0 { 1.0 / squares.sqrt() } else { 0.0 }
        });
        self.norms.push([norms[0], norms[1] * CHARS]);
        self.ids.extend_from_slice(words);
        let middle = self.ids.len();
        self.ids.extend_from_slice(chars);
        self.ends.push([middle, self.ids.len()]);
    }

    /// Features of a text with their values.
    fn sparse(&self, text: usize) -> impl Iterator<Item = (usize, f32)> {
        let units = self.units.as_slice();
        let from = if text == 0 { 0 } else { self.ends[text - 1][1] };
        let [middle, end] = self.ends[text];
        let [words, chars] = self.norms[text];
        let groups = [(&self.ids[from..middle], words), (&self.ids[middle..end], chars)];
        groups
            .into_iter()
            .flat_map(move |(ids, norm)| ids.iter().map(move |id| (*id as usize, weight(units[*id as usize]) * norm)))
    }

    fn dense(&self, text: usize) -> &[f32] {
        &self.dense[text * self.width..][..self.width]
    }
}

/// A linear layer: one row of `labels` numbers for each feature, each dense value, and the bias.
#[derive(Debug, Clone)]
pub(super) struct Linear {
    pub labels: usize,
    /// Number of sparse features.
    pub features: usize,
    /// What dense values are multiplied by.
    pub strength: f32,
    pub weights: Vec<f32>,
}

impl Linear {
    pub fn row(&self, at: usize) -> &[f32] {
        &self.weights[at * self.labels..][..self.labels]
    }

    /// Logits of one text.
    pub fn logits(&self, rows: &Rows, text: usize, out: &mut [f32]) {
        out.copy_from_slice(self.row(self.features + rows.width));
        for (id, value) in rows.sparse(text) {
            add(out, self.row(id), value);
        }
        for (at, value) in rows.dense(text).iter().enumerate() {
            add(out, self.row(self.features + at), *value * self.strength);
        }
    }
}

#[inline(always)]
fn add(out: &mut [f32], row: &[f32], value: f32) {
    for (out, weight) in out.iter_mut().zip(row) {
        *out += weight * value;
    }
}

/// Learns from the texts chosen, of which `of` gives the labels. `O(passes x features x labels)`.
pub(super) fn fit(rows: &Rows, labels: usize, of: &[u16], chosen: &[u32], strength: f32) -> Linear {
    let features = rows.units.len();
    let height = features + rows.width + 1;
    let mut linear = Linear { labels, features, strength, weights: vec![0.0; height * labels] };
    let mut gained = vec![0f32; height];
    let mut p = vec![0f32; labels];
    let passes = (STEPS / chosen.len().max(1)).clamp(PASSES, MOST_PASSES);
    let total = (passes * chosen.len()).max(1) as f32;
    let mut done = 0f32;
    for _ in 0..passes {
        for &text in chosen {
            let text = text as usize;
            let rate = RATE * (1.0 - done / total);
            done += 1.0;
            linear.logits(rows, text, &mut p);
            softmax(&mut p);
            let label = of[text] as usize;
            if 1.0 - p[label] < SKIP {
                continue;
            }
            p[label] -= 1.0;
            let size: f32 = p.iter().map(|g| g * g).sum();
            let mut push = |at: usize, value: f32| {
                let gained = &mut gained[at];
                *gained += size * value * value;
                if *gained > 0.0 {
                    add(&mut linear.weights[at * labels..][..labels], &p, -rate * value / gained.sqrt());
                }
            };
            rows.sparse(text).for_each(|(id, value)| push(id, value));
            rows.dense(text).iter().enumerate().for_each(|(at, value)| push(features + at, *value * strength));
            push(features + rows.width, 1.0);
        }
    }
    linear
}
