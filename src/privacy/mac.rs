//! MAC addresses (IEEE 802, EUI-48): six pairs with `:` or `-`, or three groups of four with dots.

use super::anchors::find_two;
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// Adds the MAC addresses in `text`. `O(bytes)`.
pub(super) fn find(text: &str, found: &mut Vec<Pii>) {
    grouped(text, b":-", 2, 6, found);
    grouped(text, b"..", 4, 3, found);
}

/// Those of `count` groups of `width` digits, parted by one of the `marks`.
fn grouped(text: &str, marks: &[u8; 2], width: usize, count: usize, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let first = |a, b| a == b && (a == marks[0] || a == marks[1]);
    while let Some(at) = find_two(bytes, from, width + 1, first) {
        from = at + 1;
        let mark = bytes[at];
        let Some(start) = at.checked_sub(width) else { continue };
        let end = start + count * (width + 1) - 1;
        let Some(value) = bytes.get(start..end) else { continue };
        let fits = value
            .chunks(width + 1)
            .all(|part| part[..width].iter().all(u8::is_ascii_hexdigit) && part.get(width).is_none_or(|b| *b == mark));
        let joined = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_'));
        // `1234.5678.9012` may be anything.
        let plain = mark == b'.' && !value.iter().any(u8::is_ascii_alphabetic);
        let varied = value.iter().filter(|b| **b != mark).any(|b| *b != value[0]) || mark == b':';
        let head = &bytes[..start];
        // `MAC:00:..`, `MAC00:..`: a colon behind a word is the sentence's.
        let led = head.strip_suffix(b":").unwrap_or(head);
        let named = led.ends_with(b"MAC") || led.len() < head.len() && !led.last().is_some_and(u8::is_ascii_hexdigit);
        if fits && !plain && varied && (named || !joined(head.last())) && !joined(bytes.get(end)) {
            found.push(Pii::new(PiiType::Mac, Span::new(start, end), rank::MAC));
            from = end;
        }
    }
}
