//! Reads one phrase: its words, what their stars mean, and how they hang together.

use super::error::What;
use super::reading::pieces;
use super::{MAX_PHRASE_BYTES, MAX_PHRASE_WORDS};
use crate::text::{Normalized, Script, is_unspaced, lower, script_of};

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

/// All kinds, by their number.
pub(super) const KINDS: [Kind; 5] = [Kind::Whole, Kind::Stem, Kind::End, Kind::Part, Kind::Run];

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

/// All links, by their number.
pub(super) const LINKS: [Link; 3] = [Link::Next, Link::Touching, Link::Later];

/// One word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Bytes of the folded phrase.
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub link: Link,
}

/// A phrase in parts. Reused from phrase to phrase.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// Lower case and in normal form, as the matcher sees texts.
    pub folded: String,
    pub parts: Vec<Part>,
}

impl Parsed {
    /// The words, in order.
    pub fn words(&self) -> impl Iterator<Item = (&str, Kind, Link)> {
        self.parts.iter().map(|part| (self.folded.get(part.start..part.end).unwrap_or(""), part.kind, part.link))
    }

    /// Reads a phrase.
    ///
    /// # Errors
    /// [`What`] when it holds no word, too many, or a star in the wrong place.
    pub fn read(&mut self, phrase: &str) -> Result<(), What> {
        if phrase.len() > MAX_PHRASE_BYTES {
            return Err(What::TooLong);
        }
        self.parts.clear();
        self.folded.clear();
        if phrase.is_ascii() {
            self.folded.extend(phrase.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            self.folded = lower(Normalized::new(phrase).text());
        }
        let mut from = 0;
        for word in self.folded.split(char::is_whitespace) {
            let at = from;
            from += word.len() + self.folded[from + word.len()..].chars().next().map_or(0, char::len_utf8);
            if !word.is_empty() {
                read_word(word, at, &mut self.parts)?;
            }
        }
        match self.parts.len() {
            0 => Err(What::Empty),
            n if n > MAX_PHRASE_WORDS => Err(What::TooManyWords),
            _ => Ok(()),
        }
    }

    /// Reads what [`listed`] wrote: no normal form, no tokens to look for.
    pub fn read_listed(&mut self, phrase: &str) {
        self.parts.clear();
        self.folded.clear();
        for word in phrase.split(' ') {
            for (nth, piece) in word.split('+').enumerate() {
                let bare = piece.trim_matches('*');
                let run = bare.starts_with(is_unspaced);
                let kind = kind(run, piece.starts_with('*'), piece.ends_with('*'));
                let beside_run = run || self.parts.last().is_some_and(|before| before.kind == Kind::Run);
                let link = match (nth, beside_run) {
                    (0, true) => Link::Later,
                    (0, false) => Link::Next,
                    _ => Link::Touching,
                };
                let start = self.folded.len();
                self.folded.push_str(bare);
                self.parts.push(Part { start, end: self.folded.len(), kind, link });
            }
        }
    }

    /// True for phrases of one short Latin word: they count only where the language agrees.
    pub fn is_short(&self) -> bool {
        let mut words = self.words();
        let (Some((word, kind, _)), None) = (words.next(), words.next()) else { return false };
        let short = if matches!(kind, Kind::End | Kind::Part) { SHORT_END } else { SHORT };
        word.chars().count() <= short && word.chars().any(|c| script_of(c) == Script::Latn)
    }
}

/// The kind of a word with stars on its left and right.
fn kind(run: bool, left: bool, right: bool) -> Kind {
    match (run, left, right) {
        (true, ..) => Kind::Run,
        (_, false, false) => Kind::Whole,
        (_, false, true) => Kind::Stem,
        (_, true, false) => Kind::End,
        (_, true, true) => Kind::Part,
    }
}

/// The phrase as the matcher sees it, ready to be listed: in normal form, its words apart by a space, by `+` where
/// they touch, with their stars.
#[cfg(test)]
pub(crate) fn listed(phrase: &str) -> Result<String, What> {
    let mut parsed = Parsed::default();
    parsed.read(phrase)?;
    let mut out = String::new();
    for (word, kind, link) in parsed.words() {
        let (left, right) = (matches!(kind, Kind::End | Kind::Part), matches!(kind, Kind::Stem | Kind::Part));
        let star = |has| if has { "*" } else { "" };
        let apart = match link {
            _ if out.is_empty() => "",
            Link::Touching => "+",
            _ => " ",
        };
        out += &[apart, star(left), word, star(right)].concat();
    }
    let words = |parsed: &Parsed| -> Vec<_> {
        parsed.words().map(|(word, kind, link)| (word.to_string(), kind, link)).collect()
    };
    let own = words(&parsed);
    parsed.read_listed(&out);
    assert_eq!(words(&parsed), own, "{phrase}");
    Ok(out)
}

/// Adds the parts of one word, which stands at byte `at` of its phrase.
fn read_word(word: &str, at: usize, parts: &mut Vec<Part>) -> Result<(), What> {
    let (open_left, open_right) = (word.starts_with('*'), word.ends_with('*'));
    let bare = word.trim_matches('*');
    if bare.contains('*') {
        return Err(What::Star);
    }
    let at = at + (word.len() - word.trim_start_matches('*').len());
    let first = parts.len();
    let mut pieces = pieces(bare).peekable();
    while let Some(piece) = pieces.next() {
        let text = &bare[piece.start..piece.end];
        let left = open_left && parts.len() == first;
        let right = open_right && pieces.peek().is_none();
        let kind = kind(piece.run, left, right);
        // One Hangul syllable may be a stem; nothing else of one letter, and no part of a word.
        let syllable = kind == Kind::Stem && text.chars().all(crate::text::is_hangul);
        let starred = matches!(kind, Kind::Stem | Kind::End | Kind::Part);
        if starred && !syllable && text.chars().nth(1).is_none() {
            return Err(What::Star);
        }
        let run = kind == Kind::Run || parts.last().is_some_and(|before| before.kind == Kind::Run);
        let link = match (parts.len() == first, run) {
            (true, true) => Link::Later,
            (false, true) => Link::Touching,
            _ => Link::Next,
        };
        parts.push(Part { start: at + piece.start, end: at + piece.end, kind, link });
    }
    Ok(())
}

/// Longest Latin word that only counts in its own language when it stands alone.
const SHORT: usize = 3;
/// The same for ends and parts of words: German `*lage` is not in French "emballage".
const SHORT_END: usize = 4;

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
        let mut parsed = Parsed::default();
        parsed.read(phrase).unwrap();
        parsed.words().map(|(word, kind, link)| (word.to_string(), kind, link)).collect()
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
            assert_eq!(Parsed::default().read(phrase), Err(what), "{phrase}");
        }
        assert_eq!(Parsed::default().read(&"x".repeat(MAX_PHRASE_BYTES + 1)), Err(What::TooLong));
    }

    #[test]
    fn accents_can_be_left_out_of_long_words() {
        assert_eq!(without_accents("obsługa").as_deref(), Some("obsluga"));
        assert_eq!(without_accents("año"), None);
        assert_eq!(without_accents("plain"), None);
    }
}
