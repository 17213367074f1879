//! One head in detail, for a person who reads on their own machine: tables, confusions, worst errors.
//!
//! The errors hold texts of the dev sets. They go to standard output and nowhere else.

use std::path::Path;

use hearken::analysis::{Language, SentimentLabel};
use hearken::model::{Head as ModelHead, Model};
use hearken::{AnalyzeOptions, Engine};

use super::read::{self, Part, Sample};
use super::tables::{By, any_of, columns, labels, one_of, per_label};
use super::tally::Confusion;
use super::{Head, answered, engine};
use crate::meaning::boards::{Board, probabilities};

/// Most labels of a printed matrix; of the others the commonest confusions are listed.
const WIDEST: usize = 24;
/// Confusions listed.
const PAIRS: usize = 20;

/// Prints the tables of one head and its worst errors.
///
/// # Errors
/// Names the set that cannot be read, or says what is wrong with the pack.
pub fn show(dir: &Path, pack: &[u8], head: Head, errors: usize) -> Result<(), String> {
    let engine = engine(pack)?;
    println!("model {}\n* no row of this set's train part was used\n", engine.model_version());
    match head {
        Head::Sentiment => {
            let names = SentimentLabel::ALL.map(|label| label.slug().to_string());
            one("sentiment", &read::sentiment(&engine, dir)?, &names, errors);
        }
        Head::Intent => one("intent", &read::intent(&engine, &answered(&engine, dir)?)?, &read::intents(), errors),
        Head::Language => {
            let (parts, codes) = read::language(&engine, dir)?;
            one("language", &parts, &codes, errors);
        }
        // Measured apart: see `topics`.
        Head::Topics => {}
        Head::Emotions | Head::Acts | Head::Safety | Head::Flags => {
            several(head.name(), &engine, pack, &answered(&engine, dir)?, errors)?;
        }
    }
    Ok(())
}

fn one(head: &'static str, parts: &[Part], names: &[String], errors: usize) {
    let tables: &[By] = if head == "language" { &[By::Set, By::Length] } else { &[By::Set, By::Language, By::Length] };
    tables.iter().for_each(|by| one_of(head, parts, names.len(), *by).print());
    let (confusion, _) = Part::score(parts.iter().flat_map(|part| &part.samples), names.len());
    print_confusion(&confusion, names);
    for line in worst_of_one(parts, names, errors) {
        println!("{line}");
    }
}

/// Rows are what a person says, columns what the engine says.
fn print_confusion(confusion: &Confusion, names: &[String]) {
    let truths = |label: usize| confusion.counts[label].iter().sum::<usize>();
    if names.len() <= WIDEST {
        let width = names.iter().map(String::len).max().unwrap_or(0).max(22);
        let numbers: String = (0..names.len()).map(|at| format!(" {at:>6}")).collect();
        println!("{:<w$}{numbers}", "person says \\ engine says", w = width + 4);
        for (at, name) in names.iter().enumerate() {
            let counts: String = confusion.counts[at].iter().map(|count| format!(" {count:>6}")).collect();
            println!("{at:>2}  {name:<width$}{counts}");
        }
        println!();
    }
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (truth, row) in confusion.counts.iter().enumerate() {
        let wrong = row.iter().enumerate().filter(|(answer, count)| *answer != truth && **count > 0);
        pairs.extend(wrong.map(|(answer, count)| (*count, truth, answer)));
    }
    pairs.sort_by_key(|(count, truth, answer)| (std::cmp::Reverse(*count), *truth, *answer));
    println!("commonest confusions (person -> engine, texts, of all the person gave the label)");
    for (count, truth, answer) in pairs.into_iter().take(PAIRS) {
        println!("{:<20} -> {:<20} {count:>6} of {}", names[truth], names[answer], truths(truth));
    }
    println!();
}

/// The wrong answers of highest confidence.
fn worst_of_one(parts: &[Part], names: &[String], most: usize) -> Vec<String> {
    let mut wrong: Vec<(&str, &Sample)> = Vec::new();
    for part in parts {
        wrong.extend(part.samples.iter().filter(|one| one.truth != one.answer).map(|one| (part.name.as_str(), one)));
    }
    wrong.sort_by(|(_, a), (_, b)| b.confidence.total_cmp(&a.confidence));
    let line = |(set, one): &(&str, &Sample)| {
        format!("{:.4}  {} -> {}  [{set}]  {}", one.confidence, names[one.truth], names[one.answer], shown(&one.text))
    };
    wrong.iter().take(most).map(line).collect()
}

