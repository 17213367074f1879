//! The normal form every analyser reads.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};

use super::chars::{is_invisible, is_mark};
use super::edits::Edits;
use super::markup;
use crate::span::Span;

/// A text in normal form, with the exact way back.
///
/// In order: HTML entities are decoded and tags become a space; invisible characters (zero-width,
/// bidi controls, joiners, selectors) go; control characters other than tab and line break become
/// a space; the rest is NFKC, which also folds full-width and half-width forms. Hangul
/// compatibility letters ("ㅠㅠ", "ㅋㅋ") are kept as typed: NFKC would join them into syllables.
/// Case is kept. Plain text is borrowed, not copied.
pub struct Normalized<'t> {
    original: &'t str,
    text: Cow<'t, str>,
    stripped: Edits,
    composed: Edits,
}

impl<'t> Normalized<'t> {
    /// `O(bytes)`; no allocation when the text is already normal.
    pub fn new(original: &'t str) -> Self {
        let (text, stripped) = strip(original);
        let (text, composed) = match text {
            Cow::Borrowed(text) => compose(text),
            Cow::Owned(text) => {
                let (composed, edits) = compose(&text);
                (Cow::Owned(composed.into_owned()), edits)
            }
        };
        Normalized { original, text, stripped, composed }
    }

    /// As [`Normalized::new`], but markup, entities and invisible characters stay: only NFKC.
    pub(crate) fn as_written(original: &'t str) -> Self {
        let (text, composed) = compose(original);
        Normalized { original, text, stripped: Edits::default(), composed }
    }

    /// True when markup, entities, invisible or control characters were taken out or rewritten.
    pub(crate) fn is_stripped(&self) -> bool {
        !self.stripped.is_empty()
    }

    /// The places in the original where such were, rising.
    pub(crate) fn stripped(&self) -> impl Iterator<Item = Span> {
        self.stripped.replaced()
    }

    /// True when characters were composed or folded.
    pub(crate) fn is_composed(&self) -> bool {
        !self.composed.is_empty()
    }

    /// The normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text it was made from.
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// The place in the original that `span` (bytes of the normal form) came from. Always on
    /// character boundaries when `span` is.
    pub fn to_original(&self, span: Span) -> Span {
        self.stripped.to_old(self.composed.to_old(span))
    }
}

/// Bytes at which [`strip`] must look closer: `&`, `<`, control characters, and the first bytes
/// of characters that may be invisible.
const CLOSER: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 0x20 {
        table[b] = b != b'\t' as usize && b != b'\n' as usize && b != b'\r' as usize;
        b += 1;
    }
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[0x7F] = true;
    // Lead bytes of U+0080-00BF, 0340-037F, 0600-063F, 1000-1FFF, 2000-2FFF, 3000-3FFF, F000-FFFF, E0000.
    let leads = [0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3];
    let mut i = 0;
    while i < leads.len() {
        table[leads[i]] = true;
        i += 1;
    }
    table
};

/// True where `wanted` accepts one of `bytes`; not `neutral`, which stands for bytes behind the end. Without a branch for
/// each byte: for short texts quicker than a search that may end early.
#[inline(always)]
pub(crate) fn any_byte(bytes: &[u8], neutral: u8, wanted: impl Fn(u8) -> bool) -> bool {
    const STEP: usize = 16;
    let (whole, rest) = bytes.split_at(bytes.len() / STEP * STEP);
    let mut tail = [neutral; STEP];
    tail[..rest.len()].copy_from_slice(rest);
    let any = |bytes: &[u8]| bytes.iter().fold(0u8, |any, b| any | u8::from(wanted(*b)));
    any(whole) | any(&tail) != 0
}

/// True for ASCII without `&`, `<` and control characters. Without a branch for each byte.
fn is_plain(bytes: &[u8]) -> bool {
    let control = |b: u8| (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r');
    !any_byte(bytes, b' ', |b| control(b) | (b == b'&') | (b == b'<') | (b >= 0x7F))
}

fn strip(original: &str) -> (Cow<'_, str>, Edits) {
    let bytes = original.as_bytes();
    if is_plain(bytes) {
        return (Cow::Borrowed(original), Edits::default());
    }
    let mut edits = Edits::default();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        if !CLOSER[bytes[at] as usize] {
            at += 1;
            continue;
        }
        // Lead bytes and ASCII only: `at` is on a character boundary.
        let Some(c) = original[at..].chars().next() else { break };
        let (replacement, len) = match c {
            '&' => match markup::entity(&original[at..]) {
                Some((c, len)) if is_invisible(c) => (None, len),
                Some((c, len)) if c.is_control() => (Some(' '), len),
                Some((c, len)) => (Some(c), len),
                None => (Some(c), 1),
            },
            '<' => match markup::tag(&original[at..]) {
                Some(len) => (Some(' '), len),
                None => (Some(c), 1),
            },
            _ if is_invisible(c) => (None, c.len_utf8()),
            _ if c.is_control() => (Some(' '), c.len_utf8()),
            _ => (Some(c), c.len_utf8()),
        };
        if replacement == Some(c) && len == c.len_utf8() {
            at += len;
            continue;
        }
        out.push_str(&original[copied..at]);
        let start = out.len();
        out.extend(replacement);
        edits.push((start, out.len()), (at, at + len));
        at += len;
        copied = at;
    }
    if copied == 0 {
        return (Cow::Borrowed(original), edits);
    }
    out.push_str(&original[copied..]);
    (Cow::Owned(out), edits)
}

