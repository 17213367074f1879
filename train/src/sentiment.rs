//! The sentiment head: mixture, full linear model, the teacher's answers on other texts, selection, retraining.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use hearken::analysis::SentimentLabel;
use hearken::analyze::asked;
use hearken::model::features::View;
use hearken::model::{BlockView, Encoding, HeadKind};

use crate::features::{Bag, Rows};
use crate::linear::{Linear, Plan, Target, level, train_soft};
use crate::meaning;
use crate::pack::{BlockOut, HeadOut};
use crate::phrases;
use crate::sets::{AUTHORED, AUTHORED_FACTOR, Row, SENTIMENT, WEAK_NEUTRAL, authored, rows};
use crate::teacher::Teacher;

/// Features kept; docs/design/model.md has the curve behind the number.
pub const KEEP: usize = 104_000;
const LEAST_COUNT: u32 = 3;
/// Weight of each file of authored rows with all labels.
const MEANING_FACTOR: f32 = 0.6;
/// Weight of each file of authored phrases.
const PHRASE_FACTOR: f32 = 0.3;
/// Most a row of a rare class may weigh against an average row of its set.
const CLASS_CAP: f32 = 8.0;
const SEEDS: [u64; 2] = [11, 12];
const EPOCHS: usize = 3;
const RATE: f32 = 0.2;
/// Share of the teacher in the target of a labelled row.
const SOFT: f32 = 0.5;
/// Weight of all texts without a label against all texts with one.
const UNLABELLED: f32 = 0.5;
/// Share of the encoder in the target of a text without a label; the rest is the first linear model.
const ENCODER: f32 = 0.6;
/// The same where the encoder is weaker than the linear model (Polish dev: 62 against 71).
const ENCODER_WEAK: f32 = 0.4;
const WEAK_LANGUAGES: [&str; 2] = ["ko", "pl"];

/// Texts and targets of the whole mixture.
struct Mixture {
    bag: Bag,
    targets: Vec<Target>,
    /// What each text should be called, as probabilities.
    wanted: Vec<[f32; 3]>,
    /// Languages of the texts without a label; they come after all others.
    langs: Vec<String>,
    /// Rows per set and language, for the model card.
    sizes: Vec<(String, usize)>,
}

impl Mixture {
    /// Adds the rows of one set and language: the set weighs the root of its size, its labels the
    /// same each, within [`CLASS_CAP`].
    fn add(&mut self, rows: &[Row], factor: f32, has_neutral: bool, answers: &HashMap<String, [f32; 3]>) {
        let mut counts = [0usize; 3];
        rows.iter().for_each(|row| counts[row.label] += 1);
        let labels = counts.iter().filter(|count| **count > 0).count().max(1) as f32;
        let total = (rows.len() as f32).sqrt() * factor;
        let even = total / rows.len().max(1) as f32;
        for (at, row) in rows.iter().enumerate() {
            let balanced = total / (labels * counts[row.label] as f32);
            let weight = balanced.min(even * CLASS_CAP) * if row.weak { WEAK_NEUTRAL } else { 1.0 };
            // Half of the answers are read with their question, half without.
            let question = row.question.as_deref().filter(|_| at % 2 == 0);
            self.bag.push_asked(&row.text, question.and_then(asked));
            self.targets.push(Target { label: row.label as u16, weight, masked: (!has_neutral).then_some(1) });
            let mut wanted = [0.0; 3];
            wanted[row.label] = 1.0;
            if let Some(answer) = answers.get(&row.text).filter(|_| has_neutral) {
                wanted = blend(*answer, wanted, SOFT);
            }
            self.wanted.push(wanted);
        }
    }

    /// Adds texts without a label, at weight 0.
    fn add_unlabelled(&mut self, lang: &str, texts: Vec<(String, [f32; 3])>) {
        for (text, answer) in texts {
            self.bag.push(&text);
            self.targets.push(Target { label: 1, weight: 0.0, masked: None });
            self.wanted.push(answer);
            self.langs.push(lang.to_string());
        }
    }

