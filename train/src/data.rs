//! Reads the labelled sets: gzip, UTF-8, tab-separated, first line names the columns.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// One file in memory.
pub struct Sheet {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads `DIR/<stem>.tsv.gz`.
    ///
    /// # Errors
    /// Names the file that is missing or does not decode.
    pub fn read(dir: &Path, stem: &str) -> Result<Sheet, String> {
        let path = dir.join(format!("{stem}.tsv.gz"));
        let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut lines = BufReader::new(MultiGzDecoder::new(file)).lines();
        let mut cells = || -> Result<Option<Vec<String>>, String> {
            match lines.next() {
                None => Ok(None),
                Some(Err(error)) => Err(format!("{}: {error}", path.display())),
                Some(Ok(line)) => Ok(Some(line.split('\t').map(str::to_string).collect())),
            }
        };
        let columns = cells()?.ok_or_else(|| format!("{}: empty file", path.display()))?;
        let mut rows = Vec::new();
        while let Some(row) = cells()? {
            if row.len() == columns.len() {
                rows.push(row);
            } else {
                return Err(format!(
                    "{}: row {} has {} cells, not {}",
                    path.display(),
                    rows.len() + 2,
                    row.len(),
                    columns.len()
                ));
            }
        }
        Ok(Sheet { columns, rows })
    }

    /// Number of the column whose name begins with `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.starts_with(name))
    }
}
