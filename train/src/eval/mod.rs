//! Scores a model on dev sets that training never saw, through the whole engine: rules, phrases and
//! context included.

mod asked;
mod detail;
mod failures;
mod json;
mod mappings;
mod print;
mod read;
mod standing;
mod tables;
mod tally;
mod topics;

use std::collections::BTreeMap;
use std::path::Path;

use hearken::Engine;
use hearken::analysis::Intent;

pub use asked::ASKED;
pub use failures::{FIELDS, Failures};
pub use standing::{HeadStanding, Standing};
pub use tables::{By, Line, Table};
pub use tally::{Curve, Hits};

use crate::meaning::boards::{self, Board};
use crate::meaning::figures::{self, Figure, Limits};
use crate::sets::SENTIMENT;
use read::{Part, Sample};
use tables::{any_of, columns, count, is_outside, language, one_of, per_label};
use tally::{Confusion, Several, mean};

/// A head by the name it has on the command line and in the pack.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Head {
    Sentiment,
    Emotions,
    Acts,
    Intent,
    Safety,
    Flags,
    Language,
    /// Told by phrases, not learned.
    Topics,
}

impl Head {
    pub const ALL: [Head; 8] = [
        Head::Sentiment,
        Head::Emotions,
        Head::Acts,
        Head::Intent,
        Head::Safety,
        Head::Flags,
        Head::Language,
        Head::Topics,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Head::Sentiment => "sentiment",
            Head::Emotions => "emotions",
            Head::Acts => "acts",
            Head::Intent => "intent",
            Head::Safety => "safety",
            Head::Flags => "flags",
            Head::Language => "language",
            Head::Topics => "topics",
        }
    }

    /// The head with this name.
    ///
    /// # Errors
    /// Lists the names there are.
    pub fn from_name(name: &str) -> Result<Head, String> {
        let names = Head::ALL.map(Head::name).join(", ");
        Head::ALL.into_iter().find(|head| head.name() == name).ok_or_else(|| format!("--head takes one of {names}"))
    }
}

/// The heads that say any number of labels.
pub const ANY_OF: [&str; 4] = ["emotions", "acts", "safety", "flags"];

/// One set of the sentiment table.
pub struct SentimentSet {
    /// Ends in `*` when no row of its train part was used.
    pub name: String,
    pub confusion: Confusion,
    pub curve: Curve,
}

impl SentimentSet {
    pub fn trained_on(&self) -> bool {
        !self.name.ends_with('*')
    }
}

/// Everything measured.
pub struct Metrics {
    pub model: String,
    pub sentiment: Vec<SentimentSet>,
    /// What, value.
    pub figures: Vec<Figure>,
    /// Accuracy of the language head per language, by [`CLASSES`].
    pub languages: BTreeMap<String, [Hits; 3]>,
    /// The 20 commonest languages of dev, by length class.
    pub common: [Hits; 3],
    pub tables: Vec<Table>,
    /// Calibration of every probability shown: what, confidence against hits.
    pub curves: Vec<(&'static str, Curve)>,
    pub standing: Vec<HeadStanding>,
    pub failures: Failures,
}

/// Length classes of the language head, in characters.
pub const CLASSES: [&str; 3] = ["5-19", "20-60", "61+"];

fn length_class(text: &str) -> Option<usize> {
    match text.chars().count() {
        0..=4 => None,
        5..=19 => Some(0),
        20..=60 => Some(1),
        _ => Some(2),
    }
}

fn engine(pack: &[u8]) -> Result<Engine, String> {
    Engine::with_model(pack).map_err(|error| error.to_string())
}

/// The dev boards as the whole engine answers them.
fn answered(engine: &Engine, dir: &Path) -> Result<Vec<Board>, String> {
    boards::all(dir, &mut boards::engine_answers(engine))
}

/// Calibration of some samples, all in one.
fn curve<'s>(samples: impl IntoIterator<Item = &'s Sample>) -> Curve {
    let mut curve = Curve::default();
    samples.into_iter().for_each(|one| curve.add(one.confidence, one.truth == one.answer, 1.0));
    curve
}