    /// Gives the texts without a label their weight, and `first`'s opinion beside the encoder's. A language weighs
    /// the root of its size.
    fn join(&mut self, first: &Linear, rows: &Rows) {
        let labelled = self.targets.len() - self.langs.len();
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        self.langs.iter().for_each(|lang| *sizes.entry(lang).or_default() += 1);
        let roots: f32 = sizes.values().map(|size| (*size as f32).sqrt()).sum();
        let total = self.targets.iter().map(|target| target.weight).sum::<f32>() * UNLABELLED;
        for (i, lang) in self.langs.iter().enumerate() {
            let at = labelled + i;
            let own = first.probabilities(rows.get(at));
            let encoder = if WEAK_LANGUAGES.contains(&lang.as_str()) { ENCODER_WEAK } else { ENCODER };
            self.wanted[at] = blend(self.wanted[at], [own[0], own[1], own[2]], encoder);
            self.targets[at].weight = total / roots / (sizes[lang.as_str()] as f32).sqrt();
        }
        level(&mut self.targets);
    }
}

/// `share` of `a`, the rest of `b`.
fn blend(a: [f32; 3], b: [f32; 3], share: f32) -> [f32; 3] {
    std::array::from_fn(|i| a[i] * share + b[i] * (1.0 - share))
}

fn mixture(dir: &Path) -> Result<Mixture, String> {
    let teacher = Teacher::new(&SENTIMENT.iter().map(|set| set.stem).collect::<Vec<_>>())?;
    let mut mix = Mixture {
        bag: Bag::new(View::Raw),
        targets: Vec::new(),
        wanted: Vec::new(),
        langs: Vec::new(),
        sizes: Vec::new(),
    };
    for set in SENTIMENT {
        for lang in set.langs {
            let mut rows = rows(dir, set, lang, "train")?;
            if set.stem.ends_with("pros_cons") {
                // A quarter of the lists stand under the heading they were written under.
                for row in rows.iter_mut().skip(2).step_by(4) {
                    let question = if row.label == 0 { "What did you dislike?" } else { "What did you like?" };
                    row.question = Some(question.to_string());
                }
            }
            mix.add(&rows, set.factor, set.has_neutral, &teacher.answers(dir, set.stem, lang)?);
            mix.sizes.push((format!("{}.{lang}", set.stem), rows.len()));
        }
    }
    for (lang, file) in AUTHORED {
        let rows = authored(lang, file)?;
        mix.add(&rows, AUTHORED_FACTOR, true, &HashMap::new());
        mix.sizes.push((format!("authored.{lang}"), rows.len()));
    }
    for (lang, file) in meaning::authored::FILES {
        let mut taught = meaning::authored::rows(lang, file)?;
        if let Some((_, lines)) = meaning::authored::LINES.iter().find(|(code, _)| *code == lang) {
            taught.extend(meaning::authored::rows(lang, lines)?);
        }
        let taught = taught.into_iter().enumerate().filter(|(at, _)| !meaning::authored::is_dev(*at));
        let rows: Vec<Row> = taught
            .map(|(_, row)| Row { text: row.text, label: row.sentiment as usize, weak: false, question: None })
            .collect();
        mix.add(&rows, MEANING_FACTOR, true, &HashMap::new());
        mix.sizes.push((format!("authored meaning and lines.{lang}"), rows.len()));
    }
    for (lang, file) in phrases::FILES {
        let rows: Vec<Row> = phrases::rows(lang, file)?
            .into_iter()
            .filter_map(|phrase| {
                Some(Row { label: phrase.sentiment()? as usize, text: phrase.text, weak: false, question: None })
            })
            .collect();
        mix.add(&rows, PHRASE_FACTOR, true, &HashMap::new());
        mix.sizes.push((format!("authored phrases.{lang}"), rows.len()));
    }
    level(&mut mix.targets);
    for part in &teacher.unlabelled {
        mix.add_unlabelled(&part.lang, part.texts(dir)?);
    }
    Ok(mix)
}

