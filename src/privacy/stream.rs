//! Redacts a long text piece by piece, with the result of the whole.
//!
//! A piece is held back until so much of what follows is known that nothing in it can change. The text is parted only
//! at quiet places: between two words of letters, outside tags, where nothing was found; a stretch before each
//! place is read again with what follows.

use super::options::Counts;
use super::{Redactor, Session};
use crate::error::{Error, Result};

/// How far in bytes a finding may depend on what stands around it: the longest context that detectors read.
const MARGIN: usize = 2 * 1024;
/// Bytes read at a time, at least.
const WINDOW: usize = 8 * 1024;

/// A redaction in the making. Holds text that is not yet given out; `Debug` shows none of it.
pub struct Stream<'r> {
    redactor: &'r Redactor,
    state: StreamState,
}

/// What a stream holds between two pieces, for hosts that keep the redactor elsewhere.
#[derive(Default)]
pub struct StreamState {
    /// Text not yet given out, behind a stretch of text that was.
    text: String,
    /// Bytes of `text` that were given out.
    given: usize,
    /// Bytes of `text` when it is worth looking at again.
    wanted: usize,
    counts: Counts,
    refused: bool,
}

impl<'r> Stream<'r> {
    pub fn new(redactor: &'r Redactor) -> Stream<'r> {
        Stream { redactor, state: StreamState::default() }
    }

    /// Takes the next piece and gives what of the redacted text is certain by now, perhaps nothing. Pieces may be cut
    /// anywhere between characters. `O(bytes)` over all pieces.
    ///
    /// # Errors
    /// Those of [`Redactor::redact`], where `max_text_bytes` limits what is held back: as much as has no quiet place.
    /// After an error the stream gives nothing more.
    pub fn push(&mut self, piece: &str, session: &mut Session) -> Result<String> {
        self.state.push(self.redactor, piece, session)
    }

    /// The rest of the redacted text, and how many pieces of each type were taken out of all of it.
    ///
    /// # Errors
    /// As [`Stream::push`].
    pub fn finish(mut self, session: &mut Session) -> Result<(String, Counts)> {
        let rest = self.state.finish(self.redactor, session)?;
        Ok((rest, self.state.counts))
    }
}

impl StreamState {
    /// As [`Stream::push`].
    pub fn push(&mut self, redactor: &Redactor, piece: &str, session: &mut Session) -> Result<String> {
        if !self.refused {
            self.text.push_str(piece);
            if self.text.len() < self.wanted.max(WINDOW) + MARGIN {
                return Ok(String::new());
            }
        }
        self.advance(redactor, session, false)
    }

    /// As [`Stream::finish`]; the state is ready for another text.
    pub fn finish(&mut self, redactor: &Redactor, session: &mut Session) -> Result<String> {
        let rest = self.advance(redactor, session, true)?;
        let counts = std::mem::take(&mut self.counts);
        *self = StreamState { counts, ..StreamState::default() };
        Ok(rest)
    }

    /// What was taken out so far.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    fn advance(&mut self, redactor: &Redactor, session: &mut Session, is_last: bool) -> Result<String> {
        if self.refused {
            return Err(Error::Field { field: "text".into(), what: "follows a piece that was refused".into() });
        }
        let given = self.read(redactor, session, is_last);
        if given.is_err() {
            *self = StreamState { refused: true, ..StreamState::default() };
        }
        given
    }

    fn read(&mut self, redactor: &Redactor, session: &mut Session, is_last: bool) -> Result<String> {
        let text = self.text.as_str();
        let hits = redactor.settle(text, redactor.find(text))?;
        let inside = |at: usize| {
            let last = hits.partition_point(|hit| hit.span.start < at);
            last.checked_sub(1).is_some_and(|last| hits[last].span.end > at)
        };
        let end = if is_last {
            text.len()
        } else {
            let mut before = text.len() - MARGIN;
            loop {
                match quiet(text, self.given, before) {
                    Some(place) if inside(place) => before = place - 1,
                    Some(place) => break place,
                    None => {
                        redactor.check_length(&text[self.given..])?;
                        self.wanted = text.len() + (text.len() - self.given) / 2;
                        return Ok(String::new());
                    }
                }
            }
        };
        if inside(self.given) {
            let what = "holds personal data longer than a stream looks back".into();
            return Err(Error::Field { field: "text".into(), what });
        }
        let (mut out, mut done) = (String::new(), self.given);
        for hit in hits.iter().filter(|hit| hit.span.start >= self.given && hit.span.end <= end) {
            out.push_str(&text[done..hit.span.start]);
            redactor.write(hit, &text[hit.span.start..hit.span.end], Some(session), &mut out)?;
            *self.counts.entry(redactor.slug(hit.kind).into_owned()).or_insert(0) += 1;
            done = hit.span.end;
        }
        out.push_str(&text[done..end]);
        // What is read again begins at a quiet place too.
        let start = end.checked_sub(MARGIN).and_then(|before| quiet(text, 0, before)).unwrap_or(0);
        self.text.drain(..start);
        (self.given, self.wanted) = (end - start, 0);
        Ok(out)
    }
}

/// Longest stretch in which a tag is looked for, in bytes.
const TAG: usize = 1024;

/// The last place from `from` (not itself) to `to` where a text may be parted: behind a blank between two words of
/// letters or behind a line end before one, not inside a tag.
pub(super) fn quiet(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_letter = |c: char| c.is_alphabetic();
    let mut at = text.floor_char_boundary(to);
    while at > from {
        let after = text[at..].chars().next();
        let blank = matches!(bytes[at - 1], b' ' | b'\n');
        if blank && after.is_some_and(is_letter) {
            let before = text[..at - 1].chars().next_back();
            let ends =
                |c: char| is_letter(c) || matches!(c, '.' | ',' | '!' | '?' | ';' | '。' | '、' | '！' | '？' | '\n');
            if before.is_none_or(ends) && !in_tag(&bytes[at.saturating_sub(TAG)..at]) {
                return Some(at);
            }
        }
        // Scripts without spaces: behind the end of a sentence.
        if after.is_some_and(is_letter)
            && text[..at].ends_with(['。', '！', '？'])
            && !in_tag(&bytes[at.saturating_sub(TAG)..at])
        {
            return Some(at);
        }
        at = text.floor_char_boundary(at - 1);
    }
    None
}

fn in_tag(before: &[u8]) -> bool {
    before.iter().rev().find(|b| matches!(b, b'<' | b'>' | b'[' | b']')).is_some_and(|b| matches!(b, b'<' | b'['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_places_stand_between_words_of_letters() {
        let place = |text: &str| quiet(text, 0, text.len());
        assert_eq!(place("one two"), Some(4));
        assert_eq!(place("call 555 010"), None);
        assert_eq!(place("call 555 now"), None);
        assert_eq!(place("end. Then 5"), Some(5));
        assert_eq!(place("<a title=one two"), None);
        assert_eq!(place("終わり。次は"), Some("終わり。".len()));
        assert_eq!(place("one"), None);
    }
}
