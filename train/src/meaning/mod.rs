//! The meaning block: emotions, acts, safety, flags and signs over one shared embedding.

pub mod authored;
pub mod boards;
pub mod figures;
pub mod goals;
pub mod signs;
pub mod sources;
pub mod taught;
pub mod thresholds;

use std::path::Path;

use hearken::analysis::{Act, Emotion, Flag, Safety, Sign};
use hearken::model::{BlockView, Encoding, HeadKind, Thresholds};

use crate::embed;
use crate::pack::{BlockOut, HeadOut, quantise};
use goals::{COLUMNS, HEADS};

/// Features kept and numbers a feature.
pub const KEEP: usize = 59_600;
const WIDTH: usize = 26;
/// Numbers a feature while choosing which features to keep.
const SCOUT: usize = 16;
const EPOCHS: usize = 4;
const LEAST_COUNT: u32 = 4;
const SEED: u64 = 31;

/// What training gives: the block, its heads still without temperature and thresholds, rows per set.
pub struct Trained {
    pub block: BlockOut,
    pub heads: Vec<HeadOut>,
    pub sizes: Vec<(String, usize)>,
}

/// Trains the block from the sets in `dir`.
pub fn run(dir: &Path, block_number: u8, keep: usize) -> Result<Trained, String> {
    let mut mix = sources::Mixture::default();
    sources::read(dir, &mut mix)?;
    authored::read_all(&mut mix)?;
    signs::read_all(&mut mix)?;
    taught::read_all(dir, &mut mix)?;
    let sources::Mixture { bag, mut goals, sizes } = mix;
    goals::level(&mut goals);

    let (vocabulary, counts): (Vec<u64>, Vec<u32>) = bag.counts(LEAST_COUNT).into_iter().unzip();
    eprintln!("meaning: {} texts, {} features", bag.len(), vocabulary.len());
    let loss = |i: usize, z: &mut [f32]| {
        goals[i].gradient(z);
        goals[i].known != 0
    };
    let plan = |epochs, seed| embed::Plan { labels: COLUMNS, epochs, seed };
    let full = embed::train::<SCOUT>(&bag.rows(&vocabulary), loss, vocabulary.len(), None, plan(2, SEED));
    let hashes = select(&full, &vocabulary, &counts, keep);
    drop(full);

    let rows = bag.rows(&hashes);
    let whole = embed::train::<WIDTH>(&rows, loss, hashes.len(), None, plan(EPOCHS, SEED + 1));
    let block = BlockOut {
        name: "meaning",
        encoding: Encoding::Int4,
        view: BlockView::Plain,
        width: WIDTH,
        hashes,
        weights: whole.rows,
    };
    // The heads learn again on the rounded rows, so that they make up for the rounding.
    let exact = quantise(&block).exact();
    let again = embed::train::<WIDTH>(&rows, loss, block.hashes.len(), Some(exact), plan(2, SEED + 2));

    let heads = HEADS.iter().map(|head| HeadOut {
        name: head.name,
        block: block_number,
        kind: head.kind,
        labels: labels(head.name),
        matrix: again.matrix[head.from * WIDTH..head.to * WIDTH].to_vec(),
        bias: again.bias[head.from..head.to].to_vec(),
        temperature: 1.0,
        thresholds: match head.kind {
            HeadKind::AnyOf => vec![Thresholds { language: String::new(), values: vec![0.5; head.to - head.from] }],
            HeadKind::OneOf => Vec::new(),
        },
    });
    Ok(Trained { heads: heads.collect(), block, sizes })
}

fn labels(head: &str) -> Vec<String> {
    let slugs: Vec<&str> = match head {
        "emotions" => Emotion::ALL.map(Emotion::slug).to_vec(),
        "acts" => Act::ALL.map(Act::slug).to_vec(),
        "safety" => Safety::ALL.map(Safety::slug).to_vec(),
        "signs" => Sign::ALL.map(Sign::slug).to_vec(),
        _ => Flag::ALL.map(Flag::slug).to_vec(),
    };
    slugs.into_iter().map(str::to_string).collect()
}

/// The `keep` features whose rows move the heads most: length of the row times root of its count.
fn select(full: &embed::Embedding, vocabulary: &[u64], counts: &[u32], keep: usize) -> Vec<u64> {
    let strength = |i: usize| {
        let row = &full.rows[i * SCOUT..][..SCOUT];
        row.iter().map(|w| w * w).sum::<f32>().sqrt() * (counts[i] as f32).sqrt()
    };
    let mut ranked: Vec<(f32, usize)> = (0..vocabulary.len()).map(|i| (strength(i), i)).collect();
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept: Vec<u64> = ranked.into_iter().take(keep).map(|(_, i)| vocabulary[i]).collect();
    kept.sort_unstable();
    kept
}

/// Trains the block alone and prints its figures: quick rounds while data and recipe change.
pub fn alone(dir: &Path, keep: usize) -> Result<(), String> {
    let trained = run(dir, 0, keep)?;
    let blocks = [trained.block];
    let mut heads = trained.heads;
    let quantised = blocks.each_ref().map(quantise);
    let read = |heads: &[HeadOut]| {
        hearken::model::Model::from_bytes(&crate::pack::write("draft", &blocks, &quantised, heads))
            .map_err(|error| error.to_string())
    };
    let model = read(&heads)?;
    let boards = boards::all(dir, &mut boards::probabilities(&model))?;
    for (head, fitted) in heads.iter_mut().zip(thresholds::fit(&boards)) {
        head.thresholds = fitted;
    }
    let model = read(&heads)?;
    let limits = figures::Limits::Model(&model);
    figures::print_labels(limits, &boards);
    for (name, value) in figures::figures(limits, &boards) {
        println!("{value:.4}  {name}");
    }
    Ok(())
}
