//! Digits of other scripts, apart, in words, or with unusual marks between their groups.

use super::Change;
use crate::privacy::anchors::{find as find_byte, is_unspaced};

/// Fewest digits that are put together.
const FEWEST: usize = 6;
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
    let is_first = |b: u8| matches!(b, 0xC9 | 0xCE..=0xD4 | 0xD9 | 0xDB | 0xDF | 0xE0 | 0xE1);
    while let Some(at) = find_byte(bytes, from, is_first) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        if let Some(digit) = digit(c) {
            changes.push(Change::new(at, from, digit.to_string()));
            continue;
        }
        let is_part = |c: char| c.is_alphanumeric() || "@._-+%".contains(c);
        let Some(latin) = alike(c) else { continue };
        // Looks at the neighbours within a word of usual length.
        let before = text[..at].chars().rev().take(40).take_while(|c| is_part(*c));
        let after = text[from..].chars().take(40).take_while(|c| is_part(*c));
        if before.chain(after).any(|c| c.is_ascii_alphanumeric() || c == '@') {
            changes.push(Change::new(at, from, latin.to_string()));
        }
    }
}

/// Single characters with a space between each: `4 1 1 1`, `j a n e @`. Wider gaps stay as one space.
pub(super) fn apart(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = find_byte(bytes, at, |b| b == b' ') {
        // A run of single ASCII characters begins one before the space.
        let first = start.saturating_sub(1);
        let lone = |i: usize| {
            bytes.get(i).is_some_and(u8::is_ascii_graphic)
                && (i == 0 || bytes[i - 1] == b' ')
                && bytes.get(i + 1).is_none_or(|b| *b == b' ')
        };
        let opens = |i: usize| {
            lone(i)
                || i > 0
                    && bytes[i].is_ascii_alphanumeric()
                    && !bytes[i - 1].is_ascii()
                    && bytes.get(i + 1) == Some(&b' ')
        };
        at = start + 1;
        if start == 0 || !opens(first) {
            continue;
        }
        let (mut with, mut digits, mut end, mut next) = (String::new(), 0, first, first);
        loop {
            let c = bytes[next];
            with.push(char::from(c));
            digits += usize::from(c.is_ascii_digit());
            end = end.max(next + 1);
            let spaces = bytes[next + 1..].iter().take(4).take_while(|b| **b == b' ').count();
            next += 1 + spaces;
            let last = bytes.get(next).is_some_and(u8::is_ascii_alphanumeric)
                && bytes.get(next + 1).is_none_or(|b| !b.is_ascii());
            if !(1..=3).contains(&spaces) || !lone(next) && !last {
                break;
            }
            if spaces > 1 {
                with.push(' ');
            }
        }
        at = end.max(at);
        if with.len() >= FEWEST && (digits >= FEWEST || with.contains('@')) && !is_count(&with) {
            changes.push(Change::new(first, end, with));
        }
    }
}

/// `123456789`: somebody counts.
fn is_count(digits: &str) -> bool {
    digits.as_bytes().windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1))
}

/// The digits that a word spells: one in an alphabet, one for each character in Han and Hangul.
fn spelled_digits(word: &str, out: &mut String) -> bool {
    let lower = word.to_lowercase();
    let one = |word: &str| {
        include_str!("numerals.txt").lines().position(|line| line.split(' ').skip(1).any(|numeral| numeral == word))
    };
    if word.is_ascii() || !lower.starts_with(is_unspaced) {
        return one(&lower).map(|digit| out.push(char::from(b'0' + digit as u8))).is_some();
    }
    if let Some(digit) = one(&lower) {
        out.push(char::from(b'0' + digit as u8));
        return true;
    }
    let len = out.len();
    for (at, c) in lower.char_indices() {
        match one(&lower[at..at + c.len_utf8()]) {
            Some(digit) if at < 64 => out.push(char::from(b'0' + digit as u8)),
            _ => {
                out.truncate(len);
                return false;
            }
        }
    }
    true
}

/// Letters that a numeral can begin with: all other words are passed over.
fn may_spell(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    let short = word.len() <= if first.is_ascii() { 9 } else { 36 };
    short
        && (matches!(
            first.to_ascii_lowercase(),
            'z' | 'o' | 'n' | 'c' | 'e' | 'u' | 'j' | 't' | 'd' | 'f' | 'q' | 'v' | 's' | 'p' | 'h' | 'a'
        ) || !first.is_ascii())
}

/// Six or more digits in words, one after the other, also mixed with digits.
pub(super) fn spelled(text: &str, changes: &mut Vec<Change>) {
    let (mut at, mut start, mut end) = (0, 0, 0);
    let (mut with, mut words, mut usual) = (String::new(), 0, None);
    let bytes = text.as_bytes();
    let mut flush = |with: &mut String, words: &mut usize, start: usize, end: usize| {
        let digits = with.bytes().filter(u8::is_ascii_digit).count();
        if digits >= FEWEST && *words >= 3 {
            changes.push(Change::new(start, end, std::mem::take(with)));
        }
        with.clear();
        *words = 0;
    };
    while at < text.len() {
        // To the next letter or digit.
        let b = bytes[at];
        if b < 0x80 && !b.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let rest = &text[at..];
        let unspaced = rest.starts_with(is_unspaced);
        let len = rest.find(|c: char| !c.is_alphanumeric() || is_unspaced(c) != unspaced).unwrap_or(rest.len());
        if len == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let word = &rest[..len];
        let mut these = String::new();
        let numeral = if word.bytes().all(|b| b.is_ascii_digit()) {
            these.push_str(word);
            false
        } else {
            may_spell(word) && spelled_digits(word, &mut these)
        };
        let gap = &text[end..at];
        let near = gap.len() <= 3 && gap.chars().all(|c| matches!(c, ' ' | '-' | ',' | '.' | '\u{3000}'));
        if !these.is_empty() && (with.is_empty() || near) && with.len() < 40 {
            if with.is_empty() {
                // Digits alone begin nothing: words must.
                start = at;
                usual = None;
            } else {
                let single = these.len() == 1;
                match usual {
                    None if single => usual = Some(gap),
                    _ => {}
                }
                if !single || usual.is_some_and(|usual| usual != gap) {
                    with.push(if gap.contains('-') { '-' } else { ' ' });
                }
            }
            with.push_str(&these);
            words += usize::from(numeral) * these.len();
            end = at + len;
        } else {
            flush(&mut with, &mut words, start, end);
        }
        at += len;
    }
    flush(&mut with, &mut words, start, end);
}

/// Groups of digits with `_`, `*`, `|`, `~` or a middle dot between them.
pub(super) fn marked(text: &str, changes: &mut Vec<Change>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = find_byte(bytes, from, |b| matches!(b, b'_' | b'*' | b'|' | b'~' | 0xC2 | 0xE3)) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        let is_mark = matches!(c, '_' | '*' | '|' | '~' | '\u{B7}' | '\u{30FB}');
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        if is_mark && at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(from)) {
            changes.push(Change::new(at, from, "-".to_owned()));
        }
    }
}
