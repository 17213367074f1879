//! URLs, and which of them carry a credential, a token or an e-mail address.
//!
//! A URL is taken whole when it has user information (`https://name:secret@host`), a query,
//! fragment or path parameter whose key names a secret, or anywhere in it an e-mail address or a
//! JSON Web Token. Only URLs with a scheme (`://`) or with `www.` in front are read.

use super::anchors::{find_two, is_unspaced};
use super::{Pii, PiiType, email, rank};
use crate::span::Span;

/// Keys that name a secret or an account, compared in lower case without `-`, `_`, `.`, `[`, `]`.
/// Source: parameter names of OAuth 2.0 (RFC 6749), OpenID Connect, signed links of the large
/// storage providers, session cookies of common server frameworks, and mailing list links.
const KEYS: [&str; 34] = [
    "token",
    "accesstoken",
    "key",
    "apikey",
    "auth",
    "authorization",
    "sig",
    "signature",
    "password",
    "passwd",
    "pwd",
    "pass",
    "passphrase",
    "session",
    "sessionid",
    "sid",
    "phpsessid",
    "jsessionid",
    "sessid",
    "code",
    "otp",
    "pin",
    "secret",
    "jwt",
    "ticket",
    "credential",
    "bearer",
    "email",
    "mail",
    "emailaddress",
    "user",
    "username",
    "login",
    "phone",
];
/// Ends of longer keys (`refresh_token`, `X-Amz-Signature`, `client_secret`, `user_email`).
const KEY_ENDS: [&str; 9] =
    ["token", "apikey", "accesskey", "secretkey", "signature", "password", "secret", "sessionid", "email"];
/// Keys that also name harmless things (a film, a voucher): their values need some length.
const WEAK_KEYS: [&str; 4] = ["code", "key", "pin", "user"];
const WEAK_VALUE_BYTES: usize = 6;
/// Keys longer than this are not compared.
const KEY_BYTES: usize = 40;
/// Longest scheme looked for, in bytes.
const SCHEME_BYTES: usize = 24;

/// Adds the URLs in `text`: those that carry personal data, and the others as [`PiiType::Url`]. `O(bytes)`.
pub(super) fn find(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let starts = |a: u8, b: u8| a == b':' && b == b'/' || a | 0x20 == b'w' && b | 0x20 == b'w';
    while let Some(at) = find_two(bytes, from, 1, starts) {
        let starts = if bytes[at] == b':' { scheme_start(bytes, from, at) } else { www_start(bytes, at) };
        let Some((start, rest)) = starts else {
            from = at + 1;
            continue;
        };
        let end = url_end(text, rest);
        let host = &text[rest..end];
        if let Some(certainty) = carries(host) {
            found.push(Pii::new(PiiType::UrlToken, Span::new(start, end), certainty));
        } else if host.contains('.') && host.starts_with(char::is_alphanumeric) {
            found.push(Pii::new(PiiType::Url, Span::new(start, end), rank::URL));
        }
        from = end.max(at + 1);
    }
}

/// Start of the scheme and of what follows `://`, for a colon at `at`.
fn scheme_start(bytes: &[u8], from: usize, at: usize) -> Option<(usize, usize)> {
    if !bytes[at..].starts_with(b"://") {
        return None;
    }
    let floor = from.max(at.saturating_sub(SCHEME_BYTES));
    let scheme = bytes[floor..at].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count();
    // RFC 3986, 3.1: a scheme begins with a letter.
    let skipped = bytes[at - scheme..at].iter().take_while(|b| !b.is_ascii_alphabetic()).count();
    (scheme > skipped).then_some((at - scheme + skipped, at + 3))
}

fn www_start(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let fits = bytes.get(at..at + 4).is_some_and(|b| b.eq_ignore_ascii_case(b"www."));
    let joined = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'.');
    (fits && !joined).then_some((at, at))
}

/// Where a URL ends: before white space, quotes, brackets that do not pair, or the punctuation
/// that closes the sentence. Behind `?` or `#` also before an unspaced script, where particles
/// are joined on.
fn url_end(text: &str, start: usize) -> usize {
    let (mut end, mut depth, mut query) = (start, 0i32, false);
    for (i, c) in text[start..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            '?' | '#' => query = true,
            '"' | '<' | '>' | '`' | '{' | '}' | '|' | '\\' | '^' | '\u{201C}' | '\u{201D}' | '\u{300C}'
            | '\u{300D}' => break,
            c if c.is_whitespace() || c.is_control() => break,
            c if !c.is_ascii() && (!c.is_alphanumeric() || (query && is_unspaced(c))) => break,
            _ => {}
        }
        end = start + i + c.len_utf8();
    }
    let kept = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', ']']);
    start + kept.len()
}

/// The rank when the URL (without its scheme) carries personal data.
fn carries(url: &str) -> Option<f64> {
    let authority = &url[..url.find(['/', '?', '#']).unwrap_or(url.len())];
    let named = |part: &str| part.contains(char::is_alphanumeric);
    if authority.rsplit_once('@').is_some_and(|(user, host)| named(user) && named(host)) {
        return Some(rank::URL_CREDENTIAL);
    }
    let tail = &url[authority.len()..];
    if tail.split(['?', '&', '#', ';']).any(is_secret_pair) {
        return Some(rank::URL_CREDENTIAL);
    }
    (has_jwt(tail) || has_address(tail)).then_some(rank::URL_VALUE)
}

/// `key=value` with a key that names a secret and a value that is not empty.
fn is_secret_pair(pair: &str) -> bool {
    let Some((key, value)) = pair.split_once('=') else { return false };
    // A path parameter follows the path: `/reset/token=...`.
    let key = key.rsplit('/').next().unwrap_or(key);
    if !value.contains(char::is_alphanumeric) || key.len() > KEY_BYTES {
        return false;
    }
    let key: String =
        key.chars().filter(|c| !matches!(c, '-' | '_' | '.' | '[' | ']')).map(|c| c.to_ascii_lowercase()).collect();
    if WEAK_KEYS.contains(&key.as_str()) && value.len() < WEAK_VALUE_BYTES {
        return false;
    }
    KEYS.contains(&key.as_str()) || KEY_ENDS.iter().any(|end| key.ends_with(end))
}

/// A JSON Web Token (RFC 7519): two base64url parts that begin like JSON, and a signature.
fn has_jwt(tail: &str) -> bool {
    tail.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).any(|word| {
        let mut parts = word.split('.');
        let json = |part: Option<&str>| part.is_some_and(|p| p.len() >= 8 && p.starts_with("eyJ"));
        json(parts.next()) && json(parts.next()) && parts.next().is_some_and(|p| p.len() >= 8)
    })
}

/// An e-mail address, with `@` written plainly or as `%40`.
fn has_address(tail: &str) -> bool {
    let mut found = Vec::new();
    email::find(tail, &mut found);
    if found.is_empty() && tail.contains("%40") {
        email::find(&tail.replace("%40", "@"), &mut found);
    }
    !found.is_empty()
}
