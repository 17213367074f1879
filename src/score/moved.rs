//! Which segments moved net sentiment: by growing or shrinking, or by changing themselves.

use crate::order::Sorted;
use serde::Serialize;
use std::collections::BTreeSet;

use super::figure::clean;
use super::rollup::OTHER;
use super::segments::Segments;
use super::{Dimension, Rollup, SentimentCounts};
use crate::error::{Error, Result};

/// One segment's part in a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentMove {
    pub key: String,
    /// Points because the segment became a larger or smaller part of all texts.
    pub mix: f64,
    /// Points because texts in it became better or worse.
    pub rate: f64,
    /// Texts with a sentiment before and now.
    pub n: [u64; 2],
}

/// Splits the change of net sentiment between two periods over the segments of a dimension, the largest part first.
///
/// The parts sum to the change (Kitagawa, Journal of the American Statistical Association 50, 1955). Texts without
/// a key are one segment, `other`. A segment that only one period has changes the mix alone. No interval: small
/// parts are chance; test a segment with [`super::compare`] before acting on it.
///
/// # Errors
/// [`Error::Option`] naming `dimension` for topics and brands, of which one text has several, and for dimensions
/// that neither rollup has.
pub fn moved_by(before: &Rollup, now: &Rollup, dimension: &str) -> Result<Vec<SegmentMove>> {
    let refuse = |what: &str| Err(Error::Option { name: "dimension".into(), what: what.into() });
    if [Dimension::Topic, Dimension::Brand].iter().any(|one| one.slug() == dimension) {
        return refuse("must be one of which a text has one key");
    }
    let (old, new) = (before.dimension(dimension), now.dimension(dimension));
    if old.is_none() && new.is_none() {
        return refuse("is in neither rollup");
    }
    let keys: BTreeSet<&str> =
        [old, new].into_iter().flatten().flat_map(|all| all.kept.values()).map(|(key, _)| key.as_str()).collect();
    let whole = [before.total.sentiment(), now.total.sentiment()];
    if whole.iter().any(|counts| size(counts) == 0) {
        return Ok(Vec::new());
    }
    let centre = 0.5 * (net(&whole[0]) + net(&whole[1]));
    let mut rest = whole;
    let mut moves = Vec::with_capacity(keys.len() + 1);
    for key in keys.iter().filter(|key| **key != OTHER) {
        let counts = [find(old, key), find(new, key)];
        for (rest, own) in rest.iter_mut().zip(&counts) {
            rest.negative = rest.negative.saturating_sub(own.negative);
            rest.neutral = rest.neutral.saturating_sub(own.neutral);
            rest.positive = rest.positive.saturating_sub(own.positive);
        }
        moves.push(one(key, counts, &whole, centre));
    }
    moves.push(one(OTHER, rest, &whole, centre));
    moves.retain(|one| one.n != [0, 0]);
    moves.order_by(|a, b| (b.mix + b.rate).abs().total_cmp(&(a.mix + a.rate).abs()).then_with(|| a.key.cmp(&b.key)));
    Ok(moves)
}

fn one(key: &str, counts: [SentimentCounts; 2], whole: &[SentimentCounts; 2], centre: f64) -> SegmentMove {
    let n = [size(&counts[0]), size(&counts[1])];
    let share = [0, 1].map(|at: usize| n[at] as f64 / size(&whole[at]) as f64);
    // Where one period has no texts of the segment, its value is taken to be the other's.
    let value = [
        if n[0] > 0 { net(&counts[0]) } else { net(&counts[1]) },
        if n[1] > 0 { net(&counts[1]) } else { net(&counts[0]) },
    ];
    SegmentMove {
        key: key.to_owned(),
        mix: clean((share[1] - share[0]) * (0.5 * (value[0] + value[1]) - centre)),
        rate: clean(0.5 * (share[0] + share[1]) * (value[1] - value[0])),
        n,
    }
}

fn find(all: Option<&Segments>, key: &str) -> SentimentCounts {
    let found = all.and_then(|all| all.kept.values().find(|(name, _)| name == key));
    found.map(|(_, tally)| tally.sentiment()).unwrap_or_default()
}

fn size(counts: &SentimentCounts) -> u64 {
    counts.negative.saturating_add(counts.neutral).saturating_add(counts.positive)
}

/// Net sentiment in points; 0 of nothing.
fn net(counts: &SentimentCounts) -> f64 {
    let n = size(counts).max(1) as f64;
    100.0 * (counts.positive as f64 - counts.negative as f64) / n
}
