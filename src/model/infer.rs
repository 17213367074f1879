//! Sums rows and applies heads.

use super::features::{Asked, Extractor, Group, View};
use super::pack::{BlockView, Head, Model};
use super::rows::Rows;

/// Rows added to 16-bit lanes before they are widened: 256 x 127 stays inside an `i16`.
const WIDEN_EVERY: usize = 256;
/// Lanes are handled 16 at a time: two 128-bit registers of `i16`.
pub(super) const LANES: usize = 16;
/// Groups of features, and views of a text.
const GROUPS: usize = 2;
const VIEWS: usize = 2;

/// Sums of the rows of one text, one line of lanes per view and group. Reused between texts.
pub struct Sums {
    pub(super) extractor: Extractor,
    /// Rows found, per view and group. Finding them all before adding any lets the look-ups, which
    /// wait for memory, overlap.
    found: [[Vec<u32>; GROUPS]; VIEWS],
    wide: [[Vec<i32>; GROUPS]; VIEWS],
}

impl Sums {
    /// Room for the rows of `model`.
    pub fn new(model: &Model) -> Sums {
        let lanes = |view: &super::rows::Rows| vec![0; view.strips * LANES];
        Sums {
            extractor: Extractor::default(),
            found: Default::default(),
            wide: model.views.each_ref().map(|view| [lanes(view), lanes(view)]),
        }
    }

    /// Reads `text` (normalised) and sums the rows of the features the model knows. `asked` says
    /// what the survey question asked for.
    pub fn read(&mut self, model: &Model, text: &str, asked: Option<Asked>) {
        let Sums { extractor, found, wide } = self;
        found.iter_mut().flatten().for_each(Vec::clear);
        let [raw, plain] = found;
        extractor.extract(text, asked, |feature| {
            if let Some(row) = model.table.row(feature.hash) {
                let group = feature.group as usize;
                if feature.view != View::Plain && model.views[BlockView::Raw as usize].has(row) {
                    raw[group].push(row as u32);
                }
                if feature.view != View::Raw && model.views[BlockView::Plain as usize].has(row) {
                    plain[group].push(row as u32);
                }
            }
        });
        for ((rows, found), wide) in model.views.iter().zip(found).zip(wide) {
            for (found, wide) in found.iter().zip(wide) {
                add_rows(rows, found, wide);
            }
        }
    }

    /// Number of features of the group that are in the block.
    pub(super) fn hits(&self, model: &Model, block: usize, group: Group) -> i32 {
        let block = &model.blocks[block];
        self.wide[block.view as usize][group as usize][block.offset + block.width]
    }

    /// The text's vector in a block: both groups scaled by the root of their hits, then added.
    pub fn vector(&self, model: &Model, block: usize, out: &mut Vec<f32>) {
        let shape = &model.blocks[block];
        out.clear();
        out.resize(shape.width, 0.0);
        for group in [Group::Word, Group::Char] {
            let hits = self.hits(model, block, group);
            if hits == 0 {
                continue;
            }
            let norm = 1.0 / (hits as f32).sqrt();
            let lanes = &self.wide[shape.view as usize][group as usize][shape.offset..shape.offset + shape.width];
            for ((out, &sum), &scale) in out.iter_mut().zip(lanes).zip(&shape.scale) {
                *out += sum as f32 * scale * norm;
            }
        }
    }

    /// True when no feature at all was known to the block.
    pub fn is_blank(&self, model: &Model, block: usize) -> bool {
        self.hits(model, block, Group::Word) + self.hits(model, block, Group::Char) == 0
    }
}

/// Sums the rows found into `wide`, 16 lanes at a time in registers.
fn add_rows(rows: &Rows, found: &[u32], wide: &mut [i32]) {
    for (strip, wide) in wide.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        *wide = [0; LANES];
        for found in found.chunks(WIDEN_EVERY) {
            let mut narrow = [0i16; LANES];
            for &row in found {
                let values = rows.strip(row, strip);
                for (lane, value) in narrow.iter_mut().zip(values) {
                    *lane = lane.wrapping_add(i16::from(*value));
                }
            }
            for (wide, narrow) in wide.iter_mut().zip(narrow) {
                *wide += i32::from(narrow);
            }
        }
    }
}

impl Head {
    /// Logits of the labels for a block vector, divided by the head's temperature.
    pub fn logits(&self, vector: &[f32], out: &mut Vec<f32>) {
        out.clear();
        for (row, bias) in self.matrix.chunks_exact(vector.len().max(1)).zip(&self.bias) {
            let mut sum = *bias;
            for (weight, value) in row.iter().zip(vector) {
                sum += weight * value;
            }
            out.push(sum / self.temperature);
        }
    }
}

/// Turns logits into probabilities that sum to 1. Same bits on every machine: `libm` only.
pub fn softmax(logits: &mut [f32]) {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = libm::expf(*logit - top);
        sum += *logit;
    }
    for logit in logits.iter_mut() {
        *logit /= sum;
    }
}

/// The probability of a yes with this logit.
pub fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-logit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_sums_to_one() {
        let mut logits = [1000.0, 1001.0, -5.0];
        softmax(&mut logits);
        assert!((logits.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(logits[1] > logits[0]);
    }

    #[test]
    fn sigmoid_is_a_probability() {
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(sigmoid(200.0), 1.0);
        assert_eq!(sigmoid(-200.0), 0.0);
    }
}
