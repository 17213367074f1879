//! Topics on sets that people labelled by category: each set's labels mapped to topics of one of the
//! shipped taxonomies. Nothing is fitted here.
//!
//! A class is a set of labels and the topics that stand for them. Labels for "nothing in particular"
//! are the class `rest`: it is answered where no topic of another class is found. Labels of no class
//! are left out and counted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use hearken::analysis::{SentimentLabel, TopicFound};
use hearken::taxonomy::Taxonomy;
use hearken::{AnalyzeOptions, Engine};

use super::mappings::{Class, MAPPINGS, Mapping};
use crate::data::Sheet;

/// The class of texts in which nothing in particular is spoken of.
const REST: &str = "rest";

/// One text with what people say of it: class to polarity, `None` where they disagree.
struct Case {
    text: String,
    question: Option<String>,
    truth: BTreeMap<&'static str, Option<SentimentLabel>>,
}

/// Right, found, true; polarity right of those found rightly.
#[derive(Default, Clone, Copy)]
struct Count {
    hit: usize,
    said: usize,
    held: usize,
    polarity: usize,
    polarities: usize,
}

impl Count {
    fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / ((self.said + self.held) as f64).max(1.0)
    }

    fn accuracy(&self) -> f64 {
        self.polarity as f64 / (self.polarities as f64).max(1.0)
    }

    fn add(&mut self, other: &Count) {
        self.hit += other.hit;
        self.said += other.said;
        self.held += other.held;
        self.polarity += other.polarity;
        self.polarities += other.polarities;
    }
}

/// What one set gave.
pub struct TopicSet {
    pub name: String,
    pub texts: usize,
    pub micro_f1: f64,
    /// Of the classes found rightly, those with the polarity people gave.
    pub polarity: Option<f64>,
}

fn matches(pattern: &str, label: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => label.starts_with(beginning),
        None => pattern == label,
    }
}

fn class_of(mapping: &Mapping, label: &str) -> Option<&'static str> {
    let own = mapping.classes.iter().find(|class| class.labels.iter().any(|pattern| matches(pattern, label)));
    let rest = || mapping.rest.iter().any(|pattern| matches(pattern, label)).then_some(REST);
    own.map(|class| class.name).or_else(rest)
}

fn polarity(label: &str) -> Option<SentimentLabel> {
    SentimentLabel::from_slug(label)
}

/// Texts of a set with their classes; labels left out, of all.
fn cases(dir: &Path, mapping: &Mapping, stem: &str) -> Result<(Vec<Case>, (usize, usize)), String> {
    let sheet = Sheet::read(dir, stem)?;
    let column = |name: &str| sheet.column(name).ok_or_else(|| format!("{stem}: no column {name}"));
    let listed = sheet.column("topics_json");
    let category = if listed.is_some() { 0 } else { column("category")? };
    let label = column("label")?;
    let question = sheet.column("question");
    let mut by_text: BTreeMap<String, Case> = BTreeMap::new();
    let mut left_out = (0, 0);
    for row in sheet.rows {
        let labels: Vec<(String, Option<SentimentLabel>)> = match listed {
            Some(at) => serde_json::from_str::<Vec<String>>(&row[at])
                .map_err(|error| format!("{stem}: {error}"))?
                .into_iter()
                .map(|topic| (topic, None))
                .collect(),
            None => vec![(row[category].clone(), polarity(&row[label]))],
        };
        let case = by_text.entry(row[0].clone()).or_insert_with(|| Case {
            text: row[0].clone(),
            question: question.map(|at| row[at].clone()),
            truth: BTreeMap::new(),
        });
        for (label, polarity) in labels {
            if mapping.skip.contains(&label.as_str()) {
                continue;
            }
            left_out.1 += 1;
            match class_of(mapping, &label) {
                None => left_out.0 += 1,
                Some(class) => {
                    let known = case.truth.entry(class).or_insert(polarity);
                    if *known != polarity {
                        *known = None;
                    }
                }
            }
        }
    }
    let mut cases: Vec<Case> = by_text.into_values().filter(|case| !case.truth.is_empty()).collect();
    for case in &mut cases {
        if case.truth.len() > 1 {
            // Something in particular is spoken of.
            case.truth.remove(REST);
        }
    }
    Ok((cases, left_out))
}

/// The classes the engine answers, with the sentiment that is farthest from neutral.
fn answer(classes: &[Class], found: &[TopicFound], whole: SentimentLabel) -> BTreeMap<&'static str, SentimentLabel> {
    let mut said: BTreeMap<&'static str, (f64, SentimentLabel)> = BTreeMap::new();
    for topic in found {
        for class in classes.iter().filter(|class| class.topics.contains(&topic.label.as_str())) {
            let strength = topic.sentiment.score.abs();
            let known = said.entry(class.name).or_insert((strength, topic.sentiment.label));
            if strength > known.0 {
                *known = (strength, topic.sentiment.label);
            }
        }
    }
    if said.is_empty() {
        return BTreeMap::from([(REST, whole)]);
    }
    said.into_iter().map(|(class, (_, label))| (class, label)).collect()
}

