//! Shapes of values, such as `M-######` or `@@ ##{6,8}?`.

use crate::span::Span;
use crate::text::{is_hangul, is_unspaced, low};

/// Most characters a shape may match.
pub(super) const MAX_LENGTH: usize = 100;

/// What one character of a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// `#`
    Digit,
    /// `@`
    Letter,
    /// `*`
    Any,
    /// A space: a blank, hyphen, dot or slash. May be missing.
    Sign,
    /// Any other character, whatever its case.
    Exact(char),
}

impl Class {
    fn takes(self, c: char) -> bool {
        match self {
            Class::Digit => c.is_ascii_digit(),
            Class::Letter => c.is_alphabetic(),
            Class::Any => c.is_alphanumeric(),
            Class::Sign => matches!(c, ' ' | '\t' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}'),
            Class::Exact(exact) => low(c) == exact,
        }
    }
}

/// A shape, ready to match: a chain of characters of which some may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    chain: Vec<Class>,
    /// Bit `i`: the `i`th of the chain may be missing.
    optional: u128,
}

impl Shape {
    /// Reads a shape; an error is the place, in characters, and what is wrong there.
    pub fn parse(source: &str) -> Result<Shape, (usize, &'static str)> {
        let chars: Vec<char> = source.chars().collect();
        let mut shape = Shape { chain: Vec::new(), optional: 0 };
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            let class = match chars[at] {
                '#' => Class::Digit,
                '@' => Class::Letter,
                '*' => Class::Any,
                ' ' => Class::Sign,
                '?' | '{' | '}' => return Err((at, "has nothing before it")),
                '\\' => {
                    at += 1;
                    Class::Exact(low(*chars.get(at).ok_or((start, "has nothing behind it"))?))
                }
                other => Class::Exact(low(other)),
            };
            at += 1;
            let (mut fewest, mut most) = (usize::from(class != Class::Sign), 1);
            match chars.get(at) {
                Some('?') => {
                    fewest = 0;
                    at += 1;
                }
                Some('{') => {
                    let end = chars[at..].iter().position(|c| *c == '}').ok_or((at, "is not closed"))? + at;
                    let inner: String = chars[at + 1..end].iter().collect();
                    let (low, high) = inner.split_once(',').unwrap_or((&inner, &inner));
                    let number = |text: &str| text.parse::<usize>().map_err(|_| (at, "must be as {6} or {6,8}"));
                    (fewest, most) = (number(low)?, number(high)?);
                    if fewest > most || most == 0 {
                        return Err((at, "must be as {6} or {6,8}"));
                    }
                    at = end + 1;
                }
                _ => {}
            }
            if shape.chain.len() + most > MAX_LENGTH {
                return Err((start, "makes the shape longer than 100 characters"));
            }
            for nth in 0..most {
                if nth >= fewest {
                    shape.optional |= 1 << shape.chain.len();
                }
                shape.chain.push(class);
            }
        }
        let must = |(at, class): (usize, &Class)| *class != Class::Sign && shape.optional >> at & 1 == 0;
        if !shape.chain.iter().enumerate().any(must) {
            return Err((0, "must have at least one character that may not be missing"));
        }
        Ok(shape)
    }

    /// How many characters a value must have that are told apart: digits, letters, and exact ones twice.
    pub fn weight(&self) -> usize {
        let weight = |(at, class): (usize, &Class)| match class {
            _ if self.optional >> at & 1 == 1 => 0,
            Class::Sign => 0,
            Class::Exact(_) => 2,
            _ => 1,
        };
        self.chain.iter().enumerate().map(weight).sum()
    }

    /// Calls `found` with the longest value at each place, from the left, apart from each other. A value never begins
    /// or ends inside a word or number.
    pub fn find(&self, text: &str, mut found: impl FnMut(Span)) {
        let (mut before, mut done) = (None, 0);
        for (at, c) in text.char_indices() {
            if at >= done
                && !is_joined(before, Some(c))
                && let Some(end) = self.longest(text, at)
            {
                found(Span::new(at, end));
                done = end;
            }
            before = Some(c);
        }
    }

    fn longest(&self, text: &str, start: usize) -> Option<usize> {
        let mut open = self.skip(1);
        let mut best = None;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let mut next = 0u128;
            let mut left = open;
            while left != 0 {
                let i = left.trailing_zeros() as usize;
                left &= left - 1;
                if self.chain.get(i).is_some_and(|class| class.takes(c)) {
                    next |= 1 << (i + 1);
                }
            }
            if next == 0 {
                break;
            }
            open = self.skip(next);
            let done = open >> self.chain.len() & 1 == 1;
            if done && !is_joined(Some(c), chars.peek().map(|(_, c)| *c)) {
                best = Some(start + at + c.len_utf8());
            }
        }
        best
    }

    /// The places reached when what may be missing is missing.
    fn skip(&self, mut open: u128) -> u128 {
        loop {
            let more = open | (open & self.optional) << 1;
            if more == open {
                return open;
            }
            open = more;
        }
    }
}

/// True inside a word or number. Korean particles and unspaced scripts are joined on to anything.
fn is_joined(a: Option<char>, b: Option<char>) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c) && !is_hangul(c));
    joins(a) && joins(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(shape: &str, text: &'t str) -> Vec<&'t str> {
        let mut all = Vec::new();
        Shape::parse(shape).unwrap().find(text, |span| all.push(&text[span.start..span.end]));
        all
    }

    #[test]
    fn shapes_match_whole_values_only() {
        assert_eq!(found("M-######", "m-123456, M-1234567, XM-123456 회원M-654321입니다"), ["m-123456", "M-654321"]);
        assert_eq!(found("## ## ####", "12-34.5678 12345678 12--345678"), ["12-34.5678", "12345678"]);
        assert_eq!(found("@{2}#{3,5}", "AB12 AB123 ab12345 AB123456"), ["AB123", "ab12345"]);
        assert_eq!(found("#\\##?", "1#2 1# 12"), ["1#2", "1#"]);
        assert_eq!(found("V\\*#", "v*1 vx1"), ["v*1"]);
        // The longest at a place.
        assert_eq!(found("# #?", "1 2 3"), ["1 2", "3"]);
    }

    #[test]
    fn wrong_shapes_say_where() {
        for (shape, at) in
            [("?", 0), ("#{2", 1), ("#{x}", 1), ("#{3,2}", 1), ("AB\\", 2), ("#{101}", 0), ("", 0), (" ", 0), ("#?", 0)]
        {
            assert_eq!(Shape::parse(shape).unwrap_err().0, at, "{shape}");
        }
        assert_eq!(Shape::parse("M-# #?").unwrap().weight(), 5);
    }
}
