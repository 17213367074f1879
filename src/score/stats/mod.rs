//! Distributions, quantiles and corrections for many tests: the statistics behind every figure.
//!
//! Only the four operations, square roots and `libm` are used, so the bits are the same on every machine.
//! Against values computed with 40 digits the relative error of tails and quantiles is below 1e-10, mostly
//! below 1e-13 (`tests/score/statistics.rs`). Tails are computed as tails, never as 1 minus the rest: a tail
//! of 1e-30 has as many right digits as one of 0.1. Numbers out of range give NaN, as the doc comments say.
//!
//! | file | what it holds |
//! |---|---|
//! | `normal` | normal distribution |
//! | `gamma` | incomplete gamma function: chi-square and Poisson |
//! | `beta` | incomplete beta function: beta, Student's t, F, binomial |
//! | `many` | Holm and Benjamini-Hochberg |
//! | `solve` | quantiles from tails |

mod beta;
mod gamma;
mod many;
mod normal;
mod solve;

pub use beta::{
    beta_below, beta_quantile, binomial_at_least, f_above, student_above, student_quantile, student_t_95,
    student_two_sided,
};
pub use gamma::{chi_square_above, chi_square_quantile, ln_gamma, poisson_at_least, poisson_at_most};
pub use many::{benjamini_hochberg, holm};
pub use normal::{normal_above, normal_below, normal_quantile, normal_two_sided};
