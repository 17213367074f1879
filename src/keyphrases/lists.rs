//! Function words and general words of the ten languages, one list a language in `words/`.
//!
//! Every list was written for this project. Sections: `stop` words end a phrase and never stand in
//! one; `link` words may stand between two words of a phrase ("quality of food"), `article` words
//! after a link; `weak` words (mostly judgements) may stand in a phrase and are none alone; `light`
//! words (general nouns) likewise.

use crate::order::Sorted;
use std::sync::OnceLock;

/// What a list says about a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listed {
    Stop,
    Link,
    Article,
    Weak,
    Light,
}

/// A language with its own list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lang {
    En,
    Ko,
    Ja,
    Pl,
    De,
    Fr,
    Es,
    It,
    Pt,
    Nl,
}

const TEXTS: [(Lang, &str, &str); 10] = [
    (Lang::En, "en", include_str!("words/en.txt")),
    (Lang::Ko, "ko", include_str!("words/ko.txt")),
    (Lang::Ja, "ja", include_str!("words/ja.txt")),
    (Lang::Pl, "pl", include_str!("words/pl.txt")),
    (Lang::De, "de", include_str!("words/de.txt")),
    (Lang::Fr, "fr", include_str!("words/fr.txt")),
    (Lang::Es, "es", include_str!("words/es.txt")),
    (Lang::It, "it", include_str!("words/it.txt")),
    (Lang::Pt, "pt", include_str!("words/pt.txt")),
    (Lang::Nl, "nl", include_str!("words/nl.txt")),
];

/// The words of one language, sorted; a word may stand in several sections.
type List = Vec<(&'static str, Listed)>;

fn lists() -> &'static [List; 10] {
    static LISTS: OnceLock<[List; 10]> = OnceLock::new();
    LISTS.get_or_init(|| TEXTS.map(|(_, _, text)| read(text)))
}

fn read(text: &'static str) -> List {
    let mut list = List::new();
    let mut section = Listed::Stop;
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some("link") => section = Listed::Link,
            Some("article") => section = Listed::Article,
            Some("weak") => section = Listed::Weak,
            Some("light") => section = Listed::Light,
            Some(_) => section = Listed::Stop,
            None => list.extend(line.split_whitespace().map(|word| (word, section))),
        }
    }
    list.order();
    list.dedup();
    list
}

impl Lang {
    /// The language with this code.
    pub fn from_code(code: &str) -> Option<Lang> {
        TEXTS.iter().find(|(_, own, _)| *own == code).map(|(lang, _, _)| *lang)
    }

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        TEXTS.iter().find(|(lang, _, _)| *lang == self).map_or("und", |(_, code, _)| code)
    }

    /// True when the word stands in this section.
    pub fn lists(self, word: &str, section: Listed) -> bool {
        lists().get(self as usize).is_some_and(|list| list.binary_search(&(word, section)).is_ok())
    }

    /// The languages of Latin letters, English first: what is tried where the language is not known.
    pub const LATIN: [Lang; 8] = [Lang::En, Lang::De, Lang::Es, Lang::Fr, Lang::It, Lang::Nl, Lang::Pl, Lang::Pt];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Normalized, Words};

    #[test]
    fn words_are_written_as_texts_are_read() {
        for (lang, code, text) in TEXTS {
            assert_eq!(lang as usize, TEXTS.iter().position(|(_, own, _)| *own == code).unwrap());
            for (word, _) in read(text) {
                // Written with a hyphen or without spaces: one entry that is read as several words.
                let normal = Normalized::new(word);
                let words = Words::new(normal.text());
                assert!(word.contains('-') || words.folded == word, "{code} {word}");
            }
        }
    }
}
