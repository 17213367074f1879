//! Cheap looks at the bytes: which detectors have anything to do, and where the next digit is.
//!
//! The loops work on blocks without a branch per byte, so that the compiler turns them into vector
//! instructions both natively and under `simd128`.

/// Which anchor bytes a text holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Anchors {
    pub at: bool,
    pub colon: bool,
    pub equals: bool,
    pub digit: bool,
    /// Letters of `www.` one after the other.
    pub www: bool,
    /// Two hyphens one after the other.
    pub dashes: bool,
    /// `KI`, as in the ids of AWS keys.
    pub key: bool,
}

/// The anchors in `bytes`. `O(bytes)`.
pub(super) fn present(bytes: &[u8]) -> Anchors {
    let (mut at, mut colon, mut equals, mut digit) = (0u8, 0u8, 0u8, 0u8);
    for &byte in bytes {
        at |= u8::from(byte == b'@');
        colon |= u8::from(byte == b':');
        equals |= u8::from(byte == b'=');
        digit |= u8::from(byte.wrapping_sub(b'0') < 10);
    }
    let (mut www, mut dashes, mut key) = (0u8, 0u8, 0u8);
    for (&a, &b) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
        www |= u8::from(a | 0x20 == b'w') & u8::from(b | 0x20 == b'w');
        dashes |= u8::from(a == b'-') & u8::from(b == b'-');
        key |= u8::from(a == b'K') & u8::from(b == b'I');
    }
    Anchors {
        at: at != 0,
        colon: colon != 0,
        equals: equals != 0,
        digit: digit != 0,
        www: www != 0,
        dashes: dashes != 0,
        key: key != 0,
    }
}

/// Place of the first byte at or after `from` that `wanted` accepts.
#[inline]
pub(super) fn find(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = from.min(bytes.len());
    while let Some(block) = bytes.get(at..at + BLOCK) {
        if block.iter().fold(0u8, |any, &byte| any | u8::from(wanted(byte))) != 0 {
            break;
        }
        at += BLOCK;
    }
    bytes[at..].iter().position(|&byte| wanted(byte)).map(|i| at + i)
}

/// True for letters of scripts written without spaces, or with particles joined on, so that an
/// address in Latin letters ends where they begin: Han, kana, Hangul, Thai.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0E7F}' | '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
