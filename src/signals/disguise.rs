//! Undoes what hides a link from filters: spaced letters, `hxxp`, "dot com", look-alike letters.

use crate::order::Sorted;
use crate::span::Span;
use crate::text::is_alphanumeric;
use crate::text::tokens::{Kind, tokens};

/// Letters of Cyrillic, Greek and Armenian that look like a Latin one. From the confusables of
/// Unicode Technical Standard 39, version 16 (Unicode licence), the single letters of lower-cased
/// text only.
const LOOK_ALIKES: [(char, char); 42] = [
    ('а', 'a'),
    ('ɑ', 'a'),
    ('α', 'a'),
    ('Ь', 'b'),
    ('ь', 'b'),
    ('с', 'c'),
    ('ϲ', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('ҽ', 'e'),
    ('ε', 'e'),
    ('ɡ', 'g'),
    ('ց', 'g'),
    ('һ', 'h'),
    ('հ', 'h'),
    ('і', 'i'),
    ('ι', 'i'),
    ('ı', 'i'),
    ('ј', 'j'),
    ('ϳ', 'j'),
    ('к', 'k'),
    ('κ', 'k'),
    ('ӏ', 'l'),
    ('м', 'm'),
    ('п', 'n'),
    ('ո', 'n'),
    ('о', 'o'),
    ('ο', 'o'),
    ('օ', 'o'),
    ('р', 'p'),
    ('ρ', 'p'),
    ('ԛ', 'q'),
    ('г', 'r'),
    ('ѕ', 's'),
    ('т', 't'),
    ('τ', 't'),
    ('υ', 'u'),
    ('ν', 'v'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
];
/// The letter that a figure or sign is written for.
fn figured(c: char) -> Option<char> {
    Some(match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        _ => return None,
    })
}

/// Fewest letters of a spaced-out word.
const LEAST: usize = 5;
/// Longest one.
const LONGEST: usize = 40;

/// A disguised word, undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Undone {
    pub plain: String,
    /// Bytes of the text.
    pub span: Span,
}

fn plain_letter(c: char) -> char {
    // Most text has no letter of the scripts and blocks of the table.
    if !('\u{131}'..'\u{590}').contains(&c) {
        return c;
    }
    LOOK_ALIKES.iter().find(|(own, _)| *own == c).map_or(c, |(_, plain)| *plain)
}

/// The words of a text (in lower case) that are disguised, undone. `O(bytes)`.
pub(super) fn undone(low: &str) -> Vec<Undone> {
    let (alone, hides) = glance(low);
    let mut found = if alone < LEAST { Vec::new() } else { spaced_out(low) };
    if !hides {
        return found;
    }
    for token in tokens(low).filter(|token| matches!(token.kind, Kind::Word | Kind::Url | Kind::Mention)) {
        let body = &low[token.start..token.end];
        if body.len() > 4 * LONGEST && token.kind != Kind::Url {
            continue;
        }
        let latin = body.chars().any(|c| c.is_ascii_alphabetic());
        let other = body.chars().any(|c| plain_letter(c) != c);
        // A word that mixes scripts, or one all of whose letters are look-alikes of Latin ones.
        let mixed = other && (latin || body.chars().all(|c| plain_letter(c).is_ascii()));
        let figures = latin && token.kind == Kind::Word && body.chars().any(|c| figured(c).is_some());
        if !mixed && !figures {
            continue;
        }
        let plain = body.chars().map(plain_letter).map(|c| figured(c).filter(|_| figures).unwrap_or(c));
        found.push(Undone { plain: plain.collect(), span: Span::new(token.start, token.end) });
    }
    found
}

/// How many letters and digits stand alone, and whether any word may hide letters: it has a look-alike, or
/// figures among its letters.
fn glance(low: &str) -> (usize, bool) {
    let (mut alone, mut hides) = (0, false);
    let (mut run, mut letters, mut figures) = (0, false, false);
    for c in low.chars() {
        if is_alphanumeric(c) {
            run += 1;
            letters |= !c.is_ascii_digit();
            figures |= c.is_ascii_digit();
            hides |= !c.is_ascii() && plain_letter(c) != c;
            continue;
        }
        alone += usize::from(run == 1);
        run = 0;
        // Other marks may belong to the letter before them.
        if c.is_ascii() {
            hides |= letters && figures;
            (letters, figures) = (false, false);
        }
    }
    (alone + usize::from(run == 1), hides || (letters && figures))
}

