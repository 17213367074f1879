//! Any bytes are a classifier or are refused with the place. Length and checksum are made right, so that
//! the fields behind them are reached.
#![no_main]

use hearken::learn::Classifier;
use hearken::model::pack::checksum;
use libfuzzer_sys::fuzz_target;

/// Bytes of magic, format, length and checksum.
const HEAD: usize = 20;

fuzz_target!(|input: &[u8]| {
    let mut framed = b"HKCL\x01\0\0\0".to_vec();
    framed.extend(((HEAD + input.len()) as u32).to_le_bytes());
    framed.extend(checksum(input).to_le_bytes());
    framed.extend(input);
    for bytes in [input, &framed] {
        match Classifier::from_bytes(bytes) {
            Ok(classifier) => assert!(Classifier::from_bytes(&classifier.to_bytes()).is_ok()),
            Err(error) => assert_eq!(error.code(), "E_CLASSIFIER"),
        }
    }
});
