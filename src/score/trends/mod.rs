//! Trends and alerts: bursts against a seasonal baseline, change points, silence, emerging terms, crises, threads taken
//! over, and what spreads.
//!
//! Times, counts and terms come in; no words of a message go out, only its id. Rates of false alarms are stated and
//! measured: docs/design/trends.md.

mod bursts;
mod changes;
mod charts;
mod crisis;
mod emerging;
mod series;
mod spread;
mod tail;
mod thread;

pub use bursts::{Burst, BurstKind, Bursts, bursts};
pub use changes::{ChangePoint, Silence, changes, silence};
pub use charts::{cusum_alarms, cusum_run_length, ewma_alarms};
pub use crisis::{ChannelShare, CrisisAlert, CrisisLevel, CrisisOptions, PauseAdvice, StreamMessage, crisis};
pub use emerging::{EmergingTerm, TermCounts, emerging, log_odds};
pub use series::{MAX_BUCKETS, Series, TrendOptions};
pub use spread::{Spread, SpreadPost, spread};
pub use tail::upper_tail;
pub use thread::{Takeover, ThreadActivity, ThreadComment, takeover, unattended};

use std::collections::BTreeSet;

use crate::keyphrases::{Class, units};
use crate::limits::DEFAULT_TEXT_BYTES;
use crate::text::Normalized;

/// Most terms of one text.
const MAX_TEXT_TERMS: usize = 64;

/// The terms of a text: its content words without inflection, each once, without personal data. `language` is an ISO
/// 639-1 code; other languages than the ten with word lists give none. `O(bytes)`.
pub fn terms(text: &str, language: &str) -> Vec<String> {
    let read = text.get(..text.floor_char_boundary(DEFAULT_TEXT_BYTES)).unwrap_or_default();
    let Some(units) = units(&Normalized::new(read), language) else { return Vec::new() };
    let content = units.list.into_iter().filter(|unit| unit.class == Class::Content).map(|unit| unit.key);
    content.collect::<BTreeSet<String>>().into_iter().take(MAX_TEXT_TERMS).collect()
}
