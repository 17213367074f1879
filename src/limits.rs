//! The budgets every call works within. Reaching one is an error or a flag, never silence.

use crate::error::{Error, Result};

/// Longest text analysed by default, in bytes of UTF-8; the rest is cut and flagged `truncated`.
pub const DEFAULT_TEXT_BYTES: usize = 64 * 1024;
/// The most a caller may raise the text limit to, in bytes.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// How much of a text, in normal form, is read for signals (wishes, effort, urgency ...), in bytes.
pub const MAX_SIGNAL_BYTES: usize = 256 * 1024;
/// How much of a survey question is read, in bytes.
pub const MAX_QUESTION_BYTES: usize = 4_096;
/// Most turns of one conversation.
pub const MAX_TURNS: usize = 1_000;
/// Most texts in one batch call.
pub const MAX_BATCH_TEXTS: usize = 10_000;
/// Most bytes of text in one batch call.
pub const MAX_BATCH_BYTES: usize = 16 * 1024 * 1024;
/// Most spans of one kind (PII, sentences) reported for one text.
pub const MAX_SPANS: usize = 4_096;
/// Most examples one classifier learns from.
pub const MAX_EXAMPLES: usize = 50_000;
/// How much of each text a classifier of the caller's own reads, in bytes.
pub const MAX_LEARN_TEXT_BYTES: usize = 8 * 1024;
/// Most corrections in one log.
pub const MAX_CORRECTIONS: usize = 2_000;
/// Longest query, in bytes.
pub const MAX_QUERY_BYTES: usize = 4_096;
/// Deepest nesting of a query: parentheses and NOT.
pub const MAX_QUERY_DEPTH: usize = 32;
/// Most words, phrases and field tests of a query.
pub const MAX_QUERY_TERMS: usize = 256;
/// Most phrases that themes keep at a time, by default; see [`crate::themes`].
pub const DEFAULT_THEME_PHRASES: usize = 8_192;
/// The most phrases a caller may have themes keep.
pub const MAX_THEME_PHRASES: usize = 65_536;
/// Most keyphrases of one text.
pub const MAX_KEYPHRASES: usize = 12;

/// What a text limit must be, in words.
pub(crate) fn text_limit_must() -> String {
    format!("a whole number from 1 to {MAX_TEXT_BYTES}")
}

/// Checks a caller's text limit, in bytes.
///
/// # Errors
/// [`Error::Option`] naming `maxTextBytes` when it is 0 or over [`MAX_TEXT_BYTES`].
pub(crate) fn check_text_limit(bytes: usize) -> Result<()> {
    if (1..=MAX_TEXT_BYTES).contains(&bytes) {
        return Ok(());
    }
    Err(Error::Option { name: "maxTextBytes".into(), what: format!("must be {}", text_limit_must()) })
}
