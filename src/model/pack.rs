//! The packed model file: what is in it, and a reader that trusts nothing.
//!
//! All numbers are little-endian. Strings are one length byte and UTF-8.
//!
//! ```text
//! 0   "HKRN"            4   format (u16) = 1      6   zero (u16)
//! 8   file length (u32) 12  FNV-1a 64 of all bytes from 20 on (u64)
//! 20  version (string)
//!     rows (u32)  key bits (u8)  keys: rising, as LEB128 differences
//!     blocks (u8), each: name, width (u8), encoding (u8), width scales (f32),
//!         one presence bit per row, then the codes of the present rows, row by row; a row of
//!         four-bit codes holds two to a byte, low bits first, and fills its last byte with 0
//!     heads (u8), each: name, block (u8), kind (u8), labels (u16), the labels,
//!         labels x width matrix (f32), labels biases (f32), temperature (f32),
//!         for independent labels: one threshold each (f32)
//! ```
//! A file may hold any number of blocks and heads; readers look heads up by name.

use super::infer::LANES;
pub use super::table::key_bits;
use super::table::{MAX_ROWS, Table};
use crate::error::{Error, Result};

/// First bytes of every pack.
pub const MAGIC: [u8; 4] = *b"HKRN";
/// The format this reader knows.
pub const FORMAT: u16 = 1;
/// Where the checked part begins.
pub const PAYLOAD: usize = 20;
const MAX_WIDTH: usize = 64;
/// Lanes of all blocks together.
const MAX_LANES: usize = 512;
/// Labels are numbered by a byte in batch results, with one number to spare.
const MAX_LABELS: usize = 255;
/// Bytes that the rows of a model may take in memory.
const MAX_ROW_BYTES: usize = 64 * 1024 * 1024;
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

/// One set of columns with its own choice of features.
#[derive(Debug)]
pub struct Block {
    pub name: String,
    /// First lane of the block in a row; lane `offset + width` counts hits.
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
    /// Probability from which a label is reported; only for [`HeadKind::AnyOf`].
    pub thresholds: Vec<f32>,
}

/// A model pack, ready to use.
#[derive(Debug)]
pub struct Model {
    pub version: String,
    pub blocks: Vec<Block>,
    pub heads: Vec<Head>,
    pub(super) table: Table,
    pub(super) stride: usize,
    /// `stride / LANES` strips a row.
    rows: Vec<[i8; LANES]>,
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
        let stride = blocks.iter().map(|block| block.width + 1).sum::<usize>().next_multiple_of(LANES);
        if keys.len() * stride > MAX_ROW_BYTES {
            return Err(Error::Model { at: PAYLOAD, what: "the rows would take more than 64 MiB of memory" });
        }
        let rows = lay_rows(keys.len(), stride, &blocks, &stored)?;
        Ok(Model { version, blocks, heads, table: Table::new(&keys)?, stride, rows })
    }

    /// The head with this name and its number.
    pub fn head(&self, name: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == name)
    }

    /// Number of features kept, over all blocks.
    pub fn features(&self) -> usize {
        self.rows.len() * LANES / self.stride.max(1)
    }

    /// Sixteen lanes of a row.
    #[inline(always)]
    pub(super) fn strip(&self, row: usize, strip: usize) -> &[i8; LANES] {
        &self.rows[row * (self.stride / LANES) + strip]
    }
}

/// Rows of a block as stored: which are present, and the codes of those.
struct Stored<'b> {
    present: Vec<u32>,
    codes: &'b [u8],
    /// Bytes a row.
    row_bytes: usize,
    encoding: Encoding,
    /// Where the codes begin, for errors.
    at: usize,
}

/// What a code is worth; the code that no writer writes is worth [`i8::MIN`].
fn worths(encoding: Encoding) -> [i8; 256] {
    let mut worth = [i8::MIN; 256];
    let codes = if encoding == Encoding::Int8 { -127..=127i8 } else { -7..=7 };
    for k in codes {
        let (code, value) = match encoding {
            Encoding::Int8 => (k as u8, k),
            Encoding::Int4 => (k as u8 & 0xF, k),
            Encoding::Int4Squared => (k as u8 & 0xF, k * k.abs()),
        };
        worth[code as usize] = value;
    }
    worth
}

