//! The rows written for this project: `train/authored/meaning.<lang>.tsv`, every head known.

use hearken::analysis::{Act, Emotion, Flag, Intent, Safety, SentimentLabel};

use super::goals::{Column, Goal};
use super::sources::Mixture;
use crate::phrases;

/// One authored text with all its labels.
pub struct Authored {
    pub text: String,
    pub sentiment: SentimentLabel,
    pub goal: Goal,
}

macro_rules! files {
    ($name:literal: $($lang:literal),+) => {
        [$(($lang, include_str!(concat!("../../authored/", $name, ".", $lang, ".tsv")))),+]
    };
}

/// Language (`mixed` for code-switched texts) and content of each file.
pub const FILES: [(&str, &str); 20] = files!(
    "meaning": "ar", "cs", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "mixed", "nl", "pl", "pt", "ru", "sv", "tr",
    "uk", "zh"
);

/// Everyday lines with a feeling or without one, in the same columns. They teach emotions and sentiment only: what
/// their writers do is not what customers do.
pub const LINES: [(&str, &str); 6] = files!("lines": "de", "en", "fr", "it", "nl", "pl");

/// Factor on the weight of each file.
const FACTOR: f32 = 13.0;
/// Factor on the weight of each file of phrases.
const PHRASE_FACTOR: f32 = 4.0;

/// The rows of one file.
///
/// # Errors
/// Names the file, the line and the cell that is not understood.
pub fn rows(lang: &str, file: &str) -> Result<Vec<Authored>, String> {
    file.lines()
        .enumerate()
        .skip(1)
        .map(|(at, line)| read(line).map_err(|cell| format!("authored text, {lang}, line {}: {cell}", at + 1)))
        .collect()
}

fn read(line: &str) -> Result<Authored, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [text, sentiment, emotions, acts, intent, safety, flags] = cells[..] else {
        return Err(format!("{} cells, not 7", cells.len()));
    };
    let mut goal = Goal::new();
    list(&mut goal, emotions, &Emotion::ALL, Emotion::slug)?;
    list(&mut goal, acts, &Act::ALL, Act::slug)?;
    list(&mut goal, safety, &Safety::ALL, Safety::slug)?;
    list(&mut goal, flags, &Flag::ALL, Flag::slug)?;
    goal.intent(Intent::from_slug(intent).ok_or_else(|| format!("unknown intent {intent}"))?);
    let sentiment = SentimentLabel::from_slug(sentiment).ok_or_else(|| format!("unknown sentiment {sentiment}"))?;
    Ok(Authored { text: text.to_string(), sentiment, goal })
}

fn list<C: Column>(goal: &mut Goal, cell: &str, all: &[C], slug: fn(C) -> &'static str) -> Result<(), String> {
    let named: Vec<&str> = cell.split(',').filter(|name| *name != "-").collect();
    if let Some(unknown) = named.iter().find(|name| !all.iter().any(|label| slug(*label) == **name)) {
        return Err(format!("unknown label {unknown}"));
    }
    goal.all(all, |label| named.contains(&slug(label)));
    Ok(())
}

/// Every tenth row of a file never trains: thresholds are fitted on it.
pub fn is_dev(at: usize) -> bool {
    at % 10 == 9
}

/// Adds every file to the mixture.
pub fn read_all(mix: &mut Mixture) -> Result<(), String> {
    for (lang, file) in FILES {
        let rows = rows(lang, file)?.into_iter().enumerate().filter(|(at, _)| !is_dev(*at));
        mix.add(&format!("authored.{lang}"), rows.map(|(_, row)| (row.text, row.goal)).collect(), FACTOR);
    }
    for (lang, file) in LINES {
        let felt = |row: Authored| {
            let mut goal = Goal::new();
            goal.all(&Emotion::ALL, |emotion| row.goal.yes >> emotion.column() & 1 == 1);
            (row.text, goal)
        };
        mix.add(&format!("authored lines.{lang}"), rows(lang, file)?.into_iter().map(felt).collect(), FACTOR);
    }
    for (lang, file) in phrases::FILES {
        let rows = phrases::rows(lang, file)?.into_iter().map(|phrase| (phrase.goal(), phrase.text));
        mix.add(&format!("authored phrases.{lang}"), rows.map(|(goal, text)| (text, goal)).collect(), PHRASE_FACTOR);
    }
    Ok(())
}
