//! Picks the few comments that show best what one side says.
//!
//! A comment can be telling when its label and the sign of its score agree and its length is
//! readable. Higher |score| ranks first, then the lower index, then the text in code point
//! order: a total order, so the same comments win in whatever order they come. Texts that differ
//! only in case, ASCII punctuation or white space count as one, and the best ranked is kept.

use core::cmp::Ordering;

use super::{MAX_TELLING, Telling};
use crate::analysis::SentimentLabel;

/// Shortest and longest readable text, in width units: 1 per character, 2 per wide one.
/// 20 units are a short sentence; 280 are what one social post may hold.
const READABLE: core::ops::RangeInclusive<usize> = 20..=280;

/// The most telling comments of one side, best first; at most [`MAX_TELLING`].
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Top {
    kept: Vec<Kept>,
}

#[derive(Debug, Clone, PartialEq)]
struct Kept {
    comment: Telling,
    /// What makes texts the same.
    folded: String,
}

impl Top {
    /// Offers a comment. Linear in the text up to 280 characters, whatever its length.
    pub fn offer(&mut self, index: u64, sentiment: SentimentLabel, score: f64, text: &str) {
        let agrees = match sentiment {
            SentimentLabel::Negative => score < 0.0,
            SentimentLabel::Neutral => false,
            SentimentLabel::Positive => score > 0.0,
        };
        // Most comments fail here, at the price of one comparison.
        let beaten = self.kept.len() == MAX_TELLING
            && self.kept.last().is_some_and(|last| rank(&last.comment, score, index, text) == Ordering::Less);
        if !agrees || beaten || !readable(text) {
            return;
        }
        self.insert(Kept { comment: Telling { index, sentiment, score, text: text.to_owned() }, folded: fold(text) });
    }

    /// Takes over what another part kept.
    pub fn merge(&mut self, other: &Top) {
        for kept in &other.kept {
            self.insert(kept.clone());
        }
    }

    /// The comments, best first.
    pub fn comments(&self) -> Vec<Telling> {
        self.kept.iter().map(|kept| kept.comment.clone()).collect()
    }

    fn insert(&mut self, new: Kept) {
        let before = |kept: &Kept| {
            rank(&kept.comment, new.comment.score, new.comment.index, &new.comment.text) != Ordering::Greater
        };
        let place = self.kept.iter().position(|kept| !before(kept)).unwrap_or(self.kept.len());
        match self.kept.iter().position(|kept| kept.folded == new.folded) {
            Some(same) if same < place => return,
            Some(same) => drop(self.kept.remove(same)),
            None => {}
        }
        self.kept.insert(place, new);
        self.kept.truncate(MAX_TELLING);
    }
}

/// Where `comment` stands against another of the same side: `Less` is more telling.
fn rank(comment: &Telling, score: f64, index: u64, text: &str) -> Ordering {
    let by_score = score.abs().total_cmp(&comment.score.abs());
    by_score.then(comment.index.cmp(&index)).then_with(|| comment.text.as_str().cmp(text))
}

/// True for 20 to 280 width units; white space at the ends does not help to reach 20.
fn readable(text: &str) -> bool {
    // One unit over the limit is enough to know.
    let width = |text: &str| {
        let mut units = 0;
        for letter in text.chars() {
            units += if is_wide(letter) { 2 } else { 1 };
            if units > *READABLE.end() {
                break;
            }
        }
        units
    };
    width(text) <= *READABLE.end() && width(text.trim()) >= *READABLE.start()
}

/// Letters that say about twice as much: the blocks of Hangul, kana, Han and full-width forms
/// that UAX #11 calls wide, taken as whole blocks.
fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter),
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD)
}

/// The text in lower case, without ASCII punctuation, with single spaces.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let letters = word.chars().filter(|letter| !letter.is_ascii_punctuation()).flat_map(char::to_lowercase);
        let length = folded.len();
        folded.extend(letters);
        if folded.len() > length {
            folded.push(' ');
        }
    }
    folded
}
