//! What is known of one group of records: whole numbers only, so that sums have no order.

use crate::order::Sorted;
use std::collections::BTreeMap;

use super::counts::{COUNTERS, Counts, Hits, RATINGS, RECORDS, SENTIMENT, VALUES, plus};
use super::metric::Metric;
use super::people::People;
use super::{Figure, Segment, SentimentCounts, figure};
use crate::message::Scale;

/// Registers of a segment: 2^8, a standard error of 6.5 % beyond 32 people.
pub(super) const SEGMENT_BITS: u8 = 8;

/// Rows kept per segment.
pub(super) const MAX_ROWS: usize = 5;

/// The rows of the smallest hashes: hash and index, rising.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rows {
    rows: [(u64, u64); MAX_ROWS],
    len: usize,
}

impl Rows {
    pub fn kept(&self) -> &[(u64, u64)] {
        &self.rows[..self.len]
    }

    pub fn add(&mut self, row: (u64, u64)) {
        if self.len == MAX_ROWS && row >= self.rows[MAX_ROWS - 1] {
            return;
        }
        if let Err(at) = self.kept().binary_search(&row) {
            self.len = (self.len + 1).min(MAX_ROWS);
            self.rows[at..self.len].rotate_right(1);
            self.rows[at] = row;
        }
    }

    /// The indexes, rising.
    pub fn indexes(&self) -> Vec<u64> {
        let mut indexes: Vec<u64> = self.kept().iter().map(|(_, index)| *index).collect();
        indexes.order();
        indexes
    }
}

/// Answers that carry a weight, of one value of one scale. Weights are in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weighted {
    pub n: u64,
    pub sum: u128,
    pub squares: u128,
}

/// Sums of weights stop here: what 18 groups of seven bits hold.
const MAX_SUM: u128 = (1 << 126) - 1;

impl Weighted {
    fn add(&mut self, other: &Weighted) {
        self.n = plus(self.n, other.n);
        self.sum = self.sum.saturating_add(other.sum).min(MAX_SUM);
        self.squares = self.squares.saturating_add(other.squares).min(MAX_SUM);
    }
}

/// Counts of one segment or of everything. About 1 KB, and up to 2^bits bytes for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pub counts: Counts,
    pub people: People,
    /// Rows to show: those of the smallest hashes, which is a fair sample and the same in any order.
    pub rows: Rows,
    /// By place in the ratings; empty unless weights were given.
    pub weighted: BTreeMap<u8, Weighted>,
}

/// One record, read once for all segments it belongs to.
pub(super) struct Reading {
    pub hits: Hits,
    pub person: Option<u64>,
    /// Hash and index of the row.
    pub row: (u64, u64),
    /// Place in the ratings and weight in millionths.
    pub weight: Option<(u8, u64)>,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally::new(SEGMENT_BITS)
    }
}

impl Tally {
    pub fn new(bits: u8) -> Tally {
        Tally { counts: [0; COUNTERS], people: People::new(bits), rows: Rows::default(), weighted: BTreeMap::new() }
    }

    pub fn add(&mut self, reading: &Reading) {
        reading.hits.count(&mut self.counts);
        if let Some(person) = reading.person {
            self.people.add(person);
        }
        self.rows.add(reading.row);
        if let Some((place, weight)) = reading.weight {
            let cell = self.weighted.entry(place).or_default();
            let weight = u128::from(weight);
            cell.add(&Weighted { n: 1, sum: weight, squares: weight * weight });
        }
    }

    /// Adds the counts of another group.
    pub fn merge(&mut self, other: &Tally) {
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine = plus(*mine, *theirs);
        }
        self.people.merge(&other.people);
        other.rows.kept().iter().for_each(|row| self.rows.add(*row));
        for (place, theirs) in &other.weighted {
            let cell = self.weighted.entry(*place).or_default();
            cell.add(theirs);
        }
    }

    /// The counts of `whole` that are not among these.
    pub fn rest_of(&self, whole: &Tally) -> Counts {
        let mut rest = whole.counts;
        rest.iter_mut().zip(&self.counts).for_each(|(rest, own)| *rest = rest.saturating_sub(*own));
        rest
    }

    pub fn records(&self) -> u64 {
        self.counts[RECORDS]
    }

    pub fn sentiment(&self) -> SentimentCounts {
        sentiment_at(&self.counts, SENTIMENT)
    }

    /// The figures of every scale that occurred.
    pub fn ratings(&self) -> Vec<Figure> {
        let rated = Metric::ALL.iter().filter(|metric| metric.scale().is_some());
        rated.map(|metric| metric.figure(&self.counts)).filter(|figure| figure.n > 0).collect()
    }

    /// The group as a segment of a report.
    pub fn segment(&self, key: String) -> Segment {
        let sentiment = self.sentiment();
        let net_sentiment = figure::net_sentiment(&sentiment);
        Segment { key, n: self.records(), sentiment, net_sentiment, ratings: self.ratings() }
    }
}

/// How often each value of a scale was answered.
pub(super) fn answers(counts: &Counts, scale: Scale) -> [u64; VALUES] {
    let row = Scale::ALL.into_iter().position(|other| other == scale).unwrap_or_default();
    let mut answers = [0; VALUES];
    let from = RATINGS + row * VALUES;
    answers.iter_mut().zip(counts.iter().skip(from)).for_each(|(to, count)| *to = *count);
    answers
}

/// Three counters from a place on as sentiments.
pub(super) fn sentiment_at(counts: &Counts, at: usize) -> SentimentCounts {
    SentimentCounts { negative: counts[at], neutral: counts[at + 1], positive: counts[at + 2] }
}
