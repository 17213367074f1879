//! Handles: `@name` as the social networks write it.

use super::anchors::find as find_byte;
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// Longest handle of the large networks, in bytes.
const LONGEST: usize = 30;

/// Adds the handles in `text`. `O(bytes)`.
pub(super) fn find(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = find_byte(bytes, from, |b| b == b'@') {
        from = at + 1;
        // In front: not part of an address or a link.
        let joined = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || "@._-".contains(c))
            || text[..at].strip_suffix('/').is_some_and(|head| head.ends_with(|c: char| c.is_ascii()));
        let inside = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.');
        let len = bytes[from..].iter().take(LONGEST + 1).take_while(inside).count();
        let name = text[from..from + len].trim_end_matches('.');
        if !joined && (2..=LONGEST).contains(&name.len()) && name.bytes().any(|b| b.is_ascii_alphabetic()) {
            found.push(Pii::new(PiiType::Handle, Span::new(at, from + name.len()), rank::HANDLE));
        }
        from += len;
    }
}
