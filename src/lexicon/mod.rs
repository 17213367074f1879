//! Finds listed phrases in a text: one matcher for topics, wishes, effort, urgency and whatever
//! else is told by words.
//!
//! A text is read once into a [`Reading`]: words, clauses, sentences, what is negated. A
//! [`Lexicon`], compiled by a [`Builder`] from phrases and rules, then finds all its phrases in one
//! pass, whatever their number. docs/design/topics.md explains the method and its limits.
//!
//! Phrase syntax, as in `deliver* late`: words apart by one space; `stem*` is a word that begins so,
//! `*end` one that ends so, `*part*` one that holds it. A Korean word also matches with particles
//! behind it. Scripts without spaces match anywhere inside a run, and a space in such a phrase means
//! "then, at most six characters later". A Latin word of seven or more letters also matches with
//! one slip of the finger.

mod build;
mod error;
mod filed;
mod hash;
mod markers;
mod packed;
mod particles;
mod phrase;
mod reading;
mod rules;
mod scan;
mod slips;
#[cfg(test)]
mod tests;

pub use build::{Builder, Lexicon};
pub use error::{LexiconError, What};
pub(crate) use filed::by_number;
pub(crate) use packed::{In, Out};
#[cfg(test)]
pub(crate) use phrase::listed;
pub use reading::{Clause, Reading, Word};
pub use rules::{Near, Rule, RuleMatch, Scope};
pub use scan::{Found, Match};

/// Most phrases one lexicon holds, terms of rules included.
pub const MAX_PHRASES: usize = 50_000;
/// Longest phrase, in bytes.
pub const MAX_PHRASE_BYTES: usize = 200;
/// Most words of one phrase.
pub const MAX_PHRASE_WORDS: usize = 8;
/// Most rules of one lexicon.
pub const MAX_RULES: usize = 5_000;
/// Most terms of one rule.
pub const MAX_RULE_TERMS: usize = 200;
/// Farthest apart the terms of `near` may stand, in words.
pub const MAX_NEAR_WORDS: usize = 50;
/// Most matches reported for one text.
pub const MAX_MATCHES: usize = 4_096;
