//! The n-grams of a text, as 64-bit hashes. Shared by the engine and the trainer, so that
//! features cannot drift.
//!
//! Word group: words, pairs of words, punctuation, emoji, placeholders, first and last word, the
//! last characters of the text, style (capitals, elongation, length). Character group: 1 to 4
//! characters inside `_word_`, and 1 to 3 characters of runs written without spaces.

use crate::text::tokens::{Kind, Token, tokens};

/// Which sum a feature belongs to; both are normalised apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Group {
    Word = 0,
    Char = 1,
}

/// Seeds of the feature families. Changing one changes every model: the pack version must change too.
const WORD: u64 = 0x9AE1_6A3B_2F90_404F;
const PAIR: u64 = 0xC3A5_C85C_97CB_3127;
const CHARS: u64 = 0xB492_B66F_BE98_F273;
const UNSPACED: u64 = 0x8EBC_6AF0_9C88_C6E3;
const FIRST: u64 = 0xD6E8_FEB8_6659_FD93;
const LAST: u64 = 0xA076_1D64_78BD_642F;
const TAIL: u64 = 0xE703_7ED1_A0B4_28DB;
const STYLE: u64 = 0x5897_65D1_7D6B_1F35;

/// Multiplier of the mixing step (FxHash constant, from the Firefox hash of the same name).
const STEP: u64 = 0x517C_C1B7_2722_0A95;

#[inline(always)]
fn step(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(value)).wrapping_mul(STEP)
}

