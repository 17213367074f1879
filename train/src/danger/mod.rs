//! The danger head: does somebody come to harm? One linear column with features of its own.
//!
//! Rows of `train/authored/danger.<lang>.tsv` teach it, half of them harmless in the same words; beside them the rows for
//! signs, whose critical ones tell of danger, and other texts where a sentence encoder is sure (`taught.rs`).

mod taught;

use std::collections::BTreeSet;
use std::path::Path;

use hearken::analysis::Safety;
use hearken::model::features::View;
use hearken::model::{BlockView, Encoding, HeadKind, Thresholds, sigmoid};

use crate::data::Sheet;
use crate::features::{Bag, norm};
use crate::linear::{Linear, Plan, Target, level, train};
use crate::meaning::authored;
use crate::meaning::goals::Column;
use crate::meaning::signs;
use crate::pack::{BlockOut, HeadOut, quantise};
use crate::phrases;

macro_rules! files {
    ($($lang:literal),+) => {
        [$(($lang, include_str!(concat!("../../authored/danger.", $lang, ".tsv")))),+]
    };
}

/// Language and content of each file.
pub const FILES: [(&str, &str); 10] = files!("de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt");

/// Features kept.
pub const KEEP: usize = 8_000;
const LEAST_COUNT: u32 = 2;
const SEEDS: [u64; 2] = [51, 52];
const EPOCHS: usize = 8;
const RATE: f32 = 0.2;
/// Steps of Newton's method.
const STEPS: usize = 30;
const SHORT: f64 = 0.3;
/// Weight of each file of danger, of signs, of other authored texts, and of a public set.
const OWN: f32 = 3.0;
const SIGNS: f32 = 2.0;
const OTHERS: f32 = 1.5;
const PUBLIC: f32 = 0.5;
/// Weight of a joined row against the row itself, and how far apart the messages are that are joined to two rows.
const JOINED: f32 = 0.5;
const STRIDE: usize = 7;
/// Of the rows of danger and signs that cross-validation takes for danger, the share that must be, and the parts it cuts
/// the rows into.
const PRECISION: f64 = 0.8;
const FOLDS: usize = 5;

/// What training gives.
pub struct Trained {
    pub block: BlockOut,
    pub head: HeadOut,
    pub sizes: Vec<(String, usize)>,
}

/// What a row is of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Own,
    /// A row of danger beside another text.
    Joined,
    Sign,
    Other,
}

/// A text, and whether it tells of danger.
struct Row {
    lang: &'static str,
    kind: Kind,
    text: String,
    danger: bool,
    weight: f32,
    /// The part of the cross-validation that does not learn it; none for other texts.
    fold: usize,
}

/// The rows of one file of danger.
///
/// # Errors
/// Names the file and the line that is not understood.
pub fn rows(lang: &str, file: &str) -> Result<Vec<(String, bool)>, String> {
    let read = |(at, line): (usize, &str)| match line.split_once('\t') {
        Some((text, "yes")) => Ok((text.to_string(), true)),
        Some((text, "no")) => Ok((text.to_string(), false)),
        _ => Err(format!("train/authored/danger.{lang}.tsv line {}", at + 1)),
    };
    file.lines().enumerate().skip(1).map(read).collect()
}

/// Adds a file: it weighs `factor` times the root of its size, yes and no the same each, half way.
fn add(out: &mut Vec<Row>, lang: &'static str, kind: Kind, rows: Vec<(String, bool)>, factor: f32) {
    let n = rows.len().max(1) as f32;
    let yes = rows.iter().filter(|(_, danger)| *danger).count() as f32;
    for (text, danger) in rows {
        let own = if danger { yes } else { n - yes };
        let weight = factor * (n / (2.0 * own)).sqrt().min(4.0) / n.sqrt();
        let fold = if kind == Kind::Other { FOLDS } else { out.len() % FOLDS };
        out.push(Row { lang, kind, text, danger, weight, fold });
    }
}