/// Longest run of marks composed with its letter; more are copied as they stand.
const MAX_CLUSTER: usize = 32;
/// Bytes looked at in one go, at first and at most; it doubles while the text is normal.
const WINDOW: usize = 256;
const MAX_WINDOW: usize = 64 * 1024;

/// The end of a window near `at`: before a character that joins nothing before it, at most a
/// cluster further.
fn window_end(text: &str, at: usize) -> usize {
    let start = text.ceil_char_boundary(at);
    let joining = text[start..].chars().take(MAX_CLUSTER).take_while(|c| joins(*c)).map(char::len_utf8);
    start + joining.sum::<usize>()
}

/// True for characters that may compose with the one before: marks, conjoining jamo, half-width
/// voice marks.
fn joins(c: char) -> bool {
    is_mark(c) || matches!(c as u32, 0x1100..=0x11FF | 0xFF9E..=0xFF9F | 0x0B56..=0x0B57)
}

fn compose(text: &str) -> (Cow<'_, str>, Edits) {
    if text.is_ascii() {
        return (Cow::Borrowed(text), Edits::default());
    }
    let nfkc: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();
    let mut edits = Edits::default();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let mut window = WINDOW;
    while at < text.len() {
        // A window at a time: the normaliser reads on to the end of a run of marks, each time anew.
        let end = window_end(text, at + window);
        let (normal, rest) = nfkc.split_normalized(&text[at..end]);
        at += normal.len();
        if rest.is_empty() {
            window = (window * 2).min(MAX_WINDOW);
            continue;
        }
        window = WINDOW;
        let len = cluster_len(rest);
        let cluster = &rest[..len];
        let composed = if is_compatibility_jamo(cluster) { Cow::Borrowed(cluster) } else { nfkc.normalize(cluster) };
        if composed != cluster {
            out.push_str(&text[copied..at]);
            let start = out.len();
            out.push_str(&composed);
            // What both ends share did not change: the edit is no wider than it must be.
            let same = |(a, b): &(char, char)| a == b;
            let head: usize = cluster.chars().zip(composed.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
            let (old, new) = (&cluster[head..], &composed[head..]);
            let tail: usize =
                old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
            edits.push((start + head, out.len() - tail), (at + head, at + len - tail));
            copied = at + len;
        }
        at += len;
    }
    if copied == 0 {
        return (Cow::Borrowed(text), edits);
    }
    out.push_str(&text[copied..]);
    (Cow::Owned(out), edits)
}

fn is_compatibility_jamo(cluster: &str) -> bool {
    cluster.chars().all(|c| matches!(c, '\u{3131}'..='\u{318E}'))
}

/// Bytes of the first character with all that may compose with it.
fn cluster_len(rest: &str) -> usize {
    let mut len = 0;
    for (i, c) in rest.chars().enumerate() {
        if i > 0 && (!joins(c) || i >= MAX_CLUSTER) {
            break;
        }
        len += c.len_utf8();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(original: &str, normal: &str) {
        let normalized = Normalized::new(original);
        assert_eq!(normalized.text(), normal);
        for (start, _) in normal.char_indices() {
            let span = normalized.to_original(Span::new(start, normal.len()));
            assert!(original.get(span.start..span.end).is_some(), "{span:?} in {original:?}");
        }
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(Normalized::new("naïve, 배송 왔어요 😀").text, Cow::Borrowed(_)));
    }

    #[test]
    fn widths_and_compositions_are_folded() {
        check("Ｈｅｌｌｏ１２３", "Hello123");
        check("ﾃﾞｻﾞｲﾝ", "デザイン");
        check("cafe\u{301} très", "café très");
        check("\u{1112}\u{1161}\u{11AB}글", "한글");
        check("tm™", "tmTM");
    }

    #[test]
    fn hangul_letters_typed_alone_are_kept() {
        check("너무해요ㅠㅠ ㅋㅋㅋ ㅋㅠ", "너무해요ㅠㅠ ㅋㅋㅋ ㅋㅠ");
    }

    #[test]
    fn invisible_characters_go_and_controls_become_spaces() {
        check("a\u{200B}nn\u{202E}a\0b\u{FEFF}", "anna b");
        check("👩\u{200D}💻\u{FE0F}", "👩💻");
    }

    #[test]
    fn markup_is_read_as_text() {
        check("a &amp; b<br/>c &lt;3 <3", "a & b c <3 <3");
        check("anna&#64;example.com", "anna@example.com");
    }

    #[test]
    fn spans_point_into_the_original() {
        let original = "x &amp; ｍａｉｌ\u{200B}: a&#64;b";
        let normal = Normalized::new(original);
        let text = normal.text().to_string();
        assert_eq!(text, "x & mail: a@b");
        let start = text.find("mail").unwrap();
        let span = normal.to_original(Span::new(start, start + 4));
        assert_eq!(span.slice(original), Some("ｍａｉｌ"));
        let start = text.find("a@b").unwrap();
        let span = normal.to_original(Span::new(start, start + 3));
        assert_eq!(span.slice(original), Some("a&#64;b"));
    }

    #[test]
    fn long_runs_of_marks_stay_linear() {
        let hostile = format!("a{}", "\u{301}".repeat(10_000));
        assert!(Normalized::new(&hostile).text().len() <= hostile.len());
        // Marks out of canonical order: 1 MiB of them took minutes when each cluster read the rest.
        let hostile = "\u{301}\u{323}".repeat(256 * 1024);
        let started = std::time::Instant::now();
        assert_eq!(Normalized::new(&hostile).text().len(), hostile.len());
        assert!(started.elapsed().as_secs() < 5);
    }
}
