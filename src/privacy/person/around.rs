//! What stands around names: addresses below them, further names beside them, first names before surnames, and words
//! that follow.

use super::lists::{AFTER, FIRM, FIRST, HALF, LAST, NEXT, is_listed, may_be_next, section};
use super::{Known, REACH, is_common, known, last_word, name_end, name_word};
use crate::model::listed_name;
use crate::privacy::{Pii, PiiType, rank};
use crate::span::Span;
use crate::text::is_alphabetic;

/// Adds the names that stand in the line above an address, as on an envelope.
pub(super) fn above_addresses(text: &str, found: &mut Vec<Pii>) {
    let addresses = found.len();
    for at in 0..addresses {
        if found[at].kind == PiiType::Address
            && let Some(span) = above(text, found[at].span.start)
        {
            found.push(Pii::new(PiiType::Person, span, rank::PERSON_LISTED));
        }
    }
}

/// Two or three words in capitals that fill the line, or the stretch between wide gaps, before byte `at`.
fn above(text: &str, at: usize) -> Option<Span> {
    let head = text[..at].trim_end_matches(['\n', ' ', '>']);
    let wide = |gap: &str| gap.contains(['\n', '>', '|']) || gap.ends_with("  ");
    if head.len() == at || !wide(&text[head.len()..at]) {
        return None;
    }
    let floor = text.ceil_char_boundary(head.len().saturating_sub(REACH));
    let mut start = head.len();
    let mut words = 0;
    while words < 3 {
        let rest = text[floor..start].strip_suffix(' ').filter(|_| words > 0).unwrap_or(&text[floor..start]);
        let word = rest.rfind(|c: char| !(is_alphabetic(c) || matches!(c, '\'' | '-' | '.'))).map_or(0, |at| at + 1);
        let word = rest.get(word..).filter(|word| name_word(word) == Some(word.len()))?;
        if is_common(word) || listed_name(word) == Some(false) || is_firm_word(word) {
            return None;
        }
        start = floor + rest.len() - word.len();
        words += 1;
        let before = &text[..start];
        if words > 1 && (before.is_empty() || wide(&before[before.trim_end_matches([' ', '>', '\n']).len()..])) {
            return Some(Span::new(start, head.len()));
        }
    }
    None
}

/// The end of a name with what may follow it: `Jr`, `PhD`.
pub(super) fn with_suffix(text: &str, end: usize) -> usize {
    const SUFFIXES: [&str; 8] = ["Jr", "Sr", "MD", "PhD", "DDS", "DVM", "III", "II"];
    let rest = text[end..].strip_prefix(',').unwrap_or(&text[end..]).strip_prefix(' ').unwrap_or("");
    let suffix = SUFFIXES.iter().find(|suffix| {
        rest.strip_prefix(**suffix).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    suffix.map_or(end, |suffix| text.len() - rest.len() + suffix.len())
}

/// A listed surname or first name behind a name that ends at `end`: `Anna, Bowman and Rose`.
pub(super) fn beside(text: &str, end: usize) -> Option<Span> {
    const JOINTS: [&str; 11] = [", ", " and ", " & ", " und ", " et ", " y ", " e ", " i ", " en ", " to ", " or "];
    let rest = &text[end..];
    let joint = JOINTS.iter().find(|joint| rest.starts_with(**joint))?;
    let start = end + joint.len();
    let len = name_word(&text[start..])?;
    let word = &text[start..start + len];
    let (last, count) = name_end(text, start + len);
    let Known { name, surname, place } = known(word);
    let weak = || is_listed(HALF, word) || is_listed(FIRST, word);
    let fits = count == 1 && !name && !place && (surname || weak()) && !is_common(word) && !is_firm(text, last);
    fits.then_some(Span::new(start, last))
}

/// Where the first name begins that stands before a surname at `start`: a capitalised word, perhaps an initial behind it.
pub(super) fn first_before(text: &str, floor: usize, start: usize) -> Option<usize> {
    let mut head = text[floor..start].strip_suffix(' ')?;
    let initial = head.strip_suffix('.').unwrap_or(head);
    if initial.len() > 2
        && initial.ends_with(|c: char| c.is_ascii_uppercase())
        && initial[..initial.len() - 1].ends_with(' ')
    {
        head = &initial[..initial.len() - 2];
    }
    let at = last_word(head, '-');
    let before = &head[at..];
    let fits = name_word(before) == Some(before.len()) && (at > 0 || floor == 0) && before.len() > 2;
    let joined = head[..at].ends_with(['#', '@', '_', '/', '&', '.']) || head[..at].ends_with(char::is_alphanumeric);
    (fits && !joined && !is_common(before) && listed_name(before) != Some(false) && !is_listed(LAST, before))
        .then_some(floor + at)
}

/// True when an entry of [`AFTER`] follows at byte `end`.
pub(super) fn is_followed(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let own = match rest.as_bytes() {
        [b' ', ..] => None,
        [b'\'', b's', b' ', ..] => Some(&rest[2..]),
        [0xE2, 0x80, 0x99, b's', b' ', ..] => Some(&rest[4..]),
        _ => return false,
    };
    let tail = own.unwrap_or(rest);
    // Nearly all words behind are none of them.
    if !tail.get(1..3).is_some_and(may_be_next) {
        return false;
    }
    let len = tail.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count();
    if !is_listed(NEXT, &tail[1..=len]) {
        return false;
    }
    section(AFTER).iter().any(|entry| {
        let bare = entry.strip_prefix("'s");
        bare.is_some() == own.is_some() && begins(tail, bare.unwrap_or(entry))
    })
}

/// True when `text` begins with `words` as whole words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(is_alphabetic))
}

/// True when a word behind byte `end` makes what ends there a firm or a place.
pub(super) fn is_firm(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\'', 's']);
    let len = rest.find(|c: char| !is_alphabetic(c)).unwrap_or(rest.len());
    is_firm_word(&rest[..len])
}

/// Those words have their capitals.
fn is_firm_word(word: &str) -> bool {
    is_listed(FIRM, word) && section(FIRM).contains(&word)
}
