//! A read-only table from 32-bit keys to numbers, with a filter in front.

use crate::order::Sorted;

/// Numbers filed under keys; several may share one. Look-ups of absent keys mostly end in the
/// filter, a few kilobytes that stay close to the processor. Building sorts: no choice of keys
/// makes it slower than `O(n log n)`.
#[derive(Debug, Default)]
pub(super) struct Filed {
    keys: Vec<u32>,
    values: Vec<u32>,
    /// Where the keys whose top bits are `i` begin.
    buckets: Vec<u32>,
    /// How far a key is shifted to give its bucket.
    shift: u32,
    filter: Vec<u64>,
}

/// Filter bits spent on a key, at least.
const BITS_A_KEY: usize = 12;
/// Longest bucket that is looked through from its beginning.
const SHORT: usize = 8;

/// The two bits of a key in its word of the filter; its low bits choose the word.
#[inline(always)]
fn bits(key: u32) -> u64 {
    1 << (key >> 26) | 1 << (key >> 20 & 63)
}

impl Filed {
    pub fn new(pairs: Vec<(u32, u32)>) -> Filed {
        if pairs.is_empty() {
            return Filed::default();
        }
        let mut filter = vec![0u64; (pairs.len() * BITS_A_KEY).div_ceil(64).next_power_of_two()];
        let words = filter.len() - 1;
        let buckets = pairs.len().next_power_of_two().max(2);
        let shift = 32 - buckets.trailing_zeros();
        let mut begins = vec![0u32; buckets + 1];
        for (key, _) in &pairs {
            filter[*key as usize & words] |= bits(*key);
            begins[(key >> shift) as usize + 1] += 1;
        }
        for i in 1..begins.len() {
            begins[i] += begins[i - 1];
        }
        // Into the buckets first; what is left to sort is mostly one or two.
        let mut next = begins.clone();
        let mut sorted = vec![(0u32, 0u32); pairs.len()];
        for pair in &pairs {
            let at = &mut next[(pair.0 >> shift) as usize];
            sorted[*at as usize] = *pair;
            *at += 1;
        }
        for bucket in begins.windows(2) {
            let bucket = &mut sorted[bucket[0] as usize..bucket[1] as usize];
            if bucket.len() > 1 {
                bucket.order();
            }
        }
        let (keys, values) = sorted.into_iter().unzip();
        Filed { keys, values, buckets: begins, shift, filter }
    }

    /// Memory taken, in bytes.
    pub fn memory_bytes(&self) -> usize {
        4 * (self.keys.len() + self.values.len() + self.buckets.len()) + 8 * self.filter.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// False when nothing is filed under the key; true means look.
    #[inline(always)]
    pub fn may_hold(&self, key: u32) -> bool {
        let word = self.filter.get(key as usize & self.filter.len().wrapping_sub(1));
        word.is_some_and(|word| word & bits(key) == bits(key))
    }

    /// The numbers filed under the key, rising; one that was filed twice comes twice.
    #[inline]
    pub fn get(&self, key: u32) -> &[u32] {
        if self.may_hold(key) { self.look_up(key) } else { &[] }
    }

    #[inline(never)]
    fn look_up(&self, key: u32) -> &[u32] {
        let bucket = (key >> self.shift) as usize;
        let (Some(&from), Some(&to)) = (self.buckets.get(bucket), self.buckets.get(bucket + 1)) else { return &[] };
        let (mut first, to) = (from as usize, to as usize);
        let keys = &self.keys[..to];
        // Most buckets hold one or two keys.
        if to - first > SHORT {
            first += keys[first..].partition_point(|other| *other < key);
        }
        while first < to && keys[first] < key {
            first += 1;
        }
        let mut last = first;
        while last < to && keys[last] == key {
            last += 1;
        }
        &self.values[first..last]
    }
}

/// Things by their numbers, those of one number in their order: where the things of each number begin, and the
/// things. Numbers are below `count`. Linear, where sorting is not.
pub(crate) fn by_number<T: Copy>(count: usize, things: &[T], number: impl Fn(&T) -> u32) -> (Vec<u32>, Vec<T>) {
    let mut begins = vec![0u32; count + 1];
    for thing in things {
        begins[number(thing) as usize + 1] += 1;
    }
    for at in 1..begins.len() {
        begins[at] += begins[at - 1];
    }
    let mut next = begins.clone();
    let mut sorted = things.to_vec();
    for thing in things {
        let place = &mut next[number(thing) as usize];
        sorted[*place as usize] = *thing;
        *place += 1;
    }
    (begins, sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_one_number_keep_their_order() {
        let (begins, things) = by_number(4, &[(2, 'a'), (0, 'b'), (2, 'c'), (0, 'a')], |thing| thing.0);
        assert_eq!(begins, [0, 2, 2, 4, 4]);
        assert_eq!(things, [(0, 'b'), (0, 'a'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn what_is_filed_is_found() {
        let pairs: Vec<(u32, u32)> = (0..1000u32).map(|i| (i.wrapping_mul(0x9E37_79B9), i)).collect();
        let filed = Filed::new(pairs.clone());
        for (key, value) in &pairs {
            assert_eq!(filed.get(*key), [*value]);
        }
        assert!(filed.get(12345).is_empty());
        assert!(Filed::default().get(0).is_empty());
        let several = Filed::new(vec![(u32::MAX, 2), (u32::MAX, 1), (0, 3)]);
        assert_eq!(several.get(u32::MAX), [1, 2]);
        assert_eq!(several.get(0), [3]);
    }
}
