//! Native speed of the stages, on the shipped sample: `cargo bench`.
//!
//! Prints messages a second for texts cut to 100 characters; medians of nine rounds. Compare
//! within one run: the machine's own speed drifts.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use hearken::model::features::Extractor;
use hearken::privacy::{self, PiiType};
use hearken::taxonomy::Taxonomy;
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

/// Phrases of the taxonomy that stands for a user's own.
const PHRASES: usize = 2_000;

/// A shipped taxonomy, its lists cut from behind until [`PHRASES`] are left.
fn own_taxonomy() -> String {
    let mut json: serde_json::Value =
        serde_json::from_str(include_str!("../taxonomy/telecom.json")).expect("a shipped taxonomy is JSON");
    let topics = json["topics"].as_array_mut().expect("a taxonomy has topics");
    let mut lists: Vec<&mut Vec<serde_json::Value>> = topics
        .iter_mut()
        .filter_map(|topic| topic["phrases"].as_object_mut())
        .flat_map(|lists| lists.values_mut().filter_map(|list| list.as_array_mut()))
        .collect();
    while lists.iter().map(|list| list.len()).sum::<usize>() > PHRASES {
        let longest = lists.iter_mut().max_by_key(|list| list.len()).expect("there are lists");
        longest.pop();
    }
    json.to_string()
}

fn main() {
    let start = Instant::now();
    let engine = Engine::new().expect("the embedded model is whole");
    println!("{:<28} {:>10.1} ms", "reading the model", start.elapsed().as_secs_f64() * 1e3);
    let texts = texts();
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
    let json = own_taxonomy();
    let start = Instant::now();
    let own = Arc::new(Taxonomy::from_json(&json).expect("a part of a taxonomy is one"));
    println!("{:<28} {:>10.1} ms", "compiling own taxonomy", start.elapsed().as_secs_f64() * 1e3);
    let with = |topics, signals, taxonomy: Option<&Arc<Taxonomy>>| AnalyzeOptions {
        topics,
        signals,
        taxonomy: taxonomy.cloned(),
        ..AnalyzeOptions::default()
    };
    for (name, options) in [
        ("heads and personal data", with(false, false, None)),
        ("the same with topics", with(true, false, None)),
        ("with topics of one's own", with(true, false, Some(&own))),
        ("with signals", with(false, true, None)),
        ("with signals and own topics", with(true, true, Some(&own))),
        ("analyze", with(true, true, None)),
    ] {
        time(name, &texts, |text| {
            black_box(engine.analyze(text, &options).is_ok());
        });
    }
}
