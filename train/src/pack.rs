//! Quantises weights and writes the pack that `hearken::model::pack` reads.

use std::collections::BTreeMap;

use hearken::model::coded;
use hearken::model::pack::{FORMAT, MAGIC, PAYLOAD, checksum, key_bits};
use hearken::model::{BlockView, Encoding, HeadKind, Thresholds};

/// Columns of one block, in full precision until written.
pub struct BlockOut {
    pub name: &'static str,
    pub encoding: Encoding,
    /// Blocks of the raw view must come first.
    pub view: BlockView,
    pub width: usize,
    /// Hashes of the features of the block, with `width` weights each.
    pub hashes: Vec<u64>,
    pub weights: Vec<f32>,
}

/// One head, ready to write.
pub struct HeadOut {
    pub name: &'static str,
    pub block: u8,
    pub kind: HeadKind,
    pub labels: Vec<String>,
    pub matrix: Vec<f32>,
    pub bias: Vec<f32>,
    pub temperature: f32,
    /// As in the model: none for one-of heads, else the set for all languages first.
    pub thresholds: Vec<Thresholds>,
}

/// A block as small whole numbers: `value = unit * scale[column]`.
pub struct Quantised {
    /// Stored code (a byte, or a nibble in the low bits) per feature and column, row by row.
    codes: Vec<u8>,
    /// What each code is worth in units, row by row.
    pub units: Vec<i8>,
    pub scale: Vec<f32>,
}

impl Quantised {
    /// The weights as a reader of the pack will see them, row by row.
    pub fn exact(&self) -> Vec<f32> {
        let rows = self.units.chunks_exact(self.scale.len());
        rows.flat_map(|row| row.iter().zip(&self.scale).map(|(unit, scale)| f32::from(*unit) * scale)).collect()
    }
}

/// Share of the weights of a column that are not clipped.
const KEPT_SHARE: f64 = 0.999;
/// What one step of [`Encoding::Int4`] is worth, in root mean squares of its column. Coarse on purpose: half of the
/// codes are 0, so the file compresses by a third more, and a sum over a hundred rows evens the rounding out.
const STEP: f32 = 1.2;

/// The size of a weight that gets the largest code.
fn clip(encoding: Encoding, sizes: &[f32]) -> f32 {
    let clip = match encoding {
        Encoding::Int8 | Encoding::Int4Squared => {
            let at = ((sizes.len() as f64 * KEPT_SHARE) as usize).min(sizes.len().saturating_sub(1));
            sizes.get(at).copied().unwrap_or(1.0)
        }
        Encoding::Int4 => {
            let mean = sizes.iter().map(|size| size * size).sum::<f32>() / sizes.len().max(1) as f32;
            7.0 * STEP * mean.sqrt()
        }
    };
    clip.max(1e-6)
}

