//! Relative importance from correlations: how much of the variance each driver explains.

use super::linear::{Matrix, SINGULAR};
use crate::error::{Error, Result};

/// Up to so many drivers every order is taken into account; beyond, Johnson's weights stand in.
pub const MAX_SHAPLEY: usize = 12;
/// Most drivers.
pub const MAX_DRIVERS: usize = 50;

/// Correlations of `k` drivers among each other and with the outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlations {
    pub(super) among: Matrix,
    pub(super) outcome: Vec<f64>,
}

impl Correlations {
    /// From a matrix of the drivers, row by row, and their correlations with the outcome.
    ///
    /// # Errors
    /// [`Error::Option`] naming `correlations` when the sizes do not fit, there are none or over [`MAX_DRIVERS`], the
    /// matrix is not symmetric with a diagonal of 1, or a value leaves -1..=1.
    pub fn new(among: &[f64], outcome: &[f64]) -> Result<Correlations> {
        let n = outcome.len();
        let matrix = Matrix { n, cells: among.to_vec() };
        let fits = (1..=MAX_DRIVERS).contains(&n)
            && among.len() == n * n
            && among.iter().chain(outcome).all(|value| value.abs() <= 1.0)
            && (0..n).all(|row| matrix.at(row, row) == 1.0)
            && (0..n).all(|row| (0..row).all(|column| matrix.at(row, column) == matrix.at(column, row)));
        if !fits {
            let what = format!("must be a symmetric matrix of 1 to {MAX_DRIVERS} rows, diagonal 1, values in -1..=1");
            return Err(Error::Option { name: "correlations".into(), what });
        }
        Ok(Correlations { among: matrix, outcome: outcome.to_vec() })
    }

    /// Share of the variance that all drivers explain together (R squared).
    pub fn explained(&self) -> f64 {
        let (inverse, _) = self.among.inverse();
        let row = |row: usize| (0..inverse.n).map(|at| inverse.at(row, at) * self.outcome[at]).sum::<f64>();
        (0..inverse.n).map(|at| row(at) * self.outcome[at]).sum()
    }

    /// Importance of each driver; they sum to [`Correlations::explained`]. Exact up to [`MAX_SHAPLEY`] drivers.
    pub fn importance(&self) -> Vec<f64> {
        if self.outcome.len() <= MAX_SHAPLEY { self.shapley() } else { self.johnson() }
    }

    /// The gain in R squared by each driver, averaged over all orders (Lindeman, Merenda and Gold 1980; the Shapley
    /// value). A driver that others determine exactly shares with them. `O(2^k k^2)`; at most [`MAX_SHAPLEY`] drivers,
    /// for more zeros.
    pub fn shapley(&self) -> Vec<f64> {
        let k = self.outcome.len();
        if k > MAX_SHAPLEY {
            return vec![0.0; k];
        }
        let mut explained = vec![0.0; 1 << k];
        Subsets { of: self, explained: &mut explained, path: Vec::new(), rows: Vec::new(), z: Vec::new() }.visit(0, 0);
        // Weight of a subset of s others: s! (k - s - 1)! / k!.
        let mut weights = vec![1.0 / k as f64; k];
        for size in 1..k {
            weights[size] = weights[size - 1] * size as f64 / (k - size) as f64;
        }
        let gain = |driver: usize| {
            let without = (0..1usize << k).filter(|set| set & (1 << driver) == 0);
            without
                .map(|set| weights[set.count_ones() as usize] * (explained[set | 1 << driver] - explained[set]))
                .sum()
        };
        (0..k).map(gain).collect()
    }

    /// Johnson's relative weights (2000): close to [`Correlations::shapley`] at `O(k^3)`.
    pub fn johnson(&self) -> Vec<f64> {
        let k = self.outcome.len();
        let (values, vectors) = self.among.eigen();
        let root = |power: f64| {
            let mut root = Matrix::zero(k);
            for row in 0..k {
                for column in 0..k {
                    let cell = |at: usize| {
                        let value = values[at];
                        let value = if value > SINGULAR { libm::pow(value, power) } else { 0.0 };
                        vectors.at(row, at) * value * vectors.at(column, at)
                    };
                    root.set(row, column, (0..k).map(cell).sum());
                }
            }
            root
        };
        let (loading, inverse) = (root(0.5), root(-0.5));
        let beta = |row: usize| (0..k).map(|at| inverse.at(row, at) * self.outcome[at]).sum::<f64>();
        let squares: Vec<f64> = (0..k).map(|row| beta(row) * beta(row)).collect();
        let weight = |row: usize| (0..k).map(|at| loading.at(row, at) * loading.at(row, at) * squares[at]).sum();
        (0..k).map(weight).collect()
    }
}

/// A walk through all subsets that adds one driver at a time to a Cholesky factor.
struct Subsets<'c, 'e> {
    of: &'c Correlations,
    explained: &'e mut [f64],
    path: Vec<usize>,
    rows: Vec<[f64; MAX_SHAPLEY]>,
    z: Vec<f64>,
}

impl Subsets<'_, '_> {
    /// Visits every subset that adds drivers from `next` on to `set`. As deep as there are drivers, 12 at most.
    fn visit(&mut self, set: usize, next: usize) {
        for driver in next..self.of.outcome.len() {
            let mut row = [0.0; MAX_SHAPLEY];
            let (mut rest, mut toward) = (1.0, self.of.outcome[driver]);
            for at in 0..self.path.len() {
                let known: f64 = (0..at).map(|before| row[before] * self.rows[at][before]).sum();
                row[at] = (self.of.among.at(driver, self.path[at]) - known) / self.rows[at][at];
                rest -= row[at] * row[at];
                toward -= row[at] * self.z[at];
            }
            let with = set | 1 << driver;
            self.explained[with] = self.explained[set];
            let adds = rest > SINGULAR;
            if adds {
                let pivot = rest.sqrt();
                row[self.path.len()] = pivot;
                self.explained[with] += toward * toward / rest;
                self.path.push(driver);
                self.rows.push(row);
                self.z.push(toward / pivot);
            }
            self.visit(with, driver + 1);
            if adds {
                self.path.pop();
                self.rows.pop();
                self.z.pop();
            }
        }
    }
}
