//! The intent head: a linear softmax over contact reasons, with features of its own.
//!
//! Few rows teach each reason outside English, so the head does not share its features with heads
//! that have a hundred times the rows: theirs would be chosen first.

use std::collections::BTreeSet;
use std::path::Path;

use hearken::analysis::Intent;
use hearken::model::{BlockView, Encoding, HeadKind};

use crate::data::Sheet;
use crate::features::Bag;
use crate::linear::{Linear, Plan, Target, level, train};
use crate::meaning::authored;
use crate::pack::{BlockOut, HeadOut};
use crate::phrases;
use crate::reasons;

/// Features kept.
pub const KEEP: usize = 22_000;
const LEAST_COUNT: u32 = 2;
const SEEDS: [u64; 2] = [41, 42];
const EPOCHS: usize = 6;
const RATE: f32 = 0.2;
const WIDTH: usize = Intent::ALL.len();
/// Most a row of a rare reason may weigh against an average row of its set.
const CLASS_CAP: f32 = 6.0;
/// Weight of each authored file against a public set of the same size.
const AUTHORED_FACTOR: f32 = 2.5;
const PHRASE_FACTOR: f32 = 1.5;

/// What training gives.
pub struct Trained {
    pub block: BlockOut,
    pub head: HeadOut,
    pub sizes: Vec<(String, usize)>,
}

#[derive(Default)]
struct Mixture {
    /// Texts of the classes kept out, whatever set they stand in.
    held_out: BTreeSet<String>,
    bag: Bag,
    targets: Vec<Target>,
    sizes: Vec<(String, usize)>,
}

impl Mixture {
    /// Adds a set: it weighs `factor` times the root of its size, its reasons the same each, half way.
    fn add(&mut self, name: &str, rows: Vec<(String, Intent)>, factor: f32) {
        let mut counts = [0f32; WIDTH];
        rows.iter().for_each(|(_, intent)| counts[*intent as usize] += 1.0);
        let kinds = counts.iter().filter(|count| **count > 0.0).count().max(1) as f32;
        let n = rows.len().max(1) as f32;
        self.sizes.push((name.to_string(), rows.len()));
        for (text, intent) in rows {
            let even = (n / (kinds * counts[intent as usize])).sqrt().min(CLASS_CAP);
            self.bag.push(&text);
            self.targets.push(Target { label: intent as u16, weight: factor * even / n.sqrt(), masked: None });
        }
    }

    /// Adds what `read` makes of the rows of a file, at most `most`.
    fn sheet(
        &mut self,
        dir: &Path,
        stem: &str,
        factor: f32,
        most: usize,
        read: impl Fn(&[String]) -> Option<Intent>,
    ) -> Result<(), String> {
        let sheet = Sheet::read(dir, &format!("{stem}.train"))?;
        let kept = sheet.rows.iter().filter(|row| !self.held_out.contains(&reasons::bare(&row[0])));
        let rows = kept.filter_map(|row| Some((row[0].clone(), read(row)?)));
        self.add(stem, rows.take(most).collect(), factor);
        Ok(())
    }
}

