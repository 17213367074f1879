//! Cheap looks at the bytes: which detectors have anything to do, and where the next digit is.
//!
//! The loops work on blocks without a branch per byte, so that the compiler turns them into vector
//! instructions both natively and under `simd128`.

/// What a text holds, a bit each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchors(u32);

impl Anchors {
    pub const AT: u32 = 1 << 0;
    pub const COLON: u32 = 1 << 1;
    pub const BREAK: u32 = 1 << 2;
    pub const DIGIT: u32 = 1 << 3;
    /// Two letters of `www.` one after the other.
    pub const WWW: u32 = 1 << 4;
    /// Two hyphens one after the other.
    pub const DASHES: u32 = 1 << 5;
    /// `KI`, as in the ids of AWS keys.
    pub const KEY: u32 = 1 << 6;
    /// A Latin capital, or the first byte of one beyond ASCII.
    pub const CAPITAL: u32 = 1 << 7;
    /// A dot between two digits.
    pub const DECIMAL: u32 = 1 << 8;
    /// The sign of degrees.
    pub const DEGREE: u32 = 1 << 9;
    /// A colon or hyphen twice, two bytes between, or a dot twice with four between.
    pub const MAC: u32 = 1 << 10;
    /// Digit, space, digit.
    pub const APART: u32 = 1 << 11;
    /// A mark that may part groups, or the first byte of one, behind a digit or capital.
    pub const MARKED: u32 = 1 << 12;
    /// First bytes of Hangul syllables, and of kana or Han.
    pub const HANGUL: u32 = 1 << 13;
    pub const HAN: u32 = 1 << 14;
    /// First bytes of Greek and Cyrillic letters, of marks, and of the blocks with digits of other scripts.
    pub const FOREIGN: u32 = 1 << 15;

    pub fn has(self, any: u32) -> bool {
        self.0 & any != 0
    }
}

/// How far behind a byte [`present`] looks.
const AHEAD: usize = 5;
/// Bytes that one step of the compiled loop takes.
const STEP: usize = 16;

/// The anchors in `bytes`. `O(bytes)`.
pub(super) fn present(bytes: &[u8]) -> Anchors {
    // The end is looked at with zeros behind it, so that all of it goes in whole steps.
    let count = bytes.len().saturating_sub(AHEAD) / STEP * STEP;
    let rest = &bytes[count..];
    let mut tail = [0; 3 * STEP];
    tail[..rest.len()].copy_from_slice(rest);
    Anchors(look(bytes, count) | look(&tail, 2 * STEP))
}

/// The anchors that begin within the first `count` bytes, [`AHEAD`] more of which follow.
fn look(bytes: &[u8], count: usize) -> u32 {
    if count == 0 {
        return 0;
    }
    let (one, two, three) = (&bytes[..count], &bytes[1..count + 1], &bytes[2..count + 2]);
    let (four, six) = (&bytes[3..count + 3], &bytes[5..count + 5]);
    let is = u8::from;
    let digit = |b: u8| is(b.wrapping_sub(b'0') < 10);
    let mut any = [0u8; 16];
    for i in 0..count {
        let (a, b, c) = (one[i], two[i], three[i]);
        let capital = is(a.wrapping_sub(b'A') < 26);
        let code = digit(a) | capital;
        let mark = is(b == b'_') | is(b == b'*') | is(b == b'|') | is(b == b'~');
        any[0] |= is(a == b'@');
        any[1] |= is(a == b':');
        any[2] |= is(a == b'\n');
        any[3] |= digit(a);
        any[4] |= is(a | 0x20 == b'w') & is(b | 0x20 == b'w');
        any[5] |= is(a == b'-') & is(b == b'-');
        any[6] |= is(a == b'K') & is(b == b'I');
        any[7] |= capital | is(a.wrapping_sub(0xC3) < 3);
        any[8] |= digit(a) & is(b == b'.') & digit(c);
        any[9] |= is(a == 0xC2) & is(b == 0xB0);
        any[10] |= (is(a == b':') | is(a == b'-')) & is(four[i] == a) | is(a == b'.') & is(six[i] == b'.');
        any[11] |= digit(a) & is(b == b' ') & digit(c);
        any[12] |= code & (mark | is(b == 0xC2) | is(b & 0xFE == 0xE2));
        any[13] |= is(a.wrapping_sub(0xEA) < 4);
        any[14] |= is(a.wrapping_sub(0xE3) < 7);
        any[15] |= is(a.wrapping_sub(0xC9) < 0x19) & is(a != 0xCA) & is(a != 0xCB);
    }
    any.iter().enumerate().fold(0, |all, (bit, any)| all | u32::from(*any) << bit)
}

/// True where one of `bytes` is `byte`. For short texts quicker than a search that may end early.
pub(super) fn holds(bytes: &[u8], byte: u8) -> bool {
    bytes.iter().fold(0, |any, b| any | u8::from(*b == byte)) != 0
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

/// Place of the first byte at or after `from` that `wanted` accepts together with the one `ahead` bytes behind it.
/// Quicker than [`find`] for a byte that is frequent and seldom what is looked for.
#[inline]
pub(super) fn find_two(bytes: &[u8], from: usize, ahead: usize, wanted: impl Fn(u8, u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let (ones, others) = (bytes.get(from..)?, bytes.get(from + ahead..)?);
    let mut at = 0;
    while let (Some(ones), Some(others)) = (ones.get(at..at + BLOCK), others.get(at..at + BLOCK)) {
        let mut any = 0u8;
        for i in 0..BLOCK {
            any |= u8::from(wanted(ones[i], others[i]));
        }
        if any != 0 {
            break;
        }
        at += BLOCK;
    }
    let rest = ones[at..].iter().zip(&others[at..]);
    rest.into_iter().position(|(one, other)| wanted(*one, *other)).map(|i| from + at + i)
}

/// True for letters of scripts written without spaces, or with particles joined on, so that an
/// address in Latin letters ends where they begin: Han, kana, Hangul, Thai.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0E7F}' | '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
