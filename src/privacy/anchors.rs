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
    /// A mark in ASCII that may part groups, or the first byte of another behind a digit or capital.
    pub const MARK: u32 = Self::SIGN | Self::GROUPED;
    const SIGN: u32 = 1 << 7;
    const GROUPED: u32 = 1 << 13;
    /// Anything beyond ASCII.
    const WIDE: u32 = 1 << 8;
    /// First bytes of Hangul syllables, and of kana or Han.
    pub const HANGUL: u32 = 1 << 9;
    pub const HAN: u32 = 1 << 10;
    /// First bytes of Greek and Cyrillic letters, of marks, and of the blocks with digits of other scripts.
    pub const FOREIGN: u32 = 1 << 11;
    /// The first byte of the sign of degrees.
    pub const DEGREE: u32 = 1 << 12;

    pub fn has(self, any: u32) -> bool {
        self.0 & any != 0
    }
}

/// Bytes that one step of the compiled loops takes.
const STEP: usize = 16;

/// The anchors in `bytes`. `O(bytes)`.
pub(super) fn present(bytes: &[u8]) -> Anchors {
    // The end is looked at with zeros behind it, so that all of it goes in whole steps.
    let count = bytes.len().saturating_sub(1) / STEP * STEP;
    let rest = &bytes[count..];
    let mut tail = [0; 2 * STEP];
    tail[..rest.len()].copy_from_slice(rest);
    let mut found = plain(bytes, count) | plain(&tail, STEP);
    if found & Anchors::WIDE != 0 {
        found |= wide(bytes, count) | wide(&tail, STEP);
    }
    Anchors(found)
}

/// The anchors among the first `count` bytes, behind which one more stands.
fn plain(bytes: &[u8], count: usize) -> u32 {
    if count == 0 {
        return 0;
    }
    // The flags of a byte in one byte, so that blocks are brought together once.
    let (mut any, mut beyond) = (0u8, 0u8);
    for (&a, &b) in bytes[..count].iter().zip(&bytes[1..=count]) {
        let is = |yes: bool, bit: u32| if yes { bit as u8 } else { 0 };
        any |= is(a == b'@', Anchors::AT)
            | is(a == b':', Anchors::COLON)
            | is(a == b'\n', Anchors::BREAK)
            | is(a.wrapping_sub(b'0') < 10, Anchors::DIGIT)
            | is((a | 0x20 == b'w') & (b | 0x20 == b'w'), Anchors::WWW)
            | is((a == b'-') & (b == b'-'), Anchors::DASHES)
            | is((a == b'K') & (b == b'I'), Anchors::KEY)
            | is((a == b'_') | (a == b'*') | (a == b'|') | (a == b'~'), Anchors::SIGN);
        beyond |= a;
    }
    u32::from(any) | if beyond >= 0x80 { Anchors::WIDE } else { 0 }
}

/// As [`plain`], those beyond ASCII.
fn wide(bytes: &[u8], count: usize) -> u32 {
    /// Bits of [`plain`], which come before.
    const SHIFT: u32 = 8;
    if count == 0 {
        return 0;
    }
    let mut any = 0u8;
    for (&a, &b) in bytes[..count].iter().zip(&bytes[1..=count]) {
        let is = |yes: bool, bit: u32| if yes { (bit >> SHIFT) as u8 } else { 0 };
        let code = (a.wrapping_sub(b'0') < 10) | (a.wrapping_sub(b'A') < 26);
        any |= is(code & ((b == 0xC2) | (b & 0xFE == 0xE2)), Anchors::GROUPED)
            | is(a.wrapping_sub(0xEA) < 4, Anchors::HANGUL)
            | is(a.wrapping_sub(0xE3) < 7, Anchors::HAN)
            | is(a.wrapping_sub(0xC9) < 0x19, Anchors::FOREIGN)
            | is(a == 0xC2, Anchors::DEGREE);
    }
    u32::from(any) << SHIFT
}

/// Where the runs of digits stand, found once for all who begin at digits.
pub(super) struct Runs(Vec<(usize, usize)>);

impl Runs {
    /// Those of `bytes`. `O(bytes)`.
    pub fn new(bytes: &[u8]) -> Runs {
        let mut runs = Vec::new();
        let mut from = 0;
        while let Some(start) = find(bytes, from, |b| b.is_ascii_digit()) {
            from = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            runs.push((start, from));
        }
        Runs(runs)
    }

    /// Place of the first digit at or after `from`, which only rises. `at` is the number of a run before it.
    pub fn next(&self, at: &mut usize, from: usize) -> Option<usize> {
        while self.0.get(*at).is_some_and(|(_, end)| *end <= from) {
            *at += 1;
        }
        self.0.get(*at).map(|(start, _)| from.max(*start))
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
