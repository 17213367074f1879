//! Rollups as bytes, and back with every field checked.
//!
//! ```text
//! "HKRU"  format  offered refused limit  total  ids with_id undated
//! segments of the seven dimensions, then those by the caller's keys and by periods, with names
//! unanswered  positive and negative comments  u64 checksum of all before
//! ```
//! Numbers are LEB128: seven bits a byte, least significant first. Of counters only those above 0 are written,
//! each after the distance from the one before. The checksum finds damage, not forgery; what is forged is still a
//! rollup within all limits.

use super::counts::{COUNTERS, RATINGS, RECORDS, VALUES, is_unused};
use super::people::{EXACT, Kept, People, from_hashes, from_registers};
use super::period::{Period, Unit};
use super::record::MAX_KEY_BYTES;
use super::rollup::{MAX_OWN_DIMENSIONS, MAX_SEGMENTS, MAX_UNANSWERED, TOTAL_BITS, is_key_name};
use super::segments::Segments;
use super::tally::{MAX_ROWS, SEGMENT_BITS, Tally, Weighted};
use super::telling::Top;
use super::{Dimension, MAX_COUNT, MAX_TELLING, Rollup};
use crate::analysis::SentimentLabel;
use crate::bytes::{Reader, hash};
use crate::error::{Error, Result};

const MAGIC: &[u8; 4] = b"HKRU";
const FORMAT: u64 = 1;
/// The largest weight, in millionths.
const MAX_WEIGHT_UNITS: u128 = 1_000_000_000;
/// Longest telling comment, in bytes: 280 characters.
const MAX_TEXT: usize = 280 * 4;
/// Most segments of all dimensions: of every one that the options of one rollup allow.
const MAX_ALL_SEGMENTS: usize = (Dimension::ALL.len() + 2 * MAX_OWN_DIMENSIONS) * MAX_SEGMENTS;
/// Most names of own dimensions after merging rollups of different options.
const MAX_NAMES: usize = 64 * MAX_OWN_DIMENSIONS;

