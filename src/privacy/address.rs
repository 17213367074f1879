//! Street addresses, from the number of the house outwards: a street word of the language beside it, then what belongs
//! to it (unit, postcode, city). Without a street word, words such as `I live at` must stand before.

mod eastern;

use std::sync::OnceLock;

use super::anchors::Runs;
use super::postcode;
use super::{Pii, PiiType, rank};
use crate::span::Span;
use crate::text::Listed;

const FIRST: u32 = 1;
const FRENCH: u32 = 2;
const LAST: u32 = 4;
const END: u32 = 8;
const UNIT: u32 = 16;

/// Words read on either side of the number.
const WORDS: usize = 6;
/// Bytes read on either side of it.
const REACH: usize = 80;
/// Parts behind the street: unit, district, postcode, city, state, country.
const PARTS: usize = 7;
/// Words that say an address follows, as they stand before it.
const INTROS: [&str; 34] = [
    "address is",
    "address:",
    "live at",
    "lives at",
    "living at",
    "located at",
    "deliver to",
    "delivered to",
    "ship to",
    "shipped to",
    "send to",
    "sent to",
    "moved to",
    "reside at",
    "resides at",
    "meet me at",
    "taxi to",
    "addresses:",
    "address to",
    "it is",
    "it's in",
    "wohne in der",
    "anschrift:",
    "adresse:",
    "adresse ist",
    "mieszkam przy",
    "adres:",
    "habite au",
    "habite",
    "vivo en",
    "dirección:",
    "indirizzo:",
    "endereço:",
    "adres is",
];

/// The words of `streets.txt`, a bit a section, and those of the section `end`.
struct Words {
    listed: Listed,
    ends: Vec<&'static str>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let (mut bit, mut words) = (0u32, Vec::with_capacity(256));
        for line in include_str!("streets.txt").lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                bit = if bit == 0 { 1 } else { bit << 1 };
            } else {
                words.extend(line.split_whitespace().map(|word| (word, bit)));
            }
        }
        let ends = words.iter().filter(|(_, bit)| bit & END != 0).map(|(word, _)| *word).collect();
        Words { listed: Listed::new(words), ends }
    })
}

fn bits(word: &str) -> u32 {
    words().listed.bits(word)
}

/// True for a word that ends like a street: `Hauptstraße`, `Kerkstraat`.
fn has_end(word: &str) -> bool {
    let last = word.as_bytes().last().map(u8::to_ascii_lowercase);
    let tail = |end: &&str| {
        word.len() >= end.len() + 3
            && end.as_bytes().last().copied() == last
            && (word.ends_with(end) || word.is_ascii() && word[word.len() - end.len()..].eq_ignore_ascii_case(end))
    };
    word.starts_with(char::is_uppercase) && words().ends.iter().any(tail)
}

/// Adds the addresses in `text`. `O(bytes)`: from each number a bounded stretch is read.
pub(super) fn find(text: &str, digits: &Runs, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let (mut from, mut floor, mut at) = (0, 0, 0);
    while let Some(start) = digits.next(&mut at, from) {
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        from = start + len;
        let before = text[..start].chars().next_back();
        if len > 5 || before.is_some_and(|c| c.is_ascii_alphabetic() || "/.,$€£¥₩@=_&+:%".contains(c)) {
            continue;
        }
        // A street is near: letters before the number, or a word behind it.
        let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
        let near = bytes[..start].iter().rev().take(8).any(letter) || bytes[from..].iter().take(4).any(letter);
        if !near {
            continue;
        }
        let span = eastern::find(text, start, start + len, floor).or_else(|| western(text, start, floor));
        if let Some(span) = span {
            found.push(Pii::new(PiiType::Address, span, rank::ADDRESS));
            floor = span.end;
            from = from.max(span.end);
        }
    }
}

/// The end of a house number: `12`, `12a`, `12/4`, `12-14`, `12 bis`.
fn house_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let mut end = start + digits(start);
    if matches!(bytes.get(end), Some(b'-' | b'/')) && (1..=4).contains(&digits(end + 1)) {
        end += 1 + digits(end + 1);
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
        end += 1;
    }
    let closed = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !"%€$£°-/_@".contains(c));
    (end - start <= 10 && closed).then_some(end)
}

/// A word with its place; a dot behind an abbreviation is part of it.
#[derive(Clone, Copy)]
struct Part<'t> {
    word: &'t str,
    start: usize,
    end: usize,
    /// A comma stands between it and what was read before.
    comma: bool,
}

