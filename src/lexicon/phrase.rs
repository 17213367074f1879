//! Reads one phrase: its words, what their stars mean, and how they hang together.

use super::error::What;
use super::reading::{Piece, pieces};
use super::{MAX_PHRASE_BYTES, MAX_PHRASE_WORDS};
use crate::text::{Normalized, Script, is_unspaced, script_of};

/// How a listed word meets the words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// The whole word; particles may follow.
    Whole,
    /// `stem*`
    Stem,
    /// `*end`
    End,
    /// `*part*`
    Part,
    /// Anywhere inside a run of a script without spaces.
    Run,
}

/// How a word hangs on the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The next word of the clause.
    Next,
    /// Right behind it, without a space.
    Touching,
    /// At most [`super::scan::LATER_CHARS`] characters later: phrases of scripts without spaces.
    Later,
}

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub text: String,
    pub kind: Kind,
    pub link: Link,
}

/// Lower case and in normal form, as the matcher sees texts.
pub(super) fn fold(text: &str) -> String {
    lower(Normalized::new(text).text())
}

/// Lower case, one character for one, typographic apostrophes made plain.
pub(super) fn lower(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '’' => '\'',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            c => c.to_lowercase().next().unwrap_or(c),
        })
        .collect()
}

/// The words of a phrase, in order.
///
/// # Errors
/// [`What`] when it holds none, too many, or a star in the wrong place.
pub(super) fn parse(phrase: &str) -> Result<Vec<Part>, What> {
    if phrase.len() > MAX_PHRASE_BYTES {
        return Err(What::TooLong);
    }
    let folded = fold(phrase);
    let mut parts: Vec<Part> = Vec::new();
    for word in folded.split_whitespace() {
        let open_left = word.starts_with('*');
        let open_right = word.ends_with('*');
        let bare = word.trim_matches('*');
        if bare.contains('*') {
            return Err(What::Star);
        }
        let found: Vec<Piece> = pieces(bare).collect();
        let count = found.len();
        for (i, piece) in found.into_iter().enumerate() {
            let text = &bare[piece.start..piece.end];
            let left = open_left && i == 0;
            let right = open_right && i + 1 == count;
            let kind = match (piece.run, left, right) {
                (true, ..) => Kind::Run,
                (_, false, false) => Kind::Whole,
                (_, false, true) => Kind::Stem,
                (_, true, false) => Kind::End,
                (_, true, true) => Kind::Part,
            };
            let letters = text.chars().count();
            // One Hangul syllable may be a stem; nothing else of one letter, and no part of a word.
            let syllable = text.chars().all(crate::text::is_hangul);
            let least = if kind == Kind::Stem && syllable { 1 } else { 2 };
            if matches!(kind, Kind::Stem | Kind::End | Kind::Part) && letters < least {
                return Err(What::Star);
            }
            let run_before = parts.last().is_some_and(|before| before.kind == Kind::Run);
            let link = match (i == 0, run_before || kind == Kind::Run) {
                (true, true) => Link::Later,
                (false, true) => Link::Touching,
                _ => Link::Next,
            };
            parts.push(Part { text: text.to_string(), kind, link });
        }
    }
    match parts.len() {
        0 => Err(What::Empty),
        n if n > MAX_PHRASE_WORDS => Err(What::TooManyWords),
        _ => Ok(parts),
    }
}

/// The phrase as it is compared with others: folded, spaces single.
pub(super) fn canonical(parts: &[Part]) -> String {
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        match part.link {
            _ if i == 0 => {}
            Link::Touching => {}
            _ => out.push(' '),
        }
        if matches!(part.kind, Kind::End | Kind::Part) {
            out.push('*');
        }
        out.push_str(&part.text);
        if matches!(part.kind, Kind::Stem | Kind::Part) {
            out.push('*');
        }
    }
    out
}

/// Longest Latin word that only counts in its own language when it stands alone.
const SHORT: usize = 3;

/// True for phrases of one short Latin word: they count only where the language agrees.
pub(super) fn is_short(parts: &[Part]) -> bool {
    let [part] = parts else { return false };
    part.text.chars().count() <= SHORT && part.text.chars().any(|c| script_of(c) == Script::Latn)
}

/// The word without accents, where it has some and is long enough to stay itself.
pub(super) fn without_accents(word: &str) -> Option<String> {
    const LEAST: usize = 5;
    if word.is_ascii() || word.chars().any(is_unspaced) || word.chars().count() < LEAST {
        return None;
    }
    let plain: String = word.chars().map(plain_letter).collect();
    (plain != word).then_some(plain)
}

/// The base letter of accented Latin letters of the ten languages, lower case.
fn plain_letter(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
        'ç' | 'ć' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ś' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' => 'z',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(phrase: &str) -> Vec<(String, Kind, Link)> {
        parse(phrase).unwrap().into_iter().map(|part| (part.text, part.kind, part.link)).collect()
    }

    #[test]
    fn stars_and_links_are_read() {
        let of = |text: &str, kind, link| (text.to_string(), kind, link);
        assert_eq!(
            shape("Deliver* late"),
            [of("deliver", Kind::Stem, Link::Next), of("late", Kind::Whole, Link::Next)]
        );
        assert_eq!(shape("*kosten"), [of("kosten", Kind::End, Link::Next)]);
        assert_eq!(shape("*liefer*"), [of("liefer", Kind::Part, Link::Next)]);
        assert_eq!(shape("check-in"), [of("check", Kind::Whole, Link::Next), of("in", Kind::Whole, Link::Next)]);
        assert_eq!(shape("配送 遅"), [of("配送", Kind::Run, Link::Later), of("遅", Kind::Run, Link::Later)]);
        assert_eq!(shape("wifiが弱"), [of("wifi", Kind::Whole, Link::Next), of("が弱", Kind::Run, Link::Touching)]);
        assert_eq!(shape("l'appli"), [of("l'", Kind::Whole, Link::Next), of("appli", Kind::Whole, Link::Next)]);
    }

    #[test]
    fn phrases_that_say_nothing_are_refused() {
        for (phrase, what) in [
            ("", What::Empty),
            (" * ", What::Empty),
            ("!!", What::Empty),
            ("a*", What::Star),
            ("ab*cd", What::Star),
            ("a b c d e f g h i", What::TooManyWords),
        ] {
            assert_eq!(parse(phrase), Err(what), "{phrase}");
        }
        assert_eq!(parse(&"x".repeat(MAX_PHRASE_BYTES + 1)), Err(What::TooLong));
    }

    #[test]
    fn accents_can_be_left_out_of_long_words() {
        assert_eq!(without_accents("obsługa").as_deref(), Some("obsluga"));
        assert_eq!(without_accents("año"), None);
        assert_eq!(without_accents("plain"), None);
    }
}
