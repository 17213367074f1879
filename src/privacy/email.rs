//! E-mail addresses, from each `@` outwards.
//!
//! Follows the dot-atom form of RFC 5322 as people write it: quoted local parts, comments and
//! address literals (`user@[192.0.2.1]`) are left out. Non-ASCII local parts and host names
//! (RFC 6531, IDN) are read. A host needs a top-level label of two letters or more.

use super::anchors::{find as find_byte, is_unspaced};
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// RFC 5321, 4.5.3.1.1: longest local part, in bytes.
const LOCAL_BYTES: usize = 64;
/// Longest local part still taken out, in bytes: a too long one is wrong but may still be personal.
const LOCAL_BYTES_TAKEN: usize = 256;
/// RFC 1035: longest host name and longest label, in bytes.
const HOST_BYTES: usize = 255;
const LABEL_BYTES: usize = 63;

/// Capitalised last labels that are a domain. Any other behind two labels or more, as in
/// `example.com.Please`, is the first word of a sentence that follows without a space.
const CAPITALISED: [&str; 8] = ["Com", "Net", "Org", "Edu", "Gov", "Info", "Biz", "App"];
/// Top-level domains in scripts without spaces, where a missing space after a sentence would
/// otherwise pass for one. Source: IANA root zone (the ones seen in use), and the test domains.
const UNSPACED: [&str; 30] = [
    "한국",
    "닷컴",
    "닷넷",
    "삼성",
    "테스트",
    "中国",
    "中國",
    "台湾",
    "台灣",
    "香港",
    "澳門",
    "新加坡",
    "公司",
    "公益",
    "网络",
    "網絡",
    "网址",
    "网站",
    "在线",
    "商城",
    "中文网",
    "企业",
    "测试",
    "みんな",
    "コム",
    "ストア",
    "クラウド",
    "テスト",
    "ไทย",
    "คอม",
];
/// Picture files with a pixel ratio (`logo@2x.png`) look like addresses.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Adds the addresses in `text`. `O(bytes)`: the scans stop at the next `@` on either side.
pub(super) fn find(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = find_byte(bytes, from, |b| b == b'@') {
        from = at + 1;
        if let Some(span) = address(text, at) {
            let long = at - span.start > LOCAL_BYTES;
            let certainty = if long { rank::EMAIL_LONG } else { rank::EMAIL };
            found.push(Pii::new(PiiType::Email, span, certainty));
            from = span.end;
        }
    }
}

/// The address around the `@` at byte `at`.
pub(super) fn address(text: &str, at: usize) -> Option<Span> {
    let start = local_start(&text[..at])?;
    let end = host_end(text, at + 1)?;
    // `Thanks.@name.com` is a mention behind a sentence; only old Japanese phone mail ends in a dot.
    if text[..at].ends_with('.') && !text[at..end].to_ascii_lowercase().ends_with(".ne.jp") {
        return None;
    }
    Some(Span::new(start, end))
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '~' | '\u{2019}')
}

/// Where the local part that ends `before` begins.
fn local_start(before: &str) -> Option<usize> {
    let mut start = before.len();
    let mut script = None;
    for (i, c) in before.char_indices().rev() {
        if !is_local(c) || before.len() - i > LOCAL_BYTES_TAKEN {
            break;
        }
        if c.is_alphanumeric() {
            let unspaced = is_unspaced(c);
            if *script.get_or_insert(unspaced) != unspaced {
                break;
            }
        }
        start = i;
    }
    // Punctuation in front belongs to the sentence: 'name@example.com', ...name@example.com
    let local = before[start..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '+');
    let local = local.strip_prefix('+').filter(|rest| rest.is_empty()).map_or(local, |_| "");
    if local.is_empty() || !local.chars().any(|c| c.is_alphanumeric() || c == '_') || local.ends_with('\'') {
        return None;
    }
    Some(before.len() - local.len())
}

/// Where the host name that begins at `start` ends, if its last label can be a top-level domain.
fn host_end(text: &str, start: usize) -> Option<usize> {
    let mut labels: Vec<&str> = Vec::new();
    let mut rest = &text[start..];
    loop {
        let label = label(rest);
        // A particle may be joined on: `例え.テストです`.
        let known = UNSPACED.iter().filter(|known| !labels.is_empty() && label.starts_with(**known));
        let label = known.max_by_key(|known| known.len()).map_or(label, |known| &label[..known.len()]);
        if label.is_empty() || label.len() > LABEL_BYTES {
            break;
        }
        labels.push(label);
        rest = &rest[label.len()..];
        match rest.strip_prefix('.') {
            Some(after) if labels.len() < 127 => rest = after,
            _ => break,
        }
    }
    let end_of = |label: &str| label.as_ptr() as usize - text.as_ptr() as usize + label.len();
    while labels.len() >= 2 {
        let top = labels[labels.len() - 1];
        let end = end_of(top);
        if is_top_level(top, labels.len()) && end - start <= HOST_BYTES && !is_picture(&labels) {
            return Some(end);
        }
        labels.pop();
    }
    None
}

/// The host name label that `rest` begins with; a label of Latin letters ends where an unspaced
/// script begins, and no label ends in a hyphen.
fn label(rest: &str) -> &str {
    let mut end = 0;
    let mut script = None;
    for (i, c) in rest.char_indices() {
        let inside = c.is_alphanumeric() || (c == '-' && i > 0);
        if !inside || i > LABEL_BYTES {
            break;
        }
        if c.is_alphabetic() && *script.get_or_insert(is_unspaced(c)) != is_unspaced(c) {
            break;
        }
        end = i + c.len_utf8();
    }
    rest[..end].trim_end_matches('-')
}

/// True when the last of `count` labels can be a top-level domain.
fn is_top_level(label: &str, count: usize) -> bool {
    if label.len() > 4 && label.as_bytes()[..4].eq_ignore_ascii_case(b"xn--") {
        return true;
    }
    if label.starts_with(is_unspaced) {
        return UNSPACED.contains(&label);
    }
    let mut chars = label.chars();
    let capital = chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase);
    let sentence = count > 2 && capital && label.len() > 2 && !CAPITALISED.contains(&label);
    !sentence && label.chars().count() >= 2 && label.chars().all(char::is_alphabetic)
}

fn is_picture(labels: &[&str]) -> bool {
    let ratio = labels[0].strip_suffix('x').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    ratio && labels.last().is_some_and(|last| PICTURES.contains(last))
}
