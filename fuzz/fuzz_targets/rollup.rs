//! Any bytes are a rollup or are refused; what is read comes back the same, merges and is summed up.
//! The checksum is made right, so that the fields behind it are reached.
#![no_main]

use hearken::score::{Rollup, SummaryOptions};
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
    let _ = Rollup::from_bytes(input);
    let mut framed = b"HKRU\x01".to_vec();
    framed.extend_from_slice(input);
    framed.extend_from_slice(&checksum(&framed).to_le_bytes());
    if let Ok(rollup) = Rollup::from_bytes(&framed) {
        assert!(Rollup::from_bytes(&rollup.to_bytes()).is_ok_and(|again| again == rollup));
        assert!(Rollup::from_json(&rollup.to_json()).is_ok_and(|again| again == rollup));
        let mut twice = rollup.clone();
        twice.merge(&rollup);
        twice.summary(&SummaryOptions::default());
        assert!(Rollup::from_bytes(&twice.to_bytes()).is_ok());
    }
});
