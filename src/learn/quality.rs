//! How well a classifier does on texts it did not learn from, and what would help it most.

use super::examples::Examples;
use super::vocabulary::{falling, sort};
use crate::model::softmax;
use serde::Serialize;

/// Texts used to fit one number (temperature, threshold); more would not move it.
const FIT_TEXTS: usize = 3_000;
/// A label with fewer examples should get more.
const ENOUGH: usize = 10;
/// A label found and held this well needs no advice.
const GOOD_F1: f64 = 0.7;
/// How many more examples are advised for a label that does badly.
const MORE: usize = 20;
/// Another label this sure of a held-out text makes its own label doubtful.
const DOUBT: f32 = 0.9;
/// Share of texts that are taken to belong to no label, where a threshold is chosen.
const STRANGERS: f64 = 0.2;
/// Most rows of each kind in the report.
const MOST: usize = 50;
/// Share of two labels' examples taken for the other from which they are called alike, and least number.
const ALIKE: f64 = 0.2;
const ALIKE_COUNT: usize = 3;

/// How one label does on held-out texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelQuality {
    pub label: String,
    /// Examples of the label, without repeats.
    pub examples: usize,
    /// Of those given the label, the share that has it; 0 when none was given it.
    pub precision: f64,
    /// Of those that have the label, the share that was given it.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

/// Held-out texts of one label that were given another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    pub label: String,
    pub predicted: String,
    pub count: usize,
}

/// What would help. Positions count in the list of examples that was given.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Advice {
    /// Label `count` more texts of this label.
    LabelMore { label: String, count: usize },
    /// The example looks like one of another label; `confidence` is that label's probability.
    Check { index: usize, label: String, suggested: String, confidence: f64 },
    /// One text has two labels.
    Conflict { indexes: [usize; 2] },
    /// Two labels are taken for each other: tell them apart by more examples, or join them.
    Alike { labels: [String; 2], count: usize },
}

/// The threshold below which a text gets no label, and what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NoneQuality {
    pub threshold: f64,
    /// Share of held-out texts with a label that are given it.
    pub kept: f64,
    /// Share of held-out texts without a label that get none. Where no example has the label for
    /// none, each text stands in for one by being read without its own label.
    pub refused: f64,
}

/// Quality on held-out texts, each judged by a classifier that did not learn from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Texts judged.
    #[serde(rename = "heldOut")]
    pub held_out: usize,
    /// Parts the examples were cut into; 1 means that one fifth was held out, once.
    pub folds: u8,
    pub accuracy: f64,
    /// Mean of the labels' F1.
    #[serde(rename = "macroF1")]
    pub macro_f1: f64,
    /// Mean distance between confidence and share right, over ten equal ranges of confidence,
    /// weighted by their texts (expected calibration error).
    #[serde(rename = "calibrationError")]
    pub calibration_error: f64,
    pub labels: Vec<LabelQuality>,
    /// The commonest first, at most 50.
    pub confusions: Vec<Confusion>,
    pub none: Option<NoneQuality>,
    /// At most 50 of each kind.
    pub advice: Vec<Advice>,
}

/// What a held-out text is to a threshold: one that keeps its own label below it, or one that should
/// get none.
enum Verdict {
    Right,
    Stranger,
}

/// Logits of the texts that were held out.
pub(super) struct Held {
    pub folds: u8,
    /// Numbers of the texts.
    pub texts: Vec<u32>,
    /// One row of logits a text.
    pub logits: Vec<f32>,
}