fn all_rows(dir: &Path) -> Result<Vec<Row>, String> {
    let mut out = Vec::new();
    for (lang, file) in FILES {
        add(&mut out, lang, Kind::Own, rows(lang, file)?, OWN);
    }
    for (lang, file) in signs::FILES {
        let critical = hearken::analysis::Sign::Critical.column();
        let rows = signs::rows(lang, file)?.into_iter();
        let rows = rows.map(|(text, goal)| (text, goal.yes >> critical & 1 == 1)).collect();
        add(&mut out, lang, Kind::Sign, rows, SIGNS);
    }
    let answers = taught::Answers::read()?;
    let mut seen: BTreeSet<String> = out.iter().map(|row| row.text.clone()).collect();
    let mut other = |lang: &'static str, texts: Vec<(String, Option<bool>)>, factor| {
        let new = texts.into_iter().filter(|(text, _)| seen.insert(text.clone()));
        let rows: Vec<(String, bool)> =
            new.filter_map(|(text, known)| known.or_else(|| answers.of(&text)).map(|danger| (text, danger))).collect();
        add(&mut out, lang, Kind::Other, rows, factor);
    };
    let harmful = [Safety::SelfHarm, Safety::Threat].map(Safety::column);
    for (lang, file) in authored::FILES.into_iter().chain(authored::LINES) {
        let read = |row: authored::Authored| {
            let harms = harmful.iter().any(|column| row.goal.yes >> column & 1 == 1);
            (row.text, harms.then_some(true))
        };
        other(lang, authored::rows(lang, file)?.into_iter().map(read).collect(), OTHERS);
    }
    for (lang, file) in phrases::REASONS {
        other(lang, phrases::reasons(lang, file)?.into_iter().map(|(text, _)| (text, None)).collect(), OTHERS);
    }
    for stem in taught::SETS {
        let sheet = Sheet::read(dir, &format!("{stem}.train"))?;
        other("", sheet.rows.into_iter().map(|mut row| (row.swap_remove(0), None)).collect(), PUBLIC);
    }
    join(&mut out);
    Ok(out)
}

/// Adds every row of danger once more, before or behind a harmless message of its language: danger may be told in passing.
fn join(out: &mut Vec<Row>) {
    let mut joined = Vec::new();
    for (lang, _) in FILES {
        let of = |kind| out.iter().filter(move |row| row.kind == kind && row.lang == lang);
        let beside: Vec<&str> = of(Kind::Other).filter(|row| !row.danger).map(|row| row.text.as_str()).collect();
        for (at, row) in of(Kind::Own).enumerate() {
            let other = beside[at * STRIDE % beside.len()];
            let text = if at / 2 % 2 == 0 { format!("{} {other}", row.text) } else { format!("{other} {}", row.text) };
            joined.push(Row { text, kind: Kind::Joined, weight: row.weight * JOINED, ..*row });
        }
    }
    out.append(&mut joined);
}

/// A model as the pack will hold it: rounded weights, and the straight line that makes up for the rounding.
struct Fitted {
    block: BlockOut,
    /// The rounded weights, one a feature.
    weights: Vec<f32>,
    slope: f32,
    bias: f32,
}

fn fit(rows: &[&Row], keep: usize) -> Fitted {
    let mut bag = Bag::new(View::Raw);
    rows.iter().for_each(|row| bag.push(&row.text));
    let mut targets: Vec<Target> =
        rows.iter().map(|row| Target { label: row.danger.into(), weight: row.weight, masked: None }).collect();
    level(&mut targets);
    let learn = |hashes: &[u64]| {
        let rows = bag.rows(hashes);
        let ones = vec![1.0; hashes.len()];
        let plan = |seed| Plan { epochs: EPOCHS, rate: RATE, seed };
        Linear::mean(SEEDS.map(|seed| train(&rows, &targets, hashes.len(), 2, &ones, plan(seed))).into())
    };
    let (vocabulary, counts): (Vec<u64>, Vec<u32>) = bag.counts(LEAST_COUNT).into_iter().unzip();
    let hashes: Vec<u64> = learn(&vocabulary).select(&counts, keep).into_iter().map(|i| vocabulary[i]).collect();
    let exact = learn(&hashes);
    let block = BlockOut {
        name: "danger",
        encoding: Encoding::Int4Squared,
        view: BlockView::Raw,
        width: 1,
        hashes,
        weights: exact.weights.chunks_exact(2).map(|row| row[1] - row[0]).collect(),
    };
    let weights = quantise(&block).exact();
    let mut fitted = Fitted { block, weights, slope: 1.0, bias: exact.bias[1] - exact.bias[0] };
    let sums = fitted.sums(&bag);
    (fitted.slope, fitted.bias) = line(&sums, &targets, fitted.bias);
    fitted
}

/// Slope and bias of the logistic regression on one number a row, by Newton's method in short steps from a slope of 1.
fn line(sums: &[f32], targets: &[Target], bias: f32) -> (f32, f32) {
    let (mut slope, mut bias) = (1f64, f64::from(bias));
    for _ in 0..STEPS {
        let (mut g, mut h) = ([0f64; 2], [1e-9f64, 0.0, 1e-9]);
        for (sum, target) in sums.iter().zip(targets) {
            let (x, weight) = (f64::from(*sum), f64::from(target.weight));
            let p = f64::from(sigmoid((slope * x + bias) as f32));
            let error = (p - f64::from(target.label)) * weight;
            let curve = (p * (1.0 - p)).max(1e-6) * weight;
            g = [g[0] + error * x, g[1] + error];
            h = [h[0] + curve * x * x, h[1] + curve * x, h[2] + curve];
        }
        let det = h[0] * h[2] - h[1] * h[1];
        slope -= ((h[2] * g[0] - h[1] * g[1]) / det).clamp(-SHORT, SHORT);
        bias -= ((h[0] * g[1] - h[1] * g[0]) / det).clamp(-SHORT, SHORT);
    }
    (slope as f32, bias as f32)
}