pub(super) fn write(rollup: &Rollup) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for number in [FORMAT, rollup.offered, rollup.refused, rollup.limit as u64] {
        push(&mut out, number);
    }
    tally(&mut out, &rollup.total);
    people(&mut out, &rollup.ids);
    push(&mut out, rollup.with_id);
    push(&mut out, rollup.undated);
    rollup.dimensions.iter().for_each(|dimension| segments(&mut out, dimension));
    push(&mut out, rollup.keyed.len() as u64);
    for (name, dimension) in &rollup.keyed {
        text(&mut out, name);
        segments(&mut out, dimension);
    }
    push(&mut out, rollup.dated.len() as u64);
    for (period, dimension) in &rollup.dated {
        let (zone, offsets) = period.zone();
        out.push(period.unit() as u8);
        text(&mut out, zone);
        push(&mut out, offsets.len() as u64);
        for (from, minutes) in offsets {
            push(&mut out, signed(*from));
            push(&mut out, signed(i64::from(*minutes)));
        }
        segments(&mut out, dimension);
    }
    push(&mut out, rollup.unanswered.len() as u64);
    for (time, index) in &rollup.unanswered {
        push(&mut out, signed(*time));
        push(&mut out, *index);
    }
    for side in [&rollup.positive, &rollup.negative] {
        let comments = side.comments();
        push(&mut out, comments.len() as u64);
        for comment in comments {
            push(&mut out, comment.index);
            out.extend_from_slice(&comment.score.to_le_bytes());
            text(&mut out, &comment.text);
        }
    }
    let sum = hash(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

fn push(out: &mut Vec<u8>, number: u64) {
    push_long(out, u128::from(number));
}

fn push_long(out: &mut Vec<u8>, mut number: u128) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Signed numbers as 0, -1, 1, -2 ...
fn signed(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn text(out: &mut Vec<u8>, text: &str) {
    push(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn people(out: &mut Vec<u8>, people: &People) {
    match &people.kept {
        Kept::Hashes(hashes) => {
            out.push(hashes.len() as u8);
            hashes.iter().for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
        }
        Kept::Registers(registers) => {
            out.push(u8::MAX);
            out.extend_from_slice(registers);
        }
    }
}

fn tally(out: &mut Vec<u8>, tally: &Tally) {
    push(out, tally.counts.iter().filter(|count| **count > 0).count() as u64);
    let mut next = 0;
    for (place, count) in tally.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        push(out, (place - next) as u64);
        push(out, *count);
        next = place + 1;
    }
    people(out, &tally.people);
    push(out, tally.rows.kept().len() as u64);
    tally.rows.kept().iter().for_each(|(_, index)| push(out, *index));
    push(out, tally.weighted.len() as u64);
    for (place, cell) in &tally.weighted {
        out.push(*place);
        push(out, cell.n);
        push_long(out, cell.sum);
        push_long(out, cell.squares);
    }
}

fn segments(out: &mut Vec<u8>, segments: &Segments) {
    push(out, segments.kept.len() as u64);
    for (name, one) in segments.kept.values() {
        text(out, name);
        tally(out, one);
    }
    tally(out, &segments.other);
    people(out, &segments.dropped);
}

struct Parts<'b> {
    reader: Reader<'b>,
    /// Segments that may still come: each takes 1 KB, however few bytes tell it.
    segments_left: usize,
}

impl<'b> Parts<'b> {
    fn check(&self, holds: bool, what: &'static str) -> Result<()> {
        self.reader.check(holds, what)
    }

    /// A number in its one shortest form.
    fn long(&mut self) -> Result<u128> {
        let mut number = 0u128;
        for shift in (0..126).step_by(7) {
            let byte = self.reader.u8()?;
            number |= u128::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                self.check(byte > 0 || shift == 0, "a number is longer than it need be")?;
                return Ok(number);
            }
        }
        Err(self.reader.refuse("a number is too large"))
    }

    /// A number of at most `most`.
    fn number(&mut self, most: u64) -> Result<u64> {
        let number = self.long()?;
        self.check(number <= u128::from(most), "a number is too large")?;
        Ok(number as u64)
    }

    fn signed(&mut self) -> Result<i64> {
        let number = self.number(u64::MAX)?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn text(&mut self, most: usize) -> Result<&'b str> {
        let len = self.number(most as u64)? as usize;
        self.reader.utf8(len)
    }

    fn people(&mut self, bits: u8) -> Result<People> {
        let len = self.reader.u8()?;
        let people = if len == u8::MAX {
            from_registers(bits, self.reader.take(1 << bits)?)
        } else {
            self.check(usize::from(len) <= EXACT, "there are too many hashes of people")?;
            let mut hashes = Vec::with_capacity(usize::from(len));
            for _ in 0..len {
                hashes.push(self.reader.u64()?);
            }
            from_hashes(bits, hashes)
        };
        people.ok_or_else(|| self.reader.refuse("the people counted are out of order or range"))
    }

    fn tally(&mut self, bits: u8) -> Result<Tally> {
        let mut tally = Tally::new(bits);
        let mut next = 0;
        for _ in 0..self.number(COUNTERS as u64)? {
            let place = next + self.number(COUNTERS as u64)? as usize;
            self.check(place < COUNTERS && !is_unused(place), "a counter does not exist")?;
            let count = self.number(MAX_COUNT)?;
            let most = if place == RECORDS { MAX_COUNT } else { tally.counts[RECORDS] };
            self.check((1..=most).contains(&count), "a count is 0 or above the number of records")?;
            tally.counts[place] = count;
            next = place + 1;
        }
        tally.people = self.people(bits)?;
        for _ in 0..self.number(MAX_ROWS as u64)? {
            let index = self.number(MAX_COUNT)?;
            let row = (hash(&index.to_le_bytes()), index);
            self.check(tally.rows.kept().last().is_none_or(|last| *last < row), "rows are out of order")?;
            tally.rows.add(row);
        }
        let mut next = 0;
        for _ in 0..self.number(5 * VALUES as u64)? {
            let place = self.reader.u8()?;
            let cell = RATINGS + usize::from(place);
            let fits = usize::from(place) < 5 * VALUES && place >= next && !is_unused(cell);
            self.check(fits, "a weighted answer does not exist")?;
            let weighted = Weighted { n: self.number(MAX_COUNT)?, sum: self.long()?, squares: self.long()? };
            // Where the count has come to its end, sums go on.
            let most = if weighted.n == MAX_COUNT { u128::MAX } else { u128::from(weighted.n) * MAX_WEIGHT_UNITS };
            let sound = (1..=tally.counts[cell]).contains(&weighted.n)
                && weighted.sum <= most
                && weighted.squares <= weighted.sum.saturating_mul(MAX_WEIGHT_UNITS);
            self.check(sound, "the weights contradict one another")?;
            tally.weighted.insert(place, weighted);
            next = place + 1;
        }
        Ok(tally)
    }

    fn segments(&mut self, limit: usize) -> Result<Segments> {
        let mut segments = Segments::default();
        let mut last = None;
        let count = self.number(limit as u64)? as usize;
        self.check(count <= self.segments_left, "there are too many segments")?;
        self.segments_left -= count;
        for _ in 0..count {
            let name = self.text(MAX_KEY_BYTES)?;
            let hash = hash(name.as_bytes());
            self.check(!name.is_empty() && last.is_none_or(|last| last < hash), "segments are out of order")?;
            last = Some(hash);
            let tally = self.tally(SEGMENT_BITS)?;
            self.check(tally.records() > 0, "a segment is empty")?;
            segments.kept.insert(hash, (name.to_owned(), tally));
        }
        segments.other = self.tally(SEGMENT_BITS)?;
        segments.dropped = self.people(SEGMENT_BITS)?;
        Ok(segments)
    }

    fn period(&mut self) -> Result<Period> {
        let unit = usize::from(self.reader.u8()?);
        let zone = self.text(40)?;
        let mut offsets = Vec::new();
        for _ in 0..self.number(1_000)? {
            offsets.push((self.signed()?, self.signed()?.clamp(-2_000, 2_000) as i16));
        }
        let refused = self.reader.refuse("a period is not known");
        let unit = *Unit::ALL.get(unit).ok_or(refused.clone())?;
        if offsets.is_empty() && zone == "UTC" {
            return Ok(Period::utc(unit));
        }
        Period::new(unit, zone, &offsets).map_err(|_| refused)
    }

    fn comments(&mut self, sides: &[SentimentLabel]) -> Result<Top> {
        let mut top = Top::default();
        let count = self.number(MAX_TELLING as u64)?;
        for _ in 0..count {
            let index = self.number(MAX_COUNT)?;
            let score = f64::from_bits(self.reader.u64()?);
            let text = self.text(MAX_TEXT)?;
            self.check((-1.0..=1.0).contains(&score), "a comment has a score out of range")?;
            sides.iter().for_each(|side| top.offer(index, *side, score, text));
        }
        self.check(top.comments().len() as u64 == count, "a comment could not have been kept")?;
        Ok(top)
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Rollup> {
    let mut reader = Reader::new(bytes, |at, what| Error::Rollup { at, what });
    let magic = reader.take(MAGIC.len())? == MAGIC;
    reader.check(magic, "this is no rollup")?;
    let mut reader = Parts { reader, segments_left: MAX_ALL_SEGMENTS };
    let format = reader.number(u64::MAX)? == FORMAT;
    reader.check(format, "written in a format that is not known")?;
    reader.reader.unseal()?;

    let mut rollup =
        Rollup { offered: reader.number(MAX_COUNT)?, refused: reader.number(MAX_COUNT)?, ..Rollup::default() };
    rollup.limit = reader.number(MAX_SEGMENTS as u64)? as usize;
    reader.check(rollup.limit > 0, "the limit of segments is 0")?;
    rollup.total = reader.tally(TOTAL_BITS)?;
    let fits = rollup.total.records() <= rollup.offered && rollup.refused <= rollup.offered;
    reader.check(fits, "the counts contradict one another")?;
    rollup.ids = reader.people(TOTAL_BITS)?;
    rollup.with_id = reader.number(rollup.total.records())?;
    rollup.undated = reader.number(rollup.total.records())?;
    for at in 0..rollup.dimensions.len() {
        rollup.dimensions[at] = reader.segments(rollup.limit)?;
    }
    for _ in 0..reader.number(MAX_NAMES as u64)? {
        let name = reader.text(MAX_KEY_BYTES)?;
        let rising = rollup.keyed.last_key_value().is_none_or(|(last, _)| last.as_str() < name);
        reader.check(rising && is_key_name(name), "a key is wrong or out of order")?;
        let segments = reader.segments(rollup.limit)?;
        rollup.keyed.insert(name.to_owned(), segments);
    }
    for _ in 0..reader.number(MAX_NAMES as u64)? {
        let period = reader.period()?;
        let rising = rollup.dated.last_key_value().is_none_or(|(last, _)| *last < period);
        reader.check(rising, "periods are out of order")?;
        let segments = reader.segments(rollup.limit)?;
        rollup.dated.insert(period, segments);
    }
    for _ in 0..reader.number(MAX_UNANSWERED as u64)? {
        let entry = (reader.signed()?, reader.number(MAX_COUNT)?);
        reader
            .check(rollup.unanswered.last().is_none_or(|last| *last < entry), "unanswered records are out of order")?;
        rollup.unanswered.insert(entry);
    }
    rollup.positive = reader.comments(&[SentimentLabel::Positive])?;
    rollup.negative = reader.comments(&[SentimentLabel::Negative])?;
    reader.check(reader.reader.at() == reader.reader.len(), "something follows the end")?;
    Ok(rollup)
}
