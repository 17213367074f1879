//! Street addresses, from the number of the house outwards: a street word of the language beside it, then what belongs
//! to it (unit, postcode, city). Without a street word, words such as `I live at` must stand before.

mod eastern;
mod military;
mod words;

use super::anchors::Runs;
use super::{Pii, PiiType, rank};
use super::{person, postcode};
use crate::span::Span;

use words::{END, FIRST, FRENCH, LAST, UNIT, bits, has_end, is_announced, is_capital, is_small};

/// Words read on either side of the number.
const WORDS: usize = 6;
/// Bytes read on either side of it.
const REACH: usize = 80;
/// Bytes read behind a street.
const AHEAD: usize = 128;
/// Parts behind the street: unit, district, postcode, city, state, country.
const PARTS: usize = 10;

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
        let span = eastern::find(text, start, start + len, floor)
            .or_else(|| western(text, start, floor).map(|span| Span::new(lead(text, span.start, floor), span.end)))
            .or_else(|| military::find(text, start, start + len, floor));
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
    let ceiling = text.floor_char_boundary((at + AHEAD).min(text.len()));
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
    .take(18)
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
        let numbered = ["n", "nº", "nr", "no", "num", "núm", "número", "numero"]
            .iter()
            .filter(|_| may)
            .find_map(|mark| head.strip_suffix(mark)?.strip_suffix([' ', ',', '\n']));
        let head = numbered.map_or(head, |head| head.trim_end_matches([' ', ',', '\n']));
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
        let letter =
            part.word.len() == 1 && !text[part.end..].starts_with([' ', '/']) && !text[part.end..].starts_with(". ");
        let whole =
            part.word.len() > 3 || dotted && !letter || matches!(part.word, "ul" | "via" | "rua" | "Via" | "Rua");
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
    // A unit behind it tells as much: `Sonnenhang 12, Apt. 4`.
    if unit_follows(text, house)
        && let Some(first) = names_before(text, start, floor)
    {
        return Some(Span::new(first, tail(text, house, false)));
    }
    // Neither: words that say so, and names behind the number.
    let named = introduced(text, start, floor)?;
    let end = tail(text, house, true);
    let mut words = text[house..end].split([' ', ',']).filter(|word| is_capital(word)).peekable();
    let first = words.peek().is_some_and(|word| !person::is_common(word));
    (first && end > house + 3).then_some(Span::new(named, end))
}

/// Where an address begins whose street or house number stands at `at`: numbers and units right before it are its own.
fn lead(text: &str, at: usize, floor: usize) -> usize {
    let mut first = at;
    for _ in 0..2 {
        let head = text[floor..first].trim_end_matches([' ', ',', '\n']);
        let gap = first - floor - head.len();
        let number = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = head.len() - number.len();
        if !(1..=2).contains(&gap) || !(1..=5).contains(&digits) || number.ends_with(|c: char| !" \n,>".contains(c)) {
            break;
        }
        let word = number.trim_end_matches([' ', '.']);
        let from = word
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
        let unit = word.len() - from > 2 && bits(&word[from..]) & UNIT != 0;
        if !unit && (gap > 1 || text[floor + head.len()..first].contains(',')) {
            break;
        }
        first = floor + if unit { from } else { number.len() };
    }
    first
}

/// True when a unit with its number follows at byte `at`.
fn unit_follows(text: &str, at: usize) -> bool {
    let mut parts = after(text, at);
    let unit = parts.next().is_some_and(|part| part.word.len() > 2 && bits(part.word) & UNIT != 0);
    unit && parts.next().is_some_and(|part| part.word.bytes().any(|b| b.is_ascii_digit()))
}

/// Where the capitalised words begin that stand right before the house number at `at`.
fn names_before(text: &str, at: usize, floor: usize) -> Option<usize> {
    let mut first = None;
    for part in before(text, at, floor).take(4) {
        if part.comma
            || bits(part.word) & UNIT != 0
            || !(is_capital(part.word) || first.is_some() && is_small(part.word))
        {
            break;
        }
        if is_capital(part.word) {
            first = Some(part.start);
        }
    }
    first
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
        if is_announced(text, from) {
            return Some(from);
        }
        let part = before(text, from, floor).next().filter(|part| n < 3 && is_capital(part.word) && !part.comma)?;
        from = part.start;
    }
    None
}

/// True when a postcode follows at byte `at`, at most two more words in capitals between.
fn code_follows(text: &str, at: usize) -> bool {
    let code = |part: &Part| part.word.len() >= 4 && part.word.bytes().all(|b| b.is_ascii_digit());
    after(text, at).take(3).find(|part| !is_capital(part.word)).is_some_and(|part| code(&part))
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
            && (part.comma
                || open
                || names > 0
                || postcode::is_state(part.word)
                || count == 0 && code_follows(text, part.end))
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
