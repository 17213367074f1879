//! National ways of writing a phone number, as lengths of digit groups.
//!
//! Sources: the numbering plans and writing habits of the countries named (NANPA, Ofcom, KISA/MSIT,
//! MIC Japan, UKE, Bundesnetzagentur DIN 5008, ARCEP, CNMC, AGCOM, ACM, Anatel). Unbroken digits
//! count only where a mobile prefix makes the shape certain.

use super::super::numbers::Sep;
use super::super::rank;

/// A window as the shapes see it.
pub(super) struct Shape<'a> {
    /// Length of each group.
    pub lengths: &'a [usize],
    /// Separator before each group; the first one is `First`.
    pub seps: &'a [Sep],
    /// All digits.
    pub digits: &'a [u8],
    /// The first group stands in brackets.
    pub bracketed: bool,
}

impl Shape<'_> {
    /// True when the groups are parted by spaces alone, without brackets.
    fn is_spaced(&self) -> bool {
        !self.bracketed && self.seps[1..].iter().all(|s| *s == Sep::Space)
    }
}

/// The rank of the best national shape, or `None`.
pub(super) fn national(shape: &Shape) -> Option<f64> {
    if is_date(shape) {
        return None;
    }
    let found = [
        (is_north_american(shape), if shape.is_spaced() { rank::PHONE_SHAPE } else { rank::PHONE_NATIONAL }),
        (is_bracketed(shape), rank::PHONE_NATIONAL),
        (is_trunk(shape), rank::PHONE_NATIONAL),
        (is_mobile_plain(shape), rank::PHONE_NATIONAL),
        (is_grouped_only(shape), rank::PHONE_SHAPE),
    ];
    found.into_iter().find(|(holds, _)| *holds).map(|(_, certainty)| certainty)
}

/// US, Canada: 3-3-4, with or without 1 in front, `555-010-0199` and `(555) 010-0199`.
fn is_north_american(shape: &Shape) -> bool {
    let area = match shape.lengths {
        [1, 3, 3, 4] if shape.digits[0] == b'1' => shape.digits[1],
        [3, 3, 4] => shape.digits[0],
        _ => return false,
    };
    // With spaces alone, only a valid area code.
    !shape.is_spaced() || area >= b'2'
}

/// An area code in brackets: `(030) 123456`, `(11) 4706-6184`, `(22) 154-300`.
fn is_bracketed(shape: &Shape) -> bool {
    let [area, rest @ ..] = shape.lengths else { return false };
    let zero = shape.digits[0] == b'0';
    let local: usize = rest.iter().sum();
    shape.bracketed
        && (matches!(area, 2 | 3) || zero && matches!(area, 4 | 5))
        && (5..=9).contains(&local)
        && (8..=12).contains(&shape.digits.len())
        && rest.len() <= 4
        && rest.iter().all(|&n| n >= 2)
        && (zero || rest.len() >= 2)
}

/// A trunk zero and the grouping of a country that uses one.
fn is_trunk(shape: &Shape) -> bool {
    if shape.digits.len() < 2 || shape.digits[0] != b'0' || shape.digits[1] == b'0' {
        return false;
    }
    match shape.lengths {
        // Japan, Korea (02, 03), Netherlands, Germany, France (pairs), Belgium, Switzerland
        [2, 4, 4] | [2, 3, 4] | [2, 7 | 8] | [2, 2, 2, 2, 2] | [2, 3, 2, 2] => true,
        // Korea, Japan, London, Germany, Switzerland, Sweden, Netherlands, Spain and Brazil with 0
        [3, 3, 3 | 4] | [3, 4, 4] | [3, 5, 3 | 4] | [3, 6..=8] | [3, 3, 2, 2] | [3, 2, 2, 2] | [3, 4, 3] => true,
        // Britain, Japan (0120), Germany, Austria, Belgium, Italy
        [4, 5..=8] | [4, 3, 3 | 4] | [4, 2, 2, 2] | [4, 3, 2, 2] | [4, 2, 4] | [4, 4, 3] => true,
        [5, 5 | 6] | [5, 3, 3] => true,
        // Behind a space it is a postcode and a house number more often.
        [5, 4] => shape.seps[1] != Sep::Space,
        // Germany with a spaced number: 0171 123 45 67, 030 12 34 56 78
        [3, 2, 2, 2, 2] | [4, 3, 4, ..=2] => true,
        _ => false,
    }
}

/// A mobile number without separators: Korea 010, Japan 070/080/090, Britain 07, Germany 015-017,
/// France 06/07, Netherlands 06.
fn is_mobile_plain(shape: &Shape) -> bool {
    let d = shape.digits;
    shape.lengths.len() == 1
        && match d.len() {
            10 => d.starts_with(b"06") || d.starts_with(b"07"),
            11 => {
                let prefixes: [&[u8]; 9] = [b"010", b"070", b"080", b"090", b"07", b"015", b"016", b"017", b"011"];
                prefixes.into_iter().any(|prefix| d.starts_with(prefix)) && d[2..].iter().any(|b| *b != d[2])
            }
            12 => d.starts_with(b"015") || d.starts_with(b"016") || d.starts_with(b"017"),
            _ => false,
        }
}

