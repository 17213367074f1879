//! Tails of count distributions: how often chance alone gives so many.

/// Means above this are not summed.
const LARGE: f64 = 1e5;
/// Most terms summed.
const MOST: usize = 20_000;

/// P(X >= `x`) of a count with this mean and variance: negative binomial where the variance is over the mean, else
/// Poisson. 0 for a mean of 0 and `x` over 0. Relative error below 1e-9 down to 1e-300 for means up to 100,000 and
/// variances up to 100 times that; beyond, a gamma distribution stands in (Wilson and Hilferty 1931). At most
/// 20,000 terms.
pub fn upper_tail(x: u64, mean: f64, variance: f64) -> f64 {
    if x == 0 {
        return 1.0;
    }
    if mean.is_nan() || mean <= 0.0 {
        return 0.0;
    }
    let over = variance - mean;
    // Beyond this the two distributions are the same to the precision of the terms.
    let size = if over > 1e-9 * mean { mean * mean / over } else { f64::INFINITY };
    let at = x as f64;
    if mean > LARGE {
        let shape = mean * mean / variance.max(mean);
        let z = (libm::cbrt((at - 0.5) / mean) - 1.0 + 1.0 / (9.0 * shape)) * (9.0 * shape).sqrt();
        return 0.5 * libm::erfc(z * core::f64::consts::FRAC_1_SQRT_2);
    }
    if at > mean {
        return sum(at, mean, size, true).min(1.0);
    }
    (1.0 - sum(at - 1.0, mean, size, false)).max(0.0)
}

/// Logarithm of P(X = k); `size` is the r of the negative binomial, infinite for Poisson.
fn log_mass(k: f64, mean: f64, size: f64) -> f64 {
    let choices = libm::lgamma(k + 1.0);
    if size.is_infinite() {
        return k * libm::log(mean) - mean - choices;
    }
    let ratio = mean / size;
    libm::lgamma(k + size) - libm::lgamma(size) - choices - size * libm::log1p(ratio)
        + k * (libm::log(ratio) - libm::log1p(ratio))
}

/// Sum of the masses from `from` upwards, or downwards to 0: the terms fall on the way.
fn sum(from: f64, mean: f64, size: f64, upwards: bool) -> f64 {
    let poisson = size.is_infinite();
    // P(k + 1) / P(k).
    let ratio = |k: f64| if poisson { mean / (k + 1.0) } else { (k + size) / (k + 1.0) * (mean / (size + mean)) };
    let (mut k, mut term, mut total) = (from, 1.0, 1.0);
    for step in 1..=MOST {
        if upwards {
            term *= ratio(k);
            k += 1.0;
        } else if k > 0.0 {
            term /= ratio(k - 1.0);
            k -= 1.0;
        } else {
            break;
        }
        total += term;
        if term < total * 1e-17 {
            break;
        }
        if upwards && step == MOST {
            // The rest as a geometric row.
            let next = ratio(k).min(1.0 - 1e-9);
            total += term * next / (1.0 - next);
        }
    }
    total * libm::exp(log_mass(from, mean, size))
}

/// `min(10, -log10 p)`: 3 is one in a thousand.
pub(super) fn severity(p: f64) -> f64 {
    if p <= 1e-10 { 10.0 } else { -libm::log10(p) }
}
