//! Turns a text into what the analysers read, and keeps the way back to the original.
//!
//! A text is first brought to a normal form ([`Normalized`]), then read as [`tokens`] by the
//! model, or cut into sentences and clauses by [`segment`]. Everything is linear in the bytes.

mod calm;
mod chars;
mod classes;
mod edits;
mod filed;
mod listed;
mod markup;
mod normalize;
pub(crate) mod particles;
mod reading;
pub mod segment;
pub mod tokens;
mod toneless;
mod words;

pub(crate) use calm::{Calm, without_swearing, without_swearing_in};
pub use chars::{Script, is_unspaced, script_of};
pub(crate) use chars::{is_emoji, is_hangul};
pub(crate) use classes::{in_word, is_alphabetic, is_alphanumeric, low};
pub(crate) use edits::Edits;
pub(crate) use filed::{Filed, key};
pub(crate) use listed::{Endings, Listed, print_of};
pub use normalize::Normalized;
pub(crate) use normalize::any_byte;
pub(crate) use reading::{Reading, lower};
pub(crate) use toneless::{told_at, toneless};
pub(crate) use words::{Word, WordKind, Words};
