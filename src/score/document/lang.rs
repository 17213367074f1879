//! The languages a document can be written in, and how each writes numbers.

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    En,
    Ko,
    Ja,
    Pl,
    De,
    Es,
    Fr,
}

impl Lang {
    pub const ALL: [Lang; 7] = [Lang::En, Lang::Ko, Lang::Ja, Lang::Pl, Lang::De, Lang::Es, Lang::Fr];

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        ["en", "ko", "ja", "pl", "de", "es", "fr"][self as usize]
    }

    /// The language of a BCP 47 tag by its primary part, in any case; none for other languages.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.code()))
    }

    /// Words and sentences: a key, a tab and the text on each line.
    pub(super) fn words(self) -> &'static str {
        [
            include_str!("words/en.txt"),
            include_str!("words/ko.txt"),
            include_str!("words/ja.txt"),
            include_str!("words/pl.txt"),
            include_str!("words/de.txt"),
            include_str!("words/es.txt"),
            include_str!("words/fr.txt"),
        ][self as usize]
    }

    /// The decimal mark, what groups thousands, and what stands before the percent sign.
    pub(super) fn number_marks(self) -> [&'static str; 3] {
        match self {
            Lang::En | Lang::Ko | Lang::Ja => [".", ",", ""],
            Lang::Pl => [",", "\u{a0}", ""],
            Lang::De => [",", ".", "\u{a0}"],
            Lang::Es => [",", ".", "\u{a0}"],
            Lang::Fr => [",", "\u{202f}", "\u{a0}"],
        }
    }
}
