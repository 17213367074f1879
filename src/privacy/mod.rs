//! Finds personal data and takes it out.
//!
//! Detectors look for structures that can be validated (check digits, number plans, host names),
//! on the normalised text, so that zero-width characters or full-width digits hide nothing; every
//! span points into the original. It finds patterns at the published rate and is no guarantee.

mod address;
mod anchors;
mod card;
mod check;
mod crypto;
mod csv;
mod cues;
pub mod data_use;
mod dates;
pub mod detectors;
mod disguise;
mod email;
mod fields;
mod handle;
mod iban;
mod ids;
mod inline;
mod ip;
mod json;
mod kinds;
mod labelled;
mod location;
mod mac;
mod mixed;
mod mode;
mod near;
mod numbers;
mod options;
mod overlap;
mod person;
mod phone;
mod phrases;
mod postcode;
pub mod rank;
mod records;
mod redact;
mod secrets;
mod session;
mod stream;
mod token;
mod url_token;
mod words;

use serde::Serialize;

use crate::limits;
use crate::span::Span;
use crate::text::Normalized;
use anchors::{Anchors, Runs};
use near::Part;

pub use detectors::Detectors;
pub use fields::{DataClass, FieldClass, classify_field};
pub use kinds::{PiiType, VARIETIES};
pub use mode::Mode;
pub use options::{Counts, RedactOptions, Redaction, Removed};
pub use records::{FieldCount, FieldRule, FieldRules, MAX_DEPTH, RecordRedaction, record_options};
pub(crate) use redact::settle;
pub use redact::{Redactor, redact, redact_spans};
pub use session::{Key, MAX_PSEUDONYMS, Session, VaultEntry, restore};
pub use stream::{Stream, StreamState};

/// One piece of personal data found. The value itself is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pii {
    #[serde(rename = "type")]
    pub kind: PiiType,
    pub span: Span,
    /// Rank in 0..=1: how sure the structure makes it; the values are in [`rank`]. Not a
    /// probability.
    pub certainty: f64,
    /// True when a check digit or registry rule was tested and held.
    pub validated: bool,
    /// Which number or credential within the type, one of [`VARIETIES`]: `pl_pesel`, `jwt`.
    #[serde(rename = "kind", skip_serializing_if = "Option::is_none")]
    pub variety: Option<&'static str>,
}

impl Pii {
    fn new(kind: PiiType, span: Span, certainty: f64) -> Pii {
        Pii { kind, span, certainty, validated: false, variety: None }
    }

    fn validated(self) -> Pii {
        Pii { validated: true, ..self }
    }
}

/// Finds the personal data of the kinds in `types`.
///
/// Spans are bytes of the original text, sorted, apart from each other, at most
/// [`limits::MAX_SPANS`] (the first ones in the text). Empty text or no kinds give an empty list.
/// The normal form is read and, where markup or invisible characters were taken out of it, the text
/// with them too: the first shows what zero-width characters hide, the second what stands inside tags.
/// Where inline tags were taken out, the text is also read as if they had not been there.
/// `O(bytes)`; text without digits, `@`, `:` and `=` costs one vectorised pass.
pub fn detect(normal: &Normalized, types: &[PiiType]) -> Vec<Pii> {
    let mut found = find_all(normal, types);
    found.truncate(limits::MAX_SPANS);
    found
}

/// [`detect`] without the limit on the number of spans.
fn find_all(normal: &Normalized, types: &[PiiType]) -> Vec<Pii> {
    let text = normal.text();
    let seen = anchors::present(text.as_bytes());
    let mut found = scan(text, seen, types);
    if let Some(reading) = disguise::reveal(text, seen) {
        let near = reading.changed().and_then(|changed| near::parts(&reading.text, changed));
        let again = read_near(&reading.text, near, types);
        found.extend(again.into_iter().map(|pii| Pii { span: reading.to_old(pii.span), ..pii }));
    }
    if seen.has(Anchors::BREAK) {
        found.extend(disguise::across(text, &|text| read(text, types)));
    }
    for pii in &mut found {
        pii.span = overlap::widen(normal.original(), normal.to_original(pii.span));
    }
    if normal.is_stripped() {
        let written = Normalized::as_written(normal.original());
        let near = near::parts(written.text(), normal.stripped()).filter(|_| !written.is_composed());
        let again = read_near(written.text(), near, types);
        found.extend(again.into_iter().map(|pii| Pii { span: written.to_original(pii.span), ..pii }));
    }
    if let Some(joined) = inline::Joined::new(normal) {
        found.extend(
            read(joined.text(), types).into_iter().map(|pii| Pii { span: joined.to_original(pii.span), ..pii }),
        );
    }
    if found.is_empty() { found } else { overlap::resolve(found) }
}

/// What the detectors see in one text, in any order, overlaps not yet settled.
fn read(text: &str, types: &[PiiType]) -> Vec<Pii> {
    scan(text, anchors::present(text.as_bytes()), types)
}

/// [`read`], of the parts that are given.
fn read_near(text: &str, parts: Option<Vec<Part>>, types: &[PiiType]) -> Vec<Pii> {
    let Some(parts) = parts else { return read(text, types) };
    let mut found = Vec::new();
    for part in parts {
        for pii in read(&text[part.read.start..part.read.end], types) {
            match part.place(pii.span) {
                Ok(Some(span)) => found.push(Pii { span, ..pii }),
                Ok(None) => {}
                Err(near::Whole) => return read(text, types),
            }
        }
    }
    found
}

/// [`read`] of a text that holds `seen`: each detector runs only where it has something to begin with.
fn scan(text: &str, seen: Anchors, types: &[PiiType]) -> Vec<Pii> {
    let mut found = Vec::new();
    let wants = |kind| types.contains(&kind);
    if seen.has(Anchors::AT) {
        email::find(text, &mut found);
        handle::find(text, &mut found);
    }
    if seen.has(Anchors::COLON | Anchors::WWW) {
        url_token::find(text, &mut found);
    }
    if seen.has(Anchors::COLON) {
        ip::find_v6(text, &mut found);
    }
    if seen.has(Anchors::COLON | Anchors::DIGIT) {
        mac::find(text, &mut found);
    }
    if seen.has(Anchors::KEY) {
        secrets::find_key_ids(text, &mut found);
    }
    if seen.has(Anchors::DASHES) {
        secrets::find_keys(text, &mut found);
    }
    if seen.has(Anchors::DIGIT) {
        let digits = Runs::new(text.as_bytes());
        numbers::find(text, &digits, &mut found);
        mixed::find(text, &digits, &mut found);
        location::decimals(text, &mut found);
        if seen.has(Anchors::DEGREE) {
            location::degrees(text, &mut found);
        }
        // The line above an address is a name.
        if wants(PiiType::Address) || wants(PiiType::Person) {
            address::find(text, &digits, &mut found);
        }
    }
    if wants(PiiType::Person) {
        person::find(text, seen, &mut found);
    }
    // One pass tells the numeric kinds apart, so all of them are looked for.
    found.retain(|pii| types.contains(&pii.kind));
    found
}
