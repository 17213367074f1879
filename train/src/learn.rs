//! Measures the learner of the engine (`src/learn`) on a public set, as a user would use it.
//!
//! All of banking77's training part, then 10 examples a label three times (the first, second and
//! third ten of each label in file order); judged on its dev part.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use hearken::Engine;
use hearken::learn::{Classifier, Example, NoneRule, TrainOptions, Trained};

use crate::data::Sheet;

/// Examples a label in the small sets, and how many such sets.
const FEW: usize = 10;
const CHOICES: usize = 3;

/// clinc150's label of texts that belong to no other.
const OUT_OF_SCOPE: &str = "oos";

type Rows = Vec<(String, String)>;

fn rows(dir: &Path, stem: &str) -> Result<Rows, String> {
    let sheet = Sheet::read(dir, stem)?;
    let label = sheet.column("label").ok_or_else(|| format!("{stem}: no column label"))?;
    Ok(sheet.rows.into_iter().map(|mut row| (std::mem::take(&mut row[0]), row.swap_remove(label))).collect())
}

fn train(engine: &Engine, rows: &[(String, String)], none: NoneRule) -> Result<(Trained, f64), String> {
    let examples: Vec<Example> = rows.iter().map(|(text, label)| Example { text, label }).collect();
    let began = Instant::now();
    let trained = engine.train(&examples, &TrainOptions { none }, &mut |_| ()).map_err(|error| error.to_string())?;
    Ok((trained, began.elapsed().as_secs_f64()))
}

/// Share of the rows that get their own label, and microseconds a row. `none` is the label of rows
/// that should get none.
fn accuracy(engine: &Engine, classifier: &Classifier, rows: &Rows, none: Option<&str>) -> Result<(f64, f64), String> {
    let mut predictor = classifier.predictor(engine).map_err(|error| error.to_string())?;
    let began = Instant::now();
    let right = rows.iter().filter(|(text, label)| {
        let given = predictor.label(text).0.map(|at| classifier.labels()[at].as_str());
        given == Some(label.as_str()) || (given.is_none() && none == Some(label))
    });
    let right = right.count();
    Ok((right as f64 / rows.len() as f64, began.elapsed().as_secs_f64() * 1e6 / rows.len() as f64))
}

/// The `choice`-th ten examples of each label, in file order.
fn few(rows: &Rows, choice: usize) -> Rows {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for (text, label) in rows {
        let seen = seen.entry(label).or_default();
        if (choice * FEW..(choice + 1) * FEW).contains(seen) {
            kept.push((text.clone(), label.clone()));
        }
        *seen += 1;
    }
    kept
}

/// Prints the figures.
///
/// # Errors
/// Names the set that is missing, or says what the learner refused.
pub fn run(dir: &Path) -> Result<(), String> {
    let engine = Engine::new().map_err(|error| error.to_string())?;
    let learn = rows(dir, "intent/banking77.en.train")?;
    let dev = rows(dir, "intent/banking77.en.dev")?;
    let labels: BTreeSet<&str> = learn.iter().map(|(_, label)| label.as_str()).collect();
    println!("banking77: {} examples, {} labels, {} dev texts\n", learn.len(), labels.len(), dev.len());
    println!(
        "{:<28}{:>9}{:>9}{:>9}{:>11}{:>10}{:>11}",
        "", "dev", "held out", "ece", "train s", "us/text", "file bytes"
    );
    let show = |name: &str, learn: &[(String, String)], dev: &Rows, none: NoneRule| -> Result<f64, String> {
        let label = (none != NoneRule::Never).then_some(OUT_OF_SCOPE);
        let (trained, seconds) = train(&engine, learn, none)?;
        let (share, micros) = accuracy(&engine, &trained.classifier, dev, label)?;
        let quality = &trained.quality;
        let bytes = trained.classifier.to_bytes().len();
        println!(
            "{name:<28}{share:>9.4}{:>9.4}{:>9.4}{seconds:>11.2}{micros:>10.1}{bytes:>11}",
            quality.accuracy, quality.calibration_error
        );
        if let Some(none) = quality.none {
            println!("    threshold {:.3}: kept {:.3}, refused {:.3}", none.threshold, none.kept, none.refused);
        }
        Ok(share)
    };
    show("all examples", &learn, &dev, NoneRule::Never)?;
    let mut mean = 0.0;
    for choice in 0..CHOICES {
        mean += show(&format!("{FEW} a label, choice {}", choice + 1), &few(&learn, choice), &dev, NoneRule::Never)?;
    }
    println!("{:<28}{:>9.4}\n", format!("{FEW} a label, mean"), mean / CHOICES as f64);
    let learn = rows(dir, "intent/clinc150.en.train")?;
    let dev = rows(dir, "intent/clinc150.en.dev")?;
    let inside: Rows = learn.iter().filter(|(_, label)| label != OUT_OF_SCOPE).cloned().collect();
    println!("clinc150 with texts out of scope: {} examples, {} dev texts\n", learn.len(), dev.len());
    show("every text gets a label", &inside, &dev, NoneRule::Never)?;
    show("threshold alone", &inside, &dev, NoneRule::Threshold)?;
    show("examples of none", &learn, &dev, NoneRule::Label(OUT_OF_SCOPE.into()))?;
    Ok(())
}
