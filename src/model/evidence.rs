//! Why a label: what each part of the text added to its logit. Heads are linear, so this is exact.

use super::features::{Asked, Feature, Group, View};
use super::infer::Sums;
use super::pack::{BlockView, Model};
use crate::order::Sorted;
use crate::span::Span;

/// A part of the text and what it added to the logit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// In bytes of the text read.
    pub span: Span,
    pub weight: f32,
}

/// The logit of one label, taken apart: `logit = bias + rest + sum of weights`, up to rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Divided by the head's temperature, like every number here.
    pub logit: f32,
    /// What the label has before a word is read.
    pub bias: f32,
    /// What the length of the text and the question it answers added: they have no place.
    pub rest: f32,
    /// By rising place, without overlap; neighbours inside a run without spaces are joined while
    /// they push the same way.
    pub parts: Vec<Part>,
}

/// A label to take apart: number of the head, number of the label.
pub type Label = (usize, usize);

/// What one label needs while the text is read once for all.
struct Account {
    block: usize,
    /// What each column is worth to the label.
    worth: Vec<f32>,
    norms: [f32; 2],
    rest: f32,
    pieces: Vec<(usize, usize, f32)>,
}

impl Account {
    fn add(&mut self, (start, end): (usize, usize), weight: f32) {
        match self.pieces.last_mut() {
            // Features of a token come one after another.
            Some(last) if (last.0, last.1) == (start, end) => last.2 += weight,
            _ => self.pieces.push((start, end, weight)),
        }
    }
}

impl Sums {
    /// Takes the logits of labels apart, for the text and context that were read last.
    /// `O(bytes x labels)`.
    pub fn evidence(&mut self, model: &Model, text: &str, asked: Option<Asked>, labels: &[Label]) -> Vec<Evidence> {
        let mut accounts: Vec<Account> = labels
            .iter()
            .map(|&(head, label)| {
                let head = &model.heads[head];
                let block = &model.blocks[head.block];
                let matrix = &head.matrix[label * block.width..][..block.width];
                let worth = matrix.iter().zip(&block.scale).map(|(m, scale)| m * scale / head.temperature).collect();
                let norms = [Group::Word, Group::Char].map(|group| {
                    let hits = self.hits(model, head.block, group);
                    if hits == 0 { 0.0 } else { 1.0 / (hits as f32).sqrt() }
                });
                Account { block: head.block, worth, norms, rest: 0.0, pieces: Vec::new() }
            })
            .collect();
        let mut extractor = std::mem::take(&mut self.extractor);
        extractor.extract(text, asked, |feature| {
            let Some(row) = model.table.row(feature.hash) else { return };
            for account in &mut accounts {
                let block = &model.blocks[account.block];
                let other = if block.view == BlockView::Raw { View::Plain } else { View::Raw };
                if feature.view == other {
                    continue;
                }
                let weight = model.worth(row, block, &account.worth) * account.norms[feature.group as usize];
                if weight == 0.0 {
                    continue;
                }
                if feature.at.0 == feature.at.1 {
                    account.rest += weight;
                } else if feature.at == feature.before {
                    account.add(feature.at, weight);
                } else {
                    account.add(feature.at, weight / 2.0);
                    account.add(feature.before, weight / 2.0);
                }
            }
        });
        self.extractor = extractor;
        let finish = |(account, &(head, label)): (Account, &Label)| {
            let head = &model.heads[head];
            let parts = join(account.pieces, text);
            let bias = head.bias[label] / head.temperature;
            let logit = bias + account.rest + parts.iter().map(|part| part.weight).sum::<f32>();
            Evidence { logit, bias, rest: account.rest, parts }
        };
        accounts.into_iter().zip(labels).map(finish).collect()
    }
}

/// What single features of the text read last add to a sum over a block's vector.
pub(crate) struct Pushes {
    block: usize,
    /// What each column is worth to the sum.
    worth: Vec<f32>,
    norms: [f32; 2],
}

impl Sums {
    /// For the sum of `worth` times the block's vector of the text read last.
    pub(crate) fn pushes(&self, model: &Model, block: usize, worth: &[f32]) -> Pushes {
        let norms = [Group::Word, Group::Char].map(|group| {
            let hits = self.hits(model, block, group);
            if hits == 0 { 0.0 } else { 1.0 / (hits as f32).sqrt() }
        });
        let scale = &model.blocks[block].scale;
        Pushes { block, worth: worth.iter().zip(scale).map(|(worth, scale)| worth * scale).collect(), norms }
    }
}

impl Pushes {
    /// What a feature of that text adds; 0 where the block does not know it.
    pub(crate) fn of(&self, model: &Model, feature: &Feature) -> f32 {
        let block = &model.blocks[self.block];
        let other = if block.view == BlockView::Raw { View::Plain } else { View::Raw };
        match model.table.row(feature.hash) {
            Some(row) if feature.view != other => {
                model.worth(row, block, &self.worth) * self.norms[feature.group as usize]
            }
            _ => 0.0,
        }
    }
}

/// Lays pieces side by side: a piece that covers others is shared out over its characters' places.
pub(crate) fn join(mut pieces: Vec<(usize, usize, f32)>, text: &str) -> Vec<Part> {
    pieces.order_by_key(|&(start, end, _)| (start, end));
    // The finest cut: every start and end of a piece.
    let mut cuts: Vec<usize> = pieces.iter().flat_map(|&(start, end, _)| [start, end]).collect();
    cuts.order();
    cuts.dedup();
    let mut weights = vec![0f32; cuts.len()];
    for (start, end, weight) in pieces {
        let from = cuts.partition_point(|cut| *cut < start);
        let to = cuts.partition_point(|cut| *cut < end);
        let share = weight / (to - from).max(1) as f32;
        weights[from..to].iter_mut().for_each(|sum| *sum += share);
    }
    let mut parts: Vec<Part> = Vec::new();
    for (cut, weight) in cuts.windows(2).zip(weights) {
        let span = Span::new(cut[0], cut[1]);
        if weight == 0.0 || text[cut[0]..cut[1]].trim().is_empty() {
            continue;
        }
        match parts.last_mut() {
            Some(last) if last.span.end == span.start && (last.weight > 0.0) == (weight > 0.0) => {
                last.span.end = span.end;
                last.weight += weight;
            }
            _ => parts.push(Part { span, weight }),
        }
    }
    parts
}
