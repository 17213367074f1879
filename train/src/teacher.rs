//! What a sentence encoder thinks of the sentiment of texts, by file and row number.
//!
//! `train/teacher/README.md` describes how the answers came about and the layout of the file.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use flate2::Crc;
use flate2::read::MultiGzDecoder;

use crate::data::Sheet;

/// The answers that `train/teacher/teach.py` wrote.
pub const FILE: &[u8] = include_bytes!("../teacher/sentiment.bin.gz");

const MAGIC: &[u8] = b"HKTEACH1";

/// Answers on some rows of one file.
#[derive(Debug, PartialEq)]
pub struct Part {
    /// Path of the file below the data folder, without `.tsv.gz`.
    pub file: String,
    /// Language of these rows.
    pub lang: String,
    /// Rows of the whole file.
    rows: usize,
    /// CRC-32 of the file's texts, each followed by a line break.
    checksum: u32,
    /// Row numbers, rising, the first row is 0.
    numbers: Vec<usize>,
    /// Probabilities of negative, neutral, positive, one a number; they sum to 1.
    answers: Vec<[f32; 3]>,
}

impl Part {
    /// The texts of this part with their answers, read from `dir`.
    ///
    /// # Errors
    /// Names the file when it is missing or its rows or texts are not those the encoder read.
    pub fn texts(&self, dir: &Path) -> Result<Vec<(String, [f32; 3])>, String> {
        let mut texts: Vec<String> =
            Sheet::read(dir, &self.file)?.rows.into_iter().map(|mut row| row.swap_remove(0)).collect();
        let mut crc = Crc::new();
        for text in &texts {
            crc.update(text.as_bytes());
            crc.update(b"\n");
        }
        if texts.len() != self.rows || crc.sum() != self.checksum {
            return Err(format!(
                "{}: {} rows with checksum {:08x}, the teacher read {} with {:08x}; run train/teacher/teach.py again",
                self.file,
                texts.len(),
                crc.sum(),
                self.rows,
                self.checksum
            ));
        }
        Ok(self.numbers.iter().zip(&self.answers).map(|(&n, &p)| (std::mem::take(&mut texts[n]), p)).collect())
    }
}

/// Answers on the texts of labelled sets, by `stem.lang`, and parts of files without a sentiment label.
pub struct Teacher {
    labelled: Vec<Part>,
    pub unlabelled: Vec<Part>,
}

/// Parts of the file that are left out: nearly all texts of this set are those of another one that is
/// not for products (semeval2018_ec).
const BARRED: [&str; 1] = ["emotion/tweeteval_emotion"];

impl Teacher {
    /// Reads [`FILE`]; parts whose stem is in `stems` are answers on labelled sets.
    ///
    /// # Errors
    /// Names the byte offset of what is wrong.
    pub fn new(stems: &[&str]) -> Result<Teacher, String> {
        let is_labelled = |part: &Part| stems.iter().any(|stem| part.file == format!("{stem}.{}.train", part.lang));
        let may_teach = |part: &Part| !BARRED.iter().any(|stem| part.file.starts_with(stem));
        let (labelled, unlabelled) = unpack(FILE)?.into_iter().filter(may_teach).partition(is_labelled);
        Ok(Teacher { labelled, unlabelled })
    }

    /// Answers by text for one labelled train file; empty when the teacher has none.
    ///
    /// # Errors
    /// As [`Part::texts`].
    pub fn answers(&self, dir: &Path, stem: &str, lang: &str) -> Result<HashMap<String, [f32; 3]>, String> {
        let file = format!("{stem}.{lang}.train");
        match self.labelled.iter().find(|part| part.file == file) {
            Some(part) => Ok(part.texts(dir)?.into_iter().collect()),
            None => Ok(HashMap::new()),
        }
    }
}