/// Spreads all bits to the top, where the table looks (finaliser constant of SplitMix64).
#[inline(always)]
fn finish(hash: u64) -> u64 {
    (hash ^ (hash >> 32)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// Stand-ins for tokens whose exact text says little. Private-use code points: no text has them
/// after normalisation as a word of its own.
const EDGE: u32 = 0xF0000;
const URL: u32 = 0xF0001;
const EMAIL: u32 = 0xF0002;
const MENTION: u32 = 0xF0003;
const NUMBER: u32 = 0xF0004;

/// Longest n-gram inside a word and inside a run without spaces, in characters.
const WORD_GRAM: usize = 4;
const UNSPACED_GRAM: usize = 3;

/// Reads features; keeps its buffers between texts.
#[derive(Default)]
pub struct Extractor {
    /// Lower-cased, shortened characters of the current token with an edge before and behind.
    chars: Vec<u32>,
}

/// What is counted over the whole text.
#[derive(Default)]
struct Style {
    tokens: u32,
    shouted: u32,
    elongated: bool,
}

impl Extractor {
    /// Calls `emit` for every feature of `text` (the text of a [`crate::text::Normalized`]), in
    /// order, repeats included. `O(bytes)`.
    pub fn extract(&mut self, text: &str, mut emit: impl FnMut(u64, Group)) {
        let mut style = Style::default();
        let mut previous = finish(WORD);
        let mut last = None;
        for token in tokens(text) {
            self.read(text, token, &mut style);
            style.tokens += 1;
            let word = match token.kind {
                Kind::Unspaced => {
                    self.unspaced_grams(&mut emit);
                    finish(UNSPACED)
                }
                _ => {
                    let inner = &self.chars[1..self.chars.len() - 1];
                    let word = finish(inner.iter().fold(WORD, |hash, &c| step(hash, c)));
                    emit(word, Group::Word);
                    if token.kind == Kind::Word {
                        self.word_grams(&mut emit);
                    }
                    word
                }
            };
            emit(finish(step(PAIR ^ previous, 0) ^ word), Group::Word);
            if last.is_none() {
                emit(finish(FIRST ^ word), Group::Word);
            }
            previous = word;
            last = Some(token);
        }
        if let Some(token) = last {
            emit(finish(LAST ^ previous), Group::Word);
            self.read(text, token, &mut Style::default());
            let end = self.chars.len() - 1;
            let mut hash = TAIL;
            for &c in self.chars[1..end].iter().rev().take(3) {
                hash = step(hash, c);
                emit(finish(hash), Group::Word);
            }
        }
        let length = match style.tokens {
            0..=2 => 0,
            3..=5 => 1,
            6..=10 => 2,
            11..=20 => 3,
            21..=40 => 4,
            _ => 5,
        };
        emit(finish(step(STYLE, length)), Group::Word);
        if style.shouted >= 2 {
            emit(finish(step(STYLE, 16)), Group::Word);
        }
        if style.elongated {
            emit(finish(step(STYLE, 17)), Group::Word);
        }
    }

    /// Fills `chars` with what the features see of the token.
    fn read(&mut self, text: &str, token: Token, style: &mut Style) {
        self.chars.clear();
        self.chars.push(EDGE);
        let body = &text[token.start..token.end];
        match token.kind {
            Kind::Url => self.chars.push(URL),
            Kind::Email => self.chars.push(EMAIL),
            Kind::Mention => self.chars.push(MENTION),
            // Small numbers mean something ("10 of 10", "2 stars"), long ones do not.
            Kind::Number if body.len() > 2 => self.chars.push(NUMBER),
            _ => self.fold(body, style),
        }
        self.chars.push(EDGE);
    }

    /// Lower-cases and shortens repeats of three and more to two.
    fn fold(&mut self, body: &str, style: &mut Style) {
        let (mut letters, mut capitals) = (0u32, 0u32);
        for c in body.chars() {
            if c.is_ascii() {
                letters += u32::from(c.is_ascii_alphabetic());
                capitals += u32::from(c.is_ascii_uppercase());
                self.push(c.to_ascii_lowercase() as u32, style);
            } else if c == '’' {
                self.push('\'' as u32, style);
            } else {
                letters += 1;
                capitals += u32::from(c.is_uppercase());
                for low in c.to_lowercase() {
                    self.push(low as u32, style);
                }
            }
        }
        style.shouted += u32::from(letters >= 3 && capitals == letters);
    }

    #[inline]
    fn push(&mut self, c: u32, style: &mut Style) {
        let n = self.chars.len();
        if n > 2 && self.chars[n - 1] == c && self.chars[n - 2] == c {
            style.elongated = true;
        } else {
            self.chars.push(c);
        }
    }

    fn word_grams(&self, emit: &mut impl FnMut(u64, Group)) {
        let chars = self.chars.as_slice();
        for start in 0..chars.len() - 1 {
            let mut hash = CHARS;
            let window = &chars[start..(start + WORD_GRAM).min(chars.len())];
            for (i, &c) in window.iter().enumerate() {
                hash = step(hash, c);
                // An edge alone is in every text.
                if start > 0 || i > 0 {
                    emit(finish(hash), Group::Char);
                }
            }
        }
    }

    fn unspaced_grams(&self, emit: &mut impl FnMut(u64, Group)) {
        let chars = &self.chars[1..self.chars.len() - 1];
        for start in 0..chars.len() {
            let mut hash = UNSPACED;
            for &c in &chars[start..(start + UNSPACED_GRAM).min(chars.len())] {
                hash = step(hash, c);
                emit(finish(hash), Group::Char);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn set(text: &str) -> HashSet<u64> {
        let mut found = HashSet::new();
        Extractor::default().extract(text, |hash, _| {
            found.insert(hash);
        });
        found
    }

    fn count(text: &str) -> [usize; 2] {
        let mut counts = [0; 2];
        Extractor::default().extract(text, |_, group| counts[group as usize] += 1);
        counts
    }

    #[test]
    fn case_and_elongation_do_not_change_words() {
        let plain = set("so good");
        let loud = set("SOOOOO good");
        assert!(plain.intersection(&loud).count() > plain.len() / 2);
    }

    #[test]
    fn counts_of_a_small_text() {
        // words: a, bc; pairs: ^a, a-bc; first; last; tail c, bc; length.
        // chars of _a_: _a _a_ a a_; of _bc_: _b _bc _bc_ b bc bc_ c c_.
        assert_eq!(count("a bc"), [9, 12]);
        // A run of three has 3 + 2 + 1 grams, no word; pair, first, last, three tails, length.
        assert_eq!(count("日本語"), [7, 6]);
    }

    #[test]
    fn hidden_values_are_all_alike() {
        assert_eq!(set("see https://a.example/x"), set("see http://b.example/yy"));
        assert_eq!(set("order 12345"), set("order 67890"));
        assert_ne!(set("2 stars"), set("5 stars"));
    }

    #[test]
    fn nothing_has_only_its_length() {
        assert_eq!(count(""), [1, 0]);
    }
}
