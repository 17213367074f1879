//! Digits of other scripts, apart, in words, or with unusual marks between their groups.

use std::sync::OnceLock;

use super::Change;
use super::codes::{flush, is_counted};
use crate::privacy::anchors::{find as find_byte, find_two, is_unspaced};
use crate::text::{Listed, is_alphanumeric};

/// Longest numeral of an alphabet, in bytes.
const LONGEST: usize = 11;
/// Fewest digits that are put together.
pub(super) const FEWEST: usize = 6;
/// The zeros of scripts whose ten digits follow each other: Arabic, Persian, N'Ko, Devanagari, Bengali, Gurmukhi,
/// Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian
/// (Unicode 16, general category Nd, those in use).
const ZEROS: [u32; 19] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x17E0, 0x1810,
];
/// Cyrillic and Greek letters and the Latin ones they pass for (Unicode TS 39, confusables).
const ALIKE: &str = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwɡgАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvιi";

/// The ASCII digit for a digit of another script.
fn digit(c: char) -> Option<char> {
    let c = c as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&c)).and_then(|zero| char::from_digit(c - zero, 10))
}

fn alike(c: char) -> Option<char> {
    let mut pairs = ALIKE.chars();
    while let (Some(foreign), Some(latin)) = (pairs.next(), pairs.next()) {
        if foreign == c {
            return Some(latin);
        }
    }
    None
}

/// Digits of other scripts, and look-alike letters in words that also have ASCII letters or digits.
pub(super) fn foreign(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    // The first bytes of Greek and Cyrillic letters, and of the blocks with digits.
    let is_first = |b: u8| matches!(b, 0xC9 | 0xCC..=0xD4 | 0xD9 | 0xDB | 0xDF | 0xE0 | 0xE1);
    while let Some(at) = find_byte(bytes, from, is_first) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        if let Some(digit) = digit(c) {
            changes.push(Change::new(at, from, digit.to_string()));
            continue;
        }
        let is_part = |c: char| c.is_alphanumeric() || "@._-+%".contains(c);
        // A mark that no letter took: `j\u{301}`.
        if matches!(c, '\u{300}'..='\u{36F}') {
            changes.push(Change::new(at, from, String::new()));
            continue;
        }
        let Some(latin) = alike(c) else { continue };
        // Looks at the neighbours within a word of usual length.
        let before = text[..at].chars().rev().take(40).take_while(|c| is_part(*c));
        let after = text[from..].chars().take(40).take_while(|c| is_part(*c));
        if before.chain(after).any(|c| c.is_ascii_alphanumeric() || c == '@') {
            changes.push(Change::new(at, from, latin.to_string()));
        }
    }
}

/// Single digits with a space between each: `4 1 1 1`. Other marks between them stay, and so do letters.
pub(super) fn apart(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut from = 0;
    while let Some(digit) = find_two(bytes, from, 1, |digit, space| digit.is_ascii_digit() && space == b' ') {
        let space = digit + 1;
        from = space + 1;
        // A digit of its own before the space, one behind it.
        if !is_digit(from) || space > 1 && is_digit(space - 2) || is_digit(from + 1) {
            continue;
        }
        let start = space - 1;
        let (mut with, mut pairs, mut digits, mut at) = (String::new(), 0, 0, start);
        let mut end = start;
        while with.len() < 48 {
            with.push(char::from(bytes[at]));
            digits += usize::from(is_digit(at));
            at += 1;
            end = at;
            // Between: a space between two digits goes, one other mark or a letter stays.
            match bytes.get(at) {
                Some(b' ') if is_digit(at + 1) && is_digit(at - 1) => {
                    pairs += 1;
                    at += 1;
                }
                Some(b'-' | b'.' | b'/') if is_digit(at + 1) => {}
                Some(b' ') if bytes.get(at + 1).is_some_and(|b| matches!(b, b'-' | b'.' | b'/')) => at += 1,
                Some(b' ') if matches!(bytes[at - 1], b'-' | b'.' | b'/') && is_digit(at + 1) => at += 1,
                Some(b) if b.is_ascii_uppercase() && is_digit(at - 1) => {}
                Some(b) if is_digit(at) && bytes[at - 1].is_ascii_uppercase() && !b.is_ascii_uppercase() => {}
                Some(b) if b.is_ascii_uppercase() && bytes[at - 1].is_ascii_uppercase() => {}
                Some(b) if b.is_ascii_digit() && matches!(bytes[at - 1], b'-' | b'.' | b'/') => {}
                _ => break,
            }
        }
        // The last digit may begin the next row.
        from = end - 1;
        if digits >= FEWEST && pairs >= 4 && !is_count(&with) {
            changes.push(Change::new(start, end, with));
        }
    }
}

/// `123456789`: somebody counts.
fn is_count(digits: &str) -> bool {
    digits.as_bytes().windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1))
}

