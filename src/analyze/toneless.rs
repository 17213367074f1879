//! What decisions rest on: the text without swearing, without exclamation marks and not in capitals, so that loudness
//! moves no action and no queue (concept 29 of the design).

use super::{AnalyzeOptions, Engine};
use crate::analysis::Analysis;
use crate::error::Result;
use crate::text::without_swearing;

/// The same text told calmly, or `None` when it is calm already. Bytes stay where they are.
fn lowered(text: &str) -> Option<String> {
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    // Abbreviations and nouns stay: only a text that is mostly capitals is loud.
    let shouted = upper > lower && upper > 3;
    let marked = text.contains(['!', '！']);
    if !shouted && !marked {
        return None;
    }
    let said = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '!' | '！')).len();
    let mut calm = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let inside = at < said && !matches!(before, '!' | '！');
        let small = || {
            let mut small = c.to_lowercase();
            small.next().filter(|one| small.next().is_none() && one.len_utf8() == c.len_utf8()).unwrap_or(c)
        };
        calm.push(match c {
            '!' if inside => '.',
            '!' => ' ',
            '！' if inside => '。',
            '！' => '\u{3000}',
            _ if shouted => small(),
            _ => c,
        });
        before = c;
    }
    Some(calm)
}

impl Engine {
    /// The analysis of the text told calmly, with places in the text as given and the personal data found there; `None`
    /// where the text is calm. `O(text)`: as much as the analysis itself.
    pub(super) fn toneless(
        &self,
        text: &str,
        analysis: &Analysis,
        options: &AnalyzeOptions,
    ) -> Result<Option<Analysis>> {
        if analysis.truncated || !analysis.meaningful {
            return Ok(None);
        }
        let unsworn = without_swearing(text).filter(|calm| !calm.text.trim().is_empty());
        let base = unsworn.as_ref().map_or(text, |calm| &calm.text);
        let lowered = lowered(base);
        if unsworn.is_none() && lowered.is_none() {
            return Ok(None);
        }
        let options = AnalyzeOptions { pii: false, sentences: false, evidence: false, ..options.clone() };
        let mut calm = self.analyze(lowered.as_deref().unwrap_or(base), &options)?;
        if let Some(unsworn) = &unsworn {
            calm.each_span(|span| *span = unsworn.back(*span));
        }
        calm.pii = analysis.pii.clone();
        calm.language = analysis.language.clone();
        Ok(Some(calm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loud_texts_are_told_calmly_without_moving_a_byte() {
        assert_eq!(lowered("Great! Now the NHS app!!! fails!!"), Some("Great. Now the NHS app.   fails  ".into()));
        assert_eq!(lowered("WHERE IS MY PARCEL"), Some("where is my parcel".into()));
        assert_eq!(lowered("最高！！ありがとう！"), Some("最高。\u{3000}ありがとう\u{3000}".into()));
        assert_eq!(lowered("The NHS app fails."), None);
        for text in ["ÄÖÜ İSTANBUL!", "ẞẞẞẞ!!", "!"] {
            assert_eq!(lowered(text).map(|calm| calm.len()), Some(text.len()), "{text}");
        }
    }
}
