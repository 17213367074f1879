//! Names of persons: behind words that introduce one, behind a title, and listed first names with what follows.
//!
//! A name is not a structure: the list of names is short, and words that are names and more are taken only behind an
//! introduction. Much is missed, some is made up; `docs/design/privacy.md` has the rates.

mod eastern;

use std::sync::OnceLock;

use super::anchors::Anchors;
use super::{Pii, PiiType, rank};
use crate::model::{is_name, listed_name};
use crate::span::Span;
use crate::text::{Listed, is_alphabetic, is_alphanumeric};

const TITLE: usize = 0;
const INTRO: usize = 1;
const MAY: usize = 2;
const FIRST: usize = 3;
/// The last words of titles and introductions.
const LAST: usize = 4;
const COMMON: usize = 5;
/// What introduces a name only when two words of it follow.
const PAIR: usize = 6;

/// Most words of a name, and most bytes of one.
const WORDS: usize = 4;
const WORD_BYTES: usize = 40;
/// Bytes read before a name.
const REACH: usize = 40;

/// The entries of each section.
fn lists() -> &'static [Vec<&'static str>; 7] {
    static LISTS: OnceLock<[Vec<&'static str>; 7]> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = [const { Vec::new() }; 7];
        let mut section = 0;
        let mut begun = false;
        for line in include_str!("words.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                // The fifth list is made of the others.
                section += usize::from(begun) + usize::from(section == FIRST);
                begun = true;
            } else if matches!(section, INTRO | MAY | PAIR) {
                lists[section].push(line);
            } else {
                lists[section].extend(line.split_whitespace());
            }
        }
        let ends: Vec<&str> = lists[..FIRST]
            .iter()
            .chain(&lists[PAIR..])
            .flatten()
            .filter_map(|entry| entry.rsplit(' ').next())
            .collect();
        lists[LAST] = ends;
        lists
    })
}

/// The words of [`TITLE`], [`FIRST`], [`LAST`] and [`COMMON`], a bit each.
fn words() -> &'static Listed {
    static WORDS: OnceLock<Listed> = OnceLock::new();
    WORDS.get_or_init(|| {
        let section = |section: usize| lists()[section].iter().map(move |word| (*word, 1 << section));
        Listed::new([TITLE, FIRST, LAST, COMMON].into_iter().flat_map(section).collect())
    })
}

/// True for a word, in any case, of one of the sections in [`words`].
fn is_listed(section: usize, word: &str) -> bool {
    words().bits(word) >> section & 1 == 1
}

/// Adds the names in `text`. `O(bytes)`: what is read around a capital is bounded.
pub(super) fn find(text: &str, seen: Anchors, found: &mut Vec<Pii>) {
    western(text, found);
    if seen.has(Anchors::HANGUL) {
        eastern::korean(text, found);
    }
    if seen.has(Anchors::HAN) {
        eastern::japanese(text, found);
    }
}

fn western(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = next_capital(bytes, from) {
        from = at + 1;
        let joined = match at.checked_sub(1).map(|before| bytes[before]) {
            None => false,
            Some(b) if b.is_ascii() => b.is_ascii_alphanumeric() || b"@_/#&".contains(&b),
            Some(_) => text[..at].chars().next_back().is_some_and(is_alphanumeric),
        };
        if joined {
            continue;
        }
        let Some(len) = name_word(&text[at..]) else {
            from = at + bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count().max(1);
            continue;
        };
        from = at + len;
        if let Some((span, certainty)) = name(text, at, at + len) {
            found.push(Pii::new(PiiType::Person, span, certainty));
            from = span.end;
        }
    }
}