/// "b i t t o r r e n t", "b.i.t.c.o.i.n", "t-o-r-r-e-n-t": single letters apart by one same mark.
fn spaced_out(low: &str) -> Vec<Undone> {
    let mut found = Vec::new();
    let chars: Vec<(usize, char)> = low.char_indices().collect();
    let mut at = 0;
    while at + 2 < chars.len() {
        let (start, first) = chars[at];
        let mark = chars[at + 1].1;
        let alone = at == 0 || !chars[at - 1].1.is_alphanumeric();
        let parts = matches!(mark, ' ' | '.' | '-' | '_' | '*' | '|' | '/' | '·');
        if !alone || !parts || !first.is_alphanumeric() {
            at += 1;
            continue;
        }
        let mut plain = String::from(plain_letter(first));
        let mut last = at;
        while last + 2 < chars.len()
            && chars[last + 1].1 == mark
            && chars[last + 2].1.is_alphanumeric()
            && chars.get(last + 3).is_none_or(|(_, c)| !c.is_alphanumeric())
        {
            last += 2;
            plain.push(plain_letter(chars[last].1));
        }
        let letters = (last - at) / 2 + 1;
        if (LEAST..=LONGEST).contains(&letters) && plain.chars().any(|c| c.is_alphabetic()) {
            let end = chars[last].0 + chars[last].1.len_utf8();
            found.push(Undone { plain, span: Span::new(start, end) });
        }
        at = last + 1;
    }
    found
}

/// Addresses written so that no filter sees them: `hxxp://x.example`, "x dot com", "x[.]com",
/// "x (dot) com". `tlds` are the endings that make one.
pub(super) fn hidden_hosts(low: &str, tlds: &[&str]) -> Vec<Undone> {
    let mut found = Vec::new();
    let bytes = low.as_bytes();
    // By way of hiding: places looked at, and where the last one ends.
    let mut seen = [(0, 0); WAYS.len()];
    let ways = |rest: &[u8]| match rest {
        [b'h', b'x', ..] => 0..1,
        [b' ', b'd', b'o', ..] | [b' ', b'k', b'r', ..] | [b' ', b'p', b'o' | b'u', ..] => 1..WAYS.len(),
        [b' ' | b'[' | b'(' | b'{', b'.' | b'[' | b'(', ..] => 1..WAYS.len(),
        [b'[' | b'(' | b'{', b'd' | b'p' | b'k', ..] => 1..WAYS.len(),
        _ => 0..0,
    };
    for at in 0..bytes.len() {
        for way in ways(&bytes[at..]) {
            let dot = WAYS[way];
            let (count, end) = &mut seen[way];
            if *count == MOST || *end > at || !bytes[at..].starts_with(dot.as_bytes()) {
                continue;
            }
            (*count, *end) = (*count + 1, at + dot.len());
            if way == 0 {
                let rest = low[at..].find(|c: char| c.is_whitespace() || c == '"' || c == '<');
                let end = rest.map_or(low.len(), |len| at + len);
                let plain = low[at..end].replacen("hxxp", "http", 1).replace("[.]", ".").replace("(.)", ".");
                if end > at + 6 {
                    found.push(Undone { plain, span: Span::new(at, end) });
                }
                continue;
            }
            let tail = &low[at + dot.len()..];
            let tld = &tail[..tail.bytes().take_while(u8::is_ascii_alphanumeric).count()];
            let start = low[..at]
                .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':')))
                .map_or(0, |before| before + low[before..].chars().next().map_or(1, char::len_utf8));
            let host = &low[start..at];
            let bracketed = dot.contains(['[', '(', '{']);
            // "the dot me" is no address: in words only the endings that are no words.
            let known = tlds.contains(&tld)
                && (bracketed || matches!(tld, "com" | "net" | "org" | "info" | "biz" | "xyz" | "ru" | "tv" | "io"));
            if host.len() > 1 && known {
                found.push(Undone {
                    plain: format!("{host}.{tld}"),
                    span: Span::new(start, at + dot.len() + tld.len()),
                });
            }
        }
    }
    found.order_by_key(|one| (one.span.start, one.span.end));
    found
}

/// Ways to hide an address: its beginning changed, or its dot.
const WAYS: [&str; 18] = [
    "hxxp", " dot ", "[.]", "(.)", " [dot] ", " (dot) ", "(dot)", "[dot]", "{dot}", " . ", " punkt ", " punto ",
    " point ", " ponto ", " kropka ", "[point]", "(punto)", "(kropka)",
];
/// Most hidden addresses looked at, per way of hiding.
const MOST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_undone() {
        for (text, plain) in [
            ("get it on b i t t o r r e n t now", "bittorrent"),
            ("t-o-r-r-e-n-t", "torrent"),
            ("free tоrrent here", "torrent"),
            ("t0rrent", "torrent"),
            ("bіttоrrеnt", "bittorrent"),
        ] {
            assert!(undone(text).iter().any(|one| one.plain == plain), "{text}: {:?}", undone(text));
        }
        for (text, plain) in [
            ("see hxxp://deal.example/x", "http://deal.example/x"),
            ("go to shop dot com today", "shop.com"),
            ("shop[.]net", "shop.net"),
        ] {
            assert_eq!(hidden_hosts(text, &["com", "net"])[0].plain, plain);
        }
    }

    #[test]
    fn plain_words_stay() {
        for text in ["i a m", "torrent of rain", "приветик всем", "a b c", "dot matrix", "the dot me and you"]
        {
            assert!(undone(text).iter().all(|one| one.plain != "torrent"), "{text}");
            assert!(hidden_hosts(text, &["com", "me"]).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_table_maps_to_small_latin_letters() {
        assert!(LOOK_ALIKES.iter().all(|(own, plain)| !own.is_ascii() && plain.is_ascii_lowercase()));
    }
}
