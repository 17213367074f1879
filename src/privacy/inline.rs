//! The text as a browser shows it: inline tags part no word, so `john<b></b>@example.com` is one.

use super::overlap;
use crate::span::Span;
use crate::text::Normalized;

/// Elements that stand inside a line. All others (`br`, `p`, `li`) part what they stand between.
const INLINE: [&str; 15] =
    ["a", "abbr", "b", "big", "code", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u"];

/// A normal form without the spaces that inline tags left.
pub(super) struct Joined<'n> {
    normal: &'n Normalized<'n>,
    text: String,
    /// Places in `text` where a space was taken out, rising; one may occur many times.
    cuts: Vec<usize>,
}

impl<'n> Joined<'n> {
    /// `None` where no inline tag was taken out of the text. `O(bytes)` but for a binary search
    /// per space.
    pub(super) fn new(normal: &'n Normalized<'n>) -> Option<Self> {
        let original = normal.original();
        if !normal.is_stripped() || !original.contains('<') {
            return None;
        }
        let (mut text, mut cuts, mut copied) = (String::new(), Vec::new(), 0);
        for (at, _) in normal.text().match_indices(' ') {
            let source = overlap::widen(original, normal.to_original(Span::new(at, at + 1)));
            if is_inline(&original[source.start..source.end]) {
                text.push_str(&normal.text()[copied..at]);
                cuts.push(text.len());
                copied = at + 1;
            }
        }
        text.push_str(&normal.text()[copied..]);
        (!cuts.is_empty()).then_some(Joined { normal, text, cuts })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the original; tags at either end of `span` stay outside.
    pub(super) fn to_original(&self, span: Span) -> Span {
        let start = span.start + self.cuts.partition_point(|&cut| cut <= span.start);
        let end = span.end + self.cuts.partition_point(|&cut| cut < span.end);
        overlap::widen(self.normal.original(), self.normal.to_original(Span::new(start, end)))
    }
}

fn is_inline(source: &str) -> bool {
    let Some(inner) = source.strip_prefix('<') else { return false };
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    INLINE.iter().any(|element| element.eq_ignore_ascii_case(name))
}
