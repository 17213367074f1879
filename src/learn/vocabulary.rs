//! Which features a classifier keeps, and how much each says.

use super::bag::KEY_BITS;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Feature names are hashes already: used as they are.
#[derive(Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, value: u64) {
        // The top bits choose among neighbours in the table; names have 40 low bits.
        self.0 = value ^ value << 24;
    }
}

/// A map by feature name. Its order is never used.
pub(super) type ByKey<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;

/// Features counted at once; beyond it the rarest are forgotten.
const MAX_COUNTED: usize = 800_000;
/// Most features kept. Numbers of features fit 16 bits.
pub(super) const MAX_FEATURES: usize = 24_576;
/// Most weights, features times labels, that are learned.
pub(super) const MAX_CELLS: usize = 4 << 20;
/// With fewer texts than this a feature of one text is kept too.
const FEW_TEXTS: usize = 200;
/// Steps of one unit of weight: weights are stored in a byte.
const UNITS: f32 = 16.0;

/// In how many texts each feature stands. Memory is bounded: lossy counting (Manku and Motwani 2002)
/// by forgetting what is rare when there is too much.
#[derive(Default)]
pub(super) struct Counts {
    /// Number of texts, and the text that counted last.
    seen: ByKey<(u32, u32)>,
}

impl Counts {
    /// Counts a feature for a text; texts come one after another.
    pub fn add(&mut self, key: u64, text: u32) {
        let entry = self.seen.entry(key).or_insert((0, u32::MAX));
        if entry.1 != text {
            *entry = (entry.0 + 1, text);
        }
    }

    /// Between texts: forgets the rarest while there are too many.
    pub fn settle(&mut self) {
        let mut least = 1;
        while self.seen.len() > if least == 1 { MAX_COUNTED } else { MAX_COUNTED / 2 } {
            self.seen.retain(|_, entry| entry.0 > least);
            least += 1;
        }
    }
}

/// The features kept, by rising name.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub keys: Vec<u64>,
    /// What each weighs in a text before normalising, in sixteenths: ln(1 + texts / texts with it).
    pub units: Vec<u8>,
}

/// The weight that `units` stand for.
#[inline(always)]
pub(super) fn weight(units: u8) -> f32 {
    f32::from(units) / UNITS
}

impl Vocabulary {
    /// The features that stand in most texts.
    pub fn choose(counts: Counts, texts: usize, labels: usize) -> Vocabulary {
        let least = if texts < FEW_TEXTS { 1 } else { 2 };
        let keep = (MAX_CELLS / labels.max(1)).min(MAX_FEATURES);
        // By falling count, then by name.
        let seen = counts.seen.into_iter().filter(|(_, entry)| entry.0 >= least);
        let mut all: Vec<(u64, u64)> = seen.map(|(key, entry)| (u64::from(u32::MAX - entry.0), key)).collect();
        sort(&mut all);
        let mut all: Vec<(u64, u64)> =
            all.into_iter().take(keep).map(|(count, key)| (key, u64::from(u32::MAX) - count)).collect();
        sort(&mut all);
        let units = |count: u64| libm::roundf(libm::logf(1.0 + texts as f32 / count as f32) * UNITS);
        Vocabulary {
            units: all.iter().map(|(_, count)| units(*count).clamp(1.0, 255.0) as u8).collect(),
            keys: all.into_iter().map(|(key, _)| key).collect(),
        }
    }
}

/// Finds the number of a feature by its name. Open addressing, at most half full.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Index {
    /// Number + 1 of the feature; 0 is empty.
    slots: Vec<u32>,
}

impl Index {
    pub fn new(keys: &[u64]) -> Index {
        let mut index = Index { slots: vec![0; (keys.len() * 2 + 1).next_power_of_two()] };
        let mask = index.slots.len() - 1;
        for (row, key) in keys.iter().enumerate() {
            let mut slot = slot(*key, mask);
            while index.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            index.slots[slot] = row as u32 + 1;
        }
        index
    }

    /// The number of the feature; `keys` are those the index was made of.
    #[inline(always)]
    pub fn row(&self, keys: &[u64], key: u64) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut slot = slot(key, mask);
        loop {
            match self.slots[slot] {
                0 => return None,
                row if keys[row as usize - 1] == key => return Some(row as usize - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}

#[inline(always)]
fn slot(key: u64, mask: usize) -> usize {
    (key >> (KEY_BITS - 32)) as usize & mask
}

/// Sorts pairs. All sorting of this module goes through here: each copy of a sort is large.
pub(super) fn sort(pairs: &mut [(u64, u64)]) {
    pairs.sort_unstable();
}

/// A number that falls as `value`, which is not negative, rises: to sort the greatest first.
pub(super) fn falling(value: f32) -> u64 {
    u64::from(u32::MAX - value.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_counts_once_a_text() {
        let mut counts = Counts::default();
        for (key, text) in [(7, 0), (7, 0), (9, 0), (7, 1)] {
            counts.add(key, text);
        }
        let vocabulary = Vocabulary::choose(counts, 2, 2);
        assert_eq!(vocabulary.keys, [7, 9]);
        assert_eq!(vocabulary.units, [11, 18]);
    }

    #[test]
    fn the_rarest_are_forgotten_when_there_is_too_much() {
        let mut counts = Counts::default();
        for key in 0..=MAX_COUNTED as u64 {
            counts.add(key, 0);
        }
        for key in 0..10 {
            counts.add(key, 1);
        }
        counts.settle();
        assert_eq!(Vocabulary::choose(counts, 2, 2).keys, (0..10).collect::<Vec<u64>>());
    }
}
