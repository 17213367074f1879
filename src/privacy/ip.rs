//! IP addresses: IPv4 in four decimal octets, IPv6 in every form of RFC 4291.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::anchors::find as find_byte;
use super::numbers::{Run, Sep};
use super::words::{Before, Sense};
use super::{Pii, PiiType, rank};
use crate::span::Span;

/// Longest IPv6 address in text, in bytes: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`.
const V6_BYTES: usize = 45;

/// Adds the IPv6 addresses in `text`. `O(bytes)`.
pub(super) fn find_v6(text: &str, found: &mut Vec<Pii>) {
    let bytes = text.as_bytes();
    let is_part = |b: &u8| b.is_ascii_hexdigit() || *b == b':' || *b == b'.';
    let mut from = 0;
    while let Some(colon) = find_byte(bytes, from, |b| b == b':') {
        let start = colon - bytes[from..colon].iter().rev().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
        let end = colon + bytes[colon..].iter().take_while(|b| is_part(b)).count();
        from = end;
        let before = start.checked_sub(1).map(|i| bytes[i]);
        let after = bytes.get(end);
        // A star is a masked neighbour, not the start of an address.
        let joined = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'*');
        // `IP:2001:..`, `IP2001:..`: the colon of the sentence.
        let head = &bytes[..start];
        let led = head.strip_suffix(b":").unwrap_or(head);
        let named = led.ends_with(b"IP")
            || led.ends_with(b"IPv6")
            || led.len() < head.len() && led.last().is_some_and(|b| !b.is_ascii());
        if !named && before.is_some_and(|b| joined(b) || b == b':' || b == b'.') || after.is_some_and(|&b| joined(b)) {
            continue;
        }
        let token = text[start..end].trim_end_matches('.');
        let token = if token.ends_with("::") { token } else { token.trim_end_matches(':') };
        if token.len() <= V6_BYTES && is_v6(token) {
            let span = Span::new(start, start + token.len());
            found.push(Pii::new(PiiType::Ip, span, rank::IP_CERTAIN));
        }
    }
}

/// Read by `std::net`, and more than a `::` between two short words: three groups or more, or a
/// prefix in use (2000::/3, fc00::/7, fe80::/10), or one of the special forms.
fn is_v6(token: &str) -> bool {
    let Ok(address) = token.parse::<Ipv6Addr>() else { return false };
    let groups = token.split(':').filter(|group| !group.is_empty()).count();
    let used = matches!(address.segments()[0], 0x2000..=0x3fff | 0xfc00..=0xfdff | 0xfe80..=0xfebf);
    let digits = token.bytes().any(|b| b.is_ascii_digit());
    digits && (groups >= 3 || used && groups >= 1 || address.to_ipv4_mapped().is_some() || address.is_loopback())
}

/// The four octets in groups `i..i + 4` of a run, if they are an address and no fifth follows.
fn octets(run: &Run, i: usize) -> Option<(Span, Ipv4Addr)> {
    let groups = run.groups.get(i..i + 4)?;
    let plain = groups[1..].iter().all(|g| g.sep == Sep::Dot && !g.spaced && !g.open);
    let plain = plain && !groups[..3].iter().any(|g| g.close);
    if !plain || run.groups.get(i + 4).is_some_and(|g| g.sep == Sep::Dot) {
        return None;
    }
    let span = Span::new(groups[0].start, groups[3].end);
    Some((span, run.text[span.start..span.end].parse().ok()?))
}

/// Adds the IPv4 address that begins at group `i` of a run, with those joined to it by a hyphen or
/// slash (`192.0.2.1-192.0.2.9`). Gives the last group of them.
pub(super) fn v4(run: &Run, i: usize, found: &mut Vec<Pii>) -> Option<usize> {
    let first = octets(run, i).filter(|_| !run.plus || i > 0)?;
    let bytes = run.text.as_bytes();
    let joins = |sep| matches!(sep, Sep::Hyphen | Sep::Slash);
    let mut row = vec![first];
    while run.groups.get(i + 4 * row.len()).is_some_and(|g| joins(g.sep) && !g.spaced && !g.open)
        && let Some(one) = octets(run, i + 4 * row.len())
    {
        row.push(one);
    }
    // What runs on behind the last one makes it something else, not those before a slash.
    while let Some(&(span, _)) = row.last() {
        let runs_on = match run.groups.get(i + 4 * row.len()) {
            Some(next) => next.sep == Sep::Hyphen && !next.spaced,
            None => bytes.get(span.end).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_'),
        };
        if !runs_on {
            break;
        }
        row.pop();
    }
    let span = row.first()?.0;
    let mut before = bytes[..span.start].iter().rev();
    match before.next() {
        Some(b'.' | b'_' | b'#' | b'*' | b'$' | b'-') => return None,
        Some(_) if run.text[..span.start].ends_with("IP") || run.text[..span.start].ends_with("IP/") => {}
        Some(b) if b.is_ascii_alphanumeric() => return None,
        // `Browser/1.2.3.4` is a product version, `http://192.0.2.1` is not.
        Some(b'/') if before.next().is_some_and(u8::is_ascii_alphabetic) => return None,
        _ => {}
    }
    let sense = Before::read(run.text, span.start).ip();
    // `6.1.0.56` is a version; `10.0.0.56` stands in networks of the house.
    let small = row.iter().all(|(_, address)| {
        let [a, b, c, d] = address.octets();
        a.max(b).max(c) < 30 && (a != 10 || d < 30)
    });
    let certainty = match sense {
        Sense::Against => return None,
        Sense::For => rank::IP_CERTAIN,
        Sense::Silent if small => return None,
        Sense::Silent => rank::IP_SHAPE,
    };
    found.extend(row.iter().map(|&(span, _)| Pii::new(PiiType::Ip, span, certainty)));
    Some(i + 4 * row.len() - 1)
}
