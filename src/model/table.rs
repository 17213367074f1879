//! Finds the row of a feature by its hash.

use crate::error::{Error, Result};

/// Bits of the fingerprint kept in a slot: a stranger passes once in 1,024 looks at a full slot.
const PRINT_BITS: u32 = 10;
/// Bits of the row number kept in a slot.
const ROW_BITS: u32 = 32 - PRINT_BITS;
/// Most rows a table can hold.
pub(super) const MAX_ROWS: usize = (1 << ROW_BITS) - 1;

/// Longest walk past full slots; hashed keys at this load stay far below it.
const MAX_WALK: usize = 1024;

/// Open addressing with linear steps. A slot holds fingerprint and row number + 1; 0 is empty.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<u32>,
    slot_bits: u32,
}

/// Bits of a hash that the keys of a table with `rows` rows keep: slot number and fingerprint.
/// The load is at most 3/4.
pub fn key_bits(rows: usize) -> u32 {
    let slots = (rows.max(1) * 4 / 3 + 1).next_power_of_two();
    slots.trailing_zeros() + PRINT_BITS
}

impl Table {
    /// `keys` are the top [`key_bits`] bits of the hashes, rising; key `i` leads to row `rows[i]`.
    pub fn new(keys: &[u64], rows: &[u32]) -> Result<Table> {
        if keys.len() > MAX_ROWS {
            return Err(Error::Model { at: 0, what: "more rows than a table can hold" });
        }
        let slot_bits = key_bits(keys.len()) - PRINT_BITS;
        let mut table = Table { slots: vec![0; 1 << slot_bits], slot_bits };
        let mask = table.slots.len() - 1;
        for (&row, &key) in rows.iter().zip(keys) {
            let mut slot = (key >> PRINT_BITS) as usize & mask;
            let mut steps = 0;
            while table.slots[slot] != 0 {
                slot = (slot + 1) & mask;
                steps += 1;
                if steps > MAX_WALK {
                    return Err(Error::Model { at: 0, what: "keys crowd in one place: no trainer wrote this" });
                }
            }
            let print = (key as u32) & ((1 << PRINT_BITS) - 1);
            table.slots[slot] = (print << ROW_BITS) | (row + 1);
        }
        Ok(table)
    }

    /// The row of the feature with this hash. The load leaves empty slots, so the walk ends.
    #[inline(always)]
    pub fn row(&self, hash: u64) -> Option<usize> {
        let key = hash >> (64 - self.slot_bits - PRINT_BITS);
        let print = (key as u32) & ((1 << PRINT_BITS) - 1);
        let mask = self.slots.len() - 1;
        let mut slot = (key >> PRINT_BITS) as usize;
        loop {
            let entry = self.slots[slot & mask];
            if entry == 0 {
                return None;
            }
            if entry >> ROW_BITS == print {
                return Some((entry & ((1 << ROW_BITS) - 1)) as usize - 1);
            }
            slot += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_finds_its_row_and_few_strangers_pass() {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state ^ (state >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
        };
        let bits = key_bits(20_000);
        let mut hashes: Vec<u64> = (0..20_000).map(|_| next()).collect();
        hashes.sort_unstable_by_key(|hash| hash >> (64 - bits));
        hashes.dedup_by_key(|hash| *hash >> (64 - bits));
        let keys: Vec<u64> = hashes.iter().map(|hash| hash >> (64 - bits)).collect();
        let table = Table::new(&keys, &(0..keys.len() as u32).collect::<Vec<_>>()).unwrap();
        let wrong = hashes.iter().enumerate().filter(|&(row, &hash)| table.row(hash) != Some(row)).count();
        assert!(wrong <= 20, "{wrong} keys shadowed");
        let strangers = (0..100_000).filter(|_| table.row(next()).is_some()).count();
        assert!(strangers < 700, "{strangers} strangers passed");
    }

    #[test]
    fn crowded_keys_are_refused() {
        let keys: Vec<u64> = (0..80_000).collect();
        assert_eq!(Table::new(&keys, &(0..80_000).collect::<Vec<_>>()).unwrap_err().code(), "E_MODEL");
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        assert_eq!(Table::new(&[], &[]).unwrap().row(42), None);
    }
}
