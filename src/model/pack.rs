//! The packed model file: what is in it, and a reader that trusts nothing.
//!
//! All numbers are little-endian. Strings are one length byte and UTF-8.
//!
//! ```text
//! 0   "HKRN"            4   format (u16) = 3      6   zero (u16)
//! 8   file length (u32) 12  FNV-1a 64 of all bytes from 20 on (u64)
//! 20  version (string)
//!     rows (u32)  key bits (u8)  keys: rising, as differences; the low byte of each, then what is
//!         above it of each as LEB128, so that a compressor meets like with like
//!     blocks (u8), each: name, width (u8), encoding (u8), view (u8), width scales (f32),
//!         one presence bit per row, then the codes of the present rows, row by row; a row of
//!         four-bit codes holds two to a byte, low bits first, and fills its last byte with 0
//!     heads (u8), each: name, block (u8), kind (u8), labels (u16), the labels,
//!         labels x width matrix (f32), labels biases (f32), temperature (f32),
//!         for independent labels: sets of thresholds (u8), each a language code (string, empty for
//!         all languages without a set; that one comes first) and one threshold a label (f32)
//! ```
//! Blocks of the raw view come before those of the plain view (`features.rs` says what they are).
//! A file may hold any number of blocks and heads; readers look heads up by name.

use super::infer::LANES;
use super::rows::{Rows, lay};
pub use super::table::key_bits;
use super::table::{MAX_ROWS, Table};
use crate::error::{Error, Result};

