//! Credentials that tell themselves by their form: web tokens, API keys with a well-known prefix, private keys.

use super::mixed::Word;
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// Prefixes of API keys and the fewest characters behind them. Source: the public pages of the issuers on the
/// form of their keys (AWS, GitHub, GitLab, Slack, Stripe, Google, OpenAI-style, SendGrid, npm, PyPI, DigitalOcean,
/// Shopify, Hugging Face, Twilio).
#[rustfmt::skip]
const PREFIXES: [(&str, usize); 33] = [
    ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30),
    ("github_pat_", 20), ("glpat-", 20), ("xoxb-", 12), ("xoxp-", 12), ("xoxa-", 12), ("xoxs-", 12), ("xapp-", 12),
    ("sk_live_", 12), ("sk_test_", 12), ("rk_live_", 12), ("rk_test_", 12), ("pk_live_", 12), ("pk_test_", 12),
    ("whsec_", 12), ("AIza", 30), ("sk-", 20), ("npm_", 30), ("pypi-", 20), ("dop_v1_", 30), ("shpat_", 20),
    ("shpss_", 20), ("hf_", 20), ("glsa_", 20), ("lin_api_", 20), ("SK", 32), ("AC", 32),
];

fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')
}

/// Adds the credential that `word` is or begins.
pub(super) fn find(word: &Word, found: &mut Vec<Pii>) -> bool {
    let bytes = word.bytes();
    if bytes.len() < 10 {
        return false;
    }
    let add = |variety, end: usize, found: &mut Vec<Pii>| {
        let pii = Pii::new(PiiType::Secret, Span::new(word.start, end), rank::SECRET);
        found.push(Pii { variety: Some(variety), ..pii });
        true
    };
    let dotted = |head: &[u8]| bytes.starts_with(head) && word.after().first() == Some(&b'.');
    if dotted(b"eyJ") {
        let len = word.after().iter().take_while(|b| is_token(**b)).count();
        let tail = &word.text[word.end..word.end + len];
        let mut parts = tail.trim_matches('.').split('.');
        if parts.next().is_some_and(|part| part.starts_with("eyJ") && part.len() >= 8) {
            return add("jwt", word.end + tail.trim_end_matches('.').len(), found);
        }
    }
    // SendGrid: three parts with dots.
    if word.text[..word.start].ends_with("SG.") && dotted(b"") && bytes.len() >= 16 {
        let len =
            word.after()[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
        if len >= 16 {
            let pii = Pii::new(PiiType::Secret, Span::new(word.start - 3, word.end + 1 + len), rank::SECRET);
            found.push(Pii { variety: Some("api_key"), ..pii });
            return true;
        }
    }
    let tail_of = |prefix: &str| bytes.strip_prefix(prefix.as_bytes());
    let holds = PREFIXES.iter().any(|(prefix, shortest)| {
        tail_of(prefix).is_some_and(|tail| {
            let hex = !matches!(*prefix, "SK" | "AC") || tail.iter().all(u8::is_ascii_hexdigit) && tail.len() == 32;
            tail.len() >= *shortest && hex
        })
    });
    holds && add("api_key", word.end, found)
}

/// Adds the AWS key ids in `text`, which may have no digit: `AKIA` and sixteen capitals or digits. `O(bytes)`.
pub(super) fn find_key_ids(text: &str, found: &mut Vec<Pii>) {
    for (at, _) in text.match_indices("KIA") {
        let Some(start) = at.checked_sub(1).filter(|start| text.as_bytes()[*start] == b'A') else { continue };
        let inside = |b: &&u8| b.is_ascii_uppercase() || b.is_ascii_digit();
        let len = text.as_bytes()[start..].iter().take(21).take_while(inside).count();
        let glued = start > 0 && text.as_bytes()[start - 1].is_ascii_alphanumeric();
        if len == 20 && !glued {
            let pii = Pii::new(PiiType::Secret, Span::new(start, start + len), rank::SECRET);
            found.push(Pii { variety: Some("api_key"), ..pii });
        }
    }
}

/// Adds the private keys (RFC 7468) in `text`, armour and all; one that is cut off ends with the text. `O(bytes)`.
pub(super) fn find_keys(text: &str, found: &mut Vec<Pii>) {
    const BEGIN: &str = "-----BEGIN ";
    const END: &str = "-----END ";
    /// Longest name of a key, in bytes.
    const NAME: usize = 40;
    let mut from = 0;
    while let Some(start) = text[from..].find(BEGIN).map(|at| from + at) {
        let body = start + BEGIN.len();
        let name_end = text[body..].bytes().take(NAME).take_while(|b| b.is_ascii_uppercase() || *b == b' ').count();
        from = body;
        if !text[body..body + name_end].ends_with("PRIVATE KEY") {
            continue;
        }
        let end = match text[body..].find(END).map(|at| body + at + END.len()) {
            Some(tail) => {
                let rest = &text[tail..];
                let name = rest.bytes().take(NAME).take_while(|b| b.is_ascii_uppercase() || *b == b' ').count();
                tail + name + rest[name..].bytes().take_while(|b| *b == b'-').count()
            }
            None => text.len(),
        };
        let pii = Pii::new(PiiType::Secret, Span::new(start, end), rank::SECRET);
        found.push(Pii { variety: Some("private_key"), ..pii });
        from = end;
    }
}
