//! Reads a query: signs to tree.

use super::fields::{Field, LEVELS, MIXED, Vocabulary};
use super::lex::{Kind, Op, Sign, Value, refuse, signs};
use super::tree::{Near, Node, Piece, Term, Test};
use crate::analysis::SentimentLabel;
use crate::error::Result;
use crate::limits::{MAX_QUERY_BYTES, MAX_QUERY_DEPTH, MAX_QUERY_TERMS};
use crate::span::Span;
use crate::text::{Normalized, WordKind, Words};
use crate::time::parse_date;

/// The tree of `text`.
///
/// # Errors
/// [`crate::Error::Query`] with the place that was not understood and what was expected there.
pub(super) fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Node> {
    if text.len() > MAX_QUERY_BYTES {
        let beyond = Span::new(text.floor_char_boundary(MAX_QUERY_BYTES), text.len());
        return Err(refuse(beyond, format!("a query has at most {MAX_QUERY_BYTES} bytes")));
    }
    let signs = signs(text)?;
    let end = Span::new(text.len(), text.len());
    let mut parser = Parser { signs: signs.into_iter().peekable(), end, vocabulary, depth: 0, terms: 0 };
    let node = parser.any()?;
    match parser.signs.next() {
        None => Ok(node),
        // `any` stops only at the end and at a parenthesis that nothing opened.
        Some(sign) => Err(refuse(sign.span, "no ( belongs to this )")),
    }
}

struct Parser<'v> {
    signs: std::iter::Peekable<std::vec::IntoIter<Sign>>,
    end: Span,
    vocabulary: &'v Vocabulary,
    depth: usize,
    terms: usize,
}

/// What can begin a part of a query.
const EXPECTED: &str = "a word, a phrase in quotes, a field test or ( is expected";

impl Parser<'_> {
    fn peek(&mut self) -> Option<&Kind> {
        self.signs.peek().map(|sign| &sign.kind)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        self.signs.next_if(|sign| sign.kind == *kind).is_some()
    }

    fn deeper(&mut self, span: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_QUERY_DEPTH {
            return Err(refuse(span, format!("a query is nested at most {MAX_QUERY_DEPTH} deep")));
        }
        Ok(())
    }

    /// Parts joined by OR.
    fn any(&mut self) -> Result<Node> {
        let mut nodes = vec![self.all()?];
        while self.take(&Kind::Or) {
            nodes.push(self.all()?);
        }
        Ok(Node::or(nodes))
    }

    /// Parts joined by AND or by nothing.
    fn all(&mut self) -> Result<Node> {
        let mut nodes = vec![self.negated()?];
        loop {
            let and = self.take(&Kind::And);
            if !and && matches!(self.peek(), None | Some(Kind::Or | Kind::Close)) {
                return Ok(Node::and(nodes));
            }
            nodes.push(self.negated()?);
        }
    }

    fn negated(&mut self) -> Result<Node> {
        let Some(not) = self.signs.next_if(|sign| sign.kind == Kind::Not) else { return self.near() };
        self.deeper(not.span)?;
        let node = self.negated()?;
        self.depth -= 1;
        Ok(Node::Not(Box::new(node)))
    }

    fn near(&mut self) -> Result<Node> {
        let (first, first_span) = self.primary()?;
        if !matches!(self.peek(), Some(Kind::Near(_))) {
            return Ok(first);
        }
        let first = terms_of(first, first_span)?;
        let mut rest = Vec::new();
        while let Some(&Kind::Near(within)) = self.peek() {
            self.signs.next();
            let (node, span) = self.primary()?;
            rest.push((within, terms_of(node, span)?));
        }
        Ok(Node::Near(Near { first, rest }))
    }

    fn primary(&mut self) -> Result<(Node, Span)> {
        let Some(Sign { kind, span }) = self.signs.next() else { return Err(refuse(self.end, EXPECTED)) };
        if matches!(kind, Kind::Word(_) | Kind::Phrase(_) | Kind::Test { .. }) {
            self.terms += 1;
            if self.terms > MAX_QUERY_TERMS {
                return Err(refuse(span, format!("a query has at most {MAX_QUERY_TERMS} words and tests")));
            }
        }
        let node = match kind {
            Kind::Open => {
                self.deeper(span)?;
                let node = self.any()?;
                self.depth -= 1;
                return match self.signs.next() {
                    // `any` stops only at the end and at a closing parenthesis.
                    Some(close) => Ok((node, Span::new(span.start, close.span.end))),
                    None => Err(refuse(span, "the closing ) is missing")),
                };
            }
            Kind::Word(text) => Node::Term(term(&text, false, span)?),
            Kind::Phrase(text) => Node::Term(term(&text, true, span)?),
            Kind::Test { field, op, values } => Node::Test(self.test(field, op, values, span)?),
            Kind::Close | Kind::And | Kind::Or | Kind::Not | Kind::Near(_) => return Err(refuse(span, EXPECTED)),
        };
        Ok((node, span))
    }

    fn test(&self, field: Field, op: Op, values: Vec<Value>, span: Span) -> Result<Test> {
        match field {
            Field::Rating => rating(op, values, span),
            Field::After | Field::Before => time(field, values, span),
            Field::Topic => {
                let values = values.into_iter().map(|value| self.topic(value)).collect::<Result<_>>()?;
                Ok(Test::Topic { values })
            }
            _ => {
                let values = values.into_iter().map(|value| self.label(field, value)).collect::<Result<_>>()?;
                Ok(Test::Label { field, values })
            }
        }
    }

    /// A label that the field knows, in lower case.
    fn label(&self, field: Field, value: Value) -> Result<String> {
        let label = value.text.trim().to_lowercase();
        let known = self.vocabulary.values(field);
        let open = field.is_free() || (field == Field::Lang && known.is_empty());
        if open || known.contains(&label.as_str()) {
            return Ok(label);
        }
        Err(refuse(value.span, format!("{} is one of {}", field.name(), known.join(", "))))
    }

    /// A topic in force, and the sentiment behind its last point.
    fn topic(&self, value: Value) -> Result<(String, Option<String>)> {
        let text = value.text.trim().to_lowercase();
        let sentiment = |slug: &str| slug == MIXED || SentimentLabel::from_slug(slug).is_some();
        let (label, tone) = match text.rsplit_once('.') {
            Some((label, tone)) if sentiment(tone) && !label.is_empty() => (label, Some(tone.to_owned())),
            _ => (text.as_str(), None),
        };
        let known = &self.vocabulary.topics;
        if known.is_empty() || known.iter().any(|topic| topic == label) {
            return Ok((label.to_owned(), tone));
        }
        Err(refuse(value.span, format!("topic is one of {}; .negative and the like may follow", known.join(", "))))
    }
}

