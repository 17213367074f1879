//! Reads bytes from outside and trusts nothing: what does not fit is refused with its place by the error of the format.

use crate::error::{Error, Result};

/// The error of a format, from the place where reading stopped and what is wrong there.
pub(crate) type Refusal = fn(usize, &'static str) -> Error;

const MORE: &str = "the bytes end here, more was expected";
/// Where the content of a framed file begins.
pub(crate) const FRAME: usize = 20;

/// Bytes that are read from the first to the last. Numbers are little-endian.
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    refusal: Refusal,
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8], refusal: Refusal) -> Reader<'b> {
        Reader { bytes, at: 0, refusal }
    }

    /// The content of a file that begins with its magic, format (u16), zero (u16), length (u32) and [`checksum`] (u64).
    /// `other` says that it is none.
    pub fn framed(bytes: &'b [u8], magic: [u8; 4], format: u16, other: &'static str, refusal: Refusal) -> Result<Self> {
        let mut reader = Reader::new(bytes, refusal);
        let own = reader.array()? == magic;
        reader.check_at(0, own, other)?;
        let known = reader.u16()? == format;
        reader.check_at(4, known, "written in a format this engine does not read")?;
        let zero = reader.u16()? == 0;
        reader.check_at(6, zero, "reserved bytes are not zero")?;
        let whole = reader.u32()? as usize == bytes.len();
        reader.check_at(8, whole, "file length differs from the length written in it")?;
        let sum = reader.u64()?;
        let sound = sum == checksum(bytes.get(FRAME..).unwrap_or_default());
        reader.check_at(12, sound, "checksum differs: the file is damaged")?;
        Ok(reader)
    }

    /// Checks that the bytes end with the [`hash`] of all before, and leaves it out of what is read.
    pub fn unseal(&mut self) -> Result<()> {
        let body = self.bytes.len().saturating_sub(8);
        let (content, seal) = self.bytes.split_at(body);
        let sound = seal.try_into().map(u64::from_le_bytes).is_ok_and(|sum| sum == hash(content));
        self.check(sound, "checksum differs: the bytes are damaged")?;
        self.bytes = content;
        Ok(())
    }

    /// How many bytes are read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn refuse(&self, what: &'static str) -> Error {
        (self.refusal)(self.at, what)
    }

    pub fn check(&self, holds: bool, what: &'static str) -> Result<()> {
        self.check_at(self.at, holds, what)
    }

    fn check_at(&self, at: usize, holds: bool, what: &'static str) -> Result<()> {
        if holds { Ok(()) } else { Err((self.refusal)(at, what)) }
    }

    pub fn take(&mut self, len: usize) -> Result<&'b [u8]> {
        let end = self.at.checked_add(len);
        let taken = end.and_then(|end| self.bytes.get(self.at..end)).ok_or_else(|| self.refuse(MORE))?;
        self.at += len;
        Ok(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| self.refuse(MORE))
    }

    pub fn u8(&mut self) -> Result<u8> {
        self.array().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// A number in LEB128 of at most so many bits, a multiple of seven below 64.
    pub fn varint(&mut self, bits: u32) -> Result<u64> {
        let mut value = 0;
        for shift in (0..bits).step_by(7) {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.refuse("a number is too long"))
    }

    /// A number in a range.
    pub fn between(&mut self, low: f32, high: f32) -> Result<f32> {
        let value = self.array().map(f32::from_le_bytes)?;
        if (low..=high).contains(&value) { Ok(value) } else { Err(self.refuse("a number is out of range")) }
    }

    /// Numbers of at most `most`, with or without sign.
    pub fn floats(&mut self, count: usize, most: f32) -> Result<Vec<f32>> {
        let values = self.take(count.saturating_mul(4))?.as_chunks::<4>().0;
        let values: Vec<f32> = values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let fits = values.iter().all(|value| value.abs() <= most);
        if fits { Ok(values) } else { Err(self.refuse("a number is out of range")) }
    }

    pub fn utf8(&mut self, len: usize) -> Result<&'b str> {
        let taken = self.take(len)?;
        std::str::from_utf8(taken).map_err(|_| self.refuse("a text is not UTF-8"))
    }

    /// A text behind one byte with its length.
    pub fn string(&mut self) -> Result<String> {
        let len = self.u8()? as usize;
        self.utf8(len).map(str::to_owned)
    }
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

/// A hash whose values are spread evenly: FNV-1a (Fowler, Noll, Vo), finished as in SplitMix64 (Steele, Lea,
/// Flood 2014).
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

/// Writes a number in LEB128.
pub fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(at: usize, what: &'static str) -> Error {
        Error::Rollup { at, what }
    }

    fn place(result: Result<impl Sized>) -> usize {
        match result.err() {
            Some(Error::Rollup { at, .. }) => at,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_not_there_is_refused_at_its_place() {
        let mut reader = Reader::new(&[1, 2, 0xFF, 3, b'a', 0xFF], refused);
        assert_eq!((reader.u8().unwrap(), reader.at()), (1, 1));
        assert_eq!(place(reader.take(usize::MAX)), 1);
        assert_eq!(place(reader.u64()), 1);
        assert_eq!(reader.u16().unwrap(), 0xFF02);
        assert_eq!(place(reader.string()), 4);
        assert_eq!(place(Reader::new(&[2, b'a', 0xFF], refused).string()), 3);
        assert_eq!(place(Reader::new(&[0xFF; 9], refused).varint(35)), 5);
        assert_eq!(Reader::new(&[0x83, 0x01], refused).varint(35), Ok(131));
        assert_eq!(place(Reader::new(&f32::NAN.to_le_bytes(), refused).floats(1, 9.0)), 4);
        assert_eq!(place(Reader::new(&9.5f32.to_le_bytes(), refused).between(-1.0, 9.0)), 4);
        assert_eq!(place(reader.floats(usize::MAX, 9.0)), 4);
    }

    #[test]
    fn frames_and_seals_find_damage() {
        let content = b"content";
        let mut file = [&b"HKXX"[..], &3u16.to_le_bytes(), &[0; 14], content].concat();
        let length = file.len() as u32;
        file[8..12].copy_from_slice(&length.to_le_bytes());
        let sum = checksum(content).to_le_bytes();
        file[12..FRAME].copy_from_slice(&sum);
        let open = |file: &[u8]| Reader::framed(file, *b"HKXX", 3, "no such file", refused).map(|reader| reader.at());
        assert_eq!(open(&file), Ok(FRAME));
        for (at, told) in [(0, 0), (4, 4), (6, 6), (9, 8), (13, 12), (FRAME + 1, 12)] {
            let mut damaged = file.clone();
            damaged[at] ^= 1;
            assert_eq!(place(open(&damaged)), told, "{at}");
        }
        assert_eq!(place(open(&file[..file.len() - 1])), 8);
        assert_eq!(place(open(b"HK")), 0);
        let sealed = [&content[..], &hash(content).to_le_bytes()].concat();
        let mut reader = Reader::new(&sealed, refused);
        reader.unseal().unwrap();
        assert_eq!((reader.len(), reader.take(7).unwrap()), (7, &content[..]));
        for wrong in [&sealed[1..], &sealed[..7], b""] {
            assert_eq!(place(Reader::new(wrong, refused).unseal()), 0);
        }
    }
}
