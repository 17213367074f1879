//! The packed model file: what is in it, and a reader that trusts nothing.
//!
//! All numbers are little-endian. Strings are one length byte and UTF-8.
//!
//! ```text
//! 0   "HKRN"            4   format (u16) = 4      6   zero (u16)
//! 8   file length (u32) 12  FNV-1a 64 of all bytes from 20 on (u64)
//! 20  version (string)
//!     rows (u32)  key bits (u8)  keys: rising, as differences; the low byte of each, then a coded
//!         column of what is above it, where 255 stands for 255 and the LEB128 behind the column
//!     blocks (u8, at most 8), each: name, width (u8), encoding (u8), view (u8), width scales (f32)
//!     a coded column of one byte a row: bit b says that block b has the row
//!     of each block the codes of its rows, column by column, coded; four-bit codes stand by two in
//!         a byte, low bits first, and the last byte of a row of odd width is filled with 0
//!     heads (u8), each: name, block (u8), kind (u8), labels (u16), the labels,
//!         labels x width matrix (f32), labels biases (f32), temperature (f32),
//!         for independent labels: sets of thresholds (u8), each a language code (string, empty for
//!         all languages without a set; that one comes first) and one threshold a label (f32)
//! ```
//! Coded columns are as `coded.rs` says. Blocks of the raw view come before those of the plain view (`features.rs` says what they are).
//! A file may hold any number of blocks and heads; readers look heads up by name.

use super::coded;
use super::infer::LANES;
use super::rows::{Rows, lay};
pub use super::table::key_bits;
use super::table::{MAX_ROWS, Table};
pub use crate::bytes::checksum;
use crate::bytes::{FRAME, Reader};
use crate::error::{Error, Result};

/// First bytes of every pack.
pub const MAGIC: [u8; 4] = *b"HKRN";
/// The format this reader knows.
pub const FORMAT: u16 = 4;
/// Where the checked part begins.
pub const PAYLOAD: usize = FRAME;
const MAX_WIDTH: usize = 64;
/// A row has one bit for each block.
const MAX_BLOCKS: u8 = 8;
/// Bytes that the codes of a file may take once decoded.
const MAX_CODES: usize = 64 * 1024 * 1024;
/// Lanes of all blocks of a view together.
const MAX_LANES: usize = 512;
/// Labels are numbered by a byte in batch results, with one number to spare.
const MAX_LABELS: usize = 255;
const MIN_TEMPERATURE: f32 = 1e-3;
/// Keeps every product of weights inside an `f32`.
const MAX_WEIGHT: f32 = 1e4;

/// How the weights of a block are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// One signed byte, -127..=127.
    Int8 = 0,
    /// Four bits k in -7..=7, worth `sign(k) k^2`: fine near zero, wide at the ends.
    Int4Squared = 1,
    /// Four bits k in -7..=7, worth k.
    Int4 = 2,
}

/// Which features a block sums; see [`super::features`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockView {
    /// With its marks.
    Raw = 0,
    /// Without marks other than question marks and faces.
    Plain = 1,
}

/// One set of columns with its own choice of features.
#[derive(Debug)]
pub struct Block {
    pub name: String,
    pub view: BlockView,
    /// First lane of the block in a row of its view; lane `offset + width` counts hits.
    pub offset: usize,
    pub width: usize,
    /// What one stored unit is worth, per column.
    pub scale: Vec<f32>,
}

/// How the labels of a head relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadKind {
    /// Exactly one label holds: softmax.
    OneOf = 0,
    /// Each label holds or not: logistic, with a threshold each.
    AnyOf = 1,
}

/// One question the model answers.
#[derive(Debug)]
pub struct Head {
    pub name: String,
    pub block: usize,
    pub kind: HeadKind,
    pub labels: Vec<String>,
    /// Labels x width, row by row.
    pub matrix: Vec<f32>,
    pub bias: Vec<f32>,
    /// Logits are divided by it; fitted on dev texts.
    pub temperature: f32,
    /// Probability from which a label is reported, per language; only for [`HeadKind::AnyOf`].
    /// The first set is for every language without its own.
    pub thresholds: Vec<Thresholds>,
}

