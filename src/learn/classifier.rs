//! A classifier that was learned: what it holds, and what it says of a text.

use super::bag::{Reader, is_plain, key, read};
use super::file::Summary;
use super::fit::CHARS;
use super::quality::top;
use super::vocabulary::{Index, falling, sort, weight};
use crate::analysis::Push;
use crate::analyze::Engine;
use crate::error::{Error, Result};
use crate::model::features::Group;
use crate::model::{Part, Pushes, join, softmax};
use crate::span::{Span, Utf16Index};
use crate::text::Normalized;
use serde::Serialize;

/// Labels are padded to whole registers.
const LANES: usize = 16;
/// Rows added to 16-bit lanes before they are widened: 256 x 127 stays inside an `i16`.
const WIDEN_EVERY: usize = 256;
/// Other labels given beside the likeliest, and the confidence they must pass.
const OTHERS: usize = 3;
const LEAST_CONFIDENCE: f32 = 0.02;

/// A label with its confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankedLabel {
    pub label: String,
    /// Probability in 0..=1, calibrated on held-out examples.
    pub confidence: f64,
}

/// What a classifier says of one text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// `None` when the text belongs to no label: the label for none was likeliest, or the confidence
    /// is below the threshold.
    pub label: Option<String>,
    /// Probability of the likeliest label in 0..=1, calibrated on held-out examples.
    pub confidence: f64,
    /// The next likeliest labels above 0.02, at most three; without a label, the likeliest first.
    pub others: Vec<RankedLabel>,
}

/// Why a label: `logit = bias + rest + sum of weights`, exact up to rounding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelEvidence {
    pub label: String,
    /// Divided by the temperature, like every number here.
    pub logit: f64,
    /// What the label has before a word is read.
    pub bias: f64,
    /// What the length of the text added; it has no place in the text.
    pub rest: f64,
    /// By place, without overlap.
    pub parts: Vec<Push>,
}

impl LabelEvidence {
    /// Turns spans in bytes of `text` into spans in UTF-16 code units.
    pub fn to_utf16(&mut self, text: &str) {
        let index = Utf16Index::new(text);
        self.parts.iter_mut().for_each(|part| part.span = index.span(part.span));
    }
}

/// A learned classifier. Made by [`Engine::train`] or read by [`Classifier::from_bytes`].
#[derive(Debug, Clone, PartialEq)]
pub struct Classifier {
    /// Version of the model it was learned with.
    pub(super) model: String,
    /// Sorted.
    pub(super) labels: Vec<String>,
    /// The label that stands for none of the others.
    pub(super) none: Option<u16>,
    /// Confidence below which a text gets no label.
    pub(super) threshold: f32,
    pub(super) temperature: f32,
    pub(super) bias: Vec<f32>,
    /// A row of labels for each value of the model's vectors.
    pub(super) dense: Vec<f32>,
    /// What one stored unit is worth, per label.
    pub(super) scale: Vec<f32>,
    /// Names of the features, rising.
    pub(super) keys: Vec<u64>,
    pub(super) units: Vec<u8>,
    /// A row of whole registers a feature.
    pub(super) codes: Vec<[i8; LANES]>,
    pub(super) summary: Summary,
    index: Index,
}

/// Everything of a classifier but its index.
pub(super) struct Parts {
    pub model: String,
    pub labels: Vec<String>,
    pub none: Option<u16>,
    pub threshold: f32,
    pub temperature: f32,
    pub bias: Vec<f32>,
    pub dense: Vec<f32>,
    pub scale: Vec<f32>,
    pub keys: Vec<u64>,
    pub units: Vec<u8>,
    /// A row of labels a feature.
    pub codes: Vec<i8>,
    pub summary: Summary,
}

impl Classifier {
    pub(super) fn new(parts: Parts) -> Classifier {
        let strips = parts.labels.len().div_ceil(LANES);
        let mut codes = vec![[0i8; LANES]; strips * parts.keys.len()];
        for (row, codes) in
            parts.codes.chunks_exact(parts.labels.len().max(1)).zip(codes.chunks_exact_mut(strips.max(1)))
        {
            codes.as_flattened_mut().iter_mut().zip(row).for_each(|(code, value)| *code = *value);
        }
        let index = Index::new(&parts.keys);
        Classifier {
            model: parts.model,
            labels: parts.labels,
            none: parts.none,
            threshold: parts.threshold,
            temperature: parts.temperature,
            bias: parts.bias,
            dense: parts.dense,
            scale: parts.scale,
            keys: parts.keys,
            units: parts.units,
            codes,
            summary: parts.summary,
            index,
        }
    }

