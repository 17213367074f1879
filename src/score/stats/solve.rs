//! Finds where a probability reaches a value.

/// Solves `f(x).0 = p` for x between `low` and `high`; `f` gives a monotone probability and its slope.
///
/// Newton on the logarithm of the probability, which converges in tails as fast as in the middle, kept between
/// bounds that close from both sides. `high` may be infinite.
pub(super) fn solve(p: f64, start: f64, mut low: f64, mut high: f64, f: &dyn Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start;
    for _ in 0..200 {
        let (value, slope) = f(x);
        if value == p {
            return x;
        }
        if (value > p) == (slope > 0.0) {
            high = x;
        } else {
            low = x;
        }
        let mut next = x - value * libm::log(value / p) / slope;
        if !(next > low && next < high) {
            next = if high.is_finite() { low + 0.5 * (high - low) } else { 2.0 * x + 1.0 };
        }
        if (next - x).abs() <= 4e-16 * next.abs() || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}
