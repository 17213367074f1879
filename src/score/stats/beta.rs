//! The incomplete beta function, and with it Student's t, F and the binomial.

use core::f64::consts::TAU;

use super::gamma::{TERMS, deviance, stirling_error};
use super::normal::{normal_above, normal_quantile};
use super::solve::solve;
use crate::score::Z_95;

/// From these degrees of freedom on Student's t is normal after Abramowitz and Stegun 26.7.8 (error below 1e-12).
const NORMAL_FROM: f64 = 1e7;

/// x^a y^b / B(a, b) with y = 1 - x, by the saddle point (Loader 2000): exact where logarithms of gamma cancel.
fn beta_weight(x: f64, y: f64, a: f64, b: f64) -> f64 {
    let n = a + b;
    let log = stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y);
    libm::exp(log) * (a * b / (TAU * n)).sqrt()
}

/// The regularised incomplete beta function I_x(a, b) and its rest; `y` is 1 - x, given by the caller because it
/// may be known better than by subtraction.
fn beta_parts(x: f64, y: f64, a: f64, b: f64) -> (f64, f64) {
    if a.is_nan() || b.is_nan() || x.is_nan() || a <= 0.0 || b <= 0.0 || x < 0.0 || y < 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 || y == 0.0 {
        return if x == 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let weight = beta_weight(x, y, a, b);
    if x <= (a + 1.0) / (a + b + 2.0) {
        let below = weight * fraction(x, a, b) / a;
        (below, 1.0 - below)
    } else {
        let above = weight * fraction(y, b, a) / b;
        (1.0 - above, above)
    }
}

/// The continued fraction of I_x(a, b): Abramowitz and Stegun 26.5.8 by the method of Lentz.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let sure = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / sure(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..TERMS {
        let m = m as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for step in [even, odd] {
            d = 1.0 / sure(1.0 + step * d);
            c = sure(1.0 + step / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// Probability that a beta number with shapes `a` and `b` is below `x`; NaN unless a, b > 0 and 0 <= x <= 1.
pub fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    beta_parts(x, 1.0 - x, a, b).0
}

/// The number that a beta number with shapes `a` and `b` stays below with probability `p`; NaN unless 0 < p < 1.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && a > 0.0 && b > 0.0) {
        return f64::NAN;
    }
    let lower = p < 0.5;
    solve(if lower { p } else { 1.0 - p }, a / (a + b), 0.0, 1.0, &|x| {
        let slope = beta_weight(x, 1.0 - x, a, b) / x / (1.0 - x);
        let (below, above) = beta_parts(x, 1.0 - x, a, b);
        if lower { (below, slope) } else { (above, -slope) }
    })
}

/// Probability that `n` tries with chance `p` each hit `hits` times or more.
pub fn binomial_at_least(hits: u64, n: u64, p: f64) -> f64 {
    match hits {
        0 => 1.0,
        _ if hits > n => 0.0,
        _ => beta_below(p, hits as f64, (n - hits) as f64 + 1.0),
    }
}

/// Probability that an F number with `upper` and `lower` degrees of freedom is above `x`.
pub fn f_above(x: f64, upper: f64, lower: f64) -> f64 {
    let sum = lower + upper * x;
    beta_parts(lower / sum, upper * x / sum, 0.5 * lower, 0.5 * upper).0
}

/// Probability that Student's t with `freedom` degrees of freedom is above `t`; freedom may be a fraction, as in
/// Welch's test. NaN unless freedom > 0.
pub fn student_above(t: f64, freedom: f64) -> f64 {
    let half = 0.5 * student_two_sided(t, freedom);
    if t < 0.0 { 1.0 - half } else { half }
}

/// Probability that Student's t lies further from 0 than `t`, on either side.
pub fn student_two_sided(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    if freedom >= NORMAL_FROM {
        let z = t.abs() * (1.0 - 0.25 / freedom) / (1.0 + 0.5 * square / freedom).sqrt();
        return 2.0 * normal_above(z);
    }
    if square == f64::INFINITY {
        return 0.0;
    }
    let sum = freedom + square;
    beta_parts(freedom / sum, square / sum, 0.5 * freedom, 0.5).0
}

/// The number that Student's t stays below with probability `p`; NaN unless 0 < p < 1 and freedom > 0.
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && freedom > 0.0) {
        return f64::NAN;
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = if p < 0.5 { p } else { 1.0 - p };
    // The normal quantile with the first term of 26.7.5; one degree of freedom is solved exactly by 26.7.3.
    let z = -normal_quantile(tail);
    let start = if freedom <= 1.5 {
        1.0 / libm::tan(core::f64::consts::PI * tail)
    } else {
        z + z * (z * z + 1.0) / (4.0 * freedom)
    };
    let upper = solve(tail, start, 0.0, f64::INFINITY, &|t| {
        // Density: sqrt(x^(freedom) y / ...) written by the weight of the beta function, d/dt of the tail.
        let (square, sum) = (t * t, freedom + t * t);
        let weight = beta_weight(freedom / sum, square / sum, 0.5 * freedom, 0.5);
        (student_above(t, freedom), -weight / t)
    });
    if p < 0.5 { -upper } else { upper }
}

/// The two-sided 95 % point of Student's t: the value that |t| exceeds in 5 of 100 cases. `None` at 0 degrees.
pub fn student_t_95(freedom: u64) -> Option<f64> {
    (freedom > 0).then(|| student_quantile(0.975, freedom as f64).max(Z_95))
}
