//! Tails of count distributions: how often chance alone gives so many.

use crate::score::stats::{beta_below, normal_above, poisson_at_least};

/// From this mean on the cube root of a gamma distribution is taken as normal (Wilson and Hilferty 1931).
const LARGE: f64 = 1e6;

/// P(X >= `x`) of a count with this mean and variance: negative binomial where the variance is over the mean (by the
/// incomplete beta function), else Poisson. 0 for a mean of 0 and `x` over 0. Relative error below 1e-9 for means up to
/// a million; beyond, a gamma distribution stands in.
pub fn upper_tail(x: u64, mean: f64, variance: f64) -> f64 {
    if x == 0 {
        return 1.0;
    }
    if mean.is_nan() || mean <= 0.0 {
        return 0.0;
    }
    let (at, over) = (x as f64, variance - mean);
    if mean > LARGE {
        let shape = mean * mean / variance.max(mean);
        let z = (libm::cbrt((at - 0.5) / mean) - 1.0 + 1.0 / (9.0 * shape)) * (9.0 * shape).sqrt();
        return normal_above(z);
    }
    if over <= 1e-9 * mean {
        return poisson_at_least(x, mean);
    }
    let size = mean * mean / over;
    beta_below(mean / (size + mean), at, size)
}

/// `min(10, -log10 p)`: 3 is one in a thousand.
pub(super) fn severity(p: f64) -> f64 {
    if p <= 1e-10 { 10.0 } else { -libm::log10(p) }
}
