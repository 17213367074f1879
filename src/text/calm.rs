//! The text without swearing: what everything but language, emotions and attacks is read from, so
//! that tone moves nothing else. The words are data (`swearing.txt`).

use std::sync::OnceLock;

use super::classes::low;
use super::filed::{Filed, key};
use super::is_unspaced;
use super::tokens::{Kind, Token, tokens};
use crate::span::Span;

/// The listed words, longest first.
struct Swearing {
    /// Entries in scripts with spaces, and the same filed by their first words.
    spaced: Vec<Entry>,
    filed: Filed,
    /// Entries in scripts without spaces, and the same filed.
    inside: Vec<&'static str>,
    filed_inside: Filed,
}

#[derive(Clone, Copy)]
struct Entry {
    /// Words with single spaces between, and the first of them.
    words: &'static str,
    first: &'static str,
    /// Number of words.
    len: usize,
    /// The last word is a beginning.
    stem: bool,
}

fn key_of(word: &str) -> (char, char) {
    key(word.chars().map(low))
}

/// True when `body`, lower-cased, is `word`, or begins with it.
fn is(body: &str, word: &str, stem: bool) -> bool {
    let mut body = body.chars().map(low);
    word.chars().all(|c| body.next() == Some(c)) && (stem || body.next().is_none())
}

/// Entries in falling order of a length up to [`LONGEST`]. A sort would be more code to compile before
/// the first text is read.
fn longest_first<E: Copy>(entries: Vec<E>, len: impl Fn(&E) -> usize) -> Vec<E> {
    let mut ordered = Vec::with_capacity(entries.len());
    for wanted in (0..=LONGEST).rev() {
        ordered.extend(entries.iter().filter(|entry| len(entry).min(LONGEST) == wanted));
    }
    ordered
}

/// Longest entry, in words, or in characters where it has no words.
const LONGEST: usize = 12;

fn swearing() -> &'static Swearing {
    static SWEARING: OnceLock<Swearing> = OnceLock::new();
    SWEARING.get_or_init(|| {
        let (mut spaced, mut inside): (Vec<Entry>, Vec<&str>) = Default::default();
        let lines = include_str!("swearing.txt").lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '['])) {
            if line.chars().any(is_unspaced) {
                inside.push(line);
                continue;
            }
            let words = line.trim_end_matches('*');
            let len = words.split(' ').count();
            let first = words.split(' ').next().unwrap_or(words);
            spaced.push(Entry { words, first, len, stem: line.ends_with('*') });
        }
        let spaced = longest_first(spaced, |entry| entry.len);
        let inside = longest_first(inside, |entry| entry.chars().count());
        let filed = Filed::new(spaced.iter().map(|entry| key_of(entry.first)));
        let filed_inside = Filed::new(inside.iter().map(|entry| key(entry.chars())));
        Swearing { spaced, filed, inside, filed_inside }
    })
}

impl Entry {
    /// True when the entry stands at the beginning of `rest`; it covers `len` tokens.
    fn fits(&self, text: &str, rest: &[Token]) -> bool {
        let body = |token: &Token| &text[token.start..token.end];
        let first = rest.first().is_some_and(|token| is(body(token), self.first, self.stem && self.len == 1));
        first && (self.len == 1 || self.all_fit(text, rest))
    }

    fn all_fit(&self, text: &str, rest: &[Token]) -> bool {
        let fits = |(i, (word, token)): (usize, (&str, &Token))| {
            is(&text[token.start..token.end], word, self.stem && i + 1 == self.len)
        };
        let near = |pair: &[Token]| text[pair[0].end..pair[1].start].trim().is_empty();
        rest.len() >= self.len
            && self.words.split(' ').zip(rest).enumerate().all(fits)
            && rest[..self.len].windows(2).all(near)
    }
}

