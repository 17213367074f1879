//! Turns many records into figures, each with its interval, n and source: ratings, what texts tell, segments,
//! differences, and one score that joins them.
//!
//! A [`Rollup`] takes records one at a time and keeps nothing but whole-number counts and a few
//! comments, so parts built in different places can be merged in any order and give the same
//! [`Report`] and [`Summary`], bit for bit. Formulas, sources and limits: docs/design/score.md.
//!
//! ```
//! use hearken::message::{Rating, Scale};
//! use hearken::score::{Rollup, ScoreRecord};
//!
//! let mut rollup = Rollup::new();
//! for value in [10, 9, 8, 0] {
//!     let rating = Some(Rating { scale: Scale::Nps, value });
//!     rollup.add(&ScoreRecord { rating, ..ScoreRecord::default() }).unwrap();
//! }
//! let report = rollup.report();
//! assert_eq!(report.ratings[0].value, Some(25.0));
//! assert!(report.ratings[0].too_few);
//! ```

mod ask;
mod bytes;
mod chacha;
mod columns;
mod correct;
mod counts;
mod coverage;
mod cx;
pub mod demand;
mod difference;
pub mod document;
pub mod drivers;
pub mod fatigue;
mod figure;
pub mod journey;
mod json;
mod metric;
mod moved;
mod people;
mod period;
mod record;
mod report;
mod rollup;
mod segments;
mod share;
pub mod stats;
mod summary;
mod tally;
mod telling;
pub mod trends;
mod weighted;

pub use ask::ask;
pub use columns::{Added, MAX_COLUMN_RECORDS, RecordColumns, Refusal};
pub use correct::{LabelQuality, corrected_share};
pub use coverage::{Coverage, Sufficiency};
pub use cx::{CxChange, CxFigure, CxMove, CxPart, CxScore, CxWeights, MAX_HALF_WIDTH_CX, cx_change};
pub use difference::{Comparison, Difference, compare, compare_by, say_do_gap};
pub use figure::{mean, net_sentiment, nps, share};
pub use metric::{Block, Metric, Outcome};
pub use moved::{SegmentMove, moved_by};
pub use period::{Period, Unit};
pub use record::{MAX_KEY_BYTES, MAX_RECORD_KEYS, MAX_WEIGHT, RecordTopic, ScoreRecord};
pub use report::{Figure, Report, Segment, SentimentCounts, Telling, TellingComments};
pub use rollup::{Dimension, MAX_OWN_DIMENSIONS, MAX_SEGMENTS, MAX_UNANSWERED, Rollup, RollupOptions};
pub use share::{Noise, PrivacyBudget, ShareOptions, Shared, share as share_rollup};
pub use stats::student_t_95;
pub use summary::{AnswerCounts, DimensionSummary, Distinct, SegmentSummary, Summary, SummaryOptions, Waiting};

/// Two-sided 95 % point of the standard normal distribution, to the nearest `f64`.
/// Source: Abramowitz and Stegun, table 26.5 (1.95996 39845 ...).
pub const Z_95: f64 = 1.959963984540054;
/// Fewer answers than this are always too few, whatever the interval.
pub const MIN_ANSWERS: u64 = 5;
/// Widest half-interval a net score (NPS, net sentiment) may have, in points.
pub const MAX_HALF_WIDTH_NET: f64 = 15.0;
/// Widest half-interval a share may have, in percentage points.
pub const MAX_HALF_WIDTH_SHARE: f64 = 10.0;
/// Widest half-interval a mean may have, in points of its scale.
pub const MAX_HALF_WIDTH_MEAN: f64 = 0.5;
/// Most languages a report lists by name; the rest are summed under `other`.
pub const MAX_LANGUAGES: usize = 200;
/// Most telling comments of each side.
pub const MAX_TELLING: usize = 5;
/// Counts stop here (2^53 - 1), the largest whole number JavaScript holds exactly.
pub const MAX_COUNT: u64 = (1 << 53) - 1;
