//! Noise that nobody can foresee without the seed: the ChaCha20 stream cipher as a source of bits.
//!
//! Source: RFC 8439 (Nir and Langley 2018), section 2.3, with nonce 0; its test vector is in the tests below.

/// Random bits from a seed of 32 bytes. The same seed gives the same bits: use each seed once.
pub(super) struct ChaCha {
    key: [u32; 8],
    nonce: [u32; 3],
    counter: u32,
    block: [u32; 16],
    used: usize,
}

impl ChaCha {
    pub fn new(seed: &[u8; 32]) -> ChaCha {
        let mut key = [0; 8];
        for (word, bytes) in key.iter_mut().zip(seed.as_chunks::<4>().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        ChaCha { key, nonce: [0; 3], counter: 0, block: [0; 16], used: 16 }
    }

    fn refill(&mut self) {
        // "expand 32-byte k"
        let start = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];
        let mut first = [0; 16];
        let words = start.iter().chain(&self.key).chain(core::iter::once(&self.counter)).chain(&self.nonce);
        first.iter_mut().zip(words).for_each(|(to, from)| *to = *from);
        let mut x = first;
        for _ in 0..10 {
            for round in [
                [0, 4, 8, 12],
                [1, 5, 9, 13],
                [2, 6, 10, 14],
                [3, 7, 11, 15],
                [0, 5, 10, 15],
                [1, 6, 11, 12],
                [2, 7, 8, 13],
                [3, 4, 9, 14],
            ] {
                let [a, b, c, d] = round;
                for (to, from, turned, by) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
                    x[to] = u32::wrapping_add(x[to], x[from]);
                    x[turned] = (x[turned] ^ x[to]).rotate_left(by);
                }
            }
        }
        x.iter_mut().zip(first).for_each(|(word, first)| *word = word.wrapping_add(first));
        self.block = x;
        self.counter = self.counter.wrapping_add(1);
        self.used = 0;
    }

    fn word(&mut self) -> u32 {
        if self.used == self.block.len() {
            self.refill();
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// A number above 0 and up to 1, of 53 bits.
    fn unit(&mut self) -> f64 {
        let bits = u64::from(self.word()) << 32 | u64::from(self.word());
        ((bits >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// Two-sided geometric noise: x with probability proportional to exp(-|x| / scale) (Ghosh, Roughgarden,
    /// Sundararajan 2009), as the difference of two geometric numbers, each by inversion.
    pub fn noise(&mut self, scale: f64) -> i64 {
        let mut geometric = || (-libm::log(self.unit()) * scale).floor() as i64;
        let one = geometric();
        one - geometric()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_is_that_of_rfc_8439() {
        let seed: [u8; 32] = std::array::from_fn(|at| at as u8);
        let mut source = ChaCha::new(&seed);
        (source.counter, source.nonce) = (1, [0x0900_0000, 0x4a00_0000, 0]);
        source.refill();
        assert_eq!(source.block[..4], [0xe4e7_f110, 0x1559_3bd1, 0x1fdd_0f50, 0xc471_20a3]);
        assert_eq!(source.block[15], 0x4e3c_50a2);
    }

    #[test]
    fn noise_has_the_stated_spread_and_no_drift() {
        let mut source = ChaCha::new(&[7; 32]);
        let (n, scale) = (200_000, 9.0f64);
        let alpha = libm::exp(-1.0 / scale);
        let variance = 2.0 * alpha / ((1.0 - alpha) * (1.0 - alpha));
        let drawn: Vec<f64> = (0..n).map(|_| source.noise(scale) as f64).collect();
        let mean = drawn.iter().sum::<f64>() / f64::from(n);
        let spread = drawn.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!(mean.abs() < 4.0 * (variance / f64::from(n)).sqrt(), "{mean}");
        assert!((spread / variance - 1.0).abs() < 0.03, "{spread} {variance}");
    }
}
