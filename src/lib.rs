//! hearken listens to customers: it tells what a short text says and what to do about it,
//! on the device, the same in every runtime.
//!
//! The map of the crate:
//!
//! | module | what it does |
//! |---|---|
//! | [`text`] | normalises, cuts into sentences and tokens, keeps the way back to the original |
//! | [`model`] | reads packed weights and turns tokens into scores |
//! | [`analyze`] | asks one text every question: language, sentiment, acts |
//! | [`learn`] | learns labels of the caller's own, and from corrections |
//! | [`lexicon`] | finds listed phrases and rules over them, in one pass |
//! | [`signals`] | wishes, effort, urgency, churn, brands, links and the journey, by listed phrases |
//! | [`privacy`] | finds personal data and takes it out |
//! | [`taxonomy`] | what a text is about: topics as data, compiled, checked and found |
//! | [`keyphrases`] | the phrases of one text that tell what it is about |
//! | [`themes`] | what many texts speak of that no topic covers |
//! | [`query`] | finds analysed rows by words, labels, ratings and dates |
//! | [`triage`] | turns an analysed message into a decision, by a policy |
//! | [`score`] | figures over many records, the CX score; drivers, trends, demand, journeys, survey fatigue; reports |
//! | `wasm` | the JavaScript boundary (features `wasm` and `insight`), the only place that knows JavaScript |
//!
//! Nothing outside `wasm` reads a clock, a locale or a file, or holds state between calls.
#![cfg_attr(not(feature = "boundary"), forbid(unsafe_code))]
#![cfg_attr(feature = "boundary", deny(unsafe_code))]

pub mod analysis;
pub mod analyze;
mod bytes;
pub mod error;
pub mod keyphrases;
pub mod learn;
pub mod lexicon;
pub mod limits;
pub mod message;
pub mod model;
mod order;
pub mod privacy;
pub mod query;
mod read;
pub mod score;
pub mod signals;
pub mod span;
pub mod taxonomy;
pub mod text;
pub mod themes;
mod time;
pub mod triage;
#[cfg(feature = "boundary")]
mod wasm;

pub use analysis::Analysis;
pub use analyze::{AnalyzeOptions, Engine};
pub use error::{Error, Result};
pub use message::Message;
pub use span::Span;

/// Version of the engine, part of every result.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
