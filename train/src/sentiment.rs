//! The sentiment head: mixture, full linear model, selection, retraining.

use std::path::Path;

use hearken::analysis::SentimentLabel;
use hearken::model::{Encoding, HeadKind};

use crate::features::{Bag, Rows};
use crate::linear::{Linear, Plan, Target, level, train};
use crate::pack::{BlockOut, HeadOut};
use crate::sets::{AUTHORED, AUTHORED_FACTOR, Row, SENTIMENT, WEAK_NEUTRAL, authored, rows};

/// Features kept; docs/design/model.md has the curve behind the number.
pub const KEEP: usize = 100_000;
const LEAST_COUNT: u32 = 3;
/// Most a row of a rare class may weigh against an average row of its set.
const CLASS_CAP: f32 = 8.0;
const SEEDS: [u64; 2] = [11, 12];
const EPOCHS: usize = 3;
const RATE: f32 = 0.2;

/// Texts and targets of the whole mixture.
struct Mixture {
    bag: Bag,
    targets: Vec<Target>,
    /// Rows per set and language, for the model card.
    sizes: Vec<(String, usize)>,
}

impl Mixture {
    /// Adds the rows of one set and language: the set weighs the root of its size, its labels the
    /// same each, within [`CLASS_CAP`].
    fn add(&mut self, rows: &[Row], factor: f32, has_neutral: bool) {
        let mut counts = [0usize; 3];
        rows.iter().for_each(|row| counts[row.label] += 1);
        let labels = counts.iter().filter(|count| **count > 0).count().max(1) as f32;
        let total = (rows.len() as f32).sqrt() * factor;
        let even = total / rows.len().max(1) as f32;
        for row in rows {
            let balanced = total / (labels * counts[row.label] as f32);
            let weight = balanced.min(even * CLASS_CAP) * if row.weak { WEAK_NEUTRAL } else { 1.0 };
            self.bag.push(&row.text);
            self.targets.push(Target { label: row.label as u16, weight, masked: (!has_neutral).then_some(1) });
        }
    }
}

fn mixture(dir: &Path) -> Result<Mixture, String> {
    let mut mix = Mixture { bag: Bag::default(), targets: Vec::new(), sizes: Vec::new() };
    for set in SENTIMENT {
        for lang in set.langs {
            let rows = rows(dir, set, lang, "train")?;
            mix.add(&rows, set.factor, set.has_neutral);
            mix.sizes.push((format!("{}.{lang}", set.stem), rows.len()));
        }
    }
    for (lang, file) in AUTHORED {
        let rows = authored(lang, file)?;
        mix.add(&rows, AUTHORED_FACTOR, true);
        mix.sizes.push((format!("authored.{lang}"), rows.len()));
    }
    level(&mut mix.targets);
    Ok(mix)
}

/// How far a feature's log-count ratio between one label and the rest goes, to the root: features
/// that tell labels apart learn faster (naive-Bayes scaling after Wang and Manning 2012, damped).
fn bayes_scale(rows: &Rows, targets: &[Target], features: usize) -> Vec<f32> {
    let mut counts = vec![[1f32; 3]; features];
    let mut totals = [2f32; 3];
    for (i, target) in targets.iter().enumerate() {
        totals[target.label as usize] += target.weight;
        for ids in rows.get(i) {
            ids.iter().for_each(|&id| counts[id as usize][target.label as usize] += target.weight);
        }
    }
    let all: f32 = totals.iter().sum();
    let scale = |count: &[f32; 3]| {
        let sum: f32 = count.iter().sum();
        let ratio = |label: usize| {
            let inside = count[label] / totals[label];
            let outside = (sum - count[label]) / (all - totals[label]);
            libm::logf(inside / outside).abs()
        };
        (0..3).map(ratio).fold(0.1, f32::max).sqrt()
    };
    counts.iter().map(scale).collect()
}

fn fit(rows: &Rows, targets: &[Target], features: usize) -> Linear {
    let scale = bayes_scale(rows, targets, features);
    let models = std::thread::scope(|scope| {
        let handles: Vec<_> = SEEDS
            .map(|seed| {
                let scale = &scale;
                scope.spawn(move || train(rows, targets, features, 3, scale, Plan { epochs: EPOCHS, rate: RATE, seed }))
            })
            .into_iter()
            .collect();
        handles.into_iter().map(|handle| handle.join().expect("training thread")).collect()
    });
    Linear::mean(models)
}

/// What training gives: a block, a head still uncalibrated, and the rows used.
pub struct Trained {
    pub block: BlockOut,
    pub head: HeadOut,
    pub sizes: Vec<(String, usize)>,
}

/// Trains the sentiment block from the sets in `dir`.
pub fn run(dir: &Path, keep: usize) -> Result<Trained, String> {
    let mix = mixture(dir)?;
    let counted = mix.bag.counts(LEAST_COUNT);
    let (vocabulary, counts): (Vec<u64>, Vec<u32>) = counted.into_iter().unzip();
    eprintln!("sentiment: {} texts, {} features", mix.bag.len(), vocabulary.len());
    let full = fit(&mix.bag.rows(&vocabulary), &mix.targets, vocabulary.len());
    let hashes: Vec<u64> = full.select(&counts, keep).into_iter().map(|i| vocabulary[i]).collect();
    drop(full);
    eprintln!("sentiment: retraining on {} features", hashes.len());
    let kept = fit(&mix.bag.rows(&hashes), &mix.targets, hashes.len());

    // Two columns are enough: centred weights sum to zero, so neutral is minus the other two.
    let mut weights = Vec::with_capacity(hashes.len() * 2);
    for row in kept.weights.chunks_exact(3) {
        let mean = row.iter().sum::<f32>() / 3.0;
        weights.extend([row[0] - mean, row[2] - mean]);
    }
    Ok(Trained {
        block: BlockOut { name: "sentiment", encoding: Encoding::Int4Squared, width: 2, hashes, weights },
        head: HeadOut {
            name: "sentiment",
            block: 0,
            kind: HeadKind::OneOf,
            labels: SentimentLabel::ALL.map(|label| label.slug().to_string()).to_vec(),
            matrix: vec![1.0, 0.0, -1.0, -1.0, 0.0, 1.0],
            bias: kept.bias,
            temperature: 1.0,
            thresholds: Vec::new(),
        },
        sizes: mix.sizes,
    })
}
