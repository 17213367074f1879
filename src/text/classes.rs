//! The class and the lower case of a character, without a search for those that customers type most.
//!
//! Every short cut gives what the Unicode tables of the standard library give; tests compare them
//! for all characters.

use super::chars::{is_emoji, is_mark, is_unspaced};

/// Class of one character, for scanning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Space,
    Letter,
    Digit,
    Unspaced,
    Emoji,
    Mark,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Mark; 128];
    let mut code = 0;
    while code < 128 {
        table[code] = match code as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t'..=b'\r' => Class::Space,
            _ => Class::Mark,
        };
        code += 1;
    }
    table
};

#[inline(always)]
pub(crate) fn class_of(c: char) -> Class {
    match ASCII.get(c as usize) {
        Some(class) => *class,
        None => class_beyond_ascii(c),
    }
}

#[inline(never)]
fn class_beyond_ascii(c: char) -> Class {
    match c as u32 {
        // Latin letters with marks, Cyrillic, Hangul syllables.
        0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x400..=0x481 | 0xAC00..=0xD7A3 => Class::Letter,
        // Quotation marks, dashes, ideographic stops.
        0x2010..=0x2027 | 0x3001..=0x3004 => Class::Mark,
        _ if is_unspaced(c) => Class::Unspaced,
        _ if c.is_alphabetic() || is_mark(c) => Class::Letter,
        _ if is_emoji(c) => Class::Emoji,
        _ if c.is_whitespace() => Class::Space,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Mark,
    }
}

/// As [`char::is_alphanumeric`].
#[inline(always)]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { alphanumeric_beyond_ascii(c) }
}

#[inline(never)]
fn alphanumeric_beyond_ascii(c: char) -> bool {
    match c as u32 {
        0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x400..=0x481 => true,
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 => true,
        0x2010..=0x2027 | 0x3001..=0x3004 | 0x1F300..=0x1FAFF => false,
        _ => c.is_alphanumeric(),
    }
}

/// As [`char::is_alphabetic`].
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c as u32 {
        0..0x80 => c.is_ascii_alphabetic(),
        // Letters of these scripts; digits and marks stand elsewhere.
        0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x400..=0x481 => true,
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 => true,
        _ => c.is_alphabetic(),
    }
}

/// True for letters and digits of scripts that write spaces: what joins into words.
#[inline(always)]
pub(crate) fn in_word(c: char) -> bool {
    is_alphanumeric(c) && !is_unspaced(c)
}

/// Lower case, one character for one (the first, where there are more), typographic apostrophes
/// made plain.
#[inline(always)]
pub(crate) fn low(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { low_beyond_ascii(c) }
}

#[inline(never)]
fn low_beyond_ascii(c: char) -> char {
    match c as u32 {
        0x2019 => '\'',
        0xDF..=0xFF | 0x3001..=0xA63F | 0xAC00..=0xD7A3 => c,
        // Small letters stand 32 behind the great ones.
        0xC0..=0xDE if c != '×' => char::from_u32(c as u32 + 32).unwrap_or(c),
        // Great and small letters alternate.
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 => char::from_u32(c as u32 | 1).unwrap_or(c),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn short_cuts_give_what_the_tables_give() {
        for c in all() {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            let plain = if c == '’' { '\'' } else { c.to_lowercase().next().unwrap_or(c) };
            assert_eq!(low(c), plain, "{c:?}");
            let class = if c.is_ascii() {
                ASCII[c as usize]
            } else if is_unspaced(c) {
                Class::Unspaced
            } else if c.is_alphabetic() || is_mark(c) {
                Class::Letter
            } else if is_emoji(c) {
                Class::Emoji
            } else if c.is_whitespace() {
                Class::Space
            } else if c.is_numeric() {
                Class::Digit
            } else {
                Class::Mark
            };
            assert_eq!(class_of(c), class, "{c:?}");
        }
    }

    #[test]
    fn lower_case_is_of_the_same_class() {
        for c in all() {
            assert_eq!(class_of(c), class_of(low(c)), "{c:?}");
        }
    }

    #[test]
    fn one_letter_alone_has_two_in_lower_case() {
        let long: Vec<char> = all().filter(|c| c.to_lowercase().count() > 1).collect();
        assert_eq!(long, ['İ']);
    }
}
