//! What many texts speak of: frequent phrases that no topic explains, gathered into themes.
//!
//! Rows are added one by one, parts made anywhere are merged, and a report is read at any time. Memory
//! is bounded, whatever is added: [`Themes::with_capacity`] says how many phrases are kept, and the
//! report says by how much a count may be too low.
//!
//! What holds for order: adding and merging are exact and do not depend on order as long as no more
//! than twice the capacity of different phrases occur; `a` merged with `b` always equals `b` merged
//! with `a`; beyond the capacity counts depend on the order of merging, within the stated error.
//! No text is kept: only phrases without the personal data that [`crate::privacy`] finds, counts, and
//! row numbers given by the caller. docs/design/themes.md has method and limits.

mod bytes;
mod mentions;
mod report;
mod sample;
mod sketch;
mod topic;

use crate::analysis::{Analysis, SentimentLabel};
use crate::error::{Error, Result};
use crate::keyphrases::units;
use crate::limits::{DEFAULT_TEXT_BYTES, DEFAULT_THEME_PHRASES, MAX_THEME_PHRASES};
use crate::span::Span;
use crate::text::Normalized;
pub use report::{Theme, ThemeOptions, ThemePhrase, ThemeReport, ThemeSentiment};
use sketch::Sketch;

/// Largest row number: 2^53 - 1, as in JavaScript.
const MAX_ID: u64 = (1 << 53) - 1;

/// One row to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThemeRow<'r> {
    /// Number by which the caller finds the row again; reports give it back as an example.
    pub id: u64,
    pub text: &'r str,
    /// ISO 639-1 code.
    pub language: &'r str,
    pub sentiment: Option<SentimentLabel>,
    /// Places that topics cover, in bytes of the text: phrases over them count as explained.
    pub covered: &'r [Span],
}

impl<'r> ThemeRow<'r> {
    /// A row by its analysis. What topics explain is left out only where their spans are given as `covered`.
    pub fn new(id: u64, text: &'r str, analysis: &'r Analysis) -> ThemeRow<'r> {
        let sentiment = Some(analysis.sentiment.label);
        ThemeRow { id, text, language: &analysis.language.code, sentiment, covered: &[] }
    }
}

/// Phrases of many rows; see the [module](self).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Themes {
    rows: u64,
    /// Rows with a phrase.
    texts: u64,
    sketch: Sketch,
}

impl Default for Themes {
    fn default() -> Self {
        Themes::new()
    }
}

impl Themes {
    /// Themes without rows that keep [`DEFAULT_THEME_PHRASES`] phrases.
    pub fn new() -> Themes {
        Themes { rows: 0, texts: 0, sketch: Sketch::new(DEFAULT_THEME_PHRASES) }
    }

    /// Themes that keep `phrases` phrases, and up to twice as many for a while: about 300 bytes each.
    ///
    /// # Errors
    /// [`Error::Option`] naming `phrases` when it is not in 16..=[`MAX_THEME_PHRASES`].
    pub fn with_capacity(phrases: usize) -> Result<Themes> {
        if !(16..=MAX_THEME_PHRASES).contains(&phrases) {
            let what = format!("must be a whole number from 16 to {MAX_THEME_PHRASES}");
            return Err(Error::Option { name: "phrases".into(), what });
        }
        Ok(Themes { rows: 0, texts: 0, sketch: Sketch::new(phrases) })
    }

    /// Counts one row. Each phrase counts once a row; of a long text the first
    /// [`DEFAULT_TEXT_BYTES`] are read. Cost: `O(bytes)`, looking for personal data among them.
    ///
    /// # Errors
    /// [`Error::Field`] naming `id` when it is over 2^53 - 1; nothing is then counted.
    pub fn add(&mut self, row: &ThemeRow) -> Result<()> {
        if row.id > MAX_ID {
            return Err(Error::Field { field: "id".into(), what: format!("must be at most {MAX_ID}") });
        }
        self.rows = self.rows.saturating_add(1);
        let read = row.text.get(..row.text.floor_char_boundary(DEFAULT_TEXT_BYTES)).unwrap_or_default();
        let normal = Normalized::new(read);
        let Some(mut units) = units(&normal, row.language) else { return Ok(()) };
        if units.list.is_empty() {
            return Ok(());
        }
        self.texts = self.texts.saturating_add(1);
        // Topics point into the original; units are moved there for the comparison only.
        let mut covered = Vec::new();
        if !row.covered.is_empty() {
            let explained = |unit: &crate::keyphrases::Unit| {
                let place = normal.to_original(unit.span);
                row.covered.iter().any(|topic| topic.overlaps(&place))
            };
            covered = units.list.iter().filter(|unit| explained(unit)).map(|unit| unit.span).collect();
        }
        units.list.truncate(MAX_UNITS);
        let found = mentions::mentions(&units, normal.text(), &covered);
        let hash = crate::bytes::hash(normal.text().trim().as_bytes());
        self.sketch.add(found, row.sentiment, hash, row.id);
        Ok(())
    }

    /// Adds everything `other` holds. The smaller capacity of both holds from then on.
    pub fn merge(&mut self, other: &Themes) {
        self.rows = self.rows.saturating_add(other.rows);
        self.texts = self.texts.saturating_add(other.texts);
        self.sketch.merge(&other.sketch);
    }

    /// Rows added.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The themes so far. `background` holds other rows to compare with: what is frequent there too
    /// weighs less. More rows may be added after.
    ///
    /// # Errors
    /// [`Error::Option`] naming the option out of range.
    pub fn report(&self, options: &ThemeOptions, background: Option<&Themes>) -> Result<ThemeReport> {
        report::report(self, options, background)
    }

    /// Everything as bytes, the same for equal themes; [`Themes::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// Reads what [`Themes::to_bytes`] wrote. Every field is checked; cost `O(bytes)`.
    ///
    /// # Errors
    /// [`Error::Themes`] with the byte where reading stopped.
    pub fn from_bytes(bytes: &[u8]) -> Result<Themes> {
        bytes::read(bytes)
    }
}

/// Units of one text that are read.
const MAX_UNITS: usize = 256;

#[cfg(test)]
mod tests;