/// First bytes of every pack.
pub const MAGIC: [u8; 4] = *b"HKRN";
/// The format this reader knows.
pub const FORMAT: u16 = 3;
/// Where the checked part begins.
pub const PAYLOAD: usize = 20;
const MAX_WIDTH: usize = 64;
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
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(4)? != MAGIC {
            return Err(Error::Model { at: 0, what: "this is not a hearken model file" });
        }
        if reader.u16()? != FORMAT {
            return Err(Error::Model { at: 4, what: "written in a format this engine does not read" });
        }
        if reader.u16()? != 0 {
            return Err(Error::Model { at: 6, what: "reserved bytes are not zero" });
        }
        if reader.u32()? as usize != bytes.len() {
            return Err(Error::Model { at: 8, what: "file length differs from the length written in it" });
        }
        if reader.u64()? != checksum(&bytes[PAYLOAD..]) {
            return Err(Error::Model { at: 12, what: "checksum differs: the file is damaged" });
        }
        let version = reader.string()?;
        let keys = reader.keys()?;
        let (blocks, stored) = reader.blocks(keys.len())?;
        let heads = reader.heads(&blocks)?;
        if reader.at != bytes.len() {
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
pub(super) struct Stored<'b> {
    pub present: Vec<u32>,
    pub codes: &'b [u8],
    /// Bytes a row.
    pub row_bytes: usize,
    pub encoding: Encoding,
    /// Where the codes begin, for errors.
    pub at: usize,
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo), over little-endian words of eight bytes, the last one
/// filled with zeros: finds damage, not forgery.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mix = |hash: u64, word: [u8; 8]| (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01B3);
    mix(words.iter().fold(0xCBF2_9CE4_8422_2325, |hash, word| mix(hash, *word)), last)
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn refuse(&self, what: &'static str) -> Error {
        Error::Model { at: self.at, what }
    }

    fn take(&mut self, len: usize) -> Result<&'b [u8]> {
        let taken = self.at.checked_add(len).and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| self.refuse("the file ends here, more was expected"))?;
        self.at += len;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| self.refuse("the file ends here, more was expected"))
    }

    fn u8(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn u16(&mut self) -> Result<u16> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32> {
        let value = f32::from_le_bytes(self.array()?);
        if value.abs() <= MAX_WEIGHT { Ok(value) } else { Err(self.refuse("a weight is not a number in range")) }
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>> {
        (0..count).map(|_| self.f32()).collect()
    }

    fn string(&mut self) -> Result<String> {
        let len = self.u8()? as usize;
        let bytes = self.take(len)?;
        let text = std::str::from_utf8(bytes).map_err(|_| self.refuse("a name is not UTF-8"))?;
        Ok(text.to_string())
    }

    /// A number in LEB128, of at most 35 bits.
    fn varint(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.refuse("a key difference is too long"))
    }

    fn keys(&mut self) -> Result<Vec<u64>> {
        let rows = self.u32()? as usize;
        if rows > MAX_ROWS || rows > self.bytes.len() {
            return Err(self.refuse("more rows than the file can hold"));
        }
        let bits = u32::from(self.u8()?);
        if bits != key_bits(rows) {
            return Err(self.refuse("key bits do not fit the number of rows"));
        }
        let low = self.take(rows)?;
        let mut keys = Vec::with_capacity(rows);
        let mut key = 0u64;
        for &low in low {
            // Most differences take one byte.
            let high = match self.bytes.get(self.at) {
                Some(&byte) if byte < 0x80 => {
                    self.at += 1;
                    u64::from(byte)
                }
                _ => self.varint()?,
            };
            let difference = high << 8 | u64::from(low);
            key += difference;
            if key >> bits != 0 || (difference == 0 && !keys.is_empty()) {
                return Err(self.refuse("keys do not rise or leave their range"));
            }
            keys.push(key);
        }
        Ok(keys)
    }

    fn blocks(&mut self, rows: usize) -> Result<(Vec<Block>, Vec<Stored<'b>>)> {
        let count = self.u8()?;
        let mut blocks = Vec::new();
        let mut stored = Vec::new();
        let mut offset: usize = 0;
        let mut previous = BlockView::Raw;
        for _ in 0..count {
            let name = self.string()?;
            let width = self.u8()? as usize;
            if width == 0 || width > MAX_WIDTH || offset + width >= MAX_LANES - LANES {
                return Err(self.refuse("block width out of range"));
            }
            let encoding = match self.u8()? {
                0 => Encoding::Int8,
                1 => Encoding::Int4Squared,
                2 => Encoding::Int4,
                _ => return Err(self.refuse("unknown encoding of a block")),
            };
            let view = match self.u8()? {
                0 => BlockView::Raw,
                1 => BlockView::Plain,
                _ => return Err(self.refuse("unknown view of a block")),
            };
            if view < previous {
                return Err(self.refuse("a block of the raw view stands behind one of the plain view"));
            }
            if view > previous {
                // Each view has lanes of its own.
                (offset, previous) = (0, view);
            }
            let scale = self.floats(width)?;
            let bits = self.take(rows.div_ceil(8))?;
            let count: u32 = bits.iter().map(|byte| byte.count_ones()).sum();
            let mut present = Vec::with_capacity(count as usize);
            for (byte, mut bits) in bits.iter().copied().enumerate() {
                while bits != 0 {
                    present.push((byte * 8) as u32 + bits.trailing_zeros());
                    bits &= bits - 1;
                }
            }
            if present.last().is_some_and(|last| *last as usize >= rows) {
                return Err(self.refuse("a row that is not there is marked present"));
            }
            let row_bytes = if encoding == Encoding::Int8 { width } else { width.div_ceil(2) };
            let at = self.at;
            let codes = self.take(row_bytes * present.len())?;
            blocks.push(Block { name, view, offset, width, scale });
            stored.push(Stored { present, codes, row_bytes, encoding, at });
            offset += width + 1;
        }
        Ok((blocks, stored))
    }

    fn heads(&mut self, blocks: &[Block]) -> Result<Vec<Head>> {
        let count = self.u8()?;
        let mut heads: Vec<Head> = Vec::new();
        for _ in 0..count {
            let name = self.string()?;
            if heads.iter().any(|head| head.name == name) {
                return Err(self.refuse("two heads have the same name"));
            }
            let block = self.u8()? as usize;
            let width = blocks.get(block).ok_or_else(|| self.refuse("a head names a block that is not there"))?.width;
            let kind = match self.u8()? {
                0 => HeadKind::OneOf,
                1 => HeadKind::AnyOf,
                _ => return Err(self.refuse("unknown kind of head")),
            };
            let labels = self.u16()? as usize;
            if labels == 0 || labels > MAX_LABELS {
                return Err(self.refuse("number of labels out of range"));
            }
            let labels = (0..labels).map(|_| self.string()).collect::<Result<Vec<_>>>()?;
            let matrix = self.floats(labels.len() * width)?;
            let bias = self.floats(labels.len())?;
            let temperature = self.f32()?;
            if temperature < MIN_TEMPERATURE {
                return Err(self.refuse("a temperature is below 0.001"));
            }
            let thresholds = if kind == HeadKind::AnyOf { self.thresholds(labels.len())? } else { Vec::new() };
            heads.push(Head { name, block, kind, labels, matrix, bias, temperature, thresholds });
        }
        Ok(heads)
    }

    fn thresholds(&mut self, labels: usize) -> Result<Vec<Thresholds>> {
        let count = self.u8()?;
        let mut sets = Vec::new();
        for at in 0..count {
            let language = self.string()?;
            if (at == 0) != language.is_empty() {
                return Err(self.refuse("the first set of thresholds, and no other, is for all languages"));
            }
            sets.push(Thresholds { language, values: self.floats(labels)? });
        }
        if sets.is_empty() {
            return Err(self.refuse("a head with independent labels has no thresholds"));
        }
        Ok(sets)
    }
}
