//! Puts wishes together that say the same: average linkage on weighted words (Sokal and Michener 1958), by chains of
//! nearest neighbours (Benzecri 1982).

use std::collections::{BTreeMap, BTreeSet};

use super::forms;

/// Most different wishes that are compared with each other.
pub(super) const MAX_COMPARED: usize = 2_000;
/// Least mean likeness of two groups that become one. Chosen on the first eight labels a language of
/// tests/score/wishes.tsv.
const LEAST: f64 = 0.08;
/// Texts that the weight of a word is reckoned with beyond those seen, so that few texts say little of rarity.
const PRIOR: f64 = 50.0;
/// Part of its weight that a word has in one text only: it tells nothing of others.
const ALONE: f64 = 0.6;
/// Part of its weight that a word has where another form of it stands.
const FORM: f64 = 0.5;
/// Likeness below this is none.
const NONE: f64 = 0.01;

type Vector = Vec<(usize, f64)>;

/// The groups: for each text the number of its group, groups numbered by their first text. `weights`: how often each
/// text was said. Only the first [`MAX_COMPARED`] texts form groups; each of the rest joins the group it is most like, or
/// stands alone. `O(pairs that share a word)`.
pub(super) fn groups(texts: &[BTreeSet<String>], weights: &[f64]) -> Vec<usize> {
    let vectors = vectors(texts);
    let compared = texts.len().min(MAX_COMPARED);
    let mut near = likeness(&vectors[..compared]);
    let mut size: Vec<f64> = weights[..compared].to_vec();
    let mut into: Vec<usize> = (0..texts.len()).collect();
    let mut done = vec![false; compared];
    let mut chain: Vec<usize> = Vec::new();
    for start in 0..compared {
        if done[start] {
            continue;
        }
        chain.push(start);
        while let Some(&top) = chain.last() {
            let before = chain.len().checked_sub(2).map(|at| chain[at]);
            let Some((next, _)) = nearest(&near[top], before).filter(|(_, likeness)| *likeness >= LEAST) else {
                // Nothing is near enough, and merges of others bring nothing nearer: the group is whole.
                done[top] = true;
                chain.pop();
                continue;
            };
            if before != Some(next) {
                chain.push(next);
                continue;
            }
            chain.truncate(chain.len() - 2);
            let (keep, gone) = if top < next { (top, next) } else { (next, top) };
            merge(&mut near, &size, keep, gone);
            size[keep] += size[gone];
            into[gone] = keep;
            done[gone] = true;
            if chain.is_empty() {
                chain.push(keep);
            }
        }
    }
    for at in 0..compared {
        let mut root = at;
        while into[root] != root {
            root = into[root];
        }
        into[at] = root;
    }
    join_rest(&vectors, compared, &mut into);
    into
}

/// The most alike group; of equals the one before in the chain, then the first.
fn nearest(near: &BTreeMap<usize, f64>, before: Option<usize>) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (&at, &likeness) in near {
        let better = best.is_none_or(|(_, most)| likeness > most || (likeness == most && before == Some(at)));
        if better {
            best = Some((at, likeness));
        }
    }
    best
}

/// Joins two groups: likeness to others becomes the mean, weighed by size.
fn merge(near: &mut [BTreeMap<usize, f64>], size: &[f64], keep: usize, gone: usize) {
    let one = std::mem::take(&mut near[keep]);
    let mut other = std::mem::take(&mut near[gone]);
    let (own, more) = (size[keep], size[gone]);
    let mut joined: BTreeMap<usize, f64> = BTreeMap::new();
    for (at, likeness) in one {
        joined.insert(at, (own * likeness + more * other.remove(&at).unwrap_or(0.0)) / (own + more));
    }
    for (at, likeness) in other {
        joined.insert(at, more * likeness / (own + more));
    }
    joined.remove(&keep);
    joined.remove(&gone);
    for (&at, &likeness) in &joined {
        near[at].remove(&gone);
        near[at].insert(keep, likeness);
    }
    near[keep] = joined;
}

/// Vectors of length 1 over the words of all texts and their other forms; rare words weigh more.
fn vectors(texts: &[BTreeSet<String>]) -> Vec<Vector> {
    let vocabulary: BTreeSet<&str> = texts.iter().flatten().map(String::as_str).collect();
    let vocabulary: Vec<&str> = vocabulary.into_iter().collect();
    let forms = forms::forms(&vocabulary);
    let all = texts.len() as f64 + PRIOR;
    let mut told = vec![0.0; vocabulary.len()];
    let mut vectors: Vec<Vector> = Vec::with_capacity(texts.len());
    for text in texts {
        let mut words: BTreeMap<usize, f64> = BTreeMap::new();
        for at in text.iter().filter_map(|word| vocabulary.binary_search(&word.as_str()).ok()) {
            words.insert(at, 1.0);
            for other in &forms[at] {
                words.entry(*other).or_insert(FORM);
            }
        }
        words.keys().for_each(|at| told[*at] += 1.0);
        vectors.push(words.into_iter().collect());
    }
    for vector in &mut vectors {
        for (at, weight) in vector.iter_mut() {
            let alone = if told[*at] > 1.0 { 1.0 } else { ALONE };
            *weight *= alone * libm::log(all / told[*at]);
        }
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(1e-300));
    }
    vectors
}

/// Which texts are alike, and how much, 0..=1.
fn likeness(vectors: &[Vector]) -> Vec<BTreeMap<usize, f64>> {
    let mut posting: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    let mut near: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); vectors.len()];
    let mut sums = vec![0.0; vectors.len()];
    for (at, vector) in vectors.iter().enumerate() {
        for (word, weight) in vector {
            let list = posting.entry(*word).or_default();
            list.iter().for_each(|(other, own)| sums[*other] += weight * own);
            list.push((at, *weight));
        }
        for (other, sum) in sums.iter_mut().enumerate().take(at) {
            if *sum >= NONE {
                near[at].insert(other, *sum);
                near[other].insert(at, *sum);
            }
            *sum = 0.0;
        }
    }
    near
}

/// Texts beyond those compared join the group whose middle they are most like.
fn join_rest(vectors: &[Vector], compared: usize, into: &mut [usize]) {
    if compared == vectors.len() {
        return;
    }
    let mut posting: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    let mut members: BTreeMap<usize, f64> = BTreeMap::new();
    for (at, vector) in vectors.iter().enumerate().take(compared) {
        *members.entry(into[at]).or_default() += 1.0;
        for (word, weight) in vector {
            *posting.entry(*word).or_default().entry(into[at]).or_default() += weight;
        }
    }
    for (at, vector) in vectors.iter().enumerate().skip(compared) {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for (word, weight) in vector {
            for (group, sum) in posting.get(word).into_iter().flatten() {
                *sums.entry(*group).or_default() += weight * sum;
            }
        }
        sums.iter_mut().for_each(|(group, sum)| *sum /= members.get(group).copied().unwrap_or(1.0));
        if let Some((group, _)) = nearest(&sums, None).filter(|(_, likeness)| *likeness >= LEAST) {
            into[at] = group;
        }
    }
}