/// Calibration of sentiment: every set that people rated for all three labels counts the same.
fn sentiment_curves(parts: &[Part]) -> [Curve; 2] {
    let mut curves = [Curve::default(), Curve::default()];
    for part in parts.iter().filter(|part| part.three) {
        let weight = 1.0 / part.samples.len() as f64;
        for sample in &part.samples {
            curves[0].add(sample.confidence, sample.truth == sample.answer, weight);
            sample.shown.iter().for_each(|(p, holds)| curves[1].add(*p, *holds, weight));
        }
    }
    curves
}

fn sentiment_figures(engine: &Engine, dir: &Path, sets: &[SentimentSet]) -> Result<Vec<Figure>, String> {
    let recall = |name: &str| {
        let set = sets.iter().find(|set| set.name.trim_end_matches('*') == format!("sentiment/{name}"));
        set.map(|set| set.confusion.macro_recall()).ok_or_else(|| format!("no dev rows of sentiment/{name}"))
    };
    let mut umsab = Vec::new();
    for lang in ["de", "en", "es", "fr", "it", "pt"] {
        umsab.push(recall(&format!("umsab_twitter.{lang}"))?);
    }
    let survey =
        SENTIMENT.iter().find(|set| set.stem == "survey/nhs_fft_v6").ok_or("survey/nhs_fft_v6 is not listed")?;
    let asked = sets.iter().find(|set| set.name == "survey/nhs_fft_v6.en").ok_or("no dev rows of nhs_fft_v6")?;
    let figures = [
        ("semeval2017 en, macro recall", recall("semeval2017_task4a.en")?),
        ("umsab de en es fr it pt, mean macro recall", mean(umsab.into_iter())),
        ("umsab ar, macro recall", recall("umsab_twitter.ar")?),
        ("polemo2_sentence pl, macro recall", recall("polemo2_sentence.pl")?),
        ("nsmc ko, clear rows, balanced accuracy", read::clear_film_rows(engine, dir)?),
        ("nhs_fft_v6 en with its question, macro recall", asked.confusion.macro_recall()),
        ("nhs_fft_v6 en without its question, macro recall", read::unasked(engine, dir, survey, "en")?.macro_recall()),
        ("airline en (never trained on), macro recall", recall("airline_tweets.en")?),
        ("amazon ja (never trained on), macro recall", recall("amazon_reviews_multi.ja")?),
        ("jrte ja (never trained on), macro recall", recall("jrte_hotel_pn.ja")?),
    ];
    Ok(figures.map(|(name, value)| (name.to_string(), value)).to_vec())
}

/// Macro F1 of the emotions and the lead over the baselines on the sets asked for; on how many of all
/// other sets than the English one the head leads.
fn emotion_figures(boards: &[Board]) -> Vec<Figure> {
    const ASKED: [&str; 8] =
        ["kote ko", "brighter de", "brighter es", "brighter pt", "xed pl", "xed fr", "xed it", "xed nl"];
    let mut out = Vec::new();
    let mut above = Hits::default();
    for board in boards {
        let name = match board.family() {
            "emotion/kote_partial" => "kote",
            "emotion/brighter_semeval2025" => "brighter",
            "emotion/xed_subtitles_projected" => "xed",
            _ => continue,
        };
        let several = Several::of(&count(&board.cases, columns("emotions")));
        let name = format!("{name} {}", board.language());
        if ASKED.contains(&name.as_str()) {
            out.push((format!("emotions, {name}: macro F1"), several.macro_f1));
            out.push((format!("emotions, {name}: lead over always and never"), several.lead()));
            out.push((format!("emotions, {name}: present or absent, lead over always and never"), several.lead_both()));
        }
        above.add(several.lead() > 0.0);
    }
    out.push((format!("emotions, share of all {} kote, brighter and xed sets with a lead", above.n), above.share()));
    out
}

