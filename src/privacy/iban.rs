//! International bank account numbers (ISO 13616), checked by country length and mod 97.

/// Countries and the length of their IBAN in characters. Source: the SWIFT IBAN Registry
/// (registration authority of ISO 13616), structures in force.
#[rustfmt::skip]
const LENGTHS: [(&[u8; 2], u8); 89] = [
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22),
    (b"BH", 22), (b"BI", 27), (b"BR", 29), (b"BY", 28), (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24),
    (b"DE", 22), (b"DJ", 27), (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24), (b"FI", 18),
    (b"FK", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GL", 18), (b"GR", 27),
    (b"GT", 28), (b"HN", 28), (b"HR", 21), (b"HU", 28), (b"IE", 22), (b"IL", 23), (b"IQ", 23), (b"IS", 26),
    (b"IT", 27), (b"JO", 30), (b"KW", 30), (b"KZ", 20), (b"LB", 28), (b"LC", 32), (b"LI", 21), (b"LT", 20),
    (b"LU", 20), (b"LV", 21), (b"LY", 25), (b"MC", 27), (b"MD", 24), (b"ME", 22), (b"MK", 19), (b"MN", 20),
    (b"MR", 27), (b"MT", 31), (b"MU", 30), (b"NI", 28), (b"NL", 18), (b"NO", 15), (b"OM", 23), (b"PK", 24),
    (b"PL", 28), (b"PS", 29), (b"PT", 25), (b"QA", 29), (b"RO", 24), (b"RS", 22), (b"RU", 33), (b"SA", 24),
    (b"SC", 31), (b"SD", 18), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"SM", 27), (b"SO", 23), (b"ST", 25),
    (b"SV", 28), (b"TL", 23), (b"TN", 24), (b"TR", 26), (b"UA", 29), (b"VA", 22), (b"VG", 24), (b"XK", 20),
    (b"YE", 30),
];

/// Digits in an IBAN that is written unusually.
const SURE_DIGITS: usize = 10;
/// Longest word glued to the end of an IBAN, in bytes.
const GLUED_BYTES: usize = 32;

/// The bytes of the IBAN whose two check digits begin at `digits`.
///
/// The country stands right before, in either case. Groups may be parted by single spaces, hyphens
/// or dots. A space behind the country, or a word glued to the end, asks for more: ten digits, so
/// that words cannot pass, and with the space the groups of four that IBANs are printed in. Reads
/// at most three times the length of an IBAN.
pub(super) fn at(bytes: &[u8], digits: usize) -> Option<(usize, usize)> {
    let spaced = digits > 2 && bytes[digits - 1] == b' ';
    let start = digits.checked_sub(2 + usize::from(spaced))?;
    let country = [bytes[start].to_ascii_uppercase(), bytes[start + 1].to_ascii_uppercase()];
    let row = LENGTHS.binary_search_by(|(code, _)| (**code).cmp(&country)).ok()?;
    let before = &bytes[..start];
    let glued = before.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    if glued && !before[before.len().saturating_sub(4)..].eq_ignore_ascii_case(b"iban") {
        return None;
    }
    let length = usize::from(LENGTHS[row].1);
    let mut compact = [0u8; 34];
    let (mut n, mut at, mut parted, mut printed) = (0, start, true, true);
    while n < length {
        let byte = *bytes.get(at)?;
        if byte.is_ascii_alphanumeric() {
            compact[n] = byte.to_ascii_uppercase();
            n += 1;
            parted = false;
        } else if parted || !matches!(byte, b' ' | b'-' | b'.' | b'/' | b'_') {
            return None;
        } else {
            parted = true;
            printed &= n % 4 == 0 || n == 2;
        }
        at += 1;
    }
    let numeric = compact[..length].iter().filter(|b| b.is_ascii_digit()).count() >= SURE_DIGITS;
    let tail = bytes[at..].iter().take(GLUED_BYTES).take_while(|b| b.is_ascii_alphabetic()).count();
    let ends = !bytes.get(at + tail).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let plain = !spaced && tail == 0;
    (ends && (plain || numeric) && (!spaced || printed) && is_valid(&compact[..length])).then_some((start, at))
}

/// ISO 7064 mod 97-10 over the number with its first four characters moved to the end.
fn is_valid(compact: &[u8]) -> bool {
    if !compact[2..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let mut rest = 0u32;
    for &byte in compact[4..].iter().chain(&compact[..4]) {
        rest = match byte {
            b'0'..=b'9' => rest * 10 + u32::from(byte - b'0'),
            _ => rest * 100 + u32::from(byte - b'A') + 10,
        } % 97;
    }
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_sorted_and_fit_the_buffer() {
        assert!(LENGTHS.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(LENGTHS.iter().all(|&(_, n)| (15..=34).contains(&n)));
    }

    #[test]
    fn one_wrong_character_fails_the_check() {
        // Example of ISO 13616 for Germany, as printed in the IBAN Registry.
        let good = b"DE89370400440532013000";
        assert!(is_valid(good));
        for i in 2..good.len() {
            let mut bad = *good;
            bad[i] = if bad[i] == b'9' { b'0' } else { bad[i] + 1 };
            assert!(!is_valid(&bad), "changed at {i}");
        }
    }
}
