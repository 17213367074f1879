//! Finds the phrases of a policy in a text, all of them in one pass.
//!
//! Text and phrases are folded alike: normal form ([`Normalized`]: NFKC, markup and invisible
//! characters out), lower case, runs of white space as one space, and a few letters that people
//! type in two ways as one (see [`fold_char`]). What is left is compared byte for byte, so a match
//! costs at most the length of the longest phrase at each place: `O(text * longest phrase)` at
//! worst, close to `O(text)` on ordinary text.

use std::collections::BTreeMap;

use crate::limits::MAX_TEXT_BYTES;
use crate::span::Span;
use crate::text::{Normalized, Script, is_unspaced, script_of};

/// Most places reported for one phrase; one is enough to decide.
const MAX_PLACES: u8 = 16;

/// The phrases of one policy.
#[derive(Debug, Clone, Default)]
pub(super) struct PhraseSet {
    /// Folded phrases with their numbers, sorted by their bytes, no doubles.
    phrases: Vec<(Box<str>, u32)>,
}

/// Collects phrases and numbers them; equal phrases share a number.
#[derive(Debug, Default)]
pub(super) struct PhraseBuilder(BTreeMap<Box<str>, u32>);

impl PhraseBuilder {
    /// The number of `phrase`, or `None` when nothing of it is left after folding.
    pub fn add(&mut self, phrase: &str) -> Option<u32> {
        let folded = Folded::new(&Normalized::new(phrase)).text;
        let folded = folded.trim_end();
        if folded.is_empty() {
            return None;
        }
        let next = self.0.len() as u32;
        Some(*self.0.entry(folded.into()).or_insert(next))
    }

    pub fn build(self) -> PhraseSet {
        PhraseSet { phrases: self.0.into_iter().collect() }
    }
}

/// One phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub phrase: u32,
    /// Bytes of the original text.
    pub span: Span,
}

impl PhraseSet {
    /// Every phrase in `text`, by place; at most [`MAX_PLACES`] of each. Reads the first
    /// [`MAX_TEXT_BYTES`].
    pub fn find(&self, text: &str) -> Vec<Place> {
        let mut places = Vec::new();
        if self.phrases.is_empty() {
            return places;
        }
        let normalized = Normalized::new(text.get(..text.floor_char_boundary(MAX_TEXT_BYTES)).unwrap_or(text));
        let folded = Folded::new(&normalized);
        let mut seen = vec![0u8; self.phrases.len()];
        let mut before = None;
        for (at, c) in folded.text.char_indices() {
            if c != ' ' && !joined(before, Some(c), true) {
                self.find_at(&folded, at, |phrase, end| {
                    if let Some(count) = seen.get_mut(phrase as usize).filter(|count| **count < MAX_PLACES) {
                        *count += 1;
                        let span = normalized.to_original(folded.to_normal(Span::new(at, end)));
                        places.push(Place { phrase, span });
                    }
                });
            }
            before = Some(c);
        }
        places
    }

    /// Calls `found` with every phrase that begins at byte `at` and ends at a word's end. Narrows
    /// the sorted phrases byte by byte to those that agree with the text so far.
    fn find_at(&self, folded: &Folded, at: usize, mut found: impl FnMut(u32, usize)) {
        let rest = folded.text.get(at..).unwrap_or_default();
        let mut fitting = self.phrases.as_slice();
        for (depth, byte) in rest.bytes().enumerate() {
            let at_depth = |phrase: &str| phrase.as_bytes().get(depth).copied();
            let first = fitting.partition_point(|(phrase, _)| at_depth(phrase) < Some(byte));
            let after = fitting.partition_point(|(phrase, _)| at_depth(phrase) <= Some(byte));
            fitting = fitting.get(first..after).unwrap_or_default();
            // A phrase that ends here sorts before those it begins.
            let Some((phrase, number)) = fitting.first() else { return };
            if phrase.len() == depth + 1 {
                let last = phrase.chars().next_back();
                let next = rest.get(phrase.len()..).and_then(|after| after.chars().next());
                if !joined(last, next, false) {
                    found(*number, at + phrase.len());
                }
            }
        }
    }
}

/// How a character takes part in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordClass {
    /// Letters and digits of scripts that put spaces between words.
    Spaced,
    /// Korean: spaces between words, but particles and endings hang on to the word.
    Hangul,
}

fn word_class(c: char) -> Option<WordClass> {
    if is_unspaced(c) {
        return None;
    }
    match script_of(c) {
        Script::Hang => Some(WordClass::Hangul),
        Script::Zyyy if !c.is_alphanumeric() && !('\u{300}'..='\u{36F}').contains(&c) => None,
        _ => Some(WordClass::Spaced),
    }
}

/// True when `left` and `right` belong to one word, so that a phrase may not begin (`beginning`)
/// or end between them. A Korean phrase may end inside a word: "해지할" is found in "해지할래요".
fn joined(left: Option<char>, right: Option<char>, beginning: bool) -> bool {
    match (left.and_then(word_class), right.and_then(word_class)) {
        (Some(WordClass::Spaced), Some(WordClass::Spaced)) => true,
        (Some(WordClass::Hangul), Some(WordClass::Hangul)) => beginning,
        _ => false,
    }
}

/// A text as phrases are compared with it, with the way back to the normal form.
struct Folded {
    text: String,
    /// From folded byte `.0` on, the normal form continues at byte `.1`.
    marks: Vec<(u32, u32)>,
}

