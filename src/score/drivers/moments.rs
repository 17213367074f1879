//! Sums of rows from which correlations follow; parts can be added and drawn again.

use super::importance::Correlations;
use super::linear::Matrix;

/// Number, sums and products of the columns of some rows; the outcome is the last column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moments {
    pub n: f64,
    sums: Vec<f64>,
    /// Products of columns, the later one first.
    products: Vec<f64>,
}

impl Moments {
    pub fn new(columns: usize) -> Moments {
        Moments { n: 0.0, sums: vec![0.0; columns], products: vec![0.0; columns * (columns + 1) / 2] }
    }

    pub fn add(&mut self, row: &[f64]) {
        self.n += 1.0;
        let mut at = 0;
        for (column, value) in row.iter().enumerate() {
            self.sums[column] += value;
            for other in &row[..=column] {
                self.products[at] += value * other;
                at += 1;
            }
        }
    }

    pub fn merge(&mut self, other: &Moments) {
        self.n += other.n;
        self.sums.iter_mut().zip(&other.sums).for_each(|(own, more)| *own += more);
        self.products.iter_mut().zip(&other.products).for_each(|(own, more)| *own += more);
    }

    /// Sum of products of the deviations of two columns.
    pub fn spread(&self, one: usize, other: usize) -> f64 {
        let (small, large) = if one < other { (one, other) } else { (other, one) };
        self.products[large * (large + 1) / 2 + small] - self.sums[one] * self.sums[other] / self.n
    }

    /// Correlations of all columns but the last among each other and with the last. A column that does not vary has none
    /// with any other.
    pub fn correlations(&self) -> Correlations {
        let k = self.sums.len() - 1;
        let deviations: Vec<f64> = (0..=k).map(|column| self.spread(column, column).max(0.0).sqrt()).collect();
        let correlation = |one: usize, other: usize| {
            let scale = deviations[one] * deviations[other];
            if self.varies(one) && self.varies(other) {
                (self.spread(one, other) / scale).clamp(-1.0, 1.0)
            } else {
                0.0
            }
        };
        let mut among = Matrix::zero(k);
        for row in 0..k {
            among.set(row, row, 1.0);
            for column in 0..row {
                let value = correlation(row, column);
                among.set(row, column, value);
                among.set(column, row, value);
            }
        }
        Correlations { among, outcome: (0..k).map(|column| correlation(column, k)).collect() }
    }

    /// The column has more than one value, as far as sums can tell.
    pub fn varies(&self, column: usize) -> bool {
        let square = self.products[column * (column + 3) / 2];
        self.spread(column, column) > 1e-12 * square.max(1e-300)
    }

    /// Least squares of the last column on the others: coefficients, their covariance, and the degrees of freedom left.
    /// Columns that add nothing have the coefficient 0 and are named. `None` without a degree of freedom.
    pub fn regression(&self) -> Option<Regression> {
        let k = self.sums.len() - 1;
        let freedom = self.n as u64;
        let freedom = freedom.checked_sub(k as u64 + 1).filter(|freedom| *freedom > 0)?;
        let correlations = self.correlations();
        let (mut inverse, left_out) = correlations.among.inverse();
        let total = self.spread(k, k).max(0.0);
        let beta = |row: usize| (0..k).map(|at| inverse.at(row, at) * correlations.outcome[at]).sum::<f64>();
        let betas: Vec<f64> = (0..k).map(beta).collect();
        let explained: f64 = betas.iter().zip(&correlations.outcome).map(|(beta, r)| beta * r).sum();
        let error = total * (1.0 - explained).max(0.0) / freedom as f64;
        let scale: Vec<f64> = (0..k)
            .map(|column| if self.varies(column) { 1.0 / self.spread(column, column).sqrt() } else { 0.0 })
            .collect();
        let coefficients = (0..k).map(|at| betas[at] * scale[at] * total.sqrt()).collect();
        for row in 0..k {
            for column in 0..k {
                inverse.set(row, column, inverse.at(row, column) * scale[row] * scale[column] * error);
            }
        }
        let unknown = (0..k).map(|at| left_out[at] || !self.varies(at)).collect();
        Some(Regression { coefficients, covariance: inverse, unknown, freedom })
    }
}

/// Coefficients of least squares.
pub(super) struct Regression {
    pub coefficients: Vec<f64>,
    pub covariance: Matrix,
    pub unknown: Vec<bool>,
    pub freedom: u64,
}