/// Place of the next capital of Latin letters at or after `from`, or of the first byte of one beyond ASCII (or of
/// another letter). They stand too near for a search by large blocks.
fn next_capital(bytes: &[u8], from: usize) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x80 * EACH;
    let capital = |b: &u8| b.is_ascii_uppercase() || (0xC3..=0xC5).contains(b);
    let mut at = from;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let eight = u64::from_le_bytes(*chunk);
        if eight & TOPS == 0 {
            // The top bit of each byte tells.
            let capitals = (eight + (0x80 - b'A' as u64) * EACH) & !(eight + (0x7F - b'Z' as u64) * EACH) & TOPS;
            if capitals != 0 {
                return Some(at + capitals.trailing_zeros() as usize / 8);
            }
        } else if let Some(near) = chunk.iter().position(capital) {
            return Some(at + near);
        }
        at += 8;
    }
    bytes[at..].iter().position(capital).map(|near| at + near)
}

/// Bytes of the capitalised word that `rest` begins with: a capital and small letters, also `O'Neil`, `Smith-Jones`,
/// `McKay`. A word in capitals throughout is none.
fn name_word(rest: &str) -> Option<usize> {
    // Most words are plain and not in capitals.
    let bytes = rest.as_bytes();
    let small = bytes.iter().skip(1).take_while(|b| b.is_ascii_lowercase()).count();
    if bytes.first().is_some_and(u8::is_ascii_uppercase)
        && (1..WORD_BYTES).contains(&small)
        && matches!(bytes.get(1 + small), None | Some(b' ' | b',' | b'.' | b'!' | b'?' | b':' | b'\n'))
    {
        return Some(1 + small);
    }
    let inside = |c: char| is_alphabetic(c) || matches!(c, '\'' | '\u{2019}' | '-');
    let len = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
    let word = rest[..len].trim_end_matches(['\'', '\u{2019}', '-']);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
    let mut chars = word.chars();
    let capital = chars.next()?.is_uppercase();
    let small = chars.clone().any(char::is_lowercase);
    let glued = rest[len..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, '_' | '@' | '/'));
    (capital && small && word.len() >= 2 && word.len() <= WORD_BYTES && !glued).then_some(word.len())
}

/// The end of a name whose first word ends at `end`: initials, further capitalised words, small ones inside.
fn name_end(text: &str, mut end: usize) -> (usize, usize) {
    let mut count = 1;
    while count < WORDS {
        let gap = text[end..].bytes().take(3).take_while(|b| *b == b' ').count();
        let broken = text[end..].starts_with('\n');
        if !(1..=2).contains(&gap) && !broken {
            break;
        }
        let at = end + gap + usize::from(broken);
        let rest = &text[at..];
        let bytes = rest.as_bytes();
        if matches!(bytes, [b'A'..=b'Z', b'.', b' ', ..] | [b'A'..=b'Z', b' ', b'A'..=b'Z', ..]) {
            let len = if bytes[1] == b'.' { 2 } else { 1 };
            if name_word(rest[len..].trim_start()).is_none() {
                break;
            }
            end = at + len;
            continue;
        }
        let small = [
            "de la ", "van der ", "van den ", "van de ", "de ", "da ", "dos ", "di ", "del ", "von ", "van ", "le ",
            "la ", "bin ", "al ",
        ];
        let skip = small.iter().find(|small| rest.starts_with(**small)).map_or(0, |small| small.len());
        match name_word(&rest[skip..]) {
            Some(len) => {
                let word = &rest[skip..skip + len];
                if listed_name(word) == Some(false) || skip == 0 && is_common(word) || broken && !is_name(word) {
                    break;
                }
                end = at + skip + len;
                count += 1;
            }
            None => break,
        }
    }
    (end, count)
}

/// What stands behind the last white space.
fn last_word(head: &str) -> &str {
    let plain = head.bytes().rev().take_while(|b| (0x21..0x80).contains(b)).count();
    let before = head.len() - plain;
    match head.as_bytes().get(before.wrapping_sub(1)) {
        None | Some(b' ' | b'\n') => &head[before..],
        _ => head.rsplit(char::is_whitespace).next().unwrap_or(""),
    }
}

/// Capitalised words that are no part of a name: they begin sentences, name days, months and things.
fn is_common(word: &str) -> bool {
    is_listed(COMMON, word)
}