/// How far a feature's log-count ratio between one label and the rest goes, to the root: features
/// that tell labels apart learn faster (naive-Bayes scaling after Wang and Manning 2012, damped).
fn bayes_scale(rows: &Rows, mix: &Mixture, features: usize) -> Vec<f32> {
    let mut counts = vec![[1f32; 3]; features];
    let mut totals = [2f32; 3];
    for (i, (target, wanted)) in mix.targets.iter().zip(&mix.wanted).enumerate() {
        let parts = wanted.map(|share| share * target.weight);
        let add = |sums: &mut [f32; 3]| sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        add(&mut totals);
        for ids in rows.get(i) {
            ids.iter().for_each(|&id| add(&mut counts[id as usize]));
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

fn fit(rows: &Rows, mix: &Mixture, features: usize) -> Linear {
    let scale = bayes_scale(rows, mix, features);
    let models = std::thread::scope(|scope| {
        let handles: Vec<_> = SEEDS
            .map(|seed| {
                let scale = &scale;
                let plan = Plan { epochs: EPOCHS, rate: RATE, seed };
                scope.spawn(move || train_soft(rows, &mix.targets, &mix.wanted, features, scale, plan))
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
    let mut mix = mixture(dir)?;
    let counted = mix.bag.counts(LEAST_COUNT);
    let (vocabulary, counts): (Vec<u64>, Vec<u32>) = counted.into_iter().unzip();
    eprintln!(
        "sentiment: {} texts, {} of them without a label, {} features",
        mix.bag.len(),
        mix.langs.len(),
        vocabulary.len()
    );
    let rows = mix.bag.rows(&vocabulary);
    let first = fit(&rows, &mix, vocabulary.len());
    mix.join(&first, &rows);
    drop(first);
    let full = fit(&rows, &mix, vocabulary.len());
    drop(rows);
    let hashes: Vec<u64> = full.select(&counts, keep).into_iter().map(|i| vocabulary[i]).collect();
    drop(full);
    eprintln!("sentiment: retraining on {} features", hashes.len());
    let kept = fit(&mix.bag.rows(&hashes), &mix, hashes.len());

    // Two columns are enough: centred weights sum to zero, so neutral is minus the other two.
    let mut weights = Vec::with_capacity(hashes.len() * 2);
    for row in kept.weights.chunks_exact(3) {
        let mean = row.iter().sum::<f32>() / 3.0;
        weights.extend([row[0] - mean, row[2] - mean]);
    }
    Ok(Trained {
        block: BlockOut {
            name: "sentiment",
            encoding: Encoding::Int4Squared,
            view: BlockView::Raw,
            width: 2,
            hashes,
            weights,
        },
        head: HeadOut {
            name: "sentiment",
            block: 1,
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

/// Trains the block alone and prints its macro recall per dev set: quick rounds while the recipe changes.
pub fn alone(dir: &Path, keep: usize) -> Result<(), String> {
    let trained = run(dir, keep)?;
    let blocks = [trained.block];
    let quantised = blocks.each_ref().map(crate::pack::quantise);
    let head = HeadOut { block: 0, ..trained.head };
    let file = crate::pack::write("draft", &blocks, &quantised, &[head]);
    let model = hearken::model::Model::from_bytes(&file).map_err(|error| error.to_string())?;
    let mut sums = hearken::model::Sums::new(&model);
    let (mut vector, mut logits) = (Vec::new(), Vec::new());
    for (set, lang) in
        SENTIMENT.iter().chain(crate::sets::HELD_OUT).flat_map(|set| set.langs.iter().map(move |lang| (set, lang)))
    {
        let (mut right, mut all) = ([0f64; 3], [0f64; 3]);
        for row in rows(dir, set, lang, "dev")? {
            sums.read(
                &model,
                hearken::text::Normalized::new(&row.text).text(),
                row.question.as_deref().and_then(asked),
            );
            sums.vector(&model, 0, &mut vector);
            model.heads[0].logits(&vector, &mut logits);
            let top = (0..3).fold(0, |top, i| if logits[i] > logits[top] { i } else { top });
            all[row.label] += 1.0;
            right[row.label] += f64::from(u8::from(top == row.label));
        }
        let recalls: Vec<f64> = (0..3).filter(|i| all[*i] > 0.0).map(|i| right[i] / all[i]).collect();
        println!("{:.4} {}.{lang}", recalls.iter().sum::<f64>() / recalls.len() as f64, set.stem);
    }
    println!("{} bytes", file.len());
    Ok(())
}
