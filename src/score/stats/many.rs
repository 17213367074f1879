//! Corrections for many tests at once.

use crate::order::Sorted;

/// Probabilities adjusted so that at most one false finding in any comparison has the stated chance: Holm,
/// Scandinavian Journal of Statistics 6 (1979). In the order given; NaN counts as 1. `O(n log n)`.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let mut out = vec![0.0; n];
    let mut least = 0.0f64;
    for (rank, at) in ascending(p).into_iter().enumerate() {
        least = least.max(sound(p[at]) * (n - rank) as f64).min(1.0);
        out[at] = least;
    }
    out
}

/// Probabilities adjusted so that the share of false findings among all findings has the stated mean: Benjamini and
/// Hochberg, Journal of the Royal Statistical Society B 57 (1995). In the order given; NaN counts as 1. `O(n log n)`.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let mut out = vec![0.0; n];
    let mut most = 1.0f64;
    for (rank, at) in ascending(p).into_iter().enumerate().rev() {
        most = most.min(sound(p[at]) * n as f64 / (rank + 1) as f64);
        out[at] = most;
    }
    out
}

fn sound(p: f64) -> f64 {
    if p.is_nan() { 1.0 } else { p }
}

fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.order_by(|a, b| sound(p[*a]).total_cmp(&sound(p[*b])));
    order
}
