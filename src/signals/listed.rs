//! The rule files in one list, as the matcher wants it.
//!
//! `rules.list` has a section of the words that no phrase is made of (hosts, words beside a brand), one of the English
//! words of promotion, which belong to every language, then one a language; a form feed stands between. A line is a group (its number, from [`FIRST`] on), a digit for its marks (which of two sides it is, 1 or 2,
//! times two; one more where it calls off), and phrases apart by `|`, with [`NEAR`] or [`COMMA`] between the two of a
//! pair. They are in normal form, so that compiling them need not look for it. `tests.rs` writes the list from
//! `rules/*.txt` and holds that it is current.

const LIST: &str = include_str!("rules.list");

/// Section of the words that no phrase is made of.
pub(super) const WORDS: usize = 0;
/// Section of the English words of promotion.
pub(super) const SHARED: usize = 1;
/// Section of the first language.
pub(super) const OWN: usize = 2;

/// Stands for the first group.
pub(super) const FIRST: u8 = b'0';
/// Between two phrases that stand near each other.
pub(super) const NEAR: char = '>';
/// Between two phrases with only a comma between them.
pub(super) const COMMA: char = ',';

/// The lines of the section of that number.
pub(super) fn section(number: usize) -> &'static str {
    LIST.split('\x0c').nth(number).unwrap_or("")
}

/// The words of a group that no phrase is made of.
pub(super) fn words_of(group: &str) -> Vec<&'static str> {
    let all = section(WORDS).lines().filter_map(|line| line.split_once('\t'));
    all.filter(|(name, _)| *name == group).flat_map(|(_, words)| words.split('|')).collect()
}

/// One line of a rule file: group, language, phrases.
pub(super) struct Line<'l> {
    pub group: &'l str,
    pub language: &'l str,
    pub phrases: &'l str,
}

/// The lines of a file.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut group = "";
    text.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[') {
            group = name.trim_end_matches(']');
            return None;
        }
        let (language, phrases) = line.split_once(' ')?;
        (!line.starts_with('#')).then_some(Line { group, language, phrases })
    })
}
