//! Phrases of the caller's own, matched by what they say and not by how they are typed: case, width, invisible
//! characters and the signs between words make no difference.

use crate::order::Sorted;
use crate::span::Span;
use crate::text::{is_hangul, is_unspaced, low};

/// Most phrases in one list.
pub const MAX_PHRASES: usize = 10_000;
/// Longest phrase, in bytes.
pub const MAX_PHRASE_BYTES: usize = 512;

/// A normal form in lower case where each run of other characters than letters and digits is one space, with the way
/// back.
pub(super) struct Folded {
    pub text: String,
    /// Where in the source each byte of `text` begins; one more than there are bytes.
    places: Vec<u32>,
}

impl Folded {
    /// `O(bytes)`. `source` is at most [`crate::limits::MAX_TEXT_BYTES`] long, or a few times that in normal form.
    pub fn new(source: &str) -> Folded {
        let mut text = String::with_capacity(source.len());
        let mut places = Vec::with_capacity(source.len() + 1);
        let mut parted = false;
        for (at, c) in source.char_indices() {
            if !c.is_alphanumeric() {
                parted = true;
                continue;
            }
            if parted && !text.is_empty() {
                text.push(' ');
                places.push(at as u32);
            }
            parted = false;
            let from = text.len();
            text.push(low(c));
            places.resize(places.len() + text.len() - from, at as u32);
        }
        places.push(source.len() as u32);
        Folded { text, places }
    }

    /// The place in `source` of the characters from `start` to `end`, bytes of [`Folded::text`].
    pub fn source(&self, source: &str, span: Span) -> Span {
        let start = self.places[span.start] as usize;
        let last = self.places[span.end - 1] as usize;
        Span::new(start, last + source[last..].chars().next().map_or(0, char::len_utf8))
    }

    /// True where a phrase may begin or end: not inside a word. Scripts without spaces have no inside, and Korean
    /// particles are joined on.
    fn is_edge(&self, at: usize) -> bool {
        let joined = |c: char| c != ' ' && !is_unspaced(c) && !is_hangul(c);
        let before = self.text[..at].chars().next_back().is_some_and(joined);
        !before || !self.text[at..].chars().next().is_some_and(joined)
    }
}

/// A list of phrases, each with the number its owner gave it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrases {
    /// Folded, sorted, each once.
    list: Vec<(String, u32)>,
}

impl Phrases {
    pub const NONE: Phrases = Phrases { list: Vec::new() };

    /// Phrases as they were given; blank ones and those without a letter or digit match nothing.
    pub fn new<'p>(phrases: impl Iterator<Item = (&'p str, u32)>) -> Phrases {
        let normal = |phrase: &str| Folded::new(crate::text::Normalized::new(phrase).text()).text;
        let mut list: Vec<(String, u32)> = phrases.map(|(phrase, number)| (normal(phrase), number)).collect();
        list.retain(|(phrase, _)| !phrase.is_empty());
        list.order();
        list.dedup_by(|a, b| a.0 == b.0);
        Phrases { list }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Calls `found` with the places in `folded` and the number of each longest phrase, from the left, apart from each
    /// other. `O(bytes * log phrases)` but for the longest phrase.
    pub fn find(&self, folded: &Folded, mut found: impl FnMut(Span, u32)) {
        if self.list.is_empty() {
            return;
        }
        let mut done = 0;
        for (at, _) in folded.text.char_indices() {
            if at < done || !folded.is_edge(at) {
                continue;
            }
            if let Some((end, number)) = self.longest(folded, at) {
                found(Span::new(at, end), number);
                done = end;
            }
        }
    }

    /// The end and number of the longest phrase that stands at `at`.
    fn longest(&self, folded: &Folded, at: usize) -> Option<(usize, u32)> {
        let (mut low, mut high) = (0, self.list.len());
        let mut best = None;
        for (read, byte) in folded.text.as_bytes()[at..].iter().enumerate() {
            let part = &self.list[low..high];
            let at_byte = |entry: &(String, u32)| entry.0.as_bytes().get(read).map_or(0, |b| u16::from(*b) + 1);
            let wanted = u16::from(*byte) + 1;
            let from = part.partition_point(|entry| at_byte(entry) < wanted);
            let to = part.partition_point(|entry| at_byte(entry) <= wanted);
            (low, high) = (low + from, low + to);
            let Some((first, number)) = self.list[low..high].first() else { break };
            if first.len() == read + 1 && folded.is_edge(at + read + 1) {
                best = Some((at + read + 1, *number));
            }
        }
        best
    }

    /// True when one of the phrases is all of `value`.
    pub fn is_listed(&self, value: &str) -> bool {
        let folded = Folded::new(crate::text::Normalized::new(value).text()).text;
        self.list.binary_search_by(|(phrase, _)| phrase.as_str().cmp(&folded)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<(String, u32)> {
        let list = Phrases::new(phrases.iter().copied().zip(0..));
        let folded = Folded::new(text);
        let mut all = Vec::new();
        list.find(&folded, |span, number| {
            let span = folded.source(text, span);
            all.push((text[span.start..span.end].to_string(), number));
        });
        all
    }

    #[test]
    fn phrases_are_found_however_they_are_typed() {
        let list = ["Project Falcon", "project", "홍길동", "山田", "é1"];
        assert_eq!(found(&list, "the PROJECT—falcon, projects"), [("PROJECT—falcon".into(), 0)]);
        assert_eq!(found(&list, "a project."), [("project".into(), 1)]);
        assert_eq!(found(&list, "저는 홍길동입니다. É1 é12"), [("홍길동".into(), 2), ("É1".into(), 4)]);
        assert_eq!(found(&list, "東京の山田です"), [("山田".into(), 3)]);
        assert_eq!(found(&list, "subproject projectx"), []);
        assert_eq!(found(&["?!", ""], "?! anything"), []);
        assert!(Phrases::new([("Ä-1", 0)].into_iter()).is_listed("ä 1"));
        assert!(!Phrases::new([("Ä-1", 0)].into_iter()).is_listed("ä 12"));
    }
}
