//! Detectors of the caller's own, as JSON: phrases and shapes, with a check digit and words that must stand near.
//! `docs/privacy.md` has the format.

mod checksum;
mod lint;
mod parse;
mod shape;

use super::phrases::{Folded, Phrases};
use super::redact::{Hit, Kind};
use crate::span::Span;
use checksum::Checksum;
pub use lint::{Code, Finding};
use shape::Shape;

/// Most detectors in one file.
pub const MAX_DETECTORS: usize = 64;
/// Most shapes of all detectors together.
pub const MAX_SHAPES: usize = 128;
/// Largest file, in bytes.
pub const MAX_DETECTOR_BYTES: usize = 1024 * 1024;

/// How sure a find is, as a rank: a listed phrase, a shape whose check digit holds, with a context word, alone.
const LISTED: f64 = 1.0;
const CHECKED: f64 = 0.95;
const IN_CONTEXT: f64 = 0.8;
const ALONE: f64 = 0.6;

/// Detectors, checked and ready. Finds cost `O(bytes)` for each detector with context words, and for each shape
/// `O(bytes * length of the shape)` at worst.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detectors {
    all: Vec<Detector>,
    /// Phrases of all detectors, numbered by detector.
    phrases: Phrases,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detector {
    id: String,
    label: String,
    shapes: Vec<Shape>,
    listed: Vec<String>,
    checksum: Option<Checksum>,
    context: Phrases,
    /// How far a context word may be, in characters.
    within: usize,
    matches: Vec<String>,
    misses: Vec<String>,
}

impl Detectors {
    pub(super) const NONE: Detectors = Detectors { all: Vec::new(), phrases: Phrases::NONE };

    fn new(all: Vec<Detector>) -> Detectors {
        let numbered = |(at, one): (usize, &'_ Detector)| {
            one.listed.iter().map(move |phrase| (phrase.clone(), at as u32)).collect::<Vec<_>>()
        };
        let phrases: Vec<(String, u32)> = all.iter().enumerate().flat_map(numbered).collect();
        let phrases = Phrases::new(phrases.iter().map(|(phrase, at)| (phrase.as_str(), *at)));
        Detectors { all, phrases }
    }

    /// The ids, in the order of the file; they stand as `type` in results.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|one| one.id.as_str())
    }

    pub(super) fn id(&self, at: u16) -> &str {
        self.all.get(usize::from(at)).map_or("", |one| &one.id)
    }

    pub(super) fn label(&self, at: u16) -> &str {
        self.all.get(usize::from(at)).map_or("", |one| &one.label)
    }

    pub(super) fn is_label(&self, name: &str) -> bool {
        self.all.iter().any(|one| one.label == name)
    }

    /// Adds what is found in `text`, which is `folded` before folding; spans are its bytes.
    pub(super) fn find(&self, text: &str, folded: &Folded, hits: &mut Vec<Hit>) {
        self.phrases.find(folded, |span, at| {
            hits.push(Hit::own(Kind::Custom(at as u16), folded.source(text, span), LISTED, false));
        });
        for (at, detector) in self.all.iter().enumerate() {
            let mut near = Vec::new();
            if !detector.context.is_empty() {
                detector.context.find(folded, |span, _| near.push(folded.source(text, span)));
                if near.is_empty() {
                    continue;
                }
            }
            for shape in &detector.shapes {
                shape.find(text, |span| {
                    let value = &text[span.start..span.end];
                    let checked = match &detector.checksum {
                        Some(checksum) if !checksum.holds(value) => return,
                        checksum => checksum.is_some(),
                    };
                    if !detector.context.is_empty() && !is_near(text, span, &near, detector.within) {
                        return;
                    }
                    let certainty = match (checked, near.is_empty()) {
                        (true, _) => CHECKED,
                        (false, false) => IN_CONTEXT,
                        (false, true) => ALONE,
                    };
                    hits.push(Hit::own(Kind::Custom(at as u16), span, certainty, checked));
                });
            }
        }
    }
}

/// True when one of `words` (sorted) stands at most `within` characters before or behind `span`, or in it.
fn is_near(text: &str, span: Span, words: &[Span], within: usize) -> bool {
    let next = words.partition_point(|word| word.start < span.start);
    let near = |from: usize, to: usize| from >= to || text[from..to].chars().nth(within).is_none();
    next.checked_sub(1).is_some_and(|last| near(words[last].end, span.start))
        || words.get(next).is_some_and(|word| near(span.end, word.start))
}
