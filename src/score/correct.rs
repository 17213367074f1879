//! Shares corrected for the errors of a classifier.

use serde::Serialize;

use super::figure::{clean, cut, without_answers};
use super::{Figure, MAX_HALF_WIDTH_SHARE, MIN_ANSWERS, Z_95};
use crate::error::{Error, Result};

const METHOD: &str =
    "(observed + specificity - 1) / (sensitivity + specificity - 1) (Rogan, Gladen 1978); delta method";

/// How often a yes-or-no label is right, as measured on labelled texts like these.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LabelQuality {
    /// Share of true ones that are found, 0..=1, and on how many it was measured.
    pub sensitivity: f64,
    pub positives: u64,
    /// Share of others that are left alone, 0..=1, and on how many it was measured.
    pub specificity: f64,
    pub negatives: u64,
}

/// The share that a classifier's `hits` of `n` point to, in percent.
///
/// A classifier that finds 70 % and has 5 % false alarms reports 11.5 % where 10 % are true, and the difference does
/// not shrink with n. The interval is widened by the chance in both samples, the texts and the labelled ones; it is
/// right only while texts are like the labelled ones.
///
/// # Errors
/// [`Error::Option`] naming `sensitivity` or `specificity` when out of 0..=1, when they sum to 1 or less (the label
/// then tells nothing), or `positives` or `negatives` when 0.
pub fn corrected_share(metric: &'static str, hits: u64, n: u64, quality: &LabelQuality) -> Result<Figure> {
    let refuse = |name: &str, what: &str| Err(Error::Option { name: name.into(), what: what.into() });
    for (name, value) in [("sensitivity", quality.sensitivity), ("specificity", quality.specificity)] {
        if !(0.0..=1.0).contains(&value) {
            return refuse(name, "must be from 0 to 1");
        }
    }
    for (name, value) in [("positives", quality.positives), ("negatives", quality.negatives)] {
        if value == 0 {
            return refuse(name, "must be at least 1");
        }
    }
    let LabelQuality { sensitivity, specificity, .. } = *quality;
    let gain = sensitivity + specificity - 1.0;
    if gain <= 1e-6 {
        return refuse("specificity", "must sum to over 1 with sensitivity");
    }
    if n == 0 {
        return Ok(without_answers(metric, METHOD));
    }
    let hits = hits.min(n);
    let truth = |share: f64| (share + specificity - 1.0) / gain;
    let value = truth(hits as f64 / n as f64).clamp(0.0, 1.0);
    // Shares of all three samples with z^2 answers added, half of them hits (Agresti and Coull 1998).
    let z2 = Z_95 * Z_95;
    let softened = |share: f64, n: u64| {
        let (share, n) = ((share * n as f64 + z2 / 2.0) / (n as f64 + z2), n as f64 + z2);
        (share, share * (1.0 - share) / n)
    };
    let (observed, of_texts) = softened(hits as f64 / n as f64, n);
    let (_, of_sensitivity) = softened(sensitivity, quality.positives);
    let (_, of_specificity) = softened(specificity, quality.negatives);
    let centre = truth(observed);
    let inside = centre.clamp(0.0, 1.0);
    let variance = of_texts + inside * inside * of_sensitivity + (1.0 - inside) * (1.0 - inside) * of_specificity;
    let half = Z_95 * variance.sqrt() / gain;
    let (low, high) = ((centre - half).min(value), (centre + half).max(value));
    Ok(Figure {
        metric,
        value: Some(clean(100.0 * value)),
        interval: Some(cut(100.0 * low, 100.0 * high, 0.0, 100.0)),
        n,
        too_few: n < MIN_ANSWERS || 100.0 * half > MAX_HALF_WIDTH_SHARE,
        method: METHOD,
    })
}
