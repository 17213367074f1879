//! Columns of bytes in as few bits as their frequencies allow.
//!
//! General compressors look for repetitions, which weights do not have, and pay for every one they
//! think to find. Here each column has its own table of frequencies and is coded against it:
//! asymmetric numeral systems (J. Duda, arXiv:1311.2540, 2013), the range variant with 32 bits of
//! state that is refilled by 16, two states in turn so that a step need not wait for the last one
//! (F. Giesen, arXiv:1402.3392, 2014).
//!
//! ```text
//! 32 bytes    which of the 256 symbols occur, low bits first
//! LEB128 each their frequencies less 1; the frequencies sum to 4,096
//! u32         words that follow
//! u32, u32    the states the reader begins with
//! u16 each    words, in the order they are read
//! ```
//! An empty column has no bytes at all.

use crate::bytes::Reader;
pub use crate::bytes::varint;
use crate::error::Result;

/// Bits of a frequency: they sum to `1 << FREQUENCY_BITS`.
const FREQUENCY_BITS: u32 = 12;
const TOTAL: u32 = 1 << FREQUENCY_BITS;
/// States are at least this; the writer begins and the reader ends with it.
const LOW: u32 = 1 << 16;

/// Reads a column into every `stride`-th byte of `into`. `O(bytes read and written)`.
///
/// # Errors
/// [`crate::Error::Model`] when the table or the words make no column of that length.
pub(super) fn read(reader: &mut Reader, into: &mut [u8], stride: usize) -> Result<()> {
    if into.is_empty() {
        return Ok(());
    }
    let slots = table(reader)?;
    let words = reader.u32()? as usize;
    let mut states = [reader.u32()?, reader.u32()?];
    let words = reader.take(words.saturating_mul(2))?;
    let mut words = words.as_chunks::<2>().0.iter().map(|word| u32::from(u16::from_le_bytes(*word)));
    let mut missing = false;
    let mut next = |state: &mut u32| {
        let slot = slots[(*state % TOTAL) as usize];
        // Below 2^12 times 2^20: it fits.
        *state = ((slot >> FREQUENCY_BITS) % TOTAL + 1) * (*state >> FREQUENCY_BITS) + slot % TOTAL;
        if *state < LOW {
            let word = words.next();
            missing |= word.is_none();
            *state = *state << 16 | word.unwrap_or(0);
        }
        (slot >> (2 * FREQUENCY_BITS)) as u8
    };
    let mut places = into.iter_mut().step_by(stride);
    while let Some(place) = places.next() {
        *place = next(&mut states[0]);
        let Some(place) = places.next() else { break };
        *place = next(&mut states[1]);
    }
    if missing || words.next().is_some() || states != [LOW; 2] {
        return Err(reader.refuse("a coded column does not end where it should"));
    }
    Ok(())
}

/// One entry for each of the 4,096 slots: symbol, frequency less 1, and place in the symbol's range.
fn table(reader: &mut Reader) -> Result<Vec<u32>> {
    let occurs = reader.take(32)?;
    let mut slots = Vec::with_capacity(TOTAL as usize);
    for symbol in 0..=255u8 {
        if occurs[usize::from(symbol / 8)] >> (symbol % 8) & 1 == 0 {
            continue;
        }
        let less = reader.varint(35)?;
        if less >= u64::from(TOTAL) - slots.len() as u64 {
            return Err(reader.refuse("frequencies of a coded column sum to too much"));
        }
        let less = less as u32;
        let base = u32::from(symbol) << (2 * FREQUENCY_BITS) | less << FREQUENCY_BITS;
        slots.extend((0..=less).map(|place| base | place));
    }
    if slots.len() != TOTAL as usize {
        return Err(reader.refuse("frequencies of a coded column sum to too little"));
    }
    Ok(slots)
}

