//! Golden rows: the expectations of `tests/golden/*.toml`, run natively.
//!
//! Also writes `target/golden/rows.json`: every row with its expectations and the native results,
//! which the package, the worker and the page must equal value for value.

use std::path::Path;

use hearken::privacy::{self, RedactOptions};
use hearken::{AnalyzeOptions, Engine, Message, triage};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct File {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    text: String,
    #[allow(dead_code)]
    note: Option<String>,
    /// Sarcasm and the like: counted, but free to fail.
    #[serde(default)]
    hard: bool,
    /// Fields this row gets wrong today. A listed field must fail: mend the row's mark when it holds.
    #[serde(default)]
    known_failures: Vec<String>,
    message: Option<toml::Table>,
    expect: Expect,
}

#[derive(Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentiment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meaningful: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pii: Option<Vec<Found>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redacted: Option<String>,
}

#[derive(Deserialize, serde::Serialize, PartialEq, Debug)]
struct Found {
    r#type: String,
    text: String,
}

fn rows() -> Vec<Row> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let toml = |path: &Path| path.extension().is_some_and(|extension| extension == "toml");
    let mut rows = Vec::new();
    for path in paths.iter().filter(|path| toml(path)) {
        let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        rows.extend(file.row);
    }
    rows
}

/// The results of one row with spans in UTF-16, as every runtime must give them.
fn native(engine: &Engine, row: &Row) -> Value {
    let options = AnalyzeOptions { sentences: true, ..AnalyzeOptions::default() };
    let mut analysis = engine.analyze(&row.text, &options).unwrap();
    analysis.to_utf16(&row.text);
    let mut redaction = privacy::redact(&row.text, &RedactOptions::default()).unwrap();
    redaction.to_utf16(&row.text);
    let message = Message::from_value(message(row)).unwrap();
    let mut decision = engine.triage(&message, triage::default_policy(), &AnalyzeOptions::default()).unwrap();
    decision.to_utf16(&row.text);
    json!({"analysis": analysis, "redaction": redaction, "decision": decision})
}

fn message(row: &Row) -> Value {
    let mut message = serde_json::to_value(row.message.clone().unwrap_or_default()).unwrap();
    message["text"] = row.text.clone().into();
    message
}

/// What differs from the expectations: field, and what is wrong.
fn differences(row: &Row, native: &Value) -> Vec<(&'static str, String)> {
    let analysis = &native["analysis"];
    let mut found = Vec::new();
    let mut compare = |field: &'static str, expected: Value, actual: Value| {
        if expected != actual {
            found.push((field, format!("expected {expected}, got {actual}")));
        }
    };
    let expect = &row.expect;
    if let Some(code) = &expect.language {
        compare("language", json!(code), analysis["language"]["code"].clone());
    }
    if let Some(label) = &expect.sentiment {
        compare("sentiment", json!(label), analysis["sentiment"]["label"].clone());
    }
    if let Some(acts) = &expect.acts {
        compare("acts", json!(acts), analysis["acts"].clone());
    }
    if let Some(meaningful) = expect.meaningful {
        compare("meaningful", json!(meaningful), analysis["meaningful"].clone());
    }
    if let Some(action) = &expect.action {
        compare("action", json!(action), native["decision"]["action"].clone());
    }
    if let Some(redacted) = &expect.redacted {
        compare("redacted", json!(redacted), native["redaction"]["text"].clone());
    }
    if let Some(pii) = &expect.pii {
        let units: Vec<u16> = row.text.encode_utf16().collect();
        let at = |span: &Value, i: usize| span[i].as_u64().unwrap() as usize;
        let actual: Vec<Found> = analysis["pii"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pii| Found {
                r#type: pii["type"].as_str().unwrap().into(),
                text: String::from_utf16_lossy(&units[at(&pii["span"], 0)..at(&pii["span"], 1)]),
            })
            .collect();
        compare("pii", json!(pii), json!(actual));
    }
    found
}

#[test]
fn golden_rows_hold_and_are_written_for_the_other_runtimes() {
    let engine = Engine::new().unwrap();
    let rows = rows();
    assert!(rows.len() >= 200, "{} rows", rows.len());
    let mut out = Vec::new();
    let mut failed = Vec::new();
    let (mut hard, mut hard_right, mut known) = (0, 0, 0);
    let mut ids = std::collections::HashSet::new();
    for row in &rows {
        assert!(ids.insert(&row.id), "{} occurs twice", row.id);
        let native = native(&engine, row);
        let differences = differences(row, &native);
        hard += usize::from(row.hard);
        hard_right += usize::from(row.hard && differences.is_empty());
        known += row.known_failures.len();
        if !row.hard {
            let unknown =
                differences.iter().filter(|(field, _)| !row.known_failures.iter().any(|known| known == field));
            failed.extend(unknown.map(|(field, what)| format!("{} {field}: {what}", row.id)));
            let mended = row.known_failures.iter().filter(|known| !differences.iter().any(|(field, _)| known == field));
            failed.extend(mended.map(|field| format!("{} {field}: holds now, take it off known_failures", row.id)));
        }
        out.push(json!({
            "id": row.id, "text": row.text, "message": message(row), "hard": row.hard,
            "knownFailures": row.known_failures,
            "expect": row.expect, "native": native,
        }));
    }
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/golden");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("rows.json"), serde_json::to_string(&out).unwrap()).unwrap();
    println!("{} golden rows; {hard} hard, of which {hard_right} are right today; {known} known failures", rows.len());
    assert!(known * 20 <= rows.len(), "{known} known failures are more than one row in twenty");
    assert!(failed.is_empty(), "{} expectations fail:\n{}", failed.len(), failed.join("\n"));
}
