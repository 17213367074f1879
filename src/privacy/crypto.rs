//! Addresses of crypto currencies: Bitcoin in Base58Check and Bech32, Ethereum in hexadecimal.

use super::mixed::Word;
use super::{Pii, PiiType, rank};
use crate::span::Span;

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Adds the address that `word` is.
pub(super) fn find(word: &Word, found: &mut Vec<Pii>) -> bool {
    let bytes = word.bytes();
    let (variety, checked) = match bytes {
        [b'0', b'x' | b'X', rest @ ..] if rest.len() == 40 && rest.iter().all(u8::is_ascii_hexdigit) => {
            // Small letters carry no check; capitals among them do (EIP-55).
            let mixed = rest.iter().any(u8::is_ascii_uppercase) && rest.iter().any(u8::is_ascii_lowercase);
            if mixed && !eip_55(rest) {
                return false;
            }
            ("ethereum", mixed)
        }
        [b'1' | b'3', ..] if (26..=35).contains(&bytes.len()) && base58(bytes) => ("bitcoin", true),
        [b'b' | b'B', b'c' | b'C', b'1', ..] if (14..=90).contains(&bytes.len()) && bech32(bytes) => ("bitcoin", true),
        _ => return false,
    };
    let pii = Pii::new(PiiType::Crypto, Span::new(word.start, word.end), rank::CRYPTO);
    found.push(Pii { variety: Some(variety), validated: checked, ..pii });
    true
}

/// Base58Check: 25 bytes whose last four begin the double SHA-256 of the others (Bitcoin protocol).
fn base58(text: &[u8]) -> bool {
    let mut bytes = [0u8; 25];
    for c in text {
        let Some(mut carry) = BASE58.iter().position(|one| one == c) else { return false };
        for byte in bytes.iter_mut().rev() {
            carry += usize::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return false;
        }
    }
    matches!(bytes[0], 0 | 5) && sha256(&sha256(&bytes[..21]))[..4] == bytes[21..]
}

/// Bech32 and Bech32m for the human-readable part `bc` (BIP 173, BIP 350).
fn bech32(text: &[u8]) -> bool {
    let lower = text.iter().all(|b| !b.is_ascii_uppercase());
    if !lower && text.iter().any(u8::is_ascii_lowercase) {
        return false;
    }
    let mut check = 1u32;
    let mut step = |value: u32| {
        let top = check >> 25;
        check = (check & 0x1FF_FFFF) << 5 ^ value;
        for (i, generator) in [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3].into_iter().enumerate()
        {
            if top >> i & 1 == 1 {
                check ^= generator;
            }
        }
    };
    // `bc`, high bits and low bits.
    [3, 3, 0, 2, 3].into_iter().for_each(&mut step);
    for c in &text[3..] {
        let Some(value) = BECH32.iter().position(|one| *one == c.to_ascii_lowercase()) else { return false };
        step(value as u32);
    }
    matches!(check, 1 | 0x2BC8_30A3)
}

/// EIP-55: a letter is a capital where the digit of the hash of the small letters is eight or more.
fn eip_55(hex: &[u8]) -> bool {
    let mut small = [0; 40];
    for (small, b) in small.iter_mut().zip(hex) {
        *small = b.to_ascii_lowercase();
    }
    let hash = keccak256(&small);
    hex.iter().enumerate().filter(|(_, b)| b.is_ascii_alphabetic()).all(|(i, b)| {
        let digit = hash[i / 2] >> (if i % 2 == 0 { 4 } else { 0 }) & 15;
        b.is_ascii_uppercase() == (digit >= 8)
    })
}

/// Keccak-256 as Ethereum uses it (the padding before FIPS 202) of at most 135 bytes: one block.
fn keccak256(data: &[u8]) -> [u8; 32] {
    /// Turns of rho, and lanes of pi, in the order they are gone through (Keccak reference, section 2).
    const TURNS: [u32; 24] =
        [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
    const LANES: [usize; 24] = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
    let mut block = [0u8; 136];
    block[..data.len()].copy_from_slice(data);
    block[data.len()] = 1;
    block[135] |= 0x80;
    let mut a = [0u64; 25];
    for (lane, bytes) in a.iter_mut().zip(block.chunks_exact(8)) {
        *lane = bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    }
    // The constants of iota come from a shift register.
    let mut register = 1u8;
    for _ in 0..24 {
        let c: [u64; 5] = std::array::from_fn(|x| a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]);
        for (i, lane) in a.iter_mut().enumerate() {
            *lane ^= c[(i + 4) % 5] ^ c[(i + 1) % 5].rotate_left(1);
        }
        let mut last = a[1];
        for (turn, lane) in TURNS.into_iter().zip(LANES) {
            (a[lane], last) = (last.rotate_left(turn), a[lane]);
        }
        for row in a.chunks_exact_mut(5) {
            let old: [u64; 5] = std::array::from_fn(|x| row[x]);
            for x in 0..5 {
                row[x] = old[x] ^ !old[(x + 1) % 5] & old[(x + 2) % 5];
            }
        }
        for bit in 0..7 {
            if register & 1 == 1 {
                a[0] ^= 1 << ((1u32 << bit) - 1);
            }
            register = if register & 0x80 == 0 { register << 1 } else { register << 1 ^ 0x71 };
        }
    }
    let mut out = [0; 32];
    for (bytes, lane) in out.chunks_exact_mut(8).zip(a) {
        bytes.copy_from_slice(&lane.to_le_bytes());
    }
    out
}

/// SHA-256 (FIPS 180-4) of at most 55 bytes: one block.
fn sha256(data: &[u8]) -> [u8; 32] {
    #[rustfmt::skip]
    const K: [u32; 64] = [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];
    let mut block = [0u8; 64];
    block[..data.len()].copy_from_slice(data);
    block[data.len()] = 0x80;
    block[62..].copy_from_slice(&(data.len() as u16 * 8).to_be_bytes());
    let mut w = [0u32; 64];
    for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |n, b| n << 8 | u32::from(*b));
    }
    for i in 16..64 {
        let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
        let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    const H: [u32; 8] =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    let mut s = H;
    for i in 0..64 {
        let s1 = s[4].rotate_right(6) ^ s[4].rotate_right(11) ^ s[4].rotate_right(25);
        let choose = s[4] & s[5] ^ !s[4] & s[6];
        let t1 = s[7].wrapping_add(s1).wrapping_add(choose).wrapping_add(K[i]).wrapping_add(w[i]);
        let s0 = s[0].rotate_right(2) ^ s[0].rotate_right(13) ^ s[0].rotate_right(22);
        let most = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2];
        s = [t1.wrapping_add(s0).wrapping_add(most), s[0], s[1], s[2], s[3].wrapping_add(t1), s[4], s[5], s[6]];
    }
    let mut out = [0; 32];
    for (bytes, (a, b)) in out.chunks_exact_mut(4).zip(s.iter().zip(H)) {
        bytes.copy_from_slice(&a.wrapping_add(b).to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_the_standard() {
        // FIPS 180-4, example "abc".
        assert_eq!(sha256(b"abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    }

    #[test]
    fn published_addresses_hold_and_changed_ones_do_not() {
        // The address of the first block, the examples of BIP 173 and BIP 350.
        assert!(base58(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") && !base58(b"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"));
        assert!(bech32(b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
        assert!(!bech32(b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
        // Examples of EIP-55.
        assert!(
            eip_55(b"5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed") && !eip_55(b"5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed")
        );
        assert!(eip_55(b"fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"));
        assert!(bech32(b"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"));
    }
}
