//! What is wrong or doubtful about detectors, with the place.

use serde::Serialize;

use super::{Detector, Detectors};
use crate::privacy::phrases::{Folded, Phrases};
use crate::text::Normalized;

/// Characters told apart that a shape without check digit and context words should have; see `Shape::weight`.
const ENOUGH: usize = 6;

/// What was found; stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// An example that must match does not.
    ExampleMissed,
    /// An example that must not match does.
    ExampleMatched,
    /// A shape that many other things have, without a check digit or context words; or a very short phrase.
    Broad,
    /// A phrase of an earlier detector: it counts for that one only.
    Shadowed,
    /// Context words or a check digit without shapes: phrases need none.
    Unused,
    /// No example that must match.
    NoExample,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `error` for examples that fail, `warning` for what is probably a mistake, `note` for the rest.
    pub severity: &'static str,
    pub code: Code,
    /// As `detectors[3].shapes[1]`.
    pub path: String,
}

impl Detectors {
    /// Findings by place. `O(bytes)`: each example is read once, by its own detector.
    pub fn lint(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut earlier: Vec<String> = Vec::new();
        for (at, one) in self.all.iter().enumerate() {
            let mut add = |severity, code, place: String| {
                findings.push(Finding { severity, code, path: format!("detectors[{at}]{place}") });
            };
            for (i, phrase) in one.listed.iter().enumerate() {
                let folded = Folded::new(Normalized::new(phrase).text()).text;
                if folded.is_ascii() && folded.len() < 3 {
                    add("warning", Code::Broad, format!(".phrases[{i}]"));
                }
                if Phrases::new(earlier.iter().map(|one| (one.as_str(), 0))).is_listed(phrase) {
                    add("warning", Code::Shadowed, format!(".phrases[{i}]"));
                }
            }
            for (i, shape) in one.shapes.iter().enumerate() {
                if one.checksum.is_none() && one.context.is_empty() && shape.weight() < ENOUGH {
                    add("warning", Code::Broad, format!(".shapes[{i}]"));
                }
            }
            if one.shapes.is_empty() && (one.checksum.is_some() || !one.context.is_empty()) {
                let key = if one.checksum.is_some() { ".checksum" } else { ".context" };
                add("warning", Code::Unused, key.into());
            }
            for (i, example) in one.matches.iter().enumerate() {
                if !one.finds(example) {
                    add("error", Code::ExampleMissed, format!(".examples.match[{i}]"));
                }
            }
            for (i, example) in one.misses.iter().enumerate() {
                if one.finds(example) {
                    add("error", Code::ExampleMatched, format!(".examples.miss[{i}]"));
                }
            }
            if one.matches.is_empty() {
                add("note", Code::NoExample, String::new());
            }
            earlier.extend(one.listed.iter().cloned());
        }
        findings
    }
}

impl Detector {
    fn finds(&self, text: &str) -> bool {
        let normal = Normalized::new(text);
        let mut hits = Vec::new();
        let alone = Detectors::new(vec![self.clone()]);
        alone.find(normal.text(), &Folded::new(normal.text()), &mut hits);
        !hits.is_empty()
    }
}