fn several(head: &'static str, engine: &Engine, pack: &[u8], boards: &[Board], errors: usize) -> Result<(), String> {
    [By::Set, By::Language, By::Length].into_iter().for_each(|by| any_of(head, boards, by).print());
    per_label(head, boards).print();
    if errors > 0 {
        println!(
            "probability of the model, threshold, what is wrong; \"by rule\" where a phrase or the context decided"
        );
        worst_of_several(head, engine, pack, boards, errors)?.iter().for_each(|line| println!("{line}"));
    }
    Ok(())
}

/// Labels said or missed wrongly, those furthest over or under their threshold first.
fn worst_of_several(
    head: &'static str,
    engine: &Engine,
    pack: &[u8],
    boards: &[Board],
    most: usize,
) -> Result<Vec<String>, String> {
    let model = Model::from_bytes(pack).map_err(|error| error.to_string())?;
    let head_of = model.head(head).ok_or_else(|| format!("the model has no head {head}"))?;
    let (columns, names) = (columns(head), labels(head));
    let mut probability = probabilities(&model);
    let options = AnalyzeOptions { pii: false, spans: false, ..AnalyzeOptions::default() };
    let mut wrong: Vec<(f32, String)> = Vec::new();
    for board in boards {
        for case in &board.cases {
            let is_wrong = |column: &usize| {
                case.goal.known >> column & 1 == 1 && (case.goal.yes >> column & 1 == 1) != (case.p[*column] >= 0.5)
            };
            if !(columns.from..columns.to).any(|column| is_wrong(&column)) {
                continue;
            }
            let analysis = engine.analyze(&case.text, &options).map_err(|error| error.to_string())?;
            let limits = strict(head_of, &analysis.language);
            let p = probability(&case.text);
            for column in (columns.from..columns.to).filter(is_wrong) {
                let (p, limit) = (p[column], limits[column - columns.from]);
                let said = case.p[column] >= 0.5;
                let what = if said { "said wrongly" } else { "missed" };
                let rule = if said == (p >= limit) { "" } else { ", by rule" };
                let name = names[column - columns.from];
                let line =
                    format!("{p:.4} of {limit:.2}  {name} {what}{rule}  [{}]  {}", board.name, shown(&case.text));
                wrong.push(((p - limit).abs(), line));
            }
        }
    }
    wrong.sort_by(|(a, one), (b, two)| b.total_cmp(a).then_with(|| one.cmp(two)));
    Ok(wrong.into_iter().take(most).map(|(_, line)| line).collect())
}

/// The thresholds the engine applies: where the language is a guess among those of the Latin
/// script, the highest of all sets.
fn strict(head: &ModelHead, language: &Language) -> Vec<f32> {
    let mut limits = head.limits(&language.code).to_vec();
    if !language.reliable && language.script == "Latn" {
        for set in &head.thresholds {
            limits.iter_mut().zip(&set.values).for_each(|(limit, other)| *limit = limit.max(*other));
        }
    }
    limits
}

/// A text for the terminal: at most 300 characters, control and invisible characters escaped.
fn shown(text: &str) -> String {
    let escaped = |c: char| {
        let hidden =
            c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if hidden { c.escape_unicode().to_string() } else { c.to_string() }
    };
    let mut out: String = text.chars().take(300).map(escaped).collect();
    if text.chars().count() > 300 {
        out.push_str(" ...");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_errors_come_first_and_right_answers_never() {
        let sample = |truth, answer, confidence, text: &str| Sample {
            text: text.to_string(),
            truth,
            answer,
            confidence,
            shown: Vec::new(),
        };
        let samples =
            vec![sample(0, 0, 0.99, "right"), sample(0, 1, 0.6, "unsure"), sample(1, 0, 0.9, "sure\u{1b}[2J")];
        let parts = [Part { name: "made/set.en".to_string(), three: true, samples }];
        let lines = worst_of_one(&parts, &["no".to_string(), "yes".to_string()], 5);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "0.9000  yes -> no  [made/set.en]  sure\\u{1b}[2J");
        assert!(lines[1].ends_with("unsure"));
        assert_eq!(worst_of_one(&parts, &["no".to_string(), "yes".to_string()], 1).len(), 1);
    }

    #[test]
    fn heads_are_known_by_name() {
        assert!(Head::ALL.into_iter().all(|head| Head::from_name(head.name()) == Ok(head)));
        assert!(Head::from_name("mood").is_err_and(|what| what.contains("sentiment")));
    }
}
