//! Labelled rows in TSV files, and what an analysis says in the same words.
//!
//! The first line names the columns. `-` is an empty cell; several labels are joined by commas, in
//! the order of the engine's enums.
#![allow(dead_code)] // every test file takes what it needs

use std::path::{Path, PathBuf};

use hearken::Analysis;
use hearken::analysis::{Act, Disposition, Emotion, Flag, Intent, Safety, SentimentLabel};

/// The languages in which every head works.
pub const LANGUAGES: [&str; 10] = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"];

/// The columns that an analysis answers, in the order of the golden files.
pub const FIELDS: [&str; 8] =
    ["sentiment", "emotions", "acts", "intent", "safety", "flags", "disposition", "meaningful"];

/// One TSV file.
pub struct Table {
    pub path: PathBuf,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a file; a row with another number of cells than the first line is an error.
    pub fn read(path: &Path) -> Table {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines();
        let columns = cells(lines.next().unwrap_or_default());
        let rows: Vec<Vec<String>> = lines.map(cells).collect();
        for (i, row) in rows.iter().enumerate() {
            assert_eq!(row.len(), columns.len(), "{}, line {}: number of cells", path.display(), i + 2);
        }
        Table { path: path.to_owned(), columns, rows }
    }

    /// Number of the column with this name.
    pub fn column(&self, name: &str) -> usize {
        let at = self.columns.iter().position(|column| column == name);
        at.unwrap_or_else(|| panic!("{} has no column {name}", self.path.display()))
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let line = |cells: &Vec<String>| format!("{}\n", cells.join("\t"));
        line(&self.columns) + &self.rows.iter().map(line).collect::<String>()
    }
}

/// Path inside `tests/`.
pub fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(inside)
}

/// The tables `<prefix><language>.tsv` of a folder of `tests/`, with their languages, sorted.
pub fn tables(folder: &str, prefix: &str) -> Vec<(String, Table)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(language) = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(".tsv")) {
            found.push((language.to_owned(), Table::read(&path)));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// The labels in a cell.
pub fn labels(cell: &str) -> Vec<&str> {
    if cell == "-" { Vec::new() } else { cell.split(',').collect() }
}

/// A cell that holds these labels.
pub fn cell(labels: &[&str]) -> String {
    if labels.is_empty() { "-".to_owned() } else { labels.join(",") }
}

/// The yes-or-no marks that an analysis carries.
pub fn flags(analysis: &Analysis) -> Vec<Flag> {
    let holds = |flag: &Flag| match flag {
        Flag::Mixed => analysis.sentiment.mixed,
        Flag::Irony => analysis.irony,
        Flag::Broadcast => analysis.broadcast,
    };
    Flag::ALL.into_iter().filter(holds).collect()
}

/// What an analysis says in one of [`FIELDS`], as a cell.
pub fn said(analysis: &Analysis, field: &str) -> String {
    let slugs: Vec<&str> = match field {
        "sentiment" => vec![analysis.sentiment.label.slug()],
        "emotions" => analysis.emotions.iter().map(|emotion| emotion.label.slug()).collect(),
        "acts" => analysis.acts.iter().map(|act| act.slug()).collect(),
        "intent" => vec![analysis.intent.label.slug()],
        "safety" => analysis.safety.iter().map(|label| label.label.slug()).collect(),
        "flags" => flags(analysis).into_iter().map(Flag::slug).collect(),
        "disposition" => vec![analysis.disposition.slug()],
        "meaningful" => return analysis.meaningful.to_string(),
        other => panic!("no field {other}"),
    };
    cell(&slugs)
}

/// The labels a field may have, in order.
pub fn known_labels(field: &str) -> Vec<&'static str> {
    match field {
        "sentiment" => SentimentLabel::ALL.map(SentimentLabel::slug).to_vec(),
        "emotions" => Emotion::ALL.map(Emotion::slug).to_vec(),
        "acts" => Act::ALL.map(Act::slug).to_vec(),
        "intent" => Intent::ALL.map(Intent::slug).to_vec(),
        "safety" => Safety::ALL.map(Safety::slug).to_vec(),
        "flags" => Flag::ALL.map(Flag::slug).to_vec(),
        "disposition" => Disposition::ALL.map(Disposition::slug).to_vec(),
        "meaningful" => vec!["true", "false"],
        other => panic!("no field {other}"),
    }
}

/// True when several labels of the field may hold.
pub fn is_list(field: &str) -> bool {
    matches!(field, "emotions" | "acts" | "safety" | "flags")
}
