//! One pass over a text that tells whether digits may be spelled in it, and where a sign for `@` may stand in words.
//! Nearly all texts have neither, and the readings that take more are not made.

use super::digits::{FEWEST, numerals, spelled_digits};

/// What a byte is to the pass.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Small,
    Capital,
    Digit,
    /// Stands between the digits of a row.
    Gap,
    Bracket,
    /// Ends a row.
    Other,
    /// Begins a character of two bytes, of three.
    Two,
    Three,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'a'..=b'z' => Kind::Small,
            b'A'..=b'Z' => Kind::Capital,
            b'0'..=b'9' => Kind::Digit,
            b' ' | b'-' | b',' | b'.' | b'/' | b')' | b'+' => Kind::Gap,
            b'(' | b'[' | b'{' | b'<' => Kind::Bracket,
            0xC3..=0xDF => Kind::Two,
            0xE0..=0xEF => Kind::Three,
            _ => Kind::Other,
        };
        b += 1;
    }
    kinds
};

/// Bytes behind a word that end it for certain.
const PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut b = 0;
    while b < 256 {
        parts[b] = matches!(KINDS[b], Kind::Gap | Kind::Bracket | Kind::Other);
        b += 1;
    }
    parts
};

/// For each letter, by its last five bits, the second ones of the numerals and signs for `@` that begin with it.
const SECONDS: [u32; 32] = {
    let mut seconds = [0; 32];
    // The signs; of `małpa` the first byte.
    let signs = b" at ar ap ch kl ma m\xC5";
    let numerals = include_bytes!("numerals.txt");
    let mut i = 0;
    while i + 2 < signs.len() {
        seconds[(signs[i + 1] & 31) as usize] |= 1 << (signs[i + 2] & 31);
        i += 3;
    }
    i = 0;
    while i + 2 < numerals.len() {
        if numerals[i] == b' ' {
            seconds[(numerals[i + 1] & 31) as usize] |= 1 << (numerals[i + 2] & 31);
        }
        i += 1;
    }
    seconds
};

/// How many small ASCII letters `bytes` begin with.
#[inline(always)]
fn small(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x80 * EACH;
    const LOWS: u64 = 0x7F * EACH;
    let mut len = 0;
    // Eight at a time: the top bit of each byte tells.
    while let Some(eight) = bytes.get(len..).and_then(|rest| rest.first_chunk()) {
        let eight = u64::from_le_bytes(*eight);
        let low = eight & LOWS;
        let small = (low + (0x80 - b'a' as u64) * EACH) & !(low + (0x7F - b'z' as u64) * EACH) & !eight & TOPS;
        if small != TOPS {
            return len + (small ^ TOPS).trailing_zeros() as usize / 8;
        }
        len += 8;
    }
    len + bytes[len..].iter().take_while(|b| b.is_ascii_lowercase()).count()
}

/// Digits and numerals that follow each other with nothing but gaps between.
#[derive(Default)]
struct Row {
    digits: usize,
    words: usize,
    long: bool,
}

impl Row {
    fn add(&mut self, digits: usize, words: usize) {
        self.digits += digits;
        self.words += words;
        self.long |= self.digits >= FEWEST && self.words >= 3;
    }

    fn end(&mut self) {
        (self.digits, self.words) = (0, 0);
    }
}