/// One threshold a label, for texts of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// Language code; empty in the first set, which is for all others.
    pub language: String,
    pub values: Vec<f32>,
}

impl Head {
    /// Probabilities from which the labels are reported for a text of this language.
    pub fn limits(&self, language: &str) -> &[f32] {
        let own = self.thresholds.iter().skip(1).find(|set| set.language == language);
        own.or(self.thresholds.first()).map_or(&[], |set| &set.values)
    }
}

/// A model pack, ready to use.
#[derive(Debug)]
pub struct Model {
    pub version: String,
    pub blocks: Vec<Block>,
    pub heads: Vec<Head>,
    pub(super) table: Table,
    features: usize,
    /// Rows of the raw and the plain view.
    pub(super) views: [Rows; 2],
}

impl Model {
    /// Reads and checks a pack. `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Model`] with the byte offset at which the file stops making sense: wrong magic or
    /// format, wrong length or checksum (a truncated or damaged file), values out of range.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model> {
        let other = "this is not a hearken model file";
        let mut reader = Reader::framed(bytes, MAGIC, FORMAT, other, refused)?;
        let version = reader.string()?;
        let keys = keys(&mut reader)?;
        let (blocks, stored) = read_blocks(&mut reader, keys.len())?;
        let heads = read_heads(&mut reader, &blocks)?;
        if reader.at() != reader.len() {
            return Err(reader.refuse("bytes left over behind the last head"));
        }
        let (numbers, views) = lay(keys.len(), &blocks, &stored)?;
        Ok(Model { version, blocks, heads, table: Table::new(&keys, &numbers)?, features: keys.len(), views })
    }

    /// The head with this name.
    pub fn head(&self, name: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == name)
    }

    /// Number of features kept, over all blocks.
    pub fn features(&self) -> usize {
        self.features
    }

    /// What a row adds to a label of a head over `block`, given what each column is worth to it.
    pub(super) fn worth(&self, row: usize, block: &Block, worth: &[f32]) -> f32 {
        let rows = &self.views[block.view as usize];
        if !rows.has(row) {
            return 0.0;
        }
        rows.lanes(row)[block.offset..].iter().zip(worth).map(|(unit, worth)| f32::from(*unit) * worth).sum()
    }
}

/// Rows of a block as stored: which are present, and the codes of those.
pub(super) struct Stored {
    pub present: Vec<u32>,
    /// Row by row.
    pub codes: Vec<u8>,
    /// Bytes a row.
    pub row_bytes: usize,
    pub encoding: Encoding,
    /// Where the coded columns begin, for errors.
    pub at: usize,
}

/// The refusal of a model file.
pub(super) fn refused(at: usize, what: &'static str) -> Error {
    Error::Model { at, what }
}

fn keys(reader: &mut Reader) -> Result<Vec<u64>> {
    let rows = reader.u32()? as usize;
    if rows > MAX_ROWS || rows > reader.len() {
        return Err(reader.refuse("more rows than the file can hold"));
    }
    let bits = u32::from(reader.u8()?);
    if bits != key_bits(rows) {
        return Err(reader.refuse("key bits do not fit the number of rows"));
    }
    let low = reader.take(rows)?;
    let mut high = vec![0; rows];
    coded::read(reader, &mut high, 1)?;
    let mut keys = Vec::with_capacity(rows);
    let mut key = 0u64;
    for (&low, high) in low.iter().zip(high) {
        let rest = if high == u8::MAX { reader.varint(35)? } else { 0 };
        let difference = (u64::from(high) + rest) << 8 | u64::from(low);
        key += difference;
        if key >> bits != 0 || (difference == 0 && !keys.is_empty()) {
            return Err(reader.refuse("keys do not rise or leave their range"));
        }
        keys.push(key);
    }
    Ok(keys)
}