impl Held {
    fn rows<'a>(&'a self, labels: usize, of: &'a [u16]) -> impl Iterator<Item = (&'a [f32], usize)> {
        self.logits.chunks_exact(labels).zip(&self.texts).map(|(row, text)| (row, of[*text as usize] as usize))
    }

    /// How many texts have their own label on top.
    pub fn right(&self, labels: usize, of: &[u16]) -> usize {
        self.rows(labels, of).filter(|(row, label)| top(row) == *label).count()
    }

    /// The temperature at which the probabilities are truest: least mean log loss, by golden
    /// section (Kiefer 1953) over its logarithm.
    pub fn temperature(&self, labels: usize, of: &[u16]) -> f32 {
        let mut p = vec![0f32; labels];
        let mut loss = |log: f32| {
            let scale = libm::expf(-log);
            let mut sum = 0f64;
            for (row, label) in self.rows(labels, of).take(FIT_TEXTS) {
                p.iter_mut().zip(row).for_each(|(p, z)| *p = z * scale);
                softmax(&mut p);
                sum -= f64::from(libm::logf(p[label].max(1e-9)));
            }
            sum
        };
        let golden = 0.618_034_f32;
        let (mut low, mut high) = (-2.0f32, 2.0f32);
        let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
        let (mut at_left, mut at_right) = (loss(left), loss(right));
        for _ in 0..14 {
            if at_left <= at_right {
                (high, right, at_right) = (right, left, at_left);
                left = high - golden * (high - low);
                at_left = loss(left);
            } else {
                (low, left, at_left) = (left, right, at_right);
                right = low + golden * (high - low);
                at_right = loss(right);
            }
        }
        libm::expf((low + high) / 2.0)
    }

    /// The confidence from which a label is given: the most right answers where one text in five
    /// should get none. `none` is the label of those; without one, each text stands in for a text
    /// without a label by being read without its own.
    pub fn threshold(&self, labels: usize, of: &[u16], temperature: f32, none: Option<u16>) -> NoneQuality {
        let mut p = vec![0f32; labels];
        let mut read = |row: &[f32], without: Option<usize>| {
            p.iter_mut().zip(row).for_each(|(p, z)| *p = z / temperature);
            without.into_iter().for_each(|label| p[label] = f32::NEG_INFINITY);
            softmax(&mut p);
            let top = top(&p);
            (top, p[top])
        };
        // Confidence of those that lose or win by a threshold above it.
        let mut seen: Vec<(f32, Verdict)> = Vec::new();
        let (mut within, mut without, mut kept, mut refused) = (0usize, 0usize, 0usize, 0usize);
        for (row, label) in self.rows(labels, of).take(FIT_TEXTS) {
            let (first, sure) = read(row, None);
            if none == Some(label as u16) {
                without += 1;
                if first == label {
                    refused += 1
                } else {
                    seen.push((sure, Verdict::Stranger))
                }
                continue;
            }
            within += 1;
            if first == label {
                kept += 1;
                seen.push((sure, Verdict::Right));
            }
            if none.is_none() {
                without += 1;
                seen.push((read(row, Some(label)).1, Verdict::Stranger));
            }
        }
        // By rising confidence.
        let mut order: Vec<(u64, u64)> =
            seen.iter().zip(0..).map(|(seen, at)| (u64::MAX - falling(seen.0), at)).collect();
        sort(&mut order);
        let seen: Vec<&(f32, Verdict)> = order.iter().filter_map(|(_, at)| seen.get(*at as usize)).collect();
        let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
        let quality = |threshold: f32, kept, refused| NoneQuality {
            threshold: threshold.into(),
            kept: share(kept, within),
            refused: share(refused, without),
        };
        let worth = |quality: &NoneQuality| (1.0 - STRANGERS) * quality.kept + STRANGERS * quality.refused;
        let mut best = quality(0.0, kept, refused);
        for (at, (sure, verdict)) in seen.iter().enumerate() {
            match verdict {
                Verdict::Right => kept -= 1,
                Verdict::Stranger => refused += 1,
            }
            let next = seen.get(at + 1).map_or(1.0, |next| next.0);
            let found = quality((sure + next) / 2.0, kept, refused);
            if next > *sure && worth(&found) > worth(&best) {
                best = found;
            }
        }
        best
    }

    /// The report.
    pub fn quality(&self, examples: &Examples, temperature: f32, none: Option<NoneQuality>) -> Quality {
        let labels = examples.labels.len();
        let mut table = vec![0usize; labels * labels];
        let mut bins = [(0usize, 0usize, 0f64); 10];
        // Falling confidence and the text, then the other label.
        let mut doubts: Vec<(u64, u64)> = Vec::new();
        let mut p = vec![0f32; labels];
        for ((row, label), text) in self.rows(labels, &examples.of).zip(&self.texts) {
            p.iter_mut().zip(row).for_each(|(p, z)| *p = z / temperature);
            softmax(&mut p);
            let first = top(&p);
            table[label * labels + first] += 1;
            let bin = &mut bins[((p[first] * 10.0) as usize).min(9)];
            *bin = (bin.0 + 1, bin.1 + usize::from(first == label), bin.2 + f64::from(p[first]));
            if first != label && p[first] >= DOUBT {
                doubts.push((falling(p[first]), u64::from(*text) << 16 | first as u64));
            }
        }
        let held_out = self.texts.len();
        let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
        let mut sizes = vec![0usize; labels];
        examples.of.iter().for_each(|of| sizes[*of as usize] += 1);
        let name = |label: usize| examples.labels.get(label).map_or_else(String::new, |name| (*name).to_string());
        let each: Vec<LabelQuality> = (0..labels)
            .map(|label| {
                let right = table[label * labels + label];
                let given = (0..labels).map(|row| table[row * labels + label]).sum();
                let have = table[label * labels..][..labels].iter().sum();
                LabelQuality {
                    label: name(label),
                    examples: sizes[label],
                    precision: share(right, given),
                    recall: share(right, have),
                    f1: share(2 * right, given + have),
                }
            })
            .collect();
        let mixed_up = |at: &usize| table[*at] > 0 && at / labels != at % labels;
        let mut confusions: Vec<(u64, u64)> =
            (0..labels * labels).filter(mixed_up).map(|at| (u64::MAX - table[at] as u64, at as u64)).collect();
        sort(&mut confusions);
        let mut advice = Vec::new();
        let is_weak = |label: &LabelQuality| label.f1 < GOOD_F1 || label.examples < ENOUGH;
        let weak = each.iter().zip(0..).filter(|(label, _)| is_weak(label));
        let mut weak: Vec<(u64, u64)> = weak.map(|(label, at)| (u64::MAX - falling(label.f1 as f32), at)).collect();
        sort(&mut weak);
        let weak = weak.into_iter().filter_map(|(_, at)| each.get(at as usize));
        advice.extend(weak.take(MOST).map(|label| Advice::LabelMore {
            label: label.label.clone(),
            count: if label.f1 < GOOD_F1 { MORE } else { ENOUGH - label.examples },
        }));
        for low in 0..labels {
            for high in low + 1..labels {
                let count = table[low * labels + high] + table[high * labels + low];
                let of: usize = [low, high].iter().flat_map(|row| &table[row * labels..][..labels]).sum();
                if count >= ALIKE_COUNT && share(count, of) >= ALIKE && advice.len() < 2 * MOST {
                    advice.push(Advice::Alike { labels: [name(low), name(high)], count });
                }
            }
        }
        let conflicts = examples.conflicts.iter().take(MOST);
        advice.extend(conflicts.map(|(first, second)| Advice::Conflict { indexes: [*first, *second] }));
        sort(&mut doubts);
        advice.extend(doubts.into_iter().take(MOST).map(|(sure, text)| Advice::Check {
            index: examples.origin[(text >> 16) as usize],
            label: name(examples.of[(text >> 16) as usize] as usize),
            suggested: name((text & 0xFFFF) as usize),
            confidence: f32::from_bits(u32::MAX - sure as u32).into(),
        }));
        let gap = |bin: &(usize, usize, f64)| (bin.2 - bin.1 as f64).abs();
        Quality {
            held_out,
            folds: self.folds,
            accuracy: share(self.right(labels, &examples.of), held_out),
            macro_f1: each.iter().map(|label| label.f1).sum::<f64>() / labels.max(1) as f64,
            calibration_error: bins.iter().map(gap).sum::<f64>() / held_out.max(1) as f64,
            labels: each,
            confusions: confusions
                .into_iter()
                .take(MOST)
                .map(|(_, at)| at as usize)
                .map(|at| Confusion { label: name(at / labels), predicted: name(at % labels), count: table[at] })
                .collect(),
            none,
            advice,
        }
    }
}

/// The first of the greatest.
pub(super) fn top(row: &[f32]) -> usize {
    row.iter().enumerate().fold(0, |top, (at, value)| if *value > row[top] { at } else { top })
}
