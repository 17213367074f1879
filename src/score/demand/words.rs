//! What a wish is made of: its words without those of wishing.

use std::collections::BTreeSet;

use crate::keyphrases::{Lang, Listed};
use crate::text::{Normalized, Script, WordKind, Words, script_of};

const LISTS: &str = include_str!("words.txt");

/// The words of wishing of one language.
pub(super) struct WishWords {
    lang: Option<Lang>,
    left_out: Vec<&'static str>,
    kept: Vec<&'static str>,
}

impl WishWords {
    /// Languages without a list leave nothing out.
    pub fn of(code: &str) -> WishWords {
        let line = LISTS.lines().filter_map(|line| line.split_once(' ')).find(|(own, _)| *own == code);
        let (kept, left_out): (Vec<&str>, Vec<&str>) =
            line.map_or("", |(_, words)| words).split(' ').partition(|word| word.starts_with('+'));
        WishWords { lang: Lang::from_code(code), left_out, kept }
    }

    fn says_nothing(&self, word: &str) -> bool {
        if self.kept.iter().any(|kept| kept.strip_prefix('+') == Some(word)) {
            return false;
        }
        let fits = |listed: &&str| listed.strip_suffix('*').map_or(word == *listed, |start| word.starts_with(start));
        let function = [Listed::Stop, Listed::Link, Listed::Article];
        self.left_out.iter().any(fits)
            || self.lang.is_some_and(|lang| function.iter().any(|kind| lang.lists(word, *kind)))
    }
}

/// The words of a wish that say what is wished: each once, sorted. Wishes with the same words are one. `O(bytes)`.
pub(super) fn read(text: &str, words: &WishWords) -> BTreeSet<String> {
    let normal = Normalized::new(text);
    let found = Words::new(normal.text());
    let mut wish = BTreeSet::new();
    let mut keep = |word: &str| {
        if !words.says_nothing(word) {
            wish.insert(word.to_owned());
        }
    };
    for word in &found.list {
        let folded = found.text(word);
        match word.kind {
            WordKind::Spaced if folded.chars().nth(1).is_some() => keep(folded),
            WordKind::Hangul => keep(folded),
            WordKind::Unspaced => runs(folded, &mut keep),
            _ => {}
        }
    }
    wish
}

/// Runs of kanji and of katakana in a text without spaces: hiragana is mostly grammar. Other scripts stay whole.
fn runs(text: &str, mut found: impl FnMut(&str)) {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Kanji,
        Katakana,
        Hiragana,
        Other,
    }
    let kind = |c: char| match c {
        'ァ'..='ヿ' => Kind::Katakana,
        'ぁ'..='ゟ' => Kind::Hiragana,
        _ if c == '々' || script_of(c) == Script::Hani => Kind::Kanji,
        _ => Kind::Other,
    };
    let mut start = 0;
    let mut before: Option<Kind> = None;
    let ends = text.char_indices().map(|(at, c)| (at, Some(kind(c)))).chain([(text.len(), None)]);
    for (at, now) in ends {
        if before != now {
            if before.is_some_and(|kind| kind != Kind::Hiragana) {
                found(text.get(start..at).unwrap_or_default());
            }
            (start, before) = (at, now);
        }
    }
}
