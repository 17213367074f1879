//! Country calling codes (ITU-T E.164) and how long the numbers behind them are.

/// Longest international number, in digits. Source: ITU-T E.164, 6.
pub(super) const MAX_DIGITS: usize = 15;
/// Shortest one taken, in digits; shorter ones exist only in very small countries.
pub(super) const MIN_DIGITS: usize = 8;

/// Calling code, shortest and longest national number in digits. Source: the national numbering
/// plans notified to ITU-T (E.129), for countries whose customers are most often seen.
#[rustfmt::skip]
const LENGTHS: [(u32, usize, usize); 44] = [
    (1, 10, 10), (7, 10, 10), (20, 8, 10), (27, 9, 9), (30, 10, 10), (31, 9, 9), (32, 8, 9), (33, 9, 9), (34, 9, 9),
    (36, 8, 9), (39, 8, 11), (40, 9, 9), (41, 9, 9), (43, 7, 13), (44, 9, 10), (45, 8, 8), (46, 7, 10), (47, 8, 8),
    (48, 9, 9), (49, 6, 12), (51, 8, 9), (52, 10, 10), (54, 10, 11), (55, 10, 11), (56, 9, 9), (57, 8, 10), (60, 8, 10),
    (61, 9, 9), (62, 8, 12), (63, 8, 10), (64, 8, 10), (65, 8, 8), (66, 8, 9), (81, 9, 10), (82, 8, 11), (84, 9, 10),
    (86, 10, 11), (90, 10, 10), (91, 10, 10), (351, 9, 9), (353, 7, 9), (358, 6, 11), (420, 9, 9), (380, 9, 9),
];
/// Two-digit codes; 1 and 7 have one digit, all others three. Source: ITU-T E.164 list of codes.
#[rustfmt::skip]
const TWO_DIGITS: [u32; 44] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58,
    60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
];

/// How a number fits the plan of its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The length is right for a country in the table.
    Right,
    /// The country is in the table and the length is wrong.
    Wrong,
    /// The code is assigned, its lengths are not in the table.
    Unknown,
    /// No such code.
    NoCode,
}

/// Looks at the digits behind `+` or `00`, a national zero in brackets (`+44 (0)20`) left out.
pub(super) fn fit(digits: &[u8]) -> Fit {
    let number = |n: usize| digits.get(..n).map(|d| d.iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0')));
    let (Some(one), Some(two), Some(three)) = (number(1), number(2), number(3)) else { return Fit::NoCode };
    let (code, width) = match (one, two) {
        (0, _) => return Fit::NoCode,
        (1 | 7, _) => (one, 1),
        _ if TWO_DIGITS.contains(&two) => (two, 2),
        _ => (three, 3),
    };
    let national = digits.len() - width;
    match LENGTHS.iter().find(|row| row.0 == code) {
        // Most write `+49 30`, some keep the trunk zero: `+49 030`.
        Some(&(_, shortest, longest)) => {
            let zero = usize::from(code != 39 && digits[width] == b'0' && national > shortest);
            if (shortest..=longest).contains(&(national - zero)) { Fit::Right } else { Fit::Wrong }
        }
        None => Fit::Unknown,
    }
}
