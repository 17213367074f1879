//! Addresses of crypto currencies: Bitcoin in Base58Check and Bech32, Ethereum in hexadecimal.

use sha2::{Digest, Sha256};

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
    matches!(bytes[0], 0 | 5) && Sha256::digest(Sha256::digest(&bytes[..21]))[..4] == bytes[21..]
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

#[cfg(test)]
mod tests {
    use super::*;

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
