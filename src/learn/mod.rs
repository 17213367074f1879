//! Learns labels of the caller's own from examples, and from corrections of the engine's.
//!
//! A classifier is a linear softmax over what the engine reads of a text: hashed n-grams of the plain
//! view, weighed by how rare they are, and the vectors of the model's own blocks, which carry what
//! the model knows of moods, acts and reasons to texts with few examples. docs/design/learn.md has
//! the method, the file and what was measured.

mod bag;
mod classifier;
mod corrections;
mod examples;
mod file;
mod fit;
mod quality;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::analyze::Engine;
use crate::error::{Error, Result};
use crate::model::features::Group;
use bag::{Reader, is_plain, key, read};
use classifier::Parts;
use examples::Examples;
use fit::{Linear, Rows, fit};
use quality::Held;
use vocabulary::{Counts, Index, Vocabulary, weight};

pub use classifier::{Classifier, LabelEvidence, Prediction, Predictor, RankedLabel};
pub use corrections::{Change, Correction, Corrections};
pub(crate) use corrections::{Plain, pushed_logit};
pub use examples::{Example, MAX_LABEL_BYTES};
pub use file::Summary;
pub use quality::{Advice, Confusion, LabelQuality, NoneQuality, Quality};

/// Up to so many examples the strength of the model's vectors is chosen by cross-validation.
const CHOOSE: usize = 4_000;
/// Strengths to choose among; the first wins ties and is used for larger sets.
const STRENGTHS: [f32; 3] = [1.5, 0.5, 4.0];
/// Up to so many examples every text is held out once, in three folds; beyond it one fifth is.
const CROSS: usize = 20_000;
/// Largest code of a stored weight.
const MAX_CODE: f32 = 127.0;
/// Smaller codes are left out: half the file, and no loss (docs/design/learn.md).
const LEAST_CODE: f32 = 2.5;

/// Which texts get no label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum NoneRule {
    /// Every text gets a label.
    #[default]
    Never,
    /// Texts below a threshold of confidence, chosen by cross-validation.
    Threshold,
    /// As `Threshold`; examples with this label are texts without one, and help to choose it.
    Label(String),
}

/// How to train.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrainOptions {
    pub none: NoneRule,
}

/// A classifier and how well it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Trained {
    pub classifier: Classifier,
    pub quality: Quality,
    /// Examples left out because the same text with the same label stood before.
    pub duplicates: usize,
}