/// The numerals with their digits.
pub(super) struct Numerals {
    listed: Listed,
    /// Lengths of those that begin with a byte, a bit each.
    lengths: [u16; 256],
    /// Lengths of those that have a byte in second place, and that end with one.
    seconds: [u16; 256],
    ends: [u16; 256],
    /// Bit `c % 4096` is set for a character of three bytes that is a numeral, and for one that is a part of one.
    ones: [u64; 64],
    parts: [u64; 64],
}

pub(super) fn numerals() -> &'static Numerals {
    static NUMERALS: OnceLock<Numerals> = OnceLock::new();
    NUMERALS.get_or_init(|| {
        let mut words = Vec::with_capacity(128);
        let mut file = Numerals {
            listed: Listed::new(Vec::new()),
            lengths: [0; 256],
            seconds: [0; 256],
            ends: [0; 256],
            ones: [0; 64],
            parts: [0; 64],
        };
        for line in include_str!("numerals.txt").lines() {
            let mut line = line.split(' ');
            let digit = line.next().map_or(0, |digit| u32::from(digit.as_bytes()[0]));
            words.extend(line.map(|word| (word, digit)));
        }
        for (word, _) in &words {
            file.lengths[usize::from(word.as_bytes()[0])] |= 1 << word.len();
            file.seconds[usize::from(word.as_bytes()[usize::from(word.len() > 1)])] |= 1 << word.len();
            file.ends[usize::from(word.as_bytes()[word.len() - 1])] |= 1 << word.len();
            for c in word.chars().filter(|c| c.len_utf8() == 3) {
                let set = if word.len() == 3 { &mut file.ones } else { &mut file.parts };
                let (at, bit) = slot(c as u32);
                set[at] |= bit;
            }
        }
        file.listed = Listed::new(words);
        file
    })
}

/// Word and bit of a character in [`Numerals::ones`] and [`Numerals::parts`].
fn slot(c: u32) -> (usize, u64) {
    ((c % 4096 / 64) as usize, 1 << (c % 64))
}

impl Numerals {
    /// False for a character of three bytes that is no numeral.
    pub(super) fn is_one(&self, c: u32) -> bool {
        let (at, bit) = slot(c);
        self.ones[at] & bit != 0
    }

    /// False for a character of three bytes that is in no numeral of several characters.
    pub(super) fn is_part(&self, c: u32) -> bool {
        let (at, bit) = slot(c);
        self.parts[at] & bit != 0
    }

    /// False for a word whose first byte and length no numeral has.
    #[inline(always)]
    pub(super) fn may_be(&self, first: u8, len: usize) -> bool {
        len <= LONGEST && self.lengths[usize::from(first)] >> len & 1 == 1
    }

    /// False for a word of small letters whose first, second and last byte and length no numerals have. The second of
    /// one letter is the first.
    #[inline(always)]
    pub(super) fn may_be_all(&self, first: u8, second: u8, last: u8, len: usize) -> bool {
        let of = |lengths: &[u16; 256], b: u8| lengths[usize::from(b)];
        len <= LONGEST && of(&self.lengths, first) & of(&self.seconds, second) & of(&self.ends, last) & 1 << len != 0
    }

    /// The digit of one numeral.
    pub(super) fn digit(&self, word: &str) -> Option<u8> {
        if !self.may_be(word.as_bytes()[0].to_ascii_lowercase(), word.len()) {
            return None;
        }
        match self.listed.as_typed(word) {
            0 => None,
            digit => Some(digit as u8),
        }
    }
}

/// The digit of one numeral.
fn numeral(word: &str) -> Option<u8> {
    numerals().digit(word)
}

/// The digits that a word spells: one in an alphabet, one for each character in Han and Hangul.
pub(super) fn spelled_digits(word: &str, out: &mut String) -> bool {
    if let Some(digit) = numeral(word) {
        out.push(char::from(digit));
        return true;
    }
    let len = out.len();
    if word.len() > 60 {
        return false;
    }
    if !word.starts_with(is_unspaced) {
        // A capital at the start is a sentence's: what follows must be a numeral. Other words need one inside.
        let bytes = word.as_bytes();
        let inner = bytes[1..].iter().any(u8::is_ascii_uppercase);
        let may = inner
            || bytes[0].is_ascii_uppercase()
                && word.get(1..).is_some_and(|rest| !rest.is_empty() && numeral(rest).is_some());
        return may && with_letters(word, out);
    }
    for (at, c) in word.char_indices() {
        match numeral(&word[at..at + c.len_utf8()]) {
            Some(digit) => out.push(char::from(digit)),
            None => {
                out.truncate(len);
                return false;
            }
        }
    }
    true
}

/// `fiveTone`, `CEseven`: numerals in small letters, with the capitals of an id between them.
fn with_letters(word: &str, out: &mut String) -> bool {
    let len = out.len();
    let (mut rest, mut both) = (word, (false, false));
    while let Some(c) = rest.chars().next() {
        let capital = c.is_uppercase();
        let end = rest.find(|c: char| c.is_uppercase() != capital).unwrap_or(rest.len());
        match (capital, numeral(&rest[..end])) {
            (true, _) if end <= 6 => out.push_str(&rest[..end]),
            (false, Some(digit)) => out.push(char::from(digit)),
            _ => {
                out.truncate(len);
                return false;
            }
        }
        both = (both.0 | capital, both.1 | !capital);
        rest = &rest[end..];
    }
    if both != (true, true) {
        out.truncate(len);
    }
    both == (true, true)
}