impl Fitted {
    /// What the rounded features of each text add up to.
    fn sums(&self, bag: &Bag) -> Vec<f32> {
        let rows = bag.rows(&self.block.hashes);
        let sum = |ids: &[u32]| norm(ids) * ids.iter().map(|id| self.weights[*id as usize]).sum::<f32>();
        (0..rows.len()).map(|i| rows.get(i).into_iter().map(sum).sum()).collect()
    }

    fn probabilities<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> Vec<f32> {
        let mut bag = Bag::new(View::Raw);
        rows.for_each(|row| bag.push(&row.text));
        self.sums(&bag).into_iter().map(|sum| sigmoid(self.slope * sum + self.bias)).collect()
    }
}

/// A model of all rows but those of a part of the cross-validation.
fn learn(all: &[Row], left_out: Option<usize>, keep: usize) -> Fitted {
    fit(&all.iter().filter(|row| left_out != Some(row.fold)).collect::<Vec<_>>(), keep)
}

/// Probabilities of the rows of danger and signs by models that did not see them.
fn cross_validated(all: &[Row], keep: usize) -> Vec<(&Row, f32)> {
    let mut out = Vec::new();
    for fold in 0..FOLDS {
        let model = learn(all, Some(fold), keep);
        let rows: Vec<&Row> = all.iter().filter(|row| row.fold == fold && row.kind != Kind::Joined).collect();
        let p = model.probabilities(rows.iter().copied());
        out.extend(rows.into_iter().zip(p));
    }
    out
}

/// Recall and precision at a limit.
fn counts<'r>(rows: impl Iterator<Item = &'r (&'r Row, f32)>, limit: f32) -> (f64, f64, usize) {
    let (mut hit, mut yes, mut said) = (0.0, 0.0, 0.0f64);
    for (row, p) in rows {
        yes += f64::from(u8::from(row.danger));
        said += f64::from(u8::from(*p >= limit));
        hit += f64::from(u8::from(row.danger && *p >= limit));
    }
    (hit / yes, hit / said.max(1.0), said as usize)
}

/// Trains the block. The limit is the lowest at which [`PRECISION`] of the rows taken for danger are.
pub fn run(dir: &Path, block: u8, keep: usize) -> Result<Trained, String> {
    let all = all_rows(dir)?;
    let judged = cross_validated(&all, keep);
    let steps = (1..100).map(|step| step as f32 / 100.0);
    let limit = steps.into_iter().find(|limit| counts(judged.iter(), *limit).1 >= PRECISION).unwrap_or(1.0);
    let Fitted { block: out, slope, bias, .. } = learn(&all, None, keep);
    let mut sizes = std::collections::BTreeMap::new();
    all.iter().filter(|row| row.kind == Kind::Own).for_each(|row| *sizes.entry(row.lang).or_insert(0usize) += 1);
    Ok(Trained {
        block: out,
        head: HeadOut {
            name: "danger",
            block,
            kind: HeadKind::AnyOf,
            labels: vec!["danger".into()],
            matrix: vec![slope],
            bias: vec![bias],
            temperature: 1.0,
            thresholds: vec![Thresholds { language: String::new(), values: vec![limit] }],
        },
        sizes: sizes.into_iter().map(|(lang, n)| (format!("authored danger.{lang}"), n)).collect(),
    })
}

/// Cross-validates and prints recall and precision by language and by kind of row.
pub fn alone(dir: &Path, keep: usize) -> Result<(), String> {
    let all = all_rows(dir)?;
    let judged = cross_validated(&all, keep);
    for limit in [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6] {
        print!("limit {limit:.2}");
        for kind in [Kind::Own, Kind::Sign] {
            let (recall, precision, said) = counts(judged.iter().filter(|(row, _)| row.kind == kind), limit);
            print!("  R {recall:.3} P {precision:.3} n {said:5}");
        }
        println!();
    }
    for (lang, _) in FILES {
        print!("{lang}");
        for limit in [0.15, 0.25, 0.4] {
            let (recall, precision, _) =
                counts(judged.iter().filter(|(row, _)| row.kind == Kind::Own && row.lang == lang), limit);
            print!("  {limit:.2}: R {recall:.3} P {precision:.3}");
        }
        println!();
    }
    Ok(())
}