impl Folded {
    fn new(normalized: &Normalized) -> Folded {
        let normal = normalized.text();
        let mut folded = Folded { text: String::with_capacity(normal.len()), marks: Vec::new() };
        for (at, c) in normal.char_indices() {
            let start = folded.text.len();
            if c.is_whitespace() {
                // Leading and doubled white space goes.
                if start > 0 && !folded.text.ends_with(' ') {
                    folded.text.push(' ');
                }
            } else {
                fold_char(c, &mut folded.text);
            }
            if folded.text.len() - start != c.len_utf8() {
                folded.mark(at + c.len_utf8());
            }
        }
        folded
    }

    /// Records that the normal form continues at `normal` where the folded text ends now.
    fn mark(&mut self, normal: usize) {
        let mark = (self.text.len() as u32, normal as u32);
        match self.marks.last_mut() {
            Some(last) if last.0 == mark.0 => *last = mark,
            _ => self.marks.push(mark),
        }
    }

    /// The place in the normal form. `span` must not begin or end with white space.
    fn to_normal(&self, span: Span) -> Span {
        let map = |at: usize| {
            let passed = self.marks.partition_point(|&(folded, _)| folded as usize <= at);
            match passed.checked_sub(1).and_then(|last| self.marks.get(last)) {
                Some(&(folded, normal)) => normal as usize + (at - folded as usize),
                None => at,
            }
        };
        Span::new(map(span.start), map(span.end))
    }
}

/// Lower case, and one form for what people type in two: curly and straight apostrophe, the
/// hyphens, dotted, dotless and plain i (Turkish capitals), final and medial sigma, ß and ss, ё and е.
fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' => out.push(c),
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`' => out.push('\''),
        '\u{2010}' | '\u{2011}' => out.push('-'),
        'İ' | 'ı' => out.push('i'),
        'ς' => out.push('σ'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'Ё' | 'ё' => out.push('е'),
        _ => out.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'t>(phrases: &[&str], text: &'t str) -> Vec<&'t str> {
        let mut builder = PhraseBuilder::default();
        for phrase in phrases {
            builder.add(phrase).unwrap();
        }
        builder.build().find(text).into_iter().map(|place| place.span.slice(text).unwrap()).collect()
    }

    #[test]
    fn whole_words_only_where_words_have_spaces() {
        assert_eq!(found(&["cancel"], "Cancel! cancelled cancel-me precancel"), ["Cancel", "cancel"]);
        assert_eq!(found(&["отмена"], "Отмена, отменаж"), ["Отмена"]);
        assert_eq!(found(&["no"], "nó no\u{303} n o NO"), ["NO"]);
    }

    #[test]
    fn scripts_without_spaces_match_anywhere() {
        assert_eq!(found(&["解約"], "すぐ解約したい"), ["解約"]);
        assert_eq!(found(&["取消"], "我要取消订阅"), ["取消"]);
        assert_eq!(found(&["ยกเลิก"], "อยากยกเลิกบริการ"), ["ยกเลิก"]);
    }

    #[test]
    fn korean_words_begin_free_and_end_with_anything() {
        assert_eq!(found(&["해지할"], "내일 해지할래요"), ["해지할"]);
        assert!(found(&["해지"], "잘 이해지만").is_empty());
    }

    #[test]
    fn spans_point_into_the_text_as_typed() {
        assert_eq!(found(&["iptal et"], "Hemen İPTAL  \n ET!"), ["İPTAL  \n ET"]);
        assert_eq!(
            found(&["can't wait"], "  I <b>Ｃａｎ’ｔ\u{200B}</b>\u{3000}wait"),
            ["Ｃａｎ’ｔ\u{200B}</b>\u{3000}wait"]
        );
    }

    #[test]
    fn longer_and_shorter_phrases_are_both_found() {
        assert_eq!(found(&["cancel my account", "cancel my", "my account"], "cancel my account").len(), 3);
    }

    #[test]
    fn places_of_one_phrase_are_limited_and_hide_no_other() {
        let text = "spam ".repeat(100) + "ham";
        let places = found(&["spam", "ham"], &text);
        assert_eq!(places.len(), usize::from(MAX_PLACES) + 1);
        assert_eq!(places.last(), Some(&"ham"));
    }

    proptest! {
        /// Against the obvious way: every phrase tried at every place.
        #[test]
        fn agrees_with_trying_every_phrase_everywhere(
            phrases in prop::collection::vec("[abİ가나国 ]{1,4}", 1..6),
            text in "[abAİı가나国é .]{0,16}",
        ) {
            let mut builder = PhraseBuilder::default();
            let kept: BTreeMap<u32, String> = phrases
                .iter()
                .filter_map(|phrase| {
                    let number = builder.add(phrase)?;
                    Some((number, Folded::new(&Normalized::new(phrase)).text.trim_end().to_owned()))
                })
                .collect();
            let normalized = Normalized::new(&text);
            let folded = Folded::new(&normalized);
            let mut expected = Vec::new();
            for (at, _) in folded.text.char_indices() {
                for (&number, phrase) in &kept {
                    let end = at + phrase.len();
                    let before = folded.text[..at].chars().next_back();
                    let inside = (phrase.chars().next(), phrase.chars().next_back());
                    if folded.text[at..].starts_with(phrase.as_str())
                        && !joined(before, inside.0, true)
                        && !joined(inside.1, folded.text[end..].chars().next(), false)
                    {
                        expected.push((number, normalized.to_original(folded.to_normal(Span::new(at, end)))));
                    }
                }
            }
            let mut places: Vec<_> = builder.build().find(&text).iter().map(|place| (place.phrase, place.span)).collect();
            for (_, span) in &places {
                prop_assert!(span.slice(&text).is_some());
            }
            places.sort();
            expected.sort();
            prop_assert_eq!(places, expected);
        }
    }
}
