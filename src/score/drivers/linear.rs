//! The linear algebra of small symmetric matrices, row by row in one vector.

/// A pivot below this, relative to a diagonal of 1, says that a column adds nothing to those before.
pub(super) const SINGULAR: f64 = 1e-10;

/// A symmetric matrix of `n` rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub n: usize,
    pub cells: Vec<f64>,
}

impl Matrix {
    pub fn zero(n: usize) -> Matrix {
        Matrix { n, cells: vec![0.0; n * n] }
    }

    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.n + column]
    }

    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.n + column] = value;
    }

    /// The inverse of a positive matrix with a diagonal of 1, by Cholesky. Columns that add nothing to those before are
    /// left out: their rows of the inverse are 0, and they are named.
    pub fn inverse(&self) -> (Matrix, Vec<bool>) {
        let n = self.n;
        let mut factor = Matrix::zero(n);
        let mut left_out = vec![false; n];
        for row in 0..n {
            for column in 0..=row {
                let known: f64 = (0..column).map(|at| factor.at(row, at) * factor.at(column, at)).sum();
                let rest = self.at(row, column) - known;
                if row == column {
                    left_out[row] = rest < SINGULAR;
                    factor.set(row, row, if rest < SINGULAR { 0.0 } else { rest.sqrt() });
                } else if !left_out[column] {
                    factor.set(row, column, rest / factor.at(column, column));
                }
            }
            if left_out[row] {
                (0..row).for_each(|column| factor.set(row, column, 0.0));
            }
        }
        // Inverse of the factor, then its square.
        let mut lower = Matrix::zero(n);
        for column in (0..n).filter(|column| !left_out[*column]) {
            lower.set(column, column, 1.0 / factor.at(column, column));
            for row in (column + 1..n).filter(|row| !left_out[*row]) {
                let sum: f64 = (column..row).map(|at| factor.at(row, at) * lower.at(at, column)).sum();
                lower.set(row, column, -sum / factor.at(row, row));
            }
        }
        let mut inverse = Matrix::zero(n);
        for row in 0..n {
            for column in 0..=row {
                let sum: f64 = (row..n).map(|at| lower.at(at, row) * lower.at(at, column)).sum();
                inverse.set(row, column, sum);
                inverse.set(column, row, sum);
            }
        }
        (inverse, left_out)
    }

    /// Eigenvalues and eigenvectors (as columns) by Jacobi's rotations, row by row in a fixed order.
    pub fn eigen(&self) -> (Vec<f64>, Matrix) {
        let n = self.n;
        let mut matrix = self.clone();
        let mut vectors = Matrix::zero(n);
        (0..n).for_each(|at| vectors.set(at, at, 1.0));
        for _sweep in 0..60 {
            let off: f64 = (0..n)
                .flat_map(|row| (0..row).map(move |column| (row, column)))
                .map(|(row, column)| matrix.at(row, column) * matrix.at(row, column))
                .sum();
            if off < 1e-26 {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    rotate(&mut matrix, &mut vectors, p, q);
                }
            }
        }
        ((0..n).map(|at| matrix.at(at, at)).collect(), vectors)
    }
}

/// One rotation that makes the cell (p, q) zero.
fn rotate(matrix: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    let cell = matrix.at(p, q);
    if cell == 0.0 {
        return;
    }
    let theta = (matrix.at(q, q) - matrix.at(p, p)) / (2.0 * cell);
    let sign = if theta >= 0.0 { 1.0 } else { -1.0 };
    let tangent = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turn = |one: f64, other: f64| (cosine * one - sine * other, sine * one + cosine * other);
    for at in 0..matrix.n {
        let (one, other) = turn(matrix.at(at, p), matrix.at(at, q));
        matrix.set(at, p, one);
        matrix.set(at, q, other);
        let (one, other) = turn(vectors.at(at, p), vectors.at(at, q));
        vectors.set(at, p, one);
        vectors.set(at, q, other);
    }
    for at in 0..matrix.n {
        let (one, other) = turn(matrix.at(p, at), matrix.at(q, at));
        matrix.set(p, at, one);
        matrix.set(q, at, other);
    }
}
