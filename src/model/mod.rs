//! Packed weights and the arithmetic over them.
//!
//! A text becomes a bag of hashed n-grams ([`features`]). The pack keeps the few that matter,
//! found by fingerprint; each has a row of small integers. Rows of word features and of character
//! features are summed apart, scaled by the root of their number and added; every head is a small
//! matrix over that sum, so a feature's share in a label is exact. docs/design/model.md explains
//! the method, the file and what was measured.

pub mod coded;
mod evidence;
mod exp;
pub mod features;
mod infer;
mod lines;
pub mod pack;
mod people;
mod rows;
mod table;

pub use evidence::{Evidence, Label, Part};
pub(crate) use evidence::{Pushes, join};
pub use infer::{Sums, sigmoid, softmax};
pub use lines::Lines;
pub use pack::{Block, BlockView, Encoding, Head, HeadKind, Model, Thresholds};
pub(crate) use people::{is_city, is_name, listed_name};