impl Engine {
    /// Learns labels from examples: any two labels or more, from about 10 examples each up to 50,000
    /// examples in all. The order of the examples does not matter; the same examples give the same
    /// bytes. `progress` is told the share of the work done, 0..=1, after each part.
    ///
    /// Costs `O(bytes + passes x features x labels)`; memory about 200 MB at the limits.
    ///
    /// # Errors
    /// [`Error::Field`] naming `examples` with fewer than two or more than 255 labels, or an
    /// example's label that is empty or too long; [`Error::Option`] naming `none` when no example has
    /// that label or only two labels are there; [`Error::BatchTooLarge`] for too many examples or bytes.
    pub fn train(
        &self,
        examples: &[Example],
        options: &TrainOptions,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Trained> {
        let examples = Examples::check(examples)?;
        let labels = examples.labels.len();
        let none = none_label(&examples, &options.none)?;
        let mut reader = Reader::new(self.model());
        let (vocabulary, mut rows) = gather(&mut reader, &examples);
        let centre = centre(&mut rows);

        let texts = rows.len();
        let strengths = if texts <= CHOOSE { &STRENGTHS[..] } else { &STRENGTHS[..1] };
        let folds = if texts <= CHOOSE {
            5
        } else if texts <= CROSS {
            3
        } else {
            1
        };
        let parts = strengths.len() * usize::from(folds) + 1;
        let mut done = 0;
        let mut tell = |by: usize| {
            done += by;
            progress(done as f64 / parts as f64);
        };
        let mut best: Option<(usize, f32, Held)> = None;
        for &strength in strengths {
            let held = held_out(&rows, labels, &examples, folds, strength, &mut tell);
            let right = held.right(labels, &examples.of);
            if best.as_ref().is_none_or(|best| right > best.0) {
                best = Some((right, strength, held));
            }
        }
        let Some((_, strength, held)) = best else {
            return Err(Error::Field { field: "examples".into(), what: "are none".into() });
        };
        let all: Vec<u32> = (0..texts as u32).collect();
        let linear = fit(&rows, labels, &examples.of, &all, strength);
        tell(1);

        let temperature = held.temperature(labels, &examples.of);
        let threshold = match options.none {
            NoneRule::Never => None,
            _ => Some(held.threshold(labels, &examples.of, temperature, none)),
        };
        let quality = held.quality(&examples, temperature, threshold);
        let (scale, codes) = round(&linear, &vocabulary);
        let (bias, dense) = unscale(&linear, &centre);
        let classifier = Classifier::new(Parts {
            model: self.model_version().to_string(),
            labels: examples.labels.iter().map(|label| (*label).to_string()).collect(),
            none,
            threshold: threshold.map_or(0.0, |found| found.threshold as f32),
            temperature,
            bias,
            dense,
            scale,
            keys: vocabulary.keys,
            units: vocabulary.units,
            codes,
            summary: Summary {
                examples: texts as u32,
                held_out: quality.held_out as u32,
                folds,
                accuracy: quality.accuracy as f32,
                macro_f1: quality.macro_f1 as f32,
            },
        });
        Ok(Trained { classifier, quality, duplicates: examples.duplicates })
    }
}

fn none_label(examples: &Examples, rule: &NoneRule) -> Result<Option<u16>> {
    let NoneRule::Label(label) = rule else { return Ok(None) };
    let refuse = |what: &str| Error::Option { name: "none".into(), what: what.into() };
    let at = examples.labels.binary_search(&label.as_str());
    let at = at.map_err(|_| refuse("no example has this label"))?;
    if examples.labels.len() < 3 {
        return Err(refuse("needs two labels beside the one for none"));
    }
    Ok(Some(at as u16))
}

/// Reads all texts twice: to choose the features, and to note them.
fn gather(reader: &mut Reader, examples: &Examples) -> (Vocabulary, Rows) {
    let mut counts = Counts::default();
    for (at, text) in examples.texts.iter().enumerate() {
        reader.features(read(text).text(), &mut |feature| {
            if is_plain(feature) {
                counts.add(key(feature), at as u32);
            }
        });
        counts.settle();
    }
    let vocabulary = Vocabulary::choose(counts, examples.texts.len(), examples.labels.len());
    let index = Index::new(&vocabulary.keys);
    let mut rows = Rows { units: vocabulary.units.clone(), width: reader.width(), ..Rows::default() };
    let mut groups: [Vec<u16>; 2] = Default::default();
    for text in &examples.texts {
        let normal = read(text);
        groups.iter_mut().for_each(Vec::clear);
        reader.features_and_vectors(normal.text(), &mut rows.dense, &mut |feature| {
            if let Some(row) = index.row(&vocabulary.keys, key(feature)).filter(|_| is_plain(feature)) {
                groups[feature.group as usize].push(row as u16);
            }
        });
        rows.push(&groups[Group::Word as usize], &groups[Group::Char as usize]);
    }
    (vocabulary, rows)
}

/// How the model's vectors were centred and scaled.
struct Centre {
    mean: Vec<f32>,
    scale: Vec<f32>,
}

/// Centres each dense value and scales it by its spread, in place.
fn centre(rows: &mut Rows) -> Centre {
    let width = rows.width;
    let texts = rows.len().max(1) as f32;
    let mut mean = vec![0f32; width];
    let mut scale = vec![0f32; width];
    for row in rows.dense.chunks_exact(width.max(1)) {
        mean.iter_mut().zip(row).for_each(|(mean, value)| *mean += value / texts);
    }
    for row in rows.dense.chunks_exact(width.max(1)) {
        for ((scale, value), mean) in scale.iter_mut().zip(row).zip(&mean) {
            *scale += (value - mean) * (value - mean) / texts;
        }
    }
    // A value that hardly moves says nothing.
    scale.iter_mut().for_each(|s| *s = if *s > 1e-9 { 1.0 / (*s * width as f32).sqrt() } else { 0.0 });
    for row in rows.dense.chunks_exact_mut(width.max(1)) {
        for ((value, mean), scale) in row.iter_mut().zip(&mean).zip(&scale) {
            *value = (*value - mean) * scale;
        }
    }
    Centre { mean, scale }
}

/// Logits of texts by classifiers that did not learn from them.
fn held_out(
    rows: &Rows,
    labels: usize,
    examples: &Examples,
    folds: u8,
    strength: f32,
    tell: &mut impl FnMut(usize),
) -> Held {
    let parts = if folds == 1 { 5 } else { folds };
    let fold_of = examples.folds(parts);
    let mut held = Held { folds, texts: Vec::new(), logits: Vec::new() };
    let mut logits = vec![0f32; labels];
    for fold in 0..folds {
        let (out, kept): (Vec<u32>, Vec<u32>) =
            (0..rows.len() as u32).partition(|text| fold_of[*text as usize] == fold);
        let linear = fit(rows, labels, &examples.of, &kept, strength);
        for text in out {
            linear.logits(rows, text as usize, &mut logits);
            held.texts.push(text);
            held.logits.extend_from_slice(&logits);
        }
        tell(1);
    }
    held
}

/// Weights of the features, times what the feature weighs, in bytes: scale per label, and codes.
fn round(linear: &Linear, vocabulary: &Vocabulary) -> (Vec<f32>, Vec<i8>) {
    let rows = || vocabulary.units.iter().enumerate().map(|(at, units)| (linear.row(at), weight(*units)));
    let mut most = vec![0f32; linear.labels];
    for (row, by) in rows() {
        most.iter_mut().zip(row).for_each(|(most, value)| *most = most.max((value * by).abs()));
    }
    let scale: Vec<f32> = most.iter().map(|most| most / MAX_CODE).collect();
    let codes = rows()
        .flat_map(|(row, by)| {
            let code = move |(value, scale): (&f32, &f32)| {
                if (value * by).abs() < LEAST_CODE * scale || *scale == 0.0 {
                    0
                } else {
                    libm::roundf(value * by / scale).clamp(-MAX_CODE, MAX_CODE) as i8
                }
            };
            row.iter().zip(&scale).map(code)
        })
        .collect();
    (scale, codes)
}

/// Bias and dense weights for vectors as the model gives them.
fn unscale(linear: &Linear, centre: &Centre) -> (Vec<f32>, Vec<f32>) {
    let width = centre.mean.len();
    let mut bias = linear.row(linear.features + width).to_vec();
    let mut dense = Vec::with_capacity(width * linear.labels);
    for (at, (mean, scale)) in centre.mean.iter().zip(&centre.scale).enumerate() {
        for (weight, bias) in linear.row(linear.features + at).iter().zip(&mut bias) {
            let weight = weight * scale * linear.strength;
            *bias -= weight * mean;
            dense.push(weight);
        }
    }
    (bias, dense)
}
