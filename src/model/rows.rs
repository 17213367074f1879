//! Where the weights of features lie in memory.
//!
//! Few features matter to every block. Rows are numbered so that those only the plain view knows
//! come first, those only the raw view knows last, and each view keeps strips for its own rows:
//! a look-up touches, and memory holds, nothing of a view that does not know the feature.

use super::infer::LANES;
use super::pack::{Block, BlockView, Encoding, Stored};
use crate::error::{Error, Result};

/// Bytes that the rows of a model may take in memory.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The strips of one view: `strips` a row, for rows `first..end`.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub strips: usize,
    first: usize,
    end: usize,
    values: Vec<[i8; LANES]>,
}

impl Rows {
    fn new(strips: usize, first: usize, end: usize) -> Rows {
        Rows { strips, first, end, values: vec![[0; LANES]; strips * (end - first)] }
    }

    /// True when the view knows the row.
    #[inline(always)]
    pub fn has(&self, row: usize) -> bool {
        row.wrapping_sub(self.first) < self.end - self.first
    }

    /// Strips `first..first + N` of a row the view knows, sixteen lanes each.
    #[inline(always)]
    pub fn strips_of<const N: usize>(&self, row: u32, first: usize) -> &[[i8; LANES]; N] {
        let at = (row as usize - self.first) * self.strips + first;
        // Rows found are rows the view has: the other arm is never taken.
        self.values.get(at..at + N).and_then(|strips| strips.first_chunk()).unwrap_or(&[[0; LANES]; N])
    }

    /// All lanes of a row the view knows.
    pub fn lanes(&self, row: usize) -> &[i8] {
        self.values[(row - self.first) * self.strips..][..self.strips].as_flattened()
    }
}

/// Numbers the rows (one per key, in the order of the keys) and lays the stored weights out:
/// the number of each key's row, and the rows of the raw and the plain view.
///
/// # Errors
/// [`Error::Model`] when the rows would take too much memory, or a stored code is worth nothing.
pub(super) fn lay(count: usize, blocks: &[Block], stored: &[Stored]) -> Result<(Vec<u32>, [Rows; 2])> {
    let mut known = vec![0u8; count];
    for (block, stored) in blocks.iter().zip(stored) {
        stored.present.iter().for_each(|&row| known[row as usize] |= 1 << block.view as u8);
    }
    // Plain only, both, raw only; a row of no block is nobody's and goes last.
    let place = [3, 2, 0, 1];
    let mut totals = [0u32; 4];
    known.iter().for_each(|known| totals[place[*known as usize]] += 1);
    let starts = [0, totals[0], totals[0] + totals[1], totals[0] + totals[1] + totals[2]];
    let mut next = starts;
    let numbers: Vec<u32> = known
        .iter()
        .map(|known| {
            let next = &mut next[place[*known as usize]];
            *next += 1;
            *next - 1
        })
        .collect();
    let strips = |view: BlockView| {
        let end = blocks.iter().filter(|block| block.view == view).map(|block| block.offset + block.width + 1).max();
        end.unwrap_or(0).div_ceil(LANES)
    };
    let bounds = [(starts[1] as usize, starts[3] as usize), (0, starts[2] as usize)];
    let bytes = [BlockView::Raw, BlockView::Plain]
        .map(|view| strips(view) * LANES * (bounds[view as usize].1 - bounds[view as usize].0));
    if bytes[0] + bytes[1] > MAX_BYTES {
        return Err(Error::Model { at: 0, what: "the rows would take more than 64 MiB of memory" });
    }
    let mut views = [BlockView::Raw, BlockView::Plain].map(|view| {
        let (first, end) = bounds[view as usize];
        Rows::new(strips(view), first, end)
    });
    for (block, stored) in blocks.iter().zip(stored) {
        fill(&mut views[block.view as usize], block, stored, &numbers)?;
    }
    Ok((numbers, views))
}

fn fill(rows: &mut Rows, block: &Block, stored: &Stored, numbers: &[u32]) -> Result<()> {
    let worth = worths(stored.encoding);
    if holds_nobodys(stored) {
        return Err(Error::Model { at: stored.at, what: "a weight is out of range" });
    }
    let mut pairs = [[0i8; 2]; 256];
    for (code, pair) in pairs.iter_mut().enumerate() {
        *pair = [worth[code & 0xF], worth[code >> 4]];
    }
    let (first, row_lanes) = (rows.first, rows.strips * LANES);
    let all = rows.values.as_flattened_mut();
    for (&row, codes) in stored.present.iter().zip(stored.codes.chunks_exact(stored.row_bytes)) {
        let at = (numbers[row as usize] as usize - first) * row_lanes + block.offset;
        let lanes = &mut all[at..=at + block.width];
        // The lane behind the last column counts hits.
        lanes[block.width] = 1;
        if stored.encoding == Encoding::Int8 {
            lanes.iter_mut().zip(codes).for_each(|(lane, code)| *lane = worth[usize::from(*code)]);
            continue;
        }
        let (whole, half) = lanes[..block.width].as_chunks_mut::<2>();
        whole.iter_mut().zip(codes).for_each(|(lanes, code)| *lanes = pairs[usize::from(*code)]);
        if let ([lane], Some(code)) = (half, codes.last()) {
            *lane = pairs[usize::from(*code)][0];
        }
    }
    Ok(())
}

/// True when a code is the one that no writer writes: the lowest of its bits.
fn holds_nobodys(stored: &Stored) -> bool {
    let fold = |is: fn(u8) -> bool| stored.codes.iter().fold(0u8, |any, code| any | u8::from(is(*code))) != 0;
    match stored.encoding {
        Encoding::Int8 => fold(|code| code == 0x80),
        Encoding::Int4 | Encoding::Int4Squared => fold(|code| (code & 0xF == 8) | (code & 0xF0 == 0x80)),
    }
}

/// What a code is worth; the code that no writer writes is worth [`i8::MIN`].
fn worths(encoding: Encoding) -> [i8; 256] {
    let mut worth = [i8::MIN; 256];
    let codes = if encoding == Encoding::Int8 { -127..=127i8 } else { -7..=7 };
    for k in codes {
        let (code, value) = match encoding {
            Encoding::Int8 => (k as u8, k),
            Encoding::Int4 => (k as u8 & 0xF, k),
            Encoding::Int4Squared => (k as u8 & 0xF, k * k.abs()),
        };
        worth[code as usize] = value;
    }
    worth
}