fn taxonomy(id: &str) -> Result<Arc<Taxonomy>, String> {
    let path = Path::new("taxonomy").join(format!("{id}.json"));
    let json = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Taxonomy::from_json(&json).map(Arc::new).map_err(|error| format!("{}: {error}", path.display()))
}

/// Runs every mapped dev set through the engine.
///
/// # Errors
/// Names the set or taxonomy that cannot be read, or a topic of a mapping that does not exist.
pub fn measure(engine: &Engine, dir: &Path, errors: usize) -> Result<Vec<TopicSet>, String> {
    let mut sets = Vec::new();
    for mapping in MAPPINGS {
        let taxonomy = taxonomy(mapping.taxonomy)?;
        let known: BTreeSet<&str> = taxonomy.topics().iter().map(|topic| topic.id.as_str()).collect();
        let topics = mapping.classes.iter().flat_map(|class| class.topics);
        if let Some(unknown) = topics.clone().find(|topic| !known.contains(**topic)) {
            return Err(format!("taxonomy {}: no topic {unknown}", mapping.taxonomy));
        }
        for stem in mapping.sets {
            let (cases, left_out) = cases(dir, mapping, &format!("{stem}.dev"))?;
            sets.push(one(engine, mapping, stem, &taxonomy, &cases, left_out, errors)?);
        }
    }
    Ok(sets)
}

fn one(
    engine: &Engine,
    mapping: &Mapping,
    stem: &str,
    taxonomy: &Arc<Taxonomy>,
    cases: &[Case],
    left_out: (usize, usize),
    mut errors: usize,
) -> Result<TopicSet, String> {
    let lang = stem.rsplit('.').next().unwrap_or("en").to_string();
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    println!("\n{stem}, taxonomy {}", mapping.taxonomy);
    for case in cases {
        let options = AnalyzeOptions {
            pii: false,
            spans: false,
            lang: Some(lang.clone()),
            question: case.question.clone(),
            taxonomy: Some(taxonomy.clone()),
            ..AnalyzeOptions::default()
        };
        let analysis = engine.analyze(&case.text, &options).map_err(|error| error.to_string())?;
        let said = answer(mapping.classes, &analysis.topics, analysis.sentiment.label);
        for (class, label) in &said {
            let count = counts.entry(class).or_default();
            count.said += 1;
            let Some(truth) = case.truth.get(class) else { continue };
            count.hit += 1;
            if let Some(truth) = truth {
                count.polarities += 1;
                count.polarity += usize::from(truth == label);
            }
        }
        for class in case.truth.keys() {
            counts.entry(class).or_default().held += 1;
        }
        let same = said.len() == case.truth.len() && said.keys().all(|class| case.truth.contains_key(class));
        if !same && errors > 0 {
            errors -= 1;
            let truth: Vec<&&str> = case.truth.keys().collect();
            let found: Vec<&str> = analysis.topics.iter().map(|topic| topic.label.as_str()).collect();
            println!("  true {truth:?}, found {found:?}: {}", case.text);
        }
    }
    let mut all = Count::default();
    for (class, count) in &counts {
        all.add(count);
        let precision = count.hit as f64 / (count.said as f64).max(1.0);
        let recall = count.hit as f64 / (count.held as f64).max(1.0);
        println!(
            "  {class:<24} n {:>5}  precision {precision:.3}  recall {recall:.3}  F1 {:.3}  polarity {:.3}",
            count.held,
            count.f1(),
            count.accuracy()
        );
    }
    println!(
        "  all: micro F1 {:.3}, polarity {:.3} of {}; {} texts, {} of {} labels left out",
        all.f1(),
        all.accuracy(),
        all.polarities,
        cases.len(),
        left_out.0,
        left_out.1
    );
    Ok(TopicSet {
        name: stem.to_string(),
        texts: cases.len(),
        micro_f1: all.f1(),
        polarity: (all.polarities > 0).then(|| all.accuracy()),
    })
}

/// `eval --head topics`: the tables, then one line a set.
///
/// # Errors
/// As [`measure`].
pub fn show(engine: &Engine, dir: &Path, errors: usize) -> Result<(), String> {
    let sets = measure(engine, dir, errors)?;
    println!("\n{:<40} {:>7} {:>9} {:>9}", "set", "texts", "micro F1", "polarity");
    for set in sets {
        let polarity = set.polarity.map_or("-".to_string(), |share| format!("{share:.3}"));
        println!("{:<40} {:>7} {:>9.3} {polarity:>9}", set.name, set.texts, set.micro_f1);
    }
    Ok(())
}
