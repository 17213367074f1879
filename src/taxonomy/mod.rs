//! What a text is about: topics told by phrases and rules, as data.
//!
//! A [`Taxonomy`] is read from JSON (`taxonomy/taxonomy.schema.json` describes it), compiled into
//! one [`Lexicon`](crate::lexicon::Lexicon) and asked with [`Taxonomy::find`]. It can check itself:
//! [`Taxonomy::lint`] looks for phrases that stand in each other's way, [`Taxonomy::test`] runs the
//! examples it carries. [`general`] is the taxonomy every engine has unless given another.
//! docs/design/topics.md explains the method.

mod check;
mod compile;
mod find;
mod lint;
mod parse;
mod source;

pub use check::{Example, Tested};
pub use compile::{Taxonomy, Topic, general};
pub use find::Hit;
pub use lint::{Code, Finding, Severity};
pub use source::{Source, SourceTopic, Target};

/// Largest taxonomy read, in bytes of JSON.
pub const MAX_TAXONOMY_BYTES: usize = 4 * 1024 * 1024;
/// Most topics of one taxonomy.
pub const MAX_TOPICS: usize = 500;
/// Longest id of a taxonomy or topic, in characters.
pub const MAX_ID_CHARS: usize = 64;
/// Longest name, in characters.
pub const MAX_NAME_CHARS: usize = 200;
/// Longest definition or example, in characters.
pub const MAX_TEXT_CHARS: usize = 2_000;
/// Most places reported for one topic in one text.
pub const MAX_TOPIC_SPANS: usize = 32;