fn lay_rows(count: usize, stride: usize, blocks: &[Block], stored: &[Stored]) -> Result<Vec<[i8; LANES]>> {
    let strips = stride / LANES;
    let mut rows = vec![[0i8; LANES]; count * strips];
    for (block, stored) in blocks.iter().zip(stored) {
        let worth = worths(stored.encoding);
        let nibbles = stored.encoding != Encoding::Int8;
        let mut lowest = 0;
        for (&row, codes) in stored.present.iter().zip(stored.codes.chunks_exact(stored.row_bytes)) {
            let lanes = rows[row as usize * strips..][..strips].as_flattened_mut();
            let lanes = &mut lanes[block.offset..][..=block.width];
            if nibbles {
                for (pair, code) in lanes[..block.width].chunks_mut(2).zip(codes) {
                    let values = [worth[(code & 0xF) as usize], worth[(code >> 4) as usize]];
                    lowest = lowest.min(values[0]).min(values[1]);
                    pair.copy_from_slice(&values[..pair.len()]);
                }
            } else {
                for (lane, code) in lanes.iter_mut().zip(codes) {
                    *lane = worth[*code as usize];
                    lowest = lowest.min(*lane);
                }
            }
            // The lane behind the last column counts hits.
            lanes[block.width] = 1;
        }
        if lowest == i8::MIN {
            return Err(Error::Model { at: stored.at, what: "a weight is out of range" });
        }
    }
    Ok(rows)
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

    fn keys(&mut self) -> Result<Vec<u64>> {
        let rows = self.u32()? as usize;
        if rows > MAX_ROWS || rows > self.bytes.len() {
            return Err(self.refuse("more rows than the file can hold"));
        }
        let bits = u32::from(self.u8()?);
        if bits != key_bits(rows) {
            return Err(self.refuse("key bits do not fit the number of rows"));
        }
        let mut keys = Vec::with_capacity(rows);
        let (mut key, mut difference, mut shift) = (0u64, 0u64, 0u32);
        let mut read = 0;
        for &byte in &self.bytes[self.at..] {
            if keys.len() == rows {
                break;
            }
            read += 1;
            difference |= u64::from(byte & 0x7F) << shift;
            if byte >= 0x80 {
                shift += 7;
                if shift > 35 {
                    return Err(self.refuse("a key difference is too long"));
                }
                continue;
            }
            key += difference;
            if key >> bits != 0 || (difference == 0 && !keys.is_empty()) {
                return Err(self.refuse("keys do not rise or leave their range"));
            }
            keys.push(key);
            (difference, shift) = (0, 0);
        }
        self.at += read;
        if keys.len() < rows {
            return Err(self.refuse("the file ends here, more was expected"));
        }
        Ok(keys)
    }

    fn blocks(&mut self, rows: usize) -> Result<(Vec<Block>, Vec<Stored<'b>>)> {
        let count = self.u8()?;
        let mut blocks = Vec::new();
        let mut stored = Vec::new();
        let mut offset = 0;
        for _ in 0..count {
            let name = self.string()?;
            let width = self.u8()? as usize;
            if width == 0 || width > MAX_WIDTH || offset + width >= MAX_LANES {
                return Err(self.refuse("block width out of range"));
            }
            let encoding = match self.u8()? {
                0 => Encoding::Int8,
                1 => Encoding::Int4Squared,
                2 => Encoding::Int4,
                _ => return Err(self.refuse("unknown encoding of a block")),
            };
            let scale = self.floats(width)?;
            let bits = self.take(rows.div_ceil(8))?;
            let mut present = Vec::new();
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
            blocks.push(Block { name, offset, width, scale });
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
            let thresholds = if kind == HeadKind::AnyOf { self.floats(labels.len())? } else { Vec::new() };
            heads.push(Head { name, block, kind, labels, matrix, bias, temperature, thresholds });
        }
        Ok(heads)
    }
}