/// Places of swearing in `text`, which has these tokens.
pub(super) fn places(text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
    let list = swearing();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = tokens[at];
        match token.kind {
            Kind::Unspaced => inside(text, token, list, &mut found),
            Kind::Word | Kind::Marks => {
                let mut entries =
                    list.filed.get(key_of(&text[token.start..token.end])).map(|entry| &list.spaced[entry]);
                if let Some(entry) = entries.find(|entry| entry.fits(text, &tokens[at..])) {
                    found.push((token.start, tokens[at + entry.len - 1].end));
                    at += entry.len;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Swearing where nothing stands beside it; it is part of many innocent words.
const ALONE: &str = "くそ";

/// Entries inside a run without spaces. One in katakana must begin a katakana word.
fn inside(text: &str, run: Token, list: &Swearing, found: &mut Vec<(usize, usize)>) {
    if &text[run.start..run.end] == ALONE {
        found.push((run.start, run.end));
        return;
    }
    let katakana = |c: char| ('\u{30A0}'..='\u{30FF}').contains(&c);
    let mut at = run.start;
    while at < run.end {
        let rest = &text[at..run.end];
        let mut entries = list.filed_inside.get(key(rest.chars())).map(|entry| list.inside[entry]);
        let hit = entries
            .find(|entry| rest.starts_with(*entry) && !(entry.starts_with(katakana) && text[..at].ends_with(katakana)));
        match hit {
            Some(entry) => {
                found.push((at, at + entry.len()));
                at += entry.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// A text without its swearing, and the way back.
pub(crate) struct Calm {
    pub text: String,
    /// Where each kept piece begins, here and in the text it was taken from.
    pub(super) pieces: Vec<(usize, usize)>,
}

impl Calm {
    /// The span of the text it was taken from. A span over a gap covers the gap.
    pub fn back(&self, span: Span) -> Span {
        let place = |at: usize, pieces: &[(usize, usize)]| {
            let piece = pieces[pieces.partition_point(|piece| piece.0 <= at).saturating_sub(1)];
            piece.1 + (at - piece.0)
        };
        // The end belongs to the piece of the last character.
        Span::new(place(span.start, &self.pieces), place(span.end.saturating_sub(1), &self.pieces) + 1)
    }
}

/// `text` without its swearing, or nothing when it has none.
pub(crate) fn without_swearing(text: &str) -> Option<Calm> {
    without_swearing_in(text, &tokens(text).collect::<Vec<_>>())
}

/// The same for a text whose tokens are known.
pub(crate) fn without_swearing_in(text: &str, tokens: &[Token]) -> Option<Calm> {
    let places = places(text, tokens);
    if places.is_empty() {
        return None;
    }
    let mut calm = Calm { text: String::with_capacity(text.len()), pieces: vec![(0, 0)] };
    let mut from = 0;
    for (start, end) in places {
        calm.text.push_str(&text[from..start]);
        // One space stays between words.
        let gap = text[end..].len() - text[end..].trim_start_matches(' ').len();
        let spaced = calm.text.is_empty() || calm.text.ends_with(' ');
        from = if spaced { end + gap } else { end };
        calm.pieces.push((calm.text.len(), from));
    }
    calm.text.push_str(&text[from..]);
    Some(calm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swearing_is_taken_out_and_the_rest_stays() {
        for (text, calm) in [
            ("where is my FUCKING parcel", "where is my parcel"),
            ("where the hell is my parcel?", "where is my parcel?"),
            ("kurwa, gdzie jest paczka", ", gdzie jest paczka"),
            ("배송 존나 늦네요", "배송 늦네요"),
            ("not good, damn", "not good, "),
        ] {
            assert_eq!(without_swearing(text).map(|calm| calm.text).as_deref(), Some(calm), "{text}");
        }
    }

    #[test]
    fn calm_texts_are_left_alone() {
        for text in ["hello there, classic assistance", "ジャクソンさん", "ありがとうございます", "scunthorpe", ""]
        {
            assert!(without_swearing(text).is_none(), "{text}");
        }
    }

    #[test]
    fn spans_lead_back() {
        let text = "where the hell is my damn parcel";
        let calm = without_swearing(text).unwrap();
        for word in ["where", "is", "my", "parcel"] {
            let at = calm.text.find(word).unwrap();
            assert_eq!(calm.back(Span::new(at, at + word.len())).slice(text), Some(word));
        }
    }
}