/// The words behind byte `at`, none behind the end of a sentence or a line.
fn after(text: &str, at: usize) -> impl Iterator<Item = Part<'_>> {
    let mut at = at;
    let ceiling = text.floor_char_boundary((at + REACH).min(text.len()));
    std::iter::from_fn(move || {
        let rest = &text[at..ceiling];
        let gap = rest.len() - rest.trim_start_matches([' ', ',', '\n', '>', '-']).len();
        if gap > 5 || gap == 0 {
            return None;
        }
        let word_at = at + gap;
        let rest = &text[word_at..ceiling];
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-' | '/' | '#' | 'º' | 'ª');
        let len = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        let comma = text[at..word_at].contains([',', '\n']) || gap > 1;
        let dot = rest[len..].starts_with('.') && len <= 6;
        at = word_at + len + usize::from(dot);
        Some(Part { word: &rest[..len], start: word_at, end: word_at + len, comma })
    })
    .take(12)
}

/// The words before byte `at`, nearest first.
fn before(text: &str, at: usize, floor: usize) -> impl Iterator<Item = Part<'_>> {
    let floor = text.ceil_char_boundary(at.saturating_sub(REACH).max(floor));
    let mut at = at;
    std::iter::from_fn(move || {
        let rest = &text[floor..at];
        let head = rest.trim_end_matches([' ', ',', '.', 'º', '°', '\n', '/']);
        let gap = &rest[head.len()..];
        let may = matches!(head.as_bytes().last(), Some(b'n' | b'r' | b'o' | b'm' | 0xBA));
        let numbered = ["n", "nº", "nr", "no", "num"]
            .iter()
            .filter(|_| may)
            .find_map(|mark| head.strip_suffix(mark)?.strip_suffix([' ', ',']));
        let head = numbered.map_or(head, |head| head.trim_end_matches([' ', ',']));
        let word =
            &head[head.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-')).len()..];
        if gap.len() > 3
            || word.is_empty()
            || gap.as_bytes().windows(2).any(|pair| pair == b". ") && word.chars().count() > 4 && !word.ends_with("str")
        {
            return None;
        }
        let end = floor + head.len();
        at = end - word.len();
        Some(Part { word, start: at, end, comma: gap.contains(',') })
    })
    .take(WORDS)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Small words inside the names of streets and cities.
fn is_small(word: &str) -> bool {
    let small = [
        "de", "del", "della", "dei", "delle", "di", "da", "do", "dos", "das", "la", "le", "les", "los", "las", "du",
        "des", "the", "of", "van", "den", "der", "am", "an", "in", "im", "und", "y", "e", "św", "sur", "sous", "el",
        "bij", "op",
    ];
    small.contains(&word) || word.starts_with("d'") || word.starts_with("l'")
}

fn western(text: &str, start: usize, floor: usize) -> Option<Span> {
    let house = house_end(text, start)?;
    // The street before the number.
    let (mut first, mut unit, mut names) = (None, false, 0);
    for (n, part) in before(text, start, floor).enumerate() {
        let these = bits(part.word);
        let digit = part.word.as_bytes()[0].is_ascii_digit();
        let dotted = text[part.end..].starts_with(['.', '/']);
        if n == 0 && has_end(part.word) {
            first = Some(part.start);
            break;
        }
        if n == 0 && these & END != 0 && is_capital(part.word) {
            // `Lange Straße 5`
            let more = before(text, part.start, floor).next().filter(|more| is_capital(more.word) && !more.comma);
            first = more.map(|more| more.start);
            break;
        }
        // A shortened word needs its dot or slash.
        let whole = part.word.len() > 3 || dotted || matches!(part.word, "ul" | "via" | "rua" | "Via" | "Rua");
        if n > 0 && names > 0 && these & FIRST != 0 && whole {
            first = Some(part.start);
            break;
        }
        unit |= n == 0 && these & UNIT != 0 && (part.word.len() > 3 || dotted);
        if unit && digit && names > 0 {
            // `228 Ringvej 144 Apt. 902`: from the number farthest back.
            first = Some(part.start);
        }
        let inner = is_capital(part.word) || is_small(part.word) || digit || part.word.chars().count() <= 2;
        names += usize::from((is_capital(part.word) || digit) && these & UNIT == 0);
        if !inner || n > 0 && part.comma && !unit {
            break;
        }
    }
    // A number right before the street is part of it.
    let first = first.map(|first| {
        let more = before(text, first, floor)
            .next()
            .filter(|more| !more.comma && more.word.bytes().all(|b| b.is_ascii_digit()));
        more.filter(|more| more.word.len() <= 5).map_or(first, |more| more.start)
    });
    if let Some(first) = first {
        return Some(Span::new(first, tail(text, house, unit)));
    }
    // The street behind it.
    let mut parts = after(text, house).peekable();
    if parts.peek().is_some_and(|part| matches!(part.word, "bis" | "ter")) {
        parts.next();
    }
    for (n, part) in parts.enumerate() {
        let these = bits(part.word);
        if n == 0 && these & FRENCH != 0 && (part.word.len() > 2 || text[part.end..].starts_with('.')) {
            let name = street_name(text, part.end);
            return name.map(|end| Span::new(start, tail(text, end, false)));
        }
        if n == 0
            && is_capital(part.word)
            && (part.word.ends_with("way") || part.word.ends_with("gate"))
            && part.word.len() > 5
        {
            return Some(Span::new(start, tail(text, part.end, false)));
        }
        if n > 0 && these & LAST != 0 && is_capital(part.word) {
            let dot = usize::from(text[part.end..].starts_with('.') && !text[part.end..].starts_with(". "));
            return Some(Span::new(start, tail(text, part.end + dot, false)));
        }
        let ordinal = part.word.as_bytes()[0].is_ascii_digit();
        if part.comma || n >= 4 || !is_capital(part.word) && !ordinal {
            break;
        }
    }
    // Neither: words that say so, and names behind the number.
    let named = introduced(text, start, floor)?;
    let end = tail(text, house, true);
    let words = text[house..end].split([' ', ',']).filter(|word| is_capital(word)).count();
    (words >= 1 && end > house + 3).then_some(Span::new(named, end))
}

/// The end of the name of a street: small words and at least one other, up to five in all.
fn street_name(text: &str, at: usize) -> Option<usize> {
    let mut end = None;
    for part in after(text, at).take(5) {
        if part.comma {
            break;
        }
        if is_small(part.word) && !part.word.contains('\'') {
            continue;
        }
        if !is_capital(part.word) && !part.word.contains(['\'', '\u{2019}']) && end.is_some() {
            break;
        }
        end = Some(part.end);
    }
    end
}

/// Where an address begins that words announce: right before the number, or a few names before it.
fn introduced(text: &str, start: usize, floor: usize) -> Option<usize> {
    if !text[..start].ends_with(' ') {
        return None;
    }
    let mut from = start;
    for n in 0..4 {
        let head = text[text.ceil_char_boundary(from.saturating_sub(24))..from].trim_end();
        let last = head.as_bytes().last().map(u8::to_ascii_lowercase);
        let may = INTROS.iter().any(|intro| intro.as_bytes().last().copied() == last);
        let head = if may { head.to_lowercase() } else { String::new() };
        if INTROS.iter().any(|intro| head.ends_with(intro)) {
            return Some(from);
        }
        let part = before(text, from, floor).next().filter(|part| n < 3 && is_capital(part.word) && !part.comma)?;
        from = part.start;
    }
    None
}

/// The end of the address whose street ends at `at`: units, postcodes, capitalised names behind a comma or a
/// postcode, or right behind where `open`.
fn tail(text: &str, at: usize, mut open: bool) -> usize {
    let mut end = at;
    let (mut count, mut names) = (0, 0);
    let mut unit = false;
    for part in after(text, at) {
        if count >= PARTS {
            break;
        }
        let digits = part.word.bytes().filter(u8::is_ascii_digit).count();
        let these = bits(part.word);
        if digits > 0 {
            // A house number of its own, a unit, a postcode.
            if digits > 8 || !(unit || part.comma || names > 0 || digits >= 4 || count == 0) {
                break;
            }
            (unit, open, names) = (false, true, 0);
        } else if these & UNIT != 0 && (part.word.len() > 1 || text[part.end..].starts_with('.')) {
            (unit, names) = (true, 0);
            count += 1;
            // A unit counts with its number only.
            continue;
        } else if is_capital(part.word)
            && (part.comma || open || names > 0 || postcode::is_state(part.word))
            && names < 4
        {
            names = if part.comma { 1 } else { names + 1 };
            open = false;
        } else if is_small(part.word) && names > 0 {
            continue;
        } else {
            break;
        }
        count += 1;
        end = part.end;
    }
    end
}