fn mixture(dir: &Path) -> Result<Mixture, String> {
    const ALL: usize = usize::MAX;
    let mut mix = Mixture { held_out: reasons::held_out_texts(dir)?, ..Mixture::default() };
    let teach = |set: &str, class: &str, reason: Option<Intent>| reason.filter(|_| !reasons::is_held_out(set, class));
    mix.sheet(dir, "intent/banking77.en", 1.0, ALL, |row| teach("banking77", &row[1], reasons::banking77(&row[1])))?;
    mix.sheet(dir, "intent/bitext_customer_support.en", 0.7, ALL, |row| {
        teach("bitext", &row[1], reasons::bitext(&row[1]))
    })?;
    mix.sheet(dir, "intent/clinc150.en", 1.6, ALL, |row| teach("clinc150", &row[1], reasons::clinc150(&row[1])))?;
    mix.sheet(dir, "intent/hwu64.en", 1.4, ALL, |row| reasons::hwu64(&row[1]))?;
    mix.sheet(dir, "intent/nlupp_banking.en", 1.0, ALL, |row| reasons::nlupp(&row[1]))?;
    mix.sheet(dir, "intent/nlupp_hotels.en", 1.0, ALL, |row| reasons::nlupp(&row[1]))?;
    mix.sheet(dir, "intent/google_play_review_types.en", 0.5, ALL, |row| match row[1].as_str() {
        "bug_report" => Some(Intent::TechnicalFault),
        _ => Some(Intent::Feedback),
    })?;
    mix.sheet(dir, "emotion/goemotions.en", 0.5, 3000, |row| (row[1] == "neutral").then_some(Intent::None))?;
    mix.sheet(dir, "complaint/complaints_twitter.en", 0.3, ALL, |row| {
        row[2].starts_with("random").then_some(Intent::None)
    })?;
    mix.sheet(dir, "survey/nhs_fft_v6.en", 0.3, 1500, |row| row[1].ends_with("positive").then_some(Intent::Feedback))?;
    mix.sheet(dir, "sentiment/polemo2_sentence.pl", 0.3, 1500, |row| {
        (row[1] == "positive").then_some(Intent::Feedback)
    })?;
    for lang in ["de", "en", "es", "fr", "ja", "ko", "nl", "pt"] {
        mix.sheet(dir, &format!("absa/m_absa.{lang}"), 0.3, 800, |row| {
            (row[1] == "positive").then_some(Intent::Feedback)
        })?;
    }
    for lang in ["pl", "de", "es", "fr", "it", "pt", "nl", "sv", "cs", "tr", "ru", "ar", "id"] {
        mix.sheet(dir, &format!("speech_act/subtitle_questions_weak.{lang}"), 0.2, 600, |_| Some(Intent::None))?;
    }
    mix.sheet(dir, "speech_act/3i4k.ko", 0.2, 1500, |row| {
        ["statement", "fragment"].contains(&row[1].as_str()).then_some(Intent::None)
    })?;
    for (lang, file) in authored::FILES {
        let rows = authored::rows(lang, file)?.into_iter().enumerate().filter(|(at, _)| !authored::is_dev(*at));
        let rows = rows.filter_map(|(_, row)| Some((row.text, row.goal.intent?)));
        mix.add(&format!("authored.{lang}"), rows.collect(), AUTHORED_FACTOR);
    }
    for (lang, file) in phrases::REASONS {
        let rows = phrases::reasons(lang, file)?;
        mix.add(&format!("authored reasons.{lang}"), rows, AUTHORED_FACTOR);
    }
    for (lang, file) in phrases::FILES {
        let rows = phrases::rows(lang, file)?.into_iter().filter_map(|phrase| Some((phrase.intent()?, phrase.text)));
        mix.add(
            &format!("authored phrases.{lang}"),
            rows.map(|(intent, text)| (text, intent)).collect(),
            PHRASE_FACTOR,
        );
    }
    level(&mut mix.targets);
    Ok(mix)
}

fn fit(mix: &Mixture, hashes: &[u64]) -> Linear {
    let rows = mix.bag.rows(hashes);
    let ones = vec![1.0; hashes.len()];
    let plan = |seed| Plan { epochs: EPOCHS, rate: RATE, seed };
    let models = SEEDS.map(|seed| train(&rows, &mix.targets, hashes.len(), WIDTH, &ones, plan(seed)));
    Linear::mean(models.into_iter().collect())
}

/// Trains the intent block from the sets in `dir`.
pub fn run(dir: &Path, block: u8, keep: usize) -> Result<Trained, String> {
    let mix = mixture(dir)?;
    let (vocabulary, counts): (Vec<u64>, Vec<u32>) = mix.bag.counts(LEAST_COUNT).into_iter().unzip();
    eprintln!("intent: {} texts, {} features", mix.bag.len(), vocabulary.len());
    let full = fit(&mix, &vocabulary);
    let hashes: Vec<u64> = full.select(&counts, keep).into_iter().map(|i| vocabulary[i]).collect();
    drop(full);
    let kept = fit(&mix, &hashes);
    let mut weights = kept.weights;
    for row in weights.chunks_exact_mut(WIDTH) {
        let mean = row.iter().sum::<f32>() / WIDTH as f32;
        row.iter_mut().for_each(|weight| *weight -= mean);
    }
    let mut matrix = vec![0.0; WIDTH * WIDTH];
    (0..WIDTH).for_each(|i| matrix[i * WIDTH + i] = 1.0);
    Ok(Trained {
        block: BlockOut {
            name: "intent",
            encoding: Encoding::Int4Squared,
            view: BlockView::Plain,
            width: WIDTH,
            hashes,
            weights,
        },
        head: HeadOut {
            name: "intent",
            block,
            kind: HeadKind::OneOf,
            labels: Intent::ALL.map(|intent| intent.slug().to_string()).to_vec(),
            matrix,
            bias: kept.bias,
            temperature: 1.0,
            thresholds: Vec::new(),
        },
        sizes: mix.sizes,
    })
}

/// Trains the block alone and prints its figures: quick rounds while data and recipe change.
pub fn alone(dir: &Path, keep: usize) -> Result<(), String> {
    let trained = run(dir, 0, keep)?;
    let blocks = [trained.block];
    let quantised = blocks.each_ref().map(crate::pack::quantise);
    let file = crate::pack::write("draft", &blocks, &quantised, &[trained.head]);
    let model = hearken::model::Model::from_bytes(&file).map_err(|error| error.to_string())?;
    let boards = crate::meaning::boards::all(dir, &mut crate::meaning::boards::probabilities(&model))?;
    crate::meaning::figures::print_intents(&boards);
    for (name, value) in crate::meaning::figures::intent_figures(&boards) {
        println!("{value:.4}  {name}");
    }
    println!("{} bytes", file.len());
    Ok(())
}
