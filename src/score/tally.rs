//! The counts of one group of records: whole numbers only, so that sums have no order.

use super::{Figure, MAX_COUNT, ScoreRecord, Segment, SentimentCounts, figure};
use crate::analysis::SentimentLabel;
use crate::message::Scale;

/// Counts of one segment or of everything. About 500 bytes, whatever was added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub records: u64,
    pub sentiment: SentimentCounts,
    /// For each scale, in the order of [`Scale::ALL`], how often each of 0..=10 was answered.
    ratings: [[u64; 11]; 5],
}

impl Tally {
    /// Counts a record that has passed [`ScoreRecord::check`].
    pub fn add(&mut self, record: &ScoreRecord) {
        self.records = plus(self.records, 1);
        if let Some(label) = record.sentiment.filter(|_| record.counts_for_sentiment()) {
            let count = match label {
                SentimentLabel::Negative => &mut self.sentiment.negative,
                SentimentLabel::Neutral => &mut self.sentiment.neutral,
                SentimentLabel::Positive => &mut self.sentiment.positive,
            };
            *count = plus(*count, 1);
        }
        if let Some(rating) = record.rating {
            for (scale, counts) in Scale::ALL.into_iter().zip(&mut self.ratings) {
                if let Some(count) = counts.get_mut(usize::from(rating.value)).filter(|_| scale == rating.scale) {
                    *count = plus(*count, 1);
                }
            }
        }
    }

    /// Adds the counts of another group.
    pub fn merge(&mut self, other: &Tally) {
        self.records = plus(self.records, other.records);
        self.sentiment.negative = plus(self.sentiment.negative, other.sentiment.negative);
        self.sentiment.neutral = plus(self.sentiment.neutral, other.sentiment.neutral);
        self.sentiment.positive = plus(self.sentiment.positive, other.sentiment.positive);
        for (mine, theirs) in self.ratings.iter_mut().flatten().zip(other.ratings.iter().flatten()) {
            *mine = plus(*mine, *theirs);
        }
    }

    /// The figures of every scale that occurred.
    pub fn ratings(&self) -> Vec<Figure> {
        Scale::ALL.into_iter().zip(&self.ratings).flat_map(|(scale, counts)| figure::of_scale(scale, counts)).collect()
    }

    /// The group as a segment of a report.
    pub fn segment(&self, key: String) -> Segment {
        Segment {
            key,
            n: self.records,
            sentiment: self.sentiment,
            net_sentiment: figure::net_sentiment(&self.sentiment),
            ratings: self.ratings(),
        }
    }
}

/// A sum that stops at [`MAX_COUNT`]; associative and commutative for counts up to it.
pub(super) fn plus(a: u64, b: u64) -> u64 {
    a.saturating_add(b).min(MAX_COUNT)
}
