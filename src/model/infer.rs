//! Sums rows and applies heads.

use super::exp::exp_all;
use super::features::{Asked, Extractor, Group, View};
use super::pack::{BlockView, Head, Model};
use super::rows::Rows;
use crate::text::tokens::{Token, tokens};

/// Rows added to 16-bit lanes before they are widened: 256 x 127 stays inside an `i16`.
const WIDEN_EVERY: usize = 256;
/// Lanes are handled 16 at a time: two 128-bit registers of `i16`.
pub(super) const LANES: usize = 16;
/// Groups of features, and views of a text.
const GROUPS: usize = 2;
const VIEWS: usize = 2;
/// Most features of a kind hashed before they are looked up: it bounds what the hashes of a long text take.
const BLOCK: usize = 2048;
/// What a feature can belong to: both views, or one.
const READINGS: usize = 3;

/// Sums of the rows of one text, one line of lanes per view and group. Reused between texts.
pub struct Sums {
    pub(super) extractor: Extractor,
    /// Hashes of features not yet looked up, per reading and group; at most [`BLOCK`] each.
    hashes: [[Vec<u64>; GROUPS]; READINGS],
    /// Rows found, per view and group. Hashing many features before one is looked up, and finding all
    /// rows before one is added, lets the look-ups, which wait for memory, overlap.
    found: [[Vec<u32>; GROUPS]; VIEWS],
    wide: [[Vec<i32>; GROUPS]; VIEWS],
}

impl Sums {
    /// Room for the rows of `model`.
    pub fn new(model: &Model) -> Sums {
        let lanes = |view: &super::rows::Rows| vec![0; view.strips * LANES];
        Sums {
            extractor: Extractor::default(),
            hashes: Default::default(),
            found: Default::default(),
            wide: model.views.each_ref().map(|view| [lanes(view), lanes(view)]),
        }
    }

    /// Reads `text` (normalised) and sums the rows of the features the model knows. `asked` says
    /// what the survey question asked for.
    pub fn read(&mut self, model: &Model, text: &str, asked: Option<Asked>) {
        self.read_tokens(model, text, &tokens(text).collect::<Vec<_>>(), asked, None);
    }

    /// The same for a text whose tokens are known. Given a view, only its blocks hear of the text: the others
    /// know no feature of it.
    pub(crate) fn read_tokens(
        &mut self,
        model: &Model,
        text: &str,
        tokens: &[Token],
        asked: Option<Asked>,
        only: Option<BlockView>,
    ) {
        let only = only.map(|view| if view == BlockView::Raw { View::Raw } else { View::Plain });
        let Sums { extractor, hashes, found, wide } = self;
        found.iter_mut().flatten().for_each(Vec::clear);
        extractor.extract_tokens(text, tokens, asked, |feature| {
            let view = match only {
                Some(view) if feature.view == View::Both || feature.view == view => view,
                Some(_) => return,
                None => feature.view,
            };
            let block = &mut hashes[view as usize][feature.group as usize];
            block.push(feature.hash);
            if block.len() == BLOCK {
                look_up(model, view, feature.group, block, found);
            }
        });
        for view in [View::Both, View::Raw, View::Plain] {
            for group in [Group::Word, Group::Char] {
                look_up(model, view, group, &mut hashes[view as usize][group as usize], found);
            }
        }
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

/// Looks a block of hashes up, keeps the rows found for the views, and empties the block.
#[inline(never)]
fn look_up(model: &Model, view: View, group: Group, block: &mut Vec<u64>, found: &mut [[Vec<u32>; GROUPS]; VIEWS]) {
    let [raw_rows, plain_rows] = &model.views;
    let [raw, plain] = found;
    let (raw, plain) = (&mut raw[group as usize], &mut plain[group as usize]);
    match view {
        View::Both => find_rows(model, block, &mut [(raw_rows, raw), (plain_rows, plain)]),
        View::Raw => find_rows(model, block, &mut [(raw_rows, raw)]),
        View::Plain => find_rows(model, block, &mut [(plain_rows, plain)]),
    }
    block.clear();
}

/// Looks the hashes up and appends the rows to the lists of the views that know them.
#[inline(always)]
fn find_rows<const N: usize>(model: &Model, hashes: &[u64], views: &mut [(&Rows, &mut Vec<u32>); N]) {
    let mut ends = views.each_ref().map(|(_, found)| found.len());
    for ((_, found), end) in views.iter_mut().zip(ends) {
        found.resize(end + hashes.len(), 0);
    }
    for &hash in hashes {
        let row = model.table.find(hash);
        for ((rows, found), end) in views.iter_mut().zip(&mut ends) {
            // Written in any case and kept when the view knows the row: half of the features are
            // known, and no branch can guess which.
            if let Some(place) = found.get_mut(*end) {
                *place = row;
            }
            *end += usize::from(rows.has(row as usize));
        }
    }
    for ((_, found), end) in views.iter_mut().zip(ends) {
        found.truncate(end);
    }
}

/// Sums the rows found into `wide`: at most four strips of them at a time, in registers.
fn add_rows(rows: &Rows, found: &[u32], wide: &mut [i32]) {
    match rows.strips {
        1 => add_strips::<1>(rows, 0, found, wide),
        2 => add_strips::<2>(rows, 0, found, wide),
        3 => add_strips::<3>(rows, 0, found, wide),
        strips => {
            for (strip, wide) in (0..strips).zip(wide.chunks_exact_mut(LANES)) {
                add_strips::<1>(rows, strip, found, wide);
            }
        }
    }
}

/// Sums strips `first..first + N` of the rows found.
#[inline(always)]
fn add_strips<const N: usize>(rows: &Rows, first: usize, found: &[u32], wide: &mut [i32]) {
    let mut sums = [[0i32; LANES]; N];
    for found in found.chunks(WIDEN_EVERY) {
        let mut narrow = [[0i16; LANES]; N];
        for &row in found {
            for (narrow, values) in narrow.iter_mut().zip(rows.strips_of::<N>(row, first)) {
                for (lane, value) in narrow.iter_mut().zip(values) {
                    *lane = lane.wrapping_add(i16::from(*value));
                }
            }
        }
        for (wide, narrow) in sums.as_flattened_mut().iter_mut().zip(narrow.as_flattened()) {
            *wide += i32::from(*narrow);
        }
    }
    wide.iter_mut().zip(sums.as_flattened()).for_each(|(wide, sum)| *wide = *sum);
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

/// Turns logits into probabilities that sum to 1. Same bits on every machine: those of `libm`.
pub fn softmax(logits: &mut [f32]) {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    logits.iter_mut().for_each(|logit| *logit -= top);
    exp_all(logits);
    let mut sum = 0.0;
    logits.iter().for_each(|exp| sum += exp);
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
