//! Texts as rows of feature numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use hearken::model::features::{Asked, Extractor, Group, View};
use hearken::text::Normalized;

/// Feature hashes are already well mixed: use them as they are.
#[derive(Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {
        unreachable!("only u64 keys are used")
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

pub type HashTo<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;

/// Feature hashes of many texts in one view: word features of a text, then its character features.
pub struct Bag {
    view: View,
    hashes: Vec<u64>,
    /// Per text: end of the word part, end of the character part.
    ends: Vec<(usize, usize)>,
    extractor: Extractor,
    chars: Vec<u64>,
}

impl Default for Bag {
    fn default() -> Bag {
        Bag::new(View::Plain)
    }
}

impl Bag {
    /// An empty bag for features of `view` (raw or plain) and of both.
    pub fn new(view: View) -> Bag {
        Bag { view, hashes: Vec::new(), ends: Vec::new(), extractor: Extractor::default(), chars: Vec::new() }
    }

    /// Adds one text.
    pub fn push(&mut self, text: &str) {
        self.push_asked(text, None);
    }

    /// Adds one text that answers a question.
    pub fn push_asked(&mut self, text: &str, asked: Option<Asked>) {
        let Bag { view, hashes, ends, extractor, chars } = self;
        chars.clear();
        extractor.extract(Normalized::new(text).text(), asked, |feature| {
            if feature.view != View::Both && feature.view != *view {
                return;
            }
            match feature.group {
                Group::Word => hashes.push(feature.hash),
                Group::Char => chars.push(feature.hash),
            }
        });
        let middle = hashes.len();
        hashes.append(chars);
        ends.push((middle, hashes.len()));
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// In how many texts each feature occurs, for features that occur in at least `least`.
    pub fn counts(&self, least: u32) -> Vec<(u64, u32)> {
        let mut counts: HashTo<(u32, u32)> = HashTo::default();
        let mut start = 0;
        for (text, &(_, end)) in self.ends.iter().enumerate() {
            for &hash in &self.hashes[start..end] {
                let entry = counts.entry(hash).or_insert((0, u32::MAX));
                if entry.1 != text as u32 {
                    *entry = (entry.0 + 1, text as u32);
                }
            }
            start = end;
        }
        let mut kept: Vec<(u64, u32)> = counts
            .into_iter()
            .filter(|(_, (count, _))| *count >= least)
            .map(|(hash, (count, _))| (hash, count))
            .collect();
        kept.sort_unstable();
        kept
    }

    /// The texts as feature numbers of `vocabulary` (sorted hashes); unknown features drop out.
    pub fn rows(&self, vocabulary: &[u64]) -> Rows {
        let numbers: HashTo<u32> = vocabulary.iter().enumerate().map(|(i, &hash)| (hash, i as u32)).collect();
        let mut rows = Rows::default();
        let mut start = 0;
        for &(middle, end) in &self.ends {
            rows.ids.extend(self.hashes[start..middle].iter().filter_map(|hash| numbers.get(hash)));
            let split = rows.ids.len();
            rows.ids.extend(self.hashes[middle..end].iter().filter_map(|hash| numbers.get(hash)));
            rows.ends.push((split, rows.ids.len()));
            start = end;
        }
        rows
    }
}

/// Texts as feature numbers.
#[derive(Default)]
pub struct Rows {
    ids: Vec<u32>,
    ends: Vec<(usize, usize)>,
}

impl Rows {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Word features and character features of text `i`.
    pub fn get(&self, i: usize) -> [&[u32]; 2] {
        let start = if i == 0 { 0 } else { self.ends[i - 1].1 };
        let (middle, end) = self.ends[i];
        [&self.ids[start..middle], &self.ids[middle..end]]
    }
}

/// One over the root of the number of features, 0 for none.
pub fn norm(ids: &[u32]) -> f32 {
    if ids.is_empty() { 0.0 } else { 1.0 / (ids.len() as f32).sqrt() }
}

/// SplitMix64 (Steele, Lea, Flood 2014): seeded, the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in -1..1.
    pub fn signed(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 23) as f32 - 1.0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