    /// Version of the model it was learned with; it works with no other.
    pub fn model_version(&self) -> &str {
        &self.model
    }

    /// All labels, sorted; also the one that stands for none.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The label that stands for none of the others; texts never get it.
    pub fn none(&self) -> Option<&str> {
        self.none.and_then(|at| self.labels.get(usize::from(at))).map(String::as_str)
    }

    /// What it was learned from and how well.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// Confidence below which a text gets no label; 0 when every text gets one.
    pub fn threshold(&self) -> f64 {
        self.threshold.into()
    }

    /// Number of features kept.
    pub fn features(&self) -> usize {
        self.keys.len()
    }

    /// A reader of texts with the model of `engine`.
    ///
    /// # Errors
    /// [`Error::Classifier`] when it was learned with another model.
    pub fn predictor<'c>(&'c self, engine: &'c Engine) -> Result<Predictor<'c>> {
        let reader = Reader::new(engine.model());
        if self.model != engine.model_version() || self.dense.len() != reader.width() * self.labels.len() {
            return Err(Error::Classifier {
                at: super::file::PAYLOAD,
                what: "it was learned with another model: train it again",
            });
        }
        Ok(Predictor::new(reader, self))
    }

    #[inline(always)]
    fn row(&self, key: u64) -> Option<usize> {
        self.index.row(&self.keys, key)
    }
}

/// Reads texts one after another with one classifier.
pub struct Predictor<'c> {
    classifier: &'c Classifier,
    reader: Reader<'c>,
    /// Rows of the word and of the character features of the text read last.
    found: [Vec<u32>; 2],
    norms: [f32; 2],
    vector: Vec<f32>,
    wide: Vec<[i32; LANES]>,
    logits: Vec<f32>,
}

