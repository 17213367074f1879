//! Cuts a query into its signs.

use crate::error::{Error, Result};
use crate::span::Span;

use super::fields::Field;

/// One sign of a query with its place in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub kind: Kind,
    pub span: Span,
}

/// What a sign is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// With the distance in words.
    Near(usize),
    Word(String),
    Phrase(String),
    /// A field test with its values.
    Test {
        field: Field,
        op: Op,
        values: Vec<Value>,
    },
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    /// `:` or `=`
    Is,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// One value of a field test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    pub span: Span,
}

/// The distance of NEAR without a number, and the largest, in words.
const NEAR: usize = 8;
const MAX_NEAR: usize = 100;

/// A refusal of the place `span`.
pub(super) fn refuse(span: Span, what: impl Into<String>) -> Error {
    Error::Query { at: span.start, end: span.end, what: what.into() }
}

/// The quotes that close what `open` begins.
fn closers(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' => &['"'],
        '“' => &['”', '"'],
        '„' => &['”', '“', '"'],
        '«' => &['»'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    })
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）') || closers(c).is_some()
}

/// The signs of `text`.
///
/// # Errors
/// [`Error::Query`] for a quote that is not closed, an unknown field, a missing value or a distance
/// out of range.
pub(super) fn signs(text: &str) -> Result<Vec<Sign>> {
    let mut lexer = Lexer { text, at: 0 };
    let mut signs = Vec::new();
    while let Some(sign) = lexer.next_sign()? {
        signs.push(sign);
    }
    Ok(signs)
}

struct Lexer<'q> {
    text: &'q str,
    at: usize,
}

impl<'q> Lexer<'q> {
    fn rest(&self) -> &'q str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn next_sign(&mut self) -> Result<Option<Sign>> {
        self.skip_space();
        let start = self.at;
        let Some(c) = self.peek() else { return Ok(None) };
        let kind = match c {
            '(' | '（' => {
                self.at += c.len_utf8();
                Kind::Open
            }
            ')' | '）' => {
                self.at += c.len_utf8();
                Kind::Close
            }
            _ if closers(c).is_some() => Kind::Phrase(self.quote()?),
            _ => self.word()?,
        };
        Ok(Some(Sign { kind, span: Span::new(start, self.at) }))
    }

    /// What stands between quotes; a backslash takes the next character as it is.
    fn quote(&mut self) -> Result<String> {
        let start = self.at;
        let mut chars = self.rest().char_indices();
        let closers = chars.next().and_then(|(_, open)| closers(open)).unwrap_or(&['"']);
        let mut inner = String::new();
        while let Some((at, c)) = chars.next() {
            if c == '\\' {
                inner.extend(chars.next().map(|(_, c)| c));
            } else if closers.contains(&c) {
                self.at = start + at + c.len_utf8();
                return Ok(inner);
            } else {
                inner.push(c);
            }
        }
        Err(refuse(Span::new(start, self.text.len()), "the closing quote is missing"))
    }

    /// A word, an operator or a field test.
    fn word(&mut self) -> Result<Kind> {
        let start = self.at;
        let rest = self.rest();
        let word = rest.get(..rest.find(ends_word).unwrap_or(rest.len())).unwrap_or_default();
        let name_end = word.bytes().position(|b| !(b.is_ascii_alphabetic() || b == b'_')).unwrap_or(word.len());
        let name = word.get(..name_end).unwrap_or_default();
        let after = word.get(name_end..).unwrap_or_default();
        if !name.is_empty() && after.starts_with([':', '=', '<', '>']) {
            self.at = start + name_end;
            return self.test(Span::new(start, start + name_end));
        }
        self.at = start + word.len();
        if after.is_empty() && Field::from_name(name).is_some() {
            // "rating <= 2": the operator may stand apart, but for the colon.
            let behind = self.rest().trim_start();
            if behind.starts_with(['=', '<', '>']) {
                self.skip_space();
                return self.test(Span::new(start, start + name_end));
            }
        }
        Ok(match word {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            "NEAR" => Kind::Near(NEAR),
            _ => match word.strip_prefix("NEAR/") {
                Some(distance) => Kind::Near(self.distance(distance, start + "NEAR/".len())?),
                None => Kind::Word(word.to_owned()),
            },
        })
    }

    fn distance(&self, digits: &str, start: usize) -> Result<usize> {
        let distance = digits.parse().ok().filter(|distance| (1..=MAX_NEAR).contains(distance));
        distance.filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit())).ok_or_else(|| {
            refuse(Span::new(start, self.at), format!("NEAR/ takes a number of words from 1 to {MAX_NEAR}"))
        })
    }

    /// A field test; the lexer stands at its operator.
    fn test(&mut self, name: Span) -> Result<Kind> {
        let field = name.slice(self.text).and_then(Field::from_name).ok_or_else(|| {
            let known = Field::ALL.map(Field::name).join(", ");
            refuse(name, format!("no field has this name; put quotes around words with a colon. Fields: {known}"))
        })?;
        let (op, len) = match self.rest().as_bytes() {
            [b'<', b'=', ..] => (Op::AtMost, 2),
            [b'>', b'=', ..] => (Op::AtLeast, 2),
            [b'<', ..] => (Op::Less, 1),
            [b'>', ..] => (Op::More, 1),
            _ => (Op::Is, 1),
        };
        let at = Span::new(self.at, self.at + len);
        if op != Op::Is && field != Field::Rating {
            return Err(refuse(at, format!("only rating is compared with < and >; write {}:value", field.name())));
        }
        self.at += len;
        self.skip_space();
        let mut values = vec![self.value(field)?];
        while self.rest().starts_with(',') {
            self.at += 1;
            self.skip_space();
            values.push(self.value(field)?);
        }
        Ok(Kind::Test { field, op, values })
    }

    fn value(&mut self, field: Field) -> Result<Value> {
        let start = self.at;
        let text = match self.peek() {
            Some(c) if closers(c).is_some() => self.quote()?,
            _ => {
                let rest = self.rest();
                let end = rest.find(|c| ends_word(c) || c == ',').unwrap_or(rest.len());
                self.at += end;
                rest.get(..end).unwrap_or_default().to_owned()
            }
        };
        let span = Span::new(start, self.at);
        if text.trim().is_empty() {
            return Err(refuse(span, format!("a value of {} is expected", field.name())));
        }
        Ok(Value { text, span })
    }
}