/// The terms of an operand of NEAR.
fn terms_of(node: Node, span: Span) -> Result<Vec<Term>> {
    let what = "NEAR joins words, phrases and (a OR b)";
    match node {
        Node::Term(term) => Ok(vec![term]),
        Node::Or(nodes) => nodes
            .into_iter()
            .map(|node| if let Node::Term(term) = node { Ok(term) } else { Err(refuse(span, what)) })
            .collect(),
        _ => Err(refuse(span, what)),
    }
}

/// A word or phrase, cut as texts are.
fn term(text: &str, quoted: bool, span: Span) -> Result<Term> {
    let mut pieces = Vec::new();
    for chunk in text.split_whitespace() {
        let inner = chunk.trim_matches('*');
        if inner.contains('*') {
            return Err(refuse(span, "* stands at the beginning or the end of a word"));
        }
        let normal = Normalized::new(inner);
        let words = Words::new(normal.text());
        let last = words.list.len().saturating_sub(1);
        pieces.extend(words.list.iter().enumerate().map(|(at, word)| Piece {
            kind: word.kind,
            text: words.text(word).to_owned(),
            open_start: at == 0 && word.kind == WordKind::Spaced && chunk.starts_with('*'),
            open_end: at == last && word.kind == WordKind::Spaced && chunk.ends_with('*'),
        }));
    }
    if pieces.is_empty() {
        return Err(refuse(span, "letters or digits are expected"));
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Term { text, quoted, pieces })
}

/// The highest number of any scale.
const MAX_RATING: u8 = 10;

fn rating(op: Op, values: Vec<Value>, span: Span) -> Result<Test> {
    let must = || format!("rating is a number from 0 to {MAX_RATING}, a range as 1..3, or low, middle, high");
    let number = |text: &str, at: Span| -> Result<u8> {
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let value = text.parse().ok().filter(|value| digits && *value <= MAX_RATING);
        value.ok_or_else(|| refuse(at, must()))
    };
    let words: Vec<String> = values.iter().map(|value| value.text.trim().to_lowercase()).collect();
    if op == Op::Is && words.iter().all(|word| LEVELS.contains(&word.as_str())) {
        return Ok(Test::Label { field: Field::Rating, values: words });
    }
    if op != Op::Is && values.len() > 1 {
        return Err(refuse(span, "< and > take one number"));
    }
    let mut ranges = Vec::with_capacity(values.len());
    for (value, text) in values.iter().zip(&words) {
        ranges.push(match op {
            Op::Is => match text.split_once("..") {
                Some((low, high)) => {
                    let (low, high) = (number(low, value.span)?, number(high, value.span)?);
                    if low > high {
                        return Err(refuse(value.span, "the lower number comes first"));
                    }
                    (low, high)
                }
                None => {
                    let number = number(text, value.span)?;
                    (number, number)
                }
            },
            Op::AtMost => (0, number(text, value.span)?),
            Op::AtLeast => (number(text, value.span)?, MAX_RATING),
            Op::Less => {
                let below = number(text, value.span)?.checked_sub(1);
                (0, below.ok_or_else(|| refuse(value.span, "no rating is below 0"))?)
            }
            Op::More => {
                let above = number(text, value.span)? + 1;
                if above > MAX_RATING {
                    return Err(refuse(value.span, format!("no rating is above {MAX_RATING}")));
                }
                (above, MAX_RATING)
            }
        });
    }
    Ok(Test::Rating { ranges })
}

fn time(field: Field, values: Vec<Value>, span: Span) -> Result<Test> {
    let [value] = values.as_slice() else {
        return Err(refuse(span, format!("{} takes one date", field.name())));
    };
    let text = value.text.trim().to_owned();
    match parse_date(&text) {
        Some(ms) => Ok(Test::Time { after: field == Field::After, text, ms }),
        None => Err(refuse(value.span, "a date is written as 2026-01-31, a time as 2026-01-31T18:00")),
    }
}