/// False where no row of numerals and digits in `text` is long enough for [`super::digits::spelled`]. Calls `sign` with
/// the bytes at which a sign for `@` may begin, rising. `O(bytes)`.
pub(super) fn spelled(text: &str, sign: &mut dyn FnMut(usize)) -> bool {
    let bytes = text.as_bytes();
    let numerals = numerals();
    let mut row = Row::default();
    let mut at = 0;
    // The character before was one of a numeral of several characters.
    let mut inside = false;
    while let Some(&b) = bytes.get(at) {
        let start = at;
        match KINDS[usize::from(b)] {
            Kind::Gap => at += 1,
            Kind::Small | Kind::Capital | Kind::Digit => {
                // Nearly all words: small letters and nothing else.
                let len = small(&bytes[at..]);
                if len > 0 && bytes.get(at + len).is_none_or(|b| PARTS[usize::from(*b)]) {
                    at += len;
                    if !may_begin(bytes, start) {
                        row.end();
                        inside = false;
                        continue;
                    }
                    if is_sign(bytes, start) {
                        sign(start);
                    }
                    if numerals.may_be_all(b, bytes[start + usize::from(len > 1)], bytes[at - 1], len)
                        && numerals.digit(&text[start..at]).is_some()
                    {
                        row.add(1, 1);
                    } else {
                        row.end();
                    }
                    inside = false;
                    continue;
                }
                let (mut capitals, mut digits) = (0, 0);
                let next = loop {
                    match bytes.get(at).map_or(Kind::Other, |b| KINDS[usize::from(*b)]) {
                        Kind::Small => {}
                        Kind::Capital => capitals += 1,
                        Kind::Digit => digits += 1,
                        next => break next,
                    }
                    at += 1;
                };
                let len = at - start;
                if may_begin(bytes, start) && is_sign(bytes, start) {
                    sign(start);
                }
                if next == Kind::Two {
                    at = mixed(text, start, at, &mut row, sign);
                } else if digits == len {
                    row.add(len, 0);
                } else if next == Kind::Three && bytes[at..].starts_with("〇".as_bytes()) {
                    // The zero is a letter of the word before it: `五U〇七`.
                    row.add(1, 1);
                } else if capitals == len && (1..=6).contains(&len) {
                    // The letters of an id: `一三KR七二`.
                    let numeral = usize::from(numerals.digit(&text[start..at]).is_some());
                    row.add(numeral, numeral);
                } else if capitals == 0 {
                    let numeral = digits == 0 && numerals.digit(&text[start..at]).is_some();
                    if numeral { row.add(1, 1) } else { row.end() }
                } else {
                    let plain = capitals == 1 && digits == 0 && b.is_ascii_uppercase();
                    let may = !plain || {
                        // `Seven`, and the letter and numeral of `Tone`.
                        let (second, last) = (bytes[start + usize::from(len > 1)] | 0x20, bytes[at - 1] | 0x20);
                        let third = bytes[start + (len - 1).min(2)];
                        numerals.may_be_all(b | 0x20, second, last, len)
                            || len > 1 && numerals.may_be_all(second, third, last, len - 1)
                    };
                    let mut spelled = String::new();
                    if may && len <= 60 && spelled_digits(&text[start..at], &mut spelled) {
                        row.add(spelled.len(), spelled.len());
                    } else {
                        row.end();
                    }
                }
            }
            Kind::Bracket => {
                sign(at);
                if b != b'(' {
                    row.end();
                }
                at += 1;
            }
            Kind::Other => {
                row.end();
                at += 1;
            }
            Kind::Two => at = mixed(text, start, start, &mut row, sign),
            Kind::Three => {
                at += 3;
                let Some(&[b, c, d]) = bytes.get(start..at) else { break };
                if matches!(b, 0xE3 | 0xEA | 0xEC) && is_sign(bytes, start) {
                    sign(start);
                }
                let c = u32::from(b & 15) << 12 | u32::from(c & 63) << 6 | u32::from(d & 63);
                let one = numerals.is_one(c);
                let part = !one && numerals.is_part(c);
                if one || part && !inside {
                    row.add(1, 1);
                } else if !part && c != 0x3000 {
                    row.end();
                }
                inside = part;
                continue;
            }
        }
        inside = false;
    }
    row.long
}

/// A word from `start` that has letters of two bytes, the first of them at `at`: gives its end.
#[inline(never)]
fn mixed(text: &str, start: usize, mut at: usize, row: &mut Row, sign: &mut dyn FnMut(usize)) -> usize {
    let bytes = text.as_bytes();
    let head = at;
    let mut tail = at;
    while let Some(&b) = bytes.get(at) {
        let kind = KINDS[usize::from(b)];
        if !matches!(kind, Kind::Two | Kind::Small | Kind::Capital | Kind::Digit) {
            break;
        }
        // Words begin behind such letters too.
        if (kind == Kind::Two || at == tail) && is_sign(bytes, at) {
            sign(at);
        }
        at += 1;
        if kind == Kind::Two {
            at += 1;
            tail = at;
        }
    }
    // A sign such as `×` ends a word too.
    let mut spelled = String::new();
    let is_numeral = |word: &str| !word.is_empty() && numerals().digit(word).is_some();
    if spelled_digits(&text[start..at], &mut spelled) || is_numeral(&text[start..head]) || is_numeral(&text[tail..at]) {
        row.add(spelled.len().max(2), spelled.len().max(2));
    } else {
        row.end();
    }
    at
}

/// False where the two letters at `at` begin neither a numeral nor a sign for `@`.
#[inline(always)]
fn may_begin(bytes: &[u8], at: usize) -> bool {
    let second = bytes.get(at + 1).map_or(0, |b| b & 31);
    SECONDS[usize::from(bytes[at] & 31)] >> second & 1 == 1
}

/// True where the bytes at `at` begin like a word for `@`.
fn is_sign(bytes: &[u8], at: usize) -> bool {
    let next = [bytes.get(at + 1).copied().unwrap_or(0), bytes.get(at + 2).copied().unwrap_or(0)];
    match (bytes[at], next) {
        (0xC3, [0xA4, _]) | (0xE3, [0x82, 0xA2] | [0x81, 0x82]) | (0xEA, [0xB3, 0xA8]) | (0xEC, [0x95, 0xB3]) => true,
        // `attention` is none: a letter behind the word makes it another.
        (b'a' | b'A', [b't' | b'T', last]) => !last.is_ascii_alphabetic(),
        (b'a' | b'A', [b'r' | b'R', b'r' | b'R' | b'o' | b'O'] | [b'p' | b'P', b'e' | b'E']) => true,
        (b'c' | b'C', [b'h' | b'H', b'i' | b'I']) => true,
        (b'k' | b'K', [b'l' | b'L', b'a' | b'A']) | (b'm' | b'M', [b'a' | b'A', b'l' | b'L' | 0xC5]) => true,
        _ => false,
    }
}
