//! CSV without personal data: everything but the cells that change stays byte for byte.

use super::records::{FieldRules, Promise, RecordRedaction, Run};
use super::{Redactor, Session};
use crate::error::{Error, Result};

impl Redactor {
    /// `csv` (RFC 4180, cells parted by `delimiter`) without personal data. The first row names the columns: one whose
    /// name promises personal data is taken out as a whole, the cells of all others are read as text, and so are the
    /// names. `O(bytes)` as for texts.
    ///
    /// # Errors
    /// Fails closed: [`Error::Option`] naming `delimiter` when it is no comma, semicolon, tab or bar; [`Error::Field`]
    /// naming `csv` when a quote is not closed; [`Error::BatchTooLarge`] over
    /// [`crate::limits::MAX_BATCH_BYTES`]; those of [`Redactor::redact`] for one cell.
    pub fn redact_csv(
        &self,
        csv: &str,
        delimiter: char,
        rules: &FieldRules,
        session: &mut Session,
    ) -> Result<RecordRedaction> {
        if !matches!(delimiter, ',' | ';' | '\t' | '|') {
            let what = "must be a comma, semicolon, tab or bar".into();
            return Err(Error::Option { name: "delimiter".into(), what });
        }
        let mut run = Run::new(self, rules, session, csv.len())?;
        let mut out = String::with_capacity(csv.len());
        let mut columns: Vec<(String, Promise)> = Vec::new();
        let (mut at, mut column, mut is_head) = (csv.len() - csv.trim_start_matches('\u{FEFF}').len(), 0, true);
        out.push_str(&csv[..at]);
        while at < csv.len() {
            let (cell, len) = cell(&csv[at..], delimiter).ok_or_else(|| {
                let what = "has a quote that is not closed".into();
                Error::Field { field: "csv".into(), what }
            })?;
            let redacted = if is_head {
                let redacted = run.text(&cell, false)?;
                let name = redacted.clone().unwrap_or_else(|| cell.clone());
                run.path = vec![name.trim().to_string()];
                let promise = run.promise(name.trim(), Promise::Scan);
                columns.push((name.trim().to_string(), promise));
                redacted
            } else {
                let (name, promise) = columns.get(column).map_or(("*", Promise::Scan), |(name, p)| (name, *p));
                run.path = vec![name.to_string()];
                run.value(&cell, promise)?
            };
            match redacted {
                None => out.push_str(&csv[at..at + len]),
                Some(value) => write(&value, delimiter, &mut out),
            }
            at += len;
            let rest = &csv[at..];
            let end = if rest.starts_with(delimiter) {
                column += 1;
                1
            } else {
                (column, is_head) = (0, false);
                if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
            };
            out.push_str(&rest[..end]);
            at += end;
        }
        Ok(run.done(out))
    }
}

/// The value and the length of the cell that `rest` begins with; `None` when its quote is not closed.
fn cell(rest: &str, delimiter: char) -> Option<(String, usize)> {
    let ends = |c: char| c == delimiter || c == '\n' || c == '\r';
    if !rest.starts_with('"') {
        let len = rest.find(ends).unwrap_or(rest.len());
        return Some((rest[..len].to_string(), len));
    }
    let mut at = 1;
    loop {
        at += rest[at..].find('"')? + 1;
        if !rest[at..].starts_with('"') {
            break;
        }
        at += 1;
    }
    // What follows a closing quote belongs to the cell, as spreadsheets read it.
    let tail = rest[at..].find(ends).unwrap_or(rest.len() - at);
    let value = [&rest[1..at - 1].replace("\"\"", "\""), &rest[at..at + tail]].concat();
    Some((value, at + tail))
}

fn write(value: &str, delimiter: char, out: &mut String) {
    if value.contains([delimiter, '"', '\n', '\r']) {
        out.extend(["\"", &value.replace('"', "\"\""), "\""]);
    } else {
        out.push_str(value);
    }
}
