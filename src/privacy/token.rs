//! What stands in a redacted text for a value: `[EMAIL]`, `[EMAIL_1]`, `[EMAIL:kfbdnpaoclghijem]`.
//!
//! Such a token holds no personal data, so nothing is looked for inside it, and all three forms are read
//! as the first: what is found beside a token never depends on its number.

use super::mode::Edit;
use crate::span::Span;

/// Most digits of a number: fewer than any personal number that could hide in it.
const MAX_DIGITS: usize = 6;
/// Letters of a keyed pseudonym, four bits each.
pub(super) const LETTERS: usize = 16;

/// A text with its tokens in the plain form.
pub(super) struct Plain {
    pub text: String,
    /// The tokens, where they stand in `text` and where in the source; rising.
    pub tokens: Vec<Edit>,
}

/// `None` where the text has no token. `is_label` tells the names that may stand in one. `O(bytes)`.
pub(super) fn plain(source: &str, is_label: &dyn Fn(&str) -> bool) -> Option<Plain> {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut copied = 0;
    for (at, _) in source.match_indices('[') {
        if at < copied {
            continue;
        }
        let Some((name, len)) = token(&source[at..], is_label) else { continue };
        text.push_str(&source[copied..at]);
        let start = text.len();
        text.extend(["[", name, "]"]);
        tokens.push(Edit { result: Span::new(start, text.len()), source: Span::new(at, at + len) });
        copied = at + len;
    }
    if tokens.is_empty() {
        return None;
    }
    text.push_str(&source[copied..]);
    Some(Plain { text, tokens })
}

/// The name and the length of the token that `rest` begins with.
fn token<'t>(rest: &'t str, is_label: &dyn Fn(&str) -> bool) -> Option<(&'t str, usize)> {
    let inner = &rest[1..];
    let end = inner.bytes().take(96).position(|b| !(b.is_ascii_alphanumeric() || b == b'_' || b == b':'))?;
    if inner.as_bytes()[end] != b']' {
        return None;
    }
    let whole = &inner[..end];
    let name = if let Some((name, letters)) = whole.split_once(':') {
        let keyed = letters.len() == LETTERS && letters.bytes().all(|b| (b'a'..=b'p').contains(&b));
        keyed.then_some(name)?
    } else if is_label(whole) {
        whole
    } else {
        let (name, digits) = whole.rsplit_once('_')?;
        let counted = (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        counted.then_some(name)?
    };
    is_label(name).then_some((name, end + 2))
}

/// True when the token covers the whole of `text`.
pub(super) fn is_token(text: &str, is_label: &dyn Fn(&str) -> bool) -> bool {
    text.starts_with('[') && token(text, is_label).is_some_and(|(_, len)| len == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_in_their_plain_form_and_nothing_else_is() {
        let is_label = |name: &str| name == "EMAIL" || name == "BANK_ACCOUNT";
        let read = |text: &str| plain(text, &is_label).map(|plain| plain.text);
        assert_eq!(read("a [EMAIL_12], [EMAIL:abcdefghijklmnop] b").unwrap(), "a [EMAIL], [EMAIL] b");
        assert_eq!(read("[[BANK_ACCOUNT_3] [EMAIL]").unwrap(), "[[BANK_ACCOUNT] [EMAIL]");
        for text in [
            "",
            "[",
            "[EMAIL",
            "[EMAIL_]",
            "[EMAIL_1234567]",
            "[EMAIL:4111111111111111]",
            "[EMAIL:abc]",
            "[NAME]",
            "[email]",
            "[EMAIL 1]",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let found = plain("é [EMAIL_7] x", &is_label).unwrap();
        assert_eq!((found.tokens[0].result, found.tokens[0].source), (Span::new(3, 10), Span::new(3, 12)));
        assert!(is_token("[EMAIL_7]", &is_label) && !is_token("[EMAIL_7] ", &is_label) && !is_token("", &is_label));
    }
}
