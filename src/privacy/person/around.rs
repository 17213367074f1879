//! Names beside what is found: in the line above an address, behind another name, and what follows a name.

use super::lists::{FIRM, FIRST, HALF, is_listed};
use super::{Known, REACH, is_common, is_firm, known, name_end, name_word};
use crate::model::listed_name;
use crate::privacy::{Pii, PiiType, rank};
use crate::span::Span;

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
        let word = rest.rfind(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '-' | '.'))).map_or(0, |at| at + 1);
        let word = rest.get(word..).filter(|word| name_word(word) == Some(word.len()))?;
        if is_common(word) || listed_name(word) == Some(false) || is_listed(FIRM, word) {
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
    let weak = || is_listed(HALF, &word.to_lowercase()) || is_listed(FIRST, &word.to_lowercase());
    let fits = count == 1 && !name && !place && (surname || weak()) && !is_common(word) && !is_firm(text, last);
    fits.then_some(Span::new(start, last))
}