/// Writes a column. For writers of packs: engines only read.
pub fn write(out: &mut Vec<u8>, column: &[u8]) {
    if column.is_empty() {
        return;
    }
    let frequencies = frequencies(column);
    let mut occurs = [0u8; 32];
    let mut starts = [0u32; 256];
    let mut sum = 0;
    for (symbol, frequency) in frequencies.iter().enumerate() {
        occurs[symbol / 8] |= u8::from(*frequency > 0) << (symbol % 8);
        starts[symbol] = sum;
        sum += frequency;
    }
    out.extend(occurs);
    frequencies.iter().filter(|frequency| **frequency > 0).for_each(|frequency| varint(out, u64::from(frequency - 1)));
    // The reader takes the words in the other direction.
    let mut words: Vec<u16> = Vec::new();
    let mut states = [LOW; 2];
    for (at, symbol) in column.iter().enumerate().rev() {
        let (frequency, start) = (frequencies[usize::from(*symbol)], starts[usize::from(*symbol)]);
        let state = &mut states[at % 2];
        if u64::from(*state) >= (u64::from(LOW >> FREQUENCY_BITS) * u64::from(frequency)) << 16 {
            words.push(*state as u16);
            *state >>= 16;
        }
        *state = (*state / frequency) << FREQUENCY_BITS | (*state % frequency + start);
    }
    out.extend((words.len() as u32).to_le_bytes());
    states.iter().for_each(|state| out.extend(state.to_le_bytes()));
    words.iter().rev().for_each(|word| out.extend(word.to_le_bytes()));
}

/// Frequencies that sum to [`TOTAL`], at least 1 for what occurs: shares rounded down, then what is missing
/// given to, or what is too much taken from, where a step changes the share least.
fn frequencies(column: &[u8]) -> [u32; 256] {
    let mut counts = [0u64; 256];
    column.iter().for_each(|symbol| counts[usize::from(*symbol)] += 1);
    let share = |count: u64| (count * u64::from(TOTAL) / column.len() as u64) as u32;
    let mut frequencies = counts.map(|count| if count == 0 { 0 } else { share(count).max(1) });
    let mut sum: u32 = frequencies.iter().sum();
    while sum != TOTAL {
        let more = sum < TOTAL;
        // Bits lost by a step: counts over frequencies, compared without fractions.
        let worth = |symbol: usize| counts[symbol] as f64 / f64::from(frequencies[symbol]);
        let open = (0..256).filter(|symbol| if more { counts[*symbol] > 0 } else { frequencies[*symbol] > 1 });
        let best = if more {
            open.max_by(|a, b| worth(*a).total_cmp(&worth(*b)))
        } else {
            open.min_by(|a, b| worth(*a).total_cmp(&worth(*b)))
        };
        let Some(best) = best else { break };
        if more {
            frequencies[best] += 1;
            sum += 1;
        } else {
            frequencies[best] -= 1;
            sum -= 1;
        }
    }
    frequencies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pack::refused;

    fn there_and_back(column: &[u8]) -> usize {
        let mut bytes = Vec::new();
        write(&mut bytes, column);
        for stride in [1, 3] {
            let mut into = vec![0; (column.len() * stride).saturating_sub(stride - 1)];
            let mut reader = Reader::new(&bytes, refused);
            read(&mut reader, &mut into, stride).unwrap();
            assert!(into.iter().step_by(stride).eq(column));
            assert_eq!(reader.at(), reader.len());
        }
        bytes.len()
    }

    /// Bytes of which every value is half as frequent as the one before.
    fn halving(len: usize) -> Vec<u8> {
        (0..len as u64)
            .map(|at| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20 | 1 << 40).trailing_zeros() as u8)
            .collect()
    }

    #[test]
    fn what_is_written_is_read() {
        for column in [&[][..], &[7], &[0, 255], &[9; 5_000]] {
            there_and_back(column);
        }
        let every: Vec<u8> = (0..=255).cycle().take(9_999).collect();
        there_and_back(&every);
        (0..40).for_each(|len| {
            there_and_back(&halving(len));
        });
    }

    #[test]
    fn a_column_takes_the_bits_of_its_entropy() {
        // Values that halve in frequency carry two bits each: 20,000 of them 5,000 bytes.
        let bytes = there_and_back(&halving(20_000));
        assert!((5_000..5_150).contains(&bytes), "{bytes}");
        assert!(there_and_back(&[3; 100_000]) < 60);
    }

    #[test]
    fn damage_is_an_error_or_another_column_never_a_panic() {
        let mut bytes = Vec::new();
        write(&mut bytes, &halving(500));
        let mut into = vec![0; 500];
        for at in 0..bytes.len() {
            assert!(read(&mut Reader::new(&bytes[..at], refused), &mut into, 1).is_err(), "cut at {at}");
            for bit in 0..8 {
                let mut bad = bytes.clone();
                bad[at] ^= 1 << bit;
                let _ = read(&mut Reader::new(&bad, refused), &mut into, 1);
            }
        }
    }
}
