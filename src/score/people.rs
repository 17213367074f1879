//! How many different people (or ids, or keys) there are, in bounded memory.
//!
//! Up to [`EXACT`] are kept as hashes and counted exactly; beyond, HyperLogLog (Flajolet, Fusy, Gandouet, Meunier
//! 2007) keeps one small number per register, and the count is Ertl's improved raw estimate ("New cardinality
//! estimation algorithms for HyperLogLog sketches", 2017, algorithm 6), which needs no table and has no bias to
//! mend. What is kept depends on the set of people only, not on order or split, so parts merge bit for bit.

use crate::order::Sorted;

/// So many are counted exactly.
pub(super) const EXACT: usize = 32;

/// A set of people, of bounded size. `bits` of a hash choose the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct People {
    pub bits: u8,
    pub kept: Kept,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// Rising, without repetition, at most [`EXACT`].
    Hashes(Vec<u64>),
    /// 2^bits registers: the most leading zeros seen, and one.
    Registers(Vec<u8>),
}

impl People {
    /// Nobody. `bits` from 4 to 16: the standard error beyond [`EXACT`] people is 1.04 / sqrt(2^bits).
    pub fn new(bits: u8) -> People {
        People { bits, kept: Kept::Hashes(Vec::new()) }
    }

    pub fn add(&mut self, hash: u64) {
        match &mut self.kept {
            Kept::Registers(registers) => register(registers, self.bits, hash),
            Kept::Hashes(hashes) => {
                if let Err(place) = hashes.binary_search(&hash) {
                    hashes.insert(place, hash);
                    if hashes.len() > EXACT {
                        let mut registers = vec![0; 1 << self.bits];
                        hashes.iter().for_each(|hash| register(&mut registers, self.bits, *hash));
                        self.kept = Kept::Registers(registers);
                    }
                }
            }
        }
    }

    /// Adds the people of another set of the same `bits`.
    pub fn merge(&mut self, other: &People) {
        match &other.kept {
            Kept::Hashes(hashes) => hashes.iter().for_each(|hash| self.add(*hash)),
            Kept::Registers(theirs) => {
                if let Kept::Hashes(hashes) = &self.kept {
                    let mut registers = theirs.clone();
                    hashes.iter().for_each(|hash| register(&mut registers, self.bits, *hash));
                    self.kept = Kept::Registers(registers);
                } else if let Kept::Registers(mine) = &mut self.kept {
                    mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine = (*mine).max(*theirs));
                }
            }
        }
    }

    /// How many, to the nearest whole number.
    pub fn count(&self) -> u64 {
        match &self.kept {
            Kept::Hashes(hashes) => hashes.len() as u64,
            Kept::Registers(registers) => estimate(registers, self.bits),
        }
    }

    /// Relative standard error of [`People::count`]: 0 while it is exact.
    pub fn standard_error(&self) -> f64 {
        match self.kept {
            Kept::Hashes(_) => 0.0,
            Kept::Registers(_) => 1.04 / f64::from(1u32 << self.bits).sqrt(),
        }
    }
}

fn register(registers: &mut [u8], bits: u8, hash: u64) {
    let place = (hash >> (64 - bits)) as usize;
    // A bit behind the last keeps the rank within 64 - bits + 1.
    let rank = ((hash << bits) | (1 << (bits - 1))).leading_zeros() as u8 + 1;
    if let Some(register) = registers.get_mut(place) {
        *register = (*register).max(rank);
    }
}

fn estimate(registers: &[u8], bits: u8) -> u64 {
    let most = usize::from(64 - bits) + 1;
    let mut of_rank = [0u32; 64];
    for rank in registers {
        if let Some(count) = of_rank.get_mut(usize::from(*rank)) {
            *count += 1;
        }
    }
    let m = registers.len() as f64;
    let mut z = m * tau(1.0 - f64::from(of_rank[most.min(63)]) / m);
    for rank in (1..most).rev() {
        z = 0.5 * (z + f64::from(of_rank[rank.min(63)]));
    }
    z += m * sigma(f64::from(of_rank[0]) / m);
    libm::round(m * m / (2.0 * core::f64::consts::LN_2 * z)) as u64
}

fn sigma(mut x: f64) -> f64 {
    if x >= 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

/// A set read from outside; none unless it could have come about by adding.
pub(super) fn from_hashes(bits: u8, hashes: Vec<u64>) -> Option<People> {
    let mut rising = hashes.clone();
    rising.order();
    rising.dedup();
    (rising == hashes && hashes.len() <= EXACT).then_some(People { bits, kept: Kept::Hashes(hashes) })
}

/// As [`from_hashes`].
pub(super) fn from_registers(bits: u8, registers: &[u8]) -> Option<People> {
    let fits = registers.len() == 1 << bits && registers.iter().all(|rank| *rank <= 65 - bits);
    fits.then(|| People { bits, kept: Kept::Registers(registers.to_vec()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::hash;

    #[test]
    fn counts_stay_within_three_standard_errors() {
        for bits in [8u8, 12] {
            let mut people = People::new(bits);
            for n in 1..=200_000u64 {
                people.add(hash(&n.to_le_bytes()));
                if [1, 32, 33, 100, 1_000, 10_000, 200_000].contains(&n) {
                    let off = people.count() as f64 / n as f64 - 1.0;
                    assert!(off.abs() <= 3.0 * people.standard_error(), "{bits} bits, {n}: {off}");
                }
            }
        }
    }

    #[test]
    fn sets_merge_alike_in_any_split() {
        for n in [0u64, 5, 32, 33, 60, 500] {
            let hashes: Vec<u64> = (0..n).map(|n| hash(&n.to_le_bytes())).collect();
            let of = |hashes: &[u64]| {
                let mut people = People::new(8);
                hashes.iter().for_each(|hash| people.add(*hash));
                people
            };
            for cut in [0, n / 3, n / 2, n] {
                let (a, b) = hashes.split_at(cut as usize);
                let (mut ab, mut ba) = (of(a), of(b));
                ab.merge(&of(b));
                ba.merge(&of(a));
                assert_eq!((&ab, &ba), (&of(&hashes), &of(&hashes)), "{n} {cut}");
            }
        }
    }
}
