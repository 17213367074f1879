//! Sorting with one copy of the sort in the wasm: the sort of the standard library is copied for every type it
//! sorts, about 5 KB each.

use std::cmp::Ordering;

/// Slices up to this long are sorted by insertion.
const SHORT: usize = 12;

/// Stable sorts of a slice. `O(n log n)`, for short slices `O(n^2)` without memory.
pub(crate) trait Sorted<T> {
    /// By the order of the items.
    fn order(&mut self)
    where
        T: Ord;

    /// By what `compare` says.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By a key.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Sorted<T> for [T] {
    fn order(&mut self)
    where
        T: Ord,
    {
        sort(self, &mut T::cmp);
    }

    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        sort(self, &mut compare);
    }

    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        sort(self, &mut |a, b| key(a).cmp(&key(b)));
    }
}

fn sort<T>(items: &mut [T], compare: &mut dyn FnMut(&T, &T) -> Ordering) {
    if items.len() <= SHORT {
        for end in 1..items.len() {
            for at in (1..=end).rev() {
                if compare(&items[at - 1], &items[at]) != Ordering::Greater {
                    break;
                }
                items.swap(at - 1, at);
            }
        }
        return;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    by_numbers(&mut order, &mut |a, b| compare(&items[a], &items[b]));
    // Where each item goes, then every cycle of them.
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(to, from)| place[*from] = to);
    for at in 0..items.len() {
        while place[at] != at {
            let to = place[at];
            items.swap(at, to);
            place.swap(at, to);
        }
    }
}

/// The one sort: numbers of items; equal ones keep their order.
#[inline(never)]
fn by_numbers(order: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    order.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_and_keeps_equals_in_order() {
        let mut state = 9u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            state >> 58
        };
        for len in (0..40).chain([1000]) {
            let items: Vec<(u64, usize)> = (0..len).map(|at| (next(), at)).collect();
            let (mut own, mut std) = (items.clone(), items.clone());
            own.order_by_key(|item| item.0);
            std.sort_by_key(|item| item.0);
            assert_eq!(own, std, "{len}");
            own.order_by(|a, b| b.cmp(a));
            std.sort_by(|a, b| b.cmp(a));
            assert_eq!(own, std, "{len}");
            own.order();
            std.sort();
            assert_eq!(own, std, "{len}");
        }
    }
}
