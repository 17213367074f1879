//! The analysis that decisions rest on: of the text told calmly.

use super::{AnalyzeOptions, Engine};
use crate::analysis::Analysis;
use crate::error::Result;
use crate::text::{told_at, toneless};

impl Engine {
    /// The analysis of the text told calmly, with places in the text as given and the personal data found there; `None`
    /// where the text is calm. `O(text)`: as much as the analysis itself.
    pub(super) fn toneless(
        &self,
        text: &str,
        analysis: &Analysis,
        options: &AnalyzeOptions,
    ) -> Result<Option<Analysis>> {
        let Some(told) = (!analysis.truncated).then(|| toneless(text)).flatten() else { return Ok(None) };
        let options = AnalyzeOptions { pii: false, sentences: false, evidence: false, ..options.clone() };
        let mut calm = self.analyze(&told.text, &options)?;
        calm.each_span(|span| *span = told_at(&told, text, *span));
        calm.pii = analysis.pii.clone();
        Ok(Some(calm))
    }
}
