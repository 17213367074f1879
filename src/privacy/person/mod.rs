//! Names of persons: behind words that introduce one, behind a title, and listed first names with what follows.
//!
//! A name is not a structure: the list of names is short, and words that are names and more are taken only behind an
//! introduction. Much is missed, some is made up; `docs/design/privacy.md` has the rates.

mod eastern;
mod lists;

use super::anchors::find as find_byte;
use super::{Pii, PiiType, rank};
use crate::model::{is_name, listed_name};
use crate::span::Span;

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
pub(super) fn find(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    above_addresses(text, found);
    let mut from = 0;
    // Capitals of Latin letters, and first bytes of those beyond ASCII.
    while let Some(at) = find_byte(bytes, from, |b| b.is_ascii_uppercase() || (0xC3..=0xC5).contains(&b)) {
        from = at + 1;
        let joined = text.is_char_boundary(at)
            && text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "@_/#&.".contains(c) && c != '.');
        if !text.is_char_boundary(at) || joined {
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
    if !text.is_ascii() {
        eastern::find(text, found);
    }
}

/// Adds the names that stand in the line above an address, as on an envelope.
fn above_addresses(text: &str, found: &mut Vec<Pii>) {
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
fn with_suffix(text: &str, end: usize) -> usize {
    const SUFFIXES: [&str; 8] = ["Jr", "Sr", "MD", "PhD", "DDS", "DVM", "III", "II"];
    let rest = text[end..].strip_prefix(',').unwrap_or(&text[end..]).strip_prefix(' ').unwrap_or("");
    let suffix = SUFFIXES.iter().find(|suffix| {
        rest.strip_prefix(**suffix).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    suffix.map_or(end, |suffix| text.len() - rest.len() + suffix.len())
}

/// A listed surname or first name behind a name that ends at `end`: `Anna, Bowman and Rose`.
fn beside(text: &str, end: usize) -> Option<Span> {
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

/// Bytes of the capitalised word that `rest` begins with: a capital and small letters, also `O'Neil`, `Smith-Jones`,
/// `McKay`. A word in capitals throughout is none.
fn name_word(rest: &str) -> Option<usize> {
    let inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-');
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
    let last = head.rsplit(char::is_whitespace).next().unwrap_or("");
    let bare = last.trim_end_matches('.');
    let after = is_followed(text, end);
    let beside = after || may_be(hash(bare)) || may_be(hash(last));
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
    let title = &title[last_word(title, '.')..];
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
    let (all, count) = name_end(text, end);
    let common = is_common(word);
    if !place && (titled || ends(INTRO)) && (!common || count > 1) {
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
        listed
            || half && !place
            || second()
            || !place && (after || ends(PAIR) && !names_thing(&head_lower))
            || weak && may
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
fn last_word(head: &str, inside: char) -> usize {
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
    let at = last_word(head, '-');
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
