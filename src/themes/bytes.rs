//! Themes as bytes, and back with every field checked.
//!
//! ```text
//! "HKTH"  u32 format  u32 capacity  u64 rows  u64 texts  u64 error  u32 phrases
//! per phrase, by rising key: u16 length and key, u64 weight, seen, covered, negative, neutral,
//!   positive, leading, u8 gap, u16 length and phrase, u8 texts, per text u64 hash and row
//! u64 checksum of all before
//! ```
//! Numbers are little-endian. The checksum finds damage, not forgery.

use std::collections::BTreeMap;

use super::mentions::{MAX_SURFACE, PART};
use super::sample::{SAMPLE, Sample};
use super::sketch::{Entry, Sketch, Surface};
use super::{MAX_ID, Themes};
use crate::bytes::{Reader, hash};
use crate::error::{Error, Result};
use crate::keyphrases::Lang;
use crate::limits::MAX_THEME_PHRASES;

const MAGIC: &[u8; 4] = b"HKTH";
const FORMAT: u32 = 1;
/// Longest key, in bytes: a language and three words of the longest phrase.
const MAX_KEY: usize = 4 + 3 * (MAX_SURFACE + 8);
/// Most words a gap may span.
const MAX_GAP: u8 = 8;

pub(super) fn write(themes: &Themes) -> Vec<u8> {
    let sketch = &themes.sketch;
    let mut out = Vec::with_capacity(64 + sketch.entries.len() * 128);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&(sketch.capacity as u32).to_le_bytes());
    for number in [themes.rows, themes.texts, sketch.error] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&(sketch.entries.len() as u32).to_le_bytes());
    for (key, entry) in &sketch.entries {
        text(&mut out, key);
        let [negative, neutral, positive] = entry.sentiment;
        for number in [entry.weight, entry.seen, entry.covered, negative, neutral, positive, entry.roots] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.push(entry.surface.gap);
        text(&mut out, &entry.surface.text);
        out.push(entry.sample.texts().len() as u8);
        for (hash, id) in entry.sample.texts() {
            out.extend_from_slice(&hash.to_le_bytes());
            out.extend_from_slice(&id.to_le_bytes());
        }
    }
    let sum = hash(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u16).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn shown<'b>(reader: &mut Reader<'b>, most: usize) -> Result<&'b str> {
    let len = usize::from(reader.u16()?);
    reader.check(len <= most, "a phrase is too long")?;
    reader.utf8(len)
}

pub(super) fn read(bytes: &[u8]) -> Result<Themes> {
    let mut reader = Reader::new(bytes, |at, what| Error::Themes { at, what });
    let magic = reader.take(MAGIC.len())? == MAGIC;
    reader.check(magic, "these are no themes")?;
    let format = reader.u32()? == FORMAT;
    reader.check(format, "written in a format that is not known")?;
    reader.unseal()?;
    let capacity = reader.u32()? as usize;
    reader.check((16..=MAX_THEME_PHRASES).contains(&capacity), "the capacity is out of range")?;
    let (rows, texts, error) = (reader.u64()?, reader.u64()?, reader.u64()?);
    reader.check(texts <= rows && error <= rows.saturating_mul(128), "the counts contradict one another")?;
    let count = reader.u32()? as usize;
    reader.check(count <= capacity * 2, "there are more phrases than the capacity allows")?;
    let mut entries = BTreeMap::new();
    let mut before = "";
    for _ in 0..count {
        let key = shown(&mut reader, MAX_KEY)?;
        reader.check(key > before && is_key(key), "a key is wrong or out of order")?;
        before = key;
        let entry = entry(&mut reader, texts)?;
        let one_word = key.matches(PART).count() == 1;
        reader.check(entry.roots == 0 || one_word, "a phrase of several words is counted as one")?;
        entries.insert(key.to_owned(), entry);
    }
    reader.check(reader.at() == reader.len(), "something follows the last phrase")?;
    Ok(Themes { rows, texts, sketch: Sketch { capacity, error, entries } })
}

/// A language with a list, and one to three words in the order of the alphabet.
fn is_key(key: &str) -> bool {
    let mut parts = key.split(PART);
    let lang = parts.next().is_some_and(|code| Lang::from_code(code).is_some());
    let words: Vec<&str> = parts.collect();
    let rising = words.windows(2).all(|pair| matches!(pair, [one, next] if one < next));
    lang && (1..=3).contains(&words.len()) && words.iter().all(|word| !word.is_empty()) && rising
}

fn entry(reader: &mut Reader, texts: u64) -> Result<Entry> {
    let (weight, seen, covered) = (reader.u64()?, reader.u64()?, reader.u64()?);
    let sentiment = [reader.u64()?, reader.u64()?, reader.u64()?];
    let roots = reader.u64()?;
    let labelled = sentiment.iter().fold(0u64, |sum, count| sum.saturating_add(*count));
    let fits = (1..=seen).contains(&weight) && covered <= seen && roots <= seen && labelled <= seen && seen <= texts;
    reader.check(fits, "the counts of a phrase contradict one another")?;
    let gap = reader.u8()?;
    reader.check(gap <= MAX_GAP, "the words of a phrase are too far apart")?;
    let shown = shown(reader, MAX_SURFACE)?;
    reader.check(
        !shown.is_empty() && !shown.contains(char::is_control),
        "a phrase is empty or holds control characters",
    )?;
    let surface = Surface { gap, chars: shown.chars().count() as u16, text: shown.to_owned() };
    let count = usize::from(reader.u8()?);
    reader.check((1..=SAMPLE).contains(&count), "a phrase has no or too many examples")?;
    let mut sampled = Vec::with_capacity(count);
    for _ in 0..count {
        let (hash, id) = (reader.u64()?, reader.u64()?);
        reader.check(id <= MAX_ID, "a row number is too large")?;
        sampled.push((hash, id));
    }
    let sample = Sample::from_texts(sampled).ok_or_else(|| reader.refuse("examples are out of order"))?;
    Ok(Entry { weight, seen, covered, sentiment, roots, surface, sample })
}
