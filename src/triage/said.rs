//! How many words a text says, beside names called, laughter, faces and interjections: a tagged friend, "haha" and "wow" say none.

use crate::text::tokens::{Kind, tokens};
use crate::text::{Normalized, lower};

/// Interjections and laughter that say nothing by themselves; lower case. Written for this project.
const NOTHING: &str = " ah oh uh eh hm ha wow lol xd omg rofl lmao mdr ptdr oops ups uff pff puh tja naja hach boh mah beh bah meh aww \
    kya hey psst tsk 笑 草 爆笑 うわ うわー えー へえ へー わー ふーん わあ おお あー うーん 헐 아 오 와 음 흠 우와 어 ";
/// Letters of laughter and of sounds drawn out: a word of three and more from one of these pairs says nothing.
const SOUNDS: [&str; 12] = ["ha", "he", "hi", "ho", "ja", "je", "kw", "xd", "hm", "wo", "uh", "aw"];

fn is_sound(word: &str) -> bool {
    let length = word.chars().count();
    let sounds = |pair: &str| word.chars().all(|c| pair.contains(c));
    // "jaja" is a word in German.
    let least = |pair: &str| if pair.starts_with('j') { 5 } else { 3 };
    let drawn = SOUNDS.iter().any(|pair| length >= least(pair) && sounds(pair));
    drawn || word.chars().all(|c| c == 'w' || c == 'ｗ')
}

/// Words of a text told calmly. A run of Han or kana is a word; a mention, an emoji and marks are none. `O(bytes)`.
pub(super) fn words(text: &str) -> usize {
    let normal = Normalized::new(text);
    let text = normal.text();
    let says = |kind: Kind, word: &str| match kind {
        Kind::Mention | Kind::Emoji | Kind::Marks => false,
        Kind::Number | Kind::Url | Kind::Email => true,
        Kind::Word | Kind::Unspaced => {
            let word = lower(word);
            let first = word.chars().next();
            // Korean letters that make no syllable laugh and weep.
            let letters = word.chars().all(|c| ('\u{3130}'..='\u{318F}').contains(&c));
            let drawn = kind == Kind::Unspaced && word.chars().all(|c| Some(c) == first || c == 'ー' || c == 'っ');
            !letters && !drawn && !is_sound(&word) && !NOTHING.split(' ').any(|one| one == word)
        }
    };
    tokens(text).filter(|token| says(token.kind, &text[token.start..token.end])).count()
}

#[cfg(test)]
mod tests {
    use crate::text::toneless;

    fn words(text: &str) -> usize {
        super::words(toneless(text).as_ref().map_or(text, |calm| &calm.text))
    }

    #[test]
    fn calls_laughter_and_interjections_are_no_words() {
        for text in [
            "@anna_k 😂😂",
            "hahaha!!",
            "HAHA",
            "jajajaja",
            "ㅋㅋㅋㅋ",
            "ㅠㅠ",
            "www",
            "あああああ",
            "oh wow",
            "...",
            "👍",
            "damn!",
            "헐",
            "うわー",
        ] {
            assert_eq!(words(text), 0, "{text}");
        }
    }

    #[test]
    fn what_says_something_counts() {
        for (text, count) in [
            ("@shop where is it", 3),
            ("ja", 1),
            ("he", 1),
            ("ho fame", 2),
            ("ok", 1),
            ("ありがとう", 1),
            ("왜요", 1),
            ("5", 1),
            ("https://example.com", 1),
            ("what, kaka?", 2),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }
}
