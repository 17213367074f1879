//! Distributions and corrections against independent values.

use hearken::score::stats::*;

const VALUES: &str = include_str!("statistics.tsv");

fn call(name: &str, x: &[f64]) -> f64 {
    match name {
        "normal_above" => normal_above(x[0]),
        "normal_quantile" => normal_quantile(x[0]),
        "student_above" => student_above(x[0], x[1]),
        "student_quantile" => student_quantile(x[0], x[1]),
        "beta_below" => beta_below(x[0], x[1], x[2]),
        "beta_quantile" => beta_quantile(x[0], x[1], x[2]),
        "binomial_at_least" => binomial_at_least(x[0] as u64, x[1] as u64, x[2]),
        "f_above" => f_above(x[0], x[1], x[2]),
        "chi_square_above" => chi_square_above(x[0], x[1]),
        "chi_square_quantile" => chi_square_quantile(x[0], x[1]),
        "poisson_at_least" => poisson_at_least(x[0] as u64, x[1]),
        "poisson_at_most" => poisson_at_most(x[0] as u64, x[1]),
        "ln_gamma" => ln_gamma(x[0]),
        _ => panic!("no function {name}"),
    }
}

#[test]
fn distributions_equal_values_of_45_digits() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in VALUES.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('\t').collect();
        let numbers: Vec<f64> = parts[1..].iter().map(|part| part.parse().unwrap()).collect();
        let (expected, arguments) = numbers.split_last().unwrap();
        let found = call(parts[0], arguments);
        let error = if *expected == 0.0 { found.abs() } else { (found / expected - 1.0).abs() };
        if error.is_nan() || error >= 1e-10 {
            wrong.push(format!("{line} -> {found:e}, off by {error:e}"));
        }
        rows += 1;
    }
    assert!(rows > 100, "{rows}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn numbers_out_of_range_give_nan() {
    for p in [0.0, 1.0, -0.5, 1.5, f64::NAN] {
        assert!(normal_quantile(p).is_nan() && student_quantile(p, 5.0).is_nan());
        assert!(beta_quantile(p, 2.0, 2.0).is_nan() && chi_square_quantile(p, 3.0).is_nan());
    }
    assert!(student_quantile(0.9, 0.0).is_nan() && beta_below(0.5, 0.0, 1.0).is_nan());
    assert!(chi_square_above(1.0, -1.0).is_nan() && beta_below(1.5, 1.0, 1.0).is_nan());
    assert_eq!((student_two_sided(f64::INFINITY, 3.0), normal_above(f64::INFINITY)), (0.0, 0.0));
    assert_eq!((beta_below(0.0, 2.0, 3.0), beta_below(1.0, 2.0, 3.0)), (0.0, 1.0));
    assert_eq!((poisson_at_least(0, 5.0), binomial_at_least(11, 10, 0.5)), (1.0, 0.0));
}

/// Fifteen p-values; adjusted ones by statsmodels 0.15.0, `multipletests`.
#[test]
fn corrections_for_many_tests_equal_statsmodels() {
    let near = |found: Vec<f64>, expected: &[f64]| {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    };
    near(holm(&P), &HOLM);
    near(benjamini_hochberg(&P), &BENJAMINI_HOCHBERG);
    // Order of the input does not matter, NaN counts as 1, and nothing in gives nothing out.
    let turned: Vec<f64> = P.iter().rev().copied().collect();
    near(holm(&turned), &HOLM.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(benjamini_hochberg(&[f64::NAN, 0.01]), [1.0, 0.02]);
    assert!(holm(&[]).is_empty());
}

const P: [f64; 15] =
    [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34];
const HOLM: [f64; 15] = [0.015, 0.112, 0.507, 0.507, 0.507, 0.6, 0.666, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
const BENJAMINI_HOCHBERG: [f64; 15] = [
    0.015,
    0.06,
    0.126,
    0.126,
    0.126,
    0.15,
    0.15857142857142856,
    0.29464285714285715,
    0.29464285714285715,
    0.29464285714285715,
    0.29464285714285715,
    0.29464285714285715,
    0.29464285714285715,
    0.29464285714285715,
    0.34,
];
