//! Words of letters and digits: ids with letters, API keys, web tokens, crypto addresses, and values that only the
//! words before them name (passport, licence, account, plate, order).

use super::anchors::Runs;
use super::cues;
use super::{Pii, PiiType, check, crypto, dates, labelled, postcode, rank, secrets};
use crate::span::Span;

/// A stretch of ASCII letters, digits, `_` and `-` that holds a digit.
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub start: usize,
    pub end: usize,
}

impl<'t> Word<'t> {
    pub(super) fn bytes(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.start..self.end]
    }

    pub(super) fn before(&self) -> Option<char> {
        self.text[..self.start].chars().next_back()
    }

    pub(super) fn after(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.end..]
    }
}

fn is_inside(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')
}

/// Adds what the words with digits in `text` are. `O(bytes)`.
pub(super) fn find(text: &str, digits: &Runs, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(digit) = digits.next(&mut at, from) {
        let start = digit - bytes[from..digit].iter().rev().take_while(|b| is_inside(**b)).count();
        let end = digit + bytes[digit..].iter().take_while(|b| is_inside(**b)).count();
        let word = Word { text, start, end };
        let letters = word.bytes().iter().any(u8::is_ascii_alphabetic);
        let own = letters && (secrets::find(&word, found) || crypto::find(&word, found));
        from = end;
        if own {
            from = found.last().map_or(end, |pii| pii.span.end.max(end));
            continue;
        }
        // The number of a Spanish licence is that of the person: the words decide.
        if letters && id(&word, found) {
            labelled::find(&word, found);
            continue;
        }
        if let Some(next) = split_id(&word, digit, found) {
            from = next.max(end);
            continue;
        }
        postcode::find(&word, digit, found);
        dates::find(&word, digit, found);
        labelled::find(&word, found);
    }
}

/// Letters and digits of `bytes` without `-`, in capitals; `None` with more than fit.
fn compact<const N: usize>(bytes: &[u8]) -> Option<([u8; N], usize)> {
    let (mut out, mut n) = ([0; N], 0);
    for b in bytes.iter().filter(|b| **b != b'-') {
        *out.get_mut(n)? = b.to_ascii_uppercase();
        n += 1;
    }
    Some((out, n))
}

fn add(found: &mut Vec<Pii>, kind: PiiType, variety: &'static str, start: usize, end: usize) {
    let pii = Pii::new(kind, Span::new(start, end), rank::ID_ALONE).validated();
    found.push(Pii { variety: Some(variety), ..pii });
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// An id with letters that is one word.
fn id(word: &Word, found: &mut Vec<Pii>) -> bool {
    let bytes = word.bytes();
    if !(8..=20).contains(&bytes.len()) || word.before().is_some_and(|c| "/=&@.*#".contains(c)) {
        return false;
    }
    let Some((code, n)) = compact::<20>(bytes) else { return false };
    let code = &code[..n];
    let cued = |bits: u32| cues::before(word.text, word.start) & bits != 0;
    let (kind, variety) = match code {
        [a, b, rest @ .., c] if n == 9 && is_nino(*a, *b, *c) && all_digits(rest) => (PiiType::NationalId, "gb_nino"),
        [rest @ .., c] if n == 9 && all_digits(rest) && check::es_letter(rest, *c) => (PiiType::NationalId, "es_dni"),
        [a @ (b'X' | b'Y' | b'Z'), rest @ .., c]
            if n == 9 && all_digits(rest) && {
                let mut digits = [b'0'; 8];
                digits[0] = b'0' + (a - b'X');
                digits[1..].copy_from_slice(rest);
                check::es_letter(&digits, *c)
            } =>
        {
            (PiiType::NationalId, "es_nie")
        }
        [a, rest @ .., c]
            if n == 9 && all_digits(rest) && check::es_cif(*a, rest, *c) && cued(cues::TAX | cues::ID_CARD) =>
        {
            (PiiType::CompanyId, "es_cif")
        }
        [a, b, c, rest @ ..]
            if n == 9
                && all_digits(rest)
                && [a, b, c].iter().all(|b| b.is_ascii_uppercase())
                && check::pl_id_card(code)
                && cued(cues::ID_CARD) =>
        {
            (PiiType::NationalId, "pl_id_card")
        }
        _ if n == 16 && code.try_into().is_ok_and(check::it_codice_fiscale) => {
            (PiiType::NationalId, "it_codice_fiscale")
        }
        [b'1' | b'2', rest @ ..] if n == 15 && is_corsican(rest, code) => (PiiType::NationalId, "fr_nir"),
        _ => match vat(code) {
            Some(variety) => (PiiType::CompanyId, variety),
            None => return false,
        },
    };
    add(found, kind, variety, word.start, word.end);
    true
}

/// A French NIR of Corsica: department 2A or 2B is read as 19 or 18.
fn is_corsican(rest: &[u8], code: &[u8]) -> bool {
    let Ok(mut digits) = <[u8; 15]>::try_from(code) else { return false };
    if rest[4] != b'2' || !matches!(rest[5], b'A' | b'B') {
        return false;
    }
    (digits[5], digits[6]) = (b'1', if rest[5] == b'A' { b'9' } else { b'8' });
    all_digits(&digits) && check::fr_nir(&digits)
}

/// Prefix and suffix of a British national insurance number (HMRC, NIM39110).
fn is_nino(a: u8, b: u8, last: u8) -> bool {
    a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && !b"DFIQUV".contains(&a)
        && !b"DFIQUVO".contains(&b)
        && ![*b"BG", *b"GB", *b"NK", *b"KN", *b"TN", *b"NT", *b"ZZ"].contains(&[a, b])
        && matches!(last, b'A'..=b'D')
}

/// A VAT number with its country, where the check digits are public.
fn vat(code: &[u8]) -> Option<&'static str> {
    let (country, rest) = code.split_at_checked(2)?;
    let digits = all_digits(rest);
    let holds = match (country, rest.len()) {
        (b"DE", 9) if digits && check::de_ust(rest) => "de_ust_id",
        (b"PL", 10) if digits && check::pl_nip(rest) => "pl_nip",
        (b"GB", 9) if digits && check::gb_vat(rest) => "gb_vat",
        (b"IT", 11) if digits && check::luhn(rest) => "it_partita_iva",
        (b"FR", 11) if digits && check::fr_vat(rest) => "fr_vat",
        (b"ES", 9) if all_digits(&rest[1..8]) && check::es_cif(rest[0], &rest[1..8], rest[8]) => "es_cif",
        (b"NL", 12) if rest[9] == b'B' && all_digits(&rest[..9]) && check::nl_bsn(&rest[..9]) => "nl_btw",
        _ => return None,
    };
    Some(holds)
}

