//! Values that have no check of their own: the words before them say what they are, and they look the part.

use super::anchors::is_unspaced;
use super::cues::{self, ACCOUNT, BANK, LICENCE, OTHER, PASSPORT, PLATE, REFERENCE};
use super::mixed::Word;
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// Longest value read, in bytes.
const VALUE_BYTES: usize = 48;

/// How far back a value behind `=` is looked at for the link it is in, in bytes.
const LINK_BYTES: usize = 256;

/// Letters and digits of a stretch.
struct Count {
    digits: usize,
    letters: usize,
}

fn count(bytes: &[u8]) -> Count {
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    Count { digits, letters }
}

/// Adds the value that begins with `word`, when the words before it name one.
pub(super) fn find(word: &Word, found: &mut Vec<Pii>) {
    // Part of a link, a path, an amount, a decimal.
    let head = &word.text[..word.start];
    let near = head.ceil_char_boundary(head.len().saturating_sub(LINK_BYTES));
    let linked = || head[near..].rsplit(char::is_whitespace).next().is_some_and(|run| run.contains(['/', '?', '&']));
    match word.before() {
        Some('=') if !linked() => {}
        // `パスポート/MU2943146`
        Some('/') if head.trim_end_matches('/').ends_with(is_unspaced) => {}
        Some(c) if "/=&@*.,$€£¥₩\\_".contains(c) => return,
        _ => {}
    }
    if let Some(span) = asian_plate(word) {
        found.push(Pii::new(PiiType::Plate, span, rank::IN_CONTEXT));
        return;
    }
    let own = count(word.bytes());
    if own.digits < 2 && own.letters < 3 && !starts_plate(word) {
        return;
    }
    let start = capitals_before(word);
    let cues = cues::before(word.text, start);
    // `the car AB-123-CD`, `AB-123-CD, that is the plate`
    let cues = if cues & (PASSPORT | LICENCE | BANK | ACCOUNT | PLATE | REFERENCE | OTHER) == 0 {
        let wanted = if own.letters > 0 {
            PLATE
        } else if word.bytes().contains(&b'-') {
            BANK
        } else {
            0
        };
        if wanted == 0 { cues } else { cues | cues::after(word.text, word.end) & wanted }
    } else {
        cues
    };
    let named = if cues & !REFERENCE == 0 && word.bytes().len() >= 6 { named_before(word, start) } else { 0 };
    let cues = if named == 0 { cues } else { named };
    if cues & (PASSPORT | LICENCE | BANK | ACCOUNT | PLATE | REFERENCE) == 0 || cues & OTHER != 0 {
        return;
    }
    let has = |bits: u32| cues & bits != 0;
    let bytes = word.text.as_bytes();
    let wide = extend(bytes, word.end, |group| group.iter().all(u8::is_ascii_digit));
    let whole = |end: usize| count(&bytes[start..end]);
    let total = |count: &Count| count.digits + count.letters;
    let (kind, span) = if has(PLATE) && !has(BANK) {
        let end = extend(bytes, word.end, |group| group.len() <= 4 && group.iter().all(|b| !b.is_ascii_lowercase()));
        let n = whole(end);
        let fits = n.digits >= 1 && n.letters >= 1 && (4..=9).contains(&total(&n));
        let fits = fits && !bytes[start..end].iter().any(u8::is_ascii_lowercase);
        (fits.then_some(PiiType::Plate), Span::new(start, end))
    } else if has(PASSPORT) {
        let tight = Span::new(start, word.end);
        let n = whole(word.end);
        let capitals = !bytes[start..word.end].iter().any(u8::is_ascii_lowercase);
        let fits = (6..=10).contains(&total(&n)) && (n.letters > 0 && capitals || n.digits >= 7);
        (fits.then_some(PiiType::Passport), tight)
    } else if has(LICENCE) {
        let n = whole(wide);
        (
            (n.digits >= 4 && (6..=18).contains(&total(&n)) && !is_date(&bytes[start..wide]))
                .then_some(PiiType::DrivingLicence),
            Span::new(start, wide),
        )
    } else if has(BANK) || has(ACCOUNT) && !has(REFERENCE) {
        let n = count(&bytes[word.start..wide]);
        let fits = n.letters == 0 && (6..=26).contains(&n.digits) && !is_date(&bytes[word.start..wide]);
        (fits.then_some(PiiType::BankAccount), Span::new(word.start, wide))
    } else {
        (None, Span::new(start, wide))
    };
    if let Some(kind) = kind {
        found.push(Pii::new(kind, span, rank::IN_CONTEXT));
    } else if has(REFERENCE | ACCOUNT) {
        let end = extend(bytes, word.end, |group| group.len() >= 3 && group.iter().all(u8::is_ascii_digit));
        let n = count(&bytes[word.start..end]);
        let year = n.digits == 4 && matches!(&bytes[word.start..end], [b'1', b'9', ..] | [b'2', b'0', ..]);
        let money = word.text[end..].trim_start().starts_with(['€', '$', '£', '%', '원', '円']);
        let code = n.digits >= 1 && n.letters >= 2 && !bytes[word.start..end].iter().any(u8::is_ascii_lowercase);
        if (n.digits >= 3 && total(&n) >= 4 || code && (5..=8).contains(&total(&n)))
            && total(&n) <= 32
            && !year
            && !money
            && !is_date(&bytes[word.start..end.min(word.start + 10)])
        {
            found.push(Pii::new(PiiType::Reference, Span::new(word.start, end), rank::IN_CONTEXT));
        }
    }
}

