//! Which golden rows the engine gets wrong, and in which fields.

use std::collections::BTreeMap;
use std::path::Path;

use hearken::analysis::{Analysis, Flag};
use hearken::{AnalyzeOptions, Engine};

/// The fields of a golden row that an analysis answers, in the order of the columns.
pub const FIELDS: [&str; 8] =
    ["sentiment", "emotions", "acts", "intent", "safety", "flags", "disposition", "meaningful"];

/// Places of `intent` and `safety` in [`FIELDS`].
const INTENT: usize = 3;
const SAFETY: usize = 4;
/// Most examples shown a language, and their most characters.
const EXAMPLES: usize = 2;
const EXAMPLE_CHARS: usize = 100;
/// Characters that mean something to Markdown: texts with them are not shown.
const MARKS: [char; 9] = ['|', '*', '_', '<', '>', '`', '[', ']', '\\'];

/// One wrong row, short enough to be shown.
pub struct Example {
    pub language: String,
    pub text: String,
    /// Field, what a person says, what the engine says.
    pub wrong: Vec<(&'static str, String, String)>,
}

/// The golden rows counted.
#[derive(Default)]
pub struct Failures {
    pub rows: usize,
    /// Rows with a wrong field.
    pub wrong_rows: usize,
    /// Wrong rows per field, in the order of [`FIELDS`].
    pub fields: [usize; FIELDS.len()],
    /// Rows and wrong rows per language.
    pub languages: BTreeMap<String, (usize, usize)>,
    pub examples: Vec<Example>,
    /// Examples per contact reason.
    shown: BTreeMap<String, usize>,
}

fn said(analysis: &Analysis, field: &str) -> String {
    let list = |slugs: Vec<&str>| if slugs.is_empty() { "-".to_string() } else { slugs.join(",") };
    match field {
        "sentiment" => analysis.sentiment.label.slug().to_string(),
        "emotions" => list(analysis.emotions.iter().map(|present| present.label.slug()).collect()),
        "acts" => list(analysis.acts.iter().map(|act| act.slug()).collect()),
        "intent" => analysis.intent.label.slug().to_string(),
        "safety" => list(analysis.safety.iter().map(|present| present.label.slug()).collect()),
        "flags" => {
            let holds = [analysis.sentiment.mixed, analysis.irony, analysis.broadcast];
            list(Flag::ALL.into_iter().zip(holds).filter(|(_, holds)| *holds).map(|(flag, _)| flag.slug()).collect())
        }
        "disposition" => analysis.disposition.slug().to_string(),
        _ => analysis.meaningful.to_string(),
    }
}

/// Runs the golden rows of the repository through the engine; nothing when there are none.
///
/// # Errors
/// Names the file that cannot be read or lacks a column.
pub fn measure(engine: &Engine) -> Result<Failures, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let mut failures = Failures::default();
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(failures) };
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    for name in names {
        let language = name.strip_prefix("meaning.").and_then(|rest| rest.strip_suffix(".tsv"));
        if let Some(language) = language {
            let file = std::fs::read_to_string(folder.join(&name)).map_err(|error| format!("{name}: {error}"))?;
            read(engine, &mut failures, language, &file).map_err(|what| format!("tests/golden/{name}: {what}"))?;
        }
    }
    Ok(failures)
}

fn read(engine: &Engine, failures: &mut Failures, language: &str, file: &str) -> Result<(), String> {
    let mut lines = file.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|one| *one == name).ok_or_else(|| format!("column {name} missing"));
    let (text, question) = (column("text")?, column("question")?);
    let columns = FIELDS.into_iter().map(column).collect::<Result<Vec<usize>, String>>()?;
    let mut candidates = Vec::new();
    for (at, row) in lines.enumerate() {
        if row.len() != head.len() {
            return Err(format!("line {} has {} cells, not {}", at + 2, row.len(), head.len()));
        }
        let question = Some(row[question]).filter(|cell| *cell != "-").map(str::to_string);
        let options = AnalyzeOptions { pii: false, spans: false, question, ..AnalyzeOptions::default() };
        let analysis = engine.analyze(row[text], &options).map_err(|error| error.to_string())?;
        let mut wrong = Vec::new();
        for (at, field) in FIELDS.into_iter().enumerate() {
            let wanted = row[columns[at]];
            let said = said(&analysis, field);
            if said != wanted {
                failures.fields[at] += 1;
                wrong.push((field, wanted.to_string(), said));
            }
        }
        failures.rows += 1;
        failures.wrong_rows += usize::from(!wrong.is_empty());
        let counts = failures.languages.entry(language.to_string()).or_default();
        *counts = (counts.0 + 1, counts.1 + usize::from(!wrong.is_empty()));
        // Shown are wrong readings that would mislead, not missing shades; no attack is printed.
        let misleads = wrong.iter().any(|(field, _, _)| ["sentiment", "intent", "disposition"].contains(field));
        let plain = row[text].chars().count() <= EXAMPLE_CHARS && !row[text].contains(MARKS);
        if misleads && plain && row[columns[SAFETY]] == "-" {
            let example = Example { language: language.to_string(), text: row[text].to_string(), wrong };
            candidates.push((row[columns[INTENT]].to_string(), example));
        }
    }
    failures.choose(candidates);
    Ok(())
}

impl Failures {
    /// Adds examples of one language: reasons shown least so far first, one with the wrong sentiment if any.
    fn choose(&mut self, mut candidates: Vec<(String, Example)>) {
        for at in 0..EXAMPLES {
            let best = candidates.iter().enumerate().min_by_key(|(place, (intent, example))| {
                let sentiment = example.wrong[0].0 == "sentiment";
                (sentiment != (at == 0), self.shown.get(intent).copied().unwrap_or(0), *place)
            });
            let Some((place, _)) = best else { return };
            let (intent, example) = candidates.remove(place);
            *self.shown.entry(intent).or_default() += 1;
            self.examples.push(example);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_is_counted_and_shown() {
        let engine = Engine::new().unwrap();
        let text = "Thanks, the new kettle is wonderful.";
        let analysis = engine.analyze(text, &AnalyzeOptions::default()).unwrap();
        let mut cells: Vec<String> = FIELDS.map(|field| said(&analysis, field)).to_vec();
        let wrong = if cells[6] == "ignore" { "respond" } else { "ignore" };
        let line = |cells: &[String]| format!("{text}\t-\t{}\n", cells.join("\t"));
        let mut file = format!("text\tquestion\t{}\n{}", FIELDS.join("\t"), line(&cells));
        cells[6] = wrong.to_string();
        file += &line(&cells);
        let mut failures = Failures::default();
        read(&engine, &mut failures, "en", &file).unwrap();
        assert_eq!((failures.rows, failures.wrong_rows, failures.fields[6]), (2, 1, 1));
        assert_eq!(failures.languages["en"], (2, 1));
        assert_eq!(failures.examples[0].wrong[0].1, wrong);
        assert!(read(&engine, &mut failures, "en", "text\tquestion\n").is_err());
    }
}
