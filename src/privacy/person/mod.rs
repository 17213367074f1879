//! Names of persons: behind words that introduce one, behind a title, and listed first names with what follows.
//!
//! A name is not a structure: the list of names is short, and words that are names and more are taken only behind an
//! introduction. Much is missed, some is made up; `docs/design/privacy.md` has the rates.

mod around;
mod eastern;
mod lists;

use super::anchors::Anchors;
use super::{Pii, PiiType, rank};
use crate::model::{is_name, listed_name};
use crate::span::Span;
use crate::text::{is_alphabetic, is_alphanumeric};

use lists::{
    AFTER, BRAND, COMMON, FIRM, FIRST, HALF, INTRO, LAST, MAY, PAIR, PLACE, TITLE, has_end, hash, is_listed, may_be,
};

/// Most words of a name, and most bytes of one.
const WORDS: usize = 4;
const WORD_BYTES: usize = 40;
/// Bytes read before a name.
const REACH: usize = 40;

/// First names that are cities and states at least as often: `to Charlotte` tells nothing.
const CITIES: [&str; 9] =
    ["austin", "carolina", "charlotte", "florence", "georgia", "madison", "savannah", "sydney", "virginia"];

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
    around::above_addresses(text, found);
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
            let span = Span::new(span.start, around::with_suffix(text, span.end));
            found.push(Pii::new(PiiType::Person, span, certainty));
            from = span.end;
            while let Some(span) = around::beside(text, from) {
                found.push(Pii::new(PiiType::Person, span, rank::PERSON_LISTED));
                from = span.end;
            }
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
    let len = rest[..len].find("--").unwrap_or(len);
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
        let gap = text[end..].bytes().take(2).take_while(|b| *b == b' ').count();
        let broken = text[end..].starts_with('\n');
        if gap != 1 && !broken {
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
                let ends = || {
                    let rest = text[at + skip + len..].trim_start_matches(['.', ',', '!', ')', ' ']);
                    rest.is_empty() || rest.starts_with('\n')
                };
                let own = || known(word).name || known(word).surname || count == 1 && ends();
                if listed_name(word) == Some(false) || skip == 0 && is_common(word) || broken && !own() {
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
pub(super) fn is_common(word: &str) -> bool {
    is_listed(COMMON, &word.to_lowercase())
}

/// What is known of a capitalised word.
#[derive(Clone, Copy)]
struct Known {
    /// A first name, or a surname that is nothing else.
    name: bool,
    /// A surname, or a word that ends like one.
    surname: bool,
    place: bool,
}

fn known(word: &str) -> Known {
    let class = listed_name(word);
    let hash = hash(word);
    let whole = class == Some(true) || class.is_none() && lists::is_first(hash);
    // `Anne-Sophie`
    let part = || word.split_once('-').is_some_and(|(first, _)| is_name(first) || lists::is_first(lists::hash(first)));
    Known {
        name: whole || class.is_none() && part(),
        surname: class.is_none() && (lists::is_surname(hash) || has_end(word)),
        place: class == Some(false),
    }
}

/// The name whose first word stands at `start..end`, and how sure.
fn name(text: &str, start: usize, end: usize) -> Option<(Span, f64)> {
    let word = &text[start..end];
    let floor = text.ceil_char_boundary(start.saturating_sub(REACH));
    let head = text[floor..start].trim_end();
    let Known { name: listed, surname, place } = known(word);
    // The words before and behind: most introduce nothing. The filter costs less than small letters.
    let last = last_word(head);
    let bare = last.trim_end_matches('.');
    let after = is_followed(text, end);
    let beside = after || may_be(hash(bare)) || bare.len() < last.len() && may_be(hash(last));
    if !listed && !surname && !beside && (place || !may_be(hash(word))) {
        return None;
    }
    let lower = word.to_lowercase();
    let half = is_listed(HALF, &lower);
    let weak = half || is_listed(FIRST, &lower);
    let listed = listed && !weak;
    let last = last.to_lowercase();
    let led = is_listed(LAST, last.trim_end_matches('.')) || is_listed(LAST, &last);
    let title = is_listed(TITLE, &lower);
    if !(listed || weak || led || surname || after) || title || is_listed(PLACE, last.trim_end_matches('.')) {
        return None;
    }
    let head_lower = head.to_lowercase();
    let title = head_lower.trim_end_matches('.');
    let title = &title[word_start(title, '.')..];
    let gap = start - (floor + head.len());
    let titled = gap == 1 && !title.is_empty() && is_listed(TITLE, title) && is_title(head, title);
    let ends = |section: usize| {
        led && lists::section(section).iter().any(|entry| {
            entry.as_bytes().last() == head_lower.as_bytes().last() && head_lower.ends_with(entry) && {
                let at = head_lower.len() - entry.len();
                !head_lower[..at].ends_with(|c: char| c.is_alphanumeric())
            }
        })
    };
    let common = is_listed(COMMON, &lower);
    let named = !place && (titled || ends(INTRO));
    let pair = !named && !place && ends(PAIR) && !names_thing(&head_lower);
    if !(named || pair || listed || weak || surname || after) {
        return None;
    }
    let (all, count) = name_end(text, end);
    if named && (!common || count > 1) {
        return Some((Span::new(start, all), rank::PERSON_NAMED));
    }
    let joined = count == 1 && (text[all..].starts_with(" & ") || text[all..].starts_with('-'));
    if common || joined || is_firm(text, all) {
        return None;
    }
    let may = ends(MAY);
    if count == 1 && (listed || surname) {
        // `Wouter Jansen`: the surname is listed, the word before it is the first name.
        if let Some(first) = first_before(text, floor, start) {
            return (!is_brand(&text[first..all])).then_some((Span::new(first, all), rank::PERSON_NAMED));
        }
    }
    let second = || {
        text.get(end + 1..all).is_some_and(|rest| {
            rest.split([' ', '\n']).any(|word| {
                let one = known(word);
                one.name || one.surname
            })
        })
    };
    let sure = if count > 1 {
        listed || half && !place || second() || !place && after || pair || weak && may
    } else {
        listed
            || (weak && !CITIES.contains(&lower.as_str()) || surname && !has_end(word)) && may
            || !place && after
            || surname && is_telling(word)
    };
    let sure = sure && (count == 1 || !is_brand(&text[start..all]));
    sure.then(|| (Span::new(start, all), if count > 1 || may { rank::PERSON_NAMED } else { rank::PERSON_LISTED }))
}

fn is_brand(name: &str) -> bool {
    is_listed(BRAND, &name.to_lowercase())
}

/// `product name`: what is named is no person.
fn names_thing(head: &str) -> bool {
    const THINGS: [&str; 14] = [
        "product", "brand", "item", "company", "store", "shop", "file", "user", "model", "hotel", "game", "movie",
        "app", "pet",
    ];
    let before = head.strip_suffix("name").map_or("", str::trim_end);
    THINGS.iter().any(|thing| before.ends_with(thing))
}

/// Endings that no other words have: they tell a surname by themselves.
fn is_telling(word: &str) -> bool {
    ["vić", "čić", "šić", "žić", "kić", "rić", "ová", "dóttir", "énez", "érez", "ález"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Where the last word of `head` begins; `inside` is part of words.
fn word_start(head: &str, inside: char) -> usize {
    let is_gap = |c: char| !c.is_alphabetic() && c != inside;
    head.rfind(is_gap).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))
}

/// Where the first name begins that stands before a surname at `start`: a capitalised word, perhaps an initial behind it.
fn first_before(text: &str, floor: usize, start: usize) -> Option<usize> {
    let mut head = text[floor..start].strip_suffix(' ')?;
    let initial = head.strip_suffix('.').unwrap_or(head);
    if initial.len() > 2
        && initial.ends_with(|c: char| c.is_ascii_uppercase())
        && initial[..initial.len() - 1].ends_with(' ')
    {
        head = &initial[..initial.len() - 2];
    }
    let at = word_start(head, '-');
    let before = &head[at..];
    let fits = name_word(before) == Some(before.len()) && (at > 0 || floor == 0) && before.len() > 2;
    let joined = head[..at].ends_with(['#', '@', '_', '/', '&', '.']) || head[..at].ends_with(char::is_alphanumeric);
    let lower = before.to_lowercase();
    (fits && !joined && !is_common(before) && listed_name(before) != Some(false) && !is_listed(LAST, &lower))
        .then_some(floor + at)
}

/// True when an entry of [`AFTER`] follows at byte `end`.
fn is_followed(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let own = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("\u{2019}s"));
    let tail = own.unwrap_or(rest);
    let word = tail.strip_prefix(' ').unwrap_or("");
    let len = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    len > 0
        && may_be(hash(&word[..len]))
        && lists::section(AFTER).iter().any(|entry| {
            let bare = entry.strip_prefix("'s");
            bare.is_some() == own.is_some() && begins(tail, bare.unwrap_or(entry))
        })
}

/// True when `text` begins with `words` as whole words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

/// True when a word behind byte `end` makes what ends there a firm or a place.
fn is_firm(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\'', 's']);
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    is_listed(FIRM, &rest[..len])
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