fn read_blocks(reader: &mut Reader, rows: usize) -> Result<(Vec<Block>, Vec<Stored>)> {
    let count = reader.u8()?;
    if count > MAX_BLOCKS {
        return Err(reader.refuse("more blocks than a row has bits for"));
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut encodings = Vec::new();
    let mut offset: usize = 0;
    let mut previous = BlockView::Raw;
    for _ in 0..count {
        let name = reader.string()?;
        let width = reader.u8()? as usize;
        if width == 0 || width > MAX_WIDTH || offset + width >= MAX_LANES - LANES {
            return Err(reader.refuse("block width out of range"));
        }
        encodings.push(match reader.u8()? {
            0 => Encoding::Int8,
            1 => Encoding::Int4Squared,
            2 => Encoding::Int4,
            _ => return Err(reader.refuse("unknown encoding of a block")),
        });
        let view = match reader.u8()? {
            0 => BlockView::Raw,
            1 => BlockView::Plain,
            _ => return Err(reader.refuse("unknown view of a block")),
        };
        if view < previous {
            return Err(reader.refuse("a block of the raw view stands behind one of the plain view"));
        }
        if view > previous {
            // Each view has lanes of its own.
            (offset, previous) = (0, view);
        }
        let scale = reader.floats(width, MAX_WEIGHT)?;
        blocks.push(Block { name, view, offset, width, scale });
        offset += width + 1;
    }
    let mut knows = vec![0; rows];
    coded::read(reader, &mut knows, 1)?;
    if knows.iter().any(|knows| u16::from(*knows) >> count != 0) {
        return Err(reader.refuse("a row names a block that is not there"));
    }
    let mut stored = Vec::new();
    let mut left = MAX_CODES;
    for (number, (block, encoding)) in blocks.iter().zip(encodings).enumerate() {
        let has = |row: &u32| knows[*row as usize] >> number & 1 == 1;
        let present: Vec<u32> = (0..rows as u32).filter(has).collect();
        let row_bytes = if encoding == Encoding::Int8 { block.width } else { block.width.div_ceil(2) };
        let at = reader.at();
        left = left
            .checked_sub(row_bytes * present.len())
            .ok_or_else(|| reader.refuse("the codes would take more than 64 MiB of memory"))?;
        let mut codes = vec![0; row_bytes * present.len()];
        for column in 0..row_bytes {
            coded::read(reader, codes.get_mut(column..).unwrap_or(&mut []), row_bytes)?;
        }
        stored.push(Stored { present, codes, row_bytes, encoding, at });
    }
    Ok((blocks, stored))
}

fn read_heads(reader: &mut Reader, blocks: &[Block]) -> Result<Vec<Head>> {
    let count = reader.u8()?;
    let mut heads: Vec<Head> = Vec::new();
    for _ in 0..count {
        let name = reader.string()?;
        if heads.iter().any(|head| head.name == name) {
            return Err(reader.refuse("two heads have the same name"));
        }
        let block = reader.u8()? as usize;
        let width = blocks.get(block).ok_or_else(|| reader.refuse("a head names a block that is not there"))?.width;
        let kind = match reader.u8()? {
            0 => HeadKind::OneOf,
            1 => HeadKind::AnyOf,
            _ => return Err(reader.refuse("unknown kind of head")),
        };
        let labels = reader.u16()? as usize;
        if labels == 0 || labels > MAX_LABELS {
            return Err(reader.refuse("number of labels out of range"));
        }
        let labels = (0..labels).map(|_| reader.string()).collect::<Result<Vec<_>>>()?;
        let matrix = reader.floats(labels.len() * width, MAX_WEIGHT)?;
        let bias = reader.floats(labels.len(), MAX_WEIGHT)?;
        let temperature = reader.between(MIN_TEMPERATURE, MAX_WEIGHT)?;
        let thresholds = if kind == HeadKind::AnyOf { thresholds(reader, labels.len())? } else { Vec::new() };
        heads.push(Head { name, block, kind, labels, matrix, bias, temperature, thresholds });
    }
    Ok(heads)
}

fn thresholds(reader: &mut Reader, labels: usize) -> Result<Vec<Thresholds>> {
    let count = reader.u8()?;
    let mut sets = Vec::new();
    for at in 0..count {
        let language = reader.string()?;
        if (at == 0) != language.is_empty() {
            return Err(reader.refuse("the first set of thresholds, and no other, is for all languages"));
        }
        sets.push(Thresholds { language, values: reader.floats(labels, MAX_WEIGHT)? });
    }
    if sets.is_empty() {
        return Err(reader.refuse("a head with independent labels has no thresholds"));
    }
    Ok(sets)
}
