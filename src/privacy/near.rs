//! Where a long text that was changed in a few places is read again: around the changes, and not all of it.

use super::Redactor;
use super::mode::Edit;
use super::redact::Hit;
use super::stream::quiet;
use crate::span::Span;

/// How far from a change, in bytes, a finding may still depend on it; as much again is read around that. The longest
/// context of a detector is that of an address, 80 bytes before its number and 128 behind its street, words and links
/// apart, which are never cut.
const REACH: usize = 256;
/// Shorter texts are read whole.
const SHORT: usize = 2048;
/// First step, in bytes, to a place where the text may be cut.
const STEP: usize = 64;

/// A stretch to read.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    /// What is read.
    pub read: Span,
    /// Where what is found there counts.
    counts: Span,
    /// It ends before the text does.
    cut: bool,
}

impl Part {
    /// The place in the whole text of what was found at `span` of the part, if it counts. `Err` where it runs up to a
    /// cut: the text must be read whole.
    pub fn place(&self, span: Span) -> Result<Option<Span>, Whole> {
        let place = Span::new(self.read.start + span.start, self.read.start + span.end);
        if !place.overlaps(&self.counts) {
            return Ok(None);
        }
        let begins = place.start == self.read.start && place.start > 0;
        if begins || self.cut && place.end == self.read.end { Err(Whole) } else { Ok(Some(place)) }
    }
}

/// Parts do not do.
#[derive(Debug)]
pub(super) struct Whole;

/// The stretches around the `changed` places of `text`, which rise. `None` where all of it is to be read: it is short,
/// they are many, or it holds a key block, which may be of any length. `O(bytes)`.
pub(super) fn parts(text: &str, changed: impl Iterator<Item = Span>) -> Option<Vec<Part>> {
    if text.len() < SHORT || text.contains("-----BEGIN") {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut bytes = 0;
    for change in changed {
        let counts = Span::new(change.start.saturating_sub(REACH), (change.end + REACH).min(text.len()));
        let known = parts.last().map_or(0, |last| last.read.end);
        if counts.end + REACH <= known {
            let last = parts.last_mut()?;
            last.counts.end = counts.end.max(last.counts.end);
            continue;
        }
        let start = before(text, counts.start.saturating_sub(REACH));
        let end = after(text, counts.end + REACH);
        let read = Span::new(start, end);
        let cut = end < text.len();
        match parts.last_mut().filter(|last| start <= last.read.end) {
            Some(last) => {
                bytes += end.saturating_sub(last.read.end);
                (last.read.end, last.counts.end, last.cut) = (end, counts.end, cut);
            }
            None => {
                bytes += read.len();
                parts.push(Part { read, counts, cut });
            }
        }
        if bytes > text.len() / 4 * 3 {
            return None;
        }
    }
    Some(parts)
}

/// What `redactor` finds in a text where `edits` were made and nothing was left elsewhere.
pub(super) fn find_again(redactor: &Redactor, text: &str, edits: &[Edit]) -> Vec<Hit> {
    let parts = if redactor.has_own() { None } else { parts(text, edits.iter().map(|edit| edit.result)) };
    let Some(parts) = parts else { return redactor.find(text) };
    let mut hits = Vec::new();
    for part in parts {
        for mut hit in redactor.find(&text[part.read.start..part.read.end]) {
            match part.place(hit.span) {
                Ok(Some(span)) => {
                    hit.span = span;
                    hits.push(hit);
                }
                Ok(None) => {}
                Err(Whole) => return redactor.find(text),
            }
        }
    }
    hits
}

/// The nearest place at or before `at` where the text may be cut.
fn before(text: &str, at: usize) -> usize {
    let mut step = STEP;
    loop {
        let from = at.saturating_sub(step);
        match quiet(text, from, at) {
            Some(place) => return place,
            None if from == 0 => return 0,
            None => step *= 4,
        }
    }
}

/// A place near `at`, at it or behind it, where the text may be cut.
fn after(text: &str, at: usize) -> usize {
    let mut step = STEP;
    while at + step < text.len() {
        if let Some(place) = quiet(text, at, at + step) {
            return place;
        }
        step *= 4;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_around_the_changes_and_are_cut_between_words() {
        let text = "some words here and ".repeat(300);
        let at = |start: usize| Span::new(start, start + 5);
        let found = parts(&text, [at(1000), at(1100), at(4000)].into_iter()).unwrap();
        assert_eq!(found.len(), 2);
        assert!(found[0].read.start <= 1000 - 2 * REACH && found[0].read.end >= 1105 + 2 * REACH);
        for part in &found {
            assert!(part.read.len() < 4 * REACH + 400);
            assert!(text[..part.read.start].ends_with(' ') && text[part.read.end..].starts_with(char::is_alphabetic));
        }
        assert_eq!(found[0].place(Span::new(0, 4)).unwrap(), None);
        let far = found[0].read.len();
        assert!(found[0].place(Span::new(300, far)).is_err());
        assert!(parts(&text[..SHORT - 1], [at(5)].into_iter()).is_none());
        assert!(parts(&text, (0..60).map(|n| at(n * 100))).is_none());
        assert_eq!(parts(&text, std::iter::empty()).unwrap(), []);
    }
}
