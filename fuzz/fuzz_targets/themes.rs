//! Any bytes are themes or are refused; what is read is written back the same, merged and reported.
//! The checksum is made right, so that the fields behind it are reached.
#![no_main]

use hearken::themes::{ThemeOptions, ThemeRow, Themes};
use libfuzzer_sys::fuzz_target;

/// The checksum of the format: FNV-1a, finished as in SplitMix64.
fn checksum(bytes: &[u8]) -> u64 {
    let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    let mut hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325, fnv);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

fuzz_target!(|input: &[u8]| {
    let _ = Themes::from_bytes(input);
    let mut framed = b"HKTH\x01\0\0\0".to_vec();
    framed.extend_from_slice(input);
    framed.extend_from_slice(&checksum(&framed).to_le_bytes());
    if let Ok(themes) = Themes::from_bytes(&framed) {
        assert_eq!(themes.to_bytes(), framed);
        let mut other = Themes::new();
        let row = ThemeRow { text: "late delivery again", language: "en", ..ThemeRow::default() };
        other.add(&row).expect("the row number is small");
        other.merge(&themes);
        other.report(&ThemeOptions::default(), Some(&themes)).expect("the options are in range");
        assert!(Themes::from_bytes(&other.to_bytes()).is_ok());
    }
});
