//! Cuts a text into the words a search compares, folded so that what people type alike is alike.
//!
//! Unlike the tokens of the model, a word ends at every mark that is no letter, so that "été" is
//! found in "l'été" and "example" in "anna@example.com". Hangul ends a word of other letters, and
//! runs of scripts without spaces stay whole: a search looks inside them.

use super::chars::{Script, is_emoji, is_mark, is_unspaced, script_of};
use crate::span::Span;

/// How a word is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    /// Letters and digits of scripts that put spaces between words: compared as a whole.
    Spaced,
    /// Hangul: particles and endings hang on to the word, so a part of it counts.
    Hangul,
    /// A run of Han, kana, Thai, Lao, Khmer or Burmese: any part of it counts.
    Unspaced,
    /// One emoji.
    Emoji,
}

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub kind: WordKind,
    /// Place in [`Words::folded`].
    pub folded: Span,
    /// Place in the text that was cut.
    pub span: Span,
    /// How many words, and characters of runs without spaces, stand before it.
    pub position: usize,
    /// 1, or the number of characters of a run without spaces.
    pub width: usize,
}

/// The words of one text.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// All words, folded, one after another.
    pub folded: String,
    pub list: Vec<Word>,
}

fn kind_of(c: char) -> Option<WordKind> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then_some(WordKind::Spaced);
    }
    if is_unspaced(c) {
        return Some(WordKind::Unspaced);
    }
    if c.is_alphanumeric() || is_mark(c) {
        return Some(if script_of(c) == Script::Hang { WordKind::Hangul } else { WordKind::Spaced });
    }
    is_emoji(c).then_some(WordKind::Emoji)
}

/// Lower case, and one form for what people type in two: dotted, dotless and plain i, final and
/// medial sigma, ё and е, ß and ss.
fn fold(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'İ' | 'ı' => out.push('i'),
        'ς' => out.push('σ'),
        'Ё' | 'ё' => out.push('е'),
        'ß' | 'ẞ' => out.push_str("ss"),
        _ => out.extend(c.to_lowercase()),
    }
}

impl Words {
    /// The words of `text`, which should be the text of a [`super::Normalized`]. `O(bytes)`.
    pub fn new(text: &str) -> Words {
        let mut words = Words { folded: String::with_capacity(text.len()), list: Vec::new() };
        let mut open: Option<Word> = None;
        let mut position = 0;
        for (at, c) in text.char_indices() {
            let kind = kind_of(c);
            let ends = match (&open, kind) {
                (Some(word), Some(kind)) => word.kind != kind || kind == WordKind::Emoji,
                (Some(_), None) => true,
                (None, _) => false,
            };
            if ends && let Some(word) = open.take() {
                position = words.close(word);
            }
            let Some(kind) = kind else { continue };
            let start = words.folded.len();
            fold(c, &mut words.folded);
            match &mut open {
                Some(word) => {
                    word.span.end = at + c.len_utf8();
                    word.width += usize::from(kind == WordKind::Unspaced);
                }
                None => {
                    let span = Span::new(at, at + c.len_utf8());
                    open = Some(Word { kind, folded: Span::new(start, start), span, position, width: 1 });
                }
            }
        }
        if let Some(word) = open {
            words.close(word);
        }
        words
    }

    /// Adds a word that has ended; gives the position after it.
    fn close(&mut self, mut word: Word) -> usize {
        word.folded.end = self.folded.len();
        self.list.push(word);
        word.position + word.width
    }

    /// The word as it is compared.
    pub fn text(&self, word: &Word) -> &str {
        self.folded.get(word.folded.start..word.folded.end).unwrap_or_default()
    }

    /// How many positions there are.
    pub fn positions(&self) -> usize {
        self.list.last().map_or(0, |word| word.position + word.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, usize)> {
        let words = Words::new(text);
        words.list.iter().map(|word| (words.text(word).to_owned(), word.position)).collect()
    }

    #[test]
    fn marks_end_a_word() {
        let words: Vec<String> = cut("L'été, anna@example.com don't!").into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["l", "été", "anna", "example", "com", "don", "t"]);
    }

    #[test]
    fn every_character_of_a_run_without_spaces_has_a_position() {
        assert_eq!(
            cut("iPhoneの画面 割れ😡😡 KTX로"),
            [
                ("iphone".into(), 0),
                ("の画面".into(), 1),
                ("割れ".into(), 4),
                ("😡".into(), 6),
                ("😡".into(), 7),
                ("ktx".into(), 8),
                ("로".into(), 9)
            ]
        );
    }

    #[test]
    fn letters_typed_in_two_ways_are_one() {
        assert_eq!(cut("STRASSE Straße İPTAL ёлка")[0].0, cut("straße")[0].0);
        assert_eq!(cut("İPTAL")[0].0, "iptal");
    }
}
