//! Penalty and reward: what bad and good mentions of a driver do to the outcome (Brandt 1988).

use serde::Serialize;

use super::DriverTable;
use super::moments::Moments;
use crate::score::student_t_95;

/// Fewest bad and good mentions for a kind to be told.
const LEAST_MENTIONS: u64 = 10;

/// What a driver is for the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DriverKind {
    /// Bad costs more than good brings: expected, a must.
    Basic,
    /// Good brings more than bad costs.
    Delight,
    /// Both, about equally.
    Performance,
    /// Too few mentions, or nothing that chance could not give.
    Unclear,
}

/// Penalty and reward of a driver, in units of the outcome, each with a 95 % t interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contrast {
    /// Rows with a value below 0, and above 0.
    pub bad: u64,
    pub good: u64,
    /// What a bad mention costs against none, the other drivers held; absent without bad mentions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<[f64; 3]>,
    /// What a good mention brings against none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward: Option<[f64; 3]>,
    pub kind: DriverKind,
    /// What the mean outcome would gain if no mention were bad any more: penalty times the share of bad rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_fixed: Option<[f64; 3]>,
}

/// Contrasts of all drivers, from one regression on a pair of marks for each (bad or not, good or not).
pub(super) fn contrasts(table: &DriverTable, rows: &[usize]) -> Vec<Contrast> {
    let k = table.drivers.len();
    let marks =
        |row: usize| table.drivers.iter().flat_map(move |driver| [driver.values[row] < 0.0, driver.values[row] > 0.0]);
    let mut shares = vec![0.0; 2 * k];
    for row in rows {
        shares.iter_mut().zip(marks(*row)).for_each(|(share, mark)| *share += f64::from(u8::from(mark)));
    }
    let counts: Vec<u64> = shares.iter().map(|count| *count as u64).collect();
    let n = rows.len().max(1) as f64;
    shares.iter_mut().for_each(|share| *share /= n);
    let mean = rows.iter().map(|row| table.outcome[*row]).sum::<f64>() / n;
    let mut moments = Moments::new(2 * k + 1);
    let mut values = vec![0.0; 2 * k + 1];
    for row in rows {
        let marks = marks(*row).map(|mark| f64::from(u8::from(mark)));
        values.iter_mut().zip(marks.zip(&shares)).for_each(|(value, (mark, share))| *value = mark - share);
        values[2 * k] = table.outcome[*row] - mean;
        moments.add(&values);
    }
    let regression = if rows.is_empty() || !moments.varies(2 * k) { None } else { moments.regression() };
    let one = |at: usize| {
        let (bad, good) = (2 * at, 2 * at + 1);
        let nothing = Contrast {
            bad: counts[bad],
            good: counts[good],
            penalty: None,
            reward: None,
            kind: DriverKind::Unclear,
            if_fixed: None,
        };
        let Some((regression, t)) = regression.as_ref().and_then(|found| Some((found, student_t_95(found.freedom)?)))
        else {
            return nothing;
        };
        let effect = |column: usize, sign: f64| {
            let half = t * regression.covariance.at(column, column).max(0.0).sqrt();
            let value = sign * regression.coefficients[column];
            (!regression.unknown[column]).then_some([value, value - half, value + half])
        };
        let (penalty, reward) = (effect(bad, -1.0), effect(good, 1.0));
        let kind = match (penalty, reward) {
            (Some(penalty), Some(reward)) if counts[bad].min(counts[good]) >= LEAST_MENTIONS => {
                let cell = |row, column| regression.covariance.at(row, column);
                // penalty - reward = -(coefficient of bad + coefficient of good).
                let half = t * (cell(bad, bad) + cell(good, good) + 2.0 * cell(bad, good)).max(0.0).sqrt();
                let more = penalty[0] - reward[0];
                if more > half {
                    DriverKind::Basic
                } else if more < -half {
                    DriverKind::Delight
                } else if penalty[1] > 0.0 && reward[1] > 0.0 {
                    DriverKind::Performance
                } else {
                    DriverKind::Unclear
                }
            }
            _ => DriverKind::Unclear,
        };
        let if_fixed = penalty.map(|penalty| penalty.map(|value| value * shares[bad]));
        Contrast { penalty, reward, kind, if_fixed, ..nothing }
    };
    (0..k).map(one).collect()
}