/// Reads the parts of a packed file.
fn unpack(packed: &[u8]) -> Result<Vec<Part>, String> {
    let mut bytes = Vec::new();
    MultiGzDecoder::new(packed).read_to_end(&mut bytes).map_err(|error| format!("teacher: {error}"))?;
    let mut reader = Reader { bytes: &bytes, at: 0 };
    if reader.take(MAGIC.len())? != MAGIC {
        return Err("teacher: not a file of answers".to_string());
    }
    let steps = reader.take(1)?[0];
    if steps == 0 {
        return Err("teacher: no steps at byte 8".to_string());
    }
    let parts = u16::from_le_bytes([reader.take(1)?[0], reader.take(1)?[0]]);
    let parts: Vec<Part> = (0..parts).map(|_| reader.part(steps)).collect::<Result<_, _>>()?;
    match bytes.len() - reader.at {
        0 => Ok(parts),
        left => Err(format!("teacher: {left} bytes after the last part")),
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], String> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.get(..count));
        self.at += count;
        taken.ok_or_else(|| format!("teacher: ends at byte {}, {} wanted", self.bytes.len(), self.at))
    }

    fn word(&mut self) -> Result<String, String> {
        let at = self.at;
        let length = self.take(1)?[0];
        let word = std::str::from_utf8(self.take(usize::from(length))?);
        word.map(str::to_string).map_err(|_| format!("teacher: name at byte {at} is not UTF-8"))
    }

    fn number(&mut self) -> Result<u32, String> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// LEB128, at most 28 bits.
    fn varint(&mut self) -> Result<usize, String> {
        let at = self.at;
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.take(1)?[0];
            value |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(value);
            }
        }
        Err(format!("teacher: row number at byte {at} is too large"))
    }

    fn part(&mut self, steps: u8) -> Result<Part, String> {
        let (file, lang) = (self.word()?, self.word()?);
        let (rows, checksum, count) = (self.number()? as usize, self.number()?, self.number()? as usize);
        let mut numbers = Vec::new();
        let mut next = 0;
        for _ in 0..count {
            let at = self.at;
            next += self.varint()?;
            if next >= rows {
                return Err(format!("teacher: row {next} at byte {at}, {file} has {rows}"));
            }
            numbers.push(next);
            next += 1;
        }
        let (negative, positive) = (self.take(count)?, self.take(count)?);
        let share = 1.0 / f32::from(steps);
        let answer = |(&n, &p): (&u8, &u8)| {
            let (n, p) = (f32::from(n) * share, f32::from(p) * share);
            // Rounding can lift the two a step above 1.
            let sum = (n + p).max(1.0);
            [n / sum, (1.0 - n - p).max(0.0), p / sum]
        };
        let answers = negative.iter().zip(positive).map(answer).collect();
        Ok(Part { file, lang, rows, checksum, numbers, answers })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("writing to memory");
        encoder.finish().expect("writing to memory")
    }

    /// One part: rows 0, 2 and 203 of a file of 300.
    fn plain(rows: u32, checksum: u32) -> Vec<u8> {
        let mut bytes = [MAGIC, &[100, 1, 0], b"\x0bset.de.part\x02de"].concat();
        for number in [rows, checksum, 3] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([0, 1, 200, 1]);
        bytes.extend([10, 0, 51, 20, 100, 50]);
        bytes
    }

    #[test]
    fn reads_rows_and_probabilities() {
        let parts = unpack(&pack(&plain(300, 7))).expect("a sound file");
        assert_eq!(parts.len(), 1);
        assert_eq!((parts[0].file.as_str(), parts[0].lang.as_str()), ("set.de.part", "de"));
        assert_eq!(parts[0].numbers, [0, 2, 203]);
        for (found, wanted) in parts[0].answers.iter().zip([[0.1, 0.7, 0.2], [0.0, 0.0, 1.0], [0.505, 0.0, 0.495]]) {
            assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-3), "{found:?}");
        }
    }

    #[test]
    fn refuses_damage() {
        let whole = plain(300, 7);
        for cut in 0..whole.len() {
            assert!(unpack(&pack(&whole[..cut])).is_err(), "cut at {cut}");
        }
        assert!(unpack(&pack(&[whole.as_slice(), &[0]].concat())).is_err(), "a byte too many");
        assert!(unpack(&pack(&plain(203, 7))).unwrap_err().contains("row 203"));
        assert!(unpack(b"not gzip").is_err());
    }

    #[test]
    fn refuses_changed_texts() {
        let dir = std::env::temp_dir().join(format!("hearken-teacher-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a temporary folder");
        let write = |third: &str| {
            let file = format!("text\tlabel\nerste Zeile\ta\nzweite Zeile\tb\n{third}\ta\n");
            std::fs::write(dir.join("set.de.part.tsv.gz"), pack(file.as_bytes())).expect("a temporary file");
        };
        let mut crc = Crc::new();
        crc.update("erste Zeile\nzweite Zeile\ndritte Zeile\n".as_bytes());
        let part = Part {
            file: "set.de.part".to_string(),
            lang: "de".to_string(),
            rows: 3,
            checksum: crc.sum(),
            numbers: vec![0, 2],
            answers: vec![[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
        };
        write("dritte Zeile");
        let sound = part.texts(&dir);
        write("dritte Zeile!");
        let changed = part.texts(&dir);
        std::fs::remove_dir_all(&dir).expect("the temporary folder");
        let sound = sound.expect("the texts the teacher read");
        assert_eq!(sound[1], ("dritte Zeile".to_string(), [1.0, 0.0, 0.0]));
        assert!(changed.unwrap_err().contains("set.de.part"));
    }

    #[test]
    fn the_shipped_file_is_sound_and_large() {
        let parts = unpack(FILE).expect("the shipped file");
        assert!(parts.iter().map(|part| part.numbers.len()).sum::<usize>() > 100_000);
    }
}
