//! What is new in the talk: terms said more often than their background explains.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::order::Sorted;

/// Weight of the prior, in texts.
const PRIOR: f64 = 500.0;
/// Least z against the first background, and against each other one.
const LEAST_Z: f64 = 3.0;
const LEAST_Z_OTHER: f64 = 1.645;

/// How much more often a term is said in one group of texts than in another: the log-odds ratio with an informative
/// Dirichlet prior and its z value (Monroe, Colaresi and Quinn 2008). `count` of `total` against `other` of
/// `other_total`; the prior counts the term `prior` times among `prior_total`.
pub fn log_odds(count: f64, total: f64, other: f64, other_total: f64, prior: f64, prior_total: f64) -> (f64, f64) {
    let odds = |count: f64, total: f64| libm::log((count + prior) / (total + prior_total - count - prior));
    let delta = odds(count, total) - odds(other, other_total);
    (delta, delta / (1.0 / (count + prior) + 1.0 / (other + prior)).sqrt())
}

/// How many texts say a term, now and in each background.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermCounts {
    pub term: String,
    /// Texts (best: people) of the period.
    pub now: u64,
    /// Texts of each background, in the order of the totals: the time before, the same season a year ago.
    pub before: Vec<u64>,
}

/// A term said more than its backgrounds explain.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EmergingTerm {
    pub term: String,
    pub now: u64,
    /// Share now over the largest share of a background; absent where no background has the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    /// z against the first background.
    pub z: f64,
    /// In no background.
    pub is_new: bool,
}

/// Terms above every background, the largest z first, at most `most`: said by `least` texts or more, with z of 3 or more
/// against the first background (one false term in about 700 tried) and of 1.645 or more against each other one (one
/// in 20 passes by chance). A term of the season stands in the background of the season and does not emerge.
/// `O(terms * backgrounds)`.
///
/// # Errors
/// [`Error::Field`] naming `terms[i].before` when it does not fit `totals_before`, or `terms[i]` when a term has more
/// texts than there are.
pub fn emerging(
    terms: &[TermCounts],
    total_now: u64,
    totals_before: &[u64],
    least: u64,
    most: usize,
) -> Result<Vec<EmergingTerm>> {
    let mut found = Vec::new();
    for (at, one) in terms.iter().enumerate() {
        if one.before.len() != totals_before.len() {
            let what = format!("must have {} counts", totals_before.len());
            return Err(Error::Field { field: format!("terms[{at}].before"), what });
        }
        if one.now > total_now || one.before.iter().zip(totals_before).any(|(count, total)| count > total) {
            return Err(Error::Field {
                field: format!("terms[{at}]"),
                what: "counts more texts than there are".into(),
            });
        }
        if one.now < least.max(1) {
            continue;
        }
        let (mut first, mut emerges, mut share) = (None, true, 0.0f64);
        for (count, total) in one.before.iter().zip(totals_before) {
            let pooled = (one.now + count) as f64 / (total_now + total) as f64;
            let (now, total_now, before) = (one.now as f64, total_now as f64, *count as f64);
            let (_, z) = log_odds(now, total_now, before, *total as f64, PRIOR * pooled, PRIOR);
            emerges &= z >= if first.is_none() { LEAST_Z } else { LEAST_Z_OTHER };
            first = first.or(Some(z));
            share = share.max(before / (*total).max(1) as f64);
        }
        if let Some(z) = first.filter(|_| emerges) {
            let ratio = (share > 0.0).then(|| one.now as f64 / total_now as f64 / share);
            found.push(EmergingTerm { term: one.term.clone(), now: one.now, ratio, z, is_new: share == 0.0 });
        }
    }
    found.order_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.term.cmp(&b.term)));
    found.truncate(most);
    Ok(found)
}
