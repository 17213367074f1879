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

use around::{above_addresses, beside, first_before, is_firm, is_followed, with_suffix};
use lists::{BRAND, COMMON, FIRST, HALF, INTRO, LAST, MAY, NEXT, PAIR, PLACE, TITLE, has_end, is_listed};

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
    above_addresses(text, found);
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
            let span = Span::new(span.start, with_suffix(text, span.end));
            found.push(Pii::new(PiiType::Person, span, certainty));
            from = span.end;
            while let Some(span) = beside(text, from) {
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
    let len = bytes[..len].windows(2).position(|pair| pair == b"--").unwrap_or(len);
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
        let may = matches!(bytes.first(), Some(b'a' | b'b' | b'd' | b'l' | b'v'));
        let skip = small.iter().find(|small| may && rest.starts_with(**small)).map_or(0, |small| small.len());
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
fn last_token(head: &str) -> &str {
    let plain = head.bytes().rev().take_while(|b| (0x21..0x80).contains(b)).count();
    let before = head.len() - plain;
    match head.as_bytes().get(before.wrapping_sub(1)) {
        None | Some(b' ' | b'\n') => &head[before..],
        _ => head.rsplit(char::is_whitespace).next().unwrap_or(""),
    }
}

/// Capitalised words that are no part of a name: they begin sentences, name days, months and things.
pub(super) fn is_common(word: &str) -> bool {
    is_listed(COMMON, word)
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
    if let Some(name) = listed_name(word) {
        return Known { name, surname: false, place: !name };
    }
    let (first, surname) = lists::is_name(word);
    // `Anne-Sophie`
    let dash = word.bytes().position(|b| b == b'-').filter(|_| !first);
    let part = dash.map(|at| &word[..at]).is_some_and(|first| is_name(first) || lists::is_name(first).0);
    Known { name: first || part, surname: surname || has_end(word), place: false }
}

/// The name whose first word stands at `start..end`, and how sure.
fn name(text: &str, start: usize, end: usize) -> Option<(Span, f64)> {
    let word = &text[start..end];
    let floor = text.ceil_char_boundary(start.saturating_sub(REACH));
    let head = text[floor..start].trim_end();
    let bits = lists::bits(word);
    let is = |bits: u32, lists: &[usize]| lists.iter().any(|list| bits >> list & 1 == 1);
    // The words before and behind: most introduce nothing.
    let last = last_token(head);
    let bare = last.trim_end_matches('.');
    let before = lists::bits(bare) | if bare.len() < last.len() { lists::bits(last) } else { 0 };
    let (led, common) = (is(before, &[LAST]), is(bits, &[COMMON]));
    let plain = || last.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
    if is(bits, &[TITLE]) || is(before, &[PLACE]) || common && !led && plain() {
        return None;
    }
    let Known { name: listed, surname, place } = known(word);
    let after = is_followed(text, end);
    let half = is(bits, &[HALF]);
    let weak = half || is(bits, &[FIRST]);
    let listed = listed && !weak;
    // A place that is also a name: the word before must be one, or say something.
    let told = || is(before, &[FIRST, HALF, NEXT]) || lists::is_name(bare) != (false, false);
    if !(listed || led || surname || after || weak && (!place || told())) {
        return None;
    }
    let title = head.trim_end_matches('.');
    let title = &title[last_word(title, '.')..];
    let gap = start - (floor + head.len());
    let titled = gap == 1 && !title.is_empty() && is_listed(TITLE, title) && is_title(head, title);
    let head_lower = if led { head.to_lowercase() } else { String::new() };
    let ends = |section: usize| {
        is(before, &[section])
            && lists::section(section).iter().any(|entry| {
                // Nearly all end in other letters.
                let same = entry.as_bytes().last_chunk::<2>() == head_lower.as_bytes().last_chunk();
                same && head_lower.ends_with(entry) && {
                    let at = head_lower.len() - entry.len();
                    !head_lower[..at].ends_with(|c: char| c.is_alphanumeric())
                }
            })
    };
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
            || (weak && !CITIES.iter().any(|city| city.eq_ignore_ascii_case(word)) || surname && !has_end(word)) && may
            || !place && after
            || surname && is_telling(word)
    };
    let sure = sure && (count == 1 || !is_brand(&text[start..all]));
    sure.then(|| (Span::new(start, all), if count > 1 || may { rank::PERSON_NAMED } else { rank::PERSON_LISTED }))
}

fn is_brand(name: &str) -> bool {
    lists::section(BRAND).iter().any(|brand| brand.eq_ignore_ascii_case(name))
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
fn last_word(head: &str, inside: char) -> usize {
    let is_gap = |c: char| !c.is_alphabetic() && c != inside;
    head.rfind(is_gap).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))
}

/// `Frau`, `pan`, `M.`, `dr` as titles: one letter needs its dot, a word for a person its capital or its language's
/// small letter.
fn is_title(head: &str, title: &str) -> bool {
    let dotted = head.ends_with('.');
    match title.to_ascii_lowercase().as_str() {
        "m" => dotted && head.ends_with("M."),
        "don" | "sir" | "miss" | "seu" | "doctor" | "ing" => head
            .get(head.len().saturating_sub(title.len() + usize::from(dotted))..)
            .is_some_and(|word| word.starts_with(char::is_uppercase)),
        _ => true,
    }
}
