//! The file of a classifier, and a reader that trusts nothing.
//!
//! All numbers are little-endian. Strings are one length byte and UTF-8.
//!
//! ```text
//! 0   "HKCL"            4   format (u16) = 1      6   zero (u16)
//! 8   file length (u32) 12  FNV-1a 64 of all bytes from 20 on (u64)
//! 20  version of the model it was learned with (string)
//!     examples (u32)  held out (u32)  folds (u8)  accuracy (f32)  macro F1 (f32)
//!     labels (u8), the labels, rising
//!     number of the label for none (u8), 255 for no such label; threshold (f32); temperature (f32)
//!     labels biases (f32), labels scales (f32)
//!     width of the model's vectors (u16), width x labels weights (f32)
//!     features (u32), their names: rising, as LEB128 differences; their weights (u8)
//!     per feature: one presence bit a label, then one code (i8, not 0) a label present
//! ```

use super::bag::KEY_BITS;
use super::classifier::{Classifier, Parts};
use super::examples::{MAX_LABEL_BYTES, MAX_LABELS};
use super::vocabulary::{MAX_CELLS, MAX_FEATURES};
use crate::bytes::{FRAME, Reader, checksum, varint};
use crate::error::{Error, Result};
use crate::limits::MAX_EXAMPLES;
use serde::Serialize;

/// First bytes of every classifier file.
pub const MAGIC: [u8; 4] = *b"HKCL";
/// The format this reader knows.
pub const FORMAT: u16 = 1;
/// Where the checked part begins.
pub const PAYLOAD: usize = FRAME;
/// Number that stands for no label.
const NO_LABEL: u8 = 255;
/// Keeps every product of weights inside an `f32`.
const MAX_WEIGHT: f32 = 1e6;
const MIN_TEMPERATURE: f32 = 1e-3;
const MAX_WIDTH: usize = 1024;

/// What a classifier was learned from, and how well.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Examples without repeats.
    pub examples: u32,
    /// Texts the quality was measured on.
    #[serde(rename = "heldOut")]
    pub held_out: u32,
    pub folds: u8,
    pub accuracy: f32,
    #[serde(rename = "macroF1")]
    pub macro_f1: f32,
}

impl Classifier {
    /// The classifier as a file. The same classifier gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.extend([0; 14]);
        string(&mut out, &self.model);
        let Summary { examples, held_out, folds, accuracy, macro_f1 } = self.summary;
        out.extend(examples.to_le_bytes());
        out.extend(held_out.to_le_bytes());
        out.push(folds);
        floats(&mut out, &[accuracy, macro_f1]);
        out.push(self.labels.len() as u8);
        self.labels.iter().for_each(|label| string(&mut out, label));
        out.push(self.none.map_or(NO_LABEL, |label| label as u8));
        floats(&mut out, &[self.threshold, self.temperature]);
        floats(&mut out, &self.bias);
        floats(&mut out, &self.scale);
        let labels = self.labels.len();
        out.extend(((self.dense.len() / labels) as u16).to_le_bytes());
        floats(&mut out, &self.dense);
        out.extend((self.keys.len() as u32).to_le_bytes());
        let mut previous = 0;
        for key in &self.keys {
            varint(&mut out, key - previous);
            previous = *key;
        }
        out.extend(&self.units);
        for row in self.codes.chunks_exact((self.codes.len() / self.keys.len().max(1)).max(1)) {
            let row = &row.as_flattened()[..labels];
            out.extend(
                row.chunks(8).map(|codes| {
                    codes.iter().enumerate().fold(0u8, |bits, (at, code)| bits | u8::from(*code != 0) << at)
                }),
            );
            out.extend(row.iter().filter(|code| **code != 0).map(|code| *code as u8));
        }
        let length = out.len() as u32;
        let sum = checksum(&out[PAYLOAD..]);
        out[8..12].copy_from_slice(&length.to_le_bytes());
        out[12..PAYLOAD].copy_from_slice(&sum.to_le_bytes());
        out
    }

    /// Reads and checks a file. `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Classifier`] with the byte offset at which the file stops making sense.
    pub fn from_bytes(bytes: &[u8]) -> Result<Classifier> {
        let other = "this is not a classifier file";
        let mut reader = Reader::framed(bytes, MAGIC, FORMAT, other, |at, what| Error::Classifier { at, what })?;
        let model = reader.string()?;
        let summary = summary(&mut reader)?;
        let labels = labels(&mut reader)?;
        let none = match reader.u8()? {
            NO_LABEL => None,
            label if usize::from(label) < labels.len() => Some(label.into()),
            _ => return Err(reader.refuse("the label for none is not there")),
        };
        let threshold = reader.between(0.0, 1.0)?;
        let temperature = reader.between(MIN_TEMPERATURE, MAX_WEIGHT)?;
        let bias = reader.floats(labels.len(), MAX_WEIGHT)?;
        let scale = reader.floats(labels.len(), MAX_WEIGHT)?;
        let width = reader.u16()? as usize;
        if width > MAX_WIDTH {
            return Err(reader.refuse("width out of range"));
        }
        let dense = reader.floats(width * labels.len(), MAX_WEIGHT)?;
        let features = reader.u32()? as usize;
        if features > MAX_FEATURES || features * labels.len() > MAX_CELLS {
            return Err(reader.refuse("more features than a classifier may have"));
        }
        let keys = keys(&mut reader, features)?;
        let units = reader.take(features)?.to_vec();
        if units.contains(&0) {
            return Err(reader.refuse("a feature weighs nothing"));
        }
        let codes = codes(&mut reader, features, labels.len())?;
        if reader.at() != reader.len() {
            return Err(reader.refuse("bytes left over behind the last feature"));
        }
        Ok(Classifier::new(Parts {
            model,
            labels,
            none,
            threshold,
            temperature,
            bias,
            dense,
            scale,
            keys,
            units,
            codes,
            summary,
        }))
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.push(text.len() as u8);
    out.extend(text.as_bytes());
}