/// Rounds the weights of a block to its encoding, column by column.
pub fn quantise(block: &BlockOut) -> Quantised {
    let rows = block.hashes.len();
    let mut codes = vec![0u8; rows * block.width];
    let mut units = vec![0i8; rows * block.width];
    let mut scale = Vec::new();
    for column in 0..block.width {
        let mut sizes: Vec<f32> = (0..rows).map(|row| block.weights[row * block.width + column].abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let clip = clip(block.encoding, &sizes);
        let top = match block.encoding {
            Encoding::Int8 => 127.0,
            Encoding::Int4Squared => 49.0,
            Encoding::Int4 => 7.0,
        };
        scale.push(clip / top);
        for row in 0..rows {
            let place = row * block.width + column;
            let value = (block.weights[place] / clip).clamp(-1.0, 1.0);
            let (code, unit) = match block.encoding {
                Encoding::Int8 => {
                    let k = (value * 127.0).round() as i8;
                    (k as u8, k)
                }
                Encoding::Int4 => {
                    let k = (value * 7.0).round() as i8;
                    (k as u8 & 0xF, k)
                }
                Encoding::Int4Squared => {
                    let k = nearest_square(value.abs() * 49.0);
                    let k = if value < 0.0 { -k } else { k };
                    (k as u8 & 0xF, k * k.abs())
                }
            };
            codes[place] = code;
            units[place] = unit;
        }
    }
    Quantised { codes, units, scale }
}

/// The k in 0..=7 whose square is nearest to `size`.
fn nearest_square(size: f32) -> i8 {
    (0..=7i8).min_by(|a, b| (f32::from(a * a) - size).abs().total_cmp(&(f32::from(b * b) - size).abs())).unwrap_or(0)
}

/// Writes a pack. Features that fall on the same key are kept once.
pub fn write(version: &str, blocks: &[BlockOut], quantised: &[Quantised], heads: &[HeadOut]) -> Vec<u8> {
    let mut hashes: Vec<u64> = blocks.iter().flat_map(|block| block.hashes.iter().copied()).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let bits = key_bits(hashes.len());
    let mut keys: BTreeMap<u64, u64> = BTreeMap::new();
    for hash in hashes {
        keys.entry(hash >> (64 - bits)).or_insert(hash);
    }
    // Dropping doubles can only lower the count within the same power of two, or bits would change.
    let bits_after = key_bits(keys.len());
    assert_eq!(bits, bits_after, "choose a number of features further from a power of two");

    let mut out = Vec::new();
    string(&mut out, version);
    out.extend((keys.len() as u32).to_le_bytes());
    out.push(bits as u8);
    let before = std::iter::once(0).chain(keys.keys().copied());
    let differences: Vec<u64> = keys.keys().zip(before).map(|(key, before)| key - before).collect();
    out.extend(differences.iter().map(|difference| *difference as u8));
    let high = differences.iter().map(|difference| difference >> 8);
    let column: Vec<u8> = high.clone().map(|high| high.min(255) as u8).collect();
    coded::write(&mut out, &column);
    high.filter(|high| *high >= 255).for_each(|high| coded::varint(&mut out, high - 255));
    out.push(blocks.len() as u8);
    let mut knows = vec![0u8; keys.len()];
    let mut columns = Vec::new();
    for (number, (block, quantised)) in blocks.iter().zip(quantised).enumerate() {
        let rows: BTreeMap<u64, usize> = block.hashes.iter().enumerate().map(|(row, &hash)| (hash, row)).collect();
        string(&mut out, block.name);
        out.push(block.width as u8);
        out.push(block.encoding as u8);
        out.push(block.view as u8);
        out.extend(quantised.scale.iter().flat_map(|scale| scale.to_le_bytes()));
        let mut present = Vec::new();
        for (knows, hash) in knows.iter_mut().zip(keys.values()) {
            if let Some(row) = rows.get(hash) {
                *knows |= 1 << number;
                present.push(&quantised.codes[row * block.width..][..block.width]);
            }
        }
        let step = if block.encoding == Encoding::Int8 { 1 } else { 2 };
        for first in (0..block.width).step_by(step) {
            let second = |row: &[u8]| if step == 2 { row.get(first + 1).map_or(0, |code| code << 4) } else { 0 };
            let column: Vec<u8> = present.iter().map(|row| row[first] | second(row)).collect();
            coded::write(&mut columns, &column);
        }
    }
    coded::write(&mut out, &knows);
    out.extend(columns);
    out.push(heads.len() as u8);
    for head in heads {
        string(&mut out, head.name);
        out.push(head.block);
        out.push(head.kind as u8);
        out.extend((head.labels.len() as u16).to_le_bytes());
        head.labels.iter().for_each(|label| string(&mut out, label));
        let numbers = head.matrix.iter().chain(&head.bias).chain([&head.temperature]);
        out.extend(numbers.flat_map(|number| number.to_le_bytes()));
        if head.kind == HeadKind::AnyOf {
            out.push(head.thresholds.len() as u8);
            for set in &head.thresholds {
                string(&mut out, &set.language);
                out.extend(set.values.iter().flat_map(|value| value.to_le_bytes()));
            }
        }
    }

    let mut file = Vec::new();
    file.extend(MAGIC);
    file.extend(FORMAT.to_le_bytes());
    file.extend([0, 0]);
    file.extend(((out.len() + PAYLOAD) as u32).to_le_bytes());
    file.extend(checksum(&out).to_le_bytes());
    file.extend(out);
    file
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.push(u8::try_from(text.len()).expect("names are short"));
    out.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearken::model::{Model, Sums};

    fn small() -> (Vec<BlockOut>, Vec<HeadOut>) {
        let mut hashes = Vec::new();
        let mut extractor = hearken::model::features::Extractor::default();
        extractor.extract("good", None, |feature| hashes.push(feature.hash));
        let count = hashes.len();
        let block = |name, encoding, width, view| BlockOut {
            name,
            encoding,
            view,
            width,
            hashes: hashes.clone(),
            weights: (0..count * width).map(|i| (i % 7) as f32 - 3.0).collect(),
        };
        let blocks = vec![
            block("a", Encoding::Int8, 3, BlockView::Raw),
            block("b", Encoding::Int4Squared, 2, BlockView::Plain),
            block("c", Encoding::Int4, 5, BlockView::Plain),
        ];
        let head = HeadOut {
            name: "sentiment",
            block: 1,
            kind: HeadKind::OneOf,
            labels: vec!["x".into(), "y".into()],
            matrix: vec![1.0, 0.0, 0.0, 1.0],
            bias: vec![0.5, -0.5],
            temperature: 1.0,
            thresholds: Vec::new(),
        };
        (blocks, vec![head])
    }

    fn packed() -> Vec<u8> {
        let (blocks, heads) = small();
        let quantised: Vec<Quantised> = blocks.iter().map(quantise).collect();
        write("test", &blocks, &quantised, &heads)
    }

    #[test]
    fn what_is_written_is_read() {
        let model = Model::from_bytes(&packed()).unwrap();
        assert_eq!(model.version, "test");
        assert_eq!(model.blocks.len(), 3);
        let mut sums = Sums::new(&model);
        sums.read(&model, "good", None);
        let mut vector = Vec::new();
        sums.vector(&model, 1, &mut vector);
        assert!(vector.iter().any(|v| *v != 0.0));
        assert!(!sums.is_blank(&model, 2));
        sums.read(&model, "zzz", None);
        let head = model.head("sentiment").unwrap();
        assert_eq!(head.labels, ["x", "y"]);
    }

    #[test]
    fn wide_gaps_between_keys_are_kept() {
        let hashes: Vec<u64> = (0..300).map(|low| (if low < 150 { low } else { u64::MAX >> 45 ^ low }) << 45).collect();
        let weights = (0..300).map(|row| row as f32).collect();
        let block = BlockOut { name: "a", encoding: Encoding::Int8, view: BlockView::Raw, width: 1, hashes, weights };
        let quantised = quantise(&block);
        let model = Model::from_bytes(&write("gaps", &[block], &[quantised], &[])).unwrap();
        assert_eq!(model.features(), 300);
    }

    #[test]
    fn no_damaged_or_cut_file_is_read() {
        let file = packed();
        for len in 0..file.len() {
            assert_eq!(Model::from_bytes(&file[..len]).unwrap_err().code(), "E_MODEL");
        }
        for at in 0..file.len() {
            let mut bad = file.clone();
            bad[at] ^= 0x10;
            assert!(Model::from_bytes(&bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_damaged_file_with_a_mended_checksum_is_an_error_or_a_model_never_a_panic() {
        let file = packed();
        let mut random = crate::features::Random(1);
        for _ in 0..20_000 {
            let mut bad = file.clone();
            for _ in 0..1 + random.next() % 3 {
                let at = PAYLOAD + (random.next() as usize) % (file.len() - PAYLOAD);
                bad[at] = random.next() as u8;
            }
            let sum = checksum(&bad[PAYLOAD..]);
            bad[12..20].copy_from_slice(&sum.to_le_bytes());
            if let Ok(model) = Model::from_bytes(&bad) {
                Sums::new(&model).read(&model, "good", None);
            }
        }
    }

    #[test]
    fn squares_round_to_the_nearest() {
        assert_eq!([0.0, 0.6, 2.4, 2.6, 49.0].map(nearest_square), [0, 1, 1, 2, 7]);
    }
}
