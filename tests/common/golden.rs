//! Golden rows of both formats as one, and the writer of their marks.

use std::collections::HashMap;
use std::fs;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::rows::{self, FIELDS};

/// One golden row.
pub struct Row {
    pub id: String,
    /// Language of the file for TSV rows; empty for TOML rows.
    pub language: String,
    pub text: String,
    /// What the row is triaged as; always has `text`.
    pub message: Value,
    pub question: Option<String>,
    /// Sarcasm and the like: counted, but free to fail.
    pub hard: bool,
    /// Fields this row gets wrong today. A listed field must fail: mend the row's mark when it holds.
    pub known: Vec<String>,
    /// What must hold, by field.
    pub expect: Map<String, Value>,
}

#[derive(Deserialize)]
struct File {
    row: Vec<TomlRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlRow {
    id: String,
    text: String,
    #[allow(dead_code)]
    note: Option<String>,
    #[serde(default)]
    hard: bool,
    #[serde(default)]
    known_failures: Vec<String>,
    message: Option<toml::Table>,
    expect: Expect,
}

#[derive(Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    language: Option<String>,
    sentiment: Option<String>,
    acts: Option<Vec<String>>,
    meaningful: Option<bool>,
    action: Option<String>,
    pii: Option<Vec<Found>>,
    redacted: Option<String>,
}

/// A piece of personal data by kind and text.
#[derive(Deserialize, serde::Serialize)]
pub struct Found {
    pub r#type: String,
    pub text: String,
}

fn toml_files() -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(rows::path("golden")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths
}

/// All rows: `tests/golden/*.toml`, then `tests/golden/meaning.*.tsv`.
pub fn all() -> Vec<Row> {
    let mut all = Vec::new();
    for path in toml_files() {
        let file: File = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.extend(file.row.into_iter().map(from_toml));
    }
    for (language, table) in rows::tables("golden", "meaning.") {
        let at: HashMap<&str, usize> = table.columns.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        for row in &table.rows {
            all.push(from_tsv(&language, |name| row[at[name]].as_str()));
        }
    }
    all
}

fn from_toml(row: TomlRow) -> Row {
    let mut message = serde_json::to_value(row.message.unwrap_or_default()).unwrap();
    message["text"] = row.text.clone().into();
    let Value::Object(mut expect) = serde_json::to_value(row.expect).unwrap() else { unreachable!() };
    expect.retain(|_, value| !value.is_null());
    let question = message["question"].as_str().map(str::to_owned);
    let known = row.known_failures;
    Row { id: row.id, language: String::new(), text: row.text, message, question, hard: row.hard, known, expect }
}

fn from_tsv<'t>(language: &str, cell: impl Fn(&str) -> &'t str) -> Row {
    let mut expect = Map::new();
    for field in FIELDS {
        let value = match field {
            "meaningful" => json!(cell(field) == "true"),
            list if rows::is_list(list) => json!(rows::labels(cell(field))),
            one => json!(cell(one)),
        };
        expect.insert(field.to_owned(), value);
    }
    let question = Some(cell("question")).filter(|question| *question != "-").map(str::to_owned);
    let mut message = json!({ "text": cell("text") });
    if let Some(question) = &question {
        message["question"] = question.clone().into();
    }
    Row {
        id: cell("id").to_owned(),
        language: language.to_owned(),
        text: cell("text").to_owned(),
        message,
        question,
        hard: cell("hard") == "true",
        known: rows::labels(cell("known")).into_iter().map(str::to_owned).collect(),
        expect,
    }
}

/// Writes the fields that are wrong today into the files: `known` of TSV rows, `known_failures` of
/// TOML rows that are not hard. `wrong` holds them by id.
pub fn mark_known(wrong: &HashMap<String, Vec<String>>) {
    let none = Vec::new();
    for (_, mut table) in rows::tables("golden", "meaning.") {
        let (id, known) = (table.column("id"), table.column("known"));
        for row in &mut table.rows {
            let fields: Vec<&str> = wrong.get(&row[id]).unwrap_or(&none).iter().map(String::as_str).collect();
            row[known] = rows::cell(&fields);
        }
        fs::write(&table.path, table.text()).unwrap();
    }
    for path in toml_files() {
        let (mut out, mut id, mut hard) = (String::new(), String::new(), false);
        for line in fs::read_to_string(&path).unwrap().lines() {
            if line.starts_with("known_failures = ") {
                continue;
            }
            match line.strip_prefix("id = ") {
                Some(quoted) => (id, hard) = (quoted.trim_matches('"').to_owned(), false),
                None => hard |= line == "hard = true",
            }
            let fields = wrong.get(&id).unwrap_or(&none);
            if line == "[row.expect]" && !fields.is_empty() && !hard {
                out.push_str(&format!("known_failures = {}\n", json!(fields).to_string().replace(',', ", ")));
            }
            out.push_str(line);
            out.push('\n');
        }
        fs::write(&path, out).unwrap();
    }
}
