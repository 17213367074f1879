//! The incomplete gamma function, and with it chi-square and Poisson.

use core::f64::consts::TAU;

use super::normal::{normal_above, normal_quantile};
use super::solve::solve;

/// Terms of a series or fraction at most; they come to rest in some 10 sqrt(a) terms.
pub(super) const TERMS: usize = 100_000;
/// From this shape on the cube root of the gamma distribution is taken as normal (Wilson and Hilferty 1931);
/// there its relative error is below 1e-7 within six standard deviations.
const NORMAL_FROM: f64 = 1e8;

/// Natural logarithm of the gamma function at x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The error of Stirling's formula for n!: ln n! - ln(sqrt(2 pi n) (n / e)^n). Series: Abramowitz and Stegun 6.1.41.
pub(super) fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - 0.5 * libm::log(TAU);
    }
    let nn = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / nn) / nn) / nn) / nn) / n
}

/// x ln(x / m) + m - x without cancellation near x = m. Source: Loader, "Fast and accurate computation of binomial
/// probabilities" (2000).
pub(super) fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * libm::log(x / m) + m - x;
    }
    let mut sum = (x - m) * v;
    let mut term = 2.0 * x * v;
    for j in 1..200 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// x^a e^-x / gamma(a + 1).
fn gamma_weight(a: f64, x: f64) -> f64 {
    libm::exp(-stirling_error(a) - deviance(a, x)) / (TAU * a).sqrt()
}

/// Both regularised incomplete gamma functions at x with shape a: below and above.
fn gamma_parts(a: f64, x: f64) -> (f64, f64) {
    if a.is_nan() || x.is_nan() || a <= 0.0 || x < 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 || x == f64::INFINITY {
        return if x == 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    if a >= NORMAL_FROM {
        let z = (libm::cbrt(x / a) - (1.0 - 1.0 / (9.0 * a))) * 3.0 * a.sqrt();
        return (normal_above(-z), normal_above(z));
    }
    let weight = gamma_weight(a, x);
    if x < a + 1.0 {
        // 6.5.29: a series for the part below.
        let (mut term, mut sum) = (1.0, 1.0);
        for n in 1..TERMS {
            term *= x / (a + n as f64);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        let below = weight * sum;
        (below, 1.0 - below)
    } else {
        // 6.5.31: a continued fraction for the part above, by the method of Lentz.
        let mut b = x + 1.0 - a;
        let (mut c, mut d) = (1e300, 1.0 / b);
        let mut fraction = d;
        for n in 1..TERMS {
            let step = -(n as f64) * (n as f64 - a);
            b += 2.0;
            d = 1.0 / (step * d + b);
            c = b + step / c;
            fraction *= c * d;
            if (c * d - 1.0).abs() < 1e-16 {
                break;
            }
        }
        let above = weight * a * fraction;
        (1.0 - above, above)
    }
}

/// Probability that a chi-square number with `freedom` degrees of freedom is above `x`.
pub fn chi_square_above(x: f64, freedom: f64) -> f64 {
    gamma_parts(0.5 * freedom, 0.5 * x).1
}

/// The number that chi-square with `freedom` degrees of freedom stays below with probability `p`; NaN unless
/// 0 < p < 1 and freedom > 0.
pub fn chi_square_quantile(p: f64, freedom: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && freedom > 0.0) {
        return f64::NAN;
    }
    let a = 0.5 * freedom;
    // Wilson and Hilferty 1931; small results start from the first term of the series.
    let root = 1.0 - 1.0 / (9.0 * a) + normal_quantile(p) / (3.0 * a.sqrt());
    let small = libm::exp((libm::log(p) + libm::lgamma(a + 1.0)) / a);
    let start = if root > 0.1 { a * root * root * root } else { small };
    2.0 * solve_gamma(p, a, start)
}

fn solve_gamma(p: f64, a: f64, start: f64) -> f64 {
    let lower = p < 0.5;
    solve(if lower { p } else { 1.0 - p }, start, 0.0, f64::INFINITY, &|x| {
        let slope = gamma_weight(a, x) * a / x;
        let (below, above) = gamma_parts(a, x);
        if lower { (below, slope) } else { (above, -slope) }
    })
}

/// Probability that a Poisson count with this mean is `count` or more.
pub fn poisson_at_least(count: u64, mean: f64) -> f64 {
    if count == 0 { 1.0 } else { gamma_parts(count as f64, mean).0 }
}

/// Probability that a Poisson count with this mean is `count` or fewer.
pub fn poisson_at_most(count: u64, mean: f64) -> f64 {
    gamma_parts(count as f64 + 1.0, mean).1
}