impl<'c> Predictor<'c> {
    fn new(reader: Reader<'c>, classifier: &'c Classifier) -> Predictor<'c> {
        Predictor {
            classifier,
            reader,
            found: Default::default(),
            norms: [0.0; 2],
            vector: Vec::new(),
            wide: vec![[0; LANES]; classifier.labels.len().div_ceil(LANES)],
            logits: Vec::new(),
        }
    }

    /// The label of a text. `O(bytes x labels)`; at most 8 KiB are read.
    pub fn predict(&mut self, text: &str) -> Prediction {
        self.score(&read(text));
        let labels = &self.classifier.labels;
        softmax(&mut self.logits);
        let mut order: Vec<(u64, u64)> = self.logits.iter().zip(0..).map(|(p, at)| (falling(*p), at)).collect();
        sort(&mut order);
        let order: Vec<usize> = order.into_iter().map(|(_, at)| at as usize).collect();
        let given = self.decide();
        let is_none = |at: &usize| self.classifier.none == Some(*at as u16);
        let others = order.iter().filter(|at| Some(**at) != given && !is_none(at));
        let others =
            others.map(|at| (labels[*at].clone(), self.logits[*at])).take_while(|other| other.1 > LEAST_CONFIDENCE);
        Prediction {
            label: given.map(|at| labels[at].clone()),
            confidence: order.first().map_or(0.0, |at| self.logits[*at].into()),
            others: others.take(OTHERS).map(|(label, p)| RankedLabel { label, confidence: p.into() }).collect(),
        }
    }

    /// Number of the label of a text, if it has one, and its confidence; for batches.
    pub fn label(&mut self, text: &str) -> (Option<usize>, f32) {
        self.score(&read(text));
        softmax(&mut self.logits);
        (self.decide(), self.logits[top(&self.logits)])
    }

    /// The label the probabilities in `logits` give.
    fn decide(&self) -> Option<usize> {
        let first = top(&self.logits);
        let none = self.classifier.none == Some(first as u16) || self.logits[first] < self.classifier.threshold;
        (!none).then_some(first)
    }

    /// Logits of the labels for a text, in the order of [`Classifier::labels`].
    pub fn logits(&mut self, text: &str) -> &[f32] {
        self.score(&read(text));
        &self.logits
    }

    fn score(&mut self, text: &Normalized) {
        let Predictor { classifier, reader, found, norms, vector, wide, logits } = self;
        found.iter_mut().for_each(Vec::clear);
        vector.clear();
        reader.features_and_vectors(text.text(), vector, &mut |feature| {
            if let Some(row) = classifier.row(key(feature)).filter(|_| is_plain(feature)) {
                found[feature.group as usize].push(row as u32);
            }
        });
        logits.clear();
        logits.extend_from_slice(&classifier.bias);
        for (row, value) in classifier.dense.chunks_exact(classifier.labels.len()).zip(vector.iter()) {
            logits.iter_mut().zip(row).for_each(|(logit, weight)| *logit += weight * value);
        }
        for (group, found) in found.iter().enumerate() {
            let squares: f32 = found.iter().map(|row| weight(classifier.units[*row as usize])).map(|w| w * w).sum();
            norms[group] = if squares > 0.0 { 1.0 / squares.sqrt() } else { 0.0 };
            if group == Group::Char as usize {
                norms[group] *= CHARS;
            }
            classifier.add_rows(found, wide);
            let sums = wide.as_flattened().iter().zip(&classifier.scale);
            logits.iter_mut().zip(sums).for_each(|(logit, (sum, scale))| *logit += *sum as f32 * scale * norms[group]);
        }
        logits.iter_mut().for_each(|logit| *logit /= classifier.temperature);
    }

    /// Why a label would be given to a text. Spans are bytes of `text`. `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Field`] naming `label` when the classifier has none of that name.
    pub fn evidence(&mut self, text: &str, label: &str) -> Result<LabelEvidence> {
        let normal = read(text);
        let unknown = || Error::Field { field: "label".into(), what: "is not a label of this classifier".into() };
        let at = self.classifier.labels.iter().position(|known| known == label).ok_or_else(unknown)?;
        self.score(&normal);
        let Predictor { classifier, reader, norms, .. } = self;
        let labels = classifier.labels.len();
        let strips = labels.div_ceil(LANES);
        let mut rest = 0f32;
        let mut pieces: Vec<(usize, usize, f32)> = Vec::new();
        let mut give = |(start, end): (usize, usize), before: (usize, usize), weight: f32| {
            if start == end {
                rest += weight;
            } else if (start, end) == before {
                pieces.push((start, end, weight));
            } else {
                pieces.extend([(start, end, weight / 2.0), (before.0, before.1, weight / 2.0)]);
            }
        };
        let unit = classifier.scale[at] / classifier.temperature;
        let mut column = 0;
        let mut by_block: Vec<Pushes> = Vec::new();
        for &block in &reader.blocks {
            let columns = column..column + reader.model.blocks[block].width;
            column = columns.end;
            let worth: Vec<f32> =
                columns.map(|row| classifier.dense[row * labels + at] / classifier.temperature).collect();
            by_block.push(reader.sums.pushes(reader.model, block, &worth));
        }
        let model = reader.model;
        reader.features(normal.text(), &mut |feature| {
            let mut weight: f32 = by_block.iter().map(|pushes| pushes.of(model, feature)).sum();
            if let Some(row) = classifier.row(key(feature)).filter(|_| is_plain(feature)) {
                let code = classifier.codes[row * strips + at / LANES][at % LANES];
                weight += f32::from(code) * unit * norms[feature.group as usize];
            }
            if weight != 0.0 {
                give(feature.at, feature.before, weight);
            }
        });
        let bias = classifier.bias[at] / classifier.temperature;
        let parts = originals(join(pieces, normal.text()), &normal);
        let logit = bias + rest + parts.iter().map(|part| part.weight as f32).sum::<f32>();
        Ok(LabelEvidence { label: label.to_string(), logit: logit.into(), bias: bias.into(), rest: rest.into(), parts })
    }
}

/// The parts in the original text. Parts that come from one character of it are one.
fn originals(parts: Vec<Part>, normal: &Normalized) -> Vec<Push> {
    let mut out: Vec<Push> = Vec::new();
    for part in parts {
        let span: Span = normal.to_original(part.span);
        match out.last_mut() {
            Some(last) if span.start < last.span.end => {
                last.span.end = last.span.end.max(span.end);
                last.weight += f64::from(part.weight);
            }
            _ => out.push(Push { span, weight: part.weight.into() }),
        }
    }
    out
}

impl Classifier {
    /// Sums the rows found, 16 labels at a time in registers.
    fn add_rows(&self, found: &[u32], wide: &mut [[i32; LANES]]) {
        let strips = wide.len();
        for (strip, wide) in wide.iter_mut().enumerate() {
            *wide = [0; LANES];
            for found in found.chunks(WIDEN_EVERY) {
                let mut narrow = [0i16; LANES];
                for &row in found {
                    let codes = &self.codes[row as usize * strips + strip];
                    narrow.iter_mut().zip(codes).for_each(|(lane, code)| *lane = lane.wrapping_add(i16::from(*code)));
                }
                wide.iter_mut().zip(narrow).for_each(|(wide, narrow)| *wide += i32::from(narrow));
            }
        }
    }
}
