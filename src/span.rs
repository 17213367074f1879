//! Places in a text: bytes inside Rust, UTF-16 code units for JavaScript.

use serde::{Serialize, Serializer};

/// Half-open range `[start, end)`. Bytes of the original text unless a field says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// `start` and `end` in bytes; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// Length in the unit of the span.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// True when both share at least one position.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text the span covers, or `None` when it does not lie on character boundaries of `text`.
    pub fn slice<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.start..self.end)
    }
}

impl Serialize for Span {
    /// As the pair `[start, end]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

/// Distance between two remembered positions of [`Utf16Index`], in bytes.
const STEP: usize = 64;

/// Turns byte offsets of one text into UTF-16 offsets and back.
///
/// Built in one pass over the text, `O(bytes)`; free for ASCII. A look-up reads at most 64 bytes.
pub struct Utf16Index<'t> {
    text: &'t str,
    /// UTF-16 offset of the first character that starts at or after `i * STEP`; empty for ASCII.
    marks: Vec<(u32, u32)>,
}

impl<'t> Utf16Index<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            marks.reserve(text.len() / STEP + 1);
            let mut utf16 = 0u32;
            let mut next = 0;
            for (at, c) in text.char_indices() {
                while at >= next {
                    marks.push((at as u32, utf16));
                    next += STEP;
                }
                utf16 += c.len_utf16() as u32;
            }
        }
        Utf16Index { text, marks }
    }

    /// UTF-16 offset of the character boundary at byte `at`; past the end gives the length.
    pub fn utf16(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.marks.is_empty() {
            return at;
        }
        let mut slot = (at / STEP).min(self.marks.len() - 1);
        while slot > 0 && self.marks[slot].0 as usize > at {
            slot -= 1;
        }
        let (byte, utf16) = self.marks[slot];
        let between = self.text.get(byte as usize..at).unwrap_or("");
        utf16 as usize + between.chars().map(char::len_utf16).sum::<usize>()
    }

    /// Byte offset of the UTF-16 offset `at`; inside a surrogate pair gives the character's start.
    pub fn byte(&self, at: usize) -> usize {
        if self.marks.is_empty() {
            return at.min(self.text.len());
        }
        let slot = self.marks.partition_point(|&(_, utf16)| utf16 as usize <= at).max(1) - 1;
        let (byte, utf16) = self.marks[slot];
        let (mut byte, mut utf16) = (byte as usize, utf16 as usize);
        for c in self.text[byte..].chars() {
            if utf16 + c.len_utf16() > at {
                break;
            }
            byte += c.len_utf8();
            utf16 += c.len_utf16();
        }
        byte
    }

    /// The same place in UTF-16 code units.
    pub fn span(&self, span: Span) -> Span {
        Span { start: self.utf16(span.start), end: self.utf16(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_offsets_slice_like_javascript() {
        let text = "naïve 😀 김치 ".repeat(40);
        let index = Utf16Index::new(&text);
        let units: Vec<u16> = text.encode_utf16().collect();
        for (at, _) in text.char_indices() {
            let utf16 = index.utf16(at);
            assert_eq!(String::from_utf16(&units[..utf16]).unwrap(), text[..at]);
            assert_eq!(index.byte(utf16), at);
        }
        assert_eq!(index.utf16(text.len()), units.len());
        assert_eq!(index.byte(units.len()), text.len());
    }

    #[test]
    fn ascii_offsets_are_the_same_in_both_units() {
        let index = Utf16Index::new("plain");
        assert_eq!(index.utf16(3), 3);
        assert_eq!(index.byte(99), 5);
    }

    #[test]
    fn an_offset_inside_a_surrogate_pair_is_its_start() {
        assert_eq!(Utf16Index::new("a😀b").byte(2), 1);
    }
}
