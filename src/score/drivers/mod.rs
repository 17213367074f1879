//! Drivers: which topics, emotions and efforts move a rating, how surely, and what fixing them would bring.
//!
//! Relative importance by the Shapley value of R squared (Johnson's weights for many drivers) with bootstrap intervals
//! of values and ranks; coefficients with t intervals; penalty and reward; impact if fixed and by removal. Formulas,
//! sources and limits: docs/design/drivers.md.

mod contrast;
mod importance;
mod linear;
mod moments;
mod resample;
mod table;

pub use contrast::{Contrast, DriverKind};
pub use importance::{Correlations, MAX_DRIVERS, MAX_SHAPLEY};
pub use table::{DriverMark, DriverRow, TableOptions, driver_marks, driver_table};

use serde::{Deserialize, Serialize};

use super::student_t_95;
use crate::error::{Error, Result};
use crate::order::Sorted;
use moments::Moments;

/// Most rows of one table.
pub const MAX_ROWS: usize = 1_000_000;
/// Most replicates of the bootstrap.
pub const MAX_REPLICATES: usize = 2_000;
/// Rows for each driver, below which a report says `tooFew`.
const LEAST_ROWS: usize = 10;

/// Printed with every report.
pub const CAUTION: &str =
    "Drivers are associations, not causes. What never fails moves no rating and looks unimportant.";

/// One driver: a number for each row. Below 0 is bad (the topic was spoken of badly), 0 is not told, above 0 is good.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriverColumn {
    pub name: String,
    pub values: Vec<f64>,
}

/// Ratings and what goes with them. For NPS give promoters as 100, passives as 0, detractors as -100: means are then
/// NPS.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriverTable {
    pub outcome: Vec<f64>,
    pub drivers: Vec<DriverColumn>,
}

/// How intervals are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DriverOptions {
    /// Replicates of the bootstrap; 0 gives no intervals of importance. Default 1,000; at most 100 are drawn for more
    /// drivers than [`MAX_SHAPLEY`].
    pub replicates: usize,
    /// The same seed gives the same intervals.
    pub seed: u64,
}

impl Default for DriverOptions {
    fn default() -> Self {
        DriverOptions { replicates: 1_000, seed: 1 }
    }
}

/// One driver and what it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver {
    pub name: String,
    /// Part of the variance of the outcome, 0..=1; all parts sum to `explained`.
    pub importance: f64,
    /// 95 % interval of `importance`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
    /// Part of what is explained, in percent.
    pub share: f64,
    /// 1 is the most important.
    pub rank: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_interval: Option<[usize; 2]>,
    /// Change of the outcome for one more of the driver, the others held; with 95 % t interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coefficient: Option<[f64; 3]>,
    /// What bad and good mentions do.
    pub contrast: Contrast,
    /// Mean of the outcome less its mean over rows where the driver is 0: simple, not additive, grows with volume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_removal: Option<f64>,
    /// It does not vary, or the drivers before it determine it: no coefficient can be told.
    pub undetermined: bool,
}

/// Drivers of an outcome, the most important first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DriverReport {
    pub drivers: Vec<Driver>,
    /// Rows used.
    pub n: usize,
    /// Rows left out: a value is no number.
    pub left_out: usize,
    /// Part of the variance of the outcome that all drivers explain, 0..=1.
    pub explained: f64,
    pub outcome_mean: f64,
    pub method: &'static str,
    /// Fewer than ten rows for each driver, or an outcome without variance: do not act on it.
    pub too_few: bool,
    pub caution: &'static str,
}

