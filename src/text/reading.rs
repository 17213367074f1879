//! A text made ready for all who read it: cut into tokens and brought to lower case once.

use super::classes::low;
use super::tokens::{Token, tokens};

/// Tokens and lower case of a normalised text.
pub(crate) struct Reading<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    /// One character for one, typographic apostrophes made plain.
    pub lower: String,
    /// Tokens of `lower`, where they lie elsewhere than those of `text`.
    lower_tokens: Option<Vec<Token>>,
}

impl<'t> Reading<'t> {
    /// `O(bytes)`.
    pub fn new(text: &'t str) -> Reading<'t> {
        let (lower, aligned) = lower_aligned(text);
        let lower_tokens = (!aligned).then(|| cut(&lower));
        Reading { text, tokens: cut(text), lower, lower_tokens }
    }

    /// True when every character of `lower` stands where it stands in the text.
    pub fn is_aligned(&self) -> bool {
        self.lower_tokens.is_none()
    }

    pub fn lower_tokens(&self) -> &[Token] {
        self.lower_tokens.as_ref().unwrap_or(&self.tokens)
    }
}

/// Lower case, one character for one, typographic apostrophes made plain.
pub(crate) fn lower(text: &str) -> String {
    lower_aligned(text).0
}

/// The same, and true when every character keeps its place.
fn lower_aligned(text: &str) -> (String, bool) {
    if text.is_ascii() {
        return (text.to_ascii_lowercase(), true);
    }
    let mut aligned = true;
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        let small = low(c);
        aligned &= small.len_utf8() == c.len_utf8();
        lower.push(small);
    }
    (lower, aligned)
}

fn cut(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 4 + 4);
    found.extend(tokens(text));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_the_lower_case_lie_in_it() {
        for text in ["HELLO World", "Łódź!", "DON’T, İstanbul", "ẞ Ⱥ", "안녕 本当に"] {
            let reading = Reading::new(text);
            assert_eq!(reading.lower_tokens(), cut(&reading.lower), "{text}");
            assert_eq!(reading.tokens, cut(text), "{text}");
        }
        assert_eq!(lower("DON’T STOP Łódź"), "don't stop łódź");
    }
}
