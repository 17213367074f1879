//! What a sentence is about, as bits: listed matters of customers, in ten languages at once.

use std::sync::OnceLock;

use crate::text::{WordKind, Words};

/// One matter a line: stems that tell it. Lines that begin with `?` are kinds of answers: what asks for one stands
/// before the bar, what gives one behind it. Written for this project.
const LIST: &str = include_str!("concepts.txt");
/// Stems up to this many bytes stand for the whole word only.
const SHORT: usize = 3;

/// What a sentence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct About {
    /// Matters, by line.
    pub matters: u64,
    /// Kinds of answers asked for.
    pub asks: u64,
    /// Kinds of answers given.
    pub gives: u64,
}

fn lines() -> &'static [[Vec<&'static str>; 2]] {
    static LINES: OnceLock<Vec<[Vec<&str>; 2]>> = OnceLock::new();
    LINES.get_or_init(|| {
        let stems = |list: &'static str| list.split_whitespace().collect::<Vec<_>>();
        let line = |line: &'static str| match line.strip_prefix("? ").and_then(|kind| kind.split_once(" | ")) {
            Some((asks, gives)) => [stems(asks), stems(gives)],
            None => [stems(line), Vec::new()],
        };
        LIST.lines().map(line).collect()
    })
}

fn tells(words: &Words, stem: &str) -> bool {
    words.list.iter().any(|word| {
        let text = words.text(word);
        match word.kind {
            WordKind::Spaced if stem.len() <= SHORT => text == stem,
            WordKind::Spaced | WordKind::Hangul => text.starts_with(stem),
            WordKind::Unspaced => text.contains(stem),
            WordKind::Emoji => false,
        }
    })
}

/// What `text`, cut into `words`, speaks of. `O(words)` times the stems listed, about a thousand.
pub(super) fn about(text: &str, words: &Words) -> About {
    let mut about = About::default();
    for (place, [first, second]) in lines().iter().enumerate().take(64) {
        let bit = 1u64 << place;
        let told = |stems: &[&str]| stems.iter().any(|stem| tells(words, stem));
        if second.is_empty() {
            about.matters |= if told(first) { bit } else { 0 };
        } else {
            about.asks |= if told(first) { bit } else { 0 };
            about.gives |= if told(second) { bit } else { 0 };
        }
    }
    // A figure may be a date, the first line; with a sign of money it is a sum, the second.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        about.gives |= if text.contains(['€', '$', '£', '¥', '￥', '₩']) { 3 } else { 1 };
    }
    about
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_fits_in_a_bit_and_the_kinds_come_first() {
        assert!(lines().len() <= 64);
        assert!(lines().iter().take(2).all(|[_, gives]| !gives.is_empty()));
        assert!(lines().iter().skip(2).all(|[matters, gives]| !matters.is_empty() && gives.is_empty()));
    }

    #[test]
    fn the_same_matter_in_other_words_and_languages_is_one_bit() {
        let of = |text: &str| about(text, &Words::new(text)).matters;
        for (a, b) in [
            ("Where is my parcel", "the courier delivers it"),
            ("환불은", "返金について"),
            ("zwrot pieniędzy", "Erstattung"),
            ("mi contraseña", "your password"),
        ] {
            assert_ne!(of(a) & of(b), 0, "{a} / {b}");
        }
        assert_eq!(of("a nice day"), 0);
    }
}
