//! Counts of phrases in bounded memory.

use crate::order::Sorted;
use std::collections::BTreeMap;

use super::sample::Sample;
use crate::analysis::SentimentLabel;

/// How a phrase is shown: as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Surface {
    /// 0 when its words follow one another, else how far apart they stand. The first in the order of
    /// the fields is kept: it does not depend on the order of rows.
    pub gap: u8,
    pub chars: u16,
    pub text: String,
}

/// What is known of one phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The counter of the sketch: what is left after subtracting.
    pub weight: u64,
    /// Rows counted since the phrase was last taken in.
    pub seen: u64,
    /// Of these, rows where a topic covers the phrase.
    pub covered: u64,
    /// Of these, negative, neutral and positive ones.
    pub sentiment: [u64; 3],
    /// Of these, rows where the phrase is one word that says what the text is about.
    pub roots: u64,
    pub surface: Surface,
    pub sample: Sample,
}

/// One row's mention of a phrase.
pub(super) struct Mention {
    pub covered: bool,
    pub root: bool,
    pub surface: Surface,
}

impl Entry {
    fn new(surface: Surface) -> Entry {
        Entry { weight: 0, seen: 0, covered: 0, sentiment: [0; 3], roots: 0, surface, sample: Sample::default() }
    }

    /// True when the phrase is a word that can lead a theme in a quarter of its rows or more: some
    /// adjectives have the key of a noun ("good" and "goods").
    pub fn leads(&self) -> bool {
        self.roots > 0 && self.roots.saturating_mul(4) >= self.seen
    }

    fn merge(&mut self, other: &Entry) {
        self.weight = self.weight.saturating_add(other.weight);
        self.seen = self.seen.saturating_add(other.seen);
        self.covered = self.covered.saturating_add(other.covered);
        for (own, more) in self.sentiment.iter_mut().zip(other.sentiment) {
            *own = own.saturating_add(more);
        }
        self.roots = self.roots.saturating_add(other.roots);
        if other.surface < self.surface {
            self.surface.clone_from(&other.surface);
        }
        self.sample.merge(&other.sample);
    }
}

/// Frequent phrases: Misra and Gries, "Finding repeated elements" (1982), with the merge of Agarwal
/// et al., "Mergeable summaries" (2012).
///
/// At most twice `capacity` phrases are held. When there are more, the counter of the phrase after
/// the `capacity` largest is subtracted from all, and what has nothing left is let go; what was
/// subtracted adds up to `error`. The true count of any phrase is at least `seen` and at most `seen`
/// plus `error`, and `error` is at most mentions divided by `capacity + 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch {
    pub capacity: usize,
    pub error: u64,
    pub entries: BTreeMap<String, Entry>,
}

impl Sketch {
    pub fn new(capacity: usize) -> Sketch {
        Sketch { capacity, error: 0, entries: BTreeMap::new() }
    }

    /// Counts one row's mentions, each phrase once.
    pub fn add(&mut self, mentions: BTreeMap<String, Mention>, sentiment: Option<SentimentLabel>, hash: u64, id: u64) {
        for (key, mention) in mentions {
            let Mention { covered, root, surface } = mention;
            let entry = match self.entries.get_mut(&key) {
                Some(entry) => {
                    if surface < entry.surface {
                        entry.surface = surface;
                    }
                    entry
                }
                None => self.entries.entry(key).or_insert_with(|| Entry::new(surface)),
            };
            entry.covered = entry.covered.saturating_add(u64::from(covered));
            entry.roots = entry.roots.saturating_add(u64::from(root));
            entry.weight = entry.weight.saturating_add(1);
            entry.seen = entry.seen.saturating_add(1);
            if let Some(count) = sentiment.and_then(|label| entry.sentiment.get_mut(label as usize)) {
                *count = count.saturating_add(1);
            }
            entry.sample.offer(hash, id);
        }
        self.compact();
    }

    /// Adds what another sketch holds.
    pub fn merge(&mut self, other: &Sketch) {
        self.capacity = self.capacity.min(other.capacity);
        self.error = self.error.saturating_add(other.error);
        for (key, entry) in &other.entries {
            match self.entries.get_mut(key) {
                Some(own) => own.merge(entry),
                None => {
                    self.entries.insert(key.clone(), entry.clone());
                }
            }
        }
        self.compact();
    }

    /// Lets phrases go when there are more than twice the capacity.
    fn compact(&mut self) {
        if self.entries.len() <= self.capacity.saturating_mul(2) {
            return;
        }
        let mut weights: Vec<u64> = self.entries.values().map(|entry| entry.weight).collect();
        weights.order_by(|a, b| b.cmp(a));
        let Some(&next) = weights.get(self.capacity) else { return };
        self.error = self.error.saturating_add(next);
        self.entries.retain(|_, entry| {
            entry.weight = entry.weight.saturating_sub(next);
            entry.weight > 0
        });
    }
}