/// Accuracy of the language head by language and length, and over the 20 commonest languages.
fn languages(parts: &[Part]) -> (BTreeMap<String, [Hits; 3]>, [Hits; 3]) {
    let mut languages: BTreeMap<String, [Hits; 3]> = BTreeMap::new();
    for part in parts {
        for sample in &part.samples {
            let Some(class) = length_class(&sample.text) else { continue };
            let hits = languages.entry(language(&part.name).to_string()).or_default();
            hits[class].add(sample.truth == sample.answer);
        }
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
    (languages, common)
}

/// Runs every dev set through the engine with the given pack.
///
/// # Errors
/// Names the set or the row of the repository that cannot be read, or says what is wrong with the pack.
pub fn measure(dir: &Path, pack: Vec<u8>) -> Result<Metrics, String> {
    let engine = engine(&pack)?;
    let sentiments = read::sentiment(&engine, dir)?;
    let boards = answered(&engine, dir)?;
    let intents = read::intent(&engine, &boards)?;
    let (lines, codes) = read::language(&engine, dir)?;

    let set = |part: &Part| {
        let (confusion, curve) = Part::score(&part.samples, 3);
        SentimentSet { name: part.name.clone(), confusion, curve }
    };
    let sentiment: Vec<SentimentSet> = sentiments.iter().map(set).collect();
    let [given, each] = sentiment_curves(&sentiments);
    let long_enough = lines.iter().flat_map(|part| &part.samples).filter(|one| length_class(&one.text).is_some());
    let mapped = || intents.iter().filter(|part| is_outside(&part.name)).flat_map(|part| &part.samples);
    let mut others = Curve::default();
    mapped().flat_map(|sample| &sample.shown).for_each(|(p, holds)| others.add(*p, *holds, 1.0));
    let authored = intents.iter().filter(|part| !is_outside(&part.name)).flat_map(|part| &part.samples);
    let curves = vec![
        ("sentiment, the label given", given),
        ("sentiment, each of the three probabilities", each),
        ("language", curve(long_enough)),
        ("intent, the reason given", curve(mapped())),
        ("intent, the other reasons shown", others),
        ("intent, the reason given, authored dev rows", curve(authored)),
    ];

    let mut figures = sentiment_figures(&engine, dir, &sentiment)?;
    figures.push((
        "sentiment confidence, calibration error, every set with three labels the same".into(),
        curves[0].1.ece(),
    ));
    figures.push(("sentiment probabilities, calibration error, each of the three".into(), curves[1].1.ece()));
    figures.extend(emotion_figures(&boards));
    figures.extend(figures::figures(Limits::Answers, &boards));
    figures.push(("intent, other reasons shown, calibration error, all mapped dev rows".into(), curves[4].1.ece()));
    let (languages, common) = languages(&lines);
    for (class, name) in CLASSES.iter().enumerate() {
        figures
            .push((format!("language id, {name} characters, 20 commonest languages, accuracy"), common[class].share()));
    }
    figures
        .push(("language confidence, calibration error, dev lines of 5 or more characters".into(), curves[2].1.ece()));

    let mut standing = vec![standing::one_of("sentiment", &sentiments, 3)];
    standing.extend(ANY_OF.map(|head| standing::any_of(head, &boards)));
    standing.push(standing::one_of("intent", &intents, Intent::ALL.len()));
    standing.push(standing::language_head(&lines));
    let mut tables = Vec::new();
    for by in [By::Set, By::Language, By::Length] {
        tables.push(one_of("sentiment", &sentiments, 3, by));
        tables.extend(ANY_OF.map(|head| any_of(head, &boards, by)));
        tables.push(one_of("intent", &intents, Intent::ALL.len(), by));
    }
    tables.push(one_of("language", &lines, codes.len(), By::Length));
    tables.extend(ANY_OF.map(|head| per_label(head, &boards)));
    for table in tables.iter_mut().filter(|table| table.by == By::Language) {
        let of = standing.iter().find(|one| one.head == table.head);
        table
            .lines
            .iter_mut()
            .for_each(|line| line.experimental = of.is_some_and(|one| one.is_experimental(&line.name)));
    }
    Ok(Metrics {
        model: engine.model_version().to_string(),
        sentiment,
        figures,
        languages,
        common,
        tables,
        curves,
        standing,
        failures: failures::measure(&engine)?,
    })
}

impl Metrics {
    /// The table of a head, when there is one.
    pub fn table(&self, head: &str, by: By) -> Option<&Table> {
        self.tables.iter().find(|table| table.head == head && table.by == by)
    }
}

/// `eval`: everything, or one head with its confusions and its worst errors.
///
/// # Errors
/// As [`measure`].
pub fn run(dir: &Path, pack: Vec<u8>, head: Option<Head>, errors: usize) -> Result<(), String> {
    match head {
        None => measure(dir, pack)?.print(),
        Some(Head::Topics) => topics::show(&engine(&pack)?, dir, errors)?,
        Some(head) => detail::show(dir, &pack, head, errors)?,
    }
    Ok(())
}
