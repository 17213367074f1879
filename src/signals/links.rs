//! Promotion, pirated offers, lures and competitors' links, disguised too.

use crate::order::Sorted;
use std::sync::OnceLock;

use super::disguise::{hidden_hosts, undone};
use super::listed::words_of;
use super::rules::Group;
use super::{Known, View};
use crate::analysis::{LinkFinding, LinkKind};
use crate::span::Span;
use crate::text::tokens::{Kind, tokens};

/// Most findings given for one text.
const MOST: usize = 32;

/// Hosts and roots of the rule file.
struct Lists {
    short: Vec<&'static str>,
    invites: Vec<&'static str>,
    pirated: Vec<&'static str>,
    promoted: Vec<&'static str>,
    tlds: Vec<&'static str>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists {
        short: words_of("hosts"),
        invites: words_of("invites"),
        pirated: words_of("disguised"),
        promoted: words_of("disguised promotion"),
        tlds: words_of("tlds"),
    })
}

/// Findings by place, without overlap.
pub(super) fn find(view: &View, known: &Known) -> Vec<LinkFinding> {
    let lists = lists();
    let low = view.reading.lower();
    let mut found: Vec<LinkFinding> = Vec::new();
    for (group, kind) in [
        (Group::Piracy, LinkKind::Piracy),
        (Group::Promotion, LinkKind::Promotion),
        (Group::Suspicious, LinkKind::Suspicious),
    ] {
        let hits = view.affirmed(group).take(MOST);
        found.extend(hits.map(|hit| LinkFinding { kind, span: hit.span, disguised: false }));
    }
    let marked = low.bytes().any(|byte| matches!(byte, b'.' | b':' | b'[' | b'('));
    if marked || low.contains(" dot ") || low.contains("http") {
        let most = if may_link(low) { MOST_TOKENS } else { 0 };
        for token in tokens(low).filter(|token| matches!(token.kind, Kind::Url | Kind::Word)).take(most) {
            let Some((address, end)) = address(low, token.kind, token.start, token.end, lists) else { continue };
            if let Some(kind) = kind_of(address, known, lists) {
                let span = view.reading.to_text(Span::new(token.start, end));
                found.push(LinkFinding { kind, span, disguised: false });
            }
        }
        for one in hidden_hosts(low, &lists.tlds) {
            let kind = listed_kind(&one.plain, known, lists).unwrap_or(LinkKind::Suspicious);
            found.push(LinkFinding { kind, span: view.reading.to_text(one.span), disguised: true });
        }
    }
    for one in undone(low) {
        let holds = |list: &[&str]| list.iter().any(|root| one.plain.contains(root));
        let kind = match () {
            () if holds(&lists.pirated) => LinkKind::Piracy,
            () if holds(&lists.promoted) => LinkKind::Promotion,
            () => continue,
        };
        found.push(LinkFinding { kind, span: view.reading.to_text(one.span), disguised: true });
    }
    // Of places that overlap the disguised one, then the longer.
    found.order_by_key(|one| (!one.disguised, std::cmp::Reverse(one.span.len()), one.span.start));
    let mut kept: Vec<LinkFinding> = Vec::new();
    for one in found {
        if kept.len() < MOST && !kept.iter().any(|other| other.span.overlaps(&one.span)) {
            kept.push(one);
        }
    }
    kept.order_by_key(|one| one.span.start);
    kept
}

/// Most words looked at for addresses.
const MOST_TOKENS: usize = 20_000;

/// False where no token begins an address: a dot or colon inside it, or the "http" of a link taken out.
fn may_link(low: &str) -> bool {
    let tells = |pair: &[u8]| match pair {
        [b'.' | b':', next] => !next.is_ascii_whitespace(),
        pair => pair == b"tp",
    };
    low.as_bytes().windows(2).any(tells)
}

/// The address a token begins: a link, or a bare host with its path.
fn address<'t>(low: &'t str, kind: Kind, start: usize, end: usize, lists: &Lists) -> Option<(&'t str, usize)> {
    if kind == Kind::Url {
        return Some((&low[start..end], end));
    }
    if !low[end..].starts_with('.') || low[..start].ends_with(['.', '@', '/']) {
        return None;
    }
    let rest = &low[start..];
    let len = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_' | '?' | '=' | '+')))
        .unwrap_or(rest.len());
    let body = rest[..len].trim_end_matches(['.', '?', '-']);
    let host = body.split(['/', '?']).next()?;
    let (_, tld) = host.rsplit_once('.')?;
    (lists.tlds.contains(&tld) || body.contains('/')).then_some((body, start + body.len()))
}

/// What a link is for; nothing for a plain one, unless the text promotes.
fn kind_of(address: &str, known: &Known, lists: &Lists) -> Option<LinkKind> {
    listed_kind(address, known, lists).or(known.promotion.then_some(LinkKind::Promotion))
}

/// What the address alone tells.
fn listed_kind(address: &str, known: &Known, lists: &Lists) -> Option<LinkKind> {
    let bare = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let host = bare.split(['/', '?', '#']).next().unwrap_or("");
    if lists.pirated.iter().any(|root| bare.contains(root)) || address.starts_with("magnet:") {
        return Some(LinkKind::Piracy);
    }
    if known.brands.is_rival(host) {
        return Some(LinkKind::Rival);
    }
    if lists.invites.contains(&host) || lists.promoted.iter().any(|root| host.contains(root)) {
        return Some(LinkKind::Promotion);
    }
    if lists.short.contains(&host) || host.split('.').any(|label| label.starts_with("xn--")) {
        return Some(LinkKind::Suspicious);
    }
    None
}
