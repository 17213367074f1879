//! Writes a text without the personal data found in it.

use std::collections::BTreeMap;

use super::{Mode, Pii, RedactOptions, Redaction, find_all, overlap};
use crate::error::{Error, Result};
use crate::limits;
use crate::span::Span;
use crate::text::Normalized;

/// How often the result is read again before the text is refused. Taking data out can join what
/// was apart; each round only ever takes out more, and ordinary text needs none.
const MAX_ROUNDS: usize = 16;
/// Letters and digits that [`Mode::Mask`] keeps at the end of a value.
const KEPT: usize = 4;
/// A value with this many letters and digits or fewer is starred whole.
const SHORT: usize = 8;

/// `text` without the personal data of the kinds asked for.
///
/// Everything outside the reported spans is the same byte for byte, and the result redacted again
/// with the same options is the same text. `O(bytes)` per round, at most 16 rounds, rarely two.
///
/// # Errors
/// Fails closed, never with a half-redacted text: [`Error::TextTooLarge`] over
/// `options.max_text_bytes`, [`Error::Option`] when that limit is above
/// [`limits::MAX_TEXT_BYTES`], [`Error::Field`] with more than [`limits::MAX_SPANS`] findings or
/// when the result would still hold findings after the last round.
pub fn redact(text: &str, options: &RedactOptions) -> Result<Redaction> {
    if options.max_text_bytes > limits::MAX_TEXT_BYTES {
        let what = format!("{} is over {}", options.max_text_bytes, limits::MAX_TEXT_BYTES);
        return Err(Error::Option { name: "maxTextBytes".into(), what });
    }
    if text.len() > options.max_text_bytes {
        return Err(Error::TextTooLarge { limit: options.max_text_bytes, actual: text.len() });
    }
    settle(text, find_all(&Normalized::new(text), &options.types), options)
}

/// As [`redact`], for a text within the limits whose findings of the kinds asked for are known, all
/// of them, from [`super::detect`].
pub(crate) fn settle(text: &str, mut pii: Vec<Pii>, options: &RedactOptions) -> Result<Redaction> {
    let mut kept = KEPT;
    for _ in 0..MAX_ROUNDS {
        if pii.len() > limits::MAX_SPANS {
            return Err(refused(format!("more than {} pieces of personal data", limits::MAX_SPANS)));
        }
        let (redacted, edits) = render(text, &pii, options.mode, kept);
        if pii.is_empty() {
            return Ok(Redaction { text: redacted, pii, counts: BTreeMap::new() });
        }
        let left = find_all(&Normalized::new(&redacted), &options.types);
        if left.is_empty() {
            let mut counts = BTreeMap::new();
            for one in &pii {
                *counts.entry(one.kind).or_insert(0) += 1;
            }
            return Ok(Redaction { text: redacted, pii, counts });
        }
        let back = left.into_iter().map(|one| Pii { span: origin(&edits, one.span), ..one });
        let grown = overlap::resolve(pii.iter().copied().chain(back).collect());
        let rests = grown.iter().map(|one| one.span).eq(pii.iter().map(|one| one.span));
        if rests {
            // What a mask kept reads as a value by itself: keep nothing.
            kept = 0;
        }
        pii = grown;
    }
    Err(refused("does not come to rest when redacted".into()))
}

/// `text` with the spans of `pii` replaced, for callers that have detected already.
///
/// Spans may come in any order; they are cut to the text, grown to character boundaries, and
/// joined where they overlap. The result is not read again: see [`redact`] for that promise.
pub fn redact_spans(text: &str, pii: &[Pii], mode: Mode) -> String {
    let widened = pii.iter().map(|one| Pii { span: overlap::widen(text, one.span), ..*one });
    render(text, &overlap::resolve(widened.collect()), mode, KEPT).0
}

fn refused(what: String) -> Error {
    Error::Field { field: "text".into(), what }
}

/// One replacement: where it stands in the result, and what it stands for.
struct Edit {
    result: Span,
    source: Span,
}

/// The text with sorted, separate, well-placed spans replaced; masks keep `kept` letters or digits.
fn render(text: &str, pii: &[Pii], mode: Mode, kept: usize) -> (String, Vec<Edit>) {
    let mut out = String::with_capacity(text.len());
    let mut edits = Vec::with_capacity(pii.len());
    let mut done = 0;
    for one in pii {
        out.push_str(&text[done..one.span.start]);
        let start = out.len();
        match mode {
            Mode::Label => out.push_str(one.kind.label()),
            Mode::Mask => mask(&text[one.span.start..one.span.end], kept, &mut out),
        }
        edits.push(Edit { result: Span::new(start, out.len()), source: one.span });
        done = one.span.end;
    }
    out.push_str(&text[done..]);
    (out, edits)
}

fn mask(value: &str, kept: usize, out: &mut String) {
    let all = value.chars().filter(|c| c.is_alphanumeric()).count();
    let stars = if all > SHORT { all - kept } else { all };
    let mut seen = 0;
    for c in value.chars() {
        if c.is_alphanumeric() {
            seen += 1;
            out.push(if seen <= stars { '*' } else { c });
        } else {
            out.push(c);
        }
    }
}

/// The span of the source that a span of the result came from; it takes in whole replacements.
fn origin(edits: &[Edit], span: Span) -> Span {
    let place = |at: usize, is_end: bool| {
        // Replacements that begin before `at` (or at it, for a start).
        let n = edits.partition_point(|e| if is_end { e.result.start < at } else { e.result.start <= at });
        let Some(last) = n.checked_sub(1).map(|i| &edits[i]) else { return at };
        if at < last.result.end || (is_end && at == last.result.end) {
            if is_end { last.source.end } else { last.source.start }
        } else {
            last.source.end + (at - last.result.end)
        }
    };
    Span::new(place(span.start, false), place(span.end, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_the_result_leads_back_over_whole_replacements() {
        let edits = [Edit { result: Span::new(3, 10), source: Span::new(3, 23) }];
        assert_eq!(origin(&edits, Span::new(0, 3)), Span::new(0, 3));
        assert_eq!(origin(&edits, Span::new(1, 5)), Span::new(1, 23));
        assert_eq!(origin(&edits, Span::new(9, 12)), Span::new(3, 25));
        assert_eq!(origin(&edits, Span::new(10, 12)), Span::new(23, 25));
    }

    #[test]
    fn masks_keep_four_only_of_more_than_eight() {
        let masked = |value: &str| {
            let mut out = String::new();
            mask(value, KEPT, &mut out);
            out
        };
        assert_eq!(masked("a.b@cd.ef"), "*.*@**.**");
        assert_eq!(masked("12345678"), "********");
        assert_eq!(masked("1234 56789"), "**** *6789");
    }
}
