//! A list of phrases, filed by their first two characters: a place in a text is compared with the
//! few phrases that can begin there.
//!
//! Filing takes two passes over the list and two allocations. An automaton would find the same but
//! costs far more to build than a first text to analyse.

/// Bits of a slot number; the lists have at most two thousand entries.
const SLOT_BITS: u32 = 12;

/// The numbers of the entries, by slot.
pub(crate) struct Filed {
    /// Where the entries of each slot begin in `order`; one more than slots.
    starts: Vec<u16>,
    order: Vec<u16>,
}

fn slot((first, second): (char, char)) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> (32 - SLOT_BITS)) as usize
}

/// The first two characters of a phrase or word, a space where it has one only.
pub(crate) fn key(mut chars: impl Iterator<Item = char>) -> (char, char) {
    (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '))
}

impl Filed {
    /// Files entries by their keys; entry `i` has the key at place `i`. At most 65,535 are kept.
    pub fn new(keys: impl Iterator<Item = (char, char)>) -> Filed {
        let slots: Vec<u16> = keys.take(usize::from(u16::MAX)).map(|key| slot(key) as u16).collect();
        let mut starts = vec![0u16; (1 << SLOT_BITS) + 1];
        slots.iter().for_each(|slot| starts[usize::from(*slot)] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        // From behind: each slot's end walks down to its start, and entries keep their order.
        let mut order = vec![0; slots.len()];
        for (entry, slot) in slots.iter().enumerate().rev() {
            let place = &mut starts[usize::from(*slot)];
            *place -= 1;
            order[usize::from(*place)] = entry as u16;
        }
        Filed { starts, order }
    }

    /// Entries with this key, in their order, and perhaps a few others.
    #[inline]
    pub fn get(&self, key: (char, char)) -> impl Iterator<Item = usize> {
        let slot = slot(key);
        let (start, end) = (usize::from(self.starts[slot]), usize::from(self.starts[slot + 1]));
        self.order[start..end].iter().map(|entry| usize::from(*entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_by_its_key_in_order() {
        let words = ["so", "some", "안녕", "a", "so", "soon"];
        let filed = Filed::new(words.iter().map(|word| key(word.chars())));
        let so: Vec<usize> = filed.get(('s', 'o')).collect();
        assert_eq!(so, [0, 1, 4, 5]);
        assert_eq!(filed.get(('안', '녕')).collect::<Vec<_>>(), [2]);
        assert_eq!(filed.get(('a', ' ')).collect::<Vec<_>>(), [3]);
        assert_eq!(Filed::new([].into_iter()).get(('a', 'b')).count(), 0);
    }
}