/// No trunk zero: Poland and Spain 3-3-3, Spain 3-2-2-2, Poland 2-3-2-2, Italy 3-7, Brazil 2-5-4.
fn is_grouped_only(shape: &Shape) -> bool {
    let d = shape.digits;
    let Some(second) = shape.seps.get(1) else { return false };
    let all = |sep: Sep| shape.seps[1..].iter().all(|s| *s == sep);
    let mixed = all(Sep::Space) || all(Sep::Hyphen);
    match shape.lengths {
        // `650 000 000` and `650.123.456` are amounts.
        [3, 3, 3] => (all(Sep::Space) && d[0] >= b'5' || all(Sep::Hyphen) && d[0] >= b'4') && !d.ends_with(b"000"),
        [3, 2, 2, 2] => mixed && d[0] >= b'6',
        [2, 3, 2, 2] => mixed && d[0] != b'0',
        [3, 7] => d[0] == b'3' && matches!(second, Sep::Space | Sep::Hyphen | Sep::Slash),
        [2, 5, 4] => d[0] != b'0' && d[2] == b'9' && shape.seps[2] != Sep::Dot,
        [3, 4, 3] | [3, 3, 4] => d[0] == b'3' && matches!(second, Sep::Space | Sep::Hyphen),
        [2, 4, 4] => {
            d[0] != b'0' && *second == Sep::Space && shape.seps[2] == Sep::Hyphen && d[2] <= b'5' && d[2] >= b'2'
        }
        _ => false,
    }
}

/// Behind a word like `phone`: any digits that are no date, year span, amount or decimal.
pub(super) fn in_context(shape: &Shape) -> bool {
    let n = shape.digits.len();
    let parted = shape.lengths.len() > 1;
    let decimal = matches!(shape.seps, [_, Sep::Dot]) && shape.lengths != [3, 4];
    let years = parted
        && shape.lengths.iter().all(|&l| l == 4)
        && shape.digits.chunks(4).all(|y| matches!(y, [b'1', b'9', ..] | [b'2', b'0', ..]));
    let amount = shape.lengths[1..].iter().all(|&l| l == 3) && shape.digits.ends_with(b"000");
    // 900/1900, 2018.07.022
    let fraction = matches!(shape.seps, [_, Sep::Slash]) && n < 8;
    let dated =
        matches!(shape.seps, [_, Sep::Dot, ..]) && shape.lengths[0] == 4 && matches!(&shape.digits[..2], b"19" | b"20");
    // A single digit parts no phone number, but may be the extension in `12345678-0`.
    let inner =
        if parted && shape.seps.last() == Some(&Sep::Hyphen) { shape.lengths.len() - 1 } else { shape.lengths.len() };
    let small = shape.lengths[usize::from(parted).min(inner)..inner].iter().any(|&l| l < 2);
    (if parted { 6 } else { 7 }..=15).contains(&n)
        && !decimal
        && !fraction
        && !dated
        && !years
        && !amount
        && !small
        && !has_date(shape)
        && shape.digits.iter().any(|b| *b != shape.digits[0])
}

fn is_date(shape: &Shape) -> bool {
    (0..shape.lengths.len().saturating_sub(2)).take(1).any(|i| date_at(shape, i))
}

fn has_date(shape: &Shape) -> bool {
    (0..shape.lengths.len().saturating_sub(2)).any(|i| date_at(shape, i))
}

/// Groups `i..i + 3` are year-month-day, day-month-year or month-day-year with a four-digit year,
/// or three pairs that can be a date and are all there is.
fn date_at(shape: &Shape, i: usize) -> bool {
    let from: usize = shape.lengths[..i].iter().sum();
    let (a, b) = (shape.lengths[i], shape.lengths[i + 1]);
    let c = shape.lengths[i + 2];
    let value = |at: usize, n: usize| shape.digits[at..at + n].iter().fold(0u32, |v, d| v * 10 + u32::from(d - b'0'));
    let (x, y, z) = match (a, b, c) {
        (4, 1 | 2, 1 | 2) | (1 | 2, 1 | 2, 4) => (value(from, a), value(from + a, b), value(from + a + b, c)),
        (2, 2, 2) if shape.lengths.len() == 3 && shape.seps[1] != Sep::Space => {
            (value(from, a), value(from + a, b), 2000)
        }
        _ => return false,
    };
    let year = |v: u32| (1900..2100).contains(&v);
    let day_month = |p: u32, q: u32| (1..=31).contains(&p) && (1..=31).contains(&q) && (p <= 12 || q <= 12);
    year(x) && day_month(y, z) || year(z) && day_month(x, y)
}
