//! Scores a model on dev sets that training never saw.

use std::collections::BTreeMap;
use std::path::Path;

use hearken::{AnalyzeOptions, Engine};
use serde_json::{Value, json};

use crate::data::Sheet;
use crate::language::code;
use crate::sets::{HELD_OUT, SENTIMENT, Set, rows};

/// Counts of (true label, answered label) and of probabilities against hits.
#[derive(Default)]
pub struct Tally {
    pub confusion: [[usize; 3]; 3],
    /// Per tenth of confidence: rows, sum of confidence, hits.
    bins: [(usize, f64, usize); 10],
}

impl Tally {
    fn add(&mut self, truth: usize, answer: usize, confidence: f64) {
        self.confusion[truth][answer] += 1;
        let bin = &mut self.bins[((confidence * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1, bin.1 + confidence, bin.2 + usize::from(truth == answer));
    }

    pub fn n(&self) -> usize {
        self.confusion.iter().flatten().sum()
    }

    pub fn accuracy(&self) -> f64 {
        (0..3).map(|i| self.confusion[i][i]).sum::<usize>() as f64 / self.n().max(1) as f64
    }

    /// Mean recall over the labels that occur.
    pub fn macro_recall(&self) -> f64 {
        let recalls: Vec<f64> = (0..3)
            .filter_map(|i| {
                let all: usize = self.confusion[i].iter().sum();
                (all > 0).then(|| self.confusion[i][i] as f64 / all as f64)
            })
            .collect();
        recalls.iter().sum::<f64>() / recalls.len().max(1) as f64
    }

    /// Mean F1 over the labels that occur.
    pub fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> = (0..3)
            .filter_map(|i| {
                let truth: usize = self.confusion[i].iter().sum();
                let answered: usize = (0..3).map(|t| self.confusion[t][i]).sum();
                (truth > 0).then(|| 2.0 * self.confusion[i][i] as f64 / (truth + answered) as f64)
            })
            .collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    }

    /// Expected calibration error over ten equal bins: how far confidence is from hits, on average.
    pub fn ece(&self) -> f64 {
        self.bins.iter().map(|(_, confidence, hits)| (confidence - *hits as f64).abs()).sum::<f64>()
            / self.n().max(1) as f64
    }
}

/// One line of the sentiment table.
pub struct SentimentLine {
    pub set: String,
    pub trained_on: bool,
    pub tally: Tally,
}

/// Accuracy of the language head for one language or group.
#[derive(Default, Clone, Copy)]
pub struct Hits {
    pub right: usize,
    pub n: usize,
}

impl Hits {
    pub fn share(&self) -> f64 {
        self.right as f64 / self.n.max(1) as f64
    }

    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.n += 1;
    }
}

/// Everything measured.
pub struct Metrics {
    pub model: String,
    pub sentiment: Vec<SentimentLine>,
    /// The named figures: what, value.
    pub figures: Vec<(String, f64)>,
    /// Per language, by length class (5-20, 20-60, 60 and more characters).
    pub languages: BTreeMap<String, [Hits; 3]>,
    /// The 20 commonest languages of dev, by length class.
    pub common: [Hits; 3],
    pub language_ece: f64,
}

fn length_class(text: &str) -> Option<usize> {
    match text.chars().count() {
        0..=4 => None,
        5..=19 => Some(0),
        20..=60 => Some(1),
        _ => Some(2),
    }
}

fn score(engine: &Engine, dir: &Path, set: &Set, lang: &str) -> Result<Tally, String> {
    let options = AnalyzeOptions { pii: false, ..AnalyzeOptions::default() };
    let mut tally = Tally::default();
    for row in rows(dir, set, lang, "dev")? {
        let sentiment = engine.analyze(&row.text, &options).map_err(|error| error.to_string())?.sentiment;
        let p = sentiment.probabilities;
        let confidence = p.negative.max(p.neutral).max(p.positive);
        tally.add(row.label, sentiment.label as usize, confidence);
    }
    Ok(tally)
}

/// Film ratings of 1-4 against 9-10 only, answered by the side with the higher probability.
fn clear_film_rows(engine: &Engine, dir: &Path) -> Result<f64, String> {
    let sheet = Sheet::read(dir, "sentiment/nsmc_movie_reviews.ko.dev")?;
    let stars = sheet.column("stars10").ok_or("stars10 column missing")?;
    let options = AnalyzeOptions { pii: false, ..AnalyzeOptions::default() };
    let mut sides = [Hits::default(); 2];
    for row in &sheet.rows {
        let side = match row[stars].parse::<u32>() {
            Ok(1..=4) => 0,
            Ok(9..=10) => 1,
            _ => continue,
        };
        let p = engine.analyze(&row[0], &options).map_err(|error| error.to_string())?.sentiment.probabilities;
        sides[side].add((p.positive > p.negative) == (side == 1));
    }
    Ok((sides[0].share() + sides[1].share()) / 2.0)
}