fn floats(out: &mut Vec<u8>, values: &[f32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn summary(reader: &mut Reader) -> Result<Summary> {
    let (examples, held_out) = (reader.u32()?, reader.u32()?);
    if examples as usize > MAX_EXAMPLES || held_out > examples {
        return Err(reader.refuse("number of examples out of range"));
    }
    let folds = reader.u8()?;
    Ok(Summary { examples, held_out, folds, accuracy: reader.between(0.0, 1.0)?, macro_f1: reader.between(0.0, 1.0)? })
}

fn labels(reader: &mut Reader) -> Result<Vec<String>> {
    let count = reader.u8()? as usize;
    if !(2..=MAX_LABELS).contains(&count) {
        return Err(reader.refuse("number of labels out of range"));
    }
    let mut labels: Vec<String> = Vec::new();
    for _ in 0..count {
        let label = reader.string()?;
        if !(1..=MAX_LABEL_BYTES).contains(&label.len()) {
            return Err(reader.refuse("length of a label out of range"));
        }
        if labels.last().is_some_and(|last| *last >= label) {
            return Err(reader.refuse("labels do not rise"));
        }
        labels.push(label);
    }
    Ok(labels)
}

fn keys(reader: &mut Reader, count: usize) -> Result<Vec<u64>> {
    let mut keys: Vec<u64> = Vec::new();
    let mut key = 0u64;
    for _ in 0..count {
        let difference = reader.varint(KEY_BITS.next_multiple_of(7))?;
        key += difference;
        if key >> KEY_BITS != 0 || (difference == 0 && !keys.is_empty()) {
            return Err(reader.refuse("names do not rise or leave their range"));
        }
        keys.push(key);
    }
    Ok(keys)
}

fn codes(reader: &mut Reader, features: usize, labels: usize) -> Result<Vec<i8>> {
    let mut codes = Vec::new();
    for _ in 0..features {
        let bits = reader.take(labels.div_ceil(8))?;
        let present = |at: usize| bits[at / 8] >> (at % 8) & 1 == 1;
        if (labels..bits.len() * 8).any(present) {
            return Err(reader.refuse("a label that is not there is marked present"));
        }
        for label in 0..labels {
            let code = if present(label) { reader.u8()? as i8 } else { 0 };
            if present(label) && (code == 0 || code == i8::MIN) {
                return Err(reader.refuse("a weight is out of range"));
            }
            codes.push(code);
        }
    }
    Ok(codes)
}
