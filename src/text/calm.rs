//! The text without swearing: what everything but language, emotions and attacks is read from, so
//! that tone moves nothing else. The words are data (`swearing.txt`).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::is_unspaced;
use super::tokens::{Kind, Token, tokens};
use crate::span::Span;

/// The listed words, filed by their first two characters.
struct Swearing {
    entries: HashMap<(char, char), Vec<Entry>>,
    /// Entries in scripts without spaces, longest first.
    inside: Vec<&'static str>,
}

struct Entry {
    words: Vec<&'static str>,
    /// The last word is a beginning.
    stem: bool,
}

fn low(c: char) -> char {
    if c == '’' { '\'' } else { c.to_lowercase().next().unwrap_or(c) }
}

fn key(word: &str) -> (char, char) {
    let mut chars = word.chars();
    (chars.next().map_or(' ', low), chars.next().map_or(' ', low))
}

/// True when `body`, lower-cased, is `word`, or begins with it.
fn is(body: &str, word: &str, stem: bool) -> bool {
    let mut body = body.chars().map(low);
    word.chars().all(|c| body.next() == Some(c)) && (stem || body.next().is_none())
}

fn swearing() -> &'static Swearing {
    static SWEARING: OnceLock<Swearing> = OnceLock::new();
    SWEARING.get_or_init(|| {
        let mut filed = Swearing { entries: HashMap::new(), inside: Vec::new() };
        let lines = include_str!("swearing.txt").lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '['])) {
            if line.chars().any(is_unspaced) {
                filed.inside.push(line);
                continue;
            }
            let stem = line.ends_with('*');
            let words: Vec<&str> = line.trim_end_matches('*').split(' ').collect();
            filed.entries.entry(key(words[0])).or_default().push(Entry { words, stem });
        }
        filed.entries.values_mut().for_each(|list| list.sort_by_key(|entry| std::cmp::Reverse(entry.words.len())));
        filed.inside.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        filed
    })
}

impl Entry {
    /// Number of tokens the entry covers at the beginning of `rest`, if it fits.
    fn fits(&self, text: &str, rest: &[Token]) -> bool {
        rest.len() >= self.words.len()
            && self.words.iter().zip(rest).enumerate().all(|(i, (word, token))| {
                is(&text[token.start..token.end], word, self.stem && i + 1 == self.words.len())
            })
            && rest[..self.words.len()].windows(2).all(|pair| text[pair[0].end..pair[1].start].trim().is_empty())
    }
}

/// Places of swearing in `text`.
fn places(text: &str) -> Vec<(usize, usize)> {
    let list = swearing();
    let mut found = Vec::new();
    let mut rest: Vec<Token> = Vec::new();
    let known = |token: &Token| {
        matches!(token.kind, Kind::Word | Kind::Marks) && list.entries.contains_key(&key(&text[token.start..token.end]))
    };
    let unspaced = |token: &Token| token.kind == Kind::Unspaced;
    if !tokens(text).any(|token| known(&token) || unspaced(&token)) {
        return found;
    }
    rest.extend(tokens(text));
    let mut at = 0;
    while at < rest.len() {
        let token = rest[at];
        if unspaced(&token) {
            inside(text, token, &list.inside, &mut found);
        } else if known(&token) {
            let entries = &list.entries[&key(&text[token.start..token.end])];
            if let Some(entry) = entries.iter().find(|entry| entry.fits(text, &rest[at..])) {
                found.push((token.start, rest[at + entry.words.len() - 1].end));
                at += entry.words.len();
                continue;
            }
        }
        at += 1;
    }
    found
}

/// Entries inside a run without spaces. One in katakana must begin a katakana word.
fn inside(text: &str, run: Token, entries: &[&str], found: &mut Vec<(usize, usize)>) {
    let katakana = |c: char| ('\u{30A0}'..='\u{30FF}').contains(&c);
    let mut at = run.start;
    while at < run.end {
        let hit = entries.iter().find(|entry| {
            text[at..run.end].starts_with(**entry) && !(entry.starts_with(katakana) && text[..at].ends_with(katakana))
        });
        match hit {
            Some(entry) => {
                found.push((at, at + entry.len()));
                at += entry.len();
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// A text without its swearing, and the way back.
pub(crate) struct Calm {
    pub text: String,
    /// Where each kept piece begins, here and in the text it was taken from.
    pieces: Vec<(usize, usize)>,
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
    let places = places(text);
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