/// What the clause before the one in front of the value names, the rarest first: `wrong passport in the booking, it is`.
fn named_before(word: &Word, start: usize) -> u32 {
    let cues = cues::clause_before(word.text, start);
    [OTHER, PASSPORT, LICENCE, PLATE, BANK, ACCOUNT, REFERENCE].into_iter().find(|bit| cues & bit != 0).unwrap_or(0)
}

/// Where the value begins: up to two groups of one to four capitals stand before its digits.
fn capitals_before(word: &Word) -> usize {
    let bytes = word.text.as_bytes();
    let mut start = word.start;
    for _ in 0..2 {
        if start < 2 || !matches!(bytes[start - 1], b' ' | b'-') {
            break;
        }
        let n = bytes[..start - 1].iter().rev().take(5).take_while(|b| b.is_ascii_uppercase()).count();
        let from = start - 1 - n;
        let bound = word.text[..from].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let lower = word.text[from..start - 1].to_ascii_lowercase();
        if !(1..=4).contains(&n)
            || !bound
            || (cues::names(&lower) || matches!(lower.as_str(), "no" | "nr" | "id" | "is" | "num"))
        {
            break;
        }
        start = from;
    }
    start
}

/// A short group of digits that a plate may begin with: `B 1`, `7 ABC 123`.
fn starts_plate(word: &Word) -> bool {
    let rest = word.after();
    matches!(rest, [b' ' | b'-', next, ..] if next.is_ascii_uppercase()) || capitals_before(word) < word.start
}

/// The end of the value that goes on behind byte `end` in groups that `fits` accepts, one separator between them.
fn extend(bytes: &[u8], mut end: usize, fits: impl Fn(&[u8]) -> bool) -> usize {
    let from = end;
    while let Some(b' ' | b'-' | b'/' | b'.') = bytes.get(end) {
        let len = bytes[end + 1..].iter().take(VALUE_BYTES).take_while(|b| b.is_ascii_alphanumeric()).count();
        let group = &bytes[end + 1..end + 1 + len];
        if len == 0 || !fits(group) || end + len - from > VALUE_BYTES {
            break;
        }
        end += 1 + len;
    }
    end
}

/// `2024-05-12`, `12.05.2024`, `12/05/24`.
fn is_date(value: &[u8]) -> bool {
    let mut parts = value.split(|b| matches!(b, b'-' | b'.' | b'/')).map(|part| part.len());
    let lengths = [parts.next(), parts.next(), parts.next(), parts.next()];
    matches!(lengths, [Some(4), Some(1 | 2), Some(1 | 2), None] | [Some(1 | 2), Some(1 | 2), Some(4), None])
}

/// A Korean plate behind a word for it (`12가 3456`), or a Japanese one (`品川 330 あ 12-34`).
fn asian_plate(word: &Word) -> Option<Span> {
    let digits = word.bytes();
    if !(2..=3).contains(&digits.len()) || count(digits).digits != digits.len() {
        return None;
    }
    let rest = word.text[word.end..].trim_start_matches(' ');
    let letter = rest.chars().next()?;
    let tail = rest[letter.len_utf8()..].trim_start_matches(' ');
    let number = tail.bytes().take(6).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let end = word.text.len() - tail.len() + number;
    let n = tail[..number].bytes().filter(u8::is_ascii_digit).count();
    match letter {
        '\u{AC00}'..='\u{D7A3}' if n == 4 && number == 4 => {
            let start = word.start;
            // The syllables that plates use (Ministry of Land, Infrastructure and Transport).
            let usual =
                "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자허하호배".contains(letter);
            let cues = cues::before(word.text, start);
            (cues & PLATE != 0 || usual && cues & OTHER == 0).then_some(Span::new(start, end))
        }
        '\u{3042}'..='\u{3093}' if (1..=4).contains(&n) && number == n + 1 => {
            let before = word.text[..word.start].trim_end_matches(' ');
            let is_han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
            let place = before.len()
                - before.chars().rev().take(4).take_while(|c| is_han(*c)).map(char::len_utf8).sum::<usize>();
            (place < before.len() && cues::before(word.text, place) & OTHER == 0).then_some(Span::new(place, end))
        }
        _ => None,
    }
}