/// The numeral that a word without spaces begins or ends with, and its place: `ごでお願い`, `日中はゼロ`.
fn at_edge(word: &str, ends: bool) -> Option<(usize, usize, u8)> {
    let mut edges = [None; 4];
    if ends {
        word.char_indices().rev().take(4).zip(&mut edges).for_each(|((at, _), edge)| *edge = Some((at, word.len())));
    } else {
        let bounds = word.char_indices().map(|(at, c)| at + c.len_utf8());
        bounds.take(4).zip(&mut edges).for_each(|(end, edge)| *edge = Some((0, end)));
    }
    edges
        .into_iter()
        .flatten()
        .rev()
        .find_map(|(start, end)| numeral(&word[start..end]).map(|digit| (start, end, digit)))
}

/// Six or more digits in words, one after the other, also mixed with digits.
pub(super) fn spelled(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let (mut at, mut start, mut end) = (0, 0, 0);
    let (mut with, mut words, mut usual) = (String::new(), 0, "");
    // What there was before the last word.
    let mut last = (0, 0);
    let mut these = String::new();
    let numerals = numerals();
    while at < bytes.len() {
        let b = bytes[at];
        if b < 0x80 && !b.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        // Most words are in small letters and no numeral.
        if b.is_ascii_lowercase() && with.is_empty() {
            let len = bytes[at..].iter().take_while(|b| b.is_ascii_lowercase()).count();
            let ends = bytes.get(at + len).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
            if ends && !numerals.may_be(b, len) {
                at += len + 1;
                continue;
            }
        }
        let len = word_len(text, at);
        if len == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let word = &text[at..at + len];
        these.clear();
        let plain = b.is_ascii_digit() && with.len() < 40 && word.bytes().all(|b| b.is_ascii_digit());
        let numeral = !plain && len <= 60 && spelled_digits(word, &mut these);
        if plain && !with.is_empty() {
            these.push_str(word);
        }
        if these.is_empty() && with.is_empty() && (plain || b.is_ascii()) {
            at += len;
            continue;
        }
        // Words of scripts without spaces run on: the numeral at their edge begins or ends the number.
        let (mut from, mut to) = (at, at + len);
        if !plain
            && !numeral
            && !b.is_ascii()
            && len > 3
            && word.starts_with(is_unspaced)
            && let Some((start, end, digit)) = at_edge(word, with.is_empty())
        {
            (from, to) = (at + start, at + end);
            these.push(char::from(digit));
        }
        let edge = to - from < len;
        let gap = &text[end.min(from)..from];
        // The letters of an id between its digits.
        if !numeral
            && !with.is_empty()
            && len <= 2
            && matches!(gap, " " | "-")
            && word.bytes().all(|b| b.is_ascii_uppercase())
        {
            these.push_str(word);
        }
        let near = gap.len() <= 3
            && gap.chars().all(|c| matches!(c, ' ' | '-' | ',' | '.' | '/' | '(' | ')' | '+' | '\u{3000}'));
        if !these.is_empty() && (with.is_empty() || near && with.len() < 48) {
            last = (with.len(), end);
            if with.is_empty() {
                (start, usual) = (from, " ");
            } else if plain || gap != usual && !gap.is_empty() {
                with.push(if gap.contains('-') { '-' } else { gap.trim().chars().next().unwrap_or(' ') });
            }
            with.push_str(&these);
            words += usize::from(numeral || edge) * these.len();
            end = to;
            if edge && from == at {
                flush(text, &mut with, &mut words, start, end, changes);
            }
        } else if !with.is_empty() {
            // `... 공 이 번호로`, `... trzy dwa razy`: the last one counts what follows.
            if gap == " " && is_counted(word) {
                with.truncate(last.0);
                (words, end) = (words.saturating_sub(1), last.1);
            }
            flush(text, &mut with, &mut words, start, end, changes);
            // This word may begin the next number.
            if numeral {
                (start, end, usual) = (at, at + len, " ");
                with.push_str(&these);
                words = these.len();
            }
        }
        at += len;
    }
    flush(text, &mut with, &mut words, start, end, changes);
}

/// Bytes of the word at byte `at`: letters of scripts with spaces, or of one without, or digits.
fn word_len(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    if bytes[0].is_ascii() {
        let len = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if bytes.get(len).is_none_or(u8::is_ascii) {
            return len;
        }
    }
    let rest = &text[at..];
    let unspaced = rest.starts_with(is_unspaced);
    rest.find(|c: char| !is_alphanumeric(c) || is_unspaced(c) != unspaced).unwrap_or(rest.len())
}
