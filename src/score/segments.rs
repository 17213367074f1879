//! The segments of one dimension, in bounded memory and exact.
//!
//! When more keys occur than are kept, those with the smallest hashes stay and the rest is summed as one. A key
//! that stays to the end was never above the limit before, in no part and in no order, so what is kept is complete
//! and exact, and parts merge bit for bit; Space-Saving and Misra-Gries, which keep the largest, do neither. The
//! price: which keys are kept is chance, not size. The limit is far above what a report can show.

use std::collections::BTreeMap;

use super::people::People;
use super::tally::{Reading, SEGMENT_BITS, Tally};
use crate::analysis::SentimentLabel;
use crate::bytes::hash;
use crate::score::counts::{ABOUT, plus};

/// Segments by the hash of their key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segments {
    pub kept: BTreeMap<u64, (String, Tally)>,
    /// Records under keys that are not kept, or that have none.
    pub other: Tally,
    /// How many keys are not kept.
    pub dropped: People,
}

impl Default for Segments {
    fn default() -> Segments {
        Segments { kept: BTreeMap::new(), other: Tally::default(), dropped: People::new(SEGMENT_BITS) }
    }
}

impl Segments {
    /// Counts a record under a key.
    pub fn add(&mut self, key: &str, reading: &Reading, about: Option<SentimentLabel>, limit: usize) {
        let hash = hash(key.as_bytes());
        if let Some((name, tally)) = self.kept.get_mut(&hash) {
            // Two keys with one hash: the smaller name stands for both, in whatever order they came.
            if key < name.as_str() {
                *name = key.to_owned();
            }
            count(tally, reading, about);
        } else if self.admits(hash, limit) {
            let mut tally = Tally::default();
            count(&mut tally, reading, about);
            self.kept.insert(hash, (key.to_owned(), tally));
            self.cut(limit);
        } else {
            self.dropped.add(hash);
            count(&mut self.other, reading, about);
        }
    }

    fn admits(&self, hash: u64, limit: usize) -> bool {
        self.kept.len() < limit || self.kept.last_key_value().is_some_and(|(last, _)| hash < *last)
    }

    /// Sums what is over the limit under `other`.
    pub fn cut(&mut self, limit: usize) {
        while self.kept.len() > limit {
            let Some((hash, (_, tally))) = self.kept.pop_last() else { return };
            self.other.merge(&tally);
            self.dropped.add(hash);
        }
    }

    /// Adds the segments of another part.
    pub fn merge(&mut self, other: &Segments, limit: usize) {
        self.other.merge(&other.other);
        self.dropped.merge(&other.dropped);
        // What a part no longer keeps, none does: its last hash bounds what may stay.
        for (hash, (name, tally)) in &other.kept {
            let mine = self.kept.entry(*hash).or_insert_with(|| (name.clone(), Tally::default()));
            if name < &mine.0 {
                mine.0.clone_from(name);
            }
            mine.1.merge(tally);
        }
        self.cut(limit);
    }

    /// True when nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.other.records() == 0
    }
}

fn count(tally: &mut Tally, reading: &Reading, about: Option<SentimentLabel>) {
    tally.add(reading);
    if let Some(label) = about {
        let count = &mut tally.counts[ABOUT + label as usize];
        *count = plus(*count, 1);
    }
}