/// The name whose first word stands at `start..end`, and how sure.
fn name(text: &str, start: usize, end: usize) -> Option<(Span, f64)> {
    let word = &text[start..end];
    let floor = text.ceil_char_boundary(start.saturating_sub(REACH));
    let head = text[floor..start].trim_end();
    let class = listed_name(word);
    let (listed, place) = (class == Some(true), class == Some(false));
    let bits = words().bits(word);
    let weak = class.is_none() && bits >> FIRST & 1 == 1;
    // The word before: most introduce nothing.
    let last = last_word(head);
    let led = is_listed(LAST, last) || last.ends_with('.') && is_listed(LAST, last.trim_end_matches('.'));
    if !(listed || weak || led) || bits & (1 << COMMON | 1 << TITLE) != 0 {
        return None;
    }
    let head_lower = head.to_lowercase();
    let title = head_lower.trim_end_matches('.');
    let title = &title[title
        .rfind(|c: char| !c.is_alphabetic() && c != '.')
        .map_or(0, |at| at + title[at..].chars().next().map_or(1, char::len_utf8))..];
    let gap = start - (floor + head.len());
    let titled = gap == 1 && !title.is_empty() && is_listed(TITLE, title) && is_title(head, title);
    let ends = |section: usize| {
        led && lists()[section].iter().any(|entry| {
            entry.as_bytes().last() == head_lower.as_bytes().last() && head_lower.ends_with(entry) && {
                let at = head_lower.len() - entry.len();
                !head_lower[..at].ends_with(|c: char| c.is_alphanumeric())
            }
        })
    };
    if titled && !place {
        let (end, _) = name_end(text, end);
        return Some((Span::new(start, end), rank::PERSON_NAMED));
    }
    if ends(INTRO) && !place {
        let (end, _) = name_end(text, end);
        return Some((Span::new(start, end), rank::PERSON_NAMED));
    }
    if !listed && !weak {
        // A word for a name without more: first name and surname must follow.
        let (end, count) = if led && !place && ends(PAIR) { name_end(text, end) } else { (end, 0) };
        return (count > 1).then_some((Span::new(start, end), rank::PERSON_NAMED));
    }
    let (all, count) = name_end(text, end);
    // `Wouter Jansen`: the surname is listed, the word before it is the first name.
    let mut first = start;
    if count == 1 && gap == 1 {
        let at = head
            .rfind(|c: char| !c.is_alphabetic() && c != '-')
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let before = &head[at..];
        let fits = name_word(before) == Some(before.len()) && before.len() < head.len();
        if fits && !is_common(before) && listed_name(before) != Some(false) && !is_listed(LAST, before) {
            first = floor + at;
        }
    }
    let second = || text.get(end + 1..all).is_some_and(|rest| rest.split([' ', '\n']).any(is_name));
    let sure = count > 1 && (listed || second()) || listed && !follows_brand(text, all) || ends(MAY);
    sure.then(|| (Span::new(first, all), if count > 1 || ends(MAY) { rank::PERSON_NAMED } else { rank::PERSON_LISTED }))
}

/// `Frau`, `pan`, `M.`, `dr` as titles: one letter needs its dot, a word for a person its capital or its language's
/// small letter.
fn is_title(head: &str, title: &str) -> bool {
    let dotted = head.ends_with('.');
    match title {
        "m" => dotted && head.ends_with("M."),
        "don" | "sir" | "miss" | "seu" | "doctor" | "ing" => head
            .get(head.len().saturating_sub(title.len() + usize::from(dotted))..)
            .is_some_and(|word| word.starts_with(char::is_uppercase)),
        _ => true,
    }
}

/// A word behind the name that makes it a firm or a place.
fn follows_brand(text: &str, end: usize) -> bool {
    const FIRMS: [&str; 14] = [
        "Inc", "Ltd", "LLC", "GmbH", "Street", "Road", "Avenue", "Hotel", "Airport", "Group", "PLC", "Corp", "Store",
        "Park",
    ];
    let rest = text[end..].trim_start_matches([' ', '\'', 's']);
    FIRMS.iter().any(|firm| rest.starts_with(firm)) || text[end..].starts_with(" & ") || text[end..].starts_with('-')
}
