//! Cuts normalised text into the tokens the model reads.

use super::classes::{Class, class_of};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters with digits, marks and inner apostrophes, of a script that writes spaces.
    Word,
    /// Digits with inner separators, as in `12`, `3.50`, `10:30`, `24/7`.
    Number,
    Url,
    Email,
    /// `@name`
    Mention,
    /// A run of Han, kana, Thai, Lao, Khmer or Burmese.
    Unspaced,
    /// One emoji.
    Emoji,
    /// A run of punctuation or symbols, such as `!!`, `:-(` or `...`.
    Marks,
}

/// A token and its place, in bytes of the normalised text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Iterator over the tokens of a normalised text, in order, without overlap. `O(bytes)`.
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

/// The tokens of `text`, which should be the text of a [`super::Normalized`].
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

impl Tokens<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 { Some(byte as char) } else { self.text.get(at..)?.chars().next() }
    }

    fn class_at(&self, at: usize) -> Option<(Class, usize)> {
        self.char_at(at).map(|c| (class_of(c), c.len_utf8()))
    }

    /// End of the run of `class` that begins at `at`.
    fn run(&self, mut at: usize, class: Class) -> usize {
        while let Some((found, len)) = self.class_at(at) {
            if found != class {
                break;
            }
            at += len;
        }
        at
    }

    /// End of letters, digits and inner apostrophes from `at`; true when a letter was among them.
    fn word(&self, mut at: usize) -> (usize, bool) {
        let mut lettered = false;
        while let Some(c) = self.char_at(at) {
            match class_of(c) {
                Class::Letter => lettered = true,
                Class::Digit => {}
                _ if matches!(c, '\'' | '’') && lettered => {
                    let next = self.class_at(at + c.len_utf8());
                    if !matches!(next, Some((Class::Letter, _))) {
                        break;
                    }
                }
                _ => break,
            }
            at += c.len_utf8();
        }
        (at, lettered)
    }

    /// End of a number that begins at `at`: digits with single separators between digits.
    fn number(&self, mut at: usize) -> usize {
        loop {
            at = self.run(at, Class::Digit);
            let separated = matches!(self.char_at(at), Some('.' | ',' | ':' | '/' | '-'));
            if !separated || !matches!(self.class_at(at + 1), Some((Class::Digit, _))) {
                return at;
            }
            at += 1;
        }
    }

    /// End of an address host or handle: letters, digits, `.`, `-`, `_`, without trailing marks.
    fn name(&self, start: usize) -> usize {
        let mut at = start;
        let mut end = start;
        while let Some(c) = self.char_at(at) {
            match class_of(c) {
                Class::Letter | Class::Digit => end = at + c.len_utf8(),
                _ if c == '_' => end = at + 1,
                _ if matches!(c, '.' | '-') => {}
                _ => break,
            }
            at += c.len_utf8();
        }
        end
    }

    /// End of a URL that begins at `at`, or `None` when none does.
    fn url(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..];
        let starts = |prefix: &[u8]| rest.len() >= prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
        // Bare "http" is how several public corpora write a link that was taken out.
        let bare = starts(b"http") && !rest.get(4).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b':');
        if bare {
            return Some(at + 4);
        }
        if !(starts(b"http://") || starts(b"https://") || starts(b"www.")) {
            return None;
        }
        let mut end = at;
        while let Some(c) = self.char_at(end) {
            if matches!(class_of(c), Class::Space | Class::Unspaced | Class::Emoji) || matches!(c, '<' | '>' | '"') {
                break;
            }
            end += c.len_utf8();
        }
        Some(end)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let c = self.char_at(start)?;
            let class = class_of(c);
            let (kind, end) = match class {
                Class::Space => {
                    self.at += c.len_utf8();
                    continue;
                }
                Class::Letter | Class::Digit => {
                    if matches!(c, 'h' | 'H' | 'w' | 'W')
                        && let Some(end) = self.url(start)
                    {
                        (Kind::Url, end)
                    } else {
                        let (end, lettered) = self.word(start);
                        if self.char_at(end) == Some('@') && self.name(end + 1) > end + 2 {
                            let host = self.name(end + 1);
                            if self.text[end + 1..host].contains('.') { (Kind::Email, host) } else { (Kind::Word, end) }
                        } else if lettered {
                            (Kind::Word, end)
                        } else {
                            (Kind::Number, self.number(start))
                        }
                    }
                }
                Class::Unspaced => (Kind::Unspaced, self.run(start, class)),
                Class::Emoji => (Kind::Emoji, start + c.len_utf8()),
                Class::Mark if c == '@' && self.name(start + 1) > start + 1 => (Kind::Mention, self.name(start + 1)),
                Class::Mark => {
                    let mut end = start + c.len_utf8();
                    while let Some(c) = self.char_at(end) {
                        if class_of(c) != Class::Mark || matches!(c, '@' | '#') {
                            break;
                        }
                        end += c.len_utf8();
                    }
                    (Kind::Marks, end)
                }
            };
            self.at = end;
            return Some(Token { kind, start, end });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::*;

    fn cut(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).map(|t| (t.kind, &text[t.start..t.end])).collect()
    }

    #[test]
    fn english_tweet() {
        assert_eq!(
            cut("@jetBlue Don't lose my 2 bags!! :-( https://t.co/x?y=1 ok"),
            [
                (Mention, "@jetBlue"),
                (Word, "Don't"),
                (Word, "lose"),
                (Word, "my"),
                (Number, "2"),
                (Word, "bags"),
                (Marks, "!!"),
                (Marks, ":-("),
                (Url, "https://t.co/x?y=1"),
                (Word, "ok"),
            ]
        );
    }

    #[test]
    fn scripts_without_spaces_are_runs() {
        assert_eq!(
            cut("スマホが壊れたiPhone13です。"),
            [(Unspaced, "スマホが壊れた"), (Word, "iPhone13"), (Unspaced, "です"), (Marks, "。")]
        );
        assert_eq!(cut("배송이 늦어요ㅠㅠ"), [(Word, "배송이"), (Word, "늦어요ㅠㅠ")]);
    }

    #[test]
    fn addresses_numbers_and_emoji() {
        assert_eq!(
            cut("anna@example.com 10:30 $3.50 😀😡 #fail a@b"),
            [
                (Email, "anna@example.com"),
                (Number, "10:30"),
                (Marks, "$"),
                (Number, "3.50"),
                (Emoji, "😀"),
                (Emoji, "😡"),
                (Marks, "#"),
                (Word, "fail"),
                (Word, "a"),
                (Mention, "@b"),
            ]
        );
    }

    #[test]
    fn a_word_keeps_its_marks_and_drops_closing_quotes() {
        assert_eq!(
            cut("l'été 'nice' हिन्दी"),
            [(Word, "l'été"), (Marks, "'"), (Word, "nice"), (Marks, "'"), (Word, "हिन्दी")]
        );
    }
}
