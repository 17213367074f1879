//! Payment card numbers (ISO/IEC 7812): issuer range, length, Luhn check digit.

use super::check::luhn;

/// Issuer ranges: first digits from..=to (compared on as many digits as `from` has), shortest and
/// longest number. Sources: ISO/IEC 7812-1 and the ranges the networks publish for merchants
/// (Visa, Mastercard 2-series bulletin, American Express, Discover/Diners, JCB, UnionPay, Maestro,
/// Mir, RuPay, Elo, Troy, Verve, Dankort). JCB's 15-digit 1800 and 2131 are old but still in test data.
#[rustfmt::skip]
const ISSUERS: [(u32, u32, u8, u8); 34] = [
    (4, 4, 13, 13), (4, 4, 16, 16), (4, 4, 19, 19),   // Visa
    (51, 55, 16, 16), (2221, 2720, 16, 16),           // Mastercard
    (34, 34, 15, 15), (37, 37, 15, 15),               // American Express
    (300, 305, 14, 19), (3095, 3095, 14, 19), (36, 36, 14, 19), (38, 39, 14, 19), // Diners Club
    (6011, 6011, 16, 19), (644, 649, 16, 19), (65, 65, 16, 19),                   // Discover
    (3528, 3589, 16, 19), (1800, 1800, 15, 15), (2131, 2131, 15, 15),             // JCB
    (62, 62, 16, 19), (8100, 8171, 16, 19),           // UnionPay
    // Maestro; twelve digits only in the ranges most seen, they are too like product numbers.
    (5018, 5018, 12, 19), (5020, 5020, 12, 19), (5038, 5038, 12, 19), (5893, 5893, 12, 19),
    (6304, 6304, 12, 19), (6759, 6763, 12, 19), (50, 50, 13, 19), (56, 58, 13, 19),
    (67, 67, 13, 19), (6390, 6390, 13, 19),
    (2200, 2204, 16, 19),                             // Mir
    (60, 60, 16, 16), (81, 82, 16, 16),               // RuPay
    (6362, 6363, 16, 16),                             // Elo, Cartes
    (9792, 9792, 16, 16),                             // Troy
];

/// True when the ASCII digits are a card number. Behind a word like `card` (`named`) the check
/// digit is enough: new issuer ranges come faster than releases.
pub(super) fn is_card(digits: &[u8], named: impl Fn() -> bool) -> bool {
    let varied = digits.iter().any(|d| *d != digits[0]);
    (12..=19).contains(&digits.len()) && varied && luhn(digits) && (is_issued(digits) || named())
}

fn is_issued(digits: &[u8]) -> bool {
    ISSUERS.iter().any(|&(from, to, shortest, longest)| {
        let prefix = digits[..from.ilog10() as usize + 1].iter().fold(0, |n, d| n * 10 + u32::from(d - b'0'));
        (from..=to).contains(&prefix) && (usize::from(shortest)..=usize::from(longest)).contains(&digits.len())
    })
}

/// True for other groups of sixteen digits: multiples of four however they are parted, or up to
/// five groups of three digits or more, all parted in the same way.
pub(super) fn is_odd_grouping(lengths: &[usize], mixed: bool) -> bool {
    let fours = lengths.iter().all(|n| n % 4 == 0);
    lengths.iter().sum::<usize>() == 16 && (fours || !mixed && lengths.len() <= 5 && lengths.iter().all(|&n| n >= 3))
}

/// End of the card number that begins at byte `start` in groups of 4-4-4-4 or 4-6-5 with one to
/// three spaces or a hyphen between them. Reads at most 28 bytes.
pub(super) fn wide(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut digits, mut lengths, mut at) = (Vec::with_capacity(24), Vec::with_capacity(4), start);
    loop {
        let group = bytes[at..].iter().take(7).take_while(|b| b.is_ascii_digit()).count();
        if !(4..=6).contains(&group) {
            return None;
        }
        digits.extend_from_slice(&bytes[at..at + group]);
        lengths.push(group);
        at += group;
        match lengths[..] {
            [4, 4, 4, 4] | [4, 6, 5] => break,
            [4] | [4, 4] | [4, 4, 4] | [4, 6] => {}
            _ => return None,
        }
        let spaces = bytes[at..].iter().take(4).take_while(|b| **b == b' ').count();
        at += match spaces {
            0 if bytes.get(at) == Some(&b'-') => 1,
            1..=3 => spaces,
            _ => return None,
        };
    }
    let joined = match bytes[at..] {
        [b'.' | b',', next, ..] => next.is_ascii_digit(),
        [next, ..] => next.is_ascii_alphanumeric() || matches!(next, b'_' | b'*'),
        [] => false,
    };
    (!joined && is_card(&digits, || false)).then_some(at)
}

/// True for the ways cards are printed or typed: fours with a shorter last group, 4-6-5 and 4-6-4
/// (American Express, Diners Club), 6-13 (Maestro, old UnionPay), 8-8 and 4-4-4-4-3.
pub(super) fn is_grouping(lengths: &[usize]) -> bool {
    match lengths {
        [] | [_] => false,
        [4, 6, 4 | 5] | [6, 13] | [8, 8] | [6, 6..=7] => true,
        [init @ .., last] => init.iter().all(|&n| n == 4) && (1..=4).contains(last) && init.len() >= 3,
    }
}
