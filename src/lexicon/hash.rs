//! The rolling hash under which words and their beginnings are filed.

/// Where every hash begins.
pub(super) const SEED: u64 = 0x2545_F491_4F6C_DD1D;
/// 2^64 divided by the golden ratio, made odd: spreads neighbouring characters.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// One more character.
pub(super) fn step(state: u64, c: char) -> u64 {
    (state.rotate_left(5) ^ u64::from(c as u32)).wrapping_mul(FACTOR)
}

/// What the state is filed under. The low bits of the state know little of the last character.
pub(super) fn key(state: u64) -> u32 {
    (state >> 32) as u32
}

/// What a whole word is filed under, of the key of its characters: beginnings of other words do not meet it.
pub(super) fn whole(key: u32) -> u32 {
    key.rotate_left(16) ^ 0x9E37_79B9
}

/// The key of all characters.
pub(super) fn key_of(chars: impl Iterator<Item = char>) -> u32 {
    key(chars.fold(SEED, step))
}
