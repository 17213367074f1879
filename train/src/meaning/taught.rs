//! What a sentence encoder thinks of texts without labels of signs: `train/teacher/signs.bin.gz`.
//!
//! The file holds answers by checksum of the text, no text. train/teacher/README.md explains how it is made.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use flate2::Crc;
use flate2::read::GzDecoder;
use hearken::analysis::Sign;

use super::authored;
use super::goals::Goal;
use super::sources::Mixture;
use crate::data::Sheet;
use crate::phrases;

const FILE: &[u8] = include_bytes!("../../teacher/signs.bin.gz");
const MAGIC: &[u8] = b"HKSIGNS1";
/// Checksum, columns that are known, columns that are yes.
const RECORD: usize = 6;
/// Factor on the weight of each file of authored texts.
const AUTHORED: f32 = 10.0;
/// The same for public sets, whose texts are further from what the encoder learned from.
const PUBLIC: f32 = 2.0;

/// Train parts of the public sets with answers.
const SETS: [&str; 24] = [
    "absa/germeval2017_bahn.de",
    "absa/m_absa.de",
    "absa/m_absa.en",
    "absa/m_absa.es",
    "absa/m_absa.fr",
    "absa/m_absa.ja",
    "absa/m_absa.ko",
    "absa/m_absa.nl",
    "absa/m_absa.pt",
    "complaint/complaints_twitter.en",
    "emotion/kote_partial.ko",
    "intent/banking77.en",
    "intent/bitext_customer_support.en",
    "intent/google_play_review_types.en",
    "sentiment/germeval2017_bahn.de",
    "sentiment/polemo2_sentence.pl",
    "sentiment/umsab_twitter.de",
    "sentiment/umsab_twitter.es",
    "sentiment/umsab_twitter.fr",
    "sentiment/umsab_twitter.it",
    "sentiment/umsab_twitter.pt",
    "stars/cuba_hotel_reviews.es",
    "survey/nhs_fft_phase1.en",
    "survey/nhs_fft_v6.en",
];

/// The answers, by checksum.
struct Answers(Vec<u8>);

impl Answers {
    fn read() -> Result<Answers, String> {
        let mut bytes = Vec::new();
        GzDecoder::new(FILE).read_to_end(&mut bytes).map_err(|error| format!("train/teacher/signs.bin.gz: {error}"))?;
        match bytes.strip_prefix(MAGIC) {
            Some(records) if records.len() % RECORD == 0 => Ok(Answers(records.to_vec())),
            _ => Err("train/teacher/signs.bin.gz is no file of answers".into()),
        }
    }

    /// What is known of a text, if anything.
    fn of(&self, text: &str) -> Option<Goal> {
        let mut sum = Crc::new();
        sum.update(text.as_bytes());
        let (records, _) = self.0.as_chunks::<RECORD>();
        let key = |record: &[u8; RECORD]| u32::from_le_bytes([record[0], record[1], record[2], record[3]]);
        let [.., known, yes] = records[records.binary_search_by_key(&sum.sum(), key).ok()?];
        let mut goal = Goal::new();
        for sign in Sign::ALL.into_iter().filter(|sign| known >> *sign as usize & 1 == 1) {
            goal.set(sign, yes >> sign as usize & 1 == 1);
        }
        Some(goal)
    }
}

/// Adds every text with an answer to the mixture, each once.
pub fn read_all(dir: &Path, mix: &mut Mixture) -> Result<(), String> {
    let answers = Answers::read()?;
    let mut seen = BTreeSet::new();
    let mut add = |name: String, texts: Vec<String>, factor: f32| {
        let new = texts.into_iter().filter(|text| seen.insert(text.clone()));
        let rows: Vec<(String, Goal)> =
            new.filter_map(|text| Some((answers.of(&text)?, text))).map(|(g, t)| (t, g)).collect();
        if !rows.is_empty() {
            mix.add(&name, rows, factor);
        }
    };
    for (lang, file) in authored::FILES {
        let rows = authored::rows(lang, file)?.into_iter().enumerate().filter(|(at, _)| !authored::is_dev(*at));
        add(format!("authored.{lang}"), rows.map(|(_, row)| row.text).collect(), AUTHORED);
    }
    for (lang, file) in phrases::REASONS {
        let rows = phrases::reasons(lang, file)?;
        add(format!("authored reasons.{lang}"), rows.into_iter().map(|(text, _)| text).collect(), AUTHORED);
    }
    for stem in SETS {
        let sheet = Sheet::read(dir, &format!("{stem}.train"))?;
        add(stem.to_string(), sheet.rows.into_iter().map(|mut row| row.swap_remove(0)).collect(), PUBLIC);
    }
    Ok(())
}
