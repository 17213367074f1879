//! The language head: selection by a linear model, then a shared embedding.

use std::collections::BTreeMap;
use std::path::Path;

use hearken::model::features::View;
use hearken::model::{BlockView, Encoding, HeadKind, softmax};

use crate::data::Sheet;
use crate::embed;
use crate::features::Bag;
use crate::linear::{Plan, Target, level, train};
use crate::pack::{BlockOut, HeadOut, quantise};
use crate::sentiment::Trained;
use crate::sets::{BARRED_LANGUAGE_SOURCES, LANGUAGE_EXTRA};

/// Features kept and numbers a feature.
const KEEP: usize = 27_000;
/// With the lane that counts hits, one strip of 16.
const WIDTH: usize = 15;
const LEAST_COUNT: u32 = 5;
const SEED: u64 = 21;
const EPOCHS: usize = 4;
/// A row weighs the number of rows of its language to the minus this: rare languages count more,
/// but not as much as common ones.
const RARITY: f32 = 0.3;
/// A training line is taken to be in another language than its label says when a model that has
/// not seen it gives the label less than this and another language more than [`SURE`]: subtitle collections
/// hold lines left in the language they were translated from.
const DOUBTED: f32 = 0.05;
const SURE: f32 = 0.8;

/// The code a label of the set stands for: Norwegian has two names there.
pub fn code(label: &str) -> &str {
    if label == "no" { "nb" } else { label }
}

/// Trains the language block from the sets in `dir`.
pub fn run(dir: &Path) -> Result<Trained, String> {
    let mut bag = Bag::new(View::Raw);
    let mut codes: Vec<String> = Vec::new();
    let mut sizes = Vec::new();
    let sheet = Sheet::read(dir, "langid/mixed_short.multi.train")?;
    let source = sheet.column("source").ok_or("source column missing")?;
    for row in sheet.rows.iter().filter(|row| !BARRED_LANGUAGE_SOURCES.contains(&row[source].as_str())) {
        bag.push(&row[0]);
        codes.push(code(&row[1]).to_string());
    }
    sizes.push(("langid/mixed_short".to_string(), codes.len()));
    for (stem, langs, most) in LANGUAGE_EXTRA {
        for lang in *langs {
            let sheet = Sheet::read(dir, &format!("{stem}.{lang}.train"))?;
            let rows = sheet.rows.iter().take(*most);
            sizes.push((format!("{stem}.{lang}"), rows.len()));
            for row in rows {
                bag.push(&row[0]);
                codes.push(lang.to_string());
            }
        }
    }

    let mut per_code: BTreeMap<&str, usize> = BTreeMap::new();
    codes.iter().for_each(|code| *per_code.entry(code).or_default() += 1);
    let labels: Vec<String> = per_code.keys().map(|code| code.to_string()).collect();
    let mut targets: Vec<Target> = codes
        .iter()
        .map(|code| Target {
            label: labels.binary_search(code).expect("every code is a label") as u16,
            weight: libm::powf(per_code[code.as_str()] as f32, -RARITY),
            masked: None,
        })
        .collect();
    level(&mut targets);

    let (vocabulary, counts): (Vec<u64>, Vec<u32>) = bag.counts(LEAST_COUNT).into_iter().unzip();
    eprintln!("language: {} texts, {} features, {} languages", bag.len(), vocabulary.len(), labels.len());
    let plan = Plan { epochs: 2, rate: 0.2, seed: SEED };
    let ones = vec![1.0; vocabulary.len()];
    let rows = bag.rows(&vocabulary);
    // Each half of the lines is judged by a model that learned from the other half.
    let mut doubted = 0;
    let mut sifted = targets.clone();
    for half in 0..2 {
        let mut other = targets.clone();
        other.iter_mut().skip(half).step_by(2).for_each(|target| target.weight = 0.0);
        let judge = train(&rows, &other, vocabulary.len(), labels.len(), &ones, plan);
        for (i, target) in sifted.iter_mut().enumerate().skip(half).step_by(2) {
            let p = judge.probabilities(rows.get(i));
            if p[target.label as usize] < DOUBTED && p.iter().any(|p| *p > SURE) {
                target.weight = 0.0;
                doubted += 1;
            }
        }
    }
    targets = sifted;
    eprintln!("language: {doubted} lines left out, their text contradicts their label");
    level(&mut targets);
    let full = train(&rows, &targets, vocabulary.len(), labels.len(), &ones, plan);
    drop(rows);
    let hashes: Vec<u64> = full.select(&counts, KEEP).into_iter().map(|i| vocabulary[i]).collect();
    drop(full);

    let rows = bag.rows(&hashes);
    let loss = |i: usize, z: &mut [f32]| {
        let target: Target = targets[i];
        softmax(z);
        z[target.label as usize] -= 1.0;
        z.iter_mut().for_each(|g| *g *= target.weight);
        target.weight > 0.0
    };
    let plan = embed::Plan { labels: labels.len(), epochs: EPOCHS, seed: SEED };
    let whole = embed::train::<WIDTH>(&rows, loss, hashes.len(), None, plan);
    let block = BlockOut {
        name: "language",
        encoding: Encoding::Int4,
        view: BlockView::Raw,
        width: WIDTH,
        hashes,
        weights: whole.rows,
    };
    // The head learns again on the rounded rows, so that it makes up for the rounding.
    let exact = quantise(&block).exact();
    let again =
        embed::train::<WIDTH>(&rows, loss, block.hashes.len(), Some(exact), embed::Plan { seed: SEED + 1, ..plan });
    Ok(Trained {
        block,
        head: HeadOut {
            name: "language",
            block: 0,
            kind: HeadKind::OneOf,
            labels,
            matrix: again.matrix,
            bias: again.bias,
            temperature: 1.0,
            thresholds: Vec::new(),
        },
        sizes,
    })
}
