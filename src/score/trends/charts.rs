//! Control charts over standardised values: small shifts that last.

/// EWMA (Roberts 1959; limits of Lucas and Saccucci 1990): the places where the average of `values`, weighing the
/// newest with `lambda`, leaves `limit` times its own standard deviation. `values` have mean 0 and deviation 1 in
/// control. With `lambda` 0.2 and `limit` 3 about one false alarm in 560 values, both sides together.
pub fn ewma_alarms(values: &[f64], lambda: f64, limit: f64) -> Vec<usize> {
    let edge = limit * (lambda / (2.0 - lambda)).sqrt();
    let mut state = 0.0;
    let mut alarms = Vec::new();
    for (at, value) in values.iter().enumerate() {
        state += lambda * (value - state);
        if state.abs() > edge {
            alarms.push(at);
            state = 0.0;
        }
    }
    alarms
}

/// Upper CUSUM (Page 1954): the places where the sum of what exceeds `slack` passes `limit`; it then begins anew.
pub fn cusum_alarms(values: &[f64], slack: f64, limit: f64) -> Vec<usize> {
    let mut state = Cusum::default();
    values.iter().enumerate().filter_map(|(at, value)| state.add(*value, slack, limit).then_some(at)).collect()
}

/// Mean number of values between false alarms of the upper CUSUM, by Siegmund's approximation (1985); both sides
/// together alarm twice as often. 938 for slack 0.5 and limit 5.
pub fn cusum_run_length(slack: f64, limit: f64) -> f64 {
    let reach = 2.0 * slack * (limit + 1.166);
    (libm::exp(reach) - reach - 1.0) / (2.0 * slack * slack)
}

/// The limit at which the upper CUSUM gives one false alarm in `run_length` values. By bisection.
pub(super) fn cusum_limit(slack: f64, run_length: f64) -> f64 {
    let (mut low, mut high) = (0.0, 60.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if cusum_run_length(slack, middle) < run_length {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The running sum of an upper CUSUM.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cusum {
    sum: f64,
    /// Values since the sum was 0 last.
    pub since: usize,
}

impl Cusum {
    pub fn add(&mut self, value: f64, slack: f64, limit: f64) -> bool {
        let before = if self.sum > 0.0 { self.since } else { 0 };
        self.sum = (self.sum + value - slack).max(0.0);
        self.since = if self.sum > 0.0 { before + 1 } else { 0 };
        let alarm = self.sum > limit;
        if alarm {
            self.sum = 0.0;
        }
        alarm
    }
}