/// An id written with spaces, of which the word with byte `digit` is a part: `AB 12 34 56 C`, `12345678 Z`,
/// `DE 123 456 789`, `RSS MRA 85T10 A562S`. Gives its end.
fn split_id(word: &Word, digit: usize, found: &mut Vec<Pii>) -> Option<usize> {
    let bytes = word.text.as_bytes();
    let spaced =
        |at: usize, dir: bool| if dir { bytes.get(at) == Some(&b' ') } else { at > 0 && bytes[at - 1] == b' ' };
    let follows = spaced(word.end, true) && bytes.get(word.end + 1).is_some_and(u8::is_ascii_alphanumeric);
    let letters_before = word.start >= 3
        && spaced(word.start, false)
        && bytes[word.start - 2].is_ascii_uppercase()
        && digit == word.start;
    if !follows && !letters_before {
        return None;
    }
    let mut starts = [word.start, word.start];
    if letters_before {
        let word_before = bytes[..word.start - 1].iter().rev().take(5).take_while(|b| b.is_ascii_uppercase()).count();
        starts[0] = word.start - 1 - word_before;
        // RSS MRA 85...
        let more = starts[0].checked_sub(1).filter(|at| bytes[*at] == b' ').map_or(0, |at| {
            let n = bytes[..at].iter().rev().take(4).take_while(|b| b.is_ascii_uppercase()).count();
            if n == 3 && word_before == 3 { n + 1 } else { 0 }
        });
        starts[0] -= more;
    }
    for (i, start) in starts.into_iter().enumerate() {
        if i == 1 && start == starts[0] {
            break;
        }
        if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
            continue;
        }
        let (mut code, mut n, mut at) = ([0u8; 20], 0, start);
        while n < code.len() {
            match bytes.get(at) {
                Some(b) if b.is_ascii_alphanumeric() => {
                    code[n] = *b;
                    n += 1;
                }
                Some(b' ' | b'-') if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => {}
                _ => break,
            }
            at += 1;
            let ends = !bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric());
            // All of them have a letter among the first nine.
            if n == 9 && all_digits(&code[..9]) {
                break;
            }
            if !ends || n < 9 || at <= word.start {
                continue;
            }
            let code = &code[..n];
            let (kind, variety) = match code {
                [a, b, rest @ .., c] if n == 9 && is_nino(*a, *b, *c) && all_digits(rest) => {
                    (PiiType::NationalId, "gb_nino")
                }
                [rest @ .., c]
                    if n == 9 && all_digits(rest) && c.is_ascii_uppercase() && check::es_letter(rest, *c) =>
                {
                    (PiiType::NationalId, "es_dni")
                }
                _ if n == 16 && code.try_into().is_ok_and(check::it_codice_fiscale) => {
                    (PiiType::NationalId, "it_codice_fiscale")
                }
                _ => match vat(code) {
                    Some(variety) => (PiiType::CompanyId, variety),
                    None => continue,
                },
            };
            add(found, kind, variety, start, at);
            return Some(at);
        }
    }
    None
}
