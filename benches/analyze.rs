//! Native speed of the stages, on the shipped sample: `cargo bench`.
//!
//! Prints messages a second for texts cut to 100 characters; medians of nine rounds. Compare
//! within one run: the machine's own speed drifts.

use std::hint::black_box;
use std::time::Instant;

use hearken::model::features::Extractor;
use hearken::privacy::{self, PiiType};
use hearken::text::{Normalized, tokens};
use hearken::{AnalyzeOptions, Engine};

const ROUNDS: usize = 9;
const TEXTS: usize = 5_000;

/// Comments of the sample, whatever the quoting does to them, cut and repeated.
fn texts() -> Vec<String> {
    let sample = include_str!("../www/public/sample.csv");
    let lines: Vec<String> = sample
        .lines()
        .skip(1)
        .filter_map(|line| line.splitn(6, ',').nth(5))
        .map(|text| text.chars().take(100).collect())
        .collect();
    (0..TEXTS)
        .map(|i| format!("{} {}", lines[i % lines.len()], lines[(i * 7 + 1) % lines.len()]).chars().take(100).collect())
        .collect()
}

fn time(name: &str, texts: &[String], mut work: impl FnMut(&str)) {
    let mut rates: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            texts.iter().for_each(|text| work(text));
            texts.len() as f64 / start.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    println!("{name:<28} {:>10.0} messages/s  ({:.0} to {:.0})", rates[ROUNDS / 2], rates[0], rates[ROUNDS - 1]);
}

fn main() {
    let start = Instant::now();
    let engine = Engine::new().expect("the embedded model is whole");
    println!("{:<28} {:>10.1} ms", "reading the model", start.elapsed().as_secs_f64() * 1e3);
    let texts = texts();
    let plain = AnalyzeOptions { pii: false, ..AnalyzeOptions::default() };
    time("normalise", &texts, |text| {
        black_box(Normalized::new(text).text().len());
    });
    time("tokens", &texts, |text| {
        black_box(tokens::tokens(text).count());
    });
    let mut extractor = Extractor::default();
    time("features", &texts, |text| {
        extractor.extract(text, None, |feature| {
            black_box(feature.hash);
        })
    });
    time("personal data", &texts, |text| {
        black_box(privacy::detect(&Normalized::new(text), &PiiType::DEFAULT).len());
    });
    time("analyze without personal data", &texts, |text| {
        black_box(engine.analyze(text, &plain).is_ok());
    });
    time("analyze", &texts, |text| {
        black_box(engine.analyze(text, &AnalyzeOptions::default()).is_ok());
    });
}
