//! What a sentence encoder thinks of danger in texts without such a label: `train/teacher/danger.bin.gz`.
//!
//! The file holds answers by checksum of the text, no text. train/teacher/README.md explains how it is made.

use std::io::Read;

use flate2::Crc;
use flate2::read::GzDecoder;

const FILE: &[u8] = include_bytes!("../../teacher/danger.bin.gz");
const MAGIC: &[u8] = b"HKDANGR1";

/// Train parts of the public sets with answers.
pub const SETS: [&str; 32] = [
    "absa/m_absa.de",
    "absa/m_absa.es",
    "absa/m_absa.fr",
    "absa/m_absa.ja",
    "absa/m_absa.ko",
    "absa/m_absa.nl",
    "absa/m_absa.pt",
    "complaint/complaints_twitter.en",
    "emotion/brighter_semeval2025.de",
    "emotion/brighter_semeval2025.en",
    "emotion/brighter_semeval2025.es",
    "emotion/brighter_semeval2025.pt",
    "emotion/goemotions.en",
    "emotion/kote_partial.ko",
    "emotion/xed_subtitles.en",
    "emotion/xed_subtitles_projected.de",
    "emotion/xed_subtitles_projected.es",
    "emotion/xed_subtitles_projected.fr",
    "emotion/xed_subtitles_projected.it",
    "emotion/xed_subtitles_projected.nl",
    "emotion/xed_subtitles_projected.pl",
    "emotion/xed_subtitles_projected.pt",
    "sentiment/polemo2_sentence.pl",
    "sentiment/umsab_twitter.de",
    "sentiment/umsab_twitter.es",
    "sentiment/umsab_twitter.fr",
    "sentiment/umsab_twitter.it",
    "sentiment/umsab_twitter.pt",
    "speech_act/3i4k.ko",
    "survey/nhs_fft_phase1.en",
    "survey/nhs_fft_v6.en",
    "toxicity/kocohub_beep.ko",
];

/// The checksums of texts that tell of danger and of harmless ones, both rising.
pub struct Answers {
    yes: Vec<u32>,
    no: Vec<u32>,
}

impl Answers {
    /// # Errors
    /// When the file is none of answers.
    pub fn read() -> Result<Answers, String> {
        let mut bytes = Vec::new();
        GzDecoder::new(FILE)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("train/teacher/danger.bin.gz: {error}"))?;
        let (numbers, rest) = bytes.strip_prefix(MAGIC).map_or((&[][..], &[0][..]), |body| body.as_chunks::<4>());
        let mut numbers = numbers.iter().map(|bytes| u32::from_le_bytes(*bytes));
        match numbers.next().map(|yes| yes as usize) {
            Some(count) if rest.is_empty() && count <= numbers.len() => {
                let yes = numbers.by_ref().take(count).collect();
                Ok(Answers { yes, no: numbers.collect() })
            }
            _ => Err("train/teacher/danger.bin.gz is no file of answers".into()),
        }
    }

    /// What is known of a text, if anything.
    pub fn of(&self, text: &str) -> Option<bool> {
        let mut sum = Crc::new();
        sum.update(text.as_bytes());
        let stands = |list: &[u32]| list.binary_search(&sum.sum()).is_ok();
        if stands(&self.yes) { Some(true) } else { stands(&self.no).then_some(false) }
    }
}