/// Runs every dev set through the engine with the given pack.
pub fn measure(dir: &Path, pack: Vec<u8>) -> Result<Metrics, String> {
    let engine = Engine::with_model(&pack).map_err(|error| error.to_string())?;
    let mut sentiment = Vec::new();
    for (sets, trained_on) in [(SENTIMENT, true), (HELD_OUT, false)] {
        for set in sets {
            for lang in set.langs {
                let tally = score(&engine, dir, set, lang)?;
                sentiment.push(SentimentLine { set: format!("{}.{lang}", set.stem), trained_on, tally });
            }
        }
    }
    let recall =
        |name: &str| sentiment.iter().find(|line| line.set == name).map_or(0.0, |line| line.tally.macro_recall());
    let umsab = ["de", "en", "es", "fr", "it", "pt"].map(|lang| recall(&format!("sentiment/umsab_twitter.{lang}")));
    let mut figures = vec![
        ("semeval2017 en, macro recall".to_string(), recall("sentiment/semeval2017_task4a.en")),
        ("polemo2_sentence pl, macro recall".to_string(), recall("sentiment/polemo2_sentence.pl")),
        ("nsmc ko, clear rows, balanced accuracy".to_string(), clear_film_rows(&engine, dir)?),
        ("umsab de en es fr it pt, mean macro recall".to_string(), umsab.iter().sum::<f64>() / 6.0),
        ("airline en (never trained on), macro recall".to_string(), recall("sentiment/airline_tweets.en")),
        ("amazon ja (never trained on), macro recall".to_string(), recall("sentiment/amazon_reviews_multi.ja")),
        ("jrte ja (never trained on), macro recall".to_string(), recall("sentiment/jrte_hotel_pn.ja")),
    ];

    let sheet = Sheet::read(dir, "langid/mixed_short.multi.dev")?;
    let mut languages: BTreeMap<String, [Hits; 3]> = BTreeMap::new();
    let mut calibration = Tally::default();
    let options = AnalyzeOptions { pii: false, ..AnalyzeOptions::default() };
    for row in &sheet.rows {
        let Some(class) = length_class(&row[0]) else { continue };
        let language = engine.analyze(&row[0], &options).map_err(|error| error.to_string())?.language;
        let right = language.code == code(&row[1]);
        languages.entry(code(&row[1]).to_string()).or_default()[class].add(right);
        calibration.add(0, usize::from(!right), language.confidence);
    }
    let mut by_size: Vec<&String> = languages.keys().collect();
    by_size.sort_by_key(|code| std::cmp::Reverse(languages[*code].iter().map(|hits| hits.n).sum::<usize>()));
    let mut common = [Hits::default(); 3];
    for code in by_size.into_iter().take(20) {
        for (sum, hits) in common.iter_mut().zip(&languages[code]) {
            sum.right += hits.right;
            sum.n += hits.n;
        }
    }
    for (class, name) in ["5-19", "20-60", "61+"].iter().enumerate() {
        figures
            .push((format!("language id, {name} characters, 20 commonest languages, accuracy"), common[class].share()));
    }
    Ok(Metrics {
        model: engine.model_version().to_string(),
        figures,
        sentiment,
        languages,
        common,
        language_ece: calibration.ece(),
    })
}

impl Metrics {
    /// Prints one table per head.
    pub fn print(&self) {
        println!("model {}\n", self.model);
        println!("{:<36} {:>6} {:>7} {:>7} {:>7} {:>6}", "sentiment (dev)", "n", "recall", "F1", "acc", "ECE");
        for line in &self.sentiment {
            let tally = &line.tally;
            let mark = if line.trained_on { "" } else { " *" };
            let name = format!("{}{mark}", line.set);
            println!(
                "{name:<36} {:>6} {:>7.4} {:>7.4} {:>7.4} {:>6.3}",
                tally.n(),
                tally.macro_recall(),
                tally.macro_f1(),
                tally.accuracy(),
                tally.ece()
            );
        }
        println!("* no row of this set's train part was used\n");
        println!("{:<10} {:>16} {:>16} {:>16}", "language", "5-19", "20-60", "61+");
        let cell =
            |hits: &Hits| if hits.n == 0 { "-".to_string() } else { format!("{:.3} of {}", hits.share(), hits.n) };
        for (code, classes) in &self.languages {
            println!("{code:<10} {:>16} {:>16} {:>16}", cell(&classes[0]), cell(&classes[1]), cell(&classes[2]));
        }
        println!(
            "{:<10} {:>16} {:>16} {:>16}",
            "common 20",
            cell(&self.common[0]),
            cell(&self.common[1]),
            cell(&self.common[2])
        );
        println!("calibration error of the language confidence: {:.3}\n", self.language_ece);
        for (name, value) in &self.figures {
            println!("{value:.4}  {name}");
        }
    }

    /// The same as JSON, with four digits.
    pub fn to_json(&self, file: &[u8]) -> String {
        let four = |value: f64| (value * 10_000.0).round() / 10_000.0;
        let sentiment: Vec<Value> = self
            .sentiment
            .iter()
            .map(|line| {
                json!({
                    "set": line.set, "trainedOn": line.trained_on, "n": line.tally.n(),
                    "macroRecall": four(line.tally.macro_recall()), "macroF1": four(line.tally.macro_f1()),
                    "accuracy": four(line.tally.accuracy()), "ece": four(line.tally.ece()),
                    "confusion": line.tally.confusion,
                })
            })
            .collect();
        let languages: BTreeMap<&String, Vec<Value>> = self
            .languages
            .iter()
            .map(|(code, classes)| {
                let cells = classes.iter().map(|hits| json!({"n": hits.n, "accuracy": four(hits.share())})).collect();
                (code, cells)
            })
            .collect();
        let figures: BTreeMap<&String, f64> = self.figures.iter().map(|(name, value)| (name, four(*value))).collect();
        let metrics = json!({
            "model": self.model,
            "bytes": file.len(),
            "checksum": format!("{:016x}", hearken::model::pack::checksum(file)),
            "figures": figures,
            "sentiment": sentiment,
            "language": {"lengthClasses": ["5-19", "20-60", "61+"], "perLanguage": languages, "ece": four(self.language_ece)},
        });
        let mut text = serde_json::to_string_pretty(&metrics).unwrap_or_default();
        text.push('\n');
        text
    }
}
