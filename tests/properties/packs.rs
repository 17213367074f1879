//! Model files that may be anything.

use hearken::analysis::{Act, Emotion, Flag, Intent, Safety, SentimentLabel, Sign};
use hearken::model::coded;
use hearken::model::pack::{FORMAT, PAYLOAD, checksum, key_bits};
use hearken::{AnalyzeOptions, Engine};
use proptest::prelude::*;

use super::{cases, with_sentences};

/// A small model file with every head the engine asks for, written after the table in
/// `src/model/pack.rs`.
fn small_pack() -> Vec<u8> {
    const ROWS: usize = 9;
    const WIDTH: usize = 3;
    fn name(out: &mut Vec<u8>, name: &str) {
        out.push(name.len() as u8);
        out.extend(name.as_bytes());
    }
    fn floats(out: &mut Vec<u8>, count: usize) {
        (0..count).for_each(|i| out.extend((i as f32 * 0.25 - 0.5).to_le_bytes()));
    }
    let mut out = [&b"HKRN"[..], &FORMAT.to_le_bytes(), &[0; 14]].concat();
    name(&mut out, "small");
    out.extend((ROWS as u32).to_le_bytes());
    out.push(key_bits(ROWS) as u8);
    let steps = (0..ROWS as u16).map(|row| 700 + row);
    out.extend(steps.clone().map(|step| step as u8));
    coded::write(&mut out, &steps.map(|step| (step >> 8) as u8).collect::<Vec<u8>>());
    // Encoding, view, bytes of a row: one raw block, then plain ones.
    let blocks = [(0u8, 0u8, WIDTH), (1, 1, WIDTH.div_ceil(2)), (2, 1, WIDTH.div_ceil(2))];
    out.push(blocks.len() as u8);
    for (encoding, view, _) in blocks {
        name(&mut out, "block");
        out.extend([WIDTH as u8, encoding, view]);
        floats(&mut out, WIDTH);
    }
    // Every block has every row.
    coded::write(&mut out, &[0b111; ROWS]);
    for (encoding, _, bytes) in blocks {
        for column in 0..bytes {
            // The spare half of a row's last byte stays empty.
            let kept = if encoding != 0 && column == bytes - 1 { 0x07 } else { 0x77 };
            let codes = (0..ROWS).map(|row| (((row * bytes + column) % 7 + 1) as u8 * 0x11) & kept);
            coded::write(&mut out, &codes.collect::<Vec<u8>>());
        }
    }
    let heads: [(&str, u8, u8, Vec<&str>); 10] = [
        ("language", 0, 0, vec!["en", "ko"]),
        ("sentiment", 1, 0, SentimentLabel::ALL.map(SentimentLabel::slug).to_vec()),
        ("emotions", 1, 1, Emotion::ALL.map(Emotion::slug).to_vec()),
        ("acts", 2, 1, Act::ALL.map(Act::slug).to_vec()),
        ("safety", 1, 1, Safety::ALL.map(Safety::slug).to_vec()),
        ("flags", 2, 1, Flag::ALL.map(Flag::slug).to_vec()),
        ("signs", 2, 1, Sign::ALL.map(Sign::slug).to_vec()),
        ("danger", 2, 1, vec!["danger"]),
        ("intent", 2, 0, Intent::ALL.map(Intent::slug).to_vec()),
        ("topics", 2, 1, vec!["price", "delivery"]),
    ];
    out.push(heads.len() as u8);
    for (head, block, kind, labels) in heads {
        name(&mut out, head);
        out.extend([block, kind]);
        out.extend((labels.len() as u16).to_le_bytes());
        labels.iter().for_each(|label| name(&mut out, label));
        floats(&mut out, labels.len() * WIDTH);
        floats(&mut out, labels.len());
        out.extend(1f32.to_le_bytes());
        if kind == 1 {
            // One set for all languages, one for English.
            out.push(2);
            for language in ["", "en"] {
                name(&mut out, language);
                floats(&mut out, labels.len());
            }
        }
    }
    seal(out)
}

/// Writes length and checksum anew, so that damage behind them is read and not only noticed.
fn seal(mut pack: Vec<u8>) -> Vec<u8> {
    if pack.len() >= PAYLOAD {
        let len = pack.len() as u32;
        pack[8..12].copy_from_slice(&len.to_le_bytes());
        let sum = checksum(&pack[PAYLOAD..]);
        pack[12..PAYLOAD].copy_from_slice(&sum.to_le_bytes());
    }
    pack
}

/// Reads a pack that may be anything; where it is accepted it must also be usable.
fn read_pack(bytes: &[u8]) -> Result<bool, TestCaseError> {
    match Engine::with_model(bytes) {
        Ok(engine) => {
            let options =
                AnalyzeOptions { evidence: true, question: Some("What could be better?".into()), ..with_sentences() };
            prop_assert!(engine.analyze("The damn driver was kind, 감사합니다 12 😀", &options).is_ok());
            Ok(true)
        }
        Err(error) => {
            prop_assert_eq!(error.code(), "E_MODEL");
            Ok(false)
        }
    }
}

#[test]
fn the_small_pack_is_a_pack() {
    assert!(Engine::with_model(&small_pack()).is_ok());
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn any_bytes_are_no_model(bytes in prop::collection::vec(any::<u8>(), 0..300), begins_right: bool) {
        let bytes = if begins_right { seal([&small_pack()[..PAYLOAD], &bytes].concat()) } else { bytes };
        prop_assert!(!read_pack(&bytes)?);
    }

    #[test]
    fn a_damaged_pack_is_refused(at in 0.0..1.0f64, bit in 0..8u32, keep in 0.0..1.0f64) {
        let pack = small_pack();
        let mut flipped = pack.clone();
        flipped[(pack.len() as f64 * at) as usize] ^= 1 << bit;
        prop_assert!(!read_pack(&flipped)?);
        prop_assert!(!read_pack(&pack[..(pack.len() as f64 * keep) as usize])?);
    }

    #[test]
    fn a_forged_pack_is_refused_or_works(changes in prop::collection::vec((0.0..1.0f64, any::<u8>()), 1..6), cut in prop::option::of(0.0..1.0f64)) {
        let mut pack = small_pack();
        for (at, byte) in changes {
            let at = PAYLOAD + ((pack.len() - PAYLOAD) as f64 * at) as usize;
            pack[at] = byte;
        }
        if let Some(cut) = cut {
            pack.truncate(PAYLOAD + ((pack.len() - PAYLOAD) as f64 * cut) as usize);
        }
        read_pack(&seal(pack))?;
    }
}