/// Reports the drivers of an outcome. Cost: `O(rows * k^2)`, then a replicate `O(2^k k^2)` up to [`MAX_SHAPLEY`]
/// drivers and `O(k^3)` beyond.
///
/// # Errors
/// [`Error::Field`] naming `drivers` (none, or over [`MAX_DRIVERS`]), `drivers[i].values` or `outcome` (another length
/// than the outcome, over [`MAX_ROWS`]); [`Error::Option`] naming `replicates`.
pub fn drivers(table: &DriverTable, options: &DriverOptions) -> Result<DriverReport> {
    check(table, options)?;
    let k = table.drivers.len();
    let is_number =
        |at: usize| table.outcome[at].is_finite() && table.drivers.iter().all(|driver| driver.values[at].is_finite());
    let rows: Vec<usize> = (0..table.outcome.len()).filter(|at| is_number(*at)).collect();
    let parts = resample::parts(table, &rows, options.seed);
    let mut all = Moments::new(k + 1);
    parts.iter().for_each(|part| all.merge(part));
    let n = rows.len();
    let varies = n > 0 && all.varies(k);
    let importance = if varies { all.correlations().importance() } else { vec![0.0; k] };
    let explained: f64 = importance.iter().sum();
    let ranks = ranks(&importance);
    let drawn = if varies { resample::intervals(&parts, &importance, options) } else { None };
    let regression = if varies { all.regression() } else { None };
    let contrasts = contrast::contrasts(table, &rows);
    let mean = resample::centre(table, &rows)[k];
    let mut list: Vec<Driver> = Vec::with_capacity(k);
    for (at, contrast) in contrasts.into_iter().enumerate() {
        let known = regression.as_ref().filter(|regression| !regression.unknown[at]);
        let coefficient = known.and_then(|regression| {
            let half = student_t_95(regression.freedom)? * regression.covariance.at(at, at).max(0.0).sqrt();
            let value = regression.coefficients[at];
            Some([value, value - half, value + half])
        });
        let column = &table.drivers[at].values;
        let rest = rows.iter().filter(|row| column[**row] == 0.0).map(|row| table.outcome[*row]);
        let (count, sum) = rest.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
        list.push(Driver {
            name: table.drivers[at].name.clone(),
            importance: importance[at],
            interval: drawn.as_ref().map(|drawn| drawn.values[at]),
            share: if explained > 0.0 { 100.0 * importance[at] / explained } else { 0.0 },
            rank: ranks[at],
            rank_interval: drawn.as_ref().map(|drawn| drawn.ranks[at]),
            undetermined: known.is_none(),
            coefficient,
            contrast,
            by_removal: (count > 0.0).then(|| mean - sum / count),
        });
    }
    list.order_by(|a, b| a.rank.cmp(&b.rank));
    Ok(DriverReport {
        drivers: list,
        n,
        left_out: table.outcome.len() - n,
        explained,
        outcome_mean: mean,
        method: if k <= MAX_SHAPLEY {
            "Shapley value of R squared over all orders (Lindeman, Merenda and Gold 1980); bootstrap intervals (Efron 1979)"
        } else {
            "relative weights (Johnson 2000); bootstrap intervals (Efron 1979)"
        },
        too_few: !varies || n < LEAST_ROWS * k,
        caution: CAUTION,
    })
}

fn check(table: &DriverTable, options: &DriverOptions) -> Result<()> {
    let refuse = |field: String, what: String| Err(Error::Field { field, what });
    if !(1..=MAX_DRIVERS).contains(&table.drivers.len()) {
        return refuse("drivers".into(), format!("must be 1 to {MAX_DRIVERS} columns"));
    }
    if table.outcome.len() > MAX_ROWS {
        return refuse("outcome".into(), format!("must be at most {MAX_ROWS} rows"));
    }
    if let Some(at) = table.drivers.iter().position(|driver| driver.values.len() != table.outcome.len()) {
        return refuse(format!("drivers[{at}].values"), "must be as long as outcome".into());
    }
    if options.replicates > MAX_REPLICATES {
        let what = format!("must be at most {MAX_REPLICATES}");
        return Err(Error::Option { name: "replicates".into(), what });
    }
    Ok(())
}

/// Rank of each value, the largest is 1; equal ones by their place.
fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.order_by(|a, b| values[*b].total_cmp(&values[*a]));
    let mut ranks = vec![0; values.len()];
    order.into_iter().enumerate().for_each(|(place, at)| ranks[at] = place + 1);
    ranks
}
