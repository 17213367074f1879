//! The normal distribution.

use core::f64::consts::{FRAC_1_SQRT_2, TAU};

use super::solve::solve;

/// Probability that a standard normal number is above `x`.
pub fn normal_above(x: f64) -> f64 {
    0.5 * libm::erfc(x * FRAC_1_SQRT_2)
}

/// Probability that a standard normal number is below `x`.
pub fn normal_below(x: f64) -> f64 {
    normal_above(-x)
}

/// Probability that a standard normal number lies further from 0 than `z`, on either side.
pub fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * FRAC_1_SQRT_2)
}

/// The number that a standard normal number stays below with probability `p`; NaN unless 0 < p < 1.
///
/// Start: Abramowitz and Stegun 26.2.23 (error below 4.5e-4), then Newton on the tail.
pub fn normal_quantile(p: f64) -> f64 {
    if !(p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = if p < 0.5 { p } else { 1.0 - p };
    let t = (-2.0 * libm::log(tail)).sqrt();
    let start = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    let upper = solve(tail, start.max(0.0), 0.0, 40.0, &|x| (normal_above(x), -libm::exp(-0.5 * x * x) / TAU.sqrt()));
    if p < 0.5 { -upper } else { upper }
}
