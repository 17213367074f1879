//! Coordinates: two decimals that are a latitude and a longitude, or degrees, minutes and seconds.

use super::anchors::find_two;
use super::cues::{self, PLACE};
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// Decimals both numbers need: without a word for it, and with one.
const DECIMALS: usize = 4;
const DECIMALS_NAMED: usize = 2;

/// Adds the pairs of decimals in `text` that are coordinates. `O(bytes)`: from each decimal point a bounded stretch is read.
pub(super) fn decimals(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(dot) = find_two(bytes, from, 1, |dot, next| dot == b'.' && next.is_ascii_digit()) {
        from = dot + 1;
        let whole = bytes[..dot].iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
        if whole == 0 || whole > 3 {
            continue;
        }
        let mut start = dot - whole;
        if start > 0 && matches!(bytes[start - 1], b'-' | b'+') {
            start -= 1;
        }
        let glued = text[..start]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '$' | '€'))
            && !text[..start].ends_with("GPS");
        let Some((latitude, decimals, end)) = decimal(text, start, 90.0).filter(|_| !glued) else { continue };
        let gap = text[end..].len() - text[end..].trim_start_matches(['°', ' ', 'N', 'S', ',', ';', '/', '\n']).len();
        if gap == 0 || gap > 8 {
            continue;
        }
        // `lon: 13.4` and `lng=13.4` between the two.
        let mut next = end + gap;
        for label in ["longitude", "lng", "lon", "long"] {
            if let Some(rest) = text[next..].strip_prefix(label) {
                next = text.len() - rest.trim_start_matches([':', '=', ' ']).len();
                break;
            }
        }
        let Some((longitude, more, end)) = decimal(text, next, 180.0) else { continue };
        let tail = text[end..].strip_prefix('°').unwrap_or(&text[end..]);
        let side = tail.trim_start_matches(' ').starts_with(['E', 'W', 'O']) && tail.len() < text[end..].len();
        let end = if side { text.len() - tail.trim_start_matches(' ').len() + 1 } else { text.len() - tail.len() };
        let sure = decimals >= DECIMALS && more >= DECIMALS || side;
        let named = decimals >= DECIMALS_NAMED && more >= DECIMALS_NAMED && cues::before(text, start) & PLACE != 0;
        if (sure || named) && (latitude != 0.0 || longitude != 0.0) {
            found.push(Pii::new(
                PiiType::Location,
                Span::new(start, end),
                if named { rank::ID_NAMED } else { rank::IN_CONTEXT },
            ));
            from = end;
        }
    }
}

/// The decimal with a sign at byte `at`, within `limit` on either side: value, decimals and end.
fn decimal(text: &str, at: usize, limit: f64) -> Option<(f64, usize, usize)> {
    let bytes = text.as_bytes();
    let mut end = at + usize::from(matches!(bytes.get(at), Some(b'-' | b'+')));
    let digits = |end: usize| bytes[end..].iter().take(20).take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(end);
    end += whole;
    if whole == 0 || whole > 3 || bytes.get(end) != Some(&b'.') {
        return None;
    }
    let decimals = digits(end + 1);
    end += 1 + decimals;
    let value: f64 = text[at..end].parse().ok()?;
    let closed = !matches!(bytes[end..], [b'.', next, ..] if next.is_ascii_digit());
    let word = bytes.get(end).is_some_and(|b| b.is_ascii_lowercase() || *b == b'%');
    ((1..=16).contains(&decimals) && value.abs() <= limit && closed && !word).then_some((value, decimals, end))
}

/// Adds the coordinates in degrees: `52°31'12"N 13°24'18"E`. `O(bytes)`, as above.
pub(super) fn degrees(text: &str, found: &mut Vec<Pii>) {
    let part = |at: usize, sides: &[char]| {
        let rest = &text[at..];
        let is_part = |c: char| c.is_ascii_digit() || " .°'\"′″’”,".contains(c);
        let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let digits = rest.bytes().take(len).filter(u8::is_ascii_digit).count();
        let side = rest[len..].chars().next().filter(|c| sides.contains(c))?;
        let own = rest[..len].matches('°').count() == 1 && (3..=12).contains(&digits) && len < 28;
        own.then_some(at + len + side.len_utf8())
    };
    let mut from = 0;
    while let Some(sign) = text[from..].find('°').map(|at| from + at) {
        let start = sign - text.as_bytes()[from..sign].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        from = sign + '°'.len_utf8();
        let Some(middle) = part(start, &['N', 'S']).filter(|_| start < sign) else { continue };
        let next = text.len() - text[middle..].trim_start_matches([' ', ',']).len();
        if let Some(end) = part(next, &['E', 'W', 'O']) {
            found.push(Pii::new(PiiType::Location, Span::new(start, end), rank::ID_NAMED));
            from = end;
        }
    }
}
