//! Runs dev sets through the whole engine and keeps each answer beside its true label.

use std::path::Path;

use hearken::analysis::Intent;
use hearken::{AnalyzeOptions, Engine};

use super::tally::{Confusion, Curve, Hits};
use crate::data::Sheet;
use crate::language::code;
use crate::meaning::authored;
use crate::meaning::boards::Board;
use crate::meaning::figures::top_intent;
use crate::meaning::goals::COLUMNS;
use crate::sets::{HELD_OUT, Row, SENTIMENT, Set, rows};

/// One dev text of a one-of head.
pub struct Sample {
    pub text: String,
    /// Numbers of labels.
    pub truth: usize,
    pub answer: usize,
    /// Probability of the answer, 0..=1.
    pub confidence: f64,
    /// Probabilities shown beside it, and whether each label is the true one.
    pub shown: Vec<(f64, bool)>,
}

/// The dev part of one set and language.
pub struct Part {
    /// As [`Board::name`]: `folder/set.language`, with `*` behind sets that never train.
    pub name: String,
    /// Sets rated by people for negative, neutral and positive.
    pub three: bool,
    pub samples: Vec<Sample>,
}

impl Part {
    /// Counts and calibration of the samples.
    pub fn score<'s>(samples: impl IntoIterator<Item = &'s Sample>, labels: usize) -> (Confusion, Curve) {
        let (mut confusion, mut curve) = (Confusion::new(labels), Curve::default());
        for sample in samples {
            confusion.add(sample.truth, sample.answer);
            curve.add(sample.confidence, sample.truth == sample.answer, 1.0);
        }
        (confusion, curve)
    }
}

fn options(question: Option<String>) -> AnalyzeOptions {
    AnalyzeOptions { pii: false, spans: false, question, ..AnalyzeOptions::default() }
}

fn sentiments(engine: &Engine, rows: impl IntoIterator<Item = Row>) -> Result<Vec<Sample>, String> {
    let sample = |row: Row| {
        let analysis = engine.analyze(&row.text, &options(row.question)).map_err(|error| error.to_string())?;
        let p = analysis.sentiment.probabilities;
        let p = [p.negative, p.neutral, p.positive];
        let answer = analysis.sentiment.label as usize;
        Ok(Sample {
            text: row.text,
            truth: row.label,
            answer,
            confidence: p[answer],
            shown: (0..3).map(|label| (p[label], label == row.label)).collect(),
        })
    };
    rows.into_iter().map(sample).collect()
}

/// Every sentiment dev set; survey answers are read with their question. The authored rows come last.
pub fn sentiment(engine: &Engine, dir: &Path) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for (sets, mark) in [(SENTIMENT, ""), (HELD_OUT, "*")] {
        for (set, lang) in sets.iter().flat_map(|set| set.langs.iter().map(move |lang| (set, lang))) {
            let samples = sentiments(engine, rows(dir, set, lang, "dev")?)?;
            let three = set.has_neutral && !set.weak_neutral;
            parts.push(Part { name: format!("{}.{lang}{mark}", set.stem), three, samples });
        }
    }
    for (lang, file) in authored::FILES {
        let rows = authored::rows(lang, file)?.into_iter().enumerate().filter(|(at, _)| authored::is_dev(*at));
        let row = |row: authored::Authored| Row {
            label: row.sentiment as usize,
            text: row.text,
            weak: false,
            question: None,
        };
        let samples = sentiments(engine, rows.map(|(_, authored)| row(authored)))?;
        parts.push(Part { name: format!("authored.{lang}"), three: false, samples });
    }
    parts.retain(|part| !part.samples.is_empty());
    Ok(parts)
}

/// One sentiment set read without its question.
pub fn unasked(engine: &Engine, dir: &Path, set: &Set, lang: &str) -> Result<Confusion, String> {
    let rows = rows(dir, set, lang, "dev")?.into_iter().map(|row| Row { question: None, ..row });
    Ok(Part::score(&sentiments(engine, rows)?, 3).0)
}

/// Film ratings of 1-4 against 9-10 only, answered by the side with the higher probability:
/// balanced accuracy.
pub fn clear_film_rows(engine: &Engine, dir: &Path) -> Result<f64, String> {
    let sheet = Sheet::read(dir, "sentiment/nsmc_movie_reviews.ko.dev")?;
    let stars = sheet.column("stars10").ok_or("stars10 column missing")?;
    let mut sides = [Hits::default(); 2];
    for row in &sheet.rows {
        let side = match row[stars].parse::<u32>() {
            Ok(1..=4) => 0,
            Ok(9..=10) => 1,
            _ => continue,
        };
        let analysis = engine.analyze(&row[0], &options(None)).map_err(|error| error.to_string())?;
        let p = analysis.sentiment.probabilities;
        sides[side].add((p.positive > p.negative) == (side == 1));
    }
    Ok((sides[0].share() + sides[1].share()) / 2.0)
}

/// The intents of the boards that know them. The labels are those of [`Intent::ALL`].
pub fn intent(engine: &Engine, boards: &[Board]) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for board in boards {
        let mut samples = Vec::new();
        for case in &board.cases {
            let Some(truth) = case.goal.intent else { continue };
            let answer = top_intent(&case.p);
            let analysis = engine.analyze(&case.text, &options(None)).map_err(|error| error.to_string())?;
            let others = analysis.intent.others.iter().map(|other| (other.confidence, other.label == truth));
            samples.push(Sample {
                truth: truth as usize,
                answer: answer as usize,
                confidence: f64::from(case.p[COLUMNS + answer as usize]),
                shown: others.collect(),
                text: case.text.clone(),
            });
        }
        parts.push(Part { name: board.name.clone(), three: false, samples });
    }
    parts.retain(|part| !part.samples.is_empty());
    Ok(parts)
}

/// Names of the intents.
pub fn intents() -> Vec<String> {
    Intent::ALL.map(|intent| intent.slug().to_string()).to_vec()
}

/// The dev lines of the language set, a part a language, and the codes their labels number.
pub fn language(engine: &Engine, dir: &Path) -> Result<(Vec<Part>, Vec<String>), String> {
    let sheet = Sheet::read(dir, "langid/mixed_short.multi.dev")?;
    let mut answers = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        answers.push(engine.analyze(&row[0], &options(None)).map_err(|error| error.to_string())?.language);
    }
    let mut codes: Vec<String> = answers.iter().map(|answer| answer.code.clone()).collect();
    codes.extend(sheet.rows.iter().map(|row| code(&row[1]).to_string()));
    codes.sort_unstable();
    codes.dedup();
    let number = |code: &str| codes.binary_search_by(|one| one.as_str().cmp(code)).expect("every code is listed");
    let mut parts: Vec<Part> = codes
        .iter()
        .map(|code| Part { name: format!("langid/mixed_short.{code}"), three: false, samples: Vec::new() })
        .collect();
    for (row, answer) in sheet.rows.iter().zip(answers) {
        let truth = number(code(&row[1]));
        parts[truth].samples.push(Sample {
            text: row[0].clone(),
            truth,
            answer: number(&answer.code),
            confidence: answer.confidence,
            shown: Vec::new(),
        });
    }
    parts.retain(|part| !part.samples.is_empty());
    Ok((parts, codes))
}
