//! Why a phrase or rule was refused.

use super::{MAX_NEAR_WORDS, MAX_PHRASE_BYTES, MAX_PHRASE_WORDS, MAX_PHRASES, MAX_RULE_TERMS, MAX_RULES};

/// The fault. Names the limit, never the phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Nothing but spaces, stars or marks.
    Empty,
    /// Longer than [`MAX_PHRASE_BYTES`].
    TooLong,
    /// More words than [`MAX_PHRASE_WORDS`].
    TooManyWords,
    /// A star on fewer than two letters, or inside a word.
    Star,
    /// More phrases than [`MAX_PHRASES`].
    TooManyPhrases,
    /// More rules than [`MAX_RULES`].
    TooManyRules,
    /// More terms in one rule than [`MAX_RULE_TERMS`].
    TooManyTerms,
    /// A rule without `all`, `any` or `near`.
    NoTerms,
    /// `near` with fewer than two terms.
    NearTerms,
    /// `within` is 0 or over [`MAX_NEAR_WORDS`].
    Within,
}

impl What {
    /// The fault in words.
    pub fn message(self) -> String {
        match self {
            What::Empty => "holds no word".into(),
            What::TooLong => format!("is over the limit of {MAX_PHRASE_BYTES} bytes"),
            What::TooManyWords => format!("is over the limit of {MAX_PHRASE_WORDS} words"),
            What::Star => "has a star that is not at the edge of a word of two or more letters".into(),
            What::TooManyPhrases => format!("is over the limit of {MAX_PHRASES} phrases"),
            What::TooManyRules => format!("is over the limit of {MAX_RULES} rules"),
            What::TooManyTerms => format!("is over the limit of {MAX_RULE_TERMS} terms"),
            What::NoTerms => "needs all, any or near".into(),
            What::NearTerms => "needs at least two terms".into(),
            What::Within => format!("must be a whole number from 1 to {MAX_NEAR_WORDS}"),
        }
    }
}

/// A refusal with its place inside what was given: empty for a phrase, `near.terms[2]` and the like
/// for a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    pub at: String,
    pub what: What,
}

impl From<What> for LexiconError {
    fn from(what: What) -> Self {
        LexiconError { at: String::new(), what }
    }
}
