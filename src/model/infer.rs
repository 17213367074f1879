//! Sums rows and applies heads.

use super::exp::exp_all;
use super::features::{Asked, Extractor, Group, View, edges};
use super::pack::{BlockView, Head, Model};
use super::rows::Rows;
use crate::span::Span;
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
    /// Rows of all features, known or not, in the order of the text.
    rows: [[Vec<u32>; GROUPS]; READINGS],
    /// Where the pair of each token stands among those of the raw view; none where only a piece was read.
    pairs: Vec<Pair>,
    /// Rows found, per view and group. Hashing many features before one is looked up, and finding all
    /// rows before one is added, lets the look-ups, which wait for memory, overlap.
    found: [[Vec<u32>; GROUPS]; VIEWS],
    wide: [[Vec<i32>; GROUPS]; VIEWS],
}

/// The pair of a token: whose it is, and how many features of both views and of the raw one stand before it.
#[derive(Debug, Clone, Copy)]
struct Pair {
    view: View,
    before: [[usize; GROUPS]; 2],
}

impl Sums {
    /// Room for the rows of `model`.
    pub fn new(model: &Model) -> Sums {
        let lanes = |view: &super::rows::Rows| vec![0; view.strips * LANES];
        Sums {
            extractor: Extractor::default(),
            hashes: Default::default(),
            rows: Default::default(),
            pairs: Vec::new(),
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
        let Sums { extractor, hashes, rows, pairs, found, wide } = self;
        found.iter_mut().flatten().for_each(Vec::clear);
        rows.iter_mut().flatten().for_each(Vec::clear);
        pairs.clear();
        extractor.extract_tokens(text, tokens, asked, |feature| {
            let view = match only {
                Some(view) if feature.view == View::Both || feature.view == view => view,
                Some(_) => return,
                None => feature.view,
            };
            if feature.pair && view != View::Plain && only.is_none() {
                let count = |view: View| {
                    [Group::Word, Group::Char].map(|group| {
                        hashes[view as usize][group as usize].len() + rows[view as usize][group as usize].len()
                    })
                };
                pairs.push(Pair { view, before: [count(View::Both), count(View::Raw)] });
            }
            let block = &mut hashes[view as usize][feature.group as usize];
            block.push(feature.hash);
            if block.len() == BLOCK {
                look_up(model, view, feature.group, block, rows, found);
            }
        });
        for view in [View::Both, View::Raw, View::Plain] {
            for group in [Group::Word, Group::Char] {
                look_up(model, view, group, &mut hashes[view as usize][group as usize], rows, found);
            }
        }
        for ((rows, found), wide) in model.views.iter().zip(found).zip(wide) {
            for (found, wide) in found.iter().zip(wide) {
                add_rows(rows, found, wide);
            }
        }
    }

    /// Sums the rows of a piece of the text read last for a block of the raw view, as if the piece had been read by
    /// itself; its ends lie in no token. False, and nothing is summed, where the text was not read as a whole or the
    /// block is of the other view. The features of whole tokens are not looked up again.
    pub(crate) fn read_piece(&mut self, model: &Model, block: usize, piece: Span) -> bool {
        let Sums { extractor, rows, pairs, found, wide, .. } = self;
        let (shape, steps) = (&model.blocks[block], &extractor.steps);
        let first = steps.partition_point(|step| step.start < piece.start);
        let last = steps.partition_point(|step| step.start < piece.end);
        if shape.view != BlockView::Raw || pairs.len() != steps.len() || first == last {
            return false;
        }
        let known = &model.views[BlockView::Raw as usize];
        let found = &mut found[BlockView::Raw as usize];
        found.iter_mut().for_each(Vec::clear);
        // Where the features of the tokens from that number on begin.
        let begin = |token: usize, view: usize, group: usize| {
            let Some(at) = token.checked_sub(1) else { return 0 };
            // Behind the pair; the first token of the text has one feature more.
            let own = group == Group::Word as usize && pairs[at].view as usize == view;
            pairs[at].before[view][group] + if own { 1 + usize::from(at == 0) } else { 0 }
        };
        for (view, rows) in rows[..2].iter().enumerate() {
            for (group, rows) in rows.iter().enumerate() {
                let (from, to) = (begin(first, view, group), begin(last, view, group));
                let pair = pairs[first].before[view][group];
                if first > 0 && group == Group::Word as usize && pairs[first].view as usize == view {
                    keep(known, &rows[from..pair], &mut found[group]);
                    keep(known, &rows[pair + 1..to], &mut found[group]);
                } else {
                    keep(known, &rows[from..to], &mut found[group]);
                }
            }
        }
        let begins = (first > 0).then_some(&steps[first]);
        edges(begins, &steps[last - 1], |hash| {
            keep(known, &[model.table.find(hash)], &mut found[Group::Word as usize])
        });
        for (found, wide) in found.iter().zip(&mut wide[BlockView::Raw as usize]) {
            for strip in shape.offset / LANES..=(shape.offset + shape.width) / LANES {
                add_strip(known, strip, found, &mut wide[strip * LANES..][..LANES]);
            }
        }
        true
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
fn look_up(
    model: &Model,
    view: View,
    group: Group,
    block: &mut Vec<u64>,
    rows: &mut [[Vec<u32>; GROUPS]; READINGS],
    found: &mut [[Vec<u32>; GROUPS]; VIEWS],
) {
    let rows = &mut rows[view as usize][group as usize];
    let from = rows.len();
    rows.extend(block.iter().map(|hash| model.table.find(*hash)));
    block.clear();
    for (other, (known, found)) in [View::Raw, View::Plain].into_iter().zip(model.views.iter().zip(found)) {
        if view == View::Both || view == other {
            keep(known, &rows[from..], &mut found[group as usize]);
        }
    }
}

/// Appends the rows that the view knows.
#[inline(never)]
fn keep(known: &Rows, rows: &[u32], found: &mut Vec<u32>) {
    let mut end = found.len();
    found.resize(end + rows.len(), 0);
    for &row in rows {
        // Written in any case and kept when the view knows the row: half of the features are known, and
        // no branch can guess which.
        if let Some(place) = found.get_mut(end) {
            *place = row;
        }
        end += usize::from(known.has(row as usize));
    }
    found.truncate(end);
}

/// Sums the rows found into `wide`: at most four strips of them at a time, in registers.
fn add_rows(rows: &Rows, found: &[u32], wide: &mut [i32]) {
    match rows.strips {
        1 => add_strip(rows, 0, found, wide),
        2 => add_strips::<2>(rows, 0, found, wide),
        3 => add_strips::<3>(rows, 0, found, wide),
        strips => {
            for (strip, wide) in (0..strips).zip(wide.chunks_exact_mut(LANES)) {
                add_strip(rows, strip, found, wide);
            }
        }
    }
}

/// Sums one strip of the rows found.
#[inline(never)]
fn add_strip(rows: &Rows, strip: usize, found: &[u32], wide: &mut [i32]) {
    add_strips::<1>(rows, strip, found, wide);
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
